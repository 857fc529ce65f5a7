#include "tests/flow/house.h"

TEST(walk_ins_get_rising_numbers_of_their_series)
{
    struct house h;
    house_start(&h, NINE);
    CHECK_STR(walk_in(h.f, 1, TOPIC_SCHOOL).line.ticket, "A01");
    CHECK_STR(walk_in(h.f, 2, TOPIC_WORK).line.ticket, "A02");
    CHECK_STR(walk_in(h.f, 3, TOPIC_MONEY).line.ticket, "C01");
    house_end(&h);
}

TEST(each_series_starts_at_01_every_business_day)
{
    struct house h;
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    clock_advance(&h.clock, DAY_MS);
    CHECK_STR(walk_in(h.f, 3, TOPIC_SCHOOL).line.ticket, "A01");
    house_end(&h);
}

TEST(a_number_is_never_given_again_that_day)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_void(h.f, ref(&a.line), "typed twice", NULL));
    CHECK_STR(walk_in(h.f, 2, TOPIC_SCHOOL).line.ticket, "A02");
    struct day_closed closed;
    CHECK_OK(flow_close_day(h.f, &closed));
    CHECK_STR(walk_in(h.f, 3, TOPIC_SCHOOL).line.ticket, "A03");
    house_end(&h);
}

TEST(the_same_visit_id_again_gives_the_same_visit)
{
    struct house h;
    house_start(&h, NINE);
    struct person p = somebody(1);
    struct walk_in_request r = { .visit = flow_new_id(h.f), .person = &p };
    struct arrival first = { 0 };
    struct arrival again = { 0 };
    CHECK_OK(flow_walk_in(h.f, &r, &first));
    flow_closep(&h.f); /* the program died before it showed anything */
    h.f = house_program(&h, "kiosk:1");
    CHECK_OK(flow_walk_in(h.f, &r, &again));
    CHECK_STR(again.line.ticket, first.line.ticket);
    CHECK_STR(again.line.visit.s, first.line.visit.s);
    CHECK_STR(again.token, first.token);
    CHECK(!again.existing);
    struct outbox_status s;
    CHECK_OK(flow_outbox_status(h.f, &s));
    CHECK_INT(s.queued, 1);
    house_end(&h);
}

TEST(a_person_who_waits_already_gets_the_visit_that_exists)
{
    struct house h;
    house_start(&h, NINE);
    struct person p = somebody(1);
    struct arrival first = { 0 };
    struct arrival again = { 0 };
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &first));
    snprintf(p.given, sizeof(p.given), "YUSÚF"); /* case and accents do not make another person */
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &again));
    CHECK(again.existing);
    CHECK_STR(again.line.ticket, first.line.ticket);
    p.birth++;
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &again));
    CHECK(!again.existing);
    CHECK_STR(again.line.ticket, "A02");
    house_end(&h);
}

TEST(who_was_missed_and_walks_in_again_waits_again)
{
    struct house h;
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_missed(h.f, ref(&l), NULL));
    house_wait(&h, 2);
    struct arrival again = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK(again.existing);
    CHECK_STR(again.line.ticket, "A01");
    CHECK_INT(again.line.state, VISIT_WAITING);
    CHECK(again.line.arrived == a.line.arrived);
    CHECK_OK(flow_pause(h.f, ref(&again.line), 10, NULL));
    again = walk_in(h.f, 1, TOPIC_SCHOOL); /* only who was missed is put back */
    CHECK_INT(again.line.state, VISIT_PAUSED);
    house_end(&h);
}

TEST(somebody_who_was_helped_may_come_again_the_same_day)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_finish(h.f, ref(&l), "", NULL));
    struct arrival again = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK(!again.existing);
    CHECK_STR(again.line.ticket, "A02");
    house_end(&h);
}

TEST(nobody_walks_in_outside_the_opening_hours)
{
    struct house h;
    struct arrival a;
    struct person p = somebody(1);
    struct walk_in_request r = { .person = &p };
    house_start(&h, "2026-03-23T08:59:59+01:00");
    CHECK_ERR(flow_walk_in(h.f, &r, &a), ERR_CLOSED);
    clock_advance(&h.clock, SECOND_MS);
    CHECK_OK(flow_walk_in(h.f, &r, &a));
    clock_advance(&h.clock, 8 * HOUR_MS);
    p = somebody(2);
    CHECK_ERR(flow_walk_in(h.f, &r, &a), ERR_CLOSED);
    house_end(&h);
}

TEST(nobody_walks_in_on_a_closed_day)
{
    struct house h;
    struct arrival a;
    struct person p = somebody(1);
    house_start(&h, "2026-04-27T10:00:00+02:00"); /* Koningsdag */
    CHECK_ERR(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &a), ERR_CLOSED);
    house_end(&h);
}

