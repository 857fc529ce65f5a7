#include "flow/arrival.h"

#include "base/log.h"
#include "flow/act.h"
#include "flow/plan.h"

/* ERR_CORRUPT: it waits no more, since somebody called it behind the commit. */
static struct queue_line line_behind(struct flow *f, const struct visit_row *v)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct queue_line line = { 0 };
    enum err e = store_begin_read(f->store, &tx);
    if (e == ERR_OK)
        e = line_of(f, v, &line);
    if (e == ERR_OK)
        return line;
    if (e != ERR_CORRUPT)
        log_error("flow.arrival_wait", e, v->id.s);
    return line_alone(f, v);
}

enum err arrival_of(struct flow *f, const struct visit_row *v, bool existing,
                    struct arrival *ret_arrival)
{
    if (!ret_arrival)
        return ERR_OK;
    struct arrival a = { .existing = existing };
    struct token token = { 0 };
    struct queue_entry q = plan_entry(f, v);
    struct queue_rules rules = queue_rules_of(&f->roster.rules);
    enum err e = store_visit_token(f->store, v, &token);
    if (e != ERR_OK)
        return e;
    a.line = line_behind(f, v);
    a.late = queue_is_late(&q, &rules);
    text_put(a.token, sizeof(a.token), token.s);
    *ret_arrival = a;
    return ERR_OK;
}

enum err arrival_return(struct flow *f, struct visit_row *v)
{
    struct visit_row was = *v;
    if (v->state != VISIT_MISSED)
        return ERR_OK;
    act_let_go(v);
    return visit_step(f, VISIT_REQUEUE, &was, v, &(struct step){ .at = f->now });
}
