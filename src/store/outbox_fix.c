#include "store/outbox_fix.h"

#include "store/outbox_key.h"

static const char SQL_PUT[] =
    "INSERT INTO outbox_fix (outbox, key, body, at_ms, actor)"
    " VALUES (:outbox, :key, :body, :at, :actor)"
    " ON CONFLICT (outbox) DO UPDATE SET key = excluded.key, body = excluded.body,"
    " at_ms = excluded.at_ms, actor = excluded.actor";
static const char SQL_GET[] = "SELECT key, body FROM outbox_fix WHERE outbox = :outbox";
static const char SQL_QUEUE[] =
    "UPDATE outbox SET state = 'queued', attempts = 0, next_try_ms = 0, resolved_by = :by,"
    " resolved_how = 'correct and retry' WHERE id = :id AND state = 'dead'";
static const char SQL_STEP[] =
    "UPDATE outbox_step SET body = :body, unsure = max(unsure, state = 'in_flight'),"
    " state = 'ready' WHERE outbox = :outbox AND n = :n AND state <> 'done'";

static enum err put(struct store *s, const struct outbox_row *r, const char *by, utc_ms at,
                    const struct buf *json)
{
    const struct kept_envelope *key = NULL;
    enum err e = outbox_key_for(s, r->day, &key);
    if (e != ERR_OK)
        return e;
    CLEANUP(mem_freep) unsigned char *sealed =
        outbox_seal(s, key, outbox_where("outbox_fix", r->seq, 0), json->v, json->n);
    if (!sealed)
        return ERR_NOMEM;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_int(&q, ":outbox", r->seq);
    bind_int(&q, ":key", key->id);
    bind_blob(&q, ":body", sealed, json->n + ENVELOPE_OVERHEAD);
    bind_int(&q, ":at", at);
    bind_text(&q, ":actor", by);
    return stmt_run(&q);
}

static enum err queue_again(struct store *s, const struct ulid *id, const char *by)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_QUEUE);
    bind_ulid(&q, ":id", id);
    bind_text(&q, ":by", by);
    enum err e = stmt_change(&q);
    return e == ERR_STALE ? ERR_STATE : e;
}

enum err store_outbox_correct(struct store *s, const struct ulid *id, const char *by, utc_ms at,
                              const struct buf *json)
{
    struct outbox_row r;
    if (buf_err(json) != ERR_OK || json->n > OUTBOX_FIX_MAX)
        return ERR_LIMIT;
    enum err e = store_outbox_get(s, id, &r);
    if (e == ERR_OK && r.state != OUTBOX_DEAD)
        e = ERR_STATE;
    if (e == ERR_OK)
        e = put(s, &r, by, at, json);
    return e == ERR_OK ? queue_again(s, id, by) : e;
}

enum err store_outbox_fix(struct store *s, int64_t seq, struct buf *out)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_int(&q, ":outbox", seq);
    return outbox_open_row(&q, outbox_where("outbox_fix", seq, 0), out);
}

enum err store_step_freeze_again(struct store *s, int64_t outbox, int n, const void *body,
                                 size_t n_body)
{
    const struct kept_envelope *key = NULL;
    if (n_body > OUTBOX_BODY_MAX)
        return ERR_LIMIT;
    enum err e = outbox_key_of(s, outbox, &key);
    if (e != ERR_OK)
        return e;
    CLEANUP(mem_freep) unsigned char *sealed =
        outbox_seal(s, key, outbox_where("outbox_step", outbox, n), body, n_body);
    if (!sealed)
        return ERR_NOMEM;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_STEP);
    bind_int(&q, ":outbox", outbox);
    bind_int(&q, ":n", n);
    bind_blob(&q, ":body", sealed, n_body + ENVELOPE_OVERHEAD);
    return stmt_change(&q);
}
