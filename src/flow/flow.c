#include "flow/flow.h"

#include <limits.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "flow/arrive.h"
#include "flow/work.h"

enum err flow_open(const struct flow_options *o, struct flow **ret_flow)
{
    if (!o->db_path || !o->device || strlen(o->device) >= STORE_ACTOR_SIZE)
        return ERR_INVAL;
    CLEANUP(flow_closep) struct flow *f = mem_calloc(1, sizeof(*f));
    if (!f)
        return ERR_NOMEM;
    f->clock = o->clock;
    f->known = (struct wall_known){ .simulated = o->clock->simulated, .pin_day = CIVIL_DAY_NONE };
    f->rng = o->rng;
    f->read_only = o->read_only;
    f->patient = o->patient;
    text_put(f->device, sizeof(f->device), o->device);
    text_put(f->actor, sizeof(f->actor), o->device);
    enum err e = store_open(&(struct store_options){
                                .path = o->db_path,
                                .keys_dir = o->keys_dir,
                                .rng = o->rng,
                                .keys = o->read_only ? STORE_KEYS_NONE : STORE_KEYS_HOUSE,
                                .read_only = o->read_only,
                                .busy_ms = o->patient ? STORE_PATIENT_MS : STORE_BUSY_MS },
                            &f->store);
    if (e != ERR_OK)
        return e;
    if (o->clock->simulated && !store_simulated(f->store))
        return ERR_INVAL;
    e = zone_load("Europe/Amsterdam", &f->zone); /* until a roster says otherwise */
    if (e != ERR_OK)
        log_error("flow.zone", e, "Europe/Amsterdam"); /* UTC for so long */
    e = store_changes(f->store, &f->seen);
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    if (e == ERR_OK)
        e = store_begin_read(f->store, &tx);
    if (e == ERR_OK)
        e = roster_refresh(f);
    if (e == ERR_OK)
        e = time_read(f);
    store_tx_done(&tx);
    if (e == ERR_OK)
        older_tell(f);
    if (e == ERR_OK)
        *ret_flow = TAKE(f);
    return e;
}

void flow_close(struct flow *f)
{
    if (!f)
        return;
    store_close(f->store);
    roster_done(&f->roster);
    roster_done(&f->agenda);
    zone_done(&f->zone);
    mem_free(f);
}

void flow_closep(struct flow **f)
{
    flow_close(*f);
    *f = NULL;
}

void flow_set_actor(struct flow *f, const char *actor)
{
    text_put(f->actor, sizeof(f->actor), actor);
}

const struct roster *flow_roster(struct flow *f)
{
    enum err e = roster_refresh(f);
    if (e != ERR_OK)
        log_error("flow.roster", e, NULL); /* the one that was in force goes on */
    return f->roster_version > 0 ? &f->roster : NULL;
}

const struct zone *flow_zone(struct flow *f)
{
    return &f->zone;
}

utc_ms flow_now(const struct flow *f)
{
    return clock_wall_ms(f->clock);
}

bool flow_simulated(const struct flow *f)
{
    return store_simulated(f->store);
}

bool flow_changed(struct flow *f)
{
    int64_t changes = f->seen;
    enum err e = store_changes(f->store, &changes);
    if (e != ERR_OK) {
        log_error("flow.changes", e, NULL);
        return true; /* who looks finds out */
    }
    bool changed = changes != f->seen;
    f->seen = changes;
    return changed;
}

const char *flow_db_path(const struct flow *f)
{
    return store_path(f->store);
}

enum err flow_rest(struct flow *f)
{
    return f->read_only ? ERR_DENIED : store_checkpoint(f->store);
}

void flow_let_go(struct flow *f)
{
    store_let_go(f->store);
}

bool flow_storage_failed(const struct flow *f)
{
    return store_failed(f->store);
}

struct ulid flow_new_id(struct flow *f)
{
    return ulid_make(&f->ids, f->rng, clock_wall_ms(f->clock));
}
