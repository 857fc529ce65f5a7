#include "tests/flow/house.h"

TEST(the_queue_lists_called_in_service_waiting_paused_missed_parked)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a[6];
    for (int i = 0; i < 6; i++) {
        a[i] = walk_in(h.f, i, i < 3 ? TOPIC_SCHOOL : TOPIC_WORK);
        house_wait(&h, 1);
    }
    CHECK_OK(flow_call(h.f, "anna", ref_any(&a[0].line), NULL));
    CHECK_OK(flow_missed(h.f, ref_any(&a[0].line), NULL));
    CHECK_OK(flow_pause(h.f, ref_any(&a[1].line), 20, NULL));
    serve(h.f, "anna", &a[2]);
    CHECK_OK(flow_park(h.f, ref_any(&a[2].line), 0, NULL, NULL));
    serve(h.f, "bram", &a[3]);
    CHECK_OK(flow_call(h.f, "cleo", ref_any(&a[4].line), NULL));
    CHECK_STR(queue_text(h.f, NULL), "A05/called A04/in_service A06/waiting A02/paused A01/missed "
                                     "A03/parked");
    house_end(&h);
}

/* What is read once for all coaches is what each would be told alone. */
static void same_for_each_coach(struct house *h)
{
    struct queue_house all = { 0 };
    CHECK_OK(flow_queue_house(h->f, &all));
    const struct roster *ro = flow_roster(h->f);
    for (size_t c = 0; c < ro->n_coaches; c++) {
        struct queue_list may = { 0 };
        struct queue_line next = { 0 };
        size_t at = 0;
        CHECK_OK(flow_queue(h->f, ro->coaches[c].id, &may));
        for (size_t i = 0; i < all.open.n; i++) {
            if (!(all.may[i] >> c & 1))
                continue;
            CHECK(at < may.n);
            CHECK_STR(all.open.v[i].visit.s, may.v[at++].visit.s);
        }
        CHECK_INT(at, may.n);
        enum err e = flow_next(h->f, ro->coaches[c].id, &next);
        CHECK_INT(e == ERR_OK, all.next[c] >= 0);
        if (e == ERR_OK)
            CHECK_STR(all.open.v[all.next[c]].visit.s, next.visit.s);
        queue_list_done(&may);
    }
    queue_house_done(&all);
}

TEST(the_house_read_at_once_is_what_each_coach_sees)
{
    struct house h;
    house_start(&h, NINE);
    same_for_each_coach(&h); /* nobody is here */
    struct arrival a[6];
    for (int i = 0; i < 6; i++) {
        a[i] = walk_in(h.f, i, i < 3 ? TOPIC_SCHOOL : TOPIC_WORK);
        house_wait(&h, 1);
        same_for_each_coach(&h);
    }
    CHECK_OK(flow_call(h.f, "anna", ref_any(&a[0].line), NULL));
    same_for_each_coach(&h);
    CHECK_OK(flow_missed(h.f, ref_any(&a[0].line), NULL));
    CHECK_OK(flow_pause(h.f, ref_any(&a[1].line), 20, NULL));
    same_for_each_coach(&h);
    serve(h.f, "bram", &a[3]);
    same_for_each_coach(&h);
    house_end(&h);
}

TEST(finished_visits_leave_the_queue_and_stand_in_the_list_of_the_day)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    house_wait(&h, 7);
    CHECK_OK(flow_finish(h.f, ref(&l), "helped", NULL));
    house_wait(&h, 1);
    CHECK_OK(flow_leave(h.f, ref(&b.line), NULL));
    CHECK_STR(queue_text(h.f, NULL), "");
    struct queue_list done = { 0 };
    CHECK_OK(flow_queue_finished(h.f, &done));
    CHECK_INT(done.n, 2);
    CHECK_STR(done.v[0].ticket, "A02"); /* the last one first */
    CHECK_INT(done.v[0].state, VISIT_LEFT);
    CHECK_INT(done.v[1].state, VISIT_DONE);
    CHECK_STR(done.v[1].coach, "anna");
    queue_list_done(&done);
    house_end(&h);
}

