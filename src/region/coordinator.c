/* What the coordinator asks of the region. */
#include "region/coordinator.h"

#include <string.h>

#include "base/mem.h"
#include "region/inside.h"

/* The next row of a list, all-zero; NULL: no memory. */
#define NEXT(l) (mem_grow(&(l)->v, &(l)->cap, (l)->n, sizeof(*(l)->v)) \
                     ? memset(&(l)->v[(l)->n++], 0, sizeof(*(l)->v)) : NULL)

enum err region_rule(struct region *r, struct shared_rule *ret_rule)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT block_minutes, one_in FROM rule", NULL, &q);
    if (e != ERR_OK)
        return e;
    if (rows_of(&q) != 1)
        return ERR_CORRUPT;
    *ret_rule = (struct shared_rule){ (int)cell_int(&q, 0, 0), (int)cell_int(&q, 0, 1) };
    return shared_rule_valid(ret_rule) ? ERR_OK : ERR_CORRUPT;
}

/* ---- days elsewhere ---- */

void region_moves_done(struct region_moves *l)
{
    mem_free(l->v);
    *l = (struct region_moves){ 0 };
}

static enum err read_move(const struct answer *q, int i, struct region_move *m)
{
    m->day = (civil_day)cell_int(q, i, 2);
    enum err e = cell_put(q, i, 0, m->coach, sizeof(m->coach));
    if (e == ERR_OK)
        e = cell_put(q, i, 1, m->home, sizeof(m->home));
    if (e == ERR_OK)
        e = cell_put(q, i, 3, m->site, sizeof(m->site));
    return e == ERR_OK ? cell_put(q, i, 4, m->to, sizeof(m->to)) : e;
}

enum err region_moves(struct region *r, civil_day from, struct region_moves *ret_list)
{
    CLEANUP(region_moves_done) struct region_moves l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT d.coach, c.home, d.day, d.site, coalesce(d.moving_to, '')"
                        " FROM coach_day d JOIN coach c ON c.id = d.coach WHERE d.day >= $1"
                        " AND (d.moving_to IS NOT NULL OR d.site <> c.home)"
                        " ORDER BY d.day, d.coach", &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        struct region_move *m = NEXT(&l);
        e = m ? read_move(&q, i, m) : ERR_NOMEM;
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

enum err region_day_owner(struct region *r, const char *coach, civil_day day,
                          char ret_site[ROSTER_ID_SIZE])
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_text(&a, coach);
    arg_int(&a, day);
    enum err e = ask(r, "SELECT coalesce(d.site, c.home) FROM coach c LEFT JOIN coach_day d"
                        " ON d.coach = c.id AND d.day = $2 WHERE c.id = $1", &a, &q);
    if (e == ERR_OK && rows_of(&q) != 1)
        e = ERR_NOT_FOUND;
    return e == ERR_OK ? cell_put(&q, 0, 0, ret_site, ROSTER_ID_SIZE) : e;
}

/* ---- appointments of a day ---- */

void region_meetings_done(struct region_meetings *l)
{
    mem_free(l->v);
    *l = (struct region_meetings){ 0 };
}

/* A sealed one is told of by its house too, from when it is stored there until it is taken. */
static const char SQL_MEETINGS[] =
    "SELECT id, site, start_ms, end_ms, false FROM agenda WHERE coach = $1 AND day = $2"
    " UNION ALL SELECT p.id, p.for_site, p.start_ms, p.end_ms, true FROM parcel p"
    " WHERE NOT p.arrived AND p.coach = $1"
    " AND EXISTS (SELECT 1 FROM claim c WHERE c.coach = $1 AND c.q5 = p.start_ms / 300000"
    " AND c.id = p.id AND c.day = $2)"
    " AND NOT EXISTS (SELECT 1 FROM agenda a WHERE a.id = p.id) ORDER BY 3, 1";

enum err region_meetings(struct region *r, const char *coach, civil_day day,
                         struct region_meetings *ret_list)
{
    CLEANUP(region_meetings_done) struct region_meetings l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_text(&a, coach);
    arg_int(&a, day);
    enum err e = ask(r, SQL_MEETINGS, &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        struct region_meeting *m = NEXT(&l);
        if (!m)
            return ERR_NOMEM;
        m->id = ulid_of(cell(&q, i, 0));
        m->start = cell_int(&q, i, 2);
        m->end = cell_int(&q, i, 3);
        m->sealed = cell_bool(&q, i, 4);
        e = cell_put(&q, i, 1, m->site, sizeof(m->site));
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

/* ---- closed days ---- */

void region_closures_done(struct region_closures *l)
{
    mem_free(l->v);
    *l = (struct region_closures){ 0 };
}

enum err region_closures(struct region *r, civil_day from, struct region_closures *ret_list)
{
    CLEANUP(region_closures_done) struct region_closures l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT id, coalesce(site, ''), first_day, last_day, reason FROM closure"
                        " WHERE last_day >= $1 ORDER BY first_day, id", &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        struct region_closure *c = NEXT(&l);
        if (!c)
            return ERR_NOMEM;
        c->id = cell_int(&q, i, 0);
        c->days.from = (civil_day)cell_int(&q, i, 2);
        c->days.to = (civil_day)cell_int(&q, i, 3);
        e = cell_put(&q, i, 1, c->site, sizeof(c->site));
        if (e == ERR_OK)
            e = cell_put(&q, i, 4, c->days.reason, sizeof(c->days.reason));
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

enum err region_close_days(struct region *r, const struct region_closure *c)
{
    struct args a = { 0 };
    arg_text(&a, c->site[0] ? c->site : NULL);
    arg_int(&a, c->days.from);
    arg_int(&a, c->days.to);
    arg_text(&a, c->days.reason);
    return tell_region(r, "INSERT INTO closure (site, first_day, last_day, reason)"
                          " VALUES ($1, $2, $3, $4)", &a);
}

enum err region_reopen(struct region *r, int64_t id)
{
    struct args a = { 0 };
    arg_int(&a, id);
    return tell_region(r, "DELETE FROM closure WHERE id = $1", &a);
}

/* ---- counts ---- */

static enum err read_count(const struct answer *q, int i, struct count_row *c)
{
    c->day = (civil_day)cell_int(q, i, 0);
    c->hour = (int)cell_int(q, i, 4);
    c->n = cell_int(q, i, 5);
    enum err e = cell_put(q, i, 1, c->measure, sizeof(c->measure));
    if (e == ERR_OK)
        e = cell_put(q, i, 2, c->municipality, sizeof(c->municipality));
    return e == ERR_OK ? cell_put(q, i, 3, c->topic, sizeof(c->topic)) : e;
}

enum err region_counts(struct region *r, civil_day first, civil_day last,
                       struct count_rows *ret_list)
{
    CLEANUP(count_rows_done) struct count_rows l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, first);
    arg_int(&a, last);
    enum err e = ask(r, "SELECT day, measure, municipality, topic, hour, sum(n)::bigint"
                        " FROM day_count WHERE day BETWEEN $1 AND $2"
                        " GROUP BY day, measure, municipality, topic, hour", &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        struct count_row *c = NEXT(&l);
        e = c ? read_count(&q, i, c) : ERR_NOMEM;
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}
