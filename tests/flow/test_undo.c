#include "tests/flow/house.h"

TEST(every_staff_action_can_be_taken_back_for_ten_seconds)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    clock_advance(&h.clock, 10 * SECOND_MS);
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_WAITING);
    CHECK_OK(flow_call(h.f, "anna", ref(&l), &l));
    clock_advance(&h.clock, 10 * SECOND_MS + 1);
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_RANGE);
    house_end(&h);
}

TEST(each_act_is_taken_back_to_exactly_what_was)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_urgent(h.f, ref(&a.line), "ill", &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.band, 3);
    CHECK_OK(flow_call(h.f, "anna", ref(&l), &l));
    CHECK_OK(flow_recall(h.f, ref(&l), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_INT(l.calls, 1);
    CHECK_OK(flow_missed(h.f, ref(&l), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_STR(l.coach, "anna");
    CHECK_OK(flow_start(h.f, ref(&l), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_OK(flow_start(h.f, ref(&l), &l));
    CHECK_OK(flow_park(h.f, ref(&l), clock_wall_ms(&h.clock) + MINUTE_MS, NULL, &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_IN_SERVICE);
    CHECK(l.until == 0);
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_IN_SERVICE);
    CHECK_OK(flow_void(h.f, ref(&l), "mistake", &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_IN_SERVICE);
    CHECK_STR(l.coach, "anna");
    house_end(&h);
}

TEST(an_arrival_and_what_was_undone_cannot_be_undone)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_ERR(flow_undo(h.f, ref(&a.line), NULL), ERR_STATE);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_STATE);
    struct visit_ref none = { .visit = flow_new_id(h.f) };
    CHECK_ERR(flow_undo(h.f, none, NULL), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(nothing_is_undone_once_somebody_changed_the_visit)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_start(desk, ref(&l), NULL));
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_STALE);
    flow_closep(&desk);
    house_end(&h);
}

TEST(an_undo_does_not_take_a_coach_who_has_somebody_else_by_now)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK_OK(flow_call(h.f, "anna", ref(&b.line), NULL));
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_TAKEN);
    CHECK_OK(flow_visit(h.f, &l.visit, &l));
    CHECK_INT(l.state, VISIT_DONE);
    house_end(&h);
}

TEST(an_undo_does_not_bring_back_somebody_who_waits_again_by_now)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_leave(h.f, ref(&a.line), &l));
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_ERR(flow_undo(h.f, ref(&l), NULL), ERR_EXISTS);
    house_end(&h);
}

TEST(what_is_taken_back_is_not_counted)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK_INT(house_counted(&h, "done"), 1);
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(house_counted(&h, "done"), 0);
    CHECK_OK(flow_finish(h.f, ref(&l), "", &l));
    CHECK_INT(house_counted(&h, "done"), 1);
    CHECK_INT(house_counted(&h, "walk_in"), 1);
    house_end(&h);
}
