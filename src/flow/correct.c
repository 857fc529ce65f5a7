/* Putting right what the case register refused. */
#include "core/record_fix.h"
#include "flow/desk.h"
#include "flow/work.h"

#include "base/mem.h"
#include "store/outbox_fix.h"

/* A chain is named after the visit or appointment that it began with. */
static enum err person_of(struct flow *f, const struct ulid *chain, struct person *ret)
{
    enum err e = store_visit_person(f->store, chain, ret);
    return e == ERR_NOT_FOUND ? store_appointment_person(f->store, chain, ret) : e;
}

enum err flow_outbox_person(struct flow *f, const struct ulid *record, struct person *ret_person)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct outbox_row row;
    struct person p = { 0 };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = store_outbox_get(f->store, record, &row);
    if (e == ERR_OK)
        e = person_of(f, &row.chain, &p);
    if (e == ERR_OK)
        e = audit(f, "outbox.person", record->s, "ok");
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return e;
}

enum err flow_outbox_correct(struct flow *f, const struct ulid *record, const struct person *p)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(buf_wipe) struct buf json = buf_make(OUTBOX_FIX_MAX);
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK && person_check(p, f->date).why != PERSON_FINE)
        e = ERR_INVAL;
    if (e == ERR_OK)
        e = record_fix_to_json(p, &json);
    if (e == ERR_OK)
        e = store_outbox_correct(f->store, record, f->actor, f->now, &json);
    if (e == ERR_OK)
        e = audit(f, "outbox.correct", record->s, "ok");
    return work_end(f, &tx, e);
}
