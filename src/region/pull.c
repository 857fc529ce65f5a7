/* What a house reads. */
#include <string.h>

#include "base/mem.h"
#include "region/inside.h"

#define GROW(m, list) mem_grow(&(m)->list, &(m)->cap_##list, (m)->n_##list, sizeof(*(m)->list))

enum err region_news(struct region *r, civil_day from, char ret_news[REGION_NEWS_SIZE])
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT my_news($1)", &a, &q);
    return e == ERR_OK ? cell_put(&q, 0, 0, ret_news, REGION_NEWS_SIZE) : e;
}

/* ---- the mirror ---- */

static enum err pull_coaches(struct region *r, struct mirror *m)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT id, home FROM coach WHERE id IN (SELECT my_coaches())", NULL, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!GROW(m, coaches))
            return ERR_NOMEM;
        struct mirror_coach *c = &m->coaches[m->n_coaches++];
        e = cell_put(&q, i, 0, c->coach, sizeof(c->coach));
        if (e == ERR_OK)
            e = cell_put(&q, i, 1, c->home, sizeof(c->home));
    }
    return e;
}

static enum err read_days(const struct answer *q, struct mirror *m)
{
    enum err e = ERR_OK;
    for (int i = 0; e == ERR_OK && i < rows_of(q); i++) {
        if (!GROW(m, days))
            return ERR_NOMEM;
        struct mirror_day *d = &m->days[m->n_days++];
        *d = (struct mirror_day){ .day = (civil_day)cell_int(q, i, 1), .here = cell_bool(q, i, 2) };
        e = cell_put(q, i, 0, d->coach, sizeof(d->coach));
    }
    return e;
}

static enum err pull_days(struct region *r, civil_day from, struct mirror *m)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT coach, day, site = my_site() AND moving_to IS NULL FROM coach_day"
                        " WHERE day >= $1", &a, &q);
    return e == ERR_OK ? read_days(&q, m) : e;
}

static enum err pull_closures(struct region *r, civil_day from, struct mirror *m)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT first_day, last_day, reason FROM closure WHERE last_day >= $1", &a,
                     &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!GROW(m, closures))
            return ERR_NOMEM;
        struct roster_closure *c = &m->closures[m->n_closures++];
        c->from = (civil_day)cell_int(&q, i, 0);
        c->to = (civil_day)cell_int(&q, i, 1);
        e = cell_put(&q, i, 2, c->reason, sizeof(c->reason));
    }
    return e;
}

static enum err pull_claims(struct region *r, civil_day from, struct mirror *m)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT coach, q5, seat, id FROM my_claims($1)", &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!GROW(m, claims))
            return ERR_NOMEM;
        struct mirror_claim *c = &m->claims[m->n_claims++];
        *c = (struct mirror_claim){ .q5 = cell_int(&q, i, 1), .seat = (int)cell_int(&q, i, 2),
                                    .id = ulid_of(cell(&q, i, 3)) };
        e = cell_put(&q, i, 0, c->coach, sizeof(c->coach));
    }
    return e;
}

static enum err pull_sites(struct region *r, const char *me, struct mirror *m)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT id, name, key FROM site ORDER BY id", NULL, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (strcmp(cell(&q, i, 0), me) == 0)
            continue;
        if (!GROW(m, sites))
            return ERR_NOMEM;
        struct mirror_site *s = &m->sites[m->n_sites++];
        size_t n = 0;
        e = cell_put(&q, i, 0, s->site, sizeof(s->site));
        if (e == ERR_OK)
            e = cell_put(&q, i, 1, s->name, sizeof(s->name));
        if (e == ERR_OK)
            e = cell_bytes(&q, i, 2, s->key, sizeof(s->key), &n);
        if (e == ERR_OK && n != sizeof(s->key))
            e = ERR_CORRUPT;
    }
    return e;
}

static enum err pull_all(struct region *r, const char *me, civil_day from, struct mirror *m)
{
    enum err e = pull_coaches(r, m);
    if (e == ERR_OK)
        e = pull_days(r, from, m);
    if (e == ERR_OK)
        e = pull_closures(r, from, m);
    if (e == ERR_OK)
        e = pull_claims(r, from, m);
    return e == ERR_OK ? pull_sites(r, me, m) : e;
}

enum err region_mirror(struct region *r, const char *me, civil_day from, struct mirror *ret_mirror)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    enum err e = tell_region(r, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", NULL);
    if (e != ERR_OK)
        return e;
    e = pull_all(r, me, from, &m);
    enum err end = tell_region(r, "COMMIT", NULL);
    if (e == ERR_OK)
        e = end;
    if (e == ERR_OK)
        *ret_mirror = TAKE(m);
    return e;
}

