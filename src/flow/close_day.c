/* The end of a business day: nobody is left in the queue. */
#include "base/log.h"
#include "flow/house.h"
#include "flow/work.h"
#include "store/at_work.h"

/* Each in a part of its own: a row that contradicts itself does not stop the others. */
static enum err close_one(struct flow *f, const struct visit_row *v, struct day_closed *closed)
{
    CLEANUP(store_tx_done) struct store_tx part = { 0 };
    enum err e = store_begin_part(f->store, &part);
    if (e == ERR_OK)
        e = close_visit(f, v, f->now, NULL);
    if (e == ERR_OK)
        e = store_commit(&part);
    if (e == ERR_OK && v->state == VISIT_IN_SERVICE)
        closed->done_inaccurate++;
    else if (e == ERR_OK)
        closed->unserved++;
    else if (e != ERR_IO && e != ERR_BUSY && e != ERR_NOMEM) {
        log_error("flow.close_skipped", e, v->id.s);
        closed->failed++;
        e = ERR_OK;
    }
    return e;
}

static enum err close_all(struct flow *f, struct day_closed *closed)
{
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    enum err e = store_visits_open(f->store, f->today, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        e = close_one(f, &l.v[i], closed);
    if (e == ERR_OK)
        e = store_at_work_clear(f->store, NULL);
    if (e == ERR_OK && !f->unsure)
        e = time_unpin(f);
    return e == ERR_OK ? audit(f, "day.close", f->roster.site.id, "ok") : e;
}

enum err flow_close_day(struct flow *f, struct day_closed *ret_closed)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct day_closed closed = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = close_all(f, &closed);
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_closed = closed;
    return e;
}
