#include "screens/check.h"

#include "screens/hold.h"
#include "tests/screens/visitor.h"

static void hold_first(struct visitor *v)
{
    answer(v);
    v->s.errand = ERRAND_BOOK;
    arrive_at(v, &scr_day);
    /* Well behind the lead time, so that it can still be booked minutes later. */
    CHECK_OK(hold_take(&v->s, v->s.first_free + HOUR_MS, NULL));
    arrive_at(v, &scr_check);
}

/* Takes a start at every coach who could give it. */
static void take_all(struct visitor *v, utc_ms start)
{
    struct flow *other = house_program(&v->house, "desk:1");
    const char *const coaches[] = { "anna", "bram" };
    for (size_t i = 0; i < ARRAY_LEN(coaches); i++) {
        struct hold h;
        struct person p = somebody((int)i);
        struct appointment_view a;
        CHECK_OK(flow_hold(other, &(struct hold_request){ .service = "school", .start = start,
                                                          .coach = coaches[i] },
                           &h));
        CHECK_OK(flow_book(other, &(struct book_request){ .hold = h.id, .person = &p }, &a));
    }
    flow_close(other);
}

TEST(a_held_time_becomes_an_appointment_with_a_code)
{
    struct visitor v;
    visitor_start(&v, NINE);
    hold_first(&v);
    CHECK(tap(&v, &scr_check, "check.confirm").to == &scr_ticket);
    CHECK_INT(v.s.result, RESULT_BOOKED);
    CHECK_INT(strlen(v.s.booked.code), CODE_DIGITS);
    visitor_end(&v);
}

TEST(a_time_that_ran_out_but_is_still_free_is_booked_all_the_same)
{
    struct visitor v;
    visitor_start(&v, NINE);
    hold_first(&v);
    visitor_wait(&v, 4 * MINUTE_MS);
    CHECK(!hold_stands(&v.s));
    CHECK(tap(&v, &scr_check, "check.confirm").to == &scr_ticket);
    visitor_end(&v);
}

TEST(a_time_that_somebody_else_took_leads_back_to_the_days_with_every_answer_kept)
{
    struct visitor v;
    visitor_start(&v, NINE);
    hold_first(&v);
    utc_ms start = v.s.hold.start;
    visitor_wait(&v, 4 * MINUTE_MS);
    take_all(&v, start);
    struct nav n = tap(&v, &scr_check, "check.confirm");
    CHECK(n.to == &scr_day);
    CHECK_INT(v.s.trouble, TROUBLE_TAKEN);
    CHECK_STR(v.s.a.given, "Noor");
    CHECK_INT(v.s.a.way, CONTACT_NONE);
    arrive_at(&v, &scr_day);
    n = tap(&v, &scr_day, "day.first_free");
    CHECK_INT(n.kind, NAV_BACK_TO);
    CHECK(n.to == &scr_check);
    CHECK(v.s.hold.start != start);
    visitor_end(&v);
}

TEST(the_same_confirmation_twice_makes_one_visit)
{
    struct visitor v;
    visitor_start(&v, NINE);
    answer(&v);
    v.s.errand = ERRAND_WALK_IN;
    arrive_at(&v, &scr_check);
    struct ulid id = v.s.visit;
    CHECK(tap(&v, &scr_check, "check.confirm").to == &scr_ticket);
    char first[TICKET_SIZE];
    memcpy(first, v.s.arrival.line.ticket, sizeof(first));
    CHECK(tap(&v, &scr_check, "check.confirm").to == &scr_ticket);
    CHECK_STR(v.s.arrival.line.ticket, first);
    CHECK(ulid_same(&v.s.visit, &id));
    visitor_end(&v);
}

TEST(outside_the_hours_a_walk_in_is_told_when_the_doors_open)
{
    struct visitor v;
    visitor_start(&v, "2026-03-23T17:30:00+01:00");
    answer(&v);
    v.s.errand = ERRAND_WALK_IN;
    arrive_at(&v, &scr_check);
    CHECK(tap(&v, &scr_check, "check.confirm").to == &scr_closed);
    CHECK(!session_has_data(&v.s));
    visitor_end(&v);
}
