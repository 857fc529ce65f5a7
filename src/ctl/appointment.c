#include "core/appointment.h"

#include "ctl/commands.h"
#include "ctl/ids.h"
#include "flow/booking.h"

static void tell(struct ctl *c, const struct appointment_view *a)
{
    out_text(&c->out, "appointment", a->id.s);
    out_text(&c->out, "code", a->code);
    out_text(&c->out, "state", appointment_state_name(a->state));
    out_text(&c->out, "service", a->service);
    out_text(&c->out, "coach", a->coach);
    out_time(&c->out, "start", a->start);
    out_time(&c->out, "end", a->end);
    out_row(&c->out);
}

/* By --code as the visitor, by --id as staff. */
static enum program_status find(struct ctl *c, struct appointment_view *ret_view)
{
    const char *code = ctl_text(c, "code");
    if (!code == !ctl_given(c, "id"))
        return ctl_misuse(c, "give either --code or --id");
    struct ulid id;
    if (!code && !ctl_id(c, "id", &id))
        return PROGRAM_FAILED;
    enum err e = code ? flow_find_by_code(c->flow, code, ret_view)
                      : flow_appointment(c->flow, &id, ret_view);
    return e == ERR_OK ? PROGRAM_OK : ctl_refuse(c, NULL, e);
}

#define APPOINTMENT_OPTIONS                                                       \
    { "code", CTL_TEXT, "CODE", "the visitor's seven digits: as the visitor", 0 }, \
    { "id", CTL_TEXT, "A", "the appointment as it was printed: as staff", 0 }
#define APPOINTMENT_WHYS                                                           \
    { ERR_NOT_FOUND, "no such appointment" },                                      \
    { ERR_LOCKED, "locked for ten minutes after five wrong codes" },               \
    { ERR_CLOCK, "the clock is unsure, so bookings wait; see clock status" }

static enum program_status run_show(struct ctl *c)
{
    struct appointment_view a;
    enum program_status status = find(c, &a);
    if (status == PROGRAM_OK)
        tell(c, &a);
    return status;
}

static const struct ctl_option show_options[] = { APPOINTMENT_OPTIONS, { 0 } };
static const struct ctl_why show_whys[] = { APPOINTMENT_WHYS, { 0 } };
const struct ctl_command ctl_appointment_show = {
    .name = "appointment show",
    .usage = "(--code CODE | --id A)",
    .help = "an appointment, without the person",
    .needs = CTL_NEEDS_HOUSE,
    .options = show_options,
    .whys = show_whys,
    .run = run_show,
};

static enum program_status run_cancel(struct ctl *c)
{
    struct appointment_view a;
    bool by_staff = ctl_given(c, "id");
    if (!by_staff && ctl_given(c, "reason"))
        return ctl_misuse(c, "--reason goes with --id");
    enum program_status status = find(c, &a);
    if (status != PROGRAM_OK)
        return status;
    enum err e = flow_cancel(c->flow, &a.id, by_staff, ctl_text(c, "reason"));
    if (e == ERR_OK)
        e = flow_appointment(c->flow, &a.id, &a);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell(c, &a);
    return PROGRAM_OK;
}

static const struct ctl_option cancel_options[] = {
    APPOINTMENT_OPTIONS,
    { "reason", CTL_TEXT, "R", "why the house cancels; goes into the log", false },
    { 0 },
};
static const struct ctl_why cancel_whys[] = {
    APPOINTMENT_WHYS,
    { ERR_RANGE, "too late: it has begun" },
    { ERR_STATE, "it is not booked any more" },
    { 0 },
};
const struct ctl_command ctl_appointment_cancel = {
    .name = "appointment cancel",
    .usage = "(--code CODE | --id A [--reason R])",
    .help = "cancel an appointment",
    .more = "The visitor can until it begins, staff also after that.",
    .needs = CTL_NEEDS_HOUSE,
    .options = cancel_options,
    .whys = cancel_whys,
    .run = run_cancel,
};

static enum program_status run_move(struct ctl *c)
{
    struct appointment_view a, moved;
    enum program_status status = find(c, &a);
    if (status != PROGRAM_OK)
        return status;
    const struct move_request request = {
        .appointment = a.id,
        .start = ctl_number(c, "start", 0),
        .coach = ctl_text(c, "coach"),
        .by_staff = ctl_given(c, "id"),
    };
    enum err e = flow_move(c->flow, &request, &moved);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell(c, &moved);
    return PROGRAM_OK;
}

static const struct ctl_option move_options[] = {
    APPOINTMENT_OPTIONS,
    { "start", CTL_TIME, "T", "the new start, one that slots lists", true },
    { "coach", CTL_TEXT, "C", "with this coach; else any of the service", false },
    { 0 },
};
static const struct ctl_why move_whys[] = {
    { ERR_NOT_FOUND, "no such appointment or coach" },
    APPOINTMENT_WHYS,
    { ERR_TAKEN, "taken: somebody else has the new time; the old one stands" },
    { ERR_RANGE, "that is no free start, or it is too late to move" },
    { ERR_STATE, "it is not booked any more" },
    { ERR_EXISTS, "this person has an appointment that overlaps" },
    { ERR_AGE_LOW, "too young on the new day" },
    { ERR_AGE_HIGH, "too old on the new day" },
    { 0 },
};
const struct ctl_command ctl_appointment_move = {
    .name = "appointment move",
    .usage = "(--code CODE | --id A) --start T [--coach C]",
    .help = "move an appointment; the code stays",
    .more = "The new time is claimed and the old one released at once; when the new one is gone "
            "the old one stands.",
    .needs = CTL_NEEDS_HOUSE,
    .options = move_options,
    .whys = move_whys,
    .run = run_move,
};
