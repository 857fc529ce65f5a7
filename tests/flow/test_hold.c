#include "tests/flow/house.h"

#define TEN "2026-03-23T10:00:00+01:00"

static enum err hold(struct flow *f, const char *coach, const char *start, struct hold *ret)
{
    return flow_hold(f, &(struct hold_request){ .service = "school", .coach = coach,
                                                .start = at(start) },
                     ret);
}

/* How many free starts of school at that instant. */
static int free_at(struct flow *f, const char *start)
{
    struct free_list l = { 0 };
    int n = 0;
    CHECK_OK(flow_free(f, "school", NULL, day(MONDAY), day(MONDAY), &l));
    for (size_t i = 0; i < l.n; i++)
        n += l.v[i].start == at(start);
    free_list_done(&l);
    return n;
}

TEST(free_starts_come_by_start_then_coach_from_lead_to_horizon)
{
    struct house h;
    house_start(&h, NINE);
    struct free_list l = { 0 };
    CHECK_OK(flow_free(h.f, "school", NULL, day(MONDAY), day(MONDAY), &l));
    CHECK(l.n > 2);
    CHECK(l.v[0].start == at(TEN)); /* 60 minutes ahead, inclusive */
    CHECK_STR(flow_roster(h.f)->coaches[l.v[0].coach].id, "anna");
    CHECK(l.v[1].start == at(TEN));
    CHECK_STR(flow_roster(h.f)->coaches[l.v[1].coach].id, "bram");
    CHECK(l.v[l.n - 1].end <= at("2026-03-23T17:00:00+01:00"));
    free_list_done(&l);
    CHECK_OK(flow_free(h.f, "school", "anna", day("2026-05-22"), day("2027-05-22"), &l));
    CHECK(l.n > 0); /* 60 days on is a Friday; nothing behind it */
    CHECK(l.v[l.n - 1].start < at("2026-05-22T17:00:00+02:00"));
    free_list_done(&l);
    CHECK_OK(flow_free(h.f, "school", NULL, day("2026-05-23"), day("2027-05-22"), &l));
    CHECK_INT(l.n, 0);
    free_list_done(&l);
    CHECK_ERR(flow_free(h.f, "tea", NULL, day(MONDAY), day(MONDAY), &l), ERR_NOT_FOUND);
    CHECK_ERR(flow_free(h.f, "school", "tom", day(MONDAY), day(MONDAY), &l), ERR_NOT_FOUND);
    CHECK_ERR(flow_free(h.f, "school", NULL, day(MONDAY) + 1, day(MONDAY), &l), ERR_INVAL);
    house_end(&h);
}

TEST(a_held_time_is_taken_for_others_until_three_minutes_are_over)
{
    struct house h;
    struct hold a;
    struct hold b;
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    CHECK_OK(hold(h.f, "anna", TEN, &a));
    CHECK(a.expires == clock_wall_ms(&h.clock) + 3 * MINUTE_MS);
    CHECK_INT(free_at(other, TEN), 1);
    CHECK_ERR(hold(other, "anna", TEN, &b), ERR_TAKEN);
    CHECK_ERR(hold(other, "anna", "2026-03-23T10:15:00+01:00", &b), ERR_TAKEN); /* overlaps */
    CHECK_OK(hold(other, "bram", TEN, &b));
    CHECK_INT(free_at(other, TEN), 0);
    clock_advance(&h.clock, 3 * MINUTE_MS - 1);
    CHECK_INT(free_at(other, "2026-03-23T10:15:00+01:00"), 0);
    clock_advance(&h.clock, 1);
    CHECK_INT(free_at(other, "2026-03-23T10:15:00+01:00"), 2);
    CHECK_ERR(flow_release(h.f, &a.id), ERR_NOT_FOUND);
    flow_closep(&other);
    house_end(&h);
}

TEST(a_hold_is_extended_once_by_two_minutes)
{
    struct house h;
    struct hold a;
    struct hold more;
    house_start(&h, NINE);
    CHECK_OK(hold(h.f, "anna", "2026-03-23T11:00:00+01:00", &a));
    house_wait(&h, 2);
    CHECK_OK(flow_hold_extend(h.f, &a.id, &more));
    CHECK(more.expires == a.expires + 2 * MINUTE_MS);
    CHECK_ERR(flow_hold_extend(h.f, &a.id, &more), ERR_STATE);
    clock_advance(&h.clock, 3 * MINUTE_MS);
    CHECK_ERR(flow_hold_extend(h.f, &a.id, &more), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(first_free_is_the_coach_with_the_fewest_bookings_that_day_then_by_name)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    struct flow *ctl = house_program(&h, "ctl");
    CHECK_OK(hold(ctl, NULL, TEN, &a));
    CHECK_STR(a.coach, "anna");
    CHECK_OK(flow_release(ctl, &a.id));
    book_at(ctl, 1, "school", "anna", at("2026-03-23T15:00:00+01:00"));
    CHECK_OK(hold(ctl, NULL, TEN, &a));
    CHECK_STR(a.coach, "bram");
    book_at(ctl, 2, "school", "bram", at("2026-03-24T15:00:00+01:00")); /* another day */
    CHECK_OK(hold(ctl, NULL, "2026-03-23T11:00:00+01:00", &a));
    CHECK_STR(a.coach, "bram");
    CHECK_OK(hold(ctl, NULL, TEN, &a)); /* Bram is held then: Anna after all */
    CHECK_STR(a.coach, "anna");
    CHECK_ERR(hold(ctl, NULL, TEN, &a), ERR_TAKEN);
    flow_closep(&ctl);
    house_end(&h);
}

TEST(a_no_show_is_no_booking_when_the_first_free_is_sought)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    book_at(h.f, 1, "school", "anna", at(TEN));
    house_wait(&h, 75);
    CHECK_OK(hold(h.f, NULL, "2026-03-23T14:00:00+01:00", &a));
    CHECK_STR(a.coach, "anna");
    house_end(&h);
}

