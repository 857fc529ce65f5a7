#include "flow/booking.h"

#include "base/mem.h"
#include "ctl/commands.h"
#include "ctl/ids.h"
#include "ctl/person.h"

/* ---- slots ---- */

static void write_slot(struct ctl *c, const struct roster *r, const char *service,
                       const struct slot *s)
{
    out_text(&c->out, "coach", r->coaches[s->coach].id);
    out_text(&c->out, "service", service);
    out_time(&c->out, "start", s->start);
    out_time(&c->out, "end", s->end);
    out_row(&c->out);
}

static enum program_status run_slots(struct ctl *c)
{
    CLEANUP(free_list_done) struct free_list free = { 0 };
    const char *service = ctl_text(c, "service");
    enum err e =
        flow_free(c->flow, service, ctl_text(c, "coach"), (civil_day)ctl_number(c, "from", 0),
                  (civil_day)ctl_number(c, "to", 0), &free);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    const struct roster *r = flow_roster(c->flow);
    for (size_t i = 0; r && i < free.n; i++)
        write_slot(c, r, service, &free.v[i]);
    if (free.n == 0)
        out_say(&c->out, "Nothing is free on those days.");
    return PROGRAM_OK;
}

static const struct ctl_option slots_options[] = {
    { "service", CTL_TEXT, "S", "service of the roster", true },
    { "coach", CTL_TEXT, "C", "with this coach only", false },
    { "from", CTL_DATE, "DATE", "first day", true },
    { "to", CTL_DATE, "DATE", "last day", true },
    { 0 },
};
static const struct ctl_why slots_whys[] = {
    { ERR_NOT_FOUND, "the roster has no such service or coach" },
    { ERR_INVAL, "the days run backwards, or are more than two years apart" },
    { 0 },
};
const struct ctl_command ctl_slots = {
    .name = "slots",
    .usage = "--service S [--coach C] --from DATE --to DATE",
    .help = "free starts, by start, then coach",
    .more = "Both days are included. Days before the lead time or past the horizon give none.",
    .needs = CTL_NEEDS_HOUSE,
    .options = slots_options,
    .whys = slots_whys,
    .run = run_slots,
};

/* ---- hold ---- */

static void tell_hold(struct ctl *c, const struct hold *h)
{
    if (c->json) {
        out_text(&c->out, "hold", h->id.s);
        out_text(&c->out, "coach", h->coach);
        out_time(&c->out, "start", h->start);
        out_time(&c->out, "expires", h->expires);
        out_row(&c->out);
    }
    char start[OUT_WHEN_SIZE], expires[OUT_WHEN_SIZE];
    out_when(&c->out, h->start, start);
    out_when(&c->out, h->expires, expires);
    out_say(&c->out, "Held %s with %s until %s: %s", start, h->coach, expires, h->id.s);
}

static enum program_status run_hold(struct ctl *c)
{
    const struct hold_request request = {
        .service = ctl_text(c, "service"),
        .coach = ctl_text(c, "coach"),
        .start = ctl_number(c, "start", 0),
        .overbook = ctl_given(c, "overbook"),
        .reason = ctl_text(c, "reason"),
    };
    if (request.overbook && !request.reason)
        return ctl_misuse(c, "--overbook needs a --reason");
    if (!request.overbook && request.reason)
        return ctl_misuse(c, "--reason goes with --overbook");
    struct hold hold;
    enum err e = flow_hold(c->flow, &request, &hold);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell_hold(c, &hold);
    return PROGRAM_OK;
}

static const struct ctl_option hold_options[] = {
    { "service", CTL_TEXT, "S", "service of the roster", true },
    { "coach", CTL_TEXT, "C", "this coach; else the first free", false },
    { "start", CTL_TIME, "T", "a start that slots lists", true },
    { "overbook", CTL_FLAG, NULL, "an extra seat beside what is taken", false },
    { "reason", CTL_TEXT, "R", "why it is overbooked; goes into the log", false },
    { 0 },
};
static const struct ctl_why hold_whys[] = {
    { ERR_TAKEN, "taken: somebody else has that time" },
    { ERR_RANGE, "that is no free start: outside the hours, the lead time or the horizon" },
    { ERR_CLOSED, "that is no free start: closed" },
    { ERR_NOT_FOUND, "the roster has no such service or coach" },
    { ERR_CLOCK, "the clock is unsure, so bookings wait; see clock status" },
    { ERR_INVAL, "a reason has 1 to 200 letters" },
    { 0 },
};
const struct ctl_command ctl_hold = {
    .name = "hold",
    .usage = "--service S [--coach C] --start T [--overbook --reason R]",
    .help = "keep a start for somebody who is about to book",
    .more = "A hold runs out after the roster's hold_seconds.",
    .needs = CTL_NEEDS_HOUSE,
    .options = hold_options,
    .whys = hold_whys,
    .run = run_hold,
};

