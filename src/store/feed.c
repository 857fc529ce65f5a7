#include "store/feed.h"

#include "store/inside.h"

static const char SQL_PUT[] =
    "INSERT INTO calendar_feed (coach, hash, made_ms) VALUES (:coach, :hash, :at)"
    " ON CONFLICT (coach) DO UPDATE SET hash = excluded.hash, made_ms = excluded.made_ms";
static const char SQL_COACH[] = "SELECT coach FROM calendar_feed WHERE hash = :hash";
static const char SQL_MADE[] = "SELECT made_ms FROM calendar_feed WHERE coach = :coach";
static const char SQL_CLEAR[] = "DELETE FROM calendar_feed WHERE coach = :coach";

enum err store_feed_put(struct store *s, const char *coach,
                        const unsigned char hash[STORE_TOKEN_HASH_SIZE], utc_ms at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":coach", coach);
    bind_blob(&q, ":hash", hash, STORE_TOKEN_HASH_SIZE);
    bind_int(&q, ":at", at);
    return stmt_run(&q);
}

enum err store_feed_coach(struct store *s, const unsigned char hash[STORE_TOKEN_HASH_SIZE],
                          char ret_coach[ROSTER_ID_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_COACH);
    bind_blob(&q, ":hash", hash, STORE_TOKEN_HASH_SIZE);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        col_text(&q, 0, ret_coach, ROSTER_ID_SIZE);
    return e == ERR_OK ? q.e : e;
}

enum err store_feed_made(struct store *s, const char *coach, utc_ms *ret_at)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_MADE);
    bind_text(&q, ":coach", coach);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_at = col_int(&q, 0);
    return e;
}

enum err store_feed_clear(struct store *s, const char *coach)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CLEAR);
    bind_text(&q, ":coach", coach);
    return stmt_run(&q);
}
