#include "tests/flow/house.h"

TEST(a_call_for_help_is_seen_answered_and_done)
{
    struct house h;
    struct ulid id = { { 0 } };
    struct ulid again = { { 0 } };
    struct ulid open = { { 0 } };
    enum help_state s = HELP_DONE;
    utc_ms when = 0;
    int n = 0;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    CHECK_ERR(flow_help_open(desk, &open, &when, &s, &n), ERR_NONE);
    CHECK_OK(flow_help_call(h.f, &id));
    house_wait(&h, 1);
    CHECK_OK(flow_help_call(h.f, &again)); /* pressed twice: the same call */
    CHECK_STR(again.s, id.s);
    CHECK_OK(flow_help_open(desk, &open, &when, &s, &n));
    CHECK_STR(open.s, id.s);
    CHECK(when == at(NINE));
    CHECK_INT(s, HELP_SENT);
    CHECK_INT(n, 1);
    CHECK_OK(flow_help_answer(desk, &id, HELP_COMING));
    CHECK_OK(flow_help_state(h.f, &id, &s));
    CHECK_INT(s, HELP_COMING);
    CHECK_ERR(flow_help_answer(desk, &id, HELP_SEEN), ERR_STATE);
    CHECK_OK(flow_help_answer(desk, &id, HELP_DONE));
    CHECK_ERR(flow_help_answer(h.f, &id, HELP_CANCELLED), ERR_STATE);
    CHECK_ERR(flow_help_open(desk, &open, &when, &s, &n), ERR_NONE);
    CHECK_OK(flow_help_call(h.f, &again)); /* a new one */
    CHECK(strcmp(again.s, id.s) != 0);
    CHECK_OK(flow_help_answer(h.f, &again, HELP_CANCELLED));
    flow_closep(&desk);
    house_end(&h);
}

TEST(each_device_has_its_own_call)
{
    struct house h;
    struct ulid one;
    struct ulid two;
    struct ulid open = { { 0 } };
    enum help_state s;
    utc_ms when;
    int n = 0;
    house_start(&h, NINE);
    struct flow *other = house_program(&h, "kiosk:2");
    CHECK_OK(flow_help_call(h.f, &one));
    house_wait(&h, 1);
    CHECK_OK(flow_help_call(other, &two));
    CHECK_OK(flow_help_open(h.f, &open, &when, &s, &n));
    CHECK_STR(open.s, one.s); /* the oldest */
    CHECK_INT(n, 2);
    flow_closep(&other);
    house_end(&h);
}
