/*
 * Random action sequences on the real database, through two programs, held against the
 * model of model.h after every action. A failure prints seed and sequence; SEED=n repeats.
 */
#include "tests/flow/random_bookings.h"

#define SEQUENCES 2000
#define ACTIONS 24
#define PER_HOUSE 100 /* sequences on one database, each on days of its own */

/* ---- after every action ---- */

static void check_queue(struct world *w)
{
    struct queue_list l = { 0 };
    int want[MODEL_VISITS];
    EXPECT(w, flow_queue(program(w), NULL, &l), ERR_OK);
    int n = m_listed(&w->m, want);
    EXPECT(w, (int)l.n, n);
    for (int i = 0; i < n; i++)
        check_line(w, &w->m.v[want[i]], &l.v[i]);
    queue_list_done(&l);
}

static void check_appointments(struct world *w)
{
    for (int i = 0; i < w->m.n_a; i++) {
        struct appointment_view v = { 0 };
        EXPECT(w, flow_appointment(w->desk, &w->m.a[i].id, &v), ERR_OK);
        EXPECT(w, v.state, w->m.a[i].state);
        EXPECT(w, v.start, w->m.a[i].start);
    }
}

static void check_free(struct world *w)
{
    struct model *m = &w->m;
    int service = below(w, SERVICES);
    civil_day first = zone_day(flow_zone(w->desk), m->day_start);
    struct free_list l = { 0 };
    size_t n = 0;
    EXPECT(w, flow_free(w->desk, service_ids[service], NULL, first, first + 1, &l), ERR_OK);
    for (utc_ms t = m->day_start; t < m->day_start + 2 * DAY_MS; t += 15 * MINUTE_MS)
        for (int c = 0; c < COACHES; c++)
            if (m_offer(m, c, service, t, -1, 0) == ERR_OK) {
                CHECK(n < l.n);
                EXPECT(w, l.v[n].start, t);
                EXPECT(w, l.v[n].coach, c);
                n++;
            }
    EXPECT(w, (int)l.n, (int)n);
    free_list_done(&l);
}

static void do_time(struct world *w)
{
    static const int64_t steps[] = { 1000, 5000, 10000, 10001, 60000, 180000, 300000, 600000,
                                     900000, 2700000 };
    int64_t ms = steps[below(w, (int)ARRAY_LEN(steps))];
    w->what = "time";
    if (w->m.now + ms >= w->m.day_start + 23 * HOUR_MS)
        return;
    clock_advance(&w->h.clock, ms);
    w->m.now += ms;
    m_tick(&w->m);
}

static void one_action(struct world *w)
{
    int draw = below(w, 100);
    if (draw < 11)
        do_walk_in(w);
    else if (draw < 18)
        do_next(w);
    else if (draw < 54)
        do_act(w);
    else if (draw < 63)
        do_hold(w);
    else if (draw < 71)
        do_book(w);
    else if (draw < 73)
        do_release(w, below(w, 2));
    else if (draw < 77)
        do_move(w);
    else if (draw < 80)
        do_cancel(w);
    else if (draw < 82)
        do_cancel_undo(w);
    else if (draw < 89)
        do_check_in(w);
    else if (draw == 89 && below(w, 4) == 0)
        do_close(w);
    else
        do_time(w);
}

/* Two days on: the queue of before is closed by time, its appointments are past. */
static void next_sequence(struct world *w)
{
    struct model *m = &w->m;
    utc_ms jump = m->day_start + 2 * DAY_MS + 8 * HOUR_MS + below(w, 8) * HOUR_MS +
                  below(w, 3600) * SECOND_MS - m->now;
    w->what = "the night";
    clock_advance(&w->h.clock, jump);
    m->now += jump;
    m_tick(m);
    check_queue(w);
    check_appointments(w);
    for (int i = 0; i < m->n_v; i++) {
        struct queue_line l = { 0 };
        EXPECT(w, flow_visit(w->desk, &m->v[i].id, &l), ERR_OK);
        EXPECT(w, l.state, m->v[i].now.state);
    }
    *m = (struct model){ .now = m->now, .day_start = m->day_start + 2 * DAY_MS };
}

static void run_house(struct world *w, long sequences)
{
    house_start_with(&w->h, "2026-06-01T08:00:00+02:00", MODEL_ROSTER);
    w->desk = house_program(&w->h, "desk:1");
    w->m = (struct model){ .now = clock_wall_ms(&w->h.clock),
                           .day_start = at("2026-06-01T00:00:00+02:00") };
    for (long s = 0; s < sequences; s++) {
        w->sequence++;
        for (w->action = 0; w->action < ACTIONS; w->action++) {
            one_action(w);
            check_queue(w);
        }
        check_free(w);
        next_sequence(w);
        if (w->m.day_start > at("2026-10-20T00:00:00+02:00")) /* the clocks change on the 25th */
            break;
    }
    flow_closep(&w->desk);
    house_end(&w->h);
    unlink(w->h.path);
}

TEST(random_action_sequences_agree_with_the_model)
{
    static struct world w;
    long rounds = check_rounds(SEQUENCES);
    w.rng = rng_seeded(check_seed());
    while (w.sequence < rounds)
        run_house(&w, rounds - w.sequence < PER_HOUSE ? rounds - w.sequence : PER_HOUSE);
}
