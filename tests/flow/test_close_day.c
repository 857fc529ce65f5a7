#include <sqlite3.h>

#include "store/event.h"
#include "tests/flow/model.h"

/* One visit in each open state, in this order. */
static void fill(struct house *h, struct arrival a[6])
{
    for (int i = 0; i < 6; i++)
        a[i] = walk_in(h->f, i, i < 3 ? TOPIC_SCHOOL : TOPIC_WORK);
    CHECK_OK(flow_pause(h->f, ref_any(&a[1].line), 30, NULL));
    CHECK_OK(flow_call(h->f, "anna", ref_any(&a[2].line), NULL));
    CHECK_OK(flow_missed(h->f, ref_any(&a[2].line), NULL));
    serve(h->f, "bram", &a[3]);
    CHECK_OK(flow_park(h->f, ref_any(&a[3].line), 0, NULL, NULL));
    serve(h->f, "bram", &a[4]);
    CHECK_OK(flow_call(h->f, "cleo", ref_any(&a[5].line), NULL));
}

TEST(closing_the_day_leaves_nobody_in_the_queue)
{
    struct house h;
    struct arrival a[6];
    struct day_closed c = { 0 };
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    fill(&h, a);
    CHECK_OK(flow_close_day(h.f, &c));
    CHECK_INT(c.unserved, 5);
    CHECK_INT(c.done_inaccurate, 1);
    CHECK_INT(c.failed, 0);
    CHECK_STR(queue_text(h.f, NULL), "");
    CHECK_OK(flow_visit(h.f, &a[4].line.visit, &l));
    CHECK_INT(l.state, VISIT_DONE);
    CHECK(l.inaccurate);
    CHECK_OK(flow_visit(h.f, &a[5].line.visit, &l));
    CHECK_INT(l.state, VISIT_UNSERVED);
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_STATE);
    CHECK_OK(flow_close_day(h.f, &c)); /* nothing left to do */
    CHECK_INT(c.unserved + c.done_inaccurate, 0);
    house_end(&h);
}

TEST(a_day_that_nobody_closed_is_closed_when_the_next_begins)
{
    struct house h;
    struct arrival a[6];
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    fill(&h, a);
    clock_advance(&h.clock, 15 * HOUR_MS - 1); /* the last millisecond of the day */
    CHECK(queue_text(h.f, NULL)[0] != '\0');
    CHECK(flow_next_due(h.f) == at("2026-03-24T00:00:00+01:00"));
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_tick(h.f));
    CHECK(flow_next_due(h.f) == INT64_MAX);
    for (int i = 0; i < 6; i++) {
        CHECK_OK(flow_visit(h.f, &a[i].line.visit, &l));
        CHECK_INT(l.state, i == 4 ? VISIT_DONE : VISIT_UNSERVED);
    }
    CHECK_OK(flow_at_work(h.f, "bram", true));
    clock_advance(&h.clock, 10 * HOUR_MS);
    struct arrival b = walk_in(h.f, 9, TOPIC_WORK);
    CHECK_STR(b.line.ticket, "A01");
    serve(h.f, "bram", &b); /* his visit of yesterday is no obstacle */
    house_end(&h);
}

TEST(a_pause_that_ended_before_midnight_ends_before_the_day_does)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_pause(h.f, ref_any(&a.line), 30, NULL));
    clock_advance(&h.clock, 3 * DAY_MS); /* nobody came for days */
    CHECK_OK(flow_tick(h.f));
    struct queue_line l = { 0 };
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.state, VISIT_UNSERVED);
    house_end(&h);
}

TEST(a_pause_beyond_midnight_ends_with_the_day)
{
    struct house h;
    struct store *s = NULL;
    struct event_rows ev = { 0 };
    house_start_with(&h, "2026-03-23T23:50:00+01:00", MODEL_ROSTER); /* open at night */
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_pause(h.f, ref_any(&a.line), 30, NULL));
    house_wait(&h, 70);
    CHECK_OK(flow_tick(h.f));
    CHECK_OK(store_open(&(struct store_options){ .path = h.path, .rng = &h.rng }, &s));
    CHECK_OK(store_events(s, &a.line.visit, &ev));
    CHECK_INT(ev.n, 3);
    CHECK_STR(ev.v[2].act, "close_unserved");
    CHECK_STR(ev.v[2].from_state, "paused");
    CHECK(ev.v[2].at == at("2026-03-24T00:00:00+01:00"));
    CHECK_STR(ev.v[2].actor, "house");
    event_rows_done(&ev);
    store_close(s);
    house_end(&h);
}

TEST(the_estimate_does_not_learn_from_visits_that_were_closed)
{
    struct house h;
    struct day_closed c;
    struct queue_wait w = { 0 };
    int ahead = 0;
    house_start(&h, NINE);
    for (int i = 0; i < 6; i++) {
        struct arrival a = walk_in(h.f, i, TOPIC_SCHOOL);
        serve(h.f, "anna", &a);
        house_wait(&h, 2);
        CHECK_OK(flow_close_day(h.f, &c));
        CHECK_INT(c.done_inaccurate, 1);
    }
    CHECK_OK(flow_at_work(h.f, "anna", true));
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK_INT(w.max_min, 30);
    CHECK_OK(flow_close_day(h.f, &c)); /* the coaches go home */
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK(!w.known);
    house_end(&h);
}

/* A row that cannot be written: a trigger refuses every change of it. */
static void jam(const struct house *h, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

TEST(one_bad_row_does_not_stop_the_others)
{
    struct house h;
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct arrival c = walk_in(h.f, 3, TOPIC_SCHOOL);
    jam(&h, "CREATE TRIGGER jam BEFORE UPDATE ON visit WHEN old.number = 2"
            " BEGIN SELECT RAISE(ABORT, 'jam'); END");
    clock_advance(&h.clock, DAY_MS);
    CHECK_OK(flow_tick(h.f));
    CHECK_STR(walk_in(h.f, 4, TOPIC_SCHOOL).line.ticket, "A01"); /* and the house goes on */
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.state, VISIT_UNSERVED);
    CHECK_OK(flow_visit(h.f, &c.line.visit, &l));
    CHECK_INT(l.state, VISIT_UNSERVED);
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK_INT(l.state, VISIT_WAITING);
    jam(&h, "DROP TRIGGER jam");
    house_wait(&h, 1); /* tried again */
    CHECK_OK(flow_tick(h.f));
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK_INT(l.state, VISIT_UNSERVED);
    house_end(&h);
}

static void last_at(void *arg, const struct visit_event *ev)
{
    *(utc_ms *)arg = ev->at;
}

TEST(what_time_brings_has_its_due_time_however_late_it_is_seen)
{
    struct house h;
    utc_ms seen = 0;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_pause(h.f, ref_any(&a.line), 10, NULL));
    house_wait(&h, 25);
    CHECK_OK(flow_tick(h.f));
    CHECK_OK(flow_visit_events(h.f, &a.line.visit, last_at, &seen));
    CHECK(seen == at(NINE) + 10 * MINUTE_MS);
    house_end(&h);
}
