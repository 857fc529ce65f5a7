#include "flow/booking.h"

#include "flow/desk.h"
#include "tests/flow/house.h"

static struct person reachable(int n)
{
    struct person p = somebody(n);
    snprintf(p.phone, sizeof(p.phone), "+31612345678");
    return p;
}

static struct ulid ask(struct house *h, const struct person *p)
{
    struct ulid id = { { 0 } };
    CHECK_OK(flow_call_me(h->f, &(struct call_me_request){ .person = p }, &id));
    return id;
}

TEST(who_asks_stands_on_the_list_and_is_ticked_off_like_the_others)
{
    struct house h;
    struct call_back_list l = { 0 };
    struct call_back_line one;
    struct person p = reachable(0), got;
    house_start(&h, NINE);
    struct ulid id = ask(&h, &p);
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].subject.s, id.s);
    CHECK_INT(l.v[0].kind, CALL_BACK_REQUEST);
    CHECK_INT(l.v[0].at, at(NINE));
    CHECK_STR(l.v[0].lang, "nl");
    call_back_list_done(&l);
    CHECK_OK(flow_call_person(h.f, &id, &got));
    CHECK_STR(got.phone, "+31612345678");
    CHECK_OK(flow_call_back_tell(h.f, &id, CALL_BACK_REACHED));
    CHECK_OK(flow_call_back_request(h.f, &id, &one));
    CHECK_INT(one.result, CALL_BACK_REACHED);
    house_wait(&h, 7 * 24 * 60);
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 0);
    call_back_list_done(&l);
    CHECK_INT(house_counted(&h, "call_me"), 1);
    house_end(&h);
}

TEST(who_asks_again_is_one_person_to_call_at_the_last_number)
{
    struct house h;
    struct call_back_list l = { 0 };
    struct person p = reachable(0), got;
    house_start(&h, NINE);
    struct ulid id = ask(&h, &p);
    CHECK_OK(flow_call_back_tell(h.f, &id, CALL_BACK_NO_ANSWER));
    house_wait(&h, 60);
    snprintf(p.phone, sizeof(p.phone), "+31687654321");
    struct ulid again = ask(&h, &p);
    CHECK_STR(again.s, id.s);
    CHECK_OK(flow_call_back(h.f, 1, &l));
    CHECK_INT(l.n, 1);
    CHECK_INT(l.v[0].result, CALL_BACK_OPEN); /* to be called anew */
    CHECK_INT(l.v[0].at, at(NINE) + HOUR_MS);
    call_back_list_done(&l);
    CHECK_OK(flow_call_person(h.f, &id, &got));
    CHECK_STR(got.phone, "+31687654321");
    CHECK_INT(house_counted(&h, "call_me"), 1);
    house_wait(&h, 24 * 60);
    struct ulid tomorrow = ask(&h, &p);
    CHECK(!ulid_same(&tomorrow, &id));
    house_end(&h);
}

TEST(the_same_request_twice_is_one)
{
    struct house h;
    struct person p = reachable(0);
    house_start(&h, NINE);
    struct call_me_request r = { .call = flow_new_id(h.f), .person = &p };
    struct ulid first, second;
    CHECK_OK(flow_call_me(h.f, &r, &first));
    CHECK_OK(flow_call_me(h.f, &r, &second));
    CHECK_STR(first.s, r.call.s);
    CHECK_STR(second.s, r.call.s);
    CHECK_INT(house_counted(&h, "call_me"), 1);
    house_end(&h);
}

TEST(without_a_number_or_of_another_age_nobody_is_called)
{
    struct house h;
    struct call_back_list l = { 0 };
    struct person p = somebody(0);
    house_start(&h, NINE);
    CHECK_ERR(flow_call_me(h.f, &(struct call_me_request){ .person = &p }, NULL), ERR_INVAL);
    p = reachable(0);
    p.family[0] = '\0';
    CHECK_ERR(flow_call_me(h.f, &(struct call_me_request){ .person = &p }, NULL), ERR_INVAL);
    p = reachable(0);
    p.birth = day("2010-01-01");
    CHECK_ERR(flow_call_me(h.f, &(struct call_me_request){ .person = &p }, NULL), ERR_AGE_LOW);
    p.birth = day("1999-03-23");
    CHECK_ERR(flow_call_me(h.f, &(struct call_me_request){ .person = &p }, NULL), ERR_AGE_HIGH);
    CHECK_ERR(flow_call_me(h.f, &(struct call_me_request){ .call = { "x" }, .person = &p }, NULL),
              ERR_INVAL);
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 0);
    p.birth = day("2008-04-20"); /* 18 within the days that can be booked */
    ask(&h, &p);
    CHECK_INT(house_counted(&h, "call_me"), 1);
    house_end(&h);
}

static void keep(void *arg, const struct audit_line *line)
{
    *(struct audit_line *)arg = *line;
}

TEST(whose_number_was_looked_at_stands_in_the_log)
{
    struct house h;
    struct person p = reachable(0), got;
    house_start(&h, NINE);
    struct ulid id = ask(&h, &p);
    flow_set_actor(h.f, "staff:carla");
    CHECK_OK(flow_call_person(h.f, &id, &got));
    struct audit_line last = { 0 };
    CHECK_OK(flow_audit(h.f, -1, 0, keep, &last));
    CHECK_STR(last.actor, "staff:carla");
    CHECK_STR(last.action, "call_me.person");
    CHECK_STR(last.object, id.s);
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_call_person(h.f, &none, &got), ERR_NOT_FOUND);
    CHECK_ERR(flow_call_back_request(h.f, &none, &(struct call_back_line){ 0 }), ERR_NOT_FOUND);
    house_end(&h);
}
