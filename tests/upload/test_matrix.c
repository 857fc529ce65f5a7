/*
 * The fault matrix: each fault of the network, of TLS and of the register at each call of each
 * visitor's chain, so at each step of each kind of record, before, while or after the register
 * stores it, and our own death at each of these points (reliability rows 21 to 39).
 */
#include "tests/upload/house.h"

#define COUNTS 7

/* What the register holds of it. */
static void count_all(struct fixture *f, int64_t ret[COUNTS])
{
    static const char *const names[COUNTS] = { "zaken",          "rollen",           "statussen",   "zaakeigenschappen",
                                               "klantcontacten", "digitaleadressen", "internetaken" };
    json_t *d = near_dump(&f->near);
    for (size_t i = 0; i < COUNTS; i++)
        ret[i] = count_of(d, names[i]);
    json_decref(d);
}

/* How many calls it takes without a fault, and what it leaves. */
static int without_fault(enum queued what, enum register_profile profile, int64_t ret_counts[COUNTS])
{
    struct fixture f;
    set_up_queued(&f, what, profile, 1, 1);
    CHECK_OK(run_once(&f));
    count_all(&f, ret_counts);
    int calls = f.near.n_calls;
    tear_down(&f);
    return calls;
}

static void with_fault(enum queued what, enum register_profile profile, int fault, int at, const int64_t want[COUNTS])
{
    struct fixture f;
    int64_t got[COUNTS];
    struct outbox_totals t;
    set_up_queued(&f, what, profile, 1, 1);
    f.near.fault = (enum near_fault)fault;
    f.near.fault_at = at;
    run_to_the_end(&f);
    count_all(&f, got);
    for (size_t i = 0; i < COUNTS; i++)
        if (got[i] != want[i])
            CHECK_FAIL("fault %d at call %d of %d, profile %d: %lld of kind %zu, not %lld", fault, at, (int)what,
                       (int)profile, (long long)got[i], i, (long long)want[i]);
    check_order(&f);
    CHECK_OK(store_outbox_totals(f.store, &t));
    CHECK_INT(t.queued + t.waiting + t.dead + t.discarded, 0);
    tear_down(&f);
}

/* The whole product takes minutes: a part of it each time, by the seed; SOAK takes all. */
#define PARTS 4

static bool left_out(uint64_t seed, int fault, int at)
{
    return fault >= NEAR_PLAIN_COUNT && check_rounds(1) == 1 && (seed + (uint64_t)(fault + at)) % PARTS != 0;
}

TEST(each_fault_at_each_call_still_gives_every_record_once)
{
    uint64_t seed = check_seed();
    for (size_t p = 0; p < 2; p++)
        for (int what = A_WALK_IN; what < QUEUED_COUNT; what++) {
            int64_t want[COUNTS];
            int calls = without_fault((enum queued)what, profiles[p], want);
            CHECK(calls > 3);
            for (int fault = NEAR_NONE + 1; fault < NEAR_FAULT_COUNT; fault++)
                for (int at = 1; at <= calls; at++)
                    if (!left_out(seed, fault, at))
                        with_fault((enum queued)what, profiles[p], fault, at, want);
        }
}

TEST(each_lasting_fault_leaves_everything_queued_and_nothing_lost)
{
    for (size_t p = 0; p < 2; p++)
        for (int fault = NEAR_NONE + 1; fault < NEAR_FAULT_COUNT; fault++) {
            struct fixture f;
            set_up_queued(&f, THE_DAY, profiles[p], p ? NEAR_WIDTH_MAX : 1, 1);
            f.near.fault = (enum near_fault)fault;
            f.near.down = true;
            for (int night = 0; night < 3; night++) {
                (void)run_once(&f);
                if (f.near.killed)
                    restart(&f);
            }
            struct outbox_totals t;
            CHECK_OK(store_outbox_totals(f.store, &t));
            CHECK_INT(t.dead + t.discarded, 0);
            f.near.down = false;
            restart(&f);
            run_to_the_end(&f);
            check_day_in_register(&f);
            check_order(&f);
            tear_down(&f);
        }
}
