#include "core/queue.h"

#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/lib/check.h"

#define NOW (100 * HOUR_MS)
#define AGO(minutes) (NOW - (minutes)*MINUTE_MS)
#define IN(minutes) (NOW + (minutes)*MINUTE_MS)

static const struct queue_rules rules = { .late_minutes = 10, .starve_minutes = 45,
                                          .recall_block_minutes = 5 };

static struct queue_entry walk_in(utc_ms arrived)
{
    return (struct queue_entry){ .state = VISIT_WAITING, .arrived = arrived,
                                 .coach = QUEUE_FIRST_FREE };
}

static struct queue_entry appointment(utc_ms arrived, utc_ms due)
{
    struct queue_entry e = walk_in(arrived);
    e.due = due;
    return e;
}

static int band(struct queue_entry e)
{
    return queue_band(&e, &rules, NOW);
}

TEST(walk_ins_are_band_3_until_they_wait_too_long)
{
    CHECK_INT(band(walk_in(NOW)), 3);
    CHECK_INT(band(walk_in(AGO(45))), 3);
    CHECK_INT(band(walk_in(AGO(45) - 1)), 2);
}

TEST(urgent_is_band_1_whatever_else_it_is)
{
    struct queue_entry e = appointment(AGO(5), IN(60));
    e.urgent = true;
    CHECK_INT(band(e), 1);
}

TEST(an_appointment_is_band_2_from_two_minutes_before_its_start)
{
    CHECK_INT(band(appointment(AGO(20), IN(2))), 2);
    CHECK_INT(band(appointment(AGO(20), IN(2) + 1)), 3);
    CHECK_INT(band(appointment(AGO(20), AGO(15))), 2);
}

TEST(early_appointments_do_not_starve_but_keep_their_start)
{
    struct queue_entry e = appointment(AGO(90), IN(30));
    CHECK_INT(band(e), 3);
    CHECK_INT(queue_effective(&e, &rules), IN(30));
}

TEST(ten_minutes_late_keeps_its_place_and_later_does_not)
{
    struct queue_entry e = appointment(AGO(10), AGO(20));
    CHECK(!queue_is_late(&e, &rules));
    CHECK_INT(band(e), 2);
    CHECK_INT(queue_effective(&e, &rules), AGO(20));
    e.arrived++;
    CHECK(queue_is_late(&e, &rules));
    CHECK_INT(band(e), 3);
    CHECK_INT(queue_effective(&e, &rules), e.arrived);
    e = appointment(AGO(50), AGO(70)); /* late, and waiting long since: as a walk-in */
    CHECK_INT(band(e), 2);
}

TEST(a_redirected_visit_is_band_2_and_keeps_its_arrival)
{
    struct queue_entry e = walk_in(AGO(3));
    e.redirected = true;
    CHECK_INT(band(e), 2);
    CHECK_INT(queue_effective(&e, &rules), AGO(3));
}

TEST(the_order_is_band_then_time_then_ticket)
{
    struct queue_entry v[] = {
        walk_in(AGO(10)), walk_in(AGO(20)), appointment(AGO(30), IN(30)), walk_in(AGO(46)),
        appointment(AGO(5), AGO(2)), walk_in(AGO(10)), walk_in(AGO(1)), walk_in(AGO(1)),
    };
    static const size_t want[] = { 6, 3, 4, 1, 5, 0, 7, 2 };
    v[6].urgent = true;
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        v[i].tag = i;
        v[i].seq = 10 - (int64_t)i;
    }
    CHECK_OK(queue_order(v, ARRAY_LEN(v), &rules, NOW));
    for (size_t i = 0; i < ARRAY_LEN(v); i++)
        CHECK_INT(v[i].tag, want[i]);
}

