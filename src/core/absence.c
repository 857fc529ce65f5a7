#include "core/absence.h"

#include <string.h>

#include "base/mem.h"
#include "core/day_map.h"

/* A coach's time on a date, before breaks and opening hours. */
struct date {
    struct day_map usual, extra, over; /* `over`: extras that count on closed days too */
    bool replaced, closed;
};

static struct date date_of(const struct roster_coach *c, civil_day day)
{
    struct date d = { .closed = false };

    for (size_t i = 0; i < c->n_exceptions; i++) {
        const struct roster_exception *x = &c->exceptions[i];
        if (x->date != day)
            continue;
        if (x->kind == EXCEPTION_CLOSED)
            d.closed = true;
        else if (x->kind == EXCEPTION_EXTRA)
            day_map_add(x->override ? &d.over : &d.extra, x->span);
        else
            day_map_add(&d.usual, x->span);
        d.replaced = d.replaced || x->kind == EXCEPTION_REPLACE;
    }
    for (size_t i = 0; !d.closed && !d.replaced && i < c->n_availability; i++)
        if (roster_hours_apply(&c->availability[i], day))
            day_map_add(&d.usual, c->availability[i].span);
    return d;
}

/* To whole pieces, outwards: who is away until 10:03 is away until 10:05. */
static struct minute_span outwards(struct minute_span s)
{
    return (struct minute_span){ s.from / DAY_MAP_PIECE * DAY_MAP_PIECE,
                                 (s.to + DAY_MAP_PIECE - 1) / DAY_MAP_PIECE * DAY_MAP_PIECE };
}

static struct date without(struct date d, civil_day day, const struct absence *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (v[i].day != day)
            continue;
        day_map_cut(&d.usual, outwards(v[i].span));
        day_map_cut(&d.extra, outwards(v[i].span));
        day_map_cut(&d.over, outwards(v[i].span));
    }
    return d;
}

static bool same_time(const struct date *a, const struct date *b)
{
    return memcmp(&a->usual, &b->usual, sizeof(a->usual)) == 0 &&
           memcmp(&a->extra, &b->extra, sizeof(a->extra)) == 0 &&
           memcmp(&a->over, &b->over, sizeof(a->over)) == 0;
}

static enum err add(struct roster_exception *out, size_t *n, struct roster_exception x)
{
    if (*n == ROSTER_LIST_MAX)
        return ERR_LIMIT;
    out[(*n)++] = x;
    return ERR_OK;
}

static enum err add_all(struct roster_exception *out, size_t *n, const struct day_map *m,
                        struct roster_exception like)
{
    struct minute_span span;
    enum err e = ERR_OK;

    for (int at = 0; e == ERR_OK && day_map_next(m, &at, &span);) {
        like.span = span;
        e = add(out, n, like);
    }
    return e;
}

static enum err write_date(struct roster_exception *out, size_t *n, civil_day day,
                           const struct date *d)
{
    struct minute_span span;
    int at = 0;
    bool any = day_map_next(&d->usual, &at, &span);
    enum err e = ERR_OK;

    if (any)
        e = add_all(out, n, &d->usual,
                    (struct roster_exception){ .date = day, .kind = EXCEPTION_REPLACE });
    else
        e = add(out, n, (struct roster_exception){ .date = day, .kind = EXCEPTION_CLOSED });
    if (e == ERR_OK)
        e = add_all(out, n, &d->extra,
                    (struct roster_exception){ .date = day, .kind = EXCEPTION_EXTRA });
    if (e == ERR_OK)
        e = add_all(out, n, &d->over,
                    (struct roster_exception){ .date = day, .kind = EXCEPTION_EXTRA,
                                               .override = true });
    return e;
}

static size_t drop_date(struct roster_exception *v, size_t n, civil_day day)
{
    size_t left = 0;

    for (size_t i = 0; i < n; i++)
        if (v[i].date != day)
            v[left++] = v[i];
    return left;
}

static bool first_of_its_day(const struct absence *v, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (v[k].day == v[i].day)
            return false;
    return true;
}

enum err roster_absent(struct roster *r, int coach, const struct absence *v, size_t n,
                       int *ret_days)
{
    if (coach < 0 || (size_t)coach >= r->n_coaches)
        return ERR_INVAL;
    struct roster_coach *c = &r->coaches[coach];
    CLEANUP(mem_freep) struct roster_exception *out = mem_calloc(ROSTER_LIST_MAX, sizeof(*out));
    size_t n_out = c->n_exceptions;
    int days = 0;
    enum err e = ERR_OK;

    if (!out)
        return ERR_NOMEM;
    if (n_out > 0)
        memcpy(out, c->exceptions, n_out * sizeof(*out));
    for (size_t i = 0; e == ERR_OK && i < n; i++) {
        if (!first_of_its_day(v, i))
            continue;
        struct date was = date_of(c, v[i].day), is = without(was, v[i].day, v, n);
        if (same_time(&was, &is))
            continue;
        n_out = drop_date(out, n_out, v[i].day);
        e = write_date(out, &n_out, v[i].day, &is);
        days++;
    }
    if (e != ERR_OK)
        return e;
    mem_free(c->exceptions);
    c->exceptions = TAKE(out);
    c->n_exceptions = n_out;
    if (ret_days)
        *ret_days = days;
    return ERR_OK;
}

void roster_present(struct roster *r, int coach, civil_day day)
{
    struct roster_coach *c = &r->coaches[coach];

    c->n_exceptions = drop_date(c->exceptions, c->n_exceptions, day);
}
