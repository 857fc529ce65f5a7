#include "upload/reconcile.h"

#include <sqlite3.h>

#include "tests/upload/house.h"

static struct upload_compared compare(struct fixture *f, utc_ms since)
{
    struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng,
                                .port = &f->near.port, .settings = &f->settings, .rate_per_s = 1000 };
    struct upload_compared c = { 0 };
    CHECK_OK(upload_reconcile(&o, since, &c));
    return c;
}

/* The register loses what the condition says. */
static void lose(struct fixture *f, const char *condition)
{
    char sql[300];
    snprintf(sql, sizeof sql, "DELETE FROM thing WHERE %s", condition);
    CHECK_INT(sqlite3_exec(f->near.server.db.sql, sql, NULL, NULL, NULL), SQLITE_OK);
    CHECK(sqlite3_changes(f->near.server.db.sql) > 0);
}

/* Somebody has said that it is to be sent again. */
static void send_lost_again(struct fixture *f)
{
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    int64_t n;
    CHECK_OK(store_outbox_lost(f->store, 100, &rows));
    for (size_t i = 0; i < rows.n; i++)
        CHECK_OK(store_outbox_again(f->store, &rows.v[i].chain, rows.v[i].place, &n));
}

static void sent_day(struct fixture *f, enum register_profile profile)
{
    set_up(f, profile);
    queue_day(f);
    CHECK_OK(run_once(f));
    CHECK_INT(f->totals.sent, 10);
}

TEST(a_day_that_arrived_is_the_same_there)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        sent_day(&f, profiles[p]);
        struct upload_compared c = compare(&f, NIGHT);
        CHECK(c.complete);
        CHECK_INT(c.same, 10);
        CHECK_INT(c.missing + c.differing + c.unread + c.lost, 0);
        check_day_in_register(&f); /* asking changes nothing */
        tear_down(&f);
    }
}

TEST(what_was_sent_before_is_not_asked_for_again)
{
    struct fixture f;
    sent_day(&f, REGISTER_ZGW);
    clock_advance(&f.clock, DAY_MS);
    int calls = f.near.n_calls;
    struct upload_compared c = compare(&f, clock_wall_ms(&f.clock));
    CHECK(c.complete);
    CHECK_INT(c.same, 0);
    CHECK_INT(f.near.n_calls, calls);
    tear_down(&f);
}

TEST(a_register_that_lost_everything_gets_every_record_again_once)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        sent_day(&f, profiles[p]);
        lose(&f, "1");
        struct upload_compared c = compare(&f, NIGHT);
        CHECK(c.complete);
        CHECK_INT(c.missing, 3); /* the first of each chain; the rest follows it */
        CHECK_INT(c.lost, 10);
        CHECK_ERR(run_once(&f), ERR_NONE); /* it may have been meant: nothing goes by itself */
        send_lost_again(&f);
        CHECK_OK(run_once(&f));
        CHECK_INT(f.totals.sent, 10);
        check_day_in_register(&f);
        check_order(&f);
        CHECK_INT(compare(&f, NIGHT).same, 10);
        tear_down(&f);
    }
}

TEST(one_lost_step_is_sent_again_and_nothing_comes_twice)
{
    static const char *const zgw[] = { "kind = 'status'", "kind = 'rol'", "kind = 'eigenschap'",
                                       "kind = 'zaak'" };
    static const char *const klant[] = { "kind = 'klantcontact'", "kind = 'digitaaladres'",
                                         "kind = 'internetaak'" };
    for (size_t i = 0; i < ARRAY_LEN(zgw) + ARRAY_LEN(klant); i++) {
        struct fixture f;
        char one[200];
        bool is_zgw = i < ARRAY_LEN(zgw);
        const char *what = is_zgw ? zgw[i] : klant[i - ARRAY_LEN(zgw)];
        sent_day(&f, is_zgw ? REGISTER_ZGW : REGISTER_KLANTINTERACTIES);
        snprintf(one, sizeof one, "n = (SELECT max(n) FROM thing WHERE %s)", what);
        lose(&f, one);
        struct upload_compared c = compare(&f, NIGHT);
        CHECK_INT(c.missing, 1);
        CHECK(c.lost >= 1);
        send_lost_again(&f);
        run_to_the_end(&f);
        if (strcmp(what, "kind = 'zaak'") != 0) /* its rollen and statussen are orphans there */
            check_day_in_register(&f);
        tear_down(&f);
    }
}

