#include "sync/command.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "store/roster_text.h"

#define PASSWORD_MAX 200

const char sync_command_help[] =
    "commands (dynamoctl region ... runs them):\n"
    "  init [BLOCK ONE_IN]      make the region's schema: blocks of 60 minutes, one in 3 shared\n"
    "  migrate                  bring the region's schema up to date\n"
    "  admit SITE               make the login of a house; its password on standard input\n"
    "  expel SITE               take out a house that is gone for good\n"
    "  join, leave, status      of this house\n"
    "  move-day COACH DATE SITE a coach's day goes to another house\n";

typedef enum program_status (*region_job)(const struct sync_setup *setup, struct region *r,
                                          char **argv);

struct command {
    const char *name;
    int min, max; /* operands */
    region_job run;
};

/* ---- output: a sentence, or one JSON object a line ---- */

static void say(const struct sync_setup *setup, const char *json, const char *text)
{
    printf("%s\n", setup->json ? json : text);
}

static bool is_site(const char *s)
{
    size_t n = strlen(s);
    return n > 0 && n < ROSTER_ID_SIZE &&
           strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n;
}

/* ---- the owner's ---- */

static enum program_status run_init(const struct sync_setup *setup, struct region *r, char **argv)
{
    struct shared_rule rule = { SHARED_BLOCK_MINUTES, SHARED_ONE_IN };
    char json[80], text[160];
    if (argv[0]) {
        rule.block_minutes = (int)strtol(argv[0], NULL, 10);
        rule.one_in = argv[1] ? (int)strtol(argv[1], NULL, 10) : 0;
    }
    if (!shared_rule_valid(&rule))
        return sync_refuse("init", ERR_INVAL, "a block divides the day; one block in 1 to 24");
    enum err e = region_init(r, &rule);
    if (e != ERR_OK)
        return sync_refuse("init", e, e == ERR_EXISTS ? "the schema is there" : region_why(r));
    snprintf(json, sizeof(json), "{\"schema\":%d,\"block_minutes\":%d,\"one_in\":%d}",
             region_schema(), rule.block_minutes, rule.one_in);
    snprintf(text, sizeof(text), "The region is made: one block of %d minutes in %d is shared.",
             rule.block_minutes, rule.one_in);
    return say(setup, json, text), PROGRAM_OK;
}

static enum program_status run_migrate(const struct sync_setup *setup, struct region *r,
                                       UNUSED char **argv)
{
    int from = 0, to = 0;
    char json[64], text[64];
    enum err e = region_migrate(r, &from, &to);
    if (e != ERR_OK)
        return sync_refuse("migrate", e, region_why(r));
    snprintf(json, sizeof(json), "{\"from\":%d,\"to\":%d}", from, to);
    snprintf(text, sizeof(text), "Schema %d, was %d.", to, from);
    return say(setup, json, text), PROGRAM_OK;
}

static enum program_status done_with(const struct sync_setup *setup, const char *what,
                                     const char *site)
{
    char json[80], text[80];
    snprintf(json, sizeof(json), "{\"%s\":\"%s\"}", what, site);
    snprintf(text, sizeof(text), "%s: %s", what, site);
    return say(setup, json, text), PROGRAM_OK;
}

static enum program_status run_admit(const struct sync_setup *setup, struct region *r, char **argv)
{
    CLEANUP(buf_wipe) struct buf password = buf_make(PASSWORD_MAX);
    if (!is_site(argv[0]))
        return sync_refuse(argv[0], ERR_INVAL, "no id of a site");
    enum err e = isatty(STDIN_FILENO) ? ERR_OK : buf_read_file(&password, "-");
    if (e != ERR_OK)
        return sync_refuse("password", e, NULL);
    if (password.n > 0)
        password.v[strcspn(password.v, "\r\n")] = '\0';
    e = region_admit(r, argv[0], password.n > 0 && password.v[0] ? password.v : NULL);
    return e == ERR_OK ? done_with(setup, "admitted", argv[0])
                       : sync_refuse("admit", e, region_why(r));
}

static enum program_status run_expel(const struct sync_setup *setup, struct region *r, char **argv)
{
    enum err e = region_expel(r, argv[0]);
    return e == ERR_OK ? done_with(setup, "expelled", argv[0])
                       : sync_refuse("expel", e, region_why(r));
}

