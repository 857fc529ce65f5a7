/*
 * Mixed faults and deaths in simulation, seed by seed. SOAK=40 makes the 20,000 histories.
 */
#include "base/log.h"
#include "tests/upload/house.h"
#include "upload/reconcile.h"

#define HISTORIES 500
#define RUNS 6

/* The comparison has its share of the faults. */
static void compare(struct fixture *f)
{
    struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng,
                                .port = &f->near.port, .settings = &f->settings, .rate_per_s = 1000 };
    struct upload_compared c = { 0 };
    enum err e = upload_reconcile(&o, NIGHT, &c);
    CHECK(e == ERR_OK || f->near.killed);
    CHECK_INT(c.missing + c.differing + c.lost, 0); /* a fault is never taken for a loss */
    if (f->near.killed)
        restart(f);
}

/* A visitor whose first record the register is made to refuse, with one behind it. */
static struct outbox_record queue_refused(struct fixture *f)
{
    struct ulid chain = new_chain(f);
    struct outbox_record r = queue(f, chain, RECORD_WALKIN_REGISTERED, MORNING);
    (void)queue(f, chain, RECORD_VISIT_ATTENDED, MORNING + HOUR_MS);
    return r;
}

static void check_outbox(struct fixture *f, const struct outbox_record *refused)
{
    struct outbox_totals t;
    CHECK_OK(store_outbox_totals(f->store, &t));
    CHECK_INT(t.sent, 10);
    CHECK_INT(t.dead, refused ? 1 : 0);
    CHECK_INT(t.queued + t.waiting, refused ? 1 : 0); /* what stands behind the dead letter */
    if (refused)
        CHECK_INT(row_of(f, refused).state, OUTBOX_DEAD);
}

static void history(uint64_t seed)
{
    struct fixture f;
    struct outbox_record refused = { 0 };
    bool refuses = seed % 4 == 1;
    set_up_queued(&f, THE_DAY, profiles[seed % 2], seed % 3 == 0 ? NEAR_WIDTH_MAX : 1, seed);
    f.near.server.options.old_klant = seed % 5 == 0;
    if (refuses) {
        refused = queue_refused(&f);
        f.near.refuse = f.settings.profile == REGISTER_ZGW ? refused.chain.s : refused.id.s;
    }
    f.near.p_percent = 5 + (unsigned)(seed % 30);
    for (uint64_t run = 0; run < RUNS; run++) {
        enum err e = run_once(&f);
        CHECK(e == ERR_OK || e == ERR_NONE || f.near.killed);
        if (f.near.killed)
            restart(&f);
        if (seed / 2 % (2 * RUNS) == run)
            compare(&f);
    }
    f.near.p_percent = 0; /* the faults stop */
    restart(&f);
    run_to_the_end(&f);
    check_held(&f);
    check_outbox(&f, refuses ? &refused : NULL);
    check_order(&f);
    tear_down(&f);
}

TEST(any_mix_of_faults_and_deaths_ends_with_every_record_once)
{
    uint64_t seed = check_seed();
    long n = check_rounds(HISTORIES);
    log_init("test_mix", LOG_LEVEL_ERR); /* not a line for each record made to be refused */
    for (long i = 0; i < n; i++)
        history(seed + (uint64_t)i);
    print_message("%ld histories\n", n);
}
