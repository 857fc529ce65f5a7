#include "store/outbox_row.h"
#include "store/outbox_send.h"

static const char SQL_CHAIN[] = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE chain = :chain"
                                " ORDER BY place";
static const char SQL_BEFORE[] = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE seq < :before"
                                 " ORDER BY seq DESC LIMIT :max";
static const char SQL_STEPS[] =
    "UPDATE outbox_step SET state = 'ready', unsure = 1, result_url = NULL, done_ms = NULL"
    " WHERE outbox IN (SELECT seq FROM outbox WHERE chain = :chain AND place >= :place"
    " AND state = 'sent')";
static const char SQL_RECORDS[] =
    "UPDATE outbox SET state = 'queued', attempts = 0, next_try_ms = 0, sent_ms = NULL,"
    " code = '" OUTBOX_LOST "' WHERE chain = :chain AND place >= :place AND state = 'sent'";
static const char SQL_LOSE[] = "UPDATE outbox SET code = '" OUTBOX_LOST "'"
                               " WHERE chain = :chain AND place >= :place AND state = 'sent'";
static const char SQL_LOST[] =
    "SELECT " OUTBOX_COLUMNS " FROM outbox AS o WHERE state = 'sent' AND code = '" OUTBOX_LOST "'"
    " AND NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.chain = o.chain AND p.place < o.place"
    " AND p.state = 'sent' AND p.code = '" OUTBOX_LOST "') ORDER BY seq LIMIT :max";
static const char SQL_ACCEPT[] =
    "UPDATE outbox SET code = '" OUTBOX_GONE "', resolved_by = :by, resolved_how = :reason"
    " WHERE chain = :chain AND place >= :place AND state = 'sent' AND code = '" OUTBOX_LOST "'";
static const char SQL_FORGET[] = "DELETE FROM outbox_url WHERE chain = :chain";

enum err store_outbox_chain(struct store *s, const struct ulid *chain, struct outbox_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CHAIN);
    bind_text(&q, ":chain", chain->s);
    return outbox_read_all(&q, ret_list);
}

enum err store_outbox_before(struct store *s, int64_t before, size_t max,
                             struct outbox_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BEFORE);
    bind_int(&q, ":before", before ? before : INT64_MAX);
    bind_int(&q, ":max", (int64_t)max);
    return outbox_read_all(&q, ret_list);
}

static enum err change_from(struct store *s, const char *sql, const struct ulid *chain, int place)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, ":chain", chain->s);
    bind_int(&q, ":place", place);
    return stmt_run(&q);
}

static enum err count_sent(struct store *s, const struct ulid *chain, int place, int64_t *ret_n)
{
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    enum err e = store_outbox_chain(s, chain, &rows);
    int64_t n = 0;
    for (size_t i = 0; i < rows.n; i++)
        n += rows.v[i].place >= place && rows.v[i].state == OUTBOX_SENT;
    *ret_n = n;
    return e;
}

enum err store_outbox_lose(struct store *s, const struct ulid *chain, int place, int64_t *ret_n)
{
    enum err e = change_from(s, SQL_LOSE, chain, place);
    return e ? e : count_sent(s, chain, place, ret_n);
}

enum err store_outbox_lost(struct store *s, size_t max, struct outbox_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LOST);
    bind_int(&q, ":max", (int64_t)max);
    return outbox_read_all(&q, ret_list);
}

enum err store_outbox_accept_loss(struct store *s, const struct outbox_row *row, const char *by,
                                  const char *reason)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ACCEPT);
    bind_text(&q, ":chain", row->chain.s);
    bind_int(&q, ":place", row->place);
    bind_text(&q, ":by", by);
    bind_text(&q, ":reason", reason);
    enum err e = stmt_change(&q);
    return e == ERR_STALE ? ERR_STATE : e;
}

enum err store_outbox_again(struct store *s, const struct ulid *chain, int place, int64_t *ret_n)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    int64_t n = 0;
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = count_sent(s, chain, place, &n);
    if (e == ERR_OK)
        e = change_from(s, SQL_STEPS, chain, place);
    if (e == ERR_OK)
        e = change_from(s, SQL_RECORDS, chain, place);
    if (e == ERR_OK && place <= 1) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_FORGET);
        bind_text(&q, ":chain", chain->s);
        e = stmt_run(&q);
    }
    if (e == ERR_OK)
        e = store_commit(&tx);
    if (e == ERR_OK)
        *ret_n = n;
    return e;
}
