#include "core/visit.h"

#include <string.h>

#include "tests/lib/check.h"

/* The moves of the domain page, by name; all other pairs must be refused. */
static const struct {
    const char *from, *act, *to;
} moves[] = {
    { "waiting", "call", "called" },
    { "waiting", "urgent", "waiting" },
    { "waiting", "pause", "paused" },
    { "waiting", "leave", "left" },
    { "waiting", "void", "voided" },
    { "waiting", "close_unserved", "unserved" },
    { "waiting", "switch", "waiting" },
    { "called", "recall", "called" },
    { "called", "start", "in_service" },
    { "called", "miss", "missed" },
    { "called", "auto_missed", "missed" },
    { "called", "park", "parked" },
    { "called", "void", "voided" },
    { "called", "close_unserved", "unserved" },
    { "in_service", "finish", "done" },
    { "in_service", "park", "parked" },
    { "in_service", "redirect", "waiting" },
    { "in_service", "void", "voided" },
    { "in_service", "close_done", "done" },
    { "paused", "resume", "waiting" },
    { "paused", "auto_resume", "waiting" },
    { "paused", "urgent", "paused" },
    { "paused", "leave", "left" },
    { "paused", "void", "voided" },
    { "paused", "close_unserved", "unserved" },
    { "missed", "requeue", "waiting" },
    { "missed", "urgent", "missed" },
    { "missed", "leave", "left" },
    { "missed", "void", "voided" },
    { "missed", "close_unserved", "unserved" },
    { "parked", "unpark", "waiting" },
    { "parked", "auto_unpark", "waiting" },
    { "parked", "urgent", "parked" },
    { "parked", "leave", "left" },
    { "parked", "void", "voided" },
    { "parked", "close_unserved", "unserved" },
};

TEST(exactly_the_moves_of_the_table_are_allowed)
{
    for (unsigned s = 0; s < VISIT_STATE_COUNT; s++)
        for (unsigned a = 0; a < VISIT_ACT_COUNT; a++) {
            const char *want = NULL;
            for (size_t i = 0; i < ARRAY_LEN(moves); i++)
                if (strcmp(moves[i].from, visit_state_name((enum visit_state)s)) == 0 &&
                    strcmp(moves[i].act, visit_act_name((enum visit_act)a)) == 0)
                    want = moves[i].to;
            enum visit_state next = VISIT_STATE_COUNT;
            enum err e = visit_next((enum visit_state)s, (enum visit_act)a, &next);
            CHECK_INT(e, want ? ERR_OK : ERR_STATE);
            if (want)
                CHECK_STR(visit_state_name(next), want);
            else
                CHECK_INT(next, VISIT_STATE_COUNT);
        }
}

TEST(names_and_values_go_both_ways)
{
    for (unsigned i = 0; i < VISIT_STATE_COUNT; i++) {
        enum visit_state s;
        CHECK_OK(visit_state_of(visit_state_name((enum visit_state)i), &s));
        CHECK_INT(s, i);
    }
    for (unsigned i = 0; i < VISIT_ACT_COUNT; i++) {
        enum visit_act a;
        CHECK_OK(visit_act_of(visit_act_name((enum visit_act)i), &a));
        CHECK_INT(a, i);
    }
    enum visit_state s = VISIT_LEFT;
    CHECK_ERR(visit_state_of("asleep", &s), ERR_NOT_FOUND);
    CHECK_INT(s, VISIT_LEFT);
    CHECK(visit_state_name(VISIT_STATE_COUNT) == NULL && visit_act_name(VISIT_ACT_COUNT) == NULL);
}

TEST(states_and_acts_outside_the_lists_are_refused)
{
    enum visit_state next;
    CHECK_ERR(visit_next(VISIT_STATE_COUNT, VISIT_CALL, &next), ERR_INVAL);
    CHECK_ERR(visit_next(VISIT_WAITING, VISIT_ACT_COUNT, &next), ERR_INVAL);
}

TEST(a_visit_is_open_until_it_ends_in_one_of_four_ways)
{
    for (unsigned i = 0; i < VISIT_STATE_COUNT; i++) {
        bool ended = i == VISIT_DONE || i == VISIT_LEFT || i == VISIT_UNSERVED || i == VISIT_VOIDED;
        CHECK_INT(visit_open((enum visit_state)i), !ended);
    }
    CHECK(!visit_open(VISIT_STATE_COUNT));
}

TEST(an_act_of_a_person_can_be_undone_for_ten_seconds)
{
    CHECK(visit_may_undo(VISIT_CALL, 1000, 1000));
    CHECK(visit_may_undo(VISIT_FINISH, 1000, 11000));
    CHECK(!visit_may_undo(VISIT_FINISH, 1000, 11001));
    CHECK(!visit_may_undo(VISIT_FINISH, 1000, 999)); /* the clock stepped back */
}

TEST(what_time_or_closing_brought_is_not_undone)
{
    static const enum visit_act no[] = { VISIT_ARRIVE,      VISIT_UNDO,           VISIT_AUTO_RESUME,
                                         VISIT_AUTO_UNPARK, VISIT_CLOSE_UNSERVED, VISIT_CLOSE_DONE,
                                         VISIT_ACT_COUNT };
    int undoable = 0;
    for (unsigned a = 0; a < VISIT_ACT_COUNT; a++)
        undoable += visit_act_undoable((enum visit_act)a);
    CHECK_INT(undoable, VISIT_ACT_COUNT - 6);
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        CHECK(!visit_act_undoable(no[i]));
}

TEST(a_recall_after_the_last_call_makes_it_missed)
{
    CHECK_INT(visit_recall_act(1, 3), VISIT_RECALL);
    CHECK_INT(visit_recall_act(2, 3), VISIT_RECALL);
    CHECK_INT(visit_recall_act(3, 3), VISIT_AUTO_MISSED);
    CHECK_INT(visit_recall_act(1, 1), VISIT_AUTO_MISSED);
}
