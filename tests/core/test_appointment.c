#include "core/appointment.h"

#include <string.h>

#include "tests/lib/check.h"

static const struct {
    const char *from, *act, *to;
} moves[] = {
    { "held", "extend", "held" },         { "held", "book", "booked" },
    { "held", "release", "expired" },     { "held", "expire", "expired" },
    { "booked", "check_in", "checked_in" }, { "booked", "cancel", "cancelled" },
    { "booked", "move", "moved" },        { "booked", "miss", "no_show" },
    { "no_show", "check_in", "checked_in" },
};

TEST(exactly_the_moves_of_the_table_are_allowed)
{
    for (unsigned s = 0; s < APPT_STATE_COUNT; s++)
        for (unsigned a = 0; a < APPT_ACT_COUNT; a++) {
            const char *want = NULL;
            for (size_t i = 0; i < ARRAY_LEN(moves); i++)
                if (strcmp(moves[i].from, appointment_state_name((enum appointment_state)s)) == 0 &&
                    strcmp(moves[i].act, appointment_act_name((enum appointment_act)a)) == 0)
                    want = moves[i].to;
            enum appointment_state next = APPT_STATE_COUNT;
            enum err e =
                appointment_next((enum appointment_state)s, (enum appointment_act)a, &next);
            CHECK_INT(e, want ? ERR_OK : ERR_STATE);
            if (want)
                CHECK_STR(appointment_state_name(next), want);
            else
                CHECK_INT(next, APPT_STATE_COUNT);
        }
}

TEST(names_go_both_ways_and_strangers_are_refused)
{
    enum appointment_state s;
    for (unsigned i = 0; i < APPT_STATE_COUNT; i++) {
        CHECK_OK(appointment_state_of(appointment_state_name((enum appointment_state)i), &s));
        CHECK_INT(s, i);
    }
    CHECK_ERR(appointment_state_of("lost", &s), ERR_NOT_FOUND);
    CHECK(appointment_state_name(APPT_STATE_COUNT) == NULL);
    CHECK(appointment_act_name(APPT_ACT_COUNT) == NULL);
    CHECK_ERR(appointment_next(APPT_STATE_COUNT, APPT_BOOK, &s), ERR_INVAL);
    CHECK_ERR(appointment_next(APPT_HELD, APPT_ACT_COUNT, &s), ERR_INVAL);
}

TEST(only_held_booked_and_checked_in_keep_their_time)
{
    for (unsigned i = 0; i < APPT_STATE_COUNT; i++)
        CHECK_INT(appointment_keeps_time((enum appointment_state)i),
                  i == APPT_HELD || i == APPT_BOOKED || i == APPT_CHECKED_IN);
}

TEST(a_hold_runs_three_minutes_and_is_extended_once_by_two)
{
    utc_ms expiry = hold_expiry(1000, 180);
    CHECK_INT(expiry, 181000);
    CHECK(!hold_over(expiry, 180999));
    CHECK(hold_over(expiry, 181000));
    utc_ms later = 5;
    CHECK_ERR(hold_extend(expiry, true, 2000, &later), ERR_STATE);
    CHECK_ERR(hold_extend(expiry, false, 181000, &later), ERR_STATE);
    CHECK_INT(later, 5);
    CHECK_OK(hold_extend(expiry, false, 180999, &later));
    CHECK_INT(later, 301000);
}

TEST(a_visitor_may_change_until_the_start)
{
    CHECK(appointment_may_change(1000, 999));
    CHECK(!appointment_may_change(1000, 1000));
}

TEST(check_in_is_for_the_day_itself)
{
    CHECK(appointment_may_check_in(100, 100));
    CHECK(!appointment_may_check_in(100, 99));
    CHECK(!appointment_may_check_in(100, 101));
}

TEST(a_no_show_is_one_fifteen_minutes_after_the_start)
{
    CHECK_INT(appointment_no_show_at(HOUR_MS, 15), HOUR_MS + 15 * MINUTE_MS);
}

TEST(spans_that_only_touch_do_not_overlap)
{
    CHECK(spans_overlap(0, 10, 9, 20));
    CHECK(spans_overlap(9, 20, 0, 10));
    CHECK(spans_overlap(0, 10, 2, 3));
    CHECK(!spans_overlap(0, 10, 10, 20));
    CHECK(!spans_overlap(10, 20, 0, 10));
}
