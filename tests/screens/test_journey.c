#include "screens/journey.h"

#include "tests/screens/visitor.h"

TEST(a_walk_in_asks_birth_name_municipality_topic_and_then_checks)
{
    static const struct screen *const order[] = { &scr_birth, &scr_name, &scr_municipality,
                                                  &scr_topic, &scr_check };
    struct visitor v;
    visitor_start(&v, NINE);
    CHECK(journey_start(&v.s, ERRAND_WALK_IN).to == order[0]);
    for (size_t i = 0; i + 1 < ARRAY_LEN(order); i++)
        CHECK(journey_next(&v.s, order[i]).to == order[i + 1]);
    visitor_end(&v);
}

TEST(what_was_said_on_another_errand_is_not_asked_again)
{
    struct visitor v;
    visitor_start(&v, NINE);
    v.s.carried = CARRIED_BIRTH | CARRIED_NAME;
    CHECK(journey_start(&v.s, ERRAND_WALK_IN).to == &scr_municipality);
    visitor_end(&v);
}

TEST(an_answer_that_is_put_right_leads_straight_back_to_the_check_page)
{
    struct visitor v;
    visitor_start(&v, NINE);
    journey_start(&v.s, ERRAND_WALK_IN);
    v.s.fixing = true;
    struct nav n = journey_next(&v.s, &scr_birth);
    CHECK_INT(n.kind, NAV_BACK_TO);
    CHECK(n.to == &scr_check);
    CHECK(!v.s.fixing);
    visitor_end(&v);
}

TEST(of_somebody_too_young_nothing_is_kept)
{
    struct visitor v;
    visitor_start(&v, NINE);
    arrive_at(&v, &scr_birth);
    journey_start(&v.s, ERRAND_WALK_IN);
    tap(&v, &scr_birth, "birth.day.17");
    tap(&v, &scr_birth, "birth.month.5");
    struct nav n = tap(&v, &scr_birth, "birth.year.2010");
    CHECK(n.to == &scr_too_young);
    CHECK(!session_has_data(&v.s));
    visitor_end(&v);
}

TEST(who_turns_18_within_the_horizon_may_book_but_not_walk_in)
{
    struct visitor v;
    visitor_start(&v, NINE);
    arrive_at(&v, &scr_birth);
    journey_start(&v.s, ERRAND_BOOK);
    tap(&v, &scr_birth, "birth.day.1");
    tap(&v, &scr_birth, "birth.month.4"); /* the house's day is 23 March 2026 */
    CHECK(tap(&v, &scr_birth, "birth.year.2008").to == &scr_name);
    v.s.errand = ERRAND_WALK_IN;
    CHECK(tap(&v, &scr_birth, "nav.next").to == &scr_too_young);
    visitor_end(&v);
}

TEST(a_storage_fault_shows_out_of_order_and_a_busy_one_may_be_tried_again)
{
    struct visitor v;
    visitor_start(&v, NINE);
    CHECK_INT(journey_refused(&v.s, ERR_IO).kind, NAV_FAULT);
    CHECK_INT(journey_refused(&v.s, ERR_BUSY).kind, NAV_STAY);
    CHECK_INT(v.s.trouble, TROUBLE_BUSY);
    CHECK_INT(journey_refused(&v.s, ERR_NOMEM).kind, NAV_STAY);
    CHECK_INT(v.s.trouble, TROUBLE_FAILED);
    visitor_end(&v);
}
