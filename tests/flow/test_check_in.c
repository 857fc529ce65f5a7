#include "tests/flow/house.h"

#define TEN "2026-03-23T10:00:00+01:00"

TEST(checking_in_makes_a_visit_for_the_coach_of_the_appointment)
{
    struct house h;
    struct arrival a = { 0 };
    struct appointment_view v;
    house_start(&h, NINE);
    v = book_at(h.f, 1, "school", "anna", at(TEN));
    house_wait(&h, 55);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_STR(a.line.ticket, "A01");
    CHECK(a.line.appointment);
    CHECK_STR(a.line.coach, "anna");
    CHECK(a.line.due == at(TEN));
    CHECK(!a.existing);
    CHECK_STR(queue_text(h.f, "bram"), ""); /* not for Bram, though he does school */
    CHECK_OK(flow_appointment(h.f, &v.id, &v));
    CHECK_INT(v.state, APPT_CHECKED_IN);
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 2);
    CHECK_STR(o.v[1].kind, "visit_attended");
    CHECK_STR(o.v[1].chain.s, v.id.s);
    outbox_list_done(&o);
    house_end(&h);
}

TEST(checking_in_twice_gives_the_visit_that_is_there)
{
    struct house h;
    struct arrival a = { 0 };
    struct arrival again = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_OK(flow_check_in(h.f, &v.id, &again));
    CHECK(again.existing);
    CHECK_STR(again.line.visit.s, a.line.visit.s);
    CHECK_OK(flow_leave(h.f, ref(&a.line), NULL));
    CHECK_ERR(flow_check_in(h.f, &v.id, &again), ERR_STATE);
    house_end(&h);
}

TEST(who_was_missed_and_checks_in_again_waits_again)
{
    struct house h;
    struct arrival a = { 0 };
    struct arrival again = { 0 };
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_missed(h.f, ref(&l), NULL));
    CHECK_OK(flow_check_in(h.f, &v.id, &again));
    CHECK(again.existing);
    CHECK_STR(again.line.ticket, a.line.ticket);
    CHECK_STR(queue_text(h.f, NULL), "A01/waiting");
    house_end(&h);
}

TEST(check_in_works_on_the_appointments_own_day_only)
{
    struct house h;
    struct arrival a;
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-24T10:00:00+01:00"));
    CHECK_ERR(flow_check_in(h.f, &v.id, &a), ERR_RANGE);
    clock_advance(&h.clock, DAY_MS);
    struct appointment_view w =
        book_at(h.f, 2, "school", "bram", at("2026-03-24T11:00:00+01:00"));
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    clock_advance(&h.clock, DAY_MS);
    CHECK_ERR(flow_check_in(h.f, &w.id, &a), ERR_RANGE); /* a no-show of yesterday */
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_check_in(h.f, &none, &a), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(a_no_show_comes_back_when_the_person_checks_in_the_same_day)
{
    struct house h;
    struct arrival a = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    house_wait(&h, 120);
    CHECK_OK(flow_find_by_code(h.f, v.code, &v));
    CHECK_INT(v.state, APPT_NO_SHOW);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK(a.late);
    CHECK_INT(a.line.band, 3);
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 3);
    CHECK_STR(o.v[2].kind, "visit_attended");
    outbox_list_done(&o);
    house_end(&h);
}

TEST(who_comes_after_all_is_not_counted_as_a_no_show)
{
    struct house h;
    struct arrival a = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    house_wait(&h, 80);
    CHECK_OK(flow_tick(h.f));
    CHECK_INT(house_counted(&h, "no_show"), 1);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_INT(house_counted(&h, "no_show"), 0);
    CHECK_INT(house_counted(&h, "attended"), 1);
    house_end(&h);
}

TEST(a_no_show_whose_time_was_given_away_still_comes_back)
{
    struct house h;
    struct arrival a = { 0 };
    house_start_with(&h, NINE, HOUSE_ROSTER_WITH("", HOUSE_COACHES, "\"lead_minutes\": 0"));
    struct appointment_view v =
        book_at(h.f, 1, "money", "cleo", at("2026-03-23T10:00:00+01:00"));
    house_wait(&h, 75);
    book_at(h.f, 2, "money", "cleo", at("2026-03-23T10:15:00+01:00"));
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_STR(a.line.ticket, "C01");
    house_end(&h);
}

TEST(a_walk_in_who_turns_out_to_have_an_appointment_keeps_the_number)
{
    struct house h;
    struct arrival w = { 0 };
    struct arrival a = { 0 };
    struct person p = somebody(1);
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    house_wait(&h, 50);
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &w));
    house_wait(&h, 8);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK(a.existing);
    CHECK_STR(a.line.ticket, w.line.ticket);
    CHECK_STR(a.line.coach, "anna");
    CHECK_INT(a.line.band, 2);
    CHECK_STR(queue_text(h.f, NULL), "A01/waiting");
    CHECK_OK(flow_appointment(h.f, &v.id, &v));
    CHECK_INT(v.state, APPT_CHECKED_IN);
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK(a.existing);
    house_end(&h);
}

TEST(a_second_appointment_waits_until_the_first_visit_is_over)
{
    struct house h;
    struct arrival a = { 0 };
    struct arrival b = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    struct appointment_view w =
        book_at(h.f, 1, "school", "bram", at("2026-03-23T14:00:00+01:00"));
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_OK(flow_check_in(h.f, &w.id, &b));
    CHECK(b.existing);
    CHECK_STR(b.line.visit.s, a.line.visit.s);
    CHECK_OK(flow_appointment(h.f, &w.id, &w));
    CHECK_INT(w.state, APPT_BOOKED);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_finish(h.f, ref(&l), "", NULL));
    CHECK_OK(flow_check_in(h.f, &w.id, &b));
    CHECK(!b.existing);
    CHECK_STR(b.line.ticket, "A02");
    house_end(&h);
}

TEST(two_programs_that_check_in_at_once_make_one_visit)
{
    struct house h;
    struct arrival a = { 0 };
    struct arrival b = { 0 };
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_check_in(other, &v.id, &a));
    CHECK_OK(flow_check_in(h.f, &v.id, &b));
    CHECK_STR(a.line.visit.s, b.line.visit.s);
    flow_closep(&other);
    house_end(&h);
}
