#include "tests/flow/house.h"

#define PIN "294817"
#define WRONG "730518"

static void add(struct flow *f, const char *id, enum staff_role role)
{
    struct staff s = { .role = role };
    char pin[PIN_SIZE];
    char totp[STAFF_TOTP_SIZE];
    snprintf(s.id, sizeof(s.id), "%s", id);
    snprintf(s.name, sizeof(s.name), "%s of the tests", id);
    CHECK_OK(flow_staff_add(f, &s, PIN, pin, totp));
}

static enum err login(struct flow *f, const char *id, const char *pin, int *wait_s)
{
    struct staff s;
    *wait_s = 0;
    return flow_login(f, id, pin, &s, wait_s);
}

TEST(a_made_pin_is_told_once_and_works)
{
    struct house h;
    struct staff s = { .id = "anna", .name = "Anna", .role = STAFF_COACH };
    char pin[PIN_SIZE];
    char totp[STAFF_TOTP_SIZE];
    int wait_s = 0;
    house_start(&h, NINE);
    CHECK_OK(flow_staff_add(h.f, &s, "", pin, totp));
    CHECK(pin_form_valid(pin));
    CHECK(!pin_weak(pin));
    CHECK(strlen(totp) >= 16);
    CHECK_OK(flow_login(h.f, "anna", pin, &s, &wait_s));
    CHECK_STR(s.coach, "anna");
    CHECK_STR(s.name, "Anna");
    CHECK_ERR(flow_staff_add(h.f, &s, "", pin, totp), ERR_EXISTS);
    house_end(&h);
}

TEST(a_coach_needs_a_place_in_the_roster_and_others_do_not)
{
    struct house h;
    struct staff s = { .id = "tom", .name = "Tom", .role = STAFF_COACH };
    char pin[PIN_SIZE];
    char totp[STAFF_TOTP_SIZE];
    house_start(&h, NINE);
    CHECK_ERR(flow_staff_add(h.f, &s, "", pin, totp), ERR_NOT_FOUND);
    s.role = STAFF_COORDINATOR;
    CHECK_OK(flow_staff_add(h.f, &s, "", pin, totp));
    s = (struct staff){ .id = "Bad id", .name = "x", .role = STAFF_ADMIN };
    CHECK_ERR(flow_staff_add(h.f, &s, "", pin, totp), ERR_INVAL);
    s = (struct staff){ .id = "eve", .name = "", .role = STAFF_ADMIN };
    CHECK_ERR(flow_staff_add(h.f, &s, "", pin, totp), ERR_INVAL);
    s = (struct staff){ .id = "eve", .name = "Eve", .role = STAFF_ADMIN };
    CHECK_ERR(flow_staff_add(h.f, &s, "123456", pin, totp), ERR_INVAL);
    CHECK_ERR(flow_staff_add(h.f, &s, "29481", pin, totp), ERR_INVAL);
    house_end(&h);
}

