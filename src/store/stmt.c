#include <string.h>

#include "base/log.h"
#include "store/inside.h"

static struct kept_stmt *place_of(struct store *s, const char *sql)
{
    size_t at = ((uintptr_t)sql >> 4) & (STMT_CACHE - 1);
    for (size_t i = 0; i < STMT_CACHE; i++) {
        struct kept_stmt *k = &s->stmts[(at + i) & (STMT_CACHE - 1)];
        if (!k->sql || k->sql == sql)
            return k;
    }
    return NULL; /* full: use it once */
}

static enum err prepare(struct store *s, const char *sql, unsigned flags, sqlite3_stmt **ret)
{
    return store_err(s, sqlite3_prepare_v3(s->db, sql, -1, flags, ret, NULL));
}

struct stmt stmt_of(struct store *s, const char *sql)
{
    struct stmt q = { .s = s };
    struct kept_stmt *k = place_of(s, sql);
    if (k && k->v && !sqlite3_stmt_busy(k->v)) {
        q.v = k->v;
        q.kept = k;
        return q;
    }
    bool keep = k && !k->v;
    q.e = prepare(s, sql, keep ? SQLITE_PREPARE_PERSISTENT : 0, &q.v);
    if (keep && q.e == ERR_OK) {
        size_t n = (size_t)sqlite3_bind_parameter_count(q.v);
        *k = (struct kept_stmt){ .sql = sql, .v = q.v };
        k->binds = n ? mem_calloc(n, sizeof(*k->binds)) : NULL;
        k->n_binds = k->binds ? n : 0;
        q.kept = k;
    }
    return q;
}

void stmt_done(struct stmt *q)
{
    if (!q->v)
        return;
    if (!q->kept) {
        sqlite3_finalize(q->v);
    } else {
        sqlite3_reset(q->v); /* its result came out of stmt_row() already */
        sqlite3_clear_bindings(q->v);
    }
    q->v = NULL;
}

void stmts_close(struct store *s)
{
    for (size_t i = 0; i < STMT_CACHE; i++) {
        sqlite3_finalize(s->stmts[i].v);
        mem_free(s->stmts[i].binds);
        s->stmts[i] = (struct kept_stmt){ 0 };
    }
}

/* A query's binds come in the same order each time, so the n-th is mostly what it was. */
static int look_up(struct stmt *q, const char *name)
{
    size_t n = q->bound++;
    struct kept_bind *b = q->kept && n < q->kept->n_binds ? &q->kept->binds[n] : NULL;
    if (b && b->name == name)
        return b->at;
    int at = sqlite3_bind_parameter_index(q->v, name);
    if (b)
        *b = (struct kept_bind){ .name = name, .at = at };
    return at;
}

/* 0 and a stuck error for a name that the query does not have. */
static int place(struct stmt *q, const char *name)
{
    int at = q->e == ERR_OK ? look_up(q, name) : 0;
    if (at == 0 && q->e == ERR_OK)
        q->e = ERR_INVAL;
    return at;
}

static void bound(struct stmt *q, int rc)
{
    if (rc != SQLITE_OK)
        q->e = store_err(q->s, rc);
}

void bind_int(struct stmt *q, const char *name, int64_t v)
{
    int at = place(q, name);
    if (at)
        bound(q, sqlite3_bind_int64(q->v, at, v));
}

void bind_ms(struct stmt *q, const char *name, utc_ms v)
{
    int at = place(q, name);
    if (at)
        bound(q, v ? sqlite3_bind_int64(q->v, at, v) : sqlite3_bind_null(q->v, at));
}

void bind_text(struct stmt *q, const char *name, const char *v)
{
    int at = place(q, name);
    if (at)
        bound(q, sqlite3_bind_text(q->v, at, v, -1, SQLITE_STATIC));
}

void bind_opt(struct stmt *q, const char *name, const char *v)
{
    bind_text(q, name, v && *v ? v : NULL);
}

void bind_ulid(struct stmt *q, const char *name, const struct ulid *v)
{
    bind_opt(q, name, v ? v->s : NULL);
}

void bind_blob(struct stmt *q, const char *name, const void *v, size_t n)
{
    int at = place(q, name);
    if (at)
        bound(q, sqlite3_bind_blob64(q->v, at, v, n, SQLITE_STATIC));
}

/* A write is refused where nothing may be written: once, since it is whole after its first step. */
static enum err may_begin(struct stmt *q)
{
    if (sqlite3_stmt_readonly(q->v))
        return ERR_OK;
    if (store_failed(q->s))
        q->e = ERR_IO;
    else if (q->s->tx == TX_READ)
        q->e = ERR_STATE;
    return q->e;
}

enum err stmt_row(struct stmt *q)
{
    if (q->e != ERR_OK)
        return q->e;
    if (!q->began) {
        q->began = true;
        if (may_begin(q) != ERR_OK)
            return q->e;
    }
    int rc = sqlite3_step(q->v);
    if (rc == SQLITE_ROW)
        return ERR_OK;
    q->e = store_err(q->s, rc);
    return q->e == ERR_OK ? ERR_NONE : q->e;
}

enum err stmt_run(struct stmt *q)
{
    enum err e;
    do
        e = stmt_row(q);
    while (e == ERR_OK);
    return e == ERR_NONE ? ERR_OK : e;
}

enum err stmt_one(struct stmt *q)
{
    enum err e = stmt_row(q);
    return e == ERR_NONE ? ERR_NOT_FOUND : e;
}

enum err stmt_change(struct stmt *q)
{
    enum err e = stmt_run(q);
    return e == ERR_OK && sqlite3_changes(q->s->db) == 0 ? ERR_STALE : e;
}

enum err store_query_int(struct store *s, const char *sql, int64_t *ret)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret = col_int(&q, 0);
    return e;
}

bool stmt_pass_over(struct stmt *q)
{
    if (q->e != ERR_CORRUPT)
        return false;
    log_event(LOG_LEVEL_ERR, "store.row_damaged", NULL, 0);
    q->e = ERR_OK;
    return true;
}

int64_t col_int(struct stmt *q, int i)
{
    return sqlite3_column_int64(q->v, i);
}

bool col_set(struct stmt *q, int i)
{
    return sqlite3_column_type(q->v, i) != SQLITE_NULL;
}

void col_text(struct stmt *q, int i, char *out, size_t n)
{
    const unsigned char *text = sqlite3_column_text(q->v, i);
    size_t len = text ? (size_t)sqlite3_column_bytes(q->v, i) : 0;
    out[0] = '\0';
    if (len >= n) {
        q->e = ERR_CORRUPT;
        return;
    }
    if (len)
        memcpy(out, text, len);
    out[len] = '\0';
}

void col_ulid(struct stmt *q, int i, struct ulid *out)
{
    *out = (struct ulid){ 0 };
    const unsigned char *text = sqlite3_column_text(q->v, i);
    if (!text)
        return;
    bool whole = sqlite3_column_bytes(q->v, i) == ULID_LEN;
    for (int at = 0; whole && at < ULID_LEN; at++)
        whole = (text[at] >= '0' && text[at] <= '9') || (text[at] >= 'A' && text[at] <= 'Z');
    if (whole)
        memcpy(out->s, text, ULID_LEN);
    else
        q->e = ERR_CORRUPT;
}

const void *col_blob(struct stmt *q, int i, size_t *ret_n)
{
    const void *v = sqlite3_column_blob(q->v, i);
    *ret_n = v ? (size_t)sqlite3_column_bytes(q->v, i) : 0;
    return v;
}
