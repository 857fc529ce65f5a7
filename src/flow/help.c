/* A visitor asks for a person; staff see it, come, and are done. */
#include "flow/house.h"
#include "flow/work.h"
#include "store/help_call.h"

static bool open_call(enum help_call_state s)
{
    return s == HELP_CALL_SENT || s == HELP_CALL_SEEN || s == HELP_CALL_COMING;
}

/* Who presses twice has one call: the one that is open already. */
static enum err call(struct flow *f, struct ulid *ret_id)
{
    struct help_call_row r;
    enum err e = store_help_of_device(f->store, f->device, &r);
    if (e == ERR_NONE) {
        r = (struct help_call_row){ .id = flow_new_id(f), .at = f->now, .changed = f->now };
        text_put(r.device, sizeof(r.device), f->device);
        e = store_help_insert(f->store, &r);
        if (e == ERR_OK)
            e = audit(f, "help.call", r.id.s, "ok");
    }
    *ret_id = r.id;
    return e;
}

enum err flow_help_call(struct flow *f, struct ulid *ret_id)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct ulid id = { { 0 } };
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = call(f, &id);
    e = work_end(f, &tx, e);
    if (e == ERR_OK)
        *ret_id = id;
    return e;
}

enum err flow_help_state(struct flow *f, const struct ulid *id, enum help_state *ret)
{
    struct help_call_row r;
    enum err e = store_help_get(f->store, id, &r);
    if (e == ERR_OK)
        *ret = (enum help_state)r.state;
    return e;
}

/* Forward only, and never out of an end. */
static enum err answer(struct flow *f, const struct ulid *id, enum help_call_state to)
{
    struct help_call_row r;
    enum err e = store_help_get(f->store, id, &r);
    if (e != ERR_OK)
        return e;
    enum help_call_state was = r.state;
    if (!open_call(was) || to <= was)
        return ERR_STATE;
    r.state = to;
    r.changed = f->now;
    text_put(r.staff, sizeof(r.staff), f->actor);
    e = store_help_update(f->store, &r, was);
    return e == ERR_OK ? audit(f, "help.answer", id->s, "ok") : e;
}

enum err flow_help_answer(struct flow *f, const struct ulid *id, enum help_state to)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    if ((unsigned)to > HELP_CANCELLED)
        return ERR_INVAL;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = answer(f, id, (enum help_call_state)to);
    return work_end(f, &tx, e);
}

enum err flow_help_open(struct flow *f, struct ulid *ret_id, utc_ms *ret_at,
                        enum help_state *ret_state, int *ret_open)
{
    struct help_call_row r;
    int open = 0;
    enum err e = store_help_oldest(f->store, &r, &open);
    if (e != ERR_OK)
        return e;
    *ret_id = r.id;
    *ret_at = r.at;
    *ret_state = (enum help_state)r.state;
    *ret_open = open;
    return ERR_OK;
}
