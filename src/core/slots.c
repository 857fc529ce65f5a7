#include "core/slots.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/coach_day.h"
#include "core/quantum.h"

#define DAY_QUANTA_MAX 640 /* a local day lasts 24 hours, and at most 26 more by a clock change */

/* ---- the question ---- */

static bool busy_sorted(const struct slot_query *q)
{
    for (size_t i = 0; i < q->n_busy; i++) {
        const struct busy_span *b = &q->busy[i];
        if (b->coach < 0 || (size_t)b->coach >= q->roster->n_coaches)
            return false;
        if (i > 0 && (b[-1].coach > b->coach ||
                      (b[-1].coach == b->coach && b[-1].start > b->start)))
            return false;
    }
    return true;
}

static bool ids_valid(const struct slot_query *q)
{
    return q->service >= 0 && (size_t)q->service < q->roster->n_services &&
           (q->coach == SLOT_ANY_COACH ||
            (q->coach >= 0 && (size_t)q->coach < q->roster->n_coaches));
}

static utc_ms earliest_start(const struct slot_query *q)
{
    return q->now + q->roster->rules.lead_minutes * MINUTE_MS;
}

static civil_day last_day(const struct slot_query *q)
{
    return zone_day(q->zone, q->now) + q->roster->rules.horizon_days;
}

static int whole_minutes(const struct slot_query *q)
{
    const struct roster_service *s = &q->roster->services[q->service];
    return s->minutes + s->buffer_minutes;
}

/* ---- listing ---- */

/* Starts of one coach on one day: a bit per quantum. */
#define STARTS_WORDS (DAY_QUANTA_MAX / 64)
struct starts {
    uint64_t w[STARTS_WORDS];
};

/* One coach of the question, in the order of ids, with the busy spans that may
 * still matter: those before `next` have ended. */
struct column {
    int coach;
    size_t next, end;
    bool shaped; /* the last ordinary day's starts are kept: most days have the same */
    struct coach_shape shape;
    struct starts usual;
};

struct lister {
    const struct slot_query *q;
    struct column column[ROSTER_COACHES_MAX];
    int n_columns;
    int minutes; /* with the buffer */
    utc_ms earliest;
    struct starts free[ROSTER_COACHES_MAX]; /* of this day, by column */
    int n_quanta;                           /* in this day */
};

static bool offers(const struct slot_query *q, int coach)
{
    return (q->coach == SLOT_ANY_COACH || q->coach == coach) &&
           roster_coach_offers(q->roster, coach, q->service);
}

/* The coaches that count, by id (few, so by insertion), each with its busy spans. */
static void make_columns(struct lister *l)
{
    const struct slot_query *q = l->q;
    const struct roster_coach *coaches = q->roster->coaches;
    size_t busy = 0;
    for (int coach = 0; coach < (int)q->roster->n_coaches; coach++) {
        struct column column = { .coach = coach, .next = busy };
        while (busy < q->n_busy && q->busy[busy].coach == coach)
            busy++;
        column.end = busy;
        if (!offers(q, coach))
            continue;
        int at = l->n_columns++;
        for (; at > 0 && strcmp(coaches[l->column[at - 1].coach].id, coaches[coach].id) > 0; at--)
            l->column[at] = l->column[at - 1];
        l->column[at] = column;
    }
}

/* Quanta [from, to) of the day are no starts. */
static void cut(const struct lister *l, struct starts *starts, int64_t from, int64_t to)
{
    from = from < 0 ? 0 : from;
    to = to > l->n_quanta ? l->n_quanta : to;
    if (from < to)
        bits_put(starts->w, (int)from, (int)to, false);
}

/* A start is taken when it lies after b->start minus the length, and before b->stop. */
static void cut_busy(const struct lister *l, struct column *c, utc_ms day_start,
                     struct starts *starts)
{
    const struct busy_span *busy = l->q->busy;
    utc_ms day_end = day_start + l->n_quanta * QUANTUM_MS;
    utc_ms length = l->minutes * MINUTE_MS;
    while (c->next < c->end && busy[c->next].stop <= day_start)
        c->next++;
    for (size_t i = c->next; i < c->end && busy[i].start < day_end; i++)
        cut(l, starts, q5_of(busy[i].start - length - day_start) + 1,
            q5_of(busy[i].stop - 1 - day_start) + 1);
}

