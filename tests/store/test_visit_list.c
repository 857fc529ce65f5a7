#include "tests/store/fixture.h"

static struct visit_row put(struct house *h, int number, enum visit_state state)
{
    char family[16];
    snprintf(family, sizeof(family), "Berg%c%c", 'A' + number / 26, 'A' + number % 26);
    struct person p = a_person("Noor", family);
    struct visit_row r = a_visit(h, number);
    r.state = state;
    r.called = r.started = NOON + number * MINUTE_MS;
    r.chime = number;
    r.ended = NOON + 2 * number * MINUTE_MS;
    r.until = NOON + number;
    r.due = NOON - number;
    r.urgent = number % 2 == 0;
    r.redirected = number % 3 == 0;
    CHECK_OK(store_visit_insert(h->s, &r, &p));
    return r;
}

TEST(open_and_finished_visits_of_a_day_are_told_apart)
{
    struct house *h = house_open();
    for (int i = 0; i < VISIT_STATE_COUNT; i++)
        put(h, i + 1, (enum visit_state)i);
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &l));
    CHECK_INT(l.n, 6);
    for (size_t i = 0; i < l.n; i++) {
        CHECK(visit_open(l.v[i].state));
        CHECK_INT(l.v[i].number, i + 1);
    }
    visit_rows_done(&l);
    CHECK_OK(store_visits_over(h->s, DAY1, &l));
    CHECK_INT(l.n, 4);
    CHECK_INT(l.v[0].number, 10); /* last ended first */
    visit_rows_done(&l);
    CHECK_OK(store_visits_open(h->s, DAY1 + 1, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_visits_before(h->s, DAY1, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_visits_before(h->s, DAY1 + 1, &l));
    CHECK_INT(l.n, 6);
    house_close(h);
}

/* What the order of the queue needs. */
static void check_queued(const struct visit_row *a, const struct visit_row *b)
{
    CHECK(ulid_same(&a->id, &b->id));
    CHECK_INT(b->state, a->state);
    CHECK_INT(b->day, a->day);
    CHECK_INT(b->series, a->series);
    CHECK_INT(b->number, a->number);
    CHECK_STR(b->service, a->service);
    CHECK_STR(b->coach, a->coach);
    CHECK_STR(b->with_coach, a->with_coach);
    CHECK_INT(b->arrived, a->arrived);
    CHECK_INT(b->due, a->due);
    CHECK_INT(b->called, a->called);
    CHECK_INT(b->urgent, a->urgent);
    CHECK_INT(b->redirected, a->redirected);
}

TEST(what_the_order_of_the_queue_needs_is_what_the_whole_row_says)
{
    struct house *h = house_open();
    for (int i = 0; i < VISIT_STATE_COUNT; i++)
        put(h, i + 1, (enum visit_state)i);
    CLEANUP(visit_rows_done) struct visit_rows all = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &all));
    CHECK_OK(store_visits_queue(h->s, DAY1, &l));
    CHECK_INT(l.n, all.n);
    for (size_t i = 0; i < l.n; i++)
        check_queued(&all.v[i], &l.v[i]);
    visit_rows_done(&l);
    CHECK_OK(store_visits_queue(h->s, DAY1 + 1, &l));
    CHECK_INT(l.n, 0);
    house_close(h);
}

static void check_shown(const struct visit_row *a, const struct visit_row *b)
{
    check_queued(a, b);
    CHECK_INT(b->version, a->version);
    CHECK_INT(b->until, a->until);
    CHECK_INT(b->ended, a->ended);
    CHECK_INT(b->calls, a->calls);
    CHECK_INT(b->inaccurate, a->inaccurate);
    CHECK_INT(b->clock_unsure, a->clock_unsure);
    CHECK_INT(b->person_no, a->person_no);
    CHECK_STR(b->municipality, a->municipality);
    CHECK_INT(b->topic, a->topic);
    CHECK_STR(b->lang, a->lang);
}

TEST(what_a_list_shows_is_what_the_whole_row_says)
{
    struct house *h = house_open();
    for (int i = 0; i < VISIT_STATE_COUNT; i++)
        put(h, i + 1, (enum visit_state)i);
    CLEANUP(visit_rows_done) struct visit_rows all = { 0 };
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_open(h->s, DAY1, &all));
    CHECK_OK(store_visits_shown(h->s, DAY1, &l));
    CHECK_INT(l.n, all.n);
    for (size_t i = 0; i < l.n; i++)
        check_shown(&all.v[i], &l.v[i]);
    visit_rows_done(&l);
    CHECK_OK(store_visits_over(h->s, DAY1, &l));
    for (size_t i = 0; i < l.n; i++) {
        struct visit_row whole;
        CHECK_OK(store_visit_get(h->s, &l.v[i].id, &whole));
        check_shown(&whole, &l.v[i]);
        CHECK(i == 0 || l.v[i].ended <= l.v[i - 1].ended);
    }
    house_close(h);
}

TEST(called_visits_come_last_call_first_and_due_ones_by_end)
{
    struct house *h = house_open();
    put(h, 1, VISIT_CALLED);
    put(h, 2, VISIT_PAUSED);
    put(h, 3, VISIT_CALLED);
    put(h, 4, VISIT_PARKED);
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(store_visits_called(h->s, DAY1, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[0].number, 3);
    visit_rows_done(&l);
    CHECK_OK(store_visits_due(h->s, NOON + 1, &l));
    CHECK_INT(l.n, 0);
    CHECK_OK(store_visits_due(h->s, NOON + 2, &l));
    CHECK_INT(l.n, 1);
    visit_rows_done(&l);
    CHECK_OK(store_visits_due(h->s, NOON + 99, &l));
    CHECK_INT(l.n, 2);
    CHECK_INT(l.v[1].state, VISIT_PARKED);
    house_close(h);
}

TEST(durations_are_of_the_last_finished_visits_of_a_service)
{
    struct house *h = house_open();
    int64_t seconds[3];
    size_t n = 9;
    CHECK_OK(store_visit_durations(h->s, "school", 3, seconds, &n));
    CHECK_INT(n, 0);
    for (int i = 1; i <= 5; i++)
        put(h, i, VISIT_DONE);
    put(h, 6, VISIT_LEFT);
    CHECK_OK(store_visit_durations(h->s, "school", 3, seconds, &n));
    CHECK_INT(n, 3);
    CHECK_INT(seconds[0], 5 * 60);
    CHECK_INT(seconds[2], 3 * 60);
    CHECK_OK(store_visit_durations(h->s, "work", 3, seconds, &n));
    CHECK_INT(n, 0);
    house_close(h);
}
