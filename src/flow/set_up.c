/* Making and checking a house's database; its rosters. */
#include "flow/house.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "flow/work.h"
#include "store/audit.h"
#include "store/check.h"
#include "store/meta.h"
#include "store/roster_text.h"

enum err flow_init(const char *db_path, bool simulated, const struct clock *clock, struct rng *rng)
{
    return flow_init_with_keys(db_path, NULL, simulated, clock, rng);
}

enum err flow_init_with_keys(const char *db_path, const char *keys_dir, bool simulated,
                             const struct clock *clock, struct rng *rng)
{
    if (clock->simulated && !simulated)
        return ERR_INVAL;
    const struct store_options o = { .path = db_path, .keys_dir = keys_dir, .rng = rng,
                                     .keys = STORE_KEYS_HOUSE, .busy_ms = STORE_PATIENT_MS };
    return store_create(&o, simulated);
}

enum err flow_migrate(const char *db_path, int *ret_from, int *ret_to)
{
    struct rng rng = rng_system();
    const struct store_options o = { .path = db_path, .rng = &rng, .keys = STORE_KEYS_HOUSE,
                                     .busy_ms = STORE_PATIENT_MS };
    return store_migrate(&o, ret_from, ret_to);
}

enum err flow_check(struct flow *f, flow_said say, void *arg)
{
    enum err e = store_check(f->store, say, arg);
    if (e != ERR_OK && e != ERR_CORRUPT)
        return e;
    enum err chain = store_audit_verify(f->store, NULL, say, arg);
    return e == ERR_OK ? chain : e;
}

enum err flow_audit_verify(struct flow *f, flow_said say, void *arg)
{
    return store_audit_verify(f->store, NULL, say, arg);
}

enum err flow_audit_unproved(struct flow *f, int64_t *ret_until)
{
    return store_audit_unproved(f->store, ret_until);
}

enum err flow_audit_verify_since(struct flow *f, const struct audit_mark *kept, flow_said say,
                                 void *arg)
{
    struct audit_anchor a = { .count = kept->count };
    _Static_assert(sizeof(a.head) == sizeof(kept->head), "one size of hash");
    memcpy(a.head, kept->head, sizeof(a.head));
    return store_audit_verify(f->store, &a, say, arg);
}

/* ---- audit lines ---- */

#define PAGE 500

static struct audit_line line_of_row(const struct audit_row *r)
{
    struct audit_line l = { .seq = r->seq, .at = r->at };
    text_put(l.actor, sizeof(l.actor), r->actor);
    text_put(l.action, sizeof(l.action), r->action);
    text_put(l.object, sizeof(l.object), r->object);
    text_put(l.result, sizeof(l.result), r->result);
    return l;
}

/* The seq before the first line that is asked for. */
static enum err audit_after(struct flow *f, int64_t from_seq, int64_t *ret_after)
{
    struct audit_anchor end;
    *ret_after = from_seq > 0 ? from_seq - 1 : 0;
    if (from_seq >= 0)
        return ERR_OK;
    enum err e = store_audit_anchor(f->store, &end);
    if (e == ERR_OK && end.count > -from_seq)
        *ret_after = end.count + from_seq;
    return e;
}

enum err flow_audit(struct flow *f, int64_t from_seq, int64_t max, flow_audit_said say, void *arg)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    int64_t after = 0;
    int64_t left = max > 0 ? max : INT64_MAX;
    enum err e = store_begin_read(f->store, &tx);
    if (e == ERR_OK)
        e = audit_after(f, from_seq, &after);
    while (e == ERR_OK && left > 0) {
        CLEANUP(audit_rows_done) struct audit_rows rows = { 0 };
        e = store_audit_list(f->store, after, left < PAGE ? (size_t)left : PAGE, &rows);
        if (e != ERR_OK || rows.n == 0)
            break;
        for (size_t i = 0; i < rows.n; i++) {
            struct audit_line l = line_of_row(&rows.v[i]);
            say(arg, &l);
        }
        after = rows.v[rows.n - 1].seq;
        left -= (int64_t)rows.n;
    }
    return e;
}

/* ---- rosters ---- */

/* What the text alone cannot know: whether the zone is one of this machine's. */
static enum err zone_known(const struct roster *r, struct roster_notes *notes)
{
    CLEANUP(zone_done) struct zone z = { 0 };
    enum err e = zone_load(r->site.timezone, &z);
    if (e == ERR_OK || e == ERR_NOMEM)
        return e;
    struct roster_note note = { .fault = true, .pointer = "/site/timezone",
                                .text = "is no time zone of this machine" };
    if (!mem_grow(&notes->v, &notes->cap, notes->n, sizeof(*notes->v)))
        return ERR_NOMEM;
    notes->v[notes->n++] = note;
    notes->n_faults++;
    return ERR_FORMAT;
}

static enum err put_roster(struct flow *f, const struct roster *r)
{
    CLEANUP(buf_done) struct buf canonical = buf_make(ROSTER_JSON_MAX);
    int64_t version = 0;
    char object[32];
    enum err e = roster_print(r, &canonical);
    if (e == ERR_OK)
        e = store_roster_put(f->store, canonical.v, canonical.n, f->now, &version);
    snprintf(object, sizeof(object), "roster.%lld", (long long)version);
    if (e == ERR_OK)
        e = audit(f, "roster.import", object, "ok");
    return e == ERR_OK ? roster_refresh(f) : e;
}

enum err flow_roster_import(struct flow *f, const char *json, size_t n, struct roster_notes *notes)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CLEANUP(roster_done) struct roster r = { 0 };
    enum err e = roster_parse(json, n, notes, &r);
    if (e == ERR_OK)
        e = zone_known(&r, notes);
    if (e == ERR_OK)
        e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = put_roster(f, &r);
    e = work_end(f, &tx, e);
    if (e != ERR_OK)
        f->roster_version = -1; /* whatever was loaded: read again what is in force */
    return e;
}

enum err flow_roster_export(struct flow *f, struct buf *out)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin_read(f->store, &tx);
    if (e == ERR_OK)
        e = roster_refresh(f);
    if (e == ERR_OK && f->roster_version <= 0)
        e = ERR_NOT_FOUND;
    return e == ERR_OK ? roster_print(&f->roster, out) : e;
}