static enum program_status run_move_day(const struct sync_setup *setup, struct region *r,
                                        char **argv)
{
    civil_day day = 0;
    char answer[16], json[64];
    if (civil_parse(argv[1], &day) != ERR_OK)
        return sync_refuse(argv[1], ERR_INVAL, "no date");
    enum err e = region_move_day(r, argv[0], day, argv[2], answer);
    if (e != ERR_OK)
        return sync_refuse("move-day", e, region_why(r));
    if (strcmp(answer, "unknown") == 0)
        return sync_refuse("move-day", ERR_NOT_FOUND, "no such coach or house");
    snprintf(json, sizeof(json), "{\"move\":\"%s\"}", answer);
    say(setup, json, strcmp(answer, "there") == 0
                         ? "That day is there already."
                         : "Asked: the day goes when its house hands it over.");
    return PROGRAM_OK;
}

/* ---- the house's ---- */

static enum err open_house(const struct sync_setup *setup, enum store_keys keys, struct store **ret)
{
    return store_open(&(struct store_options){ .path = setup->db,
                                               .keys_dir = setup->config->paths.keys,
                                               .rng = setup->rng, .keys = keys,
                                               .busy_ms = STORE_PATIENT_MS },
                      ret);
}

static enum err read_roster(struct store *store, struct roster *ret)
{
    CLEANUP(buf_done) struct buf json = buf_make(ROSTER_JSON_MAX);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    int64_t version = 0;
    enum err e = store_roster_version(store, &version);
    if (e == ERR_OK)
        e = store_roster_get(store, version, &json);
    return e == ERR_OK ? roster_parse(buf_str(&json), json.n, &notes, ret) : e;
}

static enum program_status join_as(const struct sync_setup *setup, struct region *r,
                                   struct store *store, const struct roster *roster)
{
    struct region_hello h;
    struct region_row row = { .joined_at = clock_wall_ms(setup->clock) };
    enum err e = region_hello(r, &h);
    if (e != ERR_OK)
        return sync_refuse("region", e, region_why(r));
    if (h.schema != region_schema())
        return sync_refuse("region", ERR_VERSION, "its schema is another: region migrate");
    if (strcmp(h.me, roster->site.id) != 0)
        return sync_refuse("region", ERR_DENIED, "the login is not that of the roster's site");
    row.rule = h.rule;
    memcpy(row.site, h.me, sizeof(row.site));
    e = store_region_key(store, row.key);
    if (e == ERR_OK)
        e = region_join(r, row.site, roster->site.name, row.key);
    if (e == ERR_EXISTS)
        return sync_refuse("region", e, "a house of this name is there, with another key");
    if (e != ERR_OK)
        return sync_refuse("region", e, region_why(r));
    e = store_region_join(store, &row);
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, e == ERR_EXISTS ? "this house has joined" : NULL);
    return done_with(setup, "joined", row.site);
}

static enum program_status run_join(const struct sync_setup *setup, struct region *r,
                                    UNUSED char **argv)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(roster_done) struct roster roster = { 0 };
    enum err e = open_house(setup, STORE_KEYS_HOUSE, &store);
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, NULL);
    e = read_roster(store, &roster);
    if (e != ERR_OK)
        return sync_refuse("roster", e, "import one first");
    return join_as(setup, r, store, &roster);
}

static enum program_status run_leave(const struct sync_setup *setup, struct region *r,
                                     UNUSED char **argv)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(region_parcels_done) struct region_parcels out = { 0 };
    struct region_row row;
    bool waiting = false;
    enum err e = open_house(setup, STORE_KEYS_HOUSE, &store);
    if (e == ERR_OK)
        e = store_region_get(store, &row);
    if (e == ERR_OK && !row.joined)
        return sync_refuse("leave", ERR_STATE, "this house has joined no region");
    if (e == ERR_OK)
        e = store_parcels_waiting(store, &waiting);
    if (e == ERR_OK)
        e = store_parcels_to_send(store, &out);
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, NULL);
    if (waiting || out.n > 0)
        return sync_refuse("leave", ERR_BUSY, "an appointment is on its way; try again");
    e = region_leave(r);
    if (e != ERR_OK)
        return sync_refuse("leave", e, e == ERR_BUSY ? "an appointment is on its way; try again"
                                                     : region_why(r));
    e = store_region_leave(store);
    return e == ERR_OK ? done_with(setup, "left", row.site) : sync_refuse(setup->db, e, NULL);
}

/* ---- status ---- */

static void say_own(const struct sync_setup *setup, const struct region_row *row,
                    const struct region_figures *f, int64_t behind)
{
    if (setup->json)
        printf("{\"site\":\"%s\",\"line\":%s,\"why\":\"%s\",\"unsent\":%lld,\"unreadable\":%lld,"
               "\"seats_lost\":%lld,\"block_minutes\":%d,\"one_in\":%d}\n",
               row->site, row->line ? "true" : "false", row->why, (long long)behind,
               (long long)f->unread, (long long)f->lost, row->rule.block_minutes,
               row->rule.one_in);
    else
        printf("%s: the line is %s%s%s%s; %lld events to send, %lld appointments unreadable, "
               "%lld seats lost\n",
               row->site, row->line ? "up" : "down", row->why[0] ? " (" : "", row->why,
               row->why[0] ? ")" : "", (long long)behind, (long long)f->unread,
               (long long)f->lost);
}