TEST(ages_count_on_the_day_itself)
{
    struct house h;
    struct arrival a;
    struct person p = somebody(1);
    struct walk_in_request r = { .person = &p };
    house_start(&h, NINE);
    p.birth = day("2008-03-24"); /* 18 tomorrow */
    CHECK_ERR(flow_walk_in(h.f, &r, &a), ERR_AGE_LOW);
    p.birth = day("2008-03-23"); /* 18 today */
    CHECK_OK(flow_walk_in(h.f, &r, &a));
    p.birth = day("1999-03-23"); /* 27 today */
    CHECK_ERR(flow_walk_in(h.f, &r, &a), ERR_AGE_HIGH);
    p.birth = day("1999-03-24"); /* 27 tomorrow */
    CHECK_OK(flow_walk_in(h.f, &r, &a));
    house_end(&h);
}

TEST(a_refused_person_leaves_nothing_behind)
{
    struct house h;
    struct arrival a;
    struct person p = somebody(1);
    house_start(&h, NINE);
    p.family[0] = '\0';
    CHECK_ERR(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &a), ERR_INVAL);
    p = somebody(1);
    p.birth = day("2012-01-01");
    CHECK_ERR(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p }, &a), ERR_AGE_LOW);
    CHECK_STR(queue_text(h.f, NULL), "");
    struct outbox_status s;
    CHECK_OK(flow_outbox_status(h.f, &s));
    CHECK_INT(s.queued, 0);
    CHECK_STR(walk_in(h.f, 2, TOPIC_SCHOOL).line.ticket, "A01");
    house_end(&h);
}

TEST(an_unknown_service_or_coach_is_told)
{
    struct house h;
    struct arrival a;
    struct person p = somebody(1);
    house_start(&h, NINE);
    CHECK_ERR(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .service = "tea" }, &a),
              ERR_NOT_FOUND);
    CHECK_ERR(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "tom" }, &a),
              ERR_NOT_FOUND);
    house_end(&h);
}

TEST(a_visitor_may_wait_for_one_coach_or_for_the_first_free)
{
    struct house h;
    struct arrival a = { 0 };
    struct person p = somebody(1);
    house_start(&h, NINE);
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "bram" }, &a));
    CHECK_STR(a.line.coach, "bram");
    CHECK_STR(walk_in(h.f, 2, TOPIC_SCHOOL).line.coach, "");
    CHECK_STR(queue_text(h.f, "anna"), "A02/waiting");
    CHECK_STR(queue_text(h.f, "bram"), "A01/waiting A02/waiting");
    struct queue_line l = { 0 };
    CHECK_OK(flow_switch_coach(h.f, ref(&a.line), NULL, &l));
    CHECK_STR(l.coach, "");
    CHECK_STR(queue_text(h.f, "anna"), "A01/waiting A02/waiting");
    CHECK_ERR(flow_switch_coach(h.f, ref(&l), "tom", NULL), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(the_topic_finds_the_service)
{
    struct house h;
    house_start(&h, NINE);
    CHECK_STR(walk_in(h.f, 1, TOPIC_SCHOOL).line.service, "school");
    CHECK_STR(walk_in(h.f, 2, TOPIC_WORK).line.service, "work");
    CHECK_STR(walk_in(h.f, 3, TOPIC_HOUSING).line.service, "money");
    CHECK_STR(walk_in(h.f, 4, TOPIC_UNSAID).line.service, "school"); /* the default */
    house_end(&h);
}

TEST(a_walk_in_and_the_notice_it_saw_are_told_to_the_register_in_order)
{
    struct house h;
    struct person p = somebody(1);
    struct arrival a = { 0 };
    house_start(&h, NINE);
    struct walk_in_request r = { .person = &p, .notice_shown = true };
    CHECK_OK(flow_walk_in(h.f, &r, &a));
    struct outbox_list l = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].kind, "walkin_registered");
    CHECK_STR(l.v[1].kind, "privacy_notice_shown");
    CHECK_STR(l.v[0].chain.s, a.line.visit.s);
    CHECK_STR(l.v[1].chain.s, a.line.visit.s);
    outbox_list_done(&l);
    house_end(&h);
}

TEST(a_ticket_is_printed_by_itself_once)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    bool print = false;
    CHECK_OK(flow_take_print(h.f, &a.line.visit, &print));
    CHECK(print);
    CHECK_OK(flow_take_print(h.f, &a.line.visit, &print));
    CHECK(!print);
    struct ulid none = { { 0 } };
    CHECK_ERR(flow_take_print(h.f, &none, &print), ERR_NOT_FOUND);
    /* Printing is no change that somebody could trip over. */
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    house_end(&h);
}

TEST(the_person_can_be_read_back_and_the_look_is_written_down)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 5, TOPIC_SCHOOL);
    struct person p = { 0 };
    CHECK_OK(flow_visit_person(h.f, &a.line.visit, &p));
    CHECK_STR(p.given, "Émile");
    CHECK_STR(p.family, "Jansen");
    CHECK_INT(p.birth, somebody(5).birth);
    house_end(&h);
}

TEST(turned_away_people_are_only_counted)
{
    struct house h;
    house_start(&h, NINE);
    CHECK_OK(flow_turned_away(h.f, TURNED_AWAY_YOUNG));
    CHECK_OK(flow_turned_away(h.f, TURNED_AWAY_GAVE_UP));
    CHECK_STR(queue_text(h.f, NULL), "");
    house_end(&h);
}