TEST(what_is_no_start_cannot_be_held)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    CHECK_ERR(hold(h.f, "anna", "2026-03-23T09:45:00+01:00", &a), ERR_RANGE); /* lead */
    CHECK_ERR(hold(h.f, "anna", "2026-03-23T10:05:00+01:00", &a), ERR_RANGE); /* step */
    CHECK_ERR(hold(h.f, "anna", "2026-03-23T11:45:00+01:00", &a), ERR_RANGE); /* break at 12 */
    CHECK_ERR(hold(h.f, "anna", "2026-03-28T10:00:00+01:00", &a), ERR_RANGE); /* Saturday */
    CHECK_ERR(hold(h.f, "anna", "2026-04-27T10:00:00+02:00", &a), ERR_RANGE); /* closed */
    CHECK_ERR(hold(h.f, "cleo", TEN, &a), ERR_RANGE);                         /* no school */
    CHECK_ERR(hold(h.f, "tom", TEN, &a), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(a_kiosk_holds_one_time_and_other_devices_as_many_as_they_need)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    struct flow *ctl = house_program(&h, "ctl");
    CHECK_OK(hold(h.f, "anna", TEN, &a));
    CHECK_OK(hold(h.f, "anna", "2026-03-23T10:15:00+01:00", &a)); /* over its own old one */
    CHECK_INT(free_at(h.f, "2026-03-23T10:45:00+01:00"), 2);
    CHECK_OK(hold(ctl, "bram", TEN, &a));
    CHECK_OK(hold(ctl, "bram", "2026-03-23T10:30:00+01:00", &a));
    CHECK_ERR(hold(ctl, "bram", "2026-03-23T10:45:00+01:00", &a), ERR_TAKEN);
    flow_closep(&ctl);
    house_end(&h);
}

TEST(a_kiosk_that_starts_again_lets_go_what_it_held)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    CHECK_OK(hold(h.f, "anna", TEN, &a));
    flow_closep(&h.f);
    h.f = house_program(&h, "kiosk:1");
    CHECK_INT(free_at(h.f, TEN), 1);
    CHECK_OK(flow_release_device(h.f));
    CHECK_INT(free_at(h.f, TEN), 2);
    house_end(&h);
}

static void keep_line(void *arg, const struct audit_line *line)
{
    *(struct audit_line *)arg = *line;
}

TEST(staff_overbook_on_an_extra_seat_with_a_reason)
{
    struct house h;
    struct hold a;
    house_start(&h, NINE);
    struct flow *ctl = house_program(&h, "ctl");
    struct hold_request r = { .service = "school", .coach = "anna", .start = at(TEN),
                              .overbook = true, .reason = "school closes tomorrow" };
    book_at(ctl, 1, "school", "anna", at(TEN));
    CHECK_ERR(flow_hold(h.f, &r, &a), ERR_DENIED); /* not the visitor */
    r.reason = "";
    CHECK_ERR(flow_hold(ctl, &r, &a), ERR_INVAL);
    r.reason = "school closes tomorrow";
    CHECK_OK(flow_hold(ctl, &r, &a));
    CHECK_STR(a.coach, "anna");
    struct audit_line line = { 0 };
    CHECK_OK(flow_audit(ctl, -1, 0, keep_line, &line));
    CHECK_STR(line.action, "appointment.overbook");
    CHECK_STR(line.actor, "ctl");
    CHECK_STR(line.object, a.id.s);
    struct person p = somebody(2);
    struct appointment_view v;
    CHECK_OK(flow_book(ctl, &(struct book_request){ .hold = a.id, .person = &p }, &v));
    CHECK(v.start == at(TEN));
    CHECK_OK(flow_hold(ctl, &r, &a)); /* a third, on the next seat */
    flow_closep(&ctl);
    house_end(&h);
}

TEST(two_programs_that_hold_the_same_time_are_told_apart)
{
    struct house h;
    struct hold a = { 0 };
    struct hold b = { 0 };
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    for (int i = 0; i < 8; i++) {
        char start[40];
        snprintf(start, sizeof(start), "2026-03-%02dT14:00:00+01:00", 23 + i % 5);
        enum err one = hold(i % 2 ? h.f : other, "anna", start, &a);
        enum err two = hold(i % 2 ? other : h.f, "anna", start, &b);
        CHECK_OK(one);
        CHECK_ERR(two, ERR_TAKEN);
        CHECK_OK(flow_release(h.f, &a.id));
    }
    flow_closep(&other);
    house_end(&h);
}
