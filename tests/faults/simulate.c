/*
 * The whole house in one thread: one seed is one history. Visitors, coaches and the clock take
 * a random walk through the product's own flow, store and upload, while the disk, the power,
 * the programs, the network and the register fail. Then everything heals and drains, and: every
 * act that somebody was told of is stored exactly once, every record is in the register exactly
 * once, and `dynamoctl check` finds nothing.
 *
 * The release build makes 20,000 histories (others a share of them), SOAK=25 half a million;
 * only $SOAK draws new seeds. SEED=n HISTORIES=1 repeats one.
 */
#include "tests/faults/world.h"

#include <string.h>

#include "tests/lib/check.h"

#define HISTORIES 20000
#define AT_LENGTH 500000
#define ACTS 30 /* of a long history, one in LONG_ONES; the others have a few */
#define FEW_ACTS 8
#define LONG_ONES 24

/* ---- time, and what happens by itself ---- */

static void do_time(struct world *w)
{
    static const int64_t steps[] = { 1000, 5000, 61000, 181000, 600000, 2700000, 5400000 };
    calls_advance(steps[below(w, (int)ARRAY_LEN(steps))]);
}

/* The wall clock is wrong for a while; the real time goes on with the monotonic one. */
static void do_clock_step(struct world *w)
{
    utc_ms real = w->truth + clock_mono_ms(&w->b.clock);
    calls_set_wall(w->moved ? real : real + (utc_ms)(below(w, 200001) - 100000) * SECOND_MS);
    w->moved = !w->moved;
}

static void ignore_retention(UNUSED void *arg, UNUSED const struct retention_line *l)
{
}

static void upload_once(struct world *w)
{
    bool unsure = false;
    w->b.near.server.clock.sim_wall = w->truth + clock_mono_ms(&w->b.clock);
    w->what = "upload";
    w->failed = calls_failed();
    enum err e = box_upload(&w->b, &unsure);
    trace(w, "upload", e);
    bool died = calls_power_is_off() || calls_is_killed();
    w->kills += calls_is_killed();
    calls_revive();
    come_up(w);
    if (!died && is_damage(w, e))
        FAILS(w, "the upload says that the house is damaged");
}

static void do_rest(struct world *w)
{
    struct flow *f = some_program(w);
    w->what = "rest";
    (void)ended(w, f, flow_rest(f));
}

static void do_retention(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct retention_terms t = { .follow_up_days = below(w, 3), .sent_days = below(w, 3) };
    w->what = "retention";
    (void)ended(w, f, flow_retention_run(f, &t, ignore_retention, NULL));
}

static void do_backup(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    int64_t pages = 0;
    w->what = "backup";
    (void)ended(w, f, flow_backup(f, DISK_ROOT "/backup.db", &pages));
}

static void do_night(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct day_closed closed;
    w->what = "close of day";
    (void)ended(w, f, flow_close_day(f, &closed));
    if (one_in(w, 3)) {
        w->b.near.down = !w->b.near.down;
        w->b.near.fault = NEAR_DNS;
    }
    upload_once(w);
    if (one_in(w, 2))
        do_retention(w);
    if (one_in(w, 8))
        do_backup(w);
    calls_advance((2 + below(w, 40)) * HOUR_MS);
}

static void do_kill(struct world *w)
{
    if (one_in(w, 3))
        box_power_cycle(&w->b);
    else
        box_kill(&w->b, (enum box_program)below(w, BOX_PROGRAMS));
}

static void one_act(struct world *w)
{
    int draw = below(w, 100);
    if (draw < 22)
        do_walk_in(w);
    else if (draw < 31)
        do_next(w);
    else if (draw < 55)
        do_act(w, (enum visit_act)(VISIT_CALL + below(w, VISIT_UNDO + 1 - VISIT_CALL)));
    else if (draw < 64)
        do_book(w);
    else if (draw < 67)
        do_cancel(w);
    else if (draw < 70)
        do_move(w);
    else if (draw < 76)
        do_check_in(w);
    else if (draw < 85)
        do_time(w);
    else if (draw < 90)
        do_night(w);
    else if (draw < 93)
        upload_once(w);
    else if (draw < 96)
        do_rest(w);
    else if (draw < 98)
        do_kill(w);
    else
        do_clock_step(w);
}

/* ---- a history ---- */