TEST(no_memory_leaves_the_order_as_it_was)
{
    struct queue_entry v[] = { walk_in(AGO(1)), walk_in(AGO(2)) };
    for (unsigned long n = 1; n <= 2; n++) {
        mem_fail_at(n);
        CHECK_ERR(queue_order(v, 2, &rules, NOW), ERR_NOMEM);
        mem_fail_at(0);
        CHECK_INT(v[0].arrived, AGO(1));
    }
    CHECK_OK(queue_order(v, 0, &rules, NOW));
    CHECK_OK(queue_order(v, 1, &rules, NOW));
}

TEST(a_named_coach_alone_may_take_the_visit)
{
    struct queue_entry e = walk_in(NOW);
    e.service = 3;
    CHECK(queue_may_serve(5, 1u << 3, &e));
    CHECK(!queue_may_serve(5, 1u << 2, &e));
    e.coach = 5;
    CHECK(queue_may_serve(5, 0, &e));
    CHECK(!queue_may_serve(4, 1u << 3, &e));
    e.coach = QUEUE_FIRST_FREE;
    e.service = QUEUE_NO_SERVICE;
    CHECK(!queue_may_serve(5, UINT64_MAX, &e));
    e.service = ROSTER_SERVICES_MAX;
    CHECK(!queue_may_serve(5, UINT64_MAX, &e));
}

TEST(next_is_the_first_that_waits_and_was_not_just_called)
{
    struct queue_entry v[] = { walk_in(AGO(40)), walk_in(AGO(39)), walk_in(AGO(38)),
                               walk_in(AGO(37)), walk_in(AGO(36)), walk_in(AGO(35)) };
    v[0].state = VISIT_MISSED;
    v[1].state = VISIT_PARKED;
    v[2].state = VISIT_CALLED;
    v[3].last_call = AGO(5) + 1;
    v[4].service = 1;
    CHECK_INT(queue_next_for(0, 1, v, 6, &rules, NOW), 5);
    CHECK_INT(queue_next_for(0, 2, v, 6, &rules, NOW), 4);
    CHECK_INT(queue_next_for(0, 1, v, 5, &rules, NOW), -1);
    CHECK_INT(queue_next_for(0, 1, v, 6, &rules, NOW + 1), 3); /* five whole minutes later */
    CHECK_INT(queue_next_for(0, 1, v, 0, &rules, NOW), -1);
}

TEST(an_early_appointment_is_next_only_when_nobody_else_waits)
{
    struct queue_entry v[] = { appointment(AGO(30), IN(20)), walk_in(NOW) };
    CHECK_OK(queue_order(v, 2, &rules, NOW));
    CHECK_INT(v[0].due, 0);
    CHECK_INT(queue_next_for(0, 1, v, 2, &rules, NOW), 0);
    CHECK_INT(queue_next_for(0, 1, v + 1, 1, &rules, NOW), 0);
}

TEST(the_length_of_service_is_a_median_of_twenty)
{
    int64_t v[25];
    for (int i = 0; i < 25; i++)
        v[i] = i < 20 ? 600 + i * 60 : 1; /* the first twenty are the last ones */
    CHECK_INT(queue_service_seconds(v, 25, 30), 1170);
    CHECK_INT(queue_service_seconds(v, 5, 30), 720);
    CHECK_INT(queue_service_seconds(v, 4, 30), 1800);
    CHECK_INT(queue_service_seconds(NULL, 0, 30), 1800);
}

TEST(outliers_are_clipped_and_the_figure_is_never_under_a_minute)
{
    const int64_t forgotten[] = { 30000, 30000, 30000, 30000, 30000 };
    const int64_t nothing[] = { 0, -50, 0, 1, 2 };
    CHECK_INT(queue_service_seconds(forgotten, 5, 30), 90 * 60);
    CHECK_INT(queue_service_seconds(nothing, 5, 30), 60);
    CHECK_INT(queue_service_seconds(NULL, 0, 0), 60);
}

