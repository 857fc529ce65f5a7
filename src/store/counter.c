#include "store/counter.h"

#include <stdio.h>
#include <string.h>

#include "store/inside.h"

static const char SQL_NEXT[] =
    "UPDATE counter SET last = last + 1 WHERE day = :day AND series = :series";
static const char SQL_FIRST[] = "INSERT INTO counter (day, series, last) VALUES (:day, :series, 1)";
static const char SQL_RAISE[] =
    "INSERT INTO counter (day, series, last) VALUES (:day, :series, :least)"
    " ON CONFLICT (day, series) DO UPDATE SET last = max(last, excluded.last)";
static const char SQL_LAST[] = "SELECT last FROM counter WHERE day = :day AND series = :series";

/* From a number that was right the last time; it says itself whether it still is. */
static const char SQL_FROM[] = "UPDATE counter SET last = :last + 1"
                               " WHERE day = :day AND series = :series AND last = :last";

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

static struct kept_number *kept(struct store *s, civil_day day, const char *series)
{
    for (size_t i = 0; i < KEPT_NUMBERS; i++)
        if (s->numbers[i].day == day && strcmp(s->numbers[i].series, series) == 0)
            return &s->numbers[i];
    return NULL;
}

static void keep(struct store *s, civil_day day, const char *series, int64_t last)
{
    struct kept_number *k = kept(s, day, series);
    if (!k && strlen(series) < sizeof(k->series)) {
        k = &s->numbers[s->next_number++ % KEPT_NUMBERS];
        k->day = day;
        snprintf(k->series, sizeof(k->series), "%s", series);
    }
    if (k)
        k->last = last;
}

/* ERR_STALE: nothing is kept, or another number is stored. */
static enum err take_on(struct store *s, civil_day day, const char *series, int64_t *ret_number)
{
    struct kept_number *k = kept(s, day, series);
    if (!k)
        return ERR_STALE;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_FROM);
    bind_int(&q, ":last", k->last);
    bind_int(&q, ":day", day);
    bind_text(&q, ":series", series);
    enum err e = stmt_change(&q);
    if (e == ERR_OK)
        *ret_number = ++k->last;
    return e;
}

/* RETURNING would give the number in one statement, but builds a table in memory for it,
 * which costs more than this second look; the transaction keeps others out between. */
static enum err take_and_look(struct store *s, civil_day day, const char *series,
                              int64_t *ret_number)
{
    enum err e = take(s, day, series);
    if (e == ERR_OK)
        e = store_counter_last(s, day, series, ret_number);
    if (e == ERR_OK)
        keep(s, day, series, *ret_number);
    return e;
}

enum err store_counter_next(struct store *s, civil_day day, const char *series,
                            int64_t *ret_number)
{
    int64_t number = 0;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = take_on(s, day, series, &number);
    if (e == ERR_STALE)
        e = take_and_look(s, day, series, &number);
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
