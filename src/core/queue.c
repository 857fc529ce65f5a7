#include "core/queue.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define SECONDS_PER_MINUTE 60
#define DURATION_LEAST_S 60
#define DURATION_MOST_TIMES 3

struct queue_rules queue_rules_of(const struct roster_rules *rules)
{
    return (struct queue_rules){ rules->late_minutes, rules->starve_minutes,
                                 rules->recall_block_minutes };
}

/* ---- order ---- */

bool queue_is_late(const struct queue_entry *e, const struct queue_rules *rules)
{
    return e->due != 0 && e->arrived - e->due > rules->late_minutes * MINUTE_MS;
}

int queue_band(const struct queue_entry *e, const struct queue_rules *rules, utc_ms now)
{
    bool appointment = e->due != 0 && !queue_is_late(e, rules);
    if (e->urgent)
        return 1;
    if (e->redirected || (appointment && now >= e->due - QUEUE_DUE_EARLY_MS))
        return 2;
    if (!appointment && now - e->arrived > rules->starve_minutes * MINUTE_MS)
        return 2;
    return 3;
}

utc_ms queue_effective(const struct queue_entry *e, const struct queue_rules *rules)
{
    return e->due != 0 && !queue_is_late(e, rules) ? e->due : e->arrived;
}

/* What an entry is ordered by, worked out once. */
struct order_key {
    int band;
    utc_ms effective;
    int64_t seq;
    size_t tag;
    size_t index; /* where it stood */
};

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_order(const void *pa, const void *pb)
{
    const struct order_key *a = pa, *b = pb;
    if (a->band != b->band)
        return compare(a->band, b->band);
    if (a->effective != b->effective)
        return compare(a->effective, b->effective);
    if (a->seq != b->seq)
        return compare(a->seq, b->seq);
    if (a->tag != b->tag)
        return a->tag < b->tag ? -1 : 1;
    return a->index < b->index ? -1 : 1;
}

enum err queue_order(struct queue_entry *v, size_t n, const struct queue_rules *rules, utc_ms now)
{
    if (n < 2)
        return ERR_OK;
    CLEANUP(mem_freep) struct order_key *key = mem_calloc(n, sizeof(*key));
    CLEANUP(mem_freep) struct queue_entry *old = mem_calloc(n, sizeof(*old));
    if (!key || !old)
        return ERR_NOMEM;
    for (size_t i = 0; i < n; i++)
        key[i] = (struct order_key){ queue_band(&v[i], rules, now), queue_effective(&v[i], rules),
                                     v[i].seq, v[i].tag, i };
    qsort(key, n, sizeof(*key), by_order);
    memcpy(old, v, n * sizeof(*v));
    for (size_t i = 0; i < n; i++)
        v[i] = old[key[i].index];
    return ERR_OK;
}

/* ---- who may take whom ---- */

bool queue_may_serve(int coach, uint64_t services, const struct queue_entry *e)
{
    if (e->coach != QUEUE_FIRST_FREE)
        return e->coach == coach;
    return e->service >= 0 && e->service < ROSTER_SERVICES_MAX && (services >> e->service & 1) != 0;
}

long queue_next_for(int coach, uint64_t services, const struct queue_entry *v, size_t n,
                    const struct queue_rules *rules, utc_ms now)
{
    utc_ms block = rules->recall_block_minutes * MINUTE_MS;
    for (size_t i = 0; i < n; i++) {
        bool just_called = v[i].last_call != 0 && now - v[i].last_call < block;
        if (v[i].state == VISIT_WAITING && !just_called && queue_may_serve(coach, services, &v[i]))
            return (long)i;
    }
    return -1;
}

/* ---- waiting time ---- */

static int by_duration(const void *pa, const void *pb)
{
    const int64_t *a = pa, *b = pb;
    return compare(*a, *b);
}

int64_t queue_service_seconds(const int64_t *durations_s, size_t n, int service_minutes)
{
    int64_t own = (int64_t)service_minutes * SECONDS_PER_MINUTE;
    int64_t most = own * DURATION_MOST_TIMES;
    int64_t v[QUEUE_MEDIAN_OF];
    if (n > QUEUE_MEDIAN_OF)
        n = QUEUE_MEDIAN_OF;
    if (n >= QUEUE_MEDIAN_LEAST) {
        for (size_t i = 0; i < n; i++) {
            v[i] = durations_s[i] > most ? most : durations_s[i];
            v[i] = v[i] < DURATION_LEAST_S ? DURATION_LEAST_S : v[i];
        }
        qsort(v, n, sizeof(v[0]), by_duration);
        own = (v[(n - 1) / 2] + v[n / 2]) / 2;
    }
    return own < DURATION_LEAST_S ? DURATION_LEAST_S : own;
}

