#include "flow/arrive.h"

#include <stdio.h>

#include "base/mem.h"
#include "ctl/commands.h"
#include "ctl/person.h"

static void say_arrival(struct ctl *c, const struct arrival *a)
{
    char wait[64] = "the wait is not known: nobody is at work";
    if (a->line.wait.known)
        snprintf(wait, sizeof(wait), "%d to %d minutes", a->line.wait.min_min,
                 a->line.wait.max_min);
    out_say(&c->out, "%s%s: %d ahead, %s.%s", a->line.ticket, a->existing ? " stands already" : "",
            a->line.ahead, wait, a->late ? " Late for the appointment." : "");
}

static void tell(struct ctl *c, const struct arrival *a)
{
    const struct queue_line *line = &a->line;
    say_arrival(c, a);
    if (!c->json)
        return;
    out_text(&c->out, "visit", line->visit.s);
    out_text(&c->out, "ticket", line->ticket);
    out_int(&c->out, "ahead", line->ahead);
    if (line->wait.known) {
        out_int(&c->out, "wait_min", line->wait.min_min);
        out_int(&c->out, "wait_max", line->wait.max_min);
    } else {
        out_null(&c->out, "wait_min");
        out_null(&c->out, "wait_max");
    }
    if (a->existing)
        out_bool(&c->out, "existing", true);
    out_row(&c->out);
}

/* ---- walk-in ---- */

static enum program_status run_walk_in(struct ctl *c)
{
    struct person person = { 0 };
    enum program_status status = ctl_person(c, true, &person);
    if (status != PROGRAM_OK)
        return status;
    const struct walk_in_request request = {
        .visit = flow_new_id(c->flow),
        .service = ctl_text(c, "service"),
        .coach = ctl_text(c, "coach"),
        .person = &person,
    };
    struct arrival arrival;
    enum err e = flow_walk_in(c->flow, &request, &arrival);
    mem_wipe(&person, sizeof(person));
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell(c, &arrival);
    return PROGRAM_OK;
}

static const struct ctl_option walk_in_options[] = {
    { "service", CTL_TEXT, "S", "service of the roster; else by the topic", false },
    { "coach", CTL_TEXT, "C", "waits for this coach; else for the first free", false },
    CTL_PERSON_OPTIONS,
    { 0 },
};
static const struct ctl_why walk_in_whys[] = {
    { ERR_CLOSED, "closed: outside the opening hours for walking in, or a closed day" },
    { ERR_AGE_LOW, "too young today" },
    { ERR_AGE_HIGH, "too old today" },
    { ERR_NOT_FOUND, "the roster has no such coach or service, or it takes no walk-ins" },
    { ERR_INVAL, "a field of the person is not right" },
    { 0 },
};
const struct ctl_command ctl_walk_in = {
    .name = "walk-in",
    .usage = "[--service S] [--coach C] " CTL_PERSON_USAGE,
    .help = "somebody comes in without an appointment",
    .more = CTL_PERSON_MORE " Somebody who waits already today keeps that visit.",
    .needs = CTL_NEEDS_HOUSE,
    .options = walk_in_options,
    .whys = walk_in_whys,
    .run = run_walk_in,
};

/* ---- check-in ---- */

static enum program_status find_person(struct ctl *c, struct appointment_view *ret_view)
{
    struct person person = { 0 };
    enum program_status status = ctl_person(c, false, &person);
    if (status != PROGRAM_OK)
        return status;
    enum err e = flow_find_by_name(c->flow, &person, ret_view);
    mem_wipe(&person, sizeof(person));
    return e == ERR_OK ? PROGRAM_OK
                       : ctl_refuse_why(c, NULL, "%s",
                                        e == ERR_NOT_FOUND ? "no appointment of this person today"
                                                           : err_text(e));
}

static enum program_status find_code(struct ctl *c, const char *code,
                                     struct appointment_view *ret_view)
{
    static const char *const person_options[] = { "person", "given", "family", "birth" };
    for (size_t i = 0; i < ARRAY_LEN(person_options); i++)
        if (ctl_given(c, person_options[i]))
            return ctl_misuse(c, "--code and --%s do not go together", person_options[i]);
    enum err e = flow_find_by_code(c->flow, code, ret_view);
    return e == ERR_OK ? PROGRAM_OK : ctl_refuse(c, NULL, e);
}

static enum program_status run_check_in(struct ctl *c)
{
    const char *code = ctl_text(c, "code");
    struct appointment_view found;
    enum program_status status = code ? find_code(c, code, &found) : find_person(c, &found);
    if (status != PROGRAM_OK)
        return status;
    struct arrival arrival;
    enum err e = flow_check_in(c->flow, &found.id, &arrival);
    if (e == ERR_RANGE) {
        char start[OUT_WHEN_SIZE];
        out_when(&c->out, found.start, start);
        return ctl_refuse_why(c, NULL, "the appointment is not today but %s", start);
    }
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    tell(c, &arrival);
    return PROGRAM_OK;
}

static const struct ctl_option check_in_options[] = {
    { "code", CTL_TEXT, "CODE", "the visitor's seven digits", false },
    CTL_PERSON_NAME_OPTIONS,
    { 0 },
};
static const struct ctl_why check_in_whys[] = {
    { ERR_NOT_FOUND, "no such code" },
    { ERR_LOCKED, "locked for ten minutes after five wrong codes" },
    { ERR_STATE, "checked in already and gone, or no longer booked" },
    { ERR_CLOSED, "closed today" },
    { ERR_EXISTS, "this person waits already without the appointment" },
    { 0 },
};
const struct ctl_command ctl_check_in = {
    .name = "check-in",
    .usage = "(--code CODE | --person FILE | --given G --family F --birth DATE)",
    .help = "somebody comes for an appointment of today",
    .more = CTL_PERSON_MORE,
    .needs = CTL_NEEDS_HOUSE,
    .options = check_in_options,
    .whys = check_in_whys,
    .run = run_check_in,
};
