#include <string.h>

#include "ctl/commands.h"
#include "ctl/visit.h"

static const struct ctl_option visit_options[] = { CTL_VISIT_OPTION, { 0 } };

/* ---- moves without more than a visit ---- */

typedef enum err (*plain_fn)(struct flow *f, struct visit_ref v, struct queue_line *ret_line);

/* By the command's name. */
static const struct plain_move {
    const char *name;
    plain_fn act;
} plain_moves[] = {
    { "recall", flow_recall },   { "start", flow_start },   { "missed", flow_missed },
    { "requeue", flow_requeue }, { "unpark", flow_unpark }, { "resume", flow_resume },
    { "leave", flow_leave },
};

static enum err act_plain(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    for (size_t i = 0; i < ARRAY_LEN(plain_moves); i++)
        if (strcmp(plain_moves[i].name, c->command->name) == 0)
            return plain_moves[i].act(c->flow, v, ret_line);
    return ERR_INVAL;
}

static enum program_status run_plain(struct ctl *c)
{
    return ctl_visit_move(c, act_plain);
}

const struct ctl_command ctl_recall = {
    .name = "recall",
    .usage = "--visit V",
    .help = "call once more",
    .more = "After as many calls as the roster's calls_before_missed it becomes missed.",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_start = {
    .name = "start",
    .usage = "--visit V",
    .help = "the one who was called is here and is helped",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_missed = {
    .name = "missed",
    .usage = "--visit V",
    .help = "the one who was called did not come",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_requeue = {
    .name = "requeue",
    .usage = "--visit V",
    .help = "a missed visit waits again",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_unpark = {
    .name = "unpark",
    .usage = "--visit V",
    .help = "a parked visit waits again",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_resume = {
    .name = "resume",
    .usage = "--visit V",
    .help = "a paused visit waits again",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};
const struct ctl_command ctl_leave = {
    .name = "leave",
    .usage = "--visit V",
    .help = "somebody goes without being helped",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .run = run_plain,
};

/* ---- finish, park, redirect, urgent, pause, void, undo ---- */

static enum err act_finish(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    const char *outcome = ctl_text(c, "outcome"); /* flow takes none as "done" */
    return outcome[0] ? flow_finish(c->flow, v, outcome, ret_line) : ERR_INVAL;
}

static enum program_status run_finish(struct ctl *c)
{
    return ctl_visit_move(c, act_finish);
}

static const struct ctl_option finish_options[] = {
    CTL_VISIT_OPTION,
    { "outcome", CTL_TEXT, "O", "a word of small letters and _: helped, referred, ...", true },
    { 0 },
};
static const struct ctl_why finish_whys[] = {
    { ERR_INVAL, "an outcome is one word of small letters and _, up to 32" },
    { 0 },
};
const struct ctl_command ctl_finish = {
    .name = "finish",
    .usage = "--visit V --outcome O",
    .help = "the visit is done",
    .needs = CTL_NEEDS_HOUSE,
    .options = finish_options,
    .whys = finish_whys,
    .run = run_finish,
};

static enum err act_park(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_park(c->flow, v, ctl_number(c, "until", 0), ctl_text(c, "note"), ret_line);
}

static enum program_status run_park(struct ctl *c)
{
    return ctl_visit_move(c, act_park);
}

static const struct ctl_option park_options[] = {
    CTL_VISIT_OPTION,
    { "until", CTL_TIME, "T", "waits again from then on; else until somebody takes it out", false },
    { "note", CTL_TEXT, "N", "why, up to 200 letters", false },
    { 0 },
};
static const struct ctl_why park_whys[] = {
    { ERR_RANGE, "--until must be later than now, today" },
    { ERR_INVAL, "the note is longer than 200 letters" },
    { 0 },
};
const struct ctl_command ctl_park = {
    .name = "park",
    .usage = "--visit V [--until T] [--note N]",
    .help = "set aside somebody who was called or is in service",
    .needs = CTL_NEEDS_HOUSE,
    .options = park_options,
    .whys = park_whys,
    .run = run_park,
};

static enum err act_redirect(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_redirect(c->flow, v, ctl_text(c, "to-coach"), ctl_text(c, "to-service"), ret_line);
}

static enum program_status run_redirect(struct ctl *c)
{
    if (ctl_given(c, "to-coach") == ctl_given(c, "to-service"))
        return ctl_misuse(c, "give either --to-coach or --to-service");
    return ctl_visit_move(c, act_redirect);
}

static const struct ctl_option redirect_options[] = {
    CTL_VISIT_OPTION,
    { "to-coach", CTL_TEXT, "C", "to this coach", false },
    { "to-service", CTL_TEXT, "S", "to whoever gives this service", false },
    { 0 },
};
static const struct ctl_why redirect_whys[] = {
    { ERR_NOT_FOUND, "the roster has no such coach or service" },
    { ERR_INVAL, "that is the coach or service it has already" },
    { 0 },
};
const struct ctl_command ctl_redirect = {
    .name = "redirect",
    .usage = "--visit V (--to-coach C | --to-service S)",
    .help = "to another coach or service; number and arrival stay",
    .needs = CTL_NEEDS_HOUSE,
    .options = redirect_options,
    .whys = redirect_whys,
    .run = run_redirect,
};

static enum err act_urgent(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_urgent(c->flow, v, ctl_text(c, "reason"), ret_line);
}

static enum program_status run_urgent(struct ctl *c)
{
    return ctl_visit_move(c, act_urgent);
}

static const struct ctl_option reason_options[] = {
    CTL_VISIT_OPTION,
    { "reason", CTL_TEXT, "R", "why; goes into the log", true },
    { 0 },
};
static const struct ctl_why reason_whys[] = {
    { ERR_INVAL, "a reason has 1 to 200 letters" },
    { 0 },
};
const struct ctl_command ctl_urgent = {
    .name = "urgent",
    .usage = "--visit V --reason R",
    .help = "before everybody else",
    .needs = CTL_NEEDS_HOUSE,
    .options = reason_options,
    .whys = reason_whys,
    .run = run_urgent,
};

static enum err act_pause(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_pause(c->flow, v, (int)ctl_number(c, "minutes", 0), ret_line);
}

static enum program_status run_pause(struct ctl *c)
{
    return ctl_visit_move(c, act_pause);
}

static const struct ctl_option pause_options[] = {
    CTL_VISIT_OPTION,
    { "minutes", CTL_COUNT, "N", "1 to 30", true },
    { 0 },
};
static const struct ctl_why pause_whys[] = {
    { ERR_INVAL, "a pause takes 1 to 30 minutes" },
    { ERR_RANGE, "a pause takes 1 to 30 minutes" },
    { 0 },
};
const struct ctl_command ctl_pause = {
    .name = "pause",
    .usage = "--visit V --minutes N",
    .help = "somebody who waits goes out for a while and keeps the place",
    .needs = CTL_NEEDS_HOUSE,
    .options = pause_options,
    .whys = pause_whys,
    .run = run_pause,
};

static enum err act_void(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_void(c->flow, v, ctl_text(c, "reason"), ret_line);
}

static enum program_status run_void(struct ctl *c)
{
    return ctl_visit_move(c, act_void);
}

const struct ctl_command ctl_void = {
    .name = "void",
    .usage = "--visit V --reason R",
    .help = "the visit was a mistake",
    .needs = CTL_NEEDS_HOUSE,
    .options = reason_options,
    .whys = reason_whys,
    .run = run_void,
};

/* Without the version: undo is of the last act, whoever asks. */
static enum err act_undo(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    v.version = 0;
    return flow_undo(c->flow, v, ret_line);
}

static enum program_status run_undo(struct ctl *c)
{
    return ctl_visit_move(c, act_undo);
}

static const struct ctl_why undo_whys[] = {
    { ERR_RANGE, "time: that was more than 10 seconds ago" },
    { 0 },
};
const struct ctl_command ctl_undo = {
    .name = "undo",
    .usage = "--visit V",
    .help = "take back the last staff action, within 10 seconds",
    .needs = CTL_NEEDS_HOUSE,
    .options = visit_options,
    .whys = undo_whys,
    .run = run_undo,
};
