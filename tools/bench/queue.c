/*
 * tools/bench/queue.c - order and estimates of 100 waiting, beside a plain sort of
 * the same array. Goal: at most 10 times the sort.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "core/queue.h"
#include "tools/bench/rounds.h"

#define WAITING 100
#define COACHES 8
#define SERVICES 3
#define TIMES 2000

static int by_arrival(const void *a, const void *b)
{
    const struct queue_entry *x = a;
    const struct queue_entry *y = b;
    if (x->arrived != y->arrived)
        return x->arrived < y->arrived ? -1 : 1;
    return (x->seq > y->seq) - (x->seq < y->seq);
}

static void fill(struct queue_entry v[WAITING], utc_ms now)
{
    struct rng rng = rng_seeded(42);
    for (size_t i = 0; i < WAITING; i++) {
        utc_ms arrived = now - (utc_ms)rng_below(&rng, 90) * MINUTE_MS - (utc_ms)i;
        v[i] = (struct queue_entry){
            .tag = i,
            .state = VISIT_WAITING,
            .arrived = arrived,
            .due = rng_below(&rng, 3) == 0 ? arrived + 10 * MINUTE_MS : 0,
            .urgent = rng_below(&rng, 20) == 0,
            .redirected = rng_below(&rng, 10) == 0,
            .service = (int)rng_below(&rng, SERVICES),
            .coach = rng_below(&rng, 4) == 0 ? (int)rng_below(&rng, COACHES) : QUEUE_FIRST_FREE,
            .seq = (int64_t)i,
        };
    }
}

static double time_sort(const struct queue_entry *all)
{
    struct queue_entry v[WAITING];
    int64_t start = bench_now_ns();
    for (int i = 0; i < TIMES; i++) {
        memcpy(v, all, sizeof(v));
        qsort(v, WAITING, sizeof(*v), by_arrival);
    }
    return (double)(bench_now_ns() - start) / 1000.0 / TIMES;
}

static double time_queue(const struct queue_entry *all, const struct queue_floor *floor, utc_ms now)
{
    const struct queue_rules rules = { 10, 45, 5 };
    struct queue_entry v[WAITING];
    struct queue_wait waits[WAITING];
    int64_t start = bench_now_ns();
    for (int i = 0; i < TIMES; i++) {
        memcpy(v, all, sizeof(v));
        if (queue_order(v, WAITING, &rules, now) != ERR_OK ||
            queue_waits(v, WAITING, floor, waits) != ERR_OK)
            abort();
    }
    return (double)(bench_now_ns() - start) / 1000.0 / TIMES;
}

int main(void)
{
    const utc_ms now = INT64_C(1774341600000);
    struct queue_entry all[WAITING];
    fill(all, now);
    struct queue_coach coaches[COACHES];
    for (int i = 0; i < COACHES; i++)
        coaches[i] = (struct queue_coach){ .services = i % 2 ? 7 : 3, .at_work = i != 5 };
    const int64_t service_s[SERVICES] = { 1200, 1500, 900 };
    const struct queue_floor floor = { coaches, COACHES, service_s, SERVICES };

    double ours[99];
    double peer[99];
    int n = bench_rounds();
    for (int i = -1; i < n; i++) {
        double sort = time_sort(all);
        double queue = time_queue(all, &floor, now);
        if (i < 0)
            continue;
        peer[i] = sort;
        ours[i] = queue;
    }
    bench_report("queue order and estimates, 100 waiting", "us", ours, peer, n);
    return 0;
}
