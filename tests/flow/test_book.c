#include "tests/flow/house.h"

#define TEN "2026-03-23T10:00:00+01:00"
#define ELEVEN "2026-03-23T11:00:00+01:00"

static struct hold hold(struct flow *f, const char *coach, const char *start)
{
    struct hold h = { 0 };
    CHECK_OK(flow_hold(f, &(struct hold_request){ .service = "school", .coach = coach,
                                                  .start = at(start) },
                       &h));
    return h;
}

static enum err book(struct flow *f, const struct hold *h, const struct person *p,
                     struct appointment_view *ret)
{
    return flow_book(f, &(struct book_request){ .hold = h->id, .person = p }, ret);
}

TEST(a_booking_has_a_code_a_token_and_a_first_letter)
{
    struct house h;
    struct appointment_view v = { 0 };
    struct person p = somebody(5);
    house_start(&h, NINE);
    struct hold a = hold(h.f, "anna", TEN);
    CHECK_OK(book(h.f, &a, &p, &v));
    CHECK_INT(v.state, APPT_BOOKED);
    CHECK(code_valid(v.code));
    CHECK(token_valid(v.token));
    CHECK_STR(v.initial, "É");
    CHECK_STR(v.coach, "anna");
    CHECK_STR(v.coach_name, "Anna");
    CHECK(v.start == at(TEN));
    CHECK(v.end == at("2026-03-23T10:30:00+01:00"));
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 1);
    CHECK_STR(o.v[0].kind, "appointment_booked");
    CHECK_STR(o.v[0].chain.s, v.id.s);
    outbox_list_done(&o);
    house_end(&h);
}

TEST(the_same_hold_and_person_again_get_the_same_answer)
{
    struct house h;
    struct appointment_view v = { 0 };
    struct appointment_view again = { 0 };
    struct person p = somebody(1);
    struct person q = somebody(2);
    house_start(&h, NINE);
    struct hold a = hold(h.f, "anna", TEN);
    CHECK_OK(book(h.f, &a, &p, &v));
    house_wait(&h, 10); /* long after the hold */
    CHECK_OK(book(h.f, &a, &p, &again));
    CHECK_STR(again.code, v.code);
    CHECK_STR(again.id.s, v.id.s);
    CHECK_ERR(book(h.f, &a, &q, &again), ERR_NOT_FOUND);
    struct outbox_status s;
    CHECK_OK(flow_outbox_status(h.f, &s));
    CHECK_INT(s.queued, 1);
    house_end(&h);
}

