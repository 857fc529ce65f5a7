/* What a visit adds to the anonymous counts, and what an undo, a void or a late check-in
 * makes of it. */
#include "store/daily_count.h"
#include "tests/flow/house.h"

/* The sum of a measure on the Monday. */
static int64_t counted(struct house *h, const char *measure)
{
    struct store *s = NULL;
    struct count_rows l = { 0 };
    int64_t n = 0;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng,
                                                 .keys = STORE_KEYS_NONE, .read_only = true },
                        &s));
    CHECK_OK(store_counts(s, day(MONDAY), day(MONDAY), &l));
    for (size_t i = 0; i < l.n; i++) {
        if (strcmp(l.v[i].measure, measure) == 0)
            n += l.v[i].n;
        if (strcmp(measure, "*") == 0 && strcmp(l.v[i].measure, "voided") != 0)
            n += l.v[i].n;
    }
    count_rows_done(&l);
    store_close(s);
    return n;
}

TEST(times_and_outcome_of_a_visit_are_counted_to_the_minute)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    house_wait(&h, 7);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_INT(counted(&h, "wait_walk_in_007"), 1);
    house_wait(&h, 25);
    CHECK_OK(flow_finish(h.f, ref(&l), "referred", &l));
    CHECK_INT(counted(&h, "service_025"), 1);
    CHECK_INT(counted(&h, "outcome_referred"), 1);
    CHECK_INT(counted(&h, "done"), 1);
    house_end(&h);
}

TEST(what_is_taken_back_is_not_counted)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    house_wait(&h, 7);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(counted(&h, "wait_walk_in_007"), 0);
    house_wait(&h, 3);
    CHECK_OK(flow_call(h.f, "anna", ref(&l), &l));
    CHECK_OK(flow_start(h.f, ref(&l), &l));
    CHECK_INT(counted(&h, "wait_walk_in_010"), 1);
    CHECK_OK(flow_finish(h.f, ref(&l), "not_ours", &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(counted(&h, "outcome_not_ours"), 0);
    CHECK_INT(counted(&h, "service_000"), 0);
    CHECK_INT(counted(&h, "done"), 0);
    house_end(&h);
}

TEST(of_a_mistake_nothing_is_left_but_that_it_was_one)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    house_wait(&h, 65);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_void(h.f, ref(&l), "twice", &l));
    CHECK_INT(counted(&h, "*"), 0);
    CHECK_INT(counted(&h, "voided"), 1);
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(counted(&h, "voided"), 0);
    CHECK_INT(counted(&h, "walk_in"), 1);
    CHECK_INT(counted(&h, "wait_walk_in_065"), 1);
    house_end(&h);
}

TEST(who_turns_out_to_have_an_appointment_is_counted_as_such)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-23T10:00:00+01:00"));
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_INT(counted(&h, "walk_in"), 1);
    CHECK_OK(flow_check_in(h.f, &v.id, NULL));
    CHECK_INT(counted(&h, "walk_in"), 0);
    CHECK_INT(counted(&h, "check_in"), 1);
    house_end(&h);
}

TEST(a_day_that_ends_counts_on_that_day)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    serve(h.f, "anna", &a);
    house_wait(&h, 24 * 60);
    CHECK_OK(flow_tick(h.f));
    CHECK_INT(counted(&h, "unserved"), 1);
    CHECK_INT(counted(&h, "outcome_unrecorded"), 1);
    CHECK_INT(counted(&h, "done"), 1);
    house_end(&h);
}