TEST(what_was_deleted_there_on_purpose_is_asked_about_and_then_left_alone)
{
    struct fixture f;
    sent_day(&f, REGISTER_ZGW);
    lose(&f, "n = (SELECT max(n) FROM thing WHERE kind = 'zaak')");
    CHECK_INT(compare(&f, NIGHT).missing, 1);
    CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
    CHECK_OK(store_outbox_lost(f.store, 100, &rows));
    CHECK_INT(rows.n, 1);
    CHECK_INT(compare(&f, NIGHT).missing, 0); /* told once; the mark stays */
    CHECK_OK(store_outbox_accept_loss(f.store, &rows.v[0], "ctl:root", "asked for by the visitor"));
    CHECK_ERR(store_outbox_accept_loss(f.store, &rows.v[0], "ctl:root", "twice"), ERR_STATE);
    CLEANUP(outbox_rows_done) struct outbox_rows after = { 0 };
    CHECK_OK(store_outbox_lost(f.store, 100, &after));
    CHECK_INT(after.n, 0);
    CHECK_INT(compare(&f, NIGHT).missing, 0);
    CHECK_ERR(run_once(&f), ERR_NONE);
    tear_down(&f);
}

TEST(what_somebody_changed_there_is_told_and_left_alone)
{
    struct fixture f;
    sent_day(&f, REGISTER_ZGW);
    CHECK_INT(sqlite3_exec(f.near.server.db.sql,
                           "UPDATE thing SET body = replace(body, '\"waarde\":\"ja\"', '\"waarde\":\"nee\"')",
                           NULL, NULL, NULL), SQLITE_OK);
    struct upload_compared c = compare(&f, NIGHT);
    CHECK(c.complete);
    CHECK_INT(c.differing, 1);
    CHECK_INT(c.missing + c.lost, 0);
    CHECK_INT(c.same, 9);
    CHECK_ERR(run_once(&f), ERR_NONE);
    tear_down(&f);
}

TEST(a_register_that_cannot_be_asked_leaves_the_comparison_for_the_next_run)
{
    struct fixture f;
    sent_day(&f, REGISTER_ZGW);
    f.near.down = true;
    f.near.fault = NEAR_DNS;
    struct upload_compared c = compare(&f, NIGHT);
    CHECK(!c.complete);
    CHECK_STR(c.why.code, "dns");
    CHECK_INT(c.same + c.missing + c.differing + c.lost, 0);
    f.near.down = false;
    CHECK_INT(compare(&f, NIGHT).same, 10);
    tear_down(&f);
}

TEST(passing_faults_do_not_look_like_losses)
{
    for (size_t p = 0; p < 2; p++) {
        struct fixture f;
        sent_day(&f, profiles[p]);
        for (int fault = NEAR_DNS; fault < NEAR_FAULT_COUNT; fault++)
            for (int at = 1; at <= 10; at += 3) {
                struct upload_options o = { .store = f.store, .clock = &f.clock, .rng = &f.rng,
                                            .port = &f.near.port, .settings = &f.settings, .rate_per_s = 1000 };
                struct upload_compared c = { 0 };
                f.near.fault = (enum near_fault)fault;
                f.near.fault_at = f.near.n_calls + at;
                enum err e = upload_reconcile(&o, NIGHT, &c);
                CHECK(e == ERR_OK || f.near.killed);
                CHECK_INT(c.missing + c.differing + c.lost, 0);
                CHECK(!c.complete || c.same == 10); /* what stops a run stops a comparison */
                near_drop(&f.near);
            }
        f.near.fault_at = 0;
        CHECK_INT(compare(&f, NIGHT).same, 10);
        tear_down(&f);
    }
}

TEST(the_comparison_keeps_its_polite_distance)
{
    struct fixture f;
    sent_day(&f, REGISTER_KLANTINTERACTIES);
    struct upload_options o = { .store = f.store, .clock = &f.clock, .rng = &f.rng,
                                .port = &f.near.port, .settings = &f.settings, .rate_per_s = 5 };
    struct upload_compared c;
    utc_ms before = clock_wall_ms(&f.clock);
    CHECK_OK(upload_reconcile(&o, NIGHT, &c));
    CHECK_INT(clock_wall_ms(&f.clock) - before, (c.calls - 1) * 200);
    tear_down(&f);
}
