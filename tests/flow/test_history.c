#include "tests/flow/house.h"

static struct queue_line come_in(struct house *h, const char *family, enum topic topic)
{
    struct person p = { .birth = day("2004-05-17"), .municipality = "1674", .topic = topic,
                        .lang = "nl" };
    struct arrival a;
    snprintf(p.given, sizeof(p.given), "Noor");
    snprintf(p.family, sizeof(p.family), "%s", family);
    CHECK_OK(flow_walk_in(h->f, &(struct walk_in_request){ .person = &p, .notice_shown = true },
                          &a));
    return a.line;
}

struct told {
    char acts[200];
    int n;
};

static void hear(void *arg, const struct visit_event *ev)
{
    struct told *t = arg;
    size_t at = strlen(t->acts);
    snprintf(t->acts + at, sizeof(t->acts) - at, "%s/%s ", ev->act, ev->coach);
    t->n++;
}

TEST(what_happened_to_a_visit_is_told_in_order)
{
    struct house h;
    struct told t = { { 0 }, 0 };
    house_start(&h, NINE);
    struct queue_line v = come_in(&h, "Berg", TOPIC_SCHOOL);
    CHECK_OK(flow_call(h.f, "anna", (struct visit_ref){ v.visit, v.version }, &v));
    CHECK_OK(flow_start(h.f, (struct visit_ref){ v.visit, v.version }, &v));
    CHECK_OK(flow_visit_events(h.f, &v.visit, hear, &t));
    CHECK_INT(t.n, 3);
    CHECK(strstr(t.acts, "call/anna start/anna") != NULL);
    house_end(&h);
}

TEST(the_note_of_a_parked_visit_can_be_read_and_none_is_empty)
{
    struct house h;
    char note[VISIT_NOTE_SIZE];
    house_start(&h, NINE);
    struct queue_line v = come_in(&h, "Berg", TOPIC_SCHOOL);
    CHECK_OK(flow_visit_note(h.f, &v.visit, note));
    CHECK_STR(note, "");
    CHECK_OK(flow_call(h.f, "anna", (struct visit_ref){ v.visit, 0 }, &v));
    CHECK_OK(flow_park(h.f, (struct visit_ref){ v.visit, 0 }, 0, "Haalt zijn brief", &v));
    CHECK_OK(flow_visit_note(h.f, &v.visit, note));
    CHECK_STR(note, "Haalt zijn brief");
    house_end(&h);
}

TEST(the_next_of_a_coach_is_who_call_next_calls_also_while_the_coach_is_busy)
{
    struct house h;
    struct queue_line next, called;
    house_start(&h, NINE);
    CHECK_ERR(flow_next(h.f, "anna", &next), ERR_NONE);
    CHECK_ERR(flow_next(h.f, "nobody", &next), ERR_NOT_FOUND);
    come_in(&h, "Berg", TOPIC_SCHOOL);
    struct queue_line second = come_in(&h, "Dijk", TOPIC_SCHOOL);
    CHECK_OK(flow_next(h.f, "anna", &next));
    CHECK_OK(flow_call_next(h.f, "anna", &called));
    CHECK(ulid_same(&next.visit, &called.visit));
    CHECK_OK(flow_next(h.f, "anna", &next));
    CHECK(ulid_same(&next.visit, &second.visit));
    house_end(&h);
}

TEST(who_is_at_work_is_told_by_place_in_the_roster)
{
    struct house h;
    uint64_t set = 77;
    house_start(&h, NINE);
    CHECK_OK(flow_at_work(h.f, "anna", true));
    CHECK_OK(flow_at_work(h.f, "cleo", true));
    CHECK_OK(flow_at_work_now(h.f, &set));
    CHECK_INT(set, 1u | 4u);
    CHECK_OK(flow_at_work(h.f, "anna", false));
    CHECK_OK(flow_at_work_now(h.f, &set));
    CHECK_INT(set, 4u);
    clock_advance(&h.clock, DAY_MS);
    CHECK_OK(flow_at_work_now(h.f, &set));
    CHECK_INT(set, 0);
    house_end(&h);
}

TEST(a_wrong_one_time_code_counts_as_a_wrong_pin)
{
    struct house h;
    struct staff s = { .id = "anna", .name = "Anna", .role = STAFF_COACH };
    char pin[PIN_SIZE];
    char totp[STAFF_TOTP_SIZE];
    int wait_s = 0;
    house_start(&h, NINE);
    CHECK_OK(flow_staff_add(h.f, &s, "294817", pin, totp));
    for (int i = 0; i < 5; i++)
        CHECK_ERR(flow_login_with_code(h.f, "anna", pin, "abc", &s, &wait_s), ERR_DENIED);
    CHECK_ERR(flow_login_with_code(h.f, "anna", pin, "abc", &s, &wait_s), ERR_LOCKED);
    CHECK_INT(wait_s, 15);
    CHECK_ERR(flow_login(h.f, "anna", pin, &s, &wait_s), ERR_LOCKED);
    house_end(&h);
}
