/* Appointments on their way between houses, sealed. */
#include <string.h>

#include "crypt/box.h"
#include "store/inside.h"
#include "store/region_seat.h"

static const char *const states[PARCEL_STATE_COUNT] = { "new", "kept", "told", "bad" };

static const char SQL_KEY[] = "SELECT key FROM region_site WHERE site = :site";
static const char SQL_SEND[] =
    "INSERT INTO region_out (id, site, coach, service, start_ms, end_ms, stop_ms, body)"
    " VALUES (:id, :site, :coach, :service, :start, :end, :stop, :body)";
static const char SQL_TO_SEND[] = "SELECT id, site, coach, service, start_ms, end_ms, stop_ms, body"
                                  " FROM region_out WHERE sent = 0 ORDER BY id LIMIT 100";
static const char SQL_SENT[] = "UPDATE region_out SET sent = 1 WHERE id = :id";
static const char SQL_ARRIVED[] = "DELETE FROM region_out WHERE id = :id";
static const char SQL_SEND_AGAIN[] = "UPDATE region_out SET sent = 0 WHERE sent = 1";
static const char SQL_CAME[] =
    "INSERT INTO region_in (id, from_site, coach, service, start_ms, end_ms, stop_ms, body, state)"
    " VALUES (:id, :site, :coach, :service, :start, :end, :stop, :body, 'new')"
    " ON CONFLICT (id) DO UPDATE SET state = 'kept' WHERE state = 'told'";
static const char SQL_COME[] =
    "SELECT id, from_site, coach, service, start_ms, end_ms, stop_ms, body FROM region_in"
    " WHERE state = :state ORDER BY id LIMIT 100";
static const char SQL_MARK[] =
    "UPDATE region_in SET state = :state,"
    " body = CASE WHEN :state = 'bad' THEN body ELSE x'' END WHERE id = :id";
static const char SQL_WAITING[] =
    "SELECT EXISTS (SELECT 1 FROM region_in INDEXED BY region_in_open"
    " WHERE state = 'new' AND (state = 'new' OR state = 'kept'))";

void region_parcels_done(struct region_parcels *l)
{
    mem_free(l->v);
    *l = (struct region_parcels){ 0 };
}

enum err store_parcel_seal(struct store *s, const char *site, const void *plain, size_t n,
                           struct region_parcel *p)
{
    if (n + BOX_OVERHEAD > sizeof(p->body))
        return ERR_LIMIT;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_KEY);
    bind_text(&q, ":site", site);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    size_t n_key = 0;
    const void *key = col_blob(&q, 0, &n_key);
    if (n_key != BOX_PUBLIC_SIZE)
        return ERR_CORRUPT;
    e = box_seal(key, plain, n, p->body);
    if (e == ERR_OK)
        p->n = n + BOX_OVERHEAD;
    return e;
}

enum err store_parcel_open(struct store *s, const struct region_parcel *p, unsigned char *out,
                           size_t *ret_n)
{
    if (!s->house)
        return ERR_DENIED;
    enum err e = box_open(s->keys, p->body, p->n, out);
    if (e == ERR_OK)
        *ret_n = p->n - BOX_OVERHEAD;
    return e;
}

static enum err put(struct store *s, const char *sql, const struct region_parcel *p)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_text(&q, ":id", p->id.s);
    bind_text(&q, ":site", p->site);
    bind_text(&q, ":coach", p->coach);
    bind_text(&q, ":service", p->service);
    bind_int(&q, ":start", p->start);
    bind_int(&q, ":end", p->end);
    bind_int(&q, ":stop", p->stop);
    bind_blob(&q, ":body", p->body, p->n);
    return stmt_run(&q);
}

static void read_parcel(struct stmt *q, struct region_parcel *p)
{
    *p = (struct region_parcel){ .start = col_int(q, 4), .end = col_int(q, 5),
                                 .stop = col_int(q, 6) };
    col_ulid(q, 0, &p->id);
    col_text(q, 1, p->site, sizeof(p->site));
    col_text(q, 2, p->coach, sizeof(p->coach));
    col_text(q, 3, p->service, sizeof(p->service));
    size_t n = 0;
    const void *body = col_blob(q, 7, &n);
    if (n > sizeof(p->body))
        q->e = ERR_CORRUPT;
    else if (n > 0)
        memcpy(p->body, body, n);
    p->n = n;
}

static enum err read_all(struct stmt *q, struct region_parcels *ret_list)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_parcel(q, &l.v[l.n]);
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_parcel_send(struct store *s, const struct region_parcel *p)
{
    return put(s, SQL_SEND, p);
}

enum err store_parcels_to_send(struct store *s, struct region_parcels *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_TO_SEND);
    return read_all(&q, ret_list);
}

enum err store_parcel_sent(struct store *s, const struct ulid *id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SENT);
    bind_text(&q, ":id", id->s);
    return stmt_run(&q);
}

enum err store_parcel_arrived(struct store *s, const struct ulid *id)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ARRIVED);
    bind_text(&q, ":id", id->s);
    return stmt_run(&q);
}

enum err store_parcels_send_again(struct store *s)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SEND_AGAIN);
    return stmt_run(&q);
}

enum err store_parcel_came(struct store *s, const struct region_parcel *p)
{
    epoch_end(s); /* the next use case takes it in */
    return put(s, SQL_CAME, p);
}

enum err store_parcels_come(struct store *s, enum parcel_state state,
                            struct region_parcels *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_COME);
    bind_text(&q, ":state", states[state]);
    return read_all(&q, ret_list);
}

enum err store_parcel_mark(struct store *s, const struct ulid *id, enum parcel_state state)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_MARK);
    bind_text(&q, ":id", id->s);
    bind_text(&q, ":state", states[state]);
    return stmt_run(&q);
}

enum err store_parcels_waiting(struct store *s, bool *ret_waiting)
{
    int64_t n = 0;
    enum err e = store_query_int(s, SQL_WAITING, &n);
    if (e == ERR_OK)
        *ret_waiting = n != 0;
    return e;
}