TEST(a_hold_that_ran_out_cannot_be_booked)
{
    struct house h;
    struct appointment_view v;
    struct person p = somebody(1);
    house_start(&h, NINE);
    struct hold a = hold(h.f, "anna", TEN);
    house_wait(&h, 3);
    CHECK_ERR(book(h.f, &a, &p, &v), ERR_NOT_FOUND);
    struct hold b = { .id = flow_new_id(h.f) };
    CHECK_ERR(book(h.f, &b, &p, &v), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(ages_count_on_the_day_of_the_appointment)
{
    struct house h;
    struct appointment_view v;
    struct person p = somebody(1);
    house_start(&h, NINE);
    p.birth = day("2008-03-24"); /* 18 tomorrow */
    struct hold a = hold(h.f, "anna", TEN);
    CHECK_ERR(book(h.f, &a, &p, &v), ERR_AGE_LOW);
    a = hold(h.f, "anna", "2026-03-24T10:00:00+01:00");
    CHECK_OK(book(h.f, &a, &p, &v));
    p = somebody(2);
    p.birth = day("1999-03-24"); /* 27 tomorrow */
    a = hold(h.f, "anna", "2026-03-24T14:00:00+01:00");
    CHECK_ERR(book(h.f, &a, &p, &v), ERR_AGE_HIGH);
    house_end(&h);
}

TEST(a_person_cannot_have_two_appointments_at_once)
{
    struct house h;
    struct appointment_view v;
    struct person p = somebody(1);
    house_start(&h, NINE);
    struct hold a = hold(h.f, "anna", TEN);
    CHECK_OK(book(h.f, &a, &p, &v));
    a = hold(h.f, "bram", "2026-03-23T10:15:00+01:00");
    CHECK_ERR(book(h.f, &a, &p, &v), ERR_EXISTS);
    a = hold(h.f, "bram", "2026-03-23T10:30:00+01:00"); /* touches, does not overlap */
    CHECK_OK(book(h.f, &a, &p, &v));
    book_at(h.f, 1, "work", "cleo", at("2026-03-23T13:00:00+01:00"));
    a = hold(h.f, "anna", "2026-03-23T13:30:00+01:00"); /* the coach's buffer is not hers */
    CHECK_OK(book(h.f, &a, &p, &v));
    house_end(&h);
}

TEST(a_wrong_field_is_refused_and_the_hold_stands)
{
    struct house h;
    struct appointment_view v;
    struct person p = somebody(1);
    house_start(&h, NINE);
    struct hold a = hold(h.f, "anna", TEN);
    snprintf(p.municipality, sizeof(p.municipality), "16");
    CHECK_ERR(book(h.f, &a, &p, &v), ERR_INVAL);
    p = somebody(1);
    CHECK_OK(book(h.f, &a, &p, &v));
    house_end(&h);
}

TEST(codes_of_appointments_to_come_are_all_different)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    char codes[40][CODE_DIGITS + 1];
    int n = 0;
    for (int d = 0; d < 5; d++)
        for (int slot = 0; slot < 4; slot++) {
            utc_ms start = at(ELEVEN) + d * DAY_MS + (slot % 2) * 30 * MINUTE_MS;
            struct appointment_view v =
                book_at(desk, n, "school", slot < 2 ? "anna" : "bram", start);
            for (int i = 0; i < n; i++)
                CHECK(strcmp(codes[i], v.code) != 0);
            memcpy(codes[n++], v.code, sizeof(v.code));
        }
    flow_close(desk);
    house_end(&h);
}

TEST(the_day_lists_its_booked_appointments_by_start)
{
    struct house h;
    house_start(&h, NINE);
    book_at(h.f, 1, "school", "bram", at(ELEVEN));
    book_at(h.f, 2, "school", "anna", at(ELEVEN));
    book_at(h.f, 3, "school", "anna", at(TEN));
    book_at(h.f, 4, "school", "anna", at("2026-03-24T10:00:00+01:00"));
    struct appointment_list l = { 0 };
    CHECK_OK(flow_appointments(h.f, NULL, day(MONDAY), day(MONDAY), &l));
    CHECK_INT(l.n, 3);
    CHECK(l.v[0].start == at(TEN));
    CHECK_STR(l.v[1].coach, "anna");
    CHECK_STR(l.v[2].coach, "bram");
    CHECK_STR(l.v[0].code, "");
    appointment_list_done(&l);
    CHECK_OK(flow_appointments(h.f, "anna", day(MONDAY), day(MONDAY) + 1, &l));
    CHECK_INT(l.n, 3);
    appointment_list_done(&l);
    house_end(&h);
}

TEST(a_booking_becomes_a_no_show_fifteen_minutes_after_its_start)
{
    struct house h;
    struct appointment_view v;
    house_start(&h, NINE);
    v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK(flow_next_due(h.f) == at("2026-03-23T10:15:00+01:00"));
    clock_advance(&h.clock, 75 * MINUTE_MS - 1);
    CHECK_OK(flow_appointment(h.f, &v.id, &v));
    CHECK_INT(v.state, APPT_BOOKED);
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_appointment(h.f, &v.id, &v));
    CHECK_INT(v.state, APPT_NO_SHOW);
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 2);
    CHECK_STR(o.v[1].kind, "visit_no_show");
    outbox_list_done(&o);
    house_end(&h);
}
