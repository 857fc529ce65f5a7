/*
 * tools/bench/queue.c - order and estimates of 100 waiting, beside a plain sort of
 * the same array: at most 10 times the sort. And the whole list of 100 waiting as the desk shows
 * it, read from the house's database: at most half a millisecond.
 *
 *   queue [order]    only the first, whose instructions are counted
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "core/queue.h"
#include "flow/arrive.h"
#include "flow/queue.h"
#include "tools/bench/house.h"
#include "tools/bench/rounds.h"

#define WAITING 100
#define COACHES 8
#define SERVICES 3
#define TIMES 2000
#define TIMES_READ 20

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

static void come_in(struct flow *f, struct clock *clock, int n)
{
    struct person p = { .birth = 11000 + n, .topic = TOPIC_SCHOOL };
    char family[] = { 'A', (char)('a' + n / 10), (char)('a' + n % 10), '\0' };
    if (person_set_name(&p, "Noor", family).why != PERSON_FINE)
        bench_die("a name", ERR_INVAL);
    memcpy(p.municipality, "1674", 5);
    memcpy(p.lang, "nl", 3);
    struct walk_in_request r = { .visit = flow_new_id(f), .person = &p };
    clock_advance(clock, 20 * SECOND_MS);
    enum err e = flow_walk_in(f, &r, NULL);
    if (e != ERR_OK)
        bench_die("walk-in", e);
}

static double time_read(struct flow *f)
{
    int64_t start = bench_now_ns();
    for (int i = 0; i < TIMES_READ; i++) {
        struct queue_list list = { 0 };
        enum err e = flow_queue(f, NULL, &list);
        if (e != ERR_OK || list.n != WAITING)
            bench_die("queue", e);
        queue_list_done(&list);
    }
    return (double)(bench_now_ns() - start) / 1000.0 / TIMES_READ;
}

static void with_its_read(utc_ms now)
{
    struct clock clock = clock_at(now);
    struct rng rng = rng_seeded(1);
    char path[300];
    snprintf(path, sizeof(path), "%s/q.db", bench_folder());
    struct flow *f = bench_house(path, COACHES, &clock, &rng);
    for (int i = 0; i < WAITING; i++)
        come_in(f, &clock, i);
    double us[99];
    int n = bench_rounds();
    time_read(f);
    for (int i = 0; i < n; i++)
        us[i] = time_read(f);
    flow_close(f);
    printf("{\"name\":\"queue with its read, 100 waiting\",\"unit\":\"us\",\"ours\":%.1f}\n",
           bench_median(us, n));
}

int main(int argc, char **argv)
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
    if (argc < 2 || strcmp(argv[1], "order") != 0)
        with_its_read(now);
    return 0;
}