static void say_house(const struct sync_setup *setup, const struct region_house *h)
{
    const struct region_status *s = &h->status;
    if (setup->json)
        printf("{\"house\":\"%s\",\"seen_s\":%lld,\"events\":%lld,\"waiting\":%d,\"at_work\":%d,"
               "\"unsent\":%lld,\"dead\":%lld,\"asserted\":%s,\"told\":\"%s\"}\n",
               h->site, (long long)h->seen_s_ago, (long long)h->events, s->waiting, s->at_work,
               (long long)s->unsent, (long long)s->dead, h->asserted ? "true" : "false", s->told);
    else
        printf("  %-20s seen %llds ago, %lld events, %d waiting, %d at work, %lld records unsent, "
               "%lld dead%s%s%s\n",
               h->site, (long long)h->seen_s_ago, (long long)h->events, s->waiting, s->at_work,
               (long long)s->unsent, (long long)s->dead,
               h->asserted ? "" : ", has not told its seats", s->told[0] ? ", " : "", s->told);
}

/* What this box knows; without one (on the region's server) nothing. */
static enum program_status own_status(const struct sync_setup *setup)
{
    CLEANUP(store_closep) struct store *store = NULL;
    CLEANUP(region_events_done) struct region_events l = { 0 };
    struct region_row row;
    struct region_figures f = { 0 };
    enum err e = open_house(setup, STORE_KEYS_NONE, &store);
    if (e == ERR_NOT_FOUND)
        return PROGRAM_OK;
    if (e == ERR_OK)
        e = store_region_get(store, &row);
    if (e == ERR_OK && row.joined)
        e = store_region_figures(store, (civil_day)(clock_wall_ms(setup->clock) / DAY_MS), &f);
    if (e == ERR_OK && row.joined)
        e = store_region_events(store, row.sent, 1000000, &l);
    if (e != ERR_OK)
        return sync_refuse(setup->db, e, NULL);
    if (row.joined)
        say_own(setup, &row, &f, (int64_t)l.n);
    else
        say(setup, "{\"site\":null}", "This house has joined no region.");
    return PROGRAM_OK;
}

static enum program_status run_status(const struct sync_setup *setup)
{
    CLEANUP(region_closep) struct region *r = NULL;
    CLEANUP(region_houses_done) struct region_houses l = { 0 };
    struct region_options o = sync_region_options(setup);
    enum program_status own = own_status(setup);
    if (own != PROGRAM_OK || !setup->conninfo[0])
        return own;
    enum err e = region_open(&o, &r);
    if (e != ERR_OK)
        return sync_refuse("region", e, region_open_why());
    e = region_houses(r, &l);
    if (e != ERR_OK)
        return sync_refuse("region", e, region_why(r));
    for (size_t i = 0; i < l.n; i++)
        say_house(setup, &l.v[i]);
    return PROGRAM_OK;
}

/* ---- choosing ---- */

static const struct command commands[] = {
    { "init", 0, 2, run_init },   { "migrate", 0, 0, run_migrate }, { "admit", 1, 1, run_admit },
    { "expel", 1, 1, run_expel }, { "join", 0, 0, run_join },       { "leave", 0, 0, run_leave },
    { "move-day", 3, 3, run_move_day },
};

static enum program_status run_with_region(const struct sync_setup *setup,
                                           const struct command *c, char **argv)
{
    CLEANUP(region_closep) struct region *r = NULL;
    struct region_options o = sync_region_options(setup);
    if (!setup->conninfo[0])
        return sync_refuse("[region] conninfo", ERR_INVAL, "is not set");
    enum err e = region_open(&o, &r);
    return e == ERR_OK ? c->run(setup, r, argv) : sync_refuse("region", e, region_open_why());
}

enum program_status sync_command(const struct sync_setup *setup, int argc, char **argv)
{
    if (strcmp(argv[0], "status") == 0 && argc == 1)
        return run_status(setup);
    for (size_t i = 0; i < ARRAY_LEN(commands); i++) {
        const struct command *c = &commands[i];
        if (strcmp(argv[0], c->name) == 0 && argc - 1 >= c->min && argc - 1 <= c->max)
            return run_with_region(setup, c, argv + 1);
    }
    program_say(SYNC_NAME, argv[0], "no such command, or not with these operands; see --help");
    return PROGRAM_USAGE;
}
