#include "tests/flow/house.h"

#define TEN "2026-03-23T10:00:00+01:00"
#define QUARTER_PAST "2026-03-23T10:15:00+01:00"
#define ELEVEN "2026-03-23T11:00:00+01:00"

static enum err move(struct flow *f, const struct appointment_view *v, const char *coach,
                     const char *start, struct appointment_view *ret)
{
    return flow_move(f, &(struct move_request){ .appointment = v->id, .coach = coach,
                                                .start = at(start) },
                     ret);
}

TEST(a_move_keeps_the_code_and_names_its_successor)
{
    struct house h;
    struct appointment_view next = { 0 };
    struct appointment_view old = { 0 };
    struct appointment_view found = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(move(h.f, &v, NULL, "2026-03-25T14:00:00+01:00", &next));
    CHECK_STR(next.code, v.code);
    CHECK_STR(next.token, v.token);
    CHECK_STR(next.coach, "anna"); /* rather the same coach */
    CHECK_STR(next.initial, v.initial);
    CHECK_OK(flow_appointment(h.f, &v.id, &old));
    CHECK_INT(old.state, APPT_MOVED);
    CHECK_OK(flow_find_by_code(h.f, v.code, &found));
    CHECK_STR(found.id.s, next.id.s);
    CHECK_OK(flow_find_by_code(h.f, v.token, &found));
    CHECK_STR(found.id.s, next.id.s);
    book_at(h.f, 2, "school", "anna", at(TEN)); /* the old time is free */
    house_end(&h);
}

TEST(an_appointment_may_move_over_its_own_time)
{
    struct house h;
    struct appointment_view next;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(move(h.f, &v, "anna", QUARTER_PAST, &next));
    CHECK(next.start == at(QUARTER_PAST));
    house_end(&h);
}

TEST(when_the_new_time_is_gone_the_old_one_stands)
{
    struct house h;
    struct appointment_view next = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    book_at(h.f, 2, "school", "anna", at(ELEVEN));
    CHECK_ERR(move(h.f, &v, "anna", ELEVEN, &next), ERR_TAKEN);
    CHECK_ERR(move(h.f, &v, "anna", "2026-03-28T10:00:00+01:00", &next), ERR_RANGE);
    CHECK_ERR(move(h.f, &v, "tom", ELEVEN, &next), ERR_NOT_FOUND);
    CHECK_OK(flow_appointment(h.f, &v.id, &next));
    CHECK_INT(next.state, APPT_BOOKED);
    CHECK(next.start == at(TEN));
    CHECK_OK(move(h.f, &v, NULL, ELEVEN, &next)); /* any coach: Bram is free */
    CHECK_STR(next.coach, "bram");
    house_end(&h);
}

TEST(a_move_may_use_the_time_that_was_held_for_it)
{
    struct house h;
    struct hold a = { 0 };
    struct appointment_view next = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_hold(h.f, &(struct hold_request){ .service = "school", .coach = "bram",
                                                    .start = at(ELEVEN) },
                       &a));
    struct move_request r = { .appointment = v.id, .start = at(ELEVEN), .hold = a.id };
    CHECK_OK(flow_move(h.f, &r, &next));
    CHECK_STR(next.coach, "bram");
    CHECK_ERR(flow_release(h.f, &a.id), ERR_NOT_FOUND);
    CHECK_ERR(flow_move(h.f, &r, &next), ERR_STATE); /* it was moved already */
    house_end(&h);
}

TEST(a_visitor_moves_and_cancels_until_the_start_and_staff_also_after)
{
    struct house h;
    struct appointment_view next;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    struct appointment_view w = book_at(h.f, 2, "school", "bram", at(TEN));
    house_wait(&h, 60); /* the start itself */
    CHECK_ERR(move(h.f, &v, NULL, "2026-03-25T14:00:00+01:00", &next), ERR_RANGE);
    CHECK_ERR(flow_cancel(h.f, &w.id, false, NULL), ERR_RANGE);
    CHECK_OK(flow_move(h.f,
                       &(struct move_request){ .appointment = v.id, .by_staff = true,
                                               .start = at("2026-03-25T14:00:00+01:00") },
                       &next));
    CHECK_OK(flow_cancel(h.f, &w.id, true, "rang to say so"));
    house_end(&h);
}

