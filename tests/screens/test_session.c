#include "screens/session.h"

#include "screens/hold.h"
#include "tests/screens/visitor.h"

TEST(a_wipe_leaves_what_the_next_visitor_starts_with_and_nothing_else)
{
    struct visitor v;
    visitor_start(&v, NINE);
    struct session fresh;
    memcpy(&fresh, &v.s, sizeof(fresh));
    session_init(&fresh, &v.host);
    answer(&v);
    memset(v.s.code, '7', sizeof(v.s.code) - 1);
    v.s.prefs.large = v.s.prefs.more_time = true;
    snprintf(v.s.prefs.lang, sizeof(v.s.prefs.lang), "pl");
    memset(&v.s.qr, 0xAA, sizeof(v.s.qr));
    session_wipe(&v.s);
    CHECK(memcmp(&fresh, &v.s, sizeof(fresh)) == 0);
    visitor_end(&v);
}

TEST(a_wipe_lets_go_of_the_time_that_was_held)
{
    struct visitor v;
    visitor_start(&v, NINE);
    answer(&v);
    arrive_at(&v, &scr_day);
    utc_ms start = v.s.first_free;
    CHECK_OK(hold_take(&v.s, start, "anna"));
    session_wipe(&v.s);
    struct flow *other = house_program(&v.house, "desk:1");
    struct hold h;
    CHECK_OK(flow_hold(other, &(struct hold_request){ .service = "school", .coach = "anna",
                                                      .start = start },
                       &h));
    flow_close(other);
    visitor_end(&v);
}

TEST(the_infix_is_split_off_unless_the_visitor_says_it_is_one_word)
{
    struct visitor v;
    struct person p;
    visitor_start(&v, NINE);
    answer(&v);
    CHECK_OK(session_person(&v.s, &p));
    CHECK_STR(p.infix, "van den");
    CHECK_STR(p.family, "Berg");
    v.s.a.whole = true;
    CHECK_OK(session_person(&v.s, &p));
    CHECK_STR(p.infix, "");
    CHECK_STR(p.family, "van den Berg");
    visitor_end(&v);
}

TEST(a_person_is_not_complete_without_a_day_that_exists)
{
    struct visitor v;
    struct person p;
    visitor_start(&v, NINE);
    answer(&v);
    v.s.a.day = 31;
    v.s.a.month = 2;
    CHECK_ERR(session_person(&v.s, &p), ERR_INVAL);
    visitor_end(&v);
}

TEST(there_is_nothing_to_forget_before_the_first_answer)
{
    struct visitor v;
    visitor_start(&v, NINE);
    CHECK(!session_has_data(&v.s));
    v.s.a.day = 3;
    CHECK(session_has_data(&v.s));
    visitor_end(&v);
}
