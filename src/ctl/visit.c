#include "ctl/visit.h"

#include <string.h>

void ctl_visit_write(struct ctl *c, const struct queue_line *v)
{
    out_text(&c->out, "visit", v->visit.s);
    out_text(&c->out, "ticket", v->ticket);
    out_text(&c->out, "state", visit_state_name(v->state));
    out_int(&c->out, "band", v->band);
    out_text(&c->out, "kind", v->appointment ? "appointment" : "walk_in");
    out_text(&c->out, "service", v->service);
    out_text(&c->out, "coach", v->coach);
    out_time(&c->out, "arrived", v->arrived);
    out_time(&c->out, "due", v->due);
    if (v->wait.known) {
        out_int(&c->out, "wait_min", v->wait.min_min);
        out_int(&c->out, "wait_max", v->wait.max_min);
    } else {
        out_null(&c->out, "wait_min");
        out_null(&c->out, "wait_max");
    }
    out_row(&c->out);
}

/* Whom the coach has already; an empty ticket when that is over by now. */
static void find_busy(struct ctl *c, const char *coach, struct queue_line *ret_line)
{
    CLEANUP(queue_list_done) struct queue_list queue = { 0 };
    *ret_line = (struct queue_line){ 0 };
    if (flow_queue(c->flow, NULL, &queue) != ERR_OK)
        return;
    for (size_t i = 0; i < queue.n; i++) {
        const struct queue_line *v = &queue.v[i];
        bool busy = v->state == VISIT_CALLED || v->state == VISIT_IN_SERVICE;
        if (busy && (!coach || strcmp(v->coach, coach) == 0))
            *ret_line = *v;
    }
}

enum program_status ctl_visit_refuse(struct ctl *c, const struct queue_line *v, enum err e)
{
    const char *coach = ctl_given(c, "coach") ? ctl_text(c, "coach") : v->coach;
    struct queue_line busy;
    switch ((int)e) {
    case ERR_STATE:
        return ctl_refuse_why(c, NULL, "state: %s is %s, which does not allow it", v->ticket,
                              visit_state_name(v->state));
    case ERR_TAKEN:
        find_busy(c, coach[0] ? coach : NULL, &busy);
        return ctl_refuse_why(c, NULL, "coach: %s has %s already", coach[0] ? coach : "that coach",
                              busy.ticket[0] ? busy.ticket : "somebody");
    case ERR_STALE:
        return ctl_refuse_why(c, NULL, "version: somebody changed %s first", v->ticket);
    default:
        return ctl_refuse(c, NULL, e);
    }
}

/* The visit of --visit, an id or today's ticket. */
static enum program_status find_visit(struct ctl *c, struct queue_line *ret_line)
{
    const char *text = ctl_text(c, "visit");
    enum err e = flow_visit_find(c->flow, text, ret_line);
    if (e == ERR_NOT_FOUND || e == ERR_FORMAT || e == ERR_INVAL)
        return ctl_refuse_why(c, NULL, "no such visit, and no such ticket today");
    return e == ERR_OK ? PROGRAM_OK : ctl_refuse(c, NULL, e);
}

enum program_status ctl_visit_move(struct ctl *c, ctl_move act)
{
    struct queue_line before, after;
    enum program_status status = find_visit(c, &before);
    if (status != PROGRAM_OK)
        return status;
    enum err e = act(c, (struct visit_ref){ before.visit, before.version }, &after);
    if (e != ERR_OK)
        return ctl_visit_refuse(c, &before, e);
    ctl_visit_write(c, &after);
    return PROGRAM_OK;
}
