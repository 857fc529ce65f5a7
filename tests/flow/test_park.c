#include "tests/flow/house.h"

TEST(a_parked_visit_comes_back_at_its_time_by_itself)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    serve(h.f, "anna", &a);
    utc_ms until = at("2026-03-23T09:20:00+01:00");
    struct queue_line l = { 0 };
    CHECK_OK(flow_park(h.f, ref_any(&a.line), until, "calls his school", &l));
    CHECK_INT(l.state, VISIT_PARKED);
    CHECK(l.until == until);
    CHECK(flow_next_due(h.f) == until);
    clock_advance(&h.clock, 20 * MINUTE_MS - 1);
    CHECK_STR(queue_text(h.f, NULL), "A01/parked");
    clock_advance(&h.clock, 1);
    CHECK_STR(queue_text(h.f, NULL), "A01/waiting");
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK(l.until == 0);
    CHECK(l.arrived == a.line.arrived);
    house_end(&h);
}

TEST(parking_frees_the_coach_and_unparking_needs_no_coach)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_OK(flow_park(h.f, ref_any(&a.line), 0, NULL, NULL)); /* from called, too */
    CHECK_OK(flow_call(h.f, "anna", ref(&b.line), NULL));
    house_wait(&h, 300);
    CHECK_STR(queue_text(h.f, NULL), "A02/called A01/parked"); /* without a time it stays */
    CHECK_OK(flow_unpark(h.f, ref_any(&a.line), NULL));
    CHECK_STR(queue_text(h.f, NULL), "A02/called A01/waiting");
    house_end(&h);
}

TEST(parking_has_a_time_ahead_on_the_same_day_and_a_short_note)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    char note[1000];
    memset(note, 'x', sizeof(note));
    note[201] = '\0';
    CHECK_ERR(flow_park(h.f, ref(&l), 0, note, NULL), ERR_INVAL);
    CHECK_ERR(flow_park(h.f, ref(&l), 0, "a\nb", NULL), ERR_INVAL);
    CHECK_ERR(flow_park(h.f, ref(&l), clock_wall_ms(&h.clock), NULL, NULL), ERR_RANGE);
    CHECK_ERR(flow_park(h.f, ref(&l), clock_wall_ms(&h.clock) + DAY_MS, NULL, NULL), ERR_RANGE);
    note[200] = '\0';
    CHECK_OK(flow_park(h.f, ref(&l), clock_wall_ms(&h.clock) + 1, note, NULL));
    house_end(&h);
}

TEST(a_visitor_pauses_at_most_half_an_hour_and_comes_back)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_ERR(flow_pause(h.f, ref(&a.line), 0, NULL), ERR_INVAL);
    CHECK_ERR(flow_pause(h.f, ref(&a.line), 31, NULL), ERR_INVAL);
    CHECK_OK(flow_pause(h.f, ref(&a.line), 30, &l));
    CHECK_INT(l.state, VISIT_PAUSED);
    CHECK_ERR(flow_call_next(h.f, "anna", NULL), ERR_NONE);
    house_wait(&h, 10);
    CHECK_OK(flow_resume(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_WAITING);
    CHECK_OK(flow_pause(h.f, ref(&l), 5, &l));
    house_wait(&h, 5);
    CHECK_OK(flow_call_next(h.f, "anna", &l));
    CHECK_STR(l.ticket, "A01");
    house_end(&h);
}

TEST(what_time_did_is_in_the_history_at_its_own_time)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_OK(flow_pause(h.f, ref(&a.line), 10, NULL));
    CHECK_OK(flow_pause(h.f, ref(&b.line), 5, NULL));
    house_wait(&h, 60); /* nobody looked for an hour */
    CHECK_OK(flow_tick(h.f));
    CHECK(flow_next_due(h.f) == at("2026-03-24T00:00:00+01:00")); /* both wait: close of day */
    CHECK_STR(queue_text(h.f, NULL), "A01/waiting A02/waiting");
    house_end(&h);
}

TEST(a_visitor_or_coach_ends_a_visit_that_does_not_happen)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_leave(h.f, ref(&a.line), &l));
    CHECK_INT(l.state, VISIT_LEFT);
    CHECK_ERR(flow_void(h.f, ref(&b.line), "", NULL), ERR_INVAL);
    CHECK_ERR(flow_void(h.f, ref(&b.line), NULL, NULL), ERR_INVAL);
    CHECK_OK(flow_void(h.f, ref(&b.line), "twice", &l));
    CHECK_INT(l.state, VISIT_VOIDED);
    CHECK_ERR(flow_void(h.f, ref(&l), "again", NULL), ERR_STATE);
    house_end(&h);
}

TEST(a_reason_says_something_and_a_note_cannot_turn_a_line_around)
{
    static const char *const none[] = { "", " ", "\xC2\xA0 \xE2\x80\x83", "a\nb", "\x1B[2J",
                                        "\xE2\x80\xAEx", "\xE2\x81\xA7x", "x\xE2\x80\xA8y",
                                        "\xFF" };
    struct house h;
    struct queue_line l = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        CHECK_ERR(flow_urgent(h.f, ref(&a.line), none[i], NULL), ERR_INVAL);
        CHECK_ERR(flow_void(h.f, ref(&a.line), none[i], NULL), ERR_INVAL);
    }
    l = serve(h.f, "anna", &a);
    for (size_t i = 3; i < ARRAY_LEN(none); i++)
        CHECK_ERR(flow_park(h.f, ref(&l), 0, none[i], NULL), ERR_INVAL);
    CHECK_OK(flow_park(h.f, ref(&l), 0, " ", &l)); /* no note at all is fine too */
    CHECK_OK(flow_unpark(h.f, ref(&l), &l));
    CHECK_OK(flow_urgent(h.f, ref(&l), "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xF0\x9F\x99\x82", NULL));
    house_end(&h);
}
