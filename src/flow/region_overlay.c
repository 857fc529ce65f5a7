/* What the region says of coaches' days, laid over a roster. */
#include <string.h>

#include "base/mem.h"
#include "flow/region_work.h"

static const struct mirror_coach *find_coach(const struct mirror *m, const char *coach)
{
    for (size_t i = 0; i < m->n_coaches; i++)
        if (strcmp(m->coaches[i].coach, coach) == 0)
            return &m->coaches[i];
    return NULL;
}

static enum err add_exception(struct roster_coach *c, const struct roster_exception *e)
{
    struct roster_exception *v = mem_resize(c->exceptions, c->n_exceptions + 1, sizeof(*v));
    if (!v)
        return ERR_NOMEM;
    c->exceptions = v;
    c->exceptions[c->n_exceptions++] = *e;
    return ERR_OK;
}

static void drop_exceptions(struct roster_coach *c, civil_day day)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date != day)
            c->exceptions[n++] = c->exceptions[i];
    c->n_exceptions = n;
}

/* At home here: all but the days that are elsewhere, or about to go. */
static enum err cut_home(struct roster_coach *c, const struct mirror *m)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < m->n_days; i++) {
        const struct mirror_day *d = &m->days[i];
        if (d->here || strcmp(d->coach, c->id) != 0)
            continue;
        drop_exceptions(c, d->day);
        e = add_exception(c, &(struct roster_exception){ .date = d->day,
                                                         .kind = EXCEPTION_CLOSED });
    }
    return e;
}

static bool day_is_here(const struct mirror *m, const char *coach, civil_day day)
{
    for (size_t i = 0; i < m->n_days; i++)
        if (m->days[i].day == day && m->days[i].here && strcmp(m->days[i].coach, coach) == 0)
            return true;
    return false;
}

static bool has_own_hours(const struct roster_coach *c, civil_day day)
{
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date == day && c->exceptions[i].kind != EXCEPTION_EXTRA)
            return true;
    return false;
}

/* The hours that would apply on a day that came here, as exceptions of that day. */
static enum err open_day(struct roster_coach *c, civil_day day)
{
    bool own = has_own_hours(c, day);
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && !own && i < c->n_availability; i++)
        if (roster_hours_apply(&c->availability[i], day))
            e = add_exception(c, &(struct roster_exception){ .date = day,
                                                             .kind = EXCEPTION_REPLACE,
                                                             .span = c->availability[i].span });
    return e;
}

/* At home elsewhere: only the days that came here. */
static enum err cut_guest(struct roster_coach *c, const struct mirror *m)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (day_is_here(m, c->id, c->exceptions[i].date))
            c->exceptions[n++] = c->exceptions[i];
    c->n_exceptions = n;
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < m->n_days; i++)
        if (m->days[i].here && strcmp(m->days[i].coach, c->id) == 0)
            e = open_day(c, m->days[i].day);
    c->n_availability = 0;
    return e;
}

static enum err add_closures(struct roster *r, const struct mirror *m)
{
    if (m->n_closures == 0)
        return ERR_OK;
    struct roster_closure *v =
        mem_resize(r->closures, r->n_closures + m->n_closures, sizeof(*v));
    if (!v)
        return ERR_NOMEM;
    r->closures = v;
    memcpy(v + r->n_closures, m->closures, m->n_closures * sizeof(*v));
    r->n_closures += m->n_closures;
    return ERR_OK;
}

enum err region_cut(struct roster *r, const struct mirror *m, const char *me)
{
    enum err e = add_closures(r, m);
    for (size_t i = 0; e == ERR_OK && i < r->n_coaches; i++) {
        struct roster_coach *c = &r->coaches[i];
        const struct mirror_coach *known = find_coach(m, c->id);
        if (!known)
            c->n_availability = c->n_exceptions = 0;
        else
            e = strcmp(known->home, me) == 0 ? cut_home(c, m) : cut_guest(c, m);
    }
    return e;
}

enum err region_overlay(struct flow *f, struct roster *r)
{
    CLEANUP(mirror_done) struct mirror m = { 0 };
    enum err e = store_mirror_get(f->store, &m);
    return e == ERR_OK ? region_cut(r, &m, f->region.site) : e;
}