/* The coaches at work who may take a visit of this service, or that coach. */
static uint64_t takers(const struct queue_floor *floor, const struct queue_entry *e)
{
    uint64_t set = 0;
    for (size_t i = 0; i < floor->n_coaches; i++)
        if (floor->coaches[i].at_work && queue_may_serve((int)i, floor->coaches[i].services, e))
            set |= UINT64_C(1) << i;
    return set;
}

/* From floor(0.8 A / w max(0, k - w + 1)) to floor(A / w (k + 1)) minutes. */
static struct queue_wait wait_by_formula(const struct queue_floor *floor,
                                         const struct queue_entry *e, uint64_t may_take, int k)
{
    int w = __builtin_popcountll(may_take);
    bool known = w > 0 && e->state == VISIT_WAITING && e->service >= 0 &&
                 (size_t)e->service < floor->n_services;
    if (!known)
        return (struct queue_wait){ .known = false, .ahead = k };
    int64_t a = floor->service_s[e->service];
    int64_t turns = k - w + 1 > 0 ? k - w + 1 : 0;
    return (struct queue_wait){ .known = true,
                                .min_min = (int)(4 * a * turns / (5 * SECONDS_PER_MINUTE * w)),
                                .max_min = (int)(a * (k + 1) / (SECONDS_PER_MINUTE * w)),
                                .ahead = k };
}

/* The takers of every entry; those of a service are worked out once. */
static void fill_takers(const struct queue_entry *v, size_t n, const struct queue_floor *floor,
                        uint64_t *ret)
{
    uint64_t of_service[ROSTER_SERVICES_MAX];
    uint64_t known = 0;
    for (size_t i = 0; i < n; i++) {
        bool first_free = v[i].coach == QUEUE_FIRST_FREE && v[i].service >= 0 &&
                          v[i].service < ROSTER_SERVICES_MAX;
        if (first_free && (known >> v[i].service & 1) != 0) {
            ret[i] = of_service[v[i].service];
            continue;
        }
        ret[i] = takers(floor, &v[i]);
        if (first_free) {
            of_service[v[i].service] = ret[i];
            known |= UINT64_C(1) << v[i].service;
        }
    }
}

enum err queue_waits(const struct queue_entry *v, size_t n, const struct queue_floor *floor,
                     struct queue_wait *ret)
{
    if (floor->n_coaches > ROSTER_COACHES_MAX)
        return ERR_INVAL;
    CLEANUP(mem_freep) uint64_t *may_take = mem_calloc(2 * n + 1, sizeof(*may_take));
    if (!may_take)
        return ERR_NOMEM;
    uint64_t *waiting = may_take + n; /* the takers of those before, who wait */
    size_t n_waiting = 0;
    fill_takers(v, n, floor, may_take);
    for (size_t i = 0; i < n; i++) {
        int ahead = 0;
        for (size_t k = 0; k < n_waiting; k++)
            ahead += (waiting[k] & may_take[i]) != 0;
        ret[i] = wait_by_formula(floor, &v[i], may_take[i], ahead);
        if (v[i].state == VISIT_WAITING)
            waiting[n_waiting++] = may_take[i];
    }
    return ERR_OK;
}

struct queue_wait queue_wait_of(const struct queue_entry *v, size_t n, size_t i, int coach,
                                const struct queue_floor *floor)
{
    if (i >= n || floor->n_coaches > ROSTER_COACHES_MAX)
        return (struct queue_wait){ .known = false };
    struct queue_entry e = v[i];
    e.coach = coach;
    uint64_t may_take = takers(floor, &e);
    int ahead = 0;
    for (size_t k = 0; k < i; k++)
        ahead += v[k].state == VISIT_WAITING && (takers(floor, &v[k]) & may_take) != 0;
    return wait_by_formula(floor, &e, may_take, ahead);
}

struct queue_wait queue_wait_rounded(struct queue_wait w)
{
    w.min_min = (w.min_min + 4) / 5 * 5;
    w.max_min = (w.max_min + 4) / 5 * 5;
    return w;
}
