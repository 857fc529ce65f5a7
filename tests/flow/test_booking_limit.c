#include "tests/flow/house.h"

#define TEN "2026-03-24T10:00:00+01:00"

/* The n-th of the times that these tests book: Anna twice in a morning, on four
 * days of a week. */
static utc_ms start_of(int n)
{
    return at(TEN) + (n % 8 / 2) * DAY_MS + (n % 2) * 30 * MINUTE_MS + n / 8 * 7 * DAY_MS;
}

static enum err hold_n(struct flow *f, int n, bool move, struct hold *ret)
{
    return flow_hold(f, &(struct hold_request){ .service = "school", .coach = "anna",
                                                .start = start_of(n), .move = move },
                     ret);
}

static void book_n(struct flow *f, int n)
{
    book_at(f, n, "school", "anna", start_of(n));
}

static void book_most(struct flow *f)
{
    for (int i = 0; i < BOOKINGS_MOST; i++)
        book_n(f, i);
}

TEST(one_kiosk_books_ten_and_then_waits_until_ten_minutes_after_the_first)
{
    struct house h;
    struct hold held;
    house_start(&h, NINE);
    book_n(h.f, 0);
    house_wait(&h, 9);
    for (int i = 1; i < BOOKINGS_MOST; i++)
        book_n(h.f, i);
    CHECK_ERR(hold_n(h.f, 20, false, &held), ERR_LIMIT);
    clock_advance(&h.clock, MINUTE_MS - 1);
    CHECK_ERR(hold_n(h.f, 20, false, &held), ERR_LIMIT);
    clock_advance(&h.clock, 1);
    book_n(h.f, 20);
    house_end(&h);
}

TEST(the_limit_is_that_of_one_kiosk_and_staff_have_none)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    struct flow *desk = house_program(&h, "desk:1");
    book_most(h.f);
    book_n(other, 20);
    for (int i = 21; i < 21 + 2 * BOOKINGS_MOST; i++)
        book_n(desk, i);
    flow_closep(&other);
    flow_closep(&desk);
    house_end(&h);
}

TEST(a_restart_of_the_kiosk_does_not_begin_anew)
{
    struct house h;
    struct hold held;
    house_start(&h, NINE);
    book_most(h.f);
    flow_closep(&h.f);
    h.f = house_program(&h, "kiosk:1");
    CHECK_ERR(hold_n(h.f, 20, false, &held), ERR_LIMIT);
    house_end(&h);
}

TEST(who_holds_for_a_move_may_move_but_books_nothing_more)
{
    struct house h;
    struct hold held;
    struct appointment_view v;
    struct person p = somebody(99);
    house_start(&h, NINE);
    struct appointment_view mine = book_at(h.f, 0, "school", "anna", start_of(0));
    for (int i = 1; i < BOOKINGS_MOST; i++)
        book_n(h.f, i);
    CHECK_OK(hold_n(h.f, 20, true, &held));
    CHECK_ERR(flow_book(h.f, &(struct book_request){ .hold = held.id, .person = &p }, &v),
              ERR_LIMIT);
    CHECK_OK(flow_move(h.f, &(struct move_request){ .appointment = mine.id, .start = held.start,
                                                    .coach = "anna", .hold = held.id }, &v));
    house_end(&h);
}

TEST(asking_again_for_a_lost_answer_counts_once)
{
    struct house h;
    struct hold held;
    struct appointment_view v;
    struct person p = somebody(0);
    house_start(&h, NINE);
    CHECK_OK(hold_n(h.f, 0, false, &held));
    for (int i = 0; i < 2 * BOOKINGS_MOST; i++)
        CHECK_OK(flow_book(h.f, &(struct book_request){ .hold = held.id, .person = &p }, &v));
    for (int i = 1; i < BOOKINGS_MOST; i++)
        book_n(h.f, i);
    CHECK_ERR(hold_n(h.f, 20, false, &held), ERR_LIMIT);
    house_end(&h);
}


static void see(void *arg, const struct audit_line *l)
{
    *(int *)arg += strcmp(l->action, "book.limit") == 0 && strcmp(l->object, "kiosk:1") == 0;
}

TEST(the_log_says_once_that_a_kiosk_reached_it)
{
    struct house h;
    struct hold held;
    int lines = 0;
    house_start(&h, NINE);
    book_most(h.f);
    for (int i = 0; i < 5; i++)
        CHECK_ERR(hold_n(h.f, 20, false, &held), ERR_LIMIT);
    CHECK_OK(flow_audit(h.f, 1, 0, see, &lines));
    CHECK_INT(lines, 1);
    house_end(&h);
}
