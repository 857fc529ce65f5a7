/* A line that is down for a month: what waits stays small, and all of it arrives, once. */
#include "upload/upload.h"

#include <sys/stat.h>

#include "tests/upload/house.h"

#define DAYS 30
#define A_DAY 100
#define ROOM (64 * 1024 * 1024)
#define RATE 5

static void night(struct fixture *f)
{
    const struct upload_options o = { .store = f->store, .clock = &f->clock, .rng = &f->rng,
                                      .port = &f->near.port, .settings = &f->settings,
                                      .rate_per_s = RATE };
    CHECK_OK(upload_run(&o, &f->totals));
}

static int64_t size_of(const char *path, const char *end)
{
    char name[300];
    struct stat st = { 0 };
    snprintf(name, sizeof(name), "%s%s", path, end);
    return stat(name, &st) == 0 ? (int64_t)st.st_size : 0;
}

TEST(a_month_without_a_line_is_kept_in_little_room_and_sent_at_the_rate_that_was_set)
{
    struct fixture f;
    struct outbox_totals t;
    set_up(&f, REGISTER_KLANTINTERACTIES);
    f.near.down = true;
    f.near.fault = NEAR_CONNECT;
    for (int day = 0; day < DAYS; day++) {
        for (int n = 0; n < A_DAY; n++)
            (void)queue(&f, new_chain(&f), RECORD_WALKIN_REGISTERED, MORNING + day * DAY_MS);
        night(&f);
        CHECK(f.totals.stopped && f.totals.sent == 0 && f.totals.dead == 0);
        CHECK_OK(store_checkpoint(f.store));
        clock_advance(&f.clock, NIGHT + (day + 1) * DAY_MS - clock_wall_ms(&f.clock));
    }
    CHECK_OK(store_outbox_totals(f.store, &t));
    CHECK_INT(t.waiting + t.queued, DAYS * A_DAY);
    CHECK_INT(t.oldest, MORNING); /* health tells what waits for 36 hours by it */
    CHECK(size_of(f.path, "") + size_of(f.path, "-wal") < ROOM);

    f.near.down = false;
    utc_ms began = clock_wall_ms(&f.clock);
    night(&f);
    CHECK(!f.totals.stopped && f.totals.left == 0 && f.totals.dead == 0);
    CHECK_INT(f.totals.sent, DAYS * A_DAY);
    CHECK_INT(clock_wall_ms(&f.clock) - began, (f.totals.calls - 1) * SECOND_MS / RATE);
    check_counts(&f, (const char *const[]){ "klantcontacten" }, (const int64_t[]){ DAYS * A_DAY }, 1);
    tear_down(&f);
}
