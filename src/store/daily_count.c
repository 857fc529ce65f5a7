#include "store/daily_count.h"

#include "store/inside.h"

static const char SQL_ADD[] =
    "UPDATE daily_count SET n = n + :n WHERE day = :day AND site = :site AND measure = :measure"
    " AND municipality = :municipality AND topic = :topic AND coach = :coach AND hour = :hour";
static const char SQL_FIRST[] =
    "INSERT INTO daily_count (day, site, measure, municipality, topic, coach, hour, n)"
    " VALUES (:day, :site, :measure, :municipality, :topic, :coach, :hour, :n)";
static const char SQL_LIST[] =
    "SELECT day, site, measure, municipality, topic, coach, hour, n FROM daily_count"
    " WHERE day >= :first AND day <= :last"
    " ORDER BY day, site, measure, municipality, topic, coach, hour";

void count_rows_done(struct count_rows *l)
{
    mem_free(l->v);
    *l = (struct count_rows){ 0 };
}

static enum err run(struct store *s, const char *sql, const struct count_row *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    bind_int(&q, ":day", r->day);
    bind_text(&q, ":site", r->site);
    bind_text(&q, ":measure", r->measure);
    bind_text(&q, ":municipality", r->municipality);
    bind_text(&q, ":topic", r->topic);
    bind_text(&q, ":coach", r->coach);
    bind_int(&q, ":hour", r->hour);
    bind_int(&q, ":n", r->n);
    return stmt_change(&q);
}

/* Mostly the count is there: an upsert would try to insert it first. */
enum err store_count_add(struct store *s, const struct count_row *r)
{
    enum err e = run(s, SQL_ADD, r);
    return e == ERR_STALE ? run(s, SQL_FIRST, r) : e;
}

static void read_row(struct stmt *q, struct count_row *r)
{
    *r = (struct count_row){ 0 };
    r->day = (civil_day)col_int(q, 0);
    col_text(q, 1, r->site, sizeof(r->site));
    col_text(q, 2, r->measure, sizeof(r->measure));
    col_text(q, 3, r->municipality, sizeof(r->municipality));
    col_text(q, 4, r->topic, sizeof(r->topic));
    col_text(q, 5, r->coach, sizeof(r->coach));
    r->hour = (int)col_int(q, 6);
    r->n = col_int(q, 7);
}

enum err store_counts(struct store *s, civil_day first, civil_day last,
                      struct count_rows *ret_list)
{
    CLEANUP(count_rows_done) struct count_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    bind_int(&q, ":first", first);
    bind_int(&q, ":last", last);
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