static void draw_faults(struct world *w)
{
    static const uint32_t cuts[] = { 0, 300, 1500, 5000 };
    static const uint32_t often[] = { 0, 0, 500, 5000 };
    struct call_faults *f = &w->faults;
    *f = (struct call_faults){ .cut = cuts[below(w, 4)], .kill = cuts[below(w, 4)] };
    for (int k = 0; k < CALL_KINDS; k++)
        f->fail[k] = often[below(w, 4)];
    f->fail[CALL_SYNC] *= 20; /* there are few of them */
    f->partly = one_in(w, 3) ? 20000 : 0;
    f->pages = one_in(w, 2);
    f->sync_ms = one_in(w, 6) ? 5000 : 0;
    w->b.near.p_percent = one_in(w, 3) ? 0 : (unsigned)below(w, 40);
    *calls_faults() = *f;
}

/* The disk is full for a while. */
static void draw_room(struct world *w)
{
    struct call_faults *f = calls_faults();
    if (f->room)
        f->room = 0;
    else if (one_in(w, 12))
        f->room = disk_bytes(calls_disk()) + below(w, 20) * DISK_PAGE;
}

static void heal(struct world *w)
{
    w->what = "healing";
    calls_no_faults();
    w->b.near.p_percent = 0;
    w->b.near.down = false;
    if (one_in(w, 2))
        box_power_cycle(&w->b);
    calls_set_wall(w->truth + clock_mono_ms(&w->b.clock) + 9 * DAY_MS);
    w->truth += 9 * DAY_MS; /* whatever a wrong clock wrote is past */
    struct flow *f = program(w, BOX_DESK);
    enum err e = flow_clock_confirm(f);
    if (e != ERR_OK)
        FAILS(w, "the clock: %s", err_text(e));
    for (int i = 0; i < w->n_a; i++)
        if (w->a[i].pending)
            try_book(w, &w->a[i]);
    e = flow_tick(program(w, BOX_DESK));
    if (e != ERR_OK)
        FAILS(w, "what time brought: %s", err_text(e));
}

static void retry_dead(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct outbox_list l = { 0 };
    enum err e = flow_outbox(f, true, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (strcmp(l.v[i].state, "dead") == 0)
            e = flow_outbox_retry(f, &l.v[i].id);
    if (e != ERR_OK)
        FAILS(w, "trying a dead letter again: %s", err_text(e));
    outbox_list_done(&l);
}

static void drain(struct world *w)
{
    struct outbox_status s = { 0 };
    for (int i = 0; i < 12; i++) {
        upload_once(w);
        w->what = "draining";
        enum err e = flow_outbox_status(program(w, BOX_DESK), &s);
        if (e != ERR_OK)
            FAILS(w, "outbox: %s", err_text(e));
        if (s.queued + s.waiting + s.dead == 0)
            return;
        if (s.dead)
            retry_dead(w);
        calls_advance(6 * HOUR_MS);
    }
    struct outbox_list l = { 0 };
    if (flow_outbox(program(w, BOX_DESK), true, &l) == ERR_OK)
        for (size_t i = 0; i < l.n; i++)
            fprintf(many_said, "%s of %s, %s: %s\n", l.v[i].kind, l.v[i].chain.s, l.v[i].state,
                    l.v[i].code);
    FAILS(w, "the outbox does not drain: %lld queued, %lld waiting, %lld dead", (long long)s.queued,
          (long long)s.waiting, (long long)s.dead);
}

static void history(struct world *w, uint64_t seed)
{
    *w = (struct world){ .seed = seed, .rng = rng_seeded(seed ^ 0x5eed), .what = "start" };
    box_begin(&w->b, seed);
    calls_advance(below(w, 10) * HOUR_MS);
    w->truth = calls_wall() - clock_mono_ms(&w->b.clock);
    draw_faults(w);
    int acts = one_in(w, LONG_ONES) ? ACTS : 1 + below(w, FEW_ACTS);
    for (w->acts = 0; w->acts < acts; w->acts++) {
        one_act(w);
        if (one_in(w, 10))
            draw_room(w);
    }
    heal(w);
    drain(w);
    check_all(w);
    box_done(&w->b);
    if (calls_open_files() != 0)
        FAILS(w, "%d files are left open", calls_open_files());
}

/* ---- many of them ---- */

static struct many_totals work(const struct many_share *s)
{
    static struct world w;
    struct many_totals t = { 0 };
    for (long n = s->from; n < s->most; n += s->step) {
        history(&w, s->seed + (uint64_t)n);
        t.done++;
        t.a += w.cuts;
        t.b += w.kills;
    }
    return t;
}

TEST(every_acknowledged_act_survives_any_history_of_faults)
{
    struct many_totals t;
    bool good = many_run(work, many_rounds(HISTORIES, AT_LENGTH), 0, &t);
    print_message("%ld histories: %ld power cuts, %ld kills\n", t.done, t.a, t.b);
    CHECK(good);
}
