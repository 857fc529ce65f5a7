/*
 * Mixed faults and deaths in simulation, seed by seed: 20,000 histories, of which a plain run
 * of the tests makes as many as fit in a minute and SOAK=n in n minutes.
 */
#include <time.h>

#include "tests/upload/house.h"
#include "upload/reconcile.h"

#define HISTORIES 20000
#define BUDGET_S 60

static int64_t real_s(void)
{
    struct timespec t;
    CHECK_INT(clock_gettime(CLOCK_MONOTONIC, &t), 0);
    return t.tv_sec;
}

/* A new process after a kill. */
static void restart(struct fixture *f)
{
    near_drop(&f->near);
    store_close(f->store);
    CHECK_OK(store_open(&f->options, &f->store));
}

/* The comparison has its share of the faults. */
static void compare_now_and_then(struct fixture *f, uint64_t seed)
{
    struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng,
                                .port = &f->near.port, .settings = &f->settings, .rate_per_s = 1000 };
    struct upload_compared c = { 0 };
    if (seed % 4)
        return;
    enum err e = upload_reconcile(&o, NIGHT, &c);
    CHECK(e == ERR_OK || f->near.killed);
    CHECK_INT(c.missing + c.differing + c.queued, 0); /* a fault is never taken for a loss */
    if (f->near.killed)
        restart(f);
}

static void history(uint64_t seed)
{
    struct fixture f;
    set_up_wide(&f, profiles[seed % 2], seed % 3 == 0 ? NEAR_WIDTH_MAX : 1, seed);
    f.near.server.options.old_klant = seed % 5 == 0;
    queue_day(&f);
    f.near.p_percent = 5 + (unsigned)(seed % 30);
    for (int runs = 0; runs < 6; runs++) {
        enum err e = run_once(&f);
        CHECK(e == ERR_OK || e == ERR_NONE || f.near.killed);
        if (f.near.killed)
            restart(&f);
        compare_now_and_then(&f, seed);
    }
    f.near.p_percent = 0; /* the faults stop */
    restart(&f);
    run_to_the_end(&f);
    check_day_in_register(&f);
    check_order(&f);
    tear_down(&f);
}

TEST(any_mix_of_faults_and_deaths_ends_with_every_record_once)
{
    uint64_t seed = check_seed();
    int64_t end = real_s() + BUDGET_S * check_rounds(1);
    int n = 0;
    for (; n < HISTORIES && (n == 0 || real_s() < end); n++)
        history(seed + (uint64_t)n);
    print_message("%d histories of %d\n", n, HISTORIES);
}