static struct queue_wait wait_at(size_t n_waiting, size_t i, size_t w, int64_t a)
{
    struct queue_entry v[32];
    struct queue_coach coaches[8];
    struct queue_wait got[32];
    struct queue_floor floor = { .coaches = coaches, .n_coaches = 8, .service_s = &a,
                                 .n_services = 1 };
    for (size_t k = 0; k < 8; k++)
        coaches[k] = (struct queue_coach){ 1, k < w };
    for (size_t k = 0; k < n_waiting; k++)
        v[k] = walk_in(AGO(30));
    CHECK_OK(queue_waits(v, n_waiting, &floor, got));
    return got[i];
}

TEST(the_wait_follows_the_formula)
{
    static const struct {
        size_t k, w;
        int64_t a;
        int min, max;
    } rows[] = {
        { 0, 1, 1800, 0, 30 }, { 1, 1, 1800, 24, 60 }, { 2, 1, 1800, 48, 90 },
        { 0, 2, 1800, 0, 15 }, { 1, 2, 1800, 0, 30 },  { 2, 2, 1800, 12, 45 },
        { 5, 3, 1500, 20, 50 }, { 0, 3, 1800, 0, 10 }, { 3, 2, 1170, 15, 39 },
        { 1, 1, 61, 0, 2 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct queue_wait got = wait_at(10, rows[i].k, rows[i].w, rows[i].a);
        CHECK(got.known);
        CHECK_INT(got.min_min, rows[i].min);
        CHECK_INT(got.max_min, rows[i].max);
        CHECK_INT(got.ahead, rows[i].k);
    }
}

TEST(nobody_at_work_means_unknown)
{
    struct queue_wait w = wait_at(3, 2, 0, 1800);
    CHECK(!w.known);
}

TEST(only_visits_that_its_coaches_may_take_count_as_ahead)
{
    const struct queue_coach coaches[] = { { 1, true }, { 2, true }, { 3, false } };
    const int64_t seconds[] = { 1800, 600 };
    const struct queue_floor floor = { coaches, 3, seconds, 2 };
    struct queue_entry v[] = { walk_in(AGO(9)), walk_in(AGO(8)), walk_in(AGO(7)), walk_in(AGO(6)),
                               walk_in(AGO(5)) };
    struct queue_wait w[5];
    v[0].service = 1;
    v[1].state = VISIT_PAUSED; /* does not count, and has no wait itself */
    v[3].coach = 1;
    v[3].service = 0;
    v[4].coach = 2; /* not at work */
    CHECK_OK(queue_waits(v, 5, &floor, w));
    CHECK_INT(w[2].ahead, 0);
    CHECK_INT(w[2].max_min, 30);
    CHECK_INT(w[3].ahead, 1); /* v[0] is the other that coach 1 may take */
    CHECK(!w[1].known);
    CHECK(!w[4].known);
    struct queue_wait own = queue_wait_of(v, 5, 2, 1, &floor);
    CHECK_INT(own.ahead, 1);
    struct queue_wait free = queue_wait_of(v, 5, 3, QUEUE_FIRST_FREE, &floor);
    CHECK_INT(free.ahead, 1); /* v[2]; v[0] is not for coach 0 */
    CHECK(!queue_wait_of(v, 5, 5, QUEUE_FIRST_FREE, &floor).known);
}

TEST(a_service_unknown_to_the_figures_has_no_wait)
{
    const struct queue_coach coach = { UINT64_MAX, true };
    const int64_t seconds = 1800;
    const struct queue_floor floor = { &coach, 1, &seconds, 1 };
    struct queue_entry e = walk_in(AGO(1));
    struct queue_wait w;
    e.service = 1;
    CHECK_OK(queue_waits(&e, 1, &floor, &w));
    CHECK(!w.known);
}

TEST(too_many_coaches_or_no_memory_are_told)
{
    struct queue_floor floor = { .n_coaches = ROSTER_COACHES_MAX + 1 };
    struct queue_entry e = walk_in(NOW);
    struct queue_wait w = { .ahead = 7 };
    CHECK_ERR(queue_waits(&e, 1, &floor, &w), ERR_INVAL);
    floor.n_coaches = 0;
    mem_fail_at(1);
    CHECK_ERR(queue_waits(&e, 1, &floor, &w), ERR_NOMEM);
    mem_fail_at(0);
    CHECK_INT(w.ahead, 7);
}

TEST(screens_round_each_end_up_to_five)
{
    static const int rows[][2] = { { 0, 0 }, { 1, 5 }, { 5, 5 }, { 6, 10 }, { 59, 60 } };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct queue_wait w = { .known = true, .min_min = rows[i][0], .max_min = rows[i][0] };
        w = queue_wait_rounded(w);
        CHECK_INT(w.min_min, rows[i][1]);
        CHECK_INT(w.max_min, rows[i][1]);
    }
}

