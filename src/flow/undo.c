/* Taking the last act back, from the row as it was, which its event keeps. */
#include "flow/act.h"
#include "flow/redirect.h"
#include "store/event.h"

/* The act that stands last in the history of a visit, if it may still be taken back. */
static enum err undoable(struct flow *f, const struct ulid *visit, struct event_row *ret_ev,
                         enum visit_act *ret_act)
{
    enum err e = store_event_last(f->store, visit, ret_ev);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
    if (visit_act_of(ret_ev->act, ret_act) != ERR_OK) /* the check-in of who waited already */
        return ERR_STATE;
    if (!visit_act_undoable(*ret_act) || !ret_ev->has_before)
        return ERR_STATE;
    return visit_may_undo(*ret_act, ret_ev->at, f->now) ? ERR_OK : ERR_RANGE;
}

static enum err undo(struct flow *f, const struct visit_row *was, struct visit_row *v)
{
    struct event_row ev = { 0 };
    enum visit_act act = VISIT_UNDO;
    enum err e = undoable(f, &v->id, &ev, &act);
    if (e == ERR_OK)
        e = store_event_before(f->store, &v->id, ev.seq, v);
    if (e == ERR_OK)
        e = visit_step(f, VISIT_UNDO, was, v, &(struct step){ .at = f->now });
    if (e == ERR_OK && act == VISIT_PARK)
        e = store_visit_set_note(f->store, &v->id, NULL);
    if (e == ERR_OK && act == VISIT_REDIRECT)
        e = redirect_tell(f, v);
    return e;
}

enum err flow_undo(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK)
        e = undo(f, &was, &v);
    return act_end(f, &tx, e, &v, ret_line);
}
