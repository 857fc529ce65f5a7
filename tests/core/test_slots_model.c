/*
 * Slots against a slow and obvious model: every five minutes of a day are
 * looked at one by one, and every rule is asked about each.
 */
#include "core/slots.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "tests/core/zones.h"

#define PIECES_MAX 640
#define SOURCES_MAX 8

static const char *const zone_names[] = { "Europe/Amsterdam", "Australia/Lord_Howe", "Etc/UTC" };

/* A random house, with its lists inside it. */
struct house {
    struct roster r;
    struct roster_hours opening[3], availability[3][3];
    struct roster_closure closures[1];
    struct roster_exception exceptions[2], coach_exceptions[3][2];
    struct roster_break breaks[3][2];
    struct roster_service services[1];
    struct roster_coach coaches[3];
    struct busy_span busy[8];
};

static int below(struct rng *rng, int n)
{
    return (int)rng_below(rng, (uint32_t)n);
}

static struct minute_span random_span(struct rng *rng)
{
    static const int edges[] = { 0, 60, 90, 120, 150, 180, 540, 1380, 1440 };
    int a = below(rng, 2) ? edges[below(rng, (int)ARRAY_LEN(edges))] : 5 * below(rng, 289);
    int len = 5 * (1 + below(rng, below(rng, 2) ? 24 : 200));
    a = a > 1435 ? 1380 : a;
    return (struct minute_span){ a, a + len > 1440 ? 1440 : a + len };
}

static struct roster_hours random_hours(struct rng *rng, civil_day day)
{
    civil_day from = day - below(rng, 30);
    return (struct roster_hours){
        .weekdays = below(rng, 3) ? 0x7Fu : 1u + rng_below(rng, 127),
        .span = random_span(rng),
        .open_for = 1u + rng_below(rng, 3),
        .every_weeks = below(rng, 2) ? 1 : 1 + below(rng, 4),
        .valid_from = from,
        .valid_to = below(rng, 3) ? CIVIL_DAY_FOREVER : from + below(rng, 40),
    };
}

static struct roster_exception random_exception(struct rng *rng, civil_day day)
{
    struct roster_exception e = { .date = day + (below(rng, 3) ? 0 : below(rng, 3) - 1),
                                  .kind = (enum exception_kind)below(rng, 3) };
    if (e.kind != EXCEPTION_CLOSED)
        e.span = random_span(rng);
    e.override = e.kind == EXCEPTION_EXTRA && below(rng, 2);
    return e;
}

static void random_coach(struct rng *rng, struct house *h, int i, civil_day day)
{
    struct roster_coach *c = &h->coaches[i];
    *c = (struct roster_coach){ .services = below(rng, 5) > 0, .availability = h->availability[i],
                                .breaks = h->breaks[i], .exceptions = h->coach_exceptions[i] };
    snprintf(c->id, sizeof(c->id), "%c%d", 'a' + below(rng, 26), i);
    c->n_availability = (size_t)below(rng, 3);
    c->n_breaks = (size_t)(below(rng, 2) ? 0 : below(rng, 3));
    c->n_exceptions = (size_t)(below(rng, 2) ? 0 : below(rng, 3));
    for (size_t k = 0; k < c->n_availability; k++)
        h->availability[i][k] = random_hours(rng, day);
    for (size_t k = 0; k < c->n_breaks; k++)
        h->breaks[i][k] = (struct roster_break){ 1u + rng_below(rng, 127), random_span(rng) };
    for (size_t k = 0; k < c->n_exceptions; k++)
        h->coach_exceptions[i][k] = random_exception(rng, day);
}