TEST(an_urgent_visit_goes_before_a_due_appointment_and_that_before_walk_ins)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at("2026-03-23T10:00:00+01:00"));
    house_wait(&h, 50);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 3, TOPIC_SCHOOL);
    house_wait(&h, 8); /* 9:58 */
    struct arrival c = { 0 };
    CHECK_OK(flow_check_in(h.f, &v.id, &c));
    CHECK_STR(queue_text(h.f, NULL), "A03/waiting A01/waiting A02/waiting");
    CHECK_INT(c.line.band, 2);
    CHECK_INT(c.line.why, QUEUE_WHY_APPOINTMENT);
    struct queue_line l = { 0 };
    CHECK_OK(flow_urgent(h.f, ref(&b.line), "in tears", &l));
    CHECK_INT(l.band, 1);
    CHECK_INT(l.why, QUEUE_WHY_URGENT);
    CHECK_STR(queue_text(h.f, NULL), "A02/waiting A03/waiting A01/waiting");
    house_end(&h);
}

TEST(an_early_check_in_is_taken_only_when_nobody_else_waits)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at("2026-03-23T10:30:00+01:00"));
    struct arrival a = { 0 };
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK_INT(a.line.band, 3);
    CHECK_INT(a.line.why, QUEUE_WHY_EARLY);
    CHECK(!a.late);
    house_wait(&h, 5);
    struct arrival w = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_call_next(h.f, "anna", &l));
    CHECK_STR(l.ticket, w.line.ticket);
    CHECK_OK(flow_start(h.f, ref(&l), &l));
    CHECK_OK(flow_finish(h.f, ref(&l), "", NULL));
    CHECK_OK(flow_call_next(h.f, "anna", &l));
    CHECK_STR(l.ticket, a.line.ticket);
    house_end(&h);
}

TEST(two_minutes_before_its_start_an_appointment_is_due)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at("2026-03-23T10:30:00+01:00"));
    struct arrival a = { 0 };
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    clock_advance(&h.clock, 88 * MINUTE_MS - 1);
    struct queue_line l = { 0 };
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.band, 3);
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.band, 2);
    house_end(&h);
}

TEST(ten_minutes_late_keeps_its_band_and_later_does_not)
{
    struct house h;
    house_start(&h, NINE);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at("2026-03-23T10:15:00+01:00"));
    struct appointment_view w = book_at(h.f, 2, "school", "bram", at("2026-03-23T10:15:00+01:00"));
    house_wait(&h, 85); /* 10:25 */
    struct arrival a = { 0 };
    CHECK_OK(flow_check_in(h.f, &v.id, &a));
    CHECK(!a.late);
    CHECK_INT(a.line.band, 2);
    house_wait(&h, 1);
    CHECK_OK(flow_check_in(h.f, &w.id, &a));
    CHECK(a.late);
    CHECK_INT(a.line.band, 3);
    CHECK_INT(a.line.why, QUEUE_WHY_LATE);
    house_end(&h);
}

TEST(a_walk_in_who_waits_longer_than_45_minutes_is_raised)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    clock_advance(&h.clock, 45 * MINUTE_MS);
    struct queue_line l = { 0 };
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.band, 3);
    clock_advance(&h.clock, 1);
    CHECK_OK(flow_visit(h.f, &a.line.visit, &l));
    CHECK_INT(l.band, 2);
    CHECK_INT(l.why, QUEUE_WHY_LONG_WAIT);
    house_end(&h);
}

TEST(the_wait_follows_the_formula)
{
    struct house h;
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK(!l.wait.known); /* nobody is at work */
    CHECK_OK(flow_at_work(h.f, "anna", true));
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK(l.wait.known);
    CHECK_INT(l.ahead, 1);
    CHECK_INT(l.wait.min_min, 24); /* 0.8 * 30 / 1 * (1 - 1 + 1) */
    CHECK_INT(l.wait.max_min, 60); /* 30 / 1 * (1 + 1) */
    CHECK_OK(flow_at_work(h.f, "bram", true));
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK_INT(l.wait.min_min, 0);
    CHECK_INT(l.wait.max_min, 30);
    CHECK_OK(flow_at_work(h.f, "cleo", true)); /* does not do school */
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK_INT(l.wait.max_min, 30);
    CHECK_OK(flow_at_work(h.f, "anna", false));
    CHECK_OK(flow_visit(h.f, &b.line.visit, &l));
    CHECK_INT(l.wait.max_min, 60);
    house_end(&h);
}