/* ---- against a slow and obvious model ---- */

static bool model_late(const struct queue_entry *e)
{
    return e->due && e->arrived > e->due + 10 * MINUTE_MS;
}

/* Whether a is called before b, straight from the rules as they are written. */
static bool model_before(const struct queue_entry *a, const struct queue_entry *b)
{
    int band_of[2];
    utc_ms effective[2];
    const struct queue_entry *e[2] = { a, b };
    for (int i = 0; i < 2; i++) {
        bool promised = e[i]->due && !model_late(e[i]);
        bool due_now = promised && NOW + 2 * MINUTE_MS >= e[i]->due;
        bool starving = !promised && NOW > e[i]->arrived + 45 * MINUTE_MS;
        band_of[i] = e[i]->urgent ? 1 : due_now || e[i]->redirected || starving ? 2 : 3;
        effective[i] = promised ? e[i]->due : e[i]->arrived;
    }
    if (band_of[0] != band_of[1])
        return band_of[0] < band_of[1];
    if (effective[0] != effective[1])
        return effective[0] < effective[1];
    return a->seq != b->seq ? a->seq < b->seq : a->tag < b->tag;
}

static bool model_may(const struct queue_coach *c, int coach, const struct queue_entry *e)
{
    if (e->coach >= 0)
        return coach == e->coach;
    return c->services & (UINT64_C(1) << e->service);
}

/* The largest whole m with m <= num / den, by counting. */
static int model_floor(int64_t num, int64_t den)
{
    int m = 0;
    while ((m + 1) * den <= num)
        m++;
    return m;
}

static struct queue_wait model_wait(const struct queue_entry *v, size_t i, int coach,
                                    const struct queue_floor *f)
{
    struct queue_entry me = v[i];
    struct queue_wait w = { 0 };
    int workers = 0;
    me.coach = coach;
    for (size_t c = 0; c < f->n_coaches; c++)
        workers += f->coaches[c].at_work && model_may(&f->coaches[c], (int)c, &me);
    for (size_t k = 0; k < i; k++) {
        bool shared = false;
        for (size_t c = 0; c < f->n_coaches; c++)
            if (f->coaches[c].at_work && model_may(&f->coaches[c], (int)c, &me) &&
                model_may(&f->coaches[c], (int)c, &v[k]))
                shared = true;
        w.ahead += shared && v[k].state == VISIT_WAITING;
    }
    w.known = workers > 0 && me.state == VISIT_WAITING;
    if (w.known) {
        int64_t a = f->service_s[me.service];
        int64_t turns = w.ahead - workers + 1 < 0 ? 0 : w.ahead - workers + 1;
        w.min_min = model_floor(8 * a * turns, 600 * workers);
        w.max_min = model_floor(a * (w.ahead + 1), 60 * workers);
    }
    return w;
}