TEST(logging_in_puts_a_coach_at_work)
{
    struct house h;
    struct queue_wait w = { 0 };
    int ahead = 0;
    int wait_s = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "eve", STAFF_COORDINATOR);
    CHECK_OK(login(h.f, "eve", PIN, &wait_s));
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK(!w.known);
    CHECK_OK(login(h.f, "anna", PIN, &wait_s));
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK(w.known);
    clock_advance(&h.clock, DAY_MS); /* who never went home is not at work today */
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK(!w.known);
    CHECK_OK(flow_at_work(h.f, "anna", true));
    CHECK_OK(flow_wait_now(h.f, "school", NULL, &w, &ahead));
    CHECK(w.known);
    CHECK_ERR(flow_at_work(h.f, "tom", true), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(wrong_unknown_and_disabled_answer_the_same)
{
    struct house h;
    int wait_s = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "bram", STAFF_COACH);
    CHECK_ERR(login(h.f, "anna", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(h.f, "nobody", PIN, &wait_s), ERR_DENIED);
    CHECK_OK(flow_staff_disable(h.f, "bram"));
    CHECK_ERR(login(h.f, "bram", PIN, &wait_s), ERR_DENIED);
    CHECK_ERR(flow_staff_disable(h.f, "nobody"), ERR_NOT_FOUND);
    CHECK_OK(login(h.f, "anna", PIN, &wait_s));
    struct staff_list l = { 0 };
    CHECK_OK(flow_staff_list(h.f, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].id, "anna");
    CHECK(!l.v[0].disabled);
    CHECK(l.v[1].disabled);
    staff_list_done(&l);
    house_end(&h);
}

TEST(five_wrong_pins_lock_for_15_seconds_and_then_twice_as_long_each)
{
    struct house h;
    int wait_s = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    for (int i = 0; i < 5; i++)
        CHECK_ERR(login(h.f, "anna", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(h.f, "anna", PIN, &wait_s), ERR_LOCKED);
    CHECK_INT(wait_s, 15);
    clock_advance(&h.clock, 15 * SECOND_MS - 1);
    CHECK_ERR(login(h.f, "anna", PIN, &wait_s), ERR_LOCKED);
    CHECK_INT(wait_s, 1);
    clock_advance(&h.clock, 1);
    CHECK_ERR(login(h.f, "anna", WRONG, &wait_s), ERR_DENIED); /* the sixth */
    CHECK_ERR(login(h.f, "anna", PIN, &wait_s), ERR_LOCKED);
    CHECK_INT(wait_s, 30);
    clock_advance(&h.clock, 30 * SECOND_MS);
    CHECK_OK(login(h.f, "anna", PIN, &wait_s));
    CHECK_ERR(login(h.f, "anna", WRONG, &wait_s), ERR_DENIED); /* counted from one again */
    CHECK_OK(login(h.f, "anna", PIN, &wait_s));
    house_end(&h);
}

TEST(fifteen_wrong_pins_lock_until_a_manager_unlocks)
{
    struct house h;
    int wait_s = 0;
    int tried = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "eve", STAFF_ADMIN);
    for (int i = 0; i < 100; i++) {
        tried += login(h.f, "anna", WRONG, &wait_s) == ERR_DENIED;
        house_wait(&h, 24 * 60);
    }
    CHECK_INT(tried, 15);
    CHECK_ERR(login(h.f, "anna", PIN, &wait_s), ERR_LOCKED);
    CHECK_OK(flow_unlock(h.f, "anna"));
    CHECK_OK(login(h.f, "anna", PIN, &wait_s));
    house_end(&h);
}

TEST(tries_count_per_person_per_device_and_in_all)
{
    struct house h;
    int wait_s = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "bram", STAFF_COACH);
    struct flow *desk = house_program(&h, "desk:1");
    CHECK_ERR(login(h.f, "anna", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(desk, "bram", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(desk, "nobody", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(desk, "anna", WRONG, &wait_s), ERR_DENIED);
    CHECK_ERR(login(h.f, "noone", WRONG, &wait_s), ERR_DENIED); /* five in all */
    CHECK_ERR(login(desk, "bram", PIN, &wait_s), ERR_LOCKED);
    flow_closep(&h.f); /* starting again does not help */
    h.f = house_program(&h, "kiosk:1");
    CHECK_ERR(login(h.f, "anna", PIN, &wait_s), ERR_LOCKED);
    clock_advance(&h.clock, 15 * SECOND_MS);
    CHECK_OK(login(desk, "bram", PIN, &wait_s));
    flow_closep(&desk);
    house_end(&h);
}

TEST(guessing_over_one_colleague_is_not_washed_off_by_logging_in_oneself)
{
    struct house h;
    int wait_s = 0;
    int tried = 0;
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "bram", STAFF_COACH);
    for (int i = 0; i < 40; i++) {
        tried += login(h.f, "anna", WRONG, &wait_s) == ERR_DENIED;
        house_wait(&h, 24 * 60);
        CHECK_OK(login(h.f, "bram", PIN, &wait_s));
    }
    CHECK_INT(tried, 15);
    house_end(&h);
}

/* ---- badges ---- */

TEST(a_badge_logs_in_until_the_person_is_disabled)
{
    struct house h;
    struct staff s;
    char badge[STAFF_BADGE_SIZE], other[STAFF_BADGE_SIZE];
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    add(h.f, "bram", STAFF_COACH);
    CHECK_OK(flow_staff_badge(h.f, "anna", badge));
    CHECK_OK(flow_staff_badge(h.f, "bram", other));
    CHECK(strcmp(badge, other) != 0);
    CHECK_OK(flow_login_badge(h.f, badge, &s));
    CHECK_STR(s.id, "anna");
    CHECK_OK(flow_login_badge(h.f, other, &s));
    CHECK_STR(s.id, "bram");
    CHECK_ERR(flow_staff_badge(h.f, "nobody", badge), ERR_NOT_FOUND);
    CHECK_OK(flow_staff_disable(h.f, "bram"));
    CHECK_ERR(flow_login_badge(h.f, other, &s), ERR_DENIED);
    CHECK_ERR(flow_staff_badge(h.f, "bram", other), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(what_is_no_badge_opens_nothing)
{
    struct house h;
    struct staff s = { .id = "" };
    char badge[STAFF_BADGE_SIZE];
    house_start(&h, NINE);
    add(h.f, "anna", STAFF_COACH);
    CHECK_OK(flow_staff_badge(h.f, "anna", badge));
    CHECK_ERR(flow_login_badge(h.f, badge + sizeof(STAFF_BADGE_MARK) - 1, &s), ERR_DENIED);
    badge[sizeof(STAFF_BADGE_MARK) + 3] = badge[sizeof(STAFF_BADGE_MARK) + 3] == '7' ? '8' : '7';
    CHECK_ERR(flow_login_badge(h.f, badge, &s), ERR_DENIED);
    CHECK_ERR(flow_login_badge(h.f, "STAFF:", &s), ERR_DENIED);
    CHECK_ERR(flow_login_badge(h.f, "", &s), ERR_DENIED);
    CHECK_STR(s.id, "");
    house_end(&h);
}
