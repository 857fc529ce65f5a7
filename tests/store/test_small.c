/* The small tables: meta, rosters, at work, counters, help calls, devices, counts, lock-outs. */
#include <sqlite3.h>

#include "store/at_work.h"
#include "store/daily_count.h"
#include "store/device_state.h"
#include "store/due.h"
#include "store/help_call.h"
#include "store/lockout.h"
#include "store/inside.h"
#include "store/meta.h"
#include "store/roster_text.h"
#include "store/wall.h"
#include "tests/store/fixture.h"

TEST(a_meta_value_is_put_and_replaced)
{
    struct house *h = house_open();
    char value[META_VALUE_SIZE];
    int64_t n = 0;
    CHECK_ERR(store_meta_get(h->s, "wall", value), ERR_NOT_FOUND);
    CHECK_OK(store_meta_put_int(h->s, "wall", NOON));
    CHECK_OK(store_meta_put_int(h->s, "wall", NOON + 1));
    CHECK_OK(store_meta_get_int(h->s, "wall", &n));
    CHECK_INT(n, NOON + 1);
    CHECK_OK(store_meta_put(h->s, "wall", "soon"));
    CHECK_ERR(store_meta_get_int(h->s, "wall", &n), ERR_CORRUPT);
    house_close(h);
}

static int pages_kept(struct house *h)
{
    int bytes = 0, most;
    CHECK_INT(sqlite3_db_status(h->s->db, SQLITE_DBSTATUS_CACHE_USED, &bytes, &most, 0), SQLITE_OK);
    return bytes / 4096;
}

TEST(what_was_read_of_the_database_is_let_go_of_and_read_again)
{
    struct house *h = house_open();
    char value[META_VALUE_SIZE];
    CHECK_OK(store_meta_put(h->s, "word", "kept"));
    CHECK(pages_kept(h) > 3);
    store_let_go(h->s);
    CHECK(pages_kept(h) <= 1);
    CHECK_OK(store_meta_get(h->s, "word", value));
    CHECK_STR(value, "kept");
    house_close(h);
}

TEST(what_is_known_of_the_time_is_stored)
{
    struct house *h = house_open();
    struct wall_known k = { 0 };
    struct clock real = clock_system();
    CHECK_OK(store_wall_known(h->s, &real, &k));
    CHECK_INT(k.last, 0);
    CHECK_INT(k.pin_day, CIVIL_DAY_NONE);
    CHECK(!k.simulated);
    CHECK_OK(store_wall_put_last(h->s, NOON));
    CHECK_OK(store_wall_put_pin(h->s, DAY1, NOON + 1));
    CHECK_OK(store_wall_known(h->s, &real, &k));
    CHECK_INT(k.last, NOON);
    CHECK_INT(k.pin_day, DAY1);
    CHECK_INT(k.pin_until, NOON + 1);
    struct clock simulated = clock_at(NOON);
    CHECK_OK(store_wall_known(h->s, &simulated, &k));
    CHECK(k.simulated && k.pin_day == CIVIL_DAY_NONE);
    house_close(h);
}

TEST(the_newest_roster_is_in_force_and_old_ones_stay)
{
    struct house *h = house_open();
    int64_t version = 0;
    CLEANUP(buf_done) struct buf out = buf_make(100);
    CHECK_ERR(store_roster_version(h->s, &version), ERR_NOT_FOUND);
    CHECK_OK(store_roster_put(h->s, "{\"a\":1}", 7, NOON, &version));
    CHECK_INT(version, 1);
    CHECK_OK(store_roster_put(h->s, "{\"b\":2} not read", 7, NOON, &version));
    CHECK_INT(version, 2);
    CHECK_OK(store_roster_version(h->s, &version));
    CHECK_INT(version, 2);
    CHECK_OK(store_roster_get(h->s, 2, &out));
    CHECK_STR(buf_str(&out), "{\"b\":2}");
    CHECK_OK(store_roster_get(h->s, 1, &out));
    CHECK_ERR(store_roster_get(h->s, 3, &out), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_coach_at_work_keeps_the_first_time)
{
    struct house *h = house_open();
    CLEANUP(at_work_rows_done) struct at_work_rows l = { 0 };
    CHECK_OK(store_at_work_set(h->s, "sanne", NOON, false));
    CHECK_OK(store_at_work_set(h->s, "amir", NOON, false));
    CHECK_OK(store_at_work_set(h->s, "sanne", NOON + 5, true));
    CHECK_OK(store_at_work_list(h->s, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[1].coach, "sanne");
    CHECK_INT(l.v[1].since, NOON);
    CHECK(l.v[1].paused);
    at_work_rows_done(&l);
    CHECK_OK(store_at_work_clear(h->s, "sanne"));
    CHECK_OK(store_at_work_list(h->s, &l));
    CHECK_INT(l.n, 1);
    at_work_rows_done(&l);
    CHECK_OK(store_at_work_clear(h->s, NULL));
    CHECK_OK(store_at_work_list(h->s, &l));
    CHECK_INT(l.n, 0);
    house_close(h);
}

TEST(counters_run_by_day_and_series_and_give_back_what_is_undone)
{
    struct house *h = house_open();
    int64_t n = 0;
    CHECK_OK(store_counter_last(h->s, DAY1, "A", &n));
    CHECK_INT(n, 0);
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &n));
    CHECK_INT(n, 1);
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &n));
    CHECK_INT(n, 2);
    CHECK_OK(store_counter_next(h->s, DAY1, "C", &n));
    CHECK_INT(n, 1);
    CHECK_OK(store_counter_next(h->s, DAY1 + 1, "A", &n));
    CHECK_INT(n, 1);
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &n));
    CHECK_INT(n, 3);
    store_tx_done(&tx);
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &n));
    CHECK_INT(n, 3);
    CHECK_OK(store_counter_raise(h->s, DAY1, "A", 2));
    CHECK_OK(store_counter_raise(h->s, COUNTER_FOREVER, COUNTER_PERSON, 500));
    CHECK_OK(store_counter_last(h->s, DAY1, "A", &n));
    CHECK_INT(n, 3);
    CHECK_OK(store_counter_next(h->s, COUNTER_FOREVER, COUNTER_PERSON, &n));
    CHECK_INT(n, 501);
    house_close(h);
}

