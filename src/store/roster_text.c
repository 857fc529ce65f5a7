#include "store/roster_text.h"

#include "store/inside.h"

static const char SQL_PUT[] = "INSERT INTO roster (version, imported_ms, json)"
                              " VALUES ((SELECT coalesce(max(version), 0) + 1 FROM roster),"
                              " :at, :json) RETURNING version";
static const char SQL_VERSION[] = "SELECT max(version) FROM roster";
static const char SQL_GET[] = "SELECT json FROM roster WHERE version = :version";

enum err store_roster_put(struct store *s, const char *json, size_t n, utc_ms at,
                          int64_t *ret_version)
{
    CLEANUP(mem_freep) char *text = mem_dup_n(json, n);
    if (!text)
        return ERR_NOMEM;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_int(&q, ":at", at);
    bind_text(&q, ":json", text);
    epoch_end(s);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    int64_t version = col_int(&q, 0);
    e = stmt_run(&q);
    if (e == ERR_OK)
        *ret_version = version;
    return e;
}

enum err store_roster_version(struct store *s, int64_t *ret_version)
{
    int64_t version = 0;
    enum err e = store_query_int(s, SQL_VERSION, &version);
    if (e == ERR_OK && version == 0)
        return ERR_NOT_FOUND;
    if (e == ERR_OK)
        *ret_version = version;
    return e;
}

enum err store_roster_get(struct store *s, int64_t version, struct buf *out)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_int(&q, ":version", version);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    size_t n = 0;
    const void *json = col_blob(&q, 0, &n);
    buf_add(out, json ? json : "", n);
    return buf_err(out);
}
