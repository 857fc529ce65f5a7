#include "flow/arrival.h"

#include "flow/act.h"
#include "flow/plan.h"

enum err arrival_of(struct flow *f, const struct visit_row *v, bool existing,
                    struct arrival *ret_arrival)
{
    if (!ret_arrival)
        return ERR_OK;
    struct arrival a = { .existing = existing };
    struct token token = { 0 };
    struct queue_entry q = plan_entry(f, v);
    struct queue_rules rules = queue_rules_of(&f->roster.rules);
    enum err e = line_of(f, v, &a.line);
    if (e == ERR_OK)
        e = store_visit_token(f->store, v, &token);
    if (e != ERR_OK)
        return e;
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
