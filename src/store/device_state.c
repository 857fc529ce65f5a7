#include "store/device_state.h"

#include "store/inside.h"

static const char SQL_PUT[] =
    "INSERT INTO device_state (device, state, since_ms) VALUES (:device, :state, :at)"
    " ON CONFLICT (device) DO UPDATE SET state = excluded.state, since_ms = excluded.since_ms"
    " WHERE state <> excluded.state";
static const char SQL_GET[] =
    "SELECT device, state, since_ms FROM device_state WHERE device = :device";
static const char SQL_LIST[] = "SELECT device, state, since_ms FROM device_state ORDER BY device";

void device_rows_done(struct device_rows *l)
{
    mem_free(l->v);
    *l = (struct device_rows){ 0 };
}

static void read_row(struct stmt *q, struct device_row *r)
{
    *r = (struct device_row){ 0 };
    col_text(q, 0, r->device, sizeof(r->device));
    col_text(q, 1, r->state, sizeof(r->state));
    r->since = col_int(q, 2);
}

enum err store_device_put(struct store *s, const char *device, const char *state, utc_ms at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":device", device);
    bind_text(&q, ":state", state);
    bind_int(&q, ":at", at);
    return stmt_run(&q);
}

enum err store_device_get(struct store *s, const char *device, struct device_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":device", device);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct device_row r;
    read_row(&q, &r);
    if (q.e == ERR_OK)
        *ret_row = r;
    return q.e;
}

enum err store_device_list(struct store *s, struct device_rows *ret_list)
{
    CLEANUP(device_rows_done) struct device_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}
