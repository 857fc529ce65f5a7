#include "store/outbox.h"

#include <string.h>

#include "store/outbox_key.h"
#include "store/outbox_row.h"

static const char SQL_LAST_SEQ[] = "SELECT seq FROM sqlite_sequence WHERE name = 'outbox'";
static const char SQL_LAST_OF_CHAIN[] = "SELECT place, event_ms FROM outbox WHERE chain = :chain"
                                        " ORDER BY place DESC LIMIT 1";
static const char SQL_APPEND[] =
    "INSERT INTO outbox (seq, id, chain, place, kind, day, event_ms, key, body, state, created_ms)"
    " VALUES (:seq, :id, :chain, :place, :kind, :day, :event, :key, :body, 'queued', :created)";
static const char SQL_GET[] = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id = :id";
static const char SQL_LIST[] = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE seq > :after"
                               " ORDER BY seq LIMIT :max";
static const char SQL_LIST_OPEN[] = "SELECT " OUTBOX_COLUMNS " FROM outbox INDEXED BY outbox_open"
                                    " WHERE seq > :after AND " OUTBOX_OPEN_STATES
                                    " ORDER BY seq LIMIT :max";
/* What was sent is most of the table and is counted by an index, not by its rows. */
static const char SQL_ALL_COUNT[] = "SELECT count(*) FROM outbox";
static const char SQL_DISCARDED_COUNT[] = "SELECT count(*) FROM outbox INDEXED BY outbox_discarded"
                                          " WHERE state = 'discarded'";
static const char SQL_OPEN_COUNTS[] =
    "SELECT state, count(*), min(created_ms) FROM outbox INDEXED BY outbox_open"
    " WHERE " OUTBOX_OPEN_STATES " GROUP BY state";
static const char SQL_RETRY[] =
    "UPDATE outbox SET state = 'queued', attempts = 0, next_try_ms = 0, resolved_by = :by,"
    " resolved_how = 'retry' WHERE id = :id AND state IN ('dead', 'waiting')";
static const char SQL_READY_STEPS[] =
    "UPDATE outbox_step SET state = 'ready' WHERE state = 'refused'"
    " AND outbox = (SELECT seq FROM outbox WHERE id = :id)";
static const char SQL_DISCARD[] =
    "UPDATE outbox SET state = 'discarded', resolved_by = :by, resolved_how = :reason"
    " WHERE id = :id AND state = 'dead'";

static const char *const state_names[OUTBOX_STATE_COUNT] = { "queued", "waiting", "sent", "dead",
                                                             "discarded" };

const char *outbox_state_name(enum outbox_state st)
{
    return (unsigned)st < OUTBOX_STATE_COUNT ? state_names[st] : NULL;
}

void outbox_rows_done(struct outbox_rows *l)
{
    mem_free(l->v);
    *l = (struct outbox_rows){ 0 };
}

/* ---- reading rows ---- */

static enum outbox_state read_state(struct stmt *q, int i)
{
    char state[16];
    col_text(q, i, state, sizeof(state));
    for (int st = 0; st < OUTBOX_STATE_COUNT; st++)
        if (strcmp(state, state_names[st]) == 0)
            return (enum outbox_state)st;
    q->e = ERR_CORRUPT;
    return OUTBOX_QUEUED;
}

static void read_row(struct stmt *q, struct outbox_row *r)
{
    *r = (struct outbox_row){ 0 };
    r->seq = col_int(q, 0);
    col_ulid(q, 1, &r->id);
    col_ulid(q, 2, &r->chain);
    r->place = (int)col_int(q, 3);
    col_text(q, 4, r->kind, sizeof(r->kind));
    r->day = (civil_day)col_int(q, 5);
    r->event = col_int(q, 6);
    r->state = read_state(q, 7);
    r->attempts = (int)col_int(q, 8);
    r->next_try = col_int(q, 9);
    col_text(q, 10, r->code, sizeof(r->code));
    r->created = col_int(q, 11);
    r->sent = col_int(q, 12);
    col_text(q, 13, r->resolved_by, sizeof(r->resolved_by));
    col_text(q, 14, r->resolved_how, sizeof(r->resolved_how));
}

enum err outbox_read_one(struct stmt *q, struct outbox_row *ret_row)
{
    enum err e = stmt_one(q);
    if (e != ERR_OK)
        return e;
    struct outbox_row r;
    read_row(q, &r);
    if (q->e == ERR_OK)
        *ret_row = r;
    return q->e;
}

