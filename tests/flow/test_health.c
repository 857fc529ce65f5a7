#include "tests/flow/house.h"

TEST(health_tells_the_printer_and_what_waits_for_the_register)
{
    struct house h;
    struct health s = { 0 };
    house_start(&h, NINE);
    CHECK_OK(flow_health(h.f, &s));
    CHECK(s.database_ok && !s.clock_unsure && !s.storage_failed && !s.roster_missing);
    CHECK_STR(s.printer, "ok");
    CHECK_INT(s.outbox_queued, 0);
    CHECK_INT(s.outbox_oldest_s, 0);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_device_state(h.f, "printer", "no paper"));
    house_wait(&h, 2);
    CHECK_OK(flow_health(h.f, &s));
    CHECK_STR(s.printer, "no paper");
    CHECK_INT(s.outbox_queued, 1);
    CHECK_INT(s.outbox_oldest_s, 120);
    CHECK_INT(s.outbox_dead, 0);
    house_end(&h);
}

TEST(records_that_are_not_refused_cannot_be_retried_or_given_up)
{
    struct house h;
    struct outbox_list l = { 0 };
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_OK(flow_outbox(h.f, true, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].state, "queued");
    CHECK_ERR(flow_outbox_retry(h.f, &l.v[0].id), ERR_STATE);
    CHECK_ERR(flow_outbox_discard(h.f, &l.v[0].id, "no need"), ERR_STATE);
    CHECK_ERR(flow_outbox_discard(h.f, &l.v[0].id, ""), ERR_INVAL);
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_outbox_retry(h.f, &none), ERR_NOT_FOUND);
    outbox_list_done(&l);
    house_end(&h);
}