TEST(the_wait_learns_from_the_visits_that_were_finished)
{
    struct house h;
    house_start(&h, NINE);
    CHECK_OK(flow_at_work(h.f, "anna", true));
    struct queue_wait w = { 0 };
    int ahead = -1;
    for (int i = 0; i < 5; i++) {
        CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
        CHECK_INT(ahead, 0);
        CHECK_INT(w.max_min, 30);
        struct arrival a = walk_in(h.f, i, TOPIC_SCHOOL);
        struct queue_line l = serve(h.f, "anna", &a);
        house_wait(&h, 12);
        CHECK_OK(flow_finish(h.f, ref(&l), "", NULL));
    }
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK_INT(w.max_min, 12);
    house_end(&h);
}

TEST(the_wait_for_ones_own_coach_and_for_the_first_free_can_be_compared)
{
    struct house h;
    house_start(&h, NINE);
    CHECK_OK(flow_at_work(h.f, "anna", true));
    CHECK_OK(flow_at_work(h.f, "bram", true));
    struct person p = somebody(1);
    struct arrival a = { 0 };
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "anna" }, &a));
    struct queue_wait own = { 0 };
    struct queue_wait any = { 0 };
    int ahead = 0;
    CHECK_OK(flow_wait_now(h.f, "school", "anna", &own, &ahead));
    CHECK_INT(ahead, 1);
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &any, &ahead));
    CHECK_INT(own.max_min, 60);
    CHECK_INT(any.max_min, 30);
    CHECK_OK(flow_wait_if(h.f, &a.line.visit, "anna", &own)); /* the one who waits already */
    CHECK_INT(own.ahead, 0);
    CHECK_INT(own.max_min, 30);
    CHECK_OK(flow_wait_if(h.f, &a.line.visit, NULL, &any));
    CHECK_INT(any.max_min, 15);
    CHECK_ERR(flow_wait_if(h.f, &a.line.visit, "tom", &any), ERR_NOT_FOUND);
    CHECK_OK(flow_pause(h.f, ref(&a.line), 5, NULL));
    CHECK_ERR(flow_wait_if(h.f, &a.line.visit, NULL, &any), ERR_STATE);
    CHECK_ERR(flow_wait_now(h.f, "school", "tom", &any, &ahead), ERR_NOT_FOUND);
    CHECK_ERR(flow_wait_now(h.f, "tea", NULL, &any, &ahead), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(a_visit_is_found_by_its_id_or_by_todays_ticket)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = { 0 };
    CHECK_OK(flow_visit_find(h.f, "a01", &l));
    CHECK_STR(l.visit.s, a.line.visit.s);
    CHECK_OK(flow_visit_find(h.f, a.line.visit.s, &l));
    CHECK_STR(l.ticket, "A01");
    CHECK_ERR(flow_visit_find(h.f, "A02", &l), ERR_NOT_FOUND);
    CHECK_ERR(flow_visit_find(h.f, "rubbish", &l), ERR_NOT_FOUND);
    clock_advance(&h.clock, DAY_MS);
    CHECK_ERR(flow_visit_find(h.f, "A01", &l), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(the_display_shows_calls_last_first_with_a_chime_that_rises)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct arrival b = walk_in(h.f, 2, TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    house_wait(&h, 1);
    CHECK_OK(flow_call(h.f, "bram", ref(&b.line), NULL));
    struct called_line c[4];
    size_t n = 0;
    struct flow *display = NULL;
    CHECK_OK(flow_open(&(struct flow_options){ .db_path = h.path, .device = "display",
                                               .clock = &h.clock, .rng = &h.rng,
                                               .read_only = true },
                       &display));
    CHECK_OK(flow_called(display, c, 4, &n));
    CHECK_INT(n, 2);
    CHECK_STR(c[0].ticket, "A02");
    CHECK_STR(c[0].room, "2");
    CHECK_STR(c[0].coach_name, "Bram");
    CHECK_STR(c[1].ticket, "A01");
    CHECK(c[0].chime > c[1].chime);
    int64_t before = c[0].chime;
    CHECK_OK(flow_recall(h.f, ref_any(&a.line), NULL));
    CHECK_OK(flow_called(display, c, 4, &n));
    CHECK_STR(c[0].ticket, "A01");
    CHECK(c[0].chime > before);
    CHECK_OK(flow_called(display, c, 1, &n));
    CHECK_INT(n, 1);
    flow_closep(&display);
    house_end(&h);
}