static void random_house(struct rng *rng, struct house *h, civil_day day)
{
    struct roster *r = &h->r;
    *r = (struct roster){ .opening = h->opening, .closures = h->closures,
                          .services = h->services, .coaches = h->coaches,
                          .exceptions = h->exceptions, .n_services = 1 };
    r->rules = roster_default_rules();
    r->rules.step_minutes = 5 * (1 + below(rng, 9));
    r->rules.lead_minutes = below(rng, 2) ? 0 : 5 * below(rng, 100);
    r->rules.horizon_days = 1 + below(rng, 4);
    h->services[0] = (struct roster_service){ .minutes = 5 * (1 + below(rng, 12)),
                                              .buffer_minutes = below(rng, 2) * 5 * below(rng, 5),
                                              .book = true };
    r->n_opening = (size_t)(1 + below(rng, 3));
    for (size_t i = 0; i < r->n_opening; i++)
        h->opening[i] = random_hours(rng, day);
    if (below(rng, 2))
        h->opening[0].span = (struct minute_span){ 0, 1440 };
    r->n_closures = (size_t)(below(rng, 6) == 0);
    h->closures[0] = (struct roster_closure){ .from = day - below(rng, 2), .to = day };
    r->n_exceptions = (size_t)(below(rng, 3) ? 0 : below(rng, 3));
    for (size_t i = 0; i < r->n_exceptions; i++)
        h->exceptions[i] = random_exception(rng, day);
    r->n_coaches = (size_t)(1 + (below(rng, 4) == 0) + (below(rng, 8) == 0));
    for (int i = 0; i < (int)r->n_coaches; i++)
        random_coach(rng, h, i, day);
}

/* Busy spans by coach, then start; some overlap, some lie off the five minutes. */
static size_t random_busy(struct rng *rng, struct house *h, utc_ms day_start)
{
    size_t n = 0;
    for (int coach = 0; coach < (int)h->r.n_coaches; coach++) {
        utc_ms at = day_start - 2 * HOUR_MS;
        for (int k = below(rng, 3); k > 0; k--) {
            at += 5 * MINUTE_MS * below(rng, 160) + (below(rng, 8) ? 0 : 12345);
            utc_ms stop = at + 5 * MINUTE_MS * (1 + below(rng, 30));
            h->busy[n++] = (struct busy_span){ coach, at, stop };
        }
    }
    return n;
}

/* ---- the model ---- */

struct moment {
    utc_ms at;
    int minute; /* local */
};

/* All five-minute instants that show this date. */
static int moments_of(const struct zone *z, civil_day day, struct moment ret[PIECES_MAX])
{
    int n = 0;
    for (utc_ms at = (day - 2) * DAY_MS; at < (day + 3) * DAY_MS && n < PIECES_MAX;
         at += 5 * MINUTE_MS) {
        if (n == 0 && at < day * DAY_MS - 16 * HOUR_MS)
            continue; /* no zone is that far from UTC */
        if (at > day * DAY_MS + 40 * HOUR_MS)
            break;
        struct local_time l = zone_local(z, at);
        if (l.day == day)
            ret[n++] = (struct moment){ at, l.minute };
    }
    return n;
}

static bool in(struct minute_span s, int minute)
{
    return minute >= s.from && minute < s.to;
}

static bool applies(const struct roster_hours *h, civil_day day)
{
    if (day < h->valid_from || day > h->valid_to)
        return false;
    civil_day week = h->valid_from;
    while (civil_weekday(week) != 0)
        week--;
    int weeks = 0;
    while (week + 7 <= day) {
        week += 7;
        weeks++;
    }
    return weeks % h->every_weeks == 0 && (h->weekdays & (1u << civil_weekday(day)));
}

static bool closed_by_closure(const struct roster *r, civil_day day)
{
    for (size_t i = 0; i < r->n_closures; i++)
        if (day >= r->closures[i].from && day <= r->closures[i].to)
            return true;
    for (size_t i = 0; i < r->n_exceptions; i++)
        if (r->exceptions[i].kind == EXCEPTION_CLOSED && r->exceptions[i].date == day)
            return true;
    return false;
}

static bool has_kind(const struct roster_exception *v, size_t n, civil_day day,
                     enum exception_kind kind)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].date == day && v[i].kind == kind)
            return true;
    return false;
}

