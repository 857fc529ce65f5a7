#include "store/help_call.h"

#include <string.h>

#include "store/inside.h"

#define HELP_COLUMNS "id, at_ms, device, state, staff, changed_ms"
#define HELP_OPEN "state IN ('sent', 'seen', 'coming')"
static const char SQL_INSERT[] = "INSERT INTO help_call (" HELP_COLUMNS ")"
                                 " VALUES (:id, :at, :device, :state, :staff, :changed)";
static const char SQL_GET[] = "SELECT " HELP_COLUMNS " FROM help_call WHERE id = :id";
static const char SQL_UPDATE[] =
    "UPDATE help_call SET state = :state, staff = :staff, changed_ms = :changed"
    " WHERE id = :id AND state = :was";
static const char SQL_OLDEST[] = "SELECT " HELP_COLUMNS " FROM help_call"
                                 " INDEXED BY help_call_open WHERE " HELP_OPEN
                                 " ORDER BY at_ms, id LIMIT 1";
static const char SQL_OPEN_COUNT[] = "SELECT count(*) FROM help_call INDEXED BY help_call_open"
                                     " WHERE " HELP_OPEN;
static const char SQL_OF_DEVICE[] = "SELECT " HELP_COLUMNS " FROM help_call"
                                    " INDEXED BY help_call_open WHERE " HELP_OPEN
                                    " AND device = :device ORDER BY at_ms DESC, id DESC LIMIT 1";
static const char SQL_COUNT[] =
    "SELECT count(*) FROM help_call WHERE device = :device AND at_ms >= :since";

static const char *const state_names[] = { "sent", "seen", "coming", "done", "cancelled" };

static void read_row(struct stmt *q, struct help_call_row *r)
{
    char state[16];
    *r = (struct help_call_row){ 0 };
    col_ulid(q, 0, &r->id);
    r->at = col_int(q, 1);
    col_text(q, 2, r->device, sizeof(r->device));
    col_text(q, 3, state, sizeof(state));
    col_text(q, 4, r->staff, sizeof(r->staff));
    r->changed = col_int(q, 5);
    for (size_t i = 0; i < ARRAY_LEN(state_names); i++)
        if (strcmp(state, state_names[i]) == 0) {
            r->state = (enum help_call_state)i;
            return;
        }
    q->e = ERR_CORRUPT;
}

static enum err read_one(struct stmt *q, struct help_call_row *ret_row)
{
    enum err e = stmt_one(q);
    if (e != ERR_OK)
        return e;
    struct help_call_row r;
    read_row(q, &r);
    if (q->e == ERR_OK)
        *ret_row = r;
    return q->e;
}

enum err store_help_insert(struct store *s, const struct help_call_row *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_INSERT);
    bind_text(&q, ":id", r->id.s);
    bind_int(&q, ":at", r->at);
    bind_text(&q, ":device", r->device);
    bind_text(&q, ":state", state_names[r->state]);
    bind_opt(&q, ":staff", r->staff);
    bind_int(&q, ":changed", r->changed);
    return stmt_run(&q);
}

enum err store_help_get(struct store *s, const struct ulid *id, struct help_call_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":id", id->s);
    return read_one(&q, ret_row);
}

enum err store_help_update(struct store *s, const struct help_call_row *r,
                           enum help_call_state was)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_UPDATE);
    bind_text(&q, ":id", r->id.s);
    bind_text(&q, ":state", state_names[r->state]);
    bind_opt(&q, ":staff", r->staff);
    bind_int(&q, ":changed", r->changed);
    bind_text(&q, ":was", state_names[was]);
    return stmt_change(&q);
}

enum err store_help_oldest(struct store *s, struct help_call_row *ret_row, int *ret_open)
{
    int64_t open = 0;
    enum err e = store_query_int(s, SQL_OPEN_COUNT, &open);
    if (e != ERR_OK)
        return e;
    if (open == 0)
        return ERR_NONE;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OLDEST);
    e = read_one(&q, ret_row);
    if (e == ERR_OK)
        *ret_open = (int)open;
    return e == ERR_NOT_FOUND ? ERR_NONE : e; /* answered between the two reads */
}

enum err store_help_of_device(struct store *s, const char *device, struct help_call_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OF_DEVICE);
    bind_text(&q, ":device", device);
    enum err e = read_one(&q, ret_row);
    return e == ERR_NOT_FOUND ? ERR_NONE : e;
}

enum err store_help_count(struct store *s, const char *device, utc_ms since, int *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_COUNT);
    bind_text(&q, ":device", device);
    bind_int(&q, ":since", since);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_n = (int)col_int(&q, 0);
    return e;
}
