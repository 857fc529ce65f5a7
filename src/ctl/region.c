/* The region: its administration is dynamo-sync's, so that dynamoctl needs no PostgreSQL; what a
 * house books elsewhere is its own. */
#include "flow/region.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/path.h"
#include "ctl/commands.h"
#include "ctl/person.h"

#define ARGV_MAX 24
#define PATH_SIZE 4096

/* ---- handed on ---- */

struct words {
    char *v[ARGV_MAX + 1];
    size_t n;
};

static void add(struct words *w, const char *word)
{
    union { /* execv() takes them as if it might change them */
        const char *in;
        char *out;
    } u = { .in = word };
    if (w->n < ARGV_MAX)
        w->v[w->n++] = u.out;
    w->v[w->n] = NULL;
}

static void add_option(struct words *w, const char *name, const char *value)
{
    if (!value)
        return;
    add(w, name);
    add(w, value);
}

static enum program_status hand_on(struct ctl *c, const char *const *more)
{
    char path[PATH_SIZE];
    struct words w = { .n = 0 };
    if (path_program("dynamo-sync", path, sizeof(path)) != ERR_OK)
        return ctl_refuse_why(c, "dynamo-sync", "is not installed beside this program: it comes "
                                                "with a build that has libpq");
    add(&w, "dynamo-sync");
    add_option(&w, "--db", c->args.db);
    add_option(&w, "--config", c->args.config_given ? c->args.config : NULL);
    add_option(&w, "--now", c->args.now);
    add_option(&w, "--region", ctl_text(c, "region"));
    if (c->json)
        add(&w, "--json");
    for (; *more; more++)
        add(&w, *more);
    execv(path, w.v);
    return ctl_refuse_why(c, path, "%s", strerror(errno));
}

#define REGION_OPTION \
    { "region", CTL_TEXT, "CONNINFO", "the region's database, instead of [region] conninfo", false }
static const struct ctl_option region_options[] = { REGION_OPTION, { 0 } };

static enum program_status run_init(struct ctl *c)
{
    char block[24], one_in[24];
    snprintf(block, sizeof(block), "%lld", (long long)ctl_number(c, "block", SHARED_BLOCK_MINUTES));
    snprintf(one_in, sizeof(one_in), "%lld", (long long)ctl_number(c, "one-in", SHARED_ONE_IN));
    return hand_on(c, (const char *const[]){ "init", block, one_in, NULL });
}

static const struct ctl_option init_options[] = {
    REGION_OPTION,
    { "block", CTL_COUNT, "MINUTES", "length of a block (60)", false },
    { "one-in", CTL_COUNT, "N", "one block in so many is shared (3)", false },
    { 0 },
};
const struct ctl_command ctl_region_init = {
    .name = "region init",
    .usage = "[--block MINUTES] [--one-in N] [--region CONNINFO]",
    .help = "make the region's schema in PostgreSQL, as the database's owner",
    .more = "The rule of shared blocks belongs to the region and cannot be changed later.",
    .needs = CTL_NEEDS_NOTHING,
    .options = init_options,
    .run = run_init,
};

static enum program_status run_migrate(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "migrate", NULL });
}
const struct ctl_command ctl_region_migrate = {
    .name = "region migrate",
    .usage = "[--region CONNINFO]",
    .help = "bring the region's schema up to date, as the database's owner",
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_migrate,
};

static enum program_status run_admit(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "admit", c->operands[0], NULL });
}
const struct ctl_command ctl_region_admit = {
    .name = "region admit",
    .usage = "SITE [--region CONNINFO]",
    .help = "make the login of a house, site_SITE",
    .more = "A password is read from standard input; an empty one means by certificate alone.",
    .operands = 1,
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_admit,
};

static enum program_status run_expel(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "expel", c->operands[0], NULL });
}
const struct ctl_command ctl_region_expel = {
    .name = "region expel",
    .usage = "SITE [--region CONNINFO]",
    .help = "take a house that is gone for good out of the region",
    .more = "Its coaches, claims and parcels go; its events and counts stay.",
    .operands = 1,
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_expel,
};

static enum program_status run_join(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "join", NULL });
}
const struct ctl_command ctl_region_join = {
    .name = "region join",
    .usage = "[--region CONNINFO]",
    .help = "make this house one of the region",
    .more = "Its coaches can be booked again once dynamo-sync has told the region of them: a few "
            "seconds.",
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_join,
};

static enum program_status run_leave(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "leave", NULL });
}
const struct ctl_command ctl_region_leave = {
    .name = "region leave",
    .usage = "[--region CONNINFO]",
    .help = "this house stands alone again",
    .more = "Its appointments stay, also those that other houses made.",
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_leave,
};

static enum program_status run_status(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "status", NULL });
}
const struct ctl_command ctl_region_status = {
    .name = "region status",
    .usage = "[--region CONNINFO]",
    .help = "the line to the region, and its houses as far as this login may see them",
    .needs = CTL_NEEDS_NOTHING,
    .options = region_options,
    .run = run_status,
};

