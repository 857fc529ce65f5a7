#include "tests/flow/house.h"

TEST(a_redirected_visit_keeps_its_number_and_arrival_and_goes_to_band_2)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    house_wait(&h, 10);
    struct queue_line l = serve(h.f, "anna", &a);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    house_wait(&h, 10);
    CHECK_OK(flow_redirect(h.f, ref(&l), "bram", NULL, &l));
    CHECK_INT(l.state, VISIT_WAITING);
    CHECK_STR(l.ticket, "A01");
    CHECK_STR(l.coach, "bram");
    CHECK(l.arrived == a.line.arrived);
    CHECK_INT(l.band, 2);
    CHECK_INT(l.why, QUEUE_WHY_REDIRECTED);
    CHECK_STR(queue_text(h.f, "anna"), "A02/waiting");
    CHECK_OK(flow_call_next(h.f, "bram", &l));
    CHECK_STR(l.ticket, "A01");
    house_end(&h);
}

TEST(a_visit_can_be_redirected_to_another_service)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_redirect(h.f, ref(&l), NULL, "money", &l));
    CHECK_STR(l.service, "money");
    CHECK_STR(l.coach, "");
    CHECK_STR(l.ticket, "A01"); /* whatever series the service has */
    CHECK_STR(queue_text(h.f, "cleo"), "A01/waiting");
    CHECK_STR(queue_text(h.f, "anna"), "");
    house_end(&h);
}

TEST(a_redirect_goes_somewhere_else_and_to_one_place)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_ERR(flow_redirect(h.f, ref(&l), NULL, NULL, NULL), ERR_INVAL);
    CHECK_ERR(flow_redirect(h.f, ref(&l), "bram", "work", NULL), ERR_INVAL);
    CHECK_ERR(flow_redirect(h.f, ref(&l), "anna", NULL, NULL), ERR_INVAL);
    CHECK_ERR(flow_redirect(h.f, ref(&l), NULL, "school", NULL), ERR_INVAL);
    CHECK_ERR(flow_redirect(h.f, ref(&l), "tom", NULL, NULL), ERR_NOT_FOUND);
    CHECK_ERR(flow_redirect(h.f, ref(&l), NULL, "tea", NULL), ERR_NOT_FOUND);
    house_end(&h);
}

TEST(the_register_hears_of_a_redirect_and_of_its_undoing)
{
    struct house h;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    struct queue_line l = serve(h.f, "anna", &a);
    CHECK_OK(flow_redirect(h.f, ref(&l), "bram", NULL, &l));
    CHECK_OK(flow_undo(h.f, ref(&l), &l));
    CHECK_INT(l.state, VISIT_IN_SERVICE);
    CHECK_STR(l.coach, "anna");
    struct outbox_list o = { 0 };
    CHECK_OK(flow_outbox(h.f, true, &o));
    CHECK_INT(o.n, 3);
    CHECK_STR(o.v[1].kind, "visit_redirected");
    CHECK_STR(o.v[2].kind, "visit_redirected");
    outbox_list_done(&o);
    house_end(&h);
}
