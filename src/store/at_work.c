#include "store/at_work.h"

#include "store/inside.h"

static const char SQL_SET[] =
    "INSERT INTO at_work (coach, since_ms, paused) VALUES (:coach, :since, :paused)"
    " ON CONFLICT (coach) DO UPDATE SET paused = excluded.paused";
static const char SQL_CLEAR[] = "DELETE FROM at_work WHERE coach = :coach";
static const char SQL_CLEAR_ALL[] = "DELETE FROM at_work";
static const char SQL_LIST[] = "SELECT coach, since_ms, paused FROM at_work ORDER BY coach";

void at_work_rows_done(struct at_work_rows *l)
{
    mem_free(l->v);
    *l = (struct at_work_rows){ 0 };
}

enum err store_at_work_set(struct store *s, const char *coach, utc_ms since, bool paused)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SET);
    bind_text(&q, ":coach", coach);
    bind_int(&q, ":since", since);
    bind_int(&q, ":paused", paused);
    return stmt_run(&q);
}

enum err store_at_work_clear(struct store *s, const char *coach)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, coach ? SQL_CLEAR : SQL_CLEAR_ALL);
    if (coach)
        bind_text(&q, ":coach", coach);
    return stmt_run(&q);
}

enum err store_at_work_list(struct store *s, struct at_work_rows *ret_list)
{
    CLEANUP(at_work_rows_done) struct at_work_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        struct at_work_row *r = &l.v[l.n];
        col_text(&q, 0, r->coach, sizeof(r->coach));
        r->since = col_int(&q, 1);
        r->paused = col_int(&q, 2) != 0;
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}