static struct queue_entry random_entry(struct rng *rng, size_t tag)
{
    static const enum visit_state states[] = { VISIT_WAITING, VISIT_WAITING, VISIT_WAITING,
                                               VISIT_CALLED,  VISIT_PAUSED,  VISIT_MISSED,
                                               VISIT_PARKED,  VISIT_IN_SERVICE };
    struct queue_entry e = walk_in(AGO((int)rng_below(rng, 70)));
    e.tag = tag;
    e.state = states[rng_below(rng, ARRAY_LEN(states))];
    e.seq = rng_below(rng, 20);
    e.urgent = rng_below(rng, 8) == 0;
    e.redirected = rng_below(rng, 8) == 0;
    e.service = (int)rng_below(rng, 3);
    e.coach = rng_below(rng, 3) ? QUEUE_FIRST_FREE : (int)rng_below(rng, 5);
    if (rng_below(rng, 3) == 0)
        e.due = e.arrived + ((int)rng_below(rng, 60) - 30) * MINUTE_MS;
    if (rng_below(rng, 3) == 0)
        e.last_call = AGO((int)rng_below(rng, 9));
    return e;
}

static void same_wait(struct queue_wait got, struct queue_wait want, long round, size_t i)
{
    if (got.known != want.known || got.ahead != want.ahead || got.min_min != want.min_min ||
        got.max_min != want.max_min)
        CHECK_FAIL("round %ld, place %zu: %d %d-%d behind %d, should be %d %d-%d behind %d", round,
                   i, got.known, got.min_min, got.max_min, got.ahead, want.known, want.min_min,
                   want.max_min, want.ahead);
}

static void check_next(const struct queue_entry *v, size_t n, const struct queue_floor *f,
                       long round)
{
    for (int c = 0; c < (int)f->n_coaches; c++) {
        long want = -1;
        for (size_t i = 0; i < n && want < 0; i++)
            if (v[i].state == VISIT_WAITING && model_may(&f->coaches[c], c, &v[i]) &&
                (v[i].last_call == 0 || NOW >= v[i].last_call + 5 * MINUTE_MS))
                want = (long)i;
        long got = queue_next_for(c, f->coaches[c].services, v, n, &rules, NOW);
        if (got != want)
            CHECK_FAIL("round %ld: next for coach %d is %ld, should be %ld", round, c, got, want);
    }
}

static void one_round(uint64_t seed, long round)
{
    struct rng rng = rng_seeded(seed + (uint64_t)round);
    struct queue_entry v[12], again[12];
    struct queue_coach coaches[5];
    int64_t seconds[3];
    struct queue_wait waits[12];
    size_t n = rng_below(&rng, 13);
    struct queue_floor f = { coaches, 1 + rng_below(&rng, 5), seconds, 3 };
    for (size_t i = 0; i < n; i++)
        v[i] = again[n - 1 - i] = random_entry(&rng, i);
    for (size_t i = 0; i < 5; i++)
        coaches[i] = (struct queue_coach){ rng_below(&rng, 8), rng_below(&rng, 3) > 0 };
    for (size_t i = 0; i < 3; i++)
        seconds[i] = 60 + rng_below(&rng, 4000);
    CHECK_OK(queue_order(v, n, &rules, NOW));
    CHECK_OK(queue_order(again, n, &rules, NOW));
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && !model_before(&v[i - 1], &v[i]))
            CHECK_FAIL("round %ld: place %zu stands before its turn", round, i);
        CHECK_INT(v[i].tag, again[i].tag); /* the same order from any order */
    }
    check_next(v, n, &f, round);
    CHECK_OK(queue_waits(v, n, &f, waits));
    for (size_t i = 0; i < n; i++) {
        same_wait(waits[i], model_wait(v, i, v[i].coach, &f), round, i);
        int other = (int)rng_below(&rng, 6) - 1;
        same_wait(queue_wait_of(v, n, i, other, &f), model_wait(v, i, other, &f), round, i);
    }
}

TEST(random_queues_agree_with_the_slow_model)
{
    uint64_t seed = check_seed();
    long rounds = check_rounds(100000);
    for (long round = 0; round < rounds; round++)
        one_round(seed, round);
}
