#include "store/meta.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/inside.h"

static const char SQL_GET[] = "SELECT value FROM meta WHERE key = :key";
static const char SQL_PUT[] = "INSERT INTO meta (key, value) VALUES (:key, :value)"
                              " ON CONFLICT (key) DO UPDATE SET value = excluded.value";

enum err store_meta_get(struct store *s, const char *key, char ret[META_VALUE_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":key", key);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    char value[META_VALUE_SIZE];
    col_text(&q, 0, value, sizeof(value));
    if (q.e == ERR_OK)
        snprintf(ret, META_VALUE_SIZE, "%s", value);
    return q.e == ERR_OK ? ERR_OK : ERR_LIMIT;
}

enum err store_meta_put(struct store *s, const char *key, const char *value)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":key", key);
    bind_text(&q, ":value", value);
    epoch_end(s);
    return stmt_run(&q);
}

enum err store_meta_get_int(struct store *s, const char *key, int64_t *ret_value)
{
    char value[META_VALUE_SIZE];
    enum err e = store_meta_get(s, key, value);
    if (e != ERR_OK)
        return e;
    char *end;
    errno = 0;
    long long v = strtoll(value, &end, 10);
    if (errno || end == value || *end)
        return ERR_CORRUPT;
    *ret_value = v;
    return ERR_OK;
}

enum err store_meta_put_int(struct store *s, const char *key, int64_t value)
{
    char text[24];
    snprintf(text, sizeof(text), "%" PRId64, value);
    return store_meta_put(s, key, text);
}