static bool site_open(const struct roster *r, civil_day day, int minute)
{
    bool closed = closed_by_closure(r, day);
    bool replaced = has_kind(r->exceptions, r->n_exceptions, day, EXCEPTION_REPLACE);
    for (size_t i = 0; i < r->n_exceptions; i++) {
        const struct roster_exception *e = &r->exceptions[i];
        if (e->date != day || !in(e->span, minute))
            continue;
        if (e->kind == EXCEPTION_EXTRA && (e->override || !closed))
            return true;
        if (e->kind == EXCEPTION_REPLACE && !closed)
            return true;
    }
    for (size_t i = 0; i < r->n_opening; i++)
        if (!closed && !replaced && applies(&r->opening[i], day) &&
            (r->opening[i].open_for & OPEN_APPOINTMENT) && in(r->opening[i].span, minute))
            return true;
    return false;
}

static bool on_break(const struct roster_coach *c, civil_day day, int minute)
{
    for (size_t i = 0; i < c->n_breaks; i++)
        if ((c->breaks[i].weekdays & (1u << civil_weekday(day))) && in(c->breaks[i].span, minute))
            return true;
    return false;
}

/* A rule of the coach that holds on the day; `inside`: only in the opening hours. */
struct source {
    struct minute_span span;
    bool inside;
};

static int sources_of(const struct roster *r, const struct roster_coach *c, civil_day day,
                      struct source ret[SOURCES_MAX])
{
    int n = 0;
    bool closed = has_kind(c->exceptions, c->n_exceptions, day, EXCEPTION_CLOSED);
    bool replaced = has_kind(c->exceptions, c->n_exceptions, day, EXCEPTION_REPLACE);
    for (size_t i = 0; i < c->n_availability; i++)
        if (!closed && !replaced && applies(&c->availability[i], day))
            ret[n++] = (struct source){ c->availability[i].span, true };
    for (size_t i = 0; i < c->n_exceptions; i++) {
        const struct roster_exception *e = &c->exceptions[i];
        if (e->date == day && e->kind == EXCEPTION_REPLACE)
            ret[n++] = (struct source){ e->span, true };
        if (e->date == day && e->kind == EXCEPTION_EXTRA &&
            (e->override || !closed_by_closure(r, day)))
            ret[n++] = (struct source){ e->span, false };
    }
    return n;
}

/* One coach's day in the model: when they work at all, and where starts fit. */
struct model {
    int n;
    struct moment m[PIECES_MAX];
    bool works[PIECES_MAX], fits[PIECES_MAX], taken[PIECES_MAX];
};

static void model_source(const struct roster *r, const struct roster_coach *c, civil_day day,
                         const struct source *s, struct model *mo)
{
    bool ok[PIECES_MAX];
    int pieces = (r->services[0].minutes + r->services[0].buffer_minutes) / 5;
    for (int i = 0; i < mo->n; i++) {
        int minute = mo->m[i].minute;
        ok[i] = in(s->span, minute) && !on_break(c, day, minute) &&
                (!s->inside || site_open(r, day, minute));
        mo->works[i] = mo->works[i] || ok[i];
    }
    for (int i = 0; i < mo->n; i++) {
        bool fits = ok[i] && (mo->m[i].minute - s->span.from) % r->rules.step_minutes == 0;
        for (int k = 1; fits && k < pieces; k++)
            fits = i + k < mo->n && ok[i + k] &&
                   mo->m[i + k].at == mo->m[i].at + k * 5 * MINUTE_MS;
        mo->fits[i] = mo->fits[i] || fits;
    }
}

/* In a region: every five minutes of it are of the kind that is asked for. */
static bool model_part(const struct slot_query *q, const char *coach, utc_ms start, utc_ms stop)
{
    bool shared = false, local = false;
    for (utc_ms t = start; q->shared && t < stop; t += 5 * MINUTE_MS) {
        bool s = shared_at(q->shared, coach, t);
        shared = shared || s;
        local = local || !s;
    }
    return !(shared && local) && !(shared && q->part == SLOTS_LOCAL) &&
           !(local && q->part == SLOTS_SHARED);
}

