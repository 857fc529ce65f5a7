#include "flow/act.h"

#include "flow/plan.h"

enum err act_begin(struct flow *f, struct store_tx *tx, struct visit_ref ref,
                   struct visit_row *ret_was, struct visit_row *ret_v)
{
    enum err e = work_begin(f, tx);
    if (e == ERR_OK)
        e = store_visit_get(f->store, &ref.visit, ret_was);
    if (e != ERR_OK)
        return e;
    *ret_v = *ret_was;
    return ref.version != 0 && ref.version != ret_was->version ? ERR_STALE : ERR_OK;
}

enum err act_end(struct flow *f, struct store_tx *tx, enum err e, const struct visit_row *v,
                 struct queue_line *ret_line)
{
    struct queue_line line = { 0 };
    if (e == ERR_OK && ret_line)
        e = line_of(f, v, &line);
    e = work_end(f, tx, e);
    if (e == ERR_OK && ret_line)
        *ret_line = line;
    return e;
}

void act_let_go(struct visit_row *v)
{
    v->with_coach[0] = '\0';
    v->calls = 0;
}