static enum program_status run_move_day(struct ctl *c)
{
    return hand_on(c, (const char *const[]){ "move-day", ctl_text(c, "coach"),
                                             ctl_text(c, "day"), ctl_text(c, "to"), NULL });
}
static const struct ctl_option move_day_options[] = {
    { "coach", CTL_TEXT, "C", "coach of the region", true },
    { "day", CTL_DATE, "DATE", "which day", true },
    { "to", CTL_TEXT, "SITE", "the house that gets it", true },
    REGION_OPTION,
    { 0 },
};
const struct ctl_command ctl_region_move_day = {
    .name = "region move-day",
    .usage = "--coach C --day DATE --to SITE [--region CONNINFO]",
    .help = "a coach's day goes to another house, as the coordinator",
    .more = "It goes when the house that has it hands it over: at once, or when its line is back.",
    .needs = CTL_NEEDS_NOTHING,
    .options = move_day_options,
    .run = run_move_day,
};

/* ---- booking elsewhere ---- */

static const struct ctl_why whys[] = {
    { ERR_NET, "the line to the region is down" },
    { ERR_NOT_FOUND, "no such house in the region, or it has no such service or coach" },
    { ERR_TAKEN, "taken: somebody else has that time" },
    { ERR_RANGE, "that is no shared time of that house" },
    { ERR_INVAL, "the days run backwards, or a field of the person is not right" },
    { ERR_AGE_LOW, "too young on the day of the appointment" },
    { ERR_AGE_HIGH, "too old on the day of the appointment" },
    { ERR_CLOCK, "the clock is unsure, so bookings wait; see clock status" },
    { 0 },
};

static enum program_status run_slots(struct ctl *c)
{
    CLEANUP(region_offer_done) struct region_offer o = { 0 };
    const char *service = ctl_text(c, "service");
    enum err e = flow_region_free(c->flow, ctl_text(c, "site"), service, ctl_text(c, "coach"),
                                  (civil_day)ctl_number(c, "from", 0),
                                  (civil_day)ctl_number(c, "to", 0), &o);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    for (size_t i = 0; i < o.free.n; i++) {
        out_text(&c->out, "coach", o.roster.coaches[o.free.v[i].coach].id);
        out_text(&c->out, "service", service);
        out_time(&c->out, "start", o.free.v[i].start);
        out_time(&c->out, "end", o.free.v[i].end);
        out_row(&c->out);
    }
    if (o.free.n == 0)
        out_say(&c->out, "Nothing is free there on those days.");
    return PROGRAM_OK;
}
static const struct ctl_option slots_options[] = {
    { "site", CTL_TEXT, "SITE", "another house of the region", true },
    { "service", CTL_TEXT, "S", "service of its roster", true },
    { "coach", CTL_TEXT, "C", "with this coach only", false },
    { "from", CTL_DATE, "DATE", "first day", true },
    { "to", CTL_DATE, "DATE", "last day", true },
    { 0 },
};
const struct ctl_command ctl_region_slots = {
    .name = "region slots",
    .usage = "--site SITE --service S [--coach C] --from DATE --to DATE",
    .help = "shared times that another house has free",
    .needs = CTL_NEEDS_HOUSE,
    .options = slots_options,
    .whys = whys,
    .run = run_slots,
};

static enum program_status run_book(struct ctl *c)
{
    struct person person = { 0 };
    enum program_status status = ctl_person(c, true, &person);
    if (status != PROGRAM_OK)
        return status;
    const struct region_request r = { .site = ctl_text(c, "site"),
                                      .service = ctl_text(c, "service"),
                                      .coach = ctl_text(c, "coach"),
                                      .start = ctl_number(c, "start", 0),
                                      .person = &person };
    struct region_booked b;
    enum err e = flow_region_book(c->flow, &r, &b);
    mem_wipe(&person, sizeof(person));
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    char start[OUT_WHEN_SIZE];
    out_when(&c->out, b.start, start);
    if (c->json) {
        out_text(&c->out, "appointment", b.appointment.s);
        out_text(&c->out, "site", r.site);
        out_text(&c->out, "coach", b.coach);
        out_time(&c->out, "start", b.start);
        out_time(&c->out, "end", b.end);
        out_row(&c->out);
    }
    out_say(&c->out, "Booked %s with %s in %s: check in there by name and birth date.", start,
            b.coach, r.site);
    return PROGRAM_OK;
}
static const struct ctl_option book_options[] = {
    { "site", CTL_TEXT, "SITE", "another house of the region", true },
    { "service", CTL_TEXT, "S", "service of its roster", true },
    { "coach", CTL_TEXT, "C", "this coach; else one who is free then", false },
    { "start", CTL_TIME, "T", "a start that region slots lists", true },
    CTL_PERSON_OPTIONS,
    { 0 },
};
const struct ctl_command ctl_region_book = {
    .name = "region book",
    .usage = "--site SITE --service S [--coach C] --start T " CTL_PERSON_USAGE,
    .help = "an appointment in another house; the person travels sealed to it",
    .more = CTL_PERSON_MORE,
    .needs = CTL_NEEDS_HOUSE,
    .options = book_options,
    .whys = whys,
    .run = run_book,
};
