/* Set aside and back: missed, parked by a coach, paused by the visitor. */
#include "flow/act.h"

static enum err back(struct flow *f, enum visit_act act, struct visit_ref ref,
                     struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.until = 0;
    act_let_go(&v);
    if (e == ERR_OK)
        e = visit_step(f, act, &was, &v, &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_requeue(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    return back(f, VISIT_REQUEUE, ref, ret_line);
}

enum err flow_unpark(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    return back(f, VISIT_UNPARK, ref, ret_line);
}

enum err flow_resume(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    return back(f, VISIT_RESUME, ref, ret_line);
}

/* with_coach stays: by whom it is parked. */
enum err flow_park(struct flow *f, struct visit_ref ref, utc_ms until, const char *note,
                   struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (!text_fits(note, REASON_LETTERS, true))
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK && until != 0 &&
        (until <= f->now || zone_day(&f->zone, until) != f->date))
        e = ERR_RANGE;
    v.until = until;
    if (e == ERR_OK)
        e = visit_step(f, VISIT_PARK, &was, &v, &(struct step){ .at = f->now });
    if (e == ERR_OK)
        e = store_visit_set_note(f->store, &v.id, note);
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_pause(struct flow *f, struct visit_ref ref, int minutes, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (minutes < 1 || minutes > VISIT_PAUSE_MINUTES_MAX)
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.until = f->now + minutes * MINUTE_MS;
    if (e == ERR_OK)
        e = visit_step(f, VISIT_PAUSE, &was, &v, &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}
