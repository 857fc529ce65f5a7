#include "store/outbox_key.h"

#include <inttypes.h>
#include <stdio.h>

static const char SQL_PUT[] =
    "INSERT INTO outbox_key (day, sealed) VALUES (:day, :sealed) RETURNING id";
static const char SQL_OF_RECORD[] = "SELECT key FROM outbox WHERE seq = :seq";
static const char SQL_GET[] = "SELECT day, sealed FROM outbox_key WHERE id = :id";

/* A rolled back transaction takes its key rows along; a committed one makes them good. */
void envelopes_settle(struct store *s, bool committed)
{
    for (size_t i = 0; i < ENVELOPES; i++) {
        struct kept_envelope *k = &s->envelopes[i];
        if (k->fresh && committed)
            k->fresh = false;
        else if (k->fresh)
            mem_wipe(k, sizeof(*k));
    }
}

static struct kept_envelope *keep(struct store *s, int64_t id, struct envelope *e)
{
    struct kept_envelope *k = &s->envelopes[s->next_envelope++ % ENVELOPES];
    mem_wipe(k, sizeof(*k));
    *k = (struct kept_envelope){ .id = id, .e = *e };
    envelope_wipe(e);
    return k;
}

static enum err put(struct store *s, const struct envelope *e, int64_t *ret_id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_int(&q, ":day", e->day);
    bind_blob(&q, ":sealed", e->sealed, sizeof(e->sealed));
    enum err got = stmt_one(&q);
    if (got != ERR_OK)
        return got;
    int64_t id = col_int(&q, 0);
    got = stmt_run(&q);
    if (got == ERR_OK)
        *ret_id = id;
    return got;
}

enum err outbox_key_for(struct store *s, civil_day day, const struct kept_envelope **ret_key)
{
    for (size_t i = 0; i < ENVELOPES; i++)
        if (s->envelopes[i].id && s->envelopes[i].e.day == day) {
            *ret_key = &s->envelopes[i];
            return ERR_OK;
        }
    if (!s->keys)
        return ERR_DENIED;
    struct envelope fresh;
    int64_t id = 0;
    enum err e = envelope_make(s->keys, day, &fresh);
    if (e == ERR_OK)
        e = put(s, &fresh, &id);
    if (e != ERR_OK) {
        envelope_wipe(&fresh);
        return e;
    }
    struct kept_envelope *k = keep(s, id, &fresh);
    k->fresh = !sqlite3_get_autocommit(s->db);
    *ret_key = k;
    return ERR_OK;
}

static enum err get(struct store *s, int64_t id, struct envelope *ret)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_int(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_CORRUPT : e;
    size_t n = 0;
    const void *sealed = col_blob(&q, 1, &n);
    e = envelope_open(s->keys, (int32_t)col_int(&q, 0), sealed, n, ret);
    return e == ERR_INVAL ? ERR_DENIED : e;
}

enum err outbox_key_open(struct store *s, int64_t id, const struct kept_envelope **ret_key)
{
    for (size_t i = 0; i < ENVELOPES; i++)
        if (s->envelopes[i].id == id) {
            *ret_key = &s->envelopes[i];
            return ERR_OK;
        }
    if (!s->keys)
        return ERR_DENIED;
    struct envelope opened;
    enum err e = get(s, id, &opened);
    if (e == ERR_OK)
        *ret_key = keep(s, id, &opened);
    return e;
}

enum err outbox_key_of(struct store *s, int64_t seq, const struct kept_envelope **ret_key)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_RECORD);
    bind_int(&q, ":seq", seq);
    enum err e = stmt_one(&q);
    return e == ERR_OK ? outbox_key_open(s, col_int(&q, 0), ret_key) : e;
}

struct outbox_where outbox_where(const char *table, int64_t seq, int n)
{
    struct outbox_where w;
    snprintf(w.s, sizeof(w.s), "%s %" PRId64 "/%d", table, seq, n);
    return w;
}

unsigned char *outbox_seal(struct store *s, const struct kept_envelope *k,
                           struct outbox_where where, const void *body, size_t n)
{
    unsigned char *sealed = mem_alloc(n + ENVELOPE_OVERHEAD);
    if (sealed)
        envelope_put(&k->e, s->rng, where.s, body, n, sealed);
    return sealed;
}

enum err outbox_open(const struct kept_envelope *k, struct outbox_where where,
                     const void *sealed, size_t n, struct buf *out)
{
    if (n < ENVELOPE_OVERHEAD)
        return ERR_CORRUPT;
    size_t n_plain = n - ENVELOPE_OVERHEAD;
    unsigned char *plain = mem_alloc(n_plain);
    if (!plain)
        return ERR_NOMEM;
    enum err e = envelope_get(&k->e, where.s, sealed, n, plain);
    if (e == ERR_OK)
        buf_add(out, plain, n_plain);
    mem_wipe(plain, n_plain);
    mem_free(plain);
    return e == ERR_OK ? buf_err(out) : e;
}

enum err outbox_open_row(struct stmt *q, struct outbox_where where, struct buf *out)
{
    const struct kept_envelope *key = NULL;
    enum err e = stmt_one(q);
    if (e == ERR_OK)
        e = outbox_key_open(q->s, col_int(q, 0), &key);
    if (e != ERR_OK)
        return e;
    size_t n = 0;
    const void *sealed = col_blob(q, 1, &n);
    return outbox_open(key, where, sealed, n, out);
}