/* ---- book ---- */

static void tell_booked(struct ctl *c, const struct appointment_view *a)
{
    if (c->json) {
        out_text(&c->out, "appointment", a->id.s);
        out_text(&c->out, "code", a->code);
        out_text(&c->out, "coach", a->coach);
        out_time(&c->out, "start", a->start);
        out_time(&c->out, "end", a->end);
        out_row(&c->out);
    }
    char start[OUT_WHEN_SIZE];
    out_when(&c->out, a->start, start);
    out_say(&c->out, "Booked %s with %s, code %s: %s", start, a->coach, a->code, a->id.s);
}

static enum program_status run_book(struct ctl *c)
{
    struct book_request request = { 0 };
    struct person person = { 0 };
    if (!ctl_id(c, "hold", &request.hold))
        return PROGRAM_FAILED;
    enum program_status status = ctl_person(c, true, &person);
    if (status != PROGRAM_OK)
        return status;
    request.person = &person;
    struct appointment_view booked;
    enum err e = flow_book(c->flow, &request, &booked);
    mem_wipe(&person, sizeof(person));
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell_booked(c, &booked);
    return PROGRAM_OK;
}

static const struct ctl_option book_options[] = {
    { "hold", CTL_TEXT, "H", "as hold printed it", true },
    CTL_PERSON_OPTIONS,
    { 0 },
};
static const struct ctl_why book_whys[] = {
    { ERR_NOT_FOUND, "no such hold: it ran out or was released" },
    { ERR_TAKEN, "taken: the hold ran out, and somebody else has that time" },
    { ERR_STATE, "the hold is used already" },
    { ERR_EXISTS, "this person has an appointment that overlaps" },
    { ERR_AGE_LOW, "too young on the day of the appointment" },
    { ERR_AGE_HIGH, "too old on the day of the appointment" },
    { ERR_CLOCK, "the clock is unsure, so bookings wait; see clock status" },
    { ERR_INVAL, "a field of the person is not right" },
    { 0 },
};
const struct ctl_command ctl_book = {
    .name = "book",
    .usage = "--hold H " CTL_PERSON_USAGE,
    .help = "make an appointment of a hold",
    .more = CTL_PERSON_MORE,
    .needs = CTL_NEEDS_HOUSE,
    .options = book_options,
    .whys = book_whys,
    .run = run_book,
};

/* ---- release ---- */

/* Not held any more: fine when it ran out or was let go, and no appointment came of it. */
static enum err was_released(struct ctl *c, const struct ulid *hold)
{
    struct appointment_view a;
    enum err e = flow_appointment(c->flow, hold, &a);
    return e == ERR_OK && a.state != APPT_EXPIRED ? ERR_STATE : e;
}

static enum program_status run_release(struct ctl *c)
{
    struct ulid hold;
    if (!ctl_id(c, "hold", &hold))
        return PROGRAM_FAILED;
    enum err e = flow_release(c->flow, &hold);
    if (e == ERR_NOT_FOUND)
        e = was_released(c, &hold);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    if (c->json) {
        out_text(&c->out, "hold", hold.s);
        out_bool(&c->out, "released", true);
        out_row(&c->out);
    }
    out_say(&c->out, "The time is free again.");
    return PROGRAM_OK;
}

static const struct ctl_option release_options[] = {
    { "hold", CTL_TEXT, "H", "as hold printed it", true },
    { 0 },
};
static const struct ctl_why release_whys[] = {
    { ERR_NOT_FOUND, "no such hold" },
    { ERR_STATE, "that is an appointment by now; cancel it instead" },
    { 0 },
};
const struct ctl_command ctl_release = {
    .name = "release",
    .usage = "--hold H",
    .help = "let a hold go",
    .more = "A hold that has run out already is fine.",
    .needs = CTL_NEEDS_HOUSE,
    .options = release_options,
    .whys = release_whys,
    .run = run_release,
};
