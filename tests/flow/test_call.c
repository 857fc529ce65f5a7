#include "tests/flow/house.h"

TEST(a_visit_goes_from_waiting_over_called_and_in_service_to_done)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    house_wait(&h, 4);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_STR(l.coach, "anna");
    CHECK_INT(l.calls, 1);
    CHECK(l.called == clock_wall_ms(&h.clock));
    CHECK_OK(flow_start(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_IN_SERVICE);
    CHECK_OK(flow_finish(h.f, ref(&l), "plan_made", &l));
    CHECK_INT(l.state, VISIT_DONE);
    CHECK_ERR(flow_start(h.f, ref(&l), NULL), ERR_STATE);
    house_end(&h);
}

TEST(who_read_an_older_version_is_told_that_somebody_was_first)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line seen = { 0 };
    CHECK_OK(flow_visit(desk, &a.line.visit, &seen));
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_ERR(flow_call(desk, "bram", ref(&seen), NULL), ERR_STALE);
    CHECK_ERR(flow_call(desk, "bram", ref_any(&seen), NULL), ERR_STATE);
    CHECK_OK(flow_visit(desk, &a.line.visit, &seen));
    CHECK_STR(seen.coach, "anna");
    flow_closep(&desk);
    house_end(&h);
}

TEST(two_coaches_who_ask_for_the_next_never_get_the_same_person)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line one = { 0 };
    CHECK_OK(flow_call_next(h.f, "anna", &one));
    CHECK_ERR(flow_call_next(desk, "bram", NULL), ERR_NONE);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line two = { 0 };
    CHECK_OK(flow_call_next(desk, "bram", &two));
    CHECK_STR(one.ticket, "A01");
    CHECK_STR(two.ticket, "A02");
    flow_closep(&desk);
    house_end(&h);
}

TEST(a_coach_has_one_visit_at_a_time)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_ERR(flow_call(h.f, "anna", ref(&b.line), NULL), ERR_TAKEN);
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_TAKEN);
    CHECK_OK(flow_start(h.f, ref_any(&a.line), NULL));
    CHECK_ERR(flow_call(h.f, "anna", ref(&b.line), NULL), ERR_TAKEN);
    CHECK_OK(flow_finish(h.f, ref_any(&a.line), "", NULL));
    CHECK_OK(flow_call(h.f, "anna", ref(&b.line), NULL));
    house_end(&h);
}

TEST(a_coach_calls_only_visits_that_may_be_theirs)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_WORK);
    struct person p = somebody(2);
    struct arrival b = { 0 };
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "bram" }, &b));
    CHECK_ERR(flow_call(h.f, "anna", ref(&a.line), NULL), ERR_DENIED);
    CHECK_ERR(flow_call(h.f, "anna", ref(&b.line), NULL), ERR_DENIED);
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE);
    CHECK_ERR(flow_call(h.f, "tom", ref(&a.line), NULL), ERR_NOT_FOUND);
    CHECK_ERR(flow_call_next(h.f, "tom", NULL), ERR_NOT_FOUND);
    struct visit_ref none = { .visit = flow_new_id(h.f) };
    CHECK_ERR(flow_call(h.f, "anna", none, NULL), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(a_recall_after_the_third_call_makes_it_missed)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_recall(h.f, ref(&l), &l));
    CHECK_OK(flow_recall(h.f, ref(&l), &l));
    CHECK_INT(l.calls, 3);
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_OK(flow_recall(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_MISSED);
    CHECK_INT(l.calls, 3);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_OK(flow_call_next(h.f, "anna", &l)); /* the coach is free again */
    CHECK_STR(l.ticket, "A02");
    house_end(&h);
}

static void keep_last(void *arg, const struct visit_event *ev)
{
    struct visit_event *last = arg;
    *last = *ev;
}

TEST(who_missed_the_last_call_is_told_apart_and_the_recall_can_be_taken_back)
{
    struct house h;
    struct visit_event last = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    for (int i = 0; i < 3; i++)
        CHECK_OK(flow_recall(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_MISSED);
    CHECK_OK(flow_visit_events(h.f, &l.visit, keep_last, &last));
    CHECK_STR(last.act, "auto_missed");
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_CALLED);
    CHECK_INT(l.calls, 3);
    CHECK_OK(flow_missed(h.f, ref(&l), &l));
    CHECK_OK(flow_visit_events(h.f, &l.visit, keep_last, &last));
    CHECK_STR(last.act, "miss");
    house_end(&h);
}

TEST(next_leaves_missed_parked_and_just_called_visits_alone)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_OK(flow_missed(h.f, ref_any(&a.line), NULL));
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE);
    CHECK_OK(flow_requeue(h.f, ref_any(&a.line), NULL));
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE); /* called just now */
    clock_advance(&h.clock, 5 * MINUTE_MS - 1);
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE);
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_call_next(h.f, "anna", NULL));
    CHECK_OK(flow_park(h.f, ref_any(&a.line), 0, "fetches papers", NULL));
    house_wait(&h, 6);
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE);
    house_end(&h);
}

TEST(a_coach_may_still_call_by_hand_who_was_called_just_now)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_OK(flow_missed(h.f, ref_any(&a.line), NULL));
    CHECK_OK(flow_requeue(h.f, ref_any(&a.line), NULL));
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref_any(&a.line), &l));
    CHECK_INT(l.calls, 1); /* a new round of calls after coming back */
    house_end(&h);
}

TEST(an_undone_call_does_not_count_and_does_not_start_the_five_minutes)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_WAITING);
    CHECK_INT(l.calls, 0);
    CHECK(l.called == 0);
    CHECK_OK(flow_call_next(h.f, "bram", &l));
    CHECK_STR(l.ticket, "A01");
    CHECK_INT(l.calls, 1);
    house_end(&h);
}

TEST(only_an_outcome_of_the_right_form_is_taken)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_ERR(flow_finish(h.f, ref(&l), "Made a plan", NULL), ERR_INVAL);
    CHECK_ERR(flow_finish(h.f, ref(&l), "abcdefghijabcdefghijabcdefghijabc", NULL), ERR_INVAL);
    CHECK_OK(flow_finish(h.f, ref(&l), "", NULL));
    house_end(&h);
}

TEST(moves_that_the_table_forbids_are_refused)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct visit_ref v = ref(&a.line);
    CHECK_ERR(flow_start(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_finish(h.f, v, "", NULL), ERR_STATE);
    CHECK_ERR(flow_recall(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_missed(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_requeue(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_park(h.f, v, 0, NULL, NULL), ERR_STATE);
    CHECK_ERR(flow_unpark(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_resume(h.f, v, NULL), ERR_STATE);
    CHECK_ERR(flow_redirect(h.f, v, "bram", NULL, NULL), ERR_STATE);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_ERR(flow_leave(h.f, ref(&l), NULL), ERR_STATE);
    CHECK_ERR(flow_pause(h.f, ref(&l), 5, NULL), ERR_STATE);
    CHECK_ERR(flow_switch_coach(h.f, ref(&l), "bram", NULL), ERR_STATE);
    house_end(&h);
}