TEST(a_person_does_not_move_onto_another_appointment_of_their_own)
{
    struct house h;
    struct appointment_view next;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    book_at(h.f, 1, "school", "anna", at(ELEVEN));
    CHECK_ERR(move(h.f, &v, "bram", ELEVEN, &next), ERR_EXISTS);
    house_end(&h);
}

TEST(ages_count_on_the_day_to_which_an_appointment_moves)
{
    struct house h;
    struct hold a;
    struct appointment_view v;
    struct person p = somebody(1);
    house_start(&h, NINE);
    p.birth = day("1999-03-25"); /* 27 on Wednesday */
    CHECK_OK(flow_hold(h.f, &(struct hold_request){ .service = "school", .start = at(TEN) }, &a));
    CHECK_OK(flow_book(h.f, &(struct book_request){ .hold = a.id, .person = &p }, &v));
    CHECK_ERR(move(h.f, &v, NULL, "2026-03-25T14:00:00+01:00", &v), ERR_AGE_HIGH);
    CHECK_OK(move(h.f, &v, NULL, "2026-03-24T14:00:00+01:00", &v));
    house_end(&h);
}

TEST(moves_and_cancellations_are_told_in_one_chain_with_rising_times)
{
    struct house h;
    struct appointment_view next = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(move(h.f, &v, NULL, ELEVEN, &next)); /* in the same millisecond */
    CHECK_OK(flow_cancel(h.f, &next.id, false, NULL));
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 3);
    CHECK_STR(o.v[0].kind, "appointment_booked");
    CHECK_STR(o.v[1].kind, "appointment_changed");
    CHECK_STR(o.v[2].kind, "appointment_cancelled");
    for (size_t i = 0; i < o.n; i++)
        CHECK_STR(o.v[i].chain.s, v.id.s);
    outbox_list_done(&o);
    house_end(&h); /* the check sees that their times rise */
}

TEST(a_cancelled_appointment_frees_its_time_and_its_code_finds_nothing)
{
    struct house h;
    struct appointment_view found;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    CHECK_ERR(flow_find_by_code(h.f, v.code, &found), ERR_NOT_FOUND);
    CHECK_ERR(flow_cancel(h.f, &v.id, false, NULL), ERR_STATE);
    CHECK_ERR(flow_check_in(h.f, &v.id, NULL), ERR_STATE);
    book_at(h.f, 2, "school", "anna", at(TEN));
    house_end(&h);
}

TEST(a_cancellation_can_be_taken_back_for_ten_seconds)
{
    struct house h;
    struct appointment_view found = { 0 };
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    clock_advance(&h.clock, 10 * SECOND_MS);
    CHECK_OK(flow_cancel_undo(h.f, &v.id));
    CHECK_OK(flow_find_by_code(h.f, v.code, &found));
    CHECK_INT(found.state, APPT_BOOKED);
    CHECK_ERR(flow_cancel_undo(h.f, &v.id), ERR_STATE);
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    clock_advance(&h.clock, 10 * SECOND_MS + 1);
    CHECK_ERR(flow_cancel_undo(h.f, &v.id), ERR_RANGE);
    house_end(&h);
}

TEST(a_cancellation_is_not_taken_back_when_somebody_has_the_time)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at(TEN));
    CHECK_OK(flow_cancel(h.f, &v.id, false, NULL));
    book_at(h.f, 2, "school", "anna", at(QUARTER_PAST));
    CHECK_ERR(flow_cancel_undo(h.f, &v.id), ERR_TAKEN);
    house_end(&h);
}
