/* What another house offers: its roster as the region's days cut it, less what is claimed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "flow/region.h"
#include "flow/region_work.h"

void region_offer_done(struct region_offer *o)
{
    roster_done(&o->roster);
    free_list_done(&o->free);
}

void other_done(struct other *o)
{
    roster_done(&o->roster);
    mirror_done(&o->mirror);
    buf_done(&o->roster_json);
    buf_done(&o->offer);
}

/* A line of what dynamo-sync wrote: "coach ID HOME", "day ID DAY HERE", "claim ID Q5",
 * "closed DAY DAY". */
static enum err read_line(const char *line, struct mirror *m)
{
    char coach[ROSTER_ID_SIZE], home[ROSTER_ID_SIZE];
    long long a = 0, b = 0;
    int here = 0;
    if (sscanf(line, "coach %32s %32s", coach, home) == 2) {
        if (!mem_grow(&m->coaches, &m->cap_coaches, m->n_coaches, sizeof(*m->coaches)))
            return ERR_NOMEM;
        struct mirror_coach *c = &m->coaches[m->n_coaches++];
        text_put(c->coach, sizeof(c->coach), coach);
        text_put(c->home, sizeof(c->home), home);
    } else if (sscanf(line, "day %32s %lld %d", coach, &a, &here) == 3) {
        if (!mem_grow(&m->days, &m->cap_days, m->n_days, sizeof(*m->days)))
            return ERR_NOMEM;
        struct mirror_day *d = &m->days[m->n_days++];
        *d = (struct mirror_day){ .day = (civil_day)a, .here = here != 0 };
        text_put(d->coach, sizeof(d->coach), coach);
    } else if (sscanf(line, "claim %32s %lld", coach, &a) == 2) {
        if (!mem_grow(&m->claims, &m->cap_claims, m->n_claims, sizeof(*m->claims)))
            return ERR_NOMEM;
        struct mirror_claim *c = &m->claims[m->n_claims++];
        *c = (struct mirror_claim){ .q5 = a };
        text_put(c->coach, sizeof(c->coach), coach);
    } else if (sscanf(line, "closed %lld %lld", &a, &b) == 2) {
        if (!mem_grow(&m->closures, &m->cap_closures, m->n_closures, sizeof(*m->closures)))
            return ERR_NOMEM;
        m->closures[m->n_closures++] =
            (struct roster_closure){ .from = (civil_day)a, .to = (civil_day)b };
    } else {
        return ERR_CORRUPT;
    }
    return ERR_OK;
}

enum err other_read(struct other *o)
{
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    enum err e = roster_parse(buf_str(&o->roster_json), o->roster_json.n, &notes, &o->roster);
    const char *line = buf_str(&o->offer);
    while (e == ERR_OK && *line) {
        e = read_line(line, &o->mirror);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    if (e == ERR_OK)
        e = region_cut(&o->roster, &o->mirror, o->site);
    return e == ERR_FORMAT ? ERR_CORRUPT : e;
}

static int by_coach(const void *a, const void *b)
{
    const struct busy_span *x = a, *y = b;
    if (x->coach != y->coach)
        return x->coach < y->coach ? -1 : 1;
    return (x->start > y->start) - (x->start < y->start);
}

static enum err claimed(const struct other *o, struct busy_spans *l)
{
    for (size_t i = 0; i < o->mirror.n_claims; i++) {
        int coach = roster_coach_find(&o->roster, o->mirror.claims[i].coach);
        utc_ms start = q5_start(o->mirror.claims[i].q5);
        if (coach < 0)
            continue;
        if (!mem_grow(&l->v, &l->cap, l->n, sizeof(*l->v)))
            return ERR_NOMEM;
        l->v[l->n++] = (struct busy_span){ coach, start, start + QUANTUM_MS };
    }
    if (l->n > 1)
        qsort(l->v, l->n, sizeof(*l->v), by_coach);
    return ERR_OK;
}

enum err other_free(const struct other *o, const struct shared_rule *rule, utc_ms now,
                    const struct other_wish *w, struct free_list *ret_list)
{
    CLEANUP(busy_spans_done) struct busy_spans busy = { 0 };
    CLEANUP(slot_list_done) struct slot_list slots = { 0 };
    CLEANUP(zone_done) struct zone zone = { 0 };
    struct slot_query q = { .roster = &o->roster, .coach = SLOT_ANY_COACH, .first_day = w->first,
                            .last_day = w->last, .now = now, .shared = rule,
                            .part = SLOTS_SHARED, .zone = &zone };
    q.service = roster_service_find(&o->roster, w->service);
    if (w->coach)
        q.coach = roster_coach_find(&o->roster, w->coach);
    if (q.service < 0 || (w->coach && q.coach < 0))
        return ERR_NOT_FOUND;
    enum err e = zone_load(o->roster.site.timezone, &zone);
    if (e == ERR_OK)
        e = claimed(o, &busy);
    q.busy = busy.v;
    q.n_busy = busy.n;
    if (e == ERR_OK)
        e = slots_list(&q, &slots);
    if (e != ERR_OK)
        return e;
    *ret_list = (struct free_list){ slots.v, slots.n };
    slots = (struct slot_list){ 0 }; /* handed over */
    return ERR_OK;
}

/* ---- how much is left, over all services ---- */

static int by_start(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->coach > y->coach) - (x->coach < y->coach);
}

struct starts { /* owns v */
    struct slot *v;
    size_t n, cap;
};

static void starts_done(struct starts *l)
{
    mem_free(l->v);
}

static enum err add_starts(struct starts *l, const struct free_list *more)
{
    for (size_t i = 0; i < more->n; i++) {
        if (!mem_grow(&l->v, &l->cap, l->n, sizeof(*l->v)))
            return ERR_NOMEM;
        l->v[l->n++] = more->v[i];
    }
    return ERR_OK;
}

/* A start that several services could take is one. */
static int count_starts(struct starts *l)
{
    int n = 0;
    if (l->n > 1)
        qsort(l->v, l->n, sizeof(*l->v), by_start);
    for (size_t i = 0; i < l->n; i++)
        n += i == 0 || by_start(&l->v[i - 1], &l->v[i]) != 0;
    return n;
}

static enum err left_of(const struct other *o, const struct region_left_query *q, int *ret_left)
{
    CLEANUP(starts_done) struct starts all = { 0 };
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < o->roster.n_services; i++) {
        CLEANUP(free_list_done) struct free_list free = { 0 };
        if (!o->roster.services[i].book)
            continue;
        e = other_free(o, q->rule, q->now,
                       &(struct other_wish){ o->roster.services[i].id, NULL, q->first, q->last },
                       &free);
        if (e == ERR_OK)
            e = add_starts(&all, &free);
    }
    if (e == ERR_OK)
        *ret_left = count_starts(&all);
    return e;
}

enum err flow_region_left(const struct region_left_query *q, struct roster *ret_roster,
                          int *ret_left)
{
    CLEANUP(other_done) struct other o = { .site = q->site, .roster_json = buf_make(ROSTER_JSON_MAX),
                                           .offer = buf_make(REGION_OFFER_MAX) };
    int left = 0;
    buf_adds(&o.roster_json, q->roster);
    buf_adds(&o.offer, q->offer);
    enum err e = buf_err(&o.roster_json);
    if (e == ERR_OK)
        e = buf_err(&o.offer);
    if (e == ERR_OK)
        e = other_read(&o);
    if (e == ERR_OK)
        e = left_of(&o, q, &left);
    if (e != ERR_OK)
        return e;
    *ret_left = left;
    *ret_roster = TAKE(o.roster);
    return ERR_OK;
}