/* In a region: whether a start may be asked for at all, and by whoever asks. */
static bool in_part(const struct slot_query *q, int coach, utc_ms start)
{
    if (!q->shared)
        return true;
    enum shared_kind kind = shared_kind_of(q->shared, q->roster->coaches[coach].id, start,
                                           start + whole_minutes(q) * MINUTE_MS);
    return (kind == SHARED_LOCAL && q->part != SLOTS_SHARED) ||
           (kind == SHARED_REGION && q->part != SLOTS_LOCAL);
}

/* Starts that may not be asked for in this part of the region's day. */
static void cut_other_part(const struct lister *l, int coach, utc_ms day_start,
                           struct starts *starts)
{
    for (int w = 0; w < STARTS_WORDS; w++)
        for (uint64_t set = starts->w[w]; set != 0; set &= set - 1) {
            int quantum = w * 64 + __builtin_ctzll(set);
            if (!in_part(l->q, coach, day_start + quantum * QUANTUM_MS))
                starts->w[w] &= ~(set & -set);
        }
}

static struct starts starts_of(const struct lister *l, int coach, const struct site_day *site)
{
    struct starts starts = { { 0 } };
    int16_t quantum[COACH_STARTS_MAX];
    int n = coach_starts(l->q->roster, coach, site, l->minutes, l->q->roster->rules.step_minutes,
                         quantum);
    for (int i = 0; i < n; i++)
        if (quantum[i] < l->n_quanta)
            starts.w[quantum[i] / 64] |= UINT64_C(1) << quantum[i] % 64;
    return starts;
}

/* What the coach's rules give, without a look at the time and at what is taken. */
static void usual_starts(const struct lister *l, struct column *c, const struct site_day *site,
                         struct starts *ret_starts)
{
    struct coach_shape shape;
    if (!coach_shape_of(l->q->roster, c->coach, site, &shape)) {
        *ret_starts = starts_of(l, c->coach, site);
        return;
    }
    if (!c->shaped || !coach_shape_same(&shape, &c->shape)) {
        c->usual = starts_of(l, c->coach, site);
        c->shape = shape;
        c->shaped = true;
    }
    *ret_starts = c->usual;
}

static void free_of_coach(struct lister *l, int index, const struct site_day *site)
{
    struct column *c = &l->column[index];
    struct starts *starts = &l->free[index];
    utc_ms day_start = site->seg[0].start;
    usual_starts(l, c, site, starts);
    if (day_start < l->earliest)
        cut(l, starts, 0, q5_of(l->earliest - 1 - day_start) + 1);
    cut_busy(l, c, day_start, starts);
    if (l->q->shared)
        cut_other_part(l, c->coach, day_start, starts);
}

/* One start of the day, with whoever is free then: every coach is written down, and the place
 * is kept only for who is free, which costs less than to ask before. */
static void put_start(const struct lister *l, int quantum, struct slot s, struct slot_list *list)
{
    for (int i = 0; i < l->n_columns; i++) {
        s.coach = l->column[i].coach;
        list->v[list->n] = s;
        list->n += l->free[i].w[quantum / 64] >> quantum % 64 & 1;
    }
}

static enum err collect(const struct lister *l, utc_ms day_start, struct slot_list *list)
{
    utc_ms length = l->q->roster->services[l->q->service].minutes * MINUTE_MS;
    for (int w = 0; w < STARTS_WORDS; w++) {
        uint64_t set = 0;
        for (int i = 0; i < l->n_columns; i++)
            set |= l->free[i].w[w];
        for (; set != 0; set &= set - 1) {
            int quantum = w * 64 + __builtin_ctzll(set);
            utc_ms start = day_start + quantum * QUANTUM_MS;
            while (list->cap - list->n < ROSTER_COACHES_MAX)
                if (!mem_grow(&list->v, &list->cap, list->cap, sizeof(*list->v)))
                    return ERR_NOMEM;
            put_start(l, quantum, (struct slot){ .start = start, .end = start + length }, list);
        }
    }
    return ERR_OK;
}

static enum err list_day(struct lister *l, civil_day day, struct slot_list *list)
{
    struct site_day site = site_day_of(l->q->roster, l->q->zone, day);
    if (site.n_seg == 0)
        return ERR_OK;
    const struct zone_segment *end = &site.seg[site.n_seg - 1];
    q5 quanta = q5_of(end->start - site.seg[0].start) +
                (end->local.to - end->local.from) / QUANTUM_MINUTES;
    l->n_quanta = quanta < DAY_QUANTA_MAX ? (int)quanta : DAY_QUANTA_MAX;
    for (int i = 0; i < l->n_columns; i++)
        free_of_coach(l, i, &site);
    return collect(l, site.seg[0].start, list);
}

