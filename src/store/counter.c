#include "store/counter.h"

#include "store/inside.h"

static const char SQL_NEXT[] =
    "UPDATE counter SET last = last + 1 WHERE day = :day AND series = :series";
static const char SQL_FIRST[] = "INSERT INTO counter (day, series, last) VALUES (:day, :series, 1)";
static const char SQL_RAISE[] =
    "INSERT INTO counter (day, series, last) VALUES (:day, :series, :least)"
    " ON CONFLICT (day, series) DO UPDATE SET last = max(last, excluded.last)";
static const char SQL_LAST[] = "SELECT last FROM counter WHERE day = :day AND series = :series";

static enum err run(struct store *s, const char *sql, civil_day day, const char *series)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":day", day);
    bind_text(&q, ":series", series);
    return stmt_change(&q);
}

/* Once a day it is the first: an upsert would try to insert each time. */
static enum err take(struct store *s, civil_day day, const char *series)
{
    enum err e = run(s, SQL_NEXT, day, series);
    return e == ERR_STALE ? run(s, SQL_FIRST, day, series) : e;
}

/* RETURNING would give the number in one statement, but builds a table in memory for it,
 * which costs more than this second look; the transaction keeps others out between. */
enum err store_counter_next(struct store *s, civil_day day, const char *series,
                            int64_t *ret_number)
{
    int64_t number = 0;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = take(s, day, series);
    if (e == ERR_OK)
        e = store_counter_last(s, day, series, &number);
    if (e == ERR_OK)
        e = store_commit(&tx);
    if (e == ERR_OK)
        *ret_number = number;
    return e;
}

enum err store_counter_raise(struct store *s, civil_day day, const char *series, int64_t at_least)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_RAISE);
    bind_int(&q, ":day", day);
    bind_text(&q, ":series", series);
    bind_int(&q, ":least", at_least);
    return stmt_run(&q);
}

enum err store_counter_last(struct store *s, civil_day day, const char *series,
                            int64_t *ret_number)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LAST);
    bind_int(&q, ":day", day);
    bind_text(&q, ":series", series);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_number = col_int(&q, 0);
    else if (e == ERR_NOT_FOUND)
        *ret_number = 0;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}