static void model_of(const struct slot_query *q, int coach, civil_day day, struct model *mo)
{
    const struct roster *r = q->roster;
    const struct roster_coach *c = &r->coaches[coach];
    struct source source[SOURCES_MAX];
    memset(mo->works, 0, sizeof(mo->works));
    memset(mo->fits, 0, sizeof(mo->fits));
    int n = sources_of(r, c, day, source);
    for (int i = 0; i < n; i++)
        model_source(r, c, day, &source[i], mo);
    utc_ms length = (r->services[0].minutes + r->services[0].buffer_minutes) * MINUTE_MS;
    for (int i = 0; i < mo->n; i++)
        mo->fits[i] = mo->fits[i] && model_part(q, c->id, mo->m[i].at, mo->m[i].at + length);
    for (int i = 0; i < mo->n; i++) {
        mo->taken[i] = false;
        for (size_t k = 0; k < q->n_busy; k++)
            if (q->busy[k].coach == coach && q->busy[k].start < mo->m[i].at + length &&
                mo->m[i].at < q->busy[k].stop)
                mo->taken[i] = true;
    }
}

static bool in_time(const struct slot_query *q, civil_day day, utc_ms start)
{
    return start >= q->now + q->roster->rules.lead_minutes * MINUTE_MS &&
           day <= zone_day(q->zone, q->now) + q->roster->rules.horizon_days;
}

/* ---- the comparison ---- */

static bool listed(const struct slot_list *list, int coach, utc_ms start)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].coach == coach && list->v[i].start == start)
            return true;
    return false;
}

static void check_sorted(const struct slot_query *q, const struct slot_list *list, long round)
{
    for (size_t i = 1; i < list->n; i++) {
        const struct slot *a = &list->v[i - 1], *b = &list->v[i];
        int by_id = strcmp(q->roster->coaches[a->coach].id, q->roster->coaches[b->coach].id);
        if (a->start > b->start || (a->start == b->start && by_id >= 0))
            CHECK_FAIL("round %ld: slot %zu is out of order", round, i);
    }
}

static void check_verdict(const struct slot_query *q, const struct model *mo, int i, int coach,
                          civil_day day, long round)
{
    enum slot_verdict want = SLOT_FREE;
    if (!(q->roster->coaches[coach].services & 1))
        want = SLOT_NOT_OFFERED;
    else if (mo->m[i].at < q->now + q->roster->rules.lead_minutes * MINUTE_MS)
        want = SLOT_TOO_SOON;
    else if (!in_time(q, day, mo->m[i].at))
        want = SLOT_TOO_FAR;
    else if (!mo->fits[i])
        want = SLOT_OUTSIDE;
    else if (mo->taken[i])
        want = SLOT_TAKEN;
    struct slot_query one = *q;
    one.coach = coach;
    enum slot_verdict got = slot_at(&one, mo->m[i].at);
    if (got != want)
        CHECK_FAIL("round %ld: minute %d is %s, should be %s", round, mo->m[i].minute,
                   slot_verdict_text(got), slot_verdict_text(want));
}

static void check_hours(const struct slot_query *q, const struct model *mo, int i, int pieces,
                        int coach, long round)
{
    bool want = i + pieces <= mo->n;
    for (int k = 0; want && k < pieces; k++)
        want = mo->works[i + k] && mo->m[i + k].at == mo->m[i].at + k * 5 * MINUTE_MS;
    bool got = slot_within_hours(q->roster, q->zone, coach, mo->m[i].at,
                                 mo->m[i].at + pieces * 5 * MINUTE_MS);
    if (got != want)
        CHECK_FAIL("round %ld: %d pieces from minute %d are within hours: %d, should be %d", round,
                   pieces, mo->m[i].minute, got, want);
}