TEST(two_programs_that_take_numbers_in_any_order_never_take_one_twice)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    CHECK_OK(store_open(&h->options, &other));
    struct rng rng = rng_seeded(check_seed());
    int64_t right[2] = { 0 };
    for (int i = 0; i < 60; i++) {
        struct store *s = rng_below(&rng, 2) ? h->s : other;
        size_t c = rng_below(&rng, 2);
        bool undone = rng_below(&rng, 4) == 0;
        int64_t n = 0;
        struct store_tx tx = { 0 };
        CHECK_OK(store_begin(s, &tx));
        CHECK_OK(store_counter_next(s, DAY1 + (int)c, "A", &n));
        CHECK_INT(n, right[c] + 1);
        if (undone)
            store_tx_done(&tx);
        else
            CHECK_OK(store_commit(&tx));
        right[c] += !undone;
    }
    house_close(h);
}

/* What is kept never lies behind what is stored; it is asked for inside a write only. */
static void keeps(struct house *h, bool kept, const struct store_due *right)
{
    struct store_due due;
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    CHECK(!store_due_kept(h->s, &due));
    CHECK_OK(store_begin(h->s, &tx));
    CHECK(store_due_kept(h->s, &due) == kept);
    if (kept) {
        CHECK_INT(due.hold_end, right->hold_end);
        CHECK_INT(due.booked_start, right->booked_start);
        CHECK_INT(due.open_day, right->open_day);
        CHECK_INT(due.visit_until, right->visit_until);
    }
    CHECK_OK(store_next_due(h->s, &due));
    CHECK_OK(store_commit(&tx));
}

TEST(what_is_due_next_is_kept_and_brought_forward_by_what_is_written)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *other = NULL;
    CHECK_OK(store_open(&h->options, &other));
    struct store_due due = { INT64_MAX, INT64_MAX, INT64_MAX, CIVIL_DAY_FOREVER };
    keeps(h, false, NULL);
    keeps(h, true, &due);
    struct store_tx tx = { 0 };
    struct person p = a_person("Noor", "Yilmaz");
    struct visit_row v = a_visit(h, 1);
    struct appointment_row a = a_hold(h, "sanne", NOON + HOUR_MS);
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_visit_insert(h->s, &v, &p));
    CHECK_OK(store_appointment_insert(h->s, &a, NULL));
    v.state = VISIT_PAUSED;
    v.until = NOON + 5 * MINUTE_MS;
    CHECK_OK(store_visit_update(h->s, &v, (struct visit_was){ VISIT_WAITING, 1 }));
    CHECK_OK(store_commit(&tx));
    due = (struct store_due){ a.held_until, INT64_MAX, v.until, DAY1 };
    keeps(h, true, &due);
    a.state = APPT_BOOKED;
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_appointment_update(h->s, &a, (struct appointment_was){ APPT_HELD, 1 }, &p));
    CHECK_OK(store_commit(&tx));
    due.booked_start = a.start;
    keeps(h, true, &due); /* the hold is gone, and is kept as too early */
    due.hold_end = INT64_MAX;
    keeps(h, true, &due);
    CHECK_OK(store_at_work_set(other, "sanne", NOON, false));
    keeps(h, false, NULL);
    house_close(h);
}

