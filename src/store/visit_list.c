#include <stdlib.h>

#include "store/visit_row.h"

static const char SQL_OPEN[] = "SELECT " VISIT_COLUMNS VISIT_OPEN_FROM
                               "WHERE day = :day AND " VISIT_OPEN_STATES;
static const char SQL_QUEUE[] =
    "SELECT id, series, number, state, service, coach, with_coach, arrived_ms, due_ms, called_ms,"
    " urgent, redirected" VISIT_OPEN_FROM "WHERE day = :day AND " VISIT_OPEN_STATES;
/* What a list of the queue shows. */
#define SHOWN                                                                                \
    "id, series, number, state, service, coach, with_coach, arrived_ms, due_ms, called_ms,"  \
    " urgent, redirected, version, calls, until_ms, ended_ms, inaccurate, clock_unsure,"     \
    " person_no, municipality, topic, lang"
static const char SQL_SHOWN[] = "SELECT " SHOWN VISIT_OPEN_FROM
                                "WHERE day = :day AND " VISIT_OPEN_STATES;
static const char SQL_OVER[] = "SELECT " SHOWN " FROM visit INDEXED BY visit_ticket"
                               " WHERE day = :day"
                               " AND state IN ('done', 'left', 'unserved', 'voided')";
static const char SQL_CALLED[] = "SELECT " VISIT_COLUMNS VISIT_OPEN_FROM
                                 "WHERE day = :day AND " VISIT_OPEN_STATES
                                 " AND state = 'called' ORDER BY chime DESC, called_ms DESC";
static const char SQL_DUE[] = "SELECT " VISIT_COLUMNS " FROM visit INDEXED BY visit_until"
                              " WHERE state IN ('paused', 'parked') AND until_ms IS NOT NULL"
                              " AND until_ms <= :now ORDER BY until_ms, id";
static const char SQL_BEFORE[] = "SELECT " VISIT_COLUMNS VISIT_OPEN_FROM
                                 "WHERE day < :day AND " VISIT_OPEN_STATES
                                 " ORDER BY day, number, series";
static const char SQL_DURATIONS[] =
    "SELECT (ended_ms - started_ms) / 1000 FROM visit INDEXED BY visit_finished"
    " WHERE service = :service AND state = 'done' AND inaccurate = 0 AND started_ms IS NOT NULL"
    " ORDER BY ended_ms DESC LIMIT :max";

static enum err of_day(struct store *s, const char *sql, civil_day day,
                       struct visit_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":day", day);
    return visit_read_all(&q, ret_list);
}

static int by_ticket(const void *a, const void *b)
{
    const struct visit_row *x = a, *y = b;
    int number = (x->number > y->number) - (x->number < y->number);
    return number ? number : (x->series > y->series) - (x->series < y->series);
}

/* Sorted here: SQLite would write each row with all its columns into a sorter and take it
 * apart a second time. */
enum err store_visits_open(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    enum err e = of_day(s, SQL_OPEN, day, ret_list);
    if (e == ERR_OK && ret_list->n > 1)
        qsort(ret_list->v, ret_list->n, sizeof(*ret_list->v), by_ticket);
    return e;
}

/* Of the columns of the queue those that its order needs, then what is shown of it. */
static void read_queue(struct stmt *q, struct visit_row *r)
{
    char series[8], state[16];
    col_ulid(q, 0, &r->id);
    col_text(q, 1, series, sizeof(series));
    r->series = series[0];
    r->number = (int)col_int(q, 2);
    col_text(q, 3, state, sizeof(state));
    if (visit_state_of(state, &r->state) != ERR_OK)
        q->e = ERR_CORRUPT;
    col_text(q, 4, r->service, sizeof(r->service));
    col_text(q, 5, r->coach, sizeof(r->coach));
    col_text(q, 6, r->with_coach, sizeof(r->with_coach));
    r->arrived = col_int(q, 7);
    r->due = col_int(q, 8);
    r->called = col_int(q, 9);
    r->urgent = col_int(q, 10) != 0;
    r->redirected = col_int(q, 11) != 0;
}

static void read_shown(struct stmt *q, struct visit_row *r)
{
    char topic[16];
    read_queue(q, r);
    r->version = col_int(q, 12);
    r->calls = (int)col_int(q, 13);
    r->until = col_int(q, 14);
    r->ended = col_int(q, 15);
    r->inaccurate = col_int(q, 16) != 0;
    r->clock_unsure = col_int(q, 17) != 0;
    r->person_no = col_int(q, 18);
    col_text(q, 19, r->municipality, sizeof(r->municipality));
    col_text(q, 20, topic, sizeof(topic));
    if (topic_of(topic, &r->topic) != ERR_OK)
        q->e = ERR_CORRUPT;
    col_text(q, 21, r->lang, sizeof(r->lang));
}

typedef int compare_fn(const void *a, const void *b);

/* Some columns of a day's visits, sorted here as those of store_visits_open() are. */
static enum err part_of_day(struct store *s, const char *sql, civil_day day,
                            void (*read)(struct stmt *q, struct visit_row *r), compare_fn *order,
                            struct visit_rows *ret_list)
{
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":day", day);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        l.v[l.n] = (struct visit_row){ .day = day };
        read(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    if (l.n > 1)
        qsort(l.v, l.n, sizeof(*l.v), order);
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_visits_queue(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    return part_of_day(s, SQL_QUEUE, day, read_queue, by_ticket, ret_list);
}

enum err store_visits_shown(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    return part_of_day(s, SQL_SHOWN, day, read_shown, by_ticket, ret_list);
}

static int last_ended_first(const void *a, const void *b)
{
    const struct visit_row *x = a, *y = b;
    int ended = (x->ended < y->ended) - (x->ended > y->ended);
    return ended ? ended : by_ticket(b, a);
}

enum err store_visits_over(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    return part_of_day(s, SQL_OVER, day, read_shown, last_ended_first, ret_list);
}

enum err store_visits_called(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    return of_day(s, SQL_CALLED, day, ret_list);
}

enum err store_visits_before(struct store *s, civil_day day, struct visit_rows *ret_list)
{
    return of_day(s, SQL_BEFORE, day, ret_list);
}

enum err store_visits_due(struct store *s, utc_ms now, struct visit_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DUE);
    bind_int(&q, ":now", now);
    return visit_read_all(&q, ret_list);
}

enum err store_visit_durations(struct store *s, const char *service, size_t max,
                               int64_t *ret_seconds, size_t *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_DURATIONS);
    bind_text(&q, ":service", service);
    bind_int(&q, ":max", (int64_t)max);
    size_t n = 0;
    enum err e;
    while (n < max && (e = stmt_row(&q)) == ERR_OK)
        ret_seconds[n++] = col_int(&q, 0);
    if (n < max && e != ERR_NONE)
        return e;
    *ret_n = n;
    return ERR_OK;
}