enum err outbox_read_all(struct stmt *q, struct outbox_rows *ret_list)
{
    CLEANUP(outbox_rows_done) struct outbox_rows l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(q, &l.v[l.n]);
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

/* ---- appending ---- */

static enum err last_seq(struct store *s, int64_t *ret_seq)
{
    if (s->tx == TX_WRITE && s->last.outbox > 0) {
        *ret_seq = s->last.outbox;
        return ERR_OK;
    }
    enum err e = store_query_int(s, SQL_LAST_SEQ, ret_seq);
    if (e == ERR_NOT_FOUND)
        *ret_seq = 0; /* nothing was ever queued */
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_outbox_place(struct store *s, const struct ulid *chain, utc_ms at,
                            struct outbox_place *ret_place)
{
    struct outbox_place p = { .place = 1, .event = at };
    enum err e = last_seq(s, &p.seq);
    if (e != ERR_OK)
        return e;
    p.seq++;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LAST_OF_CHAIN);
    bind_text(&q, ":chain", chain->s);
    e = stmt_one(&q);
    if (e == ERR_OK) {
        p.place = (int)col_int(&q, 0) + 1;
        p.event = at > col_int(&q, 1) ? at : col_int(&q, 1) + 1;
    }
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        *ret_place = p;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

enum err store_outbox_append(struct store *s, const struct outbox_row *r, const void *body,
                             size_t n)
{
    if (n > OUTBOX_BODY_MAX)
        return ERR_LIMIT;
    const struct kept_envelope *key = NULL;
    enum err e = outbox_key_for(s, r->day, &key);
    if (e != ERR_OK)
        return e;
    CLEANUP(mem_freep) unsigned char *sealed =
        outbox_seal(s, key, outbox_where("outbox", r->seq, 0), body, n);
    if (!sealed)
        return ERR_NOMEM;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_APPEND);
    bind_int(&q, ":seq", r->seq);
    bind_text(&q, ":id", r->id.s);
    bind_text(&q, ":chain", r->chain.s);
    bind_int(&q, ":place", r->place);
    bind_text(&q, ":kind", r->kind);
    bind_int(&q, ":day", r->day);
    bind_int(&q, ":event", r->event);
    bind_int(&q, ":key", key->id);
    bind_blob(&q, ":body", sealed, n + ENVELOPE_OVERHEAD);
    bind_int(&q, ":created", r->created);
    e = stmt_run(&q);
    if (e == ERR_OK && s->tx == TX_WRITE)
        s->last.outbox = r->seq;
    return e;
}

/* ---- looking ---- */

enum err store_outbox_get(struct store *s, const struct ulid *id, struct outbox_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    return outbox_read_one(&q, ret_row);
}

enum err store_outbox_list(struct store *s, bool open_only, int64_t after, size_t max,
                           struct outbox_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, open_only ? SQL_LIST_OPEN : SQL_LIST);
    bind_int(&q, ":after", after);
    bind_int(&q, ":max", max > INT64_MAX ? INT64_MAX : (int64_t)max);
    return outbox_read_all(&q, ret_list);
}

static enum err count_open(struct store *s, struct outbox_totals *t)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OPEN_COUNTS);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        enum outbox_state st = read_state(&q, 0);
        int64_t first = col_int(&q, 2);
        int64_t *n = st == OUTBOX_DEAD ? &t->dead : st == OUTBOX_WAITING ? &t->waiting : &t->queued;
        *n = col_int(&q, 1);
        if (st != OUTBOX_DEAD && (t->oldest == 0 || first < t->oldest))
            t->oldest = first;
    }
    return e == ERR_NONE ? ERR_OK : e;
}

enum err store_outbox_totals(struct store *s, struct outbox_totals *ret_totals)
{
    struct outbox_totals t = { 0 };
    int64_t all = 0;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin_read(s, &tx);
    if (e == ERR_OK)
        e = store_query_int(s, SQL_ALL_COUNT, &all);
    if (e == ERR_OK)
        e = store_query_int(s, SQL_DISCARDED_COUNT, &t.discarded);
    if (e == ERR_OK)
        e = count_open(s, &t);
    if (e == ERR_OK)
        e = store_commit(&tx);
    if (e != ERR_OK)
        return e;
    t.sent = all - t.discarded - t.queued - t.waiting - t.dead;
    *ret_totals = t;
    return ERR_OK;
}

/* ---- by hand ---- */

static enum err resolve(struct store *s, const char *sql, const struct ulid *id, const char *by,
                        const char *reason)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, ":id", id->s);
    bind_text(&q, ":by", by);
    if (reason)
        bind_text(&q, ":reason", reason);
    enum err e = stmt_change(&q);
    if (e != ERR_STALE)
        return e;
    struct outbox_row r;
    e = store_outbox_get(s, id, &r);
    return e == ERR_OK ? ERR_STATE : e;
}

enum err store_outbox_retry(struct store *s, const struct ulid *id, const char *by)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = resolve(s, SQL_RETRY, id, by, NULL);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_READY_STEPS);
    bind_text(&q, ":id", id->s);
    e = stmt_run(&q);
    return e == ERR_OK ? store_commit(&tx) : e;
}

enum err store_outbox_discard(struct store *s, const struct ulid *id, const char *by,
                              const char *reason)
{
    return resolve(s, SQL_DISCARD, id, by, reason);
}