enum err slots_list(const struct slot_query *q, struct slot_list *ret_list)
{
    if (!ids_valid(q) || q->first_day > q->last_day || !busy_sorted(q))
        return ERR_INVAL;
    CLEANUP(slot_list_done) struct slot_list list = { 0 };
    struct lister l = { .q = q, .minutes = whole_minutes(q), .earliest = earliest_start(q) };
    if (q->roster->services[q->service].book)
        make_columns(&l);
    civil_day last = last_day(q);
    civil_day first = zone_day(q->zone, l.earliest) - 1; /* clocks may go back */
    first = q->first_day > first ? q->first_day : first;
    last = q->last_day < last ? q->last_day : last;
    for (civil_day day = first; l.n_columns > 0 && day <= last; day++) {
        enum err e = list_day(&l, day, &list);
        if (e != ERR_OK)
            return e;
    }
    *ret_list = TAKE(list);
    return ERR_OK;
}

void slot_list_done(struct slot_list *list)
{
    mem_free(list->v);
    *list = (struct slot_list){ 0 };
}

/* ---- one start ---- */

const char *slot_verdict_text(enum slot_verdict v)
{
    switch (v) {
    case SLOT_FREE:
        return "free";
    case SLOT_NOT_OFFERED:
        return "not offered for booking";
    case SLOT_TOO_SOON:
        return "too soon";
    case SLOT_TOO_FAR:
        return "too far ahead";
    case SLOT_OUTSIDE:
        return "no start at that time";
    case SLOT_TAKEN:
        return "taken";
    }
    return "unknown";
}

static bool is_start(const struct slot_query *q, int coach, const struct site_day *site,
                     utc_ms start)
{
    int16_t quantum[COACH_STARTS_MAX];
    int n = coach_starts(q->roster, coach, site, whole_minutes(q), q->roster->rules.step_minutes,
                         quantum);
    for (int i = 0; i < n; i++)
        if (site->seg[0].start + quantum[i] * QUANTUM_MS == start)
            return true;
    return false;
}

static bool is_busy(const struct slot_query *q, int coach, utc_ms start)
{
    utc_ms stop = start + whole_minutes(q) * MINUTE_MS;
    for (size_t i = 0; i < q->n_busy; i++)
        if (q->busy[i].coach == coach && q->busy[i].start < stop && q->busy[i].stop > start)
            return true;
    return false;
}

enum slot_verdict slot_at(const struct slot_query *q, utc_ms start)
{
    if (!ids_valid(q) || !q->roster->services[q->service].book)
        return SLOT_NOT_OFFERED;
    civil_day day = zone_day(q->zone, start);
    struct site_day site = site_day_of(q->roster, q->zone, day);
    enum slot_verdict best = SLOT_NOT_OFFERED;
    for (int coach = 0; coach < (int)q->roster->n_coaches; coach++) {
        if (!offers(q, coach))
            continue;
        if (start < earliest_start(q))
            return SLOT_TOO_SOON;
        if (day > last_day(q))
            return SLOT_TOO_FAR;
        if (!is_start(q, coach, &site, start) || !in_part(q, coach, start))
            best = best == SLOT_TAKEN ? SLOT_TAKEN : SLOT_OUTSIDE;
        else if (is_busy(q, coach, start))
            best = SLOT_TAKEN;
        else
            return SLOT_FREE;
    }
    return best;
}

bool slot_within_hours(const struct roster *r, const struct zone *z, int coach, utc_ms start,
                       utc_ms stop)
{
    if (coach < 0 || (size_t)coach >= r->n_coaches)
        return false;
    struct site_day site = site_day_of(r, z, zone_day(z, start));
    return coach_works(r, coach, &site, start, stop);
}

/* ---- who is tried first ---- */

static bool before(const struct roster *r, const int *bookings, int a, int b)
{
    if (bookings[a] != bookings[b])
        return bookings[a] < bookings[b];
    int by_name = strcmp(r->coaches[a].name, r->coaches[b].name);
    return by_name != 0 ? by_name < 0 : strcmp(r->coaches[a].id, r->coaches[b].id) < 0;
}

size_t slot_coach_order(const struct roster *r, int service, const int *bookings,
                        int ret[ROSTER_COACHES_MAX])
{
    size_t n = 0;
    for (int coach = 0; coach < (int)r->n_coaches; coach++) {
        if (!roster_coach_offers(r, coach, service))
            continue;
        size_t at = n++;
        for (; at > 0 && before(r, bookings, coach, ret[at - 1]); at--)
            ret[at] = ret[at - 1];
        ret[at] = coach;
    }
    return n;
}