/* ---- parcels and offers ---- */

static enum err read_parcel(const struct answer *q, int i, struct region_parcel *p)
{
    *p = (struct region_parcel){ .id = ulid_of(cell(q, i, 0)), .start = cell_int(q, i, 4),
                                 .end = cell_int(q, i, 5), .stop = cell_int(q, i, 6) };
    enum err e = cell_put(q, i, 1, p->site, sizeof(p->site));
    if (e == ERR_OK)
        e = cell_put(q, i, 2, p->coach, sizeof(p->coach));
    if (e == ERR_OK)
        e = cell_put(q, i, 3, p->service, sizeof(p->service));
    if (e == ERR_OK)
        e = cell_bytes(q, i, 7, p->body, sizeof(p->body), &p->n);
    return e == ERR_OK && (!p->id.s[0] || p->end <= p->start || p->stop < p->end) ? ERR_CORRUPT : e;
}

enum err region_parcels(struct region *r, struct region_parcels *ret_list)
{
    CLEANUP(region_parcels_done) struct region_parcels l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT id, by_site, coach, service, start_ms, end_ms, stop_ms, body"
                        " FROM parcel WHERE for_site = my_site() AND NOT arrived"
                        " ORDER BY id LIMIT 100", NULL, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!mem_grow(&l.v, &l.cap, l.n, sizeof(*l.v)))
            return ERR_NOMEM;
        e = read_parcel(&q, i, &l.v[l.n]);
        if (e == ERR_CORRUPT) /* nonsense from another house must not hold up the rest */
            e = ERR_OK;
        else
            l.n++;
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

enum err region_offer(struct region *r, const char *site, civil_day from, struct buf *roster,
                      struct buf *offer)
{
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_text(&a, site);
    arg_int(&a, from);
    enum err e = ask(r, "SELECT roster, offer_of(id, $2) FROM site WHERE id = $1", &a, &q);
    if (e == ERR_OK && rows_of(&q) != 1)
        e = ERR_NOT_FOUND;
    if (e != ERR_OK)
        return e;
    buf_adds(roster, cell(&q, 0, 0));
    buf_adds(offer, cell(&q, 0, 1));
    e = buf_err(roster);
    return e == ERR_OK ? buf_err(offer) : e;
}

/* ---- seats ---- */

enum err region_own_seats(struct region *r, civil_day from, struct region_seats *ret_list)
{
    CLEANUP(region_seats_done) struct region_seats l = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    struct args a = { 0 };
    arg_int(&a, from);
    enum err e = ask(r, "SELECT id, coach, day, seat, min(q5), max(q5) - min(q5) + 1 FROM claim"
                        " WHERE by_site = my_site() AND day >= $1 GROUP BY id, coach, day, seat",
                     &a, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!mem_grow(&l.v, &l.cap, l.n, sizeof(*l.v)))
            return ERR_NOMEM;
        struct region_seat *s = &l.v[l.n++];
        *s = (struct region_seat){ .id = ulid_of(cell(&q, i, 0)),
                                   .day = (civil_day)cell_int(&q, i, 2),
                                   .seat = (int)cell_int(&q, i, 3),
                                   .quanta = { cell_int(&q, i, 4), (int)cell_int(&q, i, 5) },
                                   .state = SEAT_GRANTED };
        e = cell_put(&q, i, 1, s->coach, sizeof(s->coach));
    }
    if (e == ERR_OK)
        *ret_list = TAKE(l);
    return e;
}

/* ---- coaches and days ---- */

enum err region_coaches_shut(struct region *r, struct mirror *ret_mirror)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT id FROM coach WHERE home = my_site() AND NOT open", NULL, &q);
    for (int i = 0; e == ERR_OK && i < rows_of(&q); i++) {
        if (!GROW(&m, coaches))
            return ERR_NOMEM;
        struct mirror_coach *c = &m.coaches[m.n_coaches++];
        c->home[0] = '\0';
        e = cell_put(&q, i, 0, c->coach, sizeof(c->coach));
    }
    if (e == ERR_OK)
        *ret_mirror = TAKE(m);
    return e;
}

enum err region_days_going(struct region *r, struct mirror *ret_mirror)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    CLEANUP(answer_done) struct answer q = { 0 };
    enum err e = ask(r, "SELECT coach, day, true FROM coach_day"
                        " WHERE site = my_site() AND moving_to IS NOT NULL", NULL, &q);
    if (e == ERR_OK)
        e = read_days(&q, &m);
    if (e == ERR_OK)
        *ret_mirror = TAKE(m);
    return e;
}