TEST(the_oldest_call_for_help_is_answered_once)
{
    struct house *h = house_open();
    struct help_call_row a = { .id = new_id(h), .at = NOON, .device = "kiosk:1",
                               .state = HELP_CALL_SENT, .changed = NOON };
    struct help_call_row b = a, got;
    b.id = new_id(h);
    b.at = NOON + 5;
    int open = 0;
    CHECK_ERR(store_help_oldest(h->s, &got, &open), ERR_NONE);
    CHECK_OK(store_help_insert(h->s, &a));
    CHECK_OK(store_help_insert(h->s, &b));
    CHECK_OK(store_help_oldest(h->s, &got, &open));
    CHECK_STR(got.id.s, a.id.s);
    CHECK_INT(open, 2);
    a.state = HELP_CALL_COMING;
    snprintf(a.staff, sizeof(a.staff), "staff:sanne");
    CHECK_OK(store_help_update(h->s, &a, HELP_CALL_SENT));
    CHECK_ERR(store_help_update(h->s, &a, HELP_CALL_SENT), ERR_STALE);
    CHECK_OK(store_help_get(h->s, &a.id, &got));
    CHECK_STR(got.staff, "staff:sanne");
    a.state = HELP_CALL_DONE;
    CHECK_OK(store_help_update(h->s, &a, HELP_CALL_COMING));
    CHECK_OK(store_help_oldest(h->s, &got, &open));
    CHECK_STR(got.id.s, b.id.s);
    CHECK_OK(store_help_count(h->s, "kiosk:1", NOON + 1, &open));
    CHECK_INT(open, 1);
    house_close(h);
}

TEST(a_device_state_keeps_the_time_since_it_is_so)
{
    struct house *h = house_open();
    struct device_row r;
    CLEANUP(device_rows_done) struct device_rows l = { 0 };
    CHECK_ERR(store_device_get(h->s, "printer", &r), ERR_NOT_FOUND);
    CHECK_OK(store_device_put(h->s, "printer", "no_paper", NOON));
    CHECK_OK(store_device_put(h->s, "printer", "no_paper", NOON + 9));
    CHECK_OK(store_device_get(h->s, "printer", &r));
    CHECK_INT(r.since, NOON);
    CHECK_OK(store_device_put(h->s, "printer", "ok", NOON + 10));
    CHECK_OK(store_device_list(h->s, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].state, "ok");
    CHECK_INT(l.v[0].since, NOON + 10);
    house_close(h);
}

TEST(anonymous_counts_add_up_by_key)
{
    struct house *h = house_open();
    struct count_row r = { .day = DAY1, .site = "roosendaal", .measure = "walk_in",
                           .municipality = "1674", .topic = "school", .hour = 9, .n = 1 };
    CLEANUP(count_rows_done) struct count_rows l = { 0 };
    CHECK_OK(store_count_add(h->s, &r));
    CHECK_OK(store_count_add(h->s, &r));
    r.n = -1;
    CHECK_OK(store_count_add(h->s, &r));
    r.n = 4;
    r.hour = 10;
    CHECK_OK(store_count_add(h->s, &r));
    r.day = DAY1 + 1;
    CHECK_OK(store_count_add(h->s, &r));
    CHECK_OK(store_counts(h->s, DAY1, DAY1, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[0].n, 1);
    CHECK_INT(l.v[1].hour, 10);
    CHECK_INT(l.v[1].n, 4);
    CHECK_STR(l.v[1].municipality, "1674");
    house_close(h);
}

TEST(a_lock_is_never_longer_than_it_was_put)
{
    struct house *h = house_open();
    struct lockout_row r = { .wrong = 1, .left_ms = 0 }, got;
    CHECK_OK(store_lockout_put(h->s, "kiosk:1/code", 60000, &r));
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 59000, &got)); /* the clock set back */
    CHECK_INT(got.wrong, 1);
    CHECK_INT(got.left_ms, 0);
    r.left_ms = 600000;
    CHECK_OK(store_lockout_put(h->s, "kiosk:1/code", 60000, &r));
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 10000, &got));
    CHECK_INT(got.left_ms, 600000);
    house_close(h);
}

TEST(a_lock_runs_on_after_a_reboot_with_what_was_left)
{
    struct house *h = house_open();
    struct lockout_row r = { .wrong = 5, .left_ms = 600000 }, got;
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 1000, &got));
    CHECK_INT(got.wrong, 0);
    CHECK_INT(got.left_ms, 0);
    CHECK_OK(store_lockout_put(h->s, "kiosk:1/code", 1000, &r));
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 101000, &got));
    CHECK_INT(got.left_ms, 500000);
    CHECK_OK(store_lockout_save(h->s, 101000));
    h->options.boot = "boot-two"; /* monotonic time starts again */
    house_reopen(h);
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 50, &got));
    CHECK_INT(got.wrong, 5);
    CHECK_INT(got.left_ms, 500000);
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 200050, &got));
    CHECK_INT(got.left_ms, 300000); /* it runs, from the first look after the reboot */
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 900000, &got));
    CHECK_INT(got.left_ms, 0);
    CHECK_INT(got.wrong, 5);
    CHECK_OK(store_lockout_clear(h->s, "kiosk:1/code"));
    CHECK_OK(store_lockout_get(h->s, "kiosk:1/code", 900000, &got));
    CHECK_INT(got.wrong, 0);
    house_close(h);
}
