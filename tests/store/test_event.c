#include "store/event.h"

#include "store/due.h"
#include "tests/store/fixture.h"

TEST(events_are_numbered_by_subject)
{
    struct house *h = house_open();
    struct ulid a = new_id(h), b = new_id(h);
    struct event_row e = { .subject = a, .at = NOON, .act = "arrive", .to_state = "waiting",
                           .actor = "kiosk:1", .service = "school" }, got;
    CHECK_ERR(store_event_last(h->s, &a, &got), ERR_NOT_FOUND);
    CHECK_OK(store_event_append(h->s, &e, NULL));
    e.subject = b;
    CHECK_OK(store_event_append(h->s, &e, NULL));
    e.subject = a;
    snprintf(e.act, sizeof(e.act), "call");
    snprintf(e.from_state, sizeof(e.from_state), "waiting");
    snprintf(e.to_state, sizeof(e.to_state), "called");
    snprintf(e.reason, sizeof(e.reason), "because");
    CHECK_OK(store_event_append(h->s, &e, NULL));
    CHECK_OK(store_event_last(h->s, &a, &got));
    CHECK_INT(got.seq, 2);
    CHECK_STR(got.act, "call");
    CHECK_STR(got.reason, "because");
    CHECK(!got.has_before);
    CLEANUP(event_rows_done) struct event_rows l = { 0 };
    CHECK_OK(store_events(h->s, &a, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].from_state, "");
    CHECK_STR(l.v[0].to_state, "waiting");
    CHECK_OK(store_event_last(h->s, &b, &got));
    CHECK_INT(got.seq, 1);
    house_close(h);
}

TEST(an_event_gives_back_the_visit_as_it_was)
{
    struct house *h = house_open();
    struct visit_row was = a_visit(h, 1), now = was;
    was.state = VISIT_PARKED;
    was.appointment = new_id(h);
    was.due = NOON + 1;
    was.urgent = was.redirected = was.inaccurate = true;
    was.calls = 2;
    was.chime = 9;
    was.called = NOON + 2;
    was.first_call = NOON + 3;
    was.block_until = NOON + 4;
    was.started = NOON + 5;
    was.ended = NOON + 6;
    was.until = NOON + 7;
    snprintf(was.service, sizeof(was.service), "work");
    snprintf(was.coach, sizeof(was.coach), "sanne");
    snprintf(was.with_coach, sizeof(was.with_coach), "amir");
    snprintf(was.outcome, sizeof(was.outcome), "helped");
    struct event_row e = { .subject = was.id, .at = NOON, .act = "unpark",
                           .from_state = "parked", .to_state = "waiting", .actor = "staff:amir" };
    CHECK_OK(store_event_append(h->s, &e, &was));
    CHECK_OK(store_event_append(h->s, &e, NULL));
    CHECK_OK(store_event_before(h->s, &was.id, 1, &now));
    CHECK(memcmp(&was, &now, sizeof(was)) == 0);
    CHECK_ERR(store_event_before(h->s, &was.id, 2, &now), ERR_NOT_FOUND);
    house_close(h);
}

TEST(the_next_due_is_the_earliest_of_each_kind)
{
    struct house *h = house_open();
    struct store_due d;
    CHECK_OK(store_next_due(h->s, &d));
    CHECK_INT(d.hold_end, INT64_MAX);
    CHECK_INT(d.booked_start, INT64_MAX);
    CHECK_INT(d.visit_until, INT64_MAX);
    CHECK_INT(d.open_day, CIVIL_DAY_FOREVER);
    struct person p = a_person("Noor", "Berg");
    put_booked(h, "sanne", NOON + HOUR_MS, &p);
    struct appointment_row held = a_hold(h, "amir", NOON);
    CHECK_OK(store_appointment_insert(h->s, &held, NULL));
    struct visit_row v = a_visit(h, 1);
    CHECK_OK(store_visit_insert(h->s, &v, &p));
    v.state = VISIT_PAUSED;
    v.until = NOON + 9;
    CHECK_OK(store_visit_update(h->s, &v, (struct visit_was){ VISIT_WAITING, 1 }));
    CHECK_OK(store_next_due(h->s, &d));
    CHECK_INT(d.hold_end, held.held_until);
    CHECK_INT(d.booked_start, NOON + HOUR_MS);
    CHECK_INT(d.visit_until, NOON + 9);
    CHECK_INT(d.open_day, DAY1);
    house_close(h);
}