static size_t check_day(struct rng *rng, const struct slot_query *q, const struct slot_list *list,
                        civil_day day, long round)
{
    static struct model mo;
    size_t want = 0;
    mo.n = moments_of(q->zone, day, mo.m);
    for (int coach = 0; coach < (int)q->roster->n_coaches; coach++) {
        bool offers = q->roster->coaches[coach].services & 1;
        model_of(q, coach, day, &mo);
        for (int i = 0; i < mo.n; i++) {
            if (!offers || !mo.fits[i] || mo.taken[i] || !in_time(q, day, mo.m[i].at))
                continue;
            want++;
            if (!listed(list, coach, mo.m[i].at))
                CHECK_FAIL("round %ld: coach %d at minute %d is missing", round, coach,
                           mo.m[i].minute);
        }
        check_verdict(q, &mo, below(rng, mo.n), coach, day, round);
        check_hours(q, &mo, below(rng, mo.n), 1 + below(rng, 12), coach, round);
    }
    return want;
}

/* Mostly the days on which clocks change, and the turn of the year. */
static civil_day random_day(struct rng *rng)
{
    static const struct civil_date special[] = { { 2026, 3, 29 }, { 2026, 10, 25 }, { 2026, 4, 5 },
                                                 { 2026, 10, 4 }, { 2026, 12, 28 }, { 2027, 1, 1 },
                                                 { 2060, 3, 28 } };
    if (below(rng, 2))
        return civil_day_of(special[below(rng, (int)ARRAY_LEN(special))]);
    return 20454 + below(rng, 1000);
}

static size_t one_round(uint64_t seed, long round, const struct zone zones[])
{
    static struct house h;
    struct rng rng = rng_seeded(seed + (uint64_t)round);
    const struct zone *z = &zones[below(&rng, (int)ARRAY_LEN(zone_names))];
    civil_day day = random_day(&rng);
    random_house(&rng, &h, day);
    struct slot_query q = { .roster = &h.r, .zone = z, .coach = SLOT_ANY_COACH,
                            .first_day = day, .last_day = day + (below(&rng, 8) == 0),
                            .busy = h.busy };
    q.n_busy = random_busy(&rng, &h, zone_day_start(z, day));
    static const int blocks[] = { 30, 60, 120 };
    const struct shared_rule rule = { blocks[below(&rng, 3)], 1 + below(&rng, 4) };
    q.shared = below(&rng, 2) ? &rule : NULL;
    q.part = (enum slot_part)below(&rng, 3);
    q.now = day * DAY_MS - HOUR_MS * below(&rng, 100) + 5 * MINUTE_MS * below(&rng, 300) +
            (below(&rng, 2) ? 0 : below(&rng, 300000));
    CLEANUP(slot_list_done) struct slot_list list = { 0 };
    CHECK_OK(slots_list(&q, &list));
    size_t want = 0;
    for (civil_day d = q.first_day; d <= q.last_day; d++)
        want += check_day(&rng, &q, &list, d, round);
    if (list.n != want)
        CHECK_FAIL("round %ld: %zu slots, should be %zu", round, list.n, want);
    check_sorted(&q, &list, round);
    return want;
}

TEST(random_houses_and_days_agree_with_the_slow_model)
{
    struct zone zones[ARRAY_LEN(zone_names)];
    uint64_t seed = check_seed();
    size_t found = 0;
    long rounds = check_rounds(100000);
    for (size_t i = 0; i < ARRAY_LEN(zone_names); i++)
        zones[i] = zone_of(zone_names[i]);
    for (long round = 0; round < rounds; round++)
        found += one_round(seed, round, zones);
    CHECK(found > (size_t)rounds); /* the houses are not all closed */
    for (size_t i = 0; i < ARRAY_LEN(zone_names); i++)
        zone_done(&zones[i]);
}
