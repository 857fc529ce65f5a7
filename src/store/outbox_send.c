#include "store/outbox_send.h"

#include "store/outbox_key.h"
#include "store/outbox_row.h"

static const char SQL_NEXT[] = "SELECT " OUTBOX_COLUMNS " FROM outbox INDEXED BY outbox_open"
                               " WHERE chain > :after AND " OUTBOX_OPEN_STATES
                               " ORDER BY chain, seq LIMIT 1";
static const char SQL_HEAD[] = "SELECT " OUTBOX_COLUMNS " FROM outbox INDEXED BY outbox_open"
                               " WHERE chain = :chain AND " OUTBOX_OPEN_STATES
                               " ORDER BY seq LIMIT 1";
static const char SQL_BODY[] = "SELECT key, body FROM outbox WHERE seq = :seq";
static const char SQL_UPDATE[] =
    "UPDATE outbox SET state = :state, attempts = :attempts, next_try_ms = :next_try,"
    " code = :code, sent_ms = :sent WHERE seq = :seq AND state = :was";
static const char SQL_URL_PUT[] =
    "INSERT INTO outbox_url (chain, name, url) VALUES (:chain, :name, :url)"
    " ON CONFLICT (chain, name) DO UPDATE SET url = excluded.url";
static const char SQL_URL_GET[] =
    "SELECT url FROM outbox_url WHERE chain = :chain AND name = :name";

static enum err next_head(struct store *s, const struct ulid *after, struct outbox_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_NEXT);
    bind_text(&q, ":after", after->s);
    return outbox_read_one(&q, ret_row);
}

static bool due(const struct outbox_row *r, utc_ms now)
{
    return r->state == OUTBOX_QUEUED || (r->state == OUTBOX_WAITING && r->next_try <= now);
}

enum err store_outbox_next(struct store *s, const struct ulid *after, utc_ms now,
                           struct outbox_row *ret_row)
{
    struct outbox_row r = { .chain = *after };
    for (;;) {
        struct ulid passed = r.chain;
        enum err e = next_head(s, &passed, &r);
        if (e == ERR_NOT_FOUND)
            return ERR_NONE;
        if (e != ERR_OK)
            return e;
        if (!due(&r, now))
            continue;
        *ret_row = r;
        return ERR_OK;
    }
}

enum err store_outbox_head(struct store *s, const struct ulid *chain, struct outbox_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HEAD);
    bind_text(&q, ":chain", chain->s);
    enum err e = outbox_read_one(&q, ret_row);
    return e == ERR_NOT_FOUND ? ERR_NONE : e;
}

enum err store_outbox_body(struct store *s, int64_t seq, struct buf *out)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BODY);
    bind_int(&q, ":seq", seq);
    return outbox_open_row(&q, outbox_where("outbox", seq, 0), out);
}

enum err store_outbox_update(struct store *s, const struct outbox_row *r, enum outbox_state was)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_UPDATE);
    bind_int(&q, ":seq", r->seq);
    bind_text(&q, ":state", outbox_state_name(r->state));
    bind_int(&q, ":attempts", r->attempts);
    bind_int(&q, ":next_try", r->next_try);
    bind_opt(&q, ":code", r->code);
    bind_ms(&q, ":sent", r->sent);
    bind_text(&q, ":was", outbox_state_name(was));
    return stmt_change(&q);
}

enum err store_url_put(struct store *s, const struct ulid *chain, const char *name,
                       const char *url)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_URL_PUT);
    bind_text(&q, ":chain", chain->s);
    bind_text(&q, ":name", name);
    bind_text(&q, ":url", url);
    return stmt_run(&q);
}

enum err store_url_get(struct store *s, const struct ulid *chain, const char *name,
                       char ret_url[OUTBOX_URL_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_URL_GET);
    bind_text(&q, ":chain", chain->s);
    bind_text(&q, ":name", name);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    col_text(&q, 0, ret_url, OUTBOX_URL_SIZE);
    return q.e;
}
