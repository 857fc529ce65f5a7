#include "flow/queue.h"

#include "ctl/commands.h"
#include "ctl/visit.h"

/* ---- queue ---- */

static enum program_status run_queue(struct ctl *c)
{
    CLEANUP(queue_list_done) struct queue_list queue = { 0 };
    enum err e = flow_queue(c->flow, ctl_text(c, "coach"), &queue);
    if (e != ERR_OK)
        return ctl_refuse(c, NULL, e);
    for (size_t i = 0; i < queue.n; i++)
        ctl_visit_write(c, &queue.v[i]);
    if (queue.n == 0)
        out_say(&c->out, "Nobody is here.");
    return PROGRAM_OK;
}

static const struct ctl_option queue_options[] = {
    { "coach", CTL_TEXT, "C", "only who may be this coach's", false },
    { 0 },
};
static const struct ctl_why queue_whys[] = {
    { ERR_NOT_FOUND, "the roster has no coach of that id" },
    { 0 },
};
const struct ctl_command ctl_queue = {
    .name = "queue",
    .usage = "[--coach C]",
    .help = "the day's open visits",
    .more = "First who is called and who is in service, then who waits in calling order, then "
            "the paused, missed and parked.",
    .needs = CTL_NEEDS_HOUSE,
    .options = queue_options,
    .whys = queue_whys,
    .run = run_queue,
};

/* ---- call ---- */

static enum err act_call(struct ctl *c, struct visit_ref v, struct queue_line *ret_line)
{
    return flow_call(c->flow, ctl_text(c, "coach"), v, ret_line);
}

static enum program_status run_call(struct ctl *c)
{
    if (ctl_given(c, "visit"))
        return ctl_visit_move(c, act_call);
    struct queue_line called = { 0 };
    enum err e = flow_call_next(c->flow, ctl_text(c, "coach"), &called);
    if (e != ERR_OK)
        return ctl_visit_refuse(c, &called, e);
    ctl_visit_write(c, &called);
    return PROGRAM_OK;
}

static const struct ctl_option call_options[] = {
    { "coach", CTL_TEXT, "C", "who calls", true },
    { "visit", CTL_TEXT, "V", "this one, by visit or today's ticket; else the next", false },
    { 0 },
};
static const struct ctl_why call_whys[] = {
    { ERR_NONE, "nobody waits for this coach" },
    { ERR_NOT_FOUND, "the roster has no coach of that id" },
    { ERR_DENIED, "that visit waits for another coach, or for a service this coach does not give" },
    { 0 },
};
const struct ctl_command ctl_call = {
    .name = "call",
    .usage = "--coach C [--visit V]",
    .help = "call the next for a coach, or this visit",
    .needs = CTL_NEEDS_HOUSE,
    .options = call_options,
    .whys = call_whys,
    .run = run_call,
};
