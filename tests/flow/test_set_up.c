#include "base/mem.h"
#include "store/roster_text.h"
#include "tests/flow/house.h"

TEST(a_new_house_opens_without_a_roster)
{
    struct clock clock = clock_at(at(NINE));
    struct rng rng = rng_seeded(7);
    char path[300];
    struct flow *f = NULL;
    snprintf(path, sizeof(path), "%s/empty.db", check_tmpdir());
    struct flow_options o = { .db_path = path, .device = "ctl", .clock = &clock, .rng = &rng };
    CHECK_ERR(flow_open(&o, &f), ERR_NOT_FOUND);
    CHECK_OK(flow_init(path, true, &clock, &rng));
    CHECK_ERR(flow_init(path, true, &clock, &rng), ERR_EXISTS);
    CHECK_OK(flow_open(&o, &f));
    CHECK(flow_roster(f) == NULL);
    CHECK(flow_next_due(f) == INT64_MAX);
    CHECK_STR(queue_text(f, NULL), "");
    struct person p = somebody(1);
    CHECK_ERR(flow_walk_in(f, &(struct walk_in_request){ .person = &p }, NULL), ERR_CLOSED);
    struct hold hold;
    CHECK_ERR(flow_hold(f, &(struct hold_request){ .service = "school" }, &hold), ERR_NOT_FOUND);
    struct health health;
    CHECK_OK(flow_health(f, &health));
    CHECK(health.roster_missing);
    CHECK(health.database_ok);
    CHECK(health.free_bytes > 0);
    house_check(f);
    flow_closep(&f);
}

TEST(a_simulated_clock_is_refused_on_a_real_database)
{
    struct clock simulated = clock_at(at(NINE));
    struct clock real = clock_system();
    struct rng rng = rng_seeded(8);
    char path[300];
    struct flow *f = NULL;
    snprintf(path, sizeof(path), "%s/real.db", check_tmpdir());
    CHECK_ERR(flow_init(path, false, &simulated, &rng), ERR_INVAL);
    CHECK_OK(flow_init(path, false, &real, &rng));
    struct flow_options o = { .db_path = path, .device = "ctl", .clock = &simulated, .rng = &rng };
    CHECK_ERR(flow_open(&o, &f), ERR_INVAL);
    o.clock = &real;
    CHECK_OK(flow_open(&o, &f));
    CHECK(!flow_simulated(f));
    CHECK(!flow_clock_unsure(f));
    flow_closep(&f);
}

TEST(a_roster_goes_round_byte_for_byte)
{
    struct house h;
    house_start(&h, NINE);
    struct buf one = buf_make(ROSTER_JSON_MAX);
    struct buf two = buf_make(ROSTER_JSON_MAX);
    CHECK_OK(flow_roster_export(h.f, &one));
    house_import(h.f, buf_str(&one));
    CHECK_OK(flow_roster_export(h.f, &two));
    CHECK_STR(buf_str(&two), buf_str(&one));
    buf_done(&one);
    buf_done(&two);
    house_end(&h);
}

TEST(a_faulty_roster_changes_nothing_and_says_where)
{
    struct house h;
    struct roster_notes notes = { 0 };
    house_start(&h, NINE);
    const char *bad = "{\"version\": 1}";
    CHECK_ERR(flow_roster_import(h.f, bad, strlen(bad), &notes), ERR_FORMAT);
    CHECK(notes.n_faults > 0);
    roster_notes_done(&notes);
    char *zone = mem_dup_str(HOUSE_ROSTER);
    memcpy(strstr(zone, "Europe/Amsterdam"), "Europe/Atlantis!", 16);
    CHECK_ERR(flow_roster_import(h.f, zone, strlen(zone), &notes), ERR_FORMAT);
    CHECK_STR(notes.v[notes.n - 1].pointer, "/site/timezone");
    memcpy(strstr(zone, "Europe/Atlantis!"), "./././././Europe", 16); /* a folder */
    CHECK_ERR(flow_roster_import(h.f, zone, strlen(zone), &notes), ERR_FORMAT);
    CHECK_STR(notes.v[notes.n - 1].pointer, "/site/timezone");
    roster_notes_done(&notes);
    mem_free(zone);
    CHECK(roster_coach_find(flow_roster(h.f), "cleo") >= 0);
    CHECK_STR(walk_in(h.f, 1, TOPIC_SCHOOL).line.ticket, "A01");
    house_end(&h);
}

TEST(a_stored_roster_that_cannot_be_read_stops_nothing)
{
    struct house h;
    struct store *s = NULL;
    struct store_tx tx = { 0 };
    struct health health;
    int64_t version = 0;
    house_start(&h, NINE);
    CHECK_OK(store_open(&(struct store_options){ .path = h.path, .rng = &h.rng }, &s));
    CHECK_OK(store_begin(s, &tx));
    CHECK_OK(store_roster_put(s, "{}", 2, clock_wall_ms(&h.clock), &version));
    CHECK_OK(store_commit(&tx));
    store_close(s);
    walk_in(h.f, 1, TOPIC_SCHOOL); /* the one in force goes on */
    struct flow *fresh = house_program(&h, "ctl");
    CHECK(flow_roster(fresh) == NULL);
    CHECK_OK(flow_health(fresh, &health));
    CHECK(health.roster_missing);
    house_import(fresh, HOUSE_ROSTER);
    CHECK(flow_roster(fresh) != NULL);
    flow_closep(&fresh);
    walk_in(h.f, 2, TOPIC_SCHOOL);
    house_end(&h);
}

TEST(another_program_sees_a_new_roster_at_once)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    CHECK(roster_coach_find(flow_roster(desk), "cleo") >= 0);
    house_import(h.f, HOUSE_ROSTER_WITH("", HOUSE_ANNA "," HOUSE_BRAM, ""));
    CHECK_INT(roster_coach_find(flow_roster(desk), "cleo"), -1);
    CHECK_ERR(flow_at_work(desk, "cleo", true), ERR_NOT_FOUND);
    flow_closep(&desk);
    house_end(&h);
}

TEST(a_new_roster_keeps_appointments_and_lists_those_that_it_hits)
{
    struct house h;
    struct appointment_list l = { 0 };
    house_start(&h, NINE);
    struct appointment_view v =
        book_at(h.f, 1, "school", "anna", at("2026-03-24T10:00:00+01:00"));
    struct appointment_view w = book_at(h.f, 2, "work", "cleo", at("2026-03-25T10:00:00+01:00"));
    book_at(h.f, 3, "school", "bram", at("2026-03-25T10:00:00+01:00"));
    CHECK_OK(flow_conflicts(h.f, &l));
    CHECK_INT(l.n, 0);
    appointment_list_done(&l);
    house_import(h.f, HOUSE_ROSTER_WITH("{\"from\": \"2026-03-24\", \"to\": \"2026-03-24\", "
                                        "\"reason\": \"verhuizing\"}",
                                        HOUSE_ANNA "," HOUSE_BRAM, ""));
    CHECK_OK(flow_conflicts(h.f, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].id.s, v.id.s); /* closed that day */
    CHECK_STR(l.v[1].id.s, w.id.s); /* her coach is gone */
    appointment_list_done(&l);
    CHECK_OK(flow_appointment(h.f, &w.id, &w));
    CHECK_INT(w.state, APPT_BOOKED);
    house_end(&h);
}

TEST(who_waits_for_a_coach_who_left_waits_for_the_first_free)
{
    struct house h;
    struct person p = somebody(1);
    house_start(&h, NINE);
    CHECK_OK(flow_walk_in(h.f, &(struct walk_in_request){ .person = &p, .coach = "anna" }, NULL));
    CHECK_STR(queue_text(h.f, "bram"), "");
    house_import(h.f, HOUSE_ROSTER_WITH("", HOUSE_BRAM "," HOUSE_CLEO, ""));
    CHECK_STR(queue_text(h.f, "bram"), "A01/waiting");
    CHECK_OK(flow_call_next(h.f, "bram", NULL));
    house_end(&h);
}

TEST(every_commit_is_noticed_and_nothing_else)
{
    struct house h;
    house_start(&h, NINE);
    struct flow *desk = house_program(&h, "desk:1");
    (void)flow_changed(desk);
    CHECK(!flow_changed(desk));
    walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK(flow_changed(desk));
    CHECK(!flow_changed(desk));
    queue_text(desk, NULL);
    CHECK(!flow_changed(desk));
    CHECK_OK(flow_rest(h.f));
    flow_closep(&desk);
    house_end(&h);
}

struct said {
    int n;
    char last[80];
};

static void take_line(void *arg, const struct audit_line *l)
{
    struct said *s = arg;
    s->n++;
    snprintf(s->last, sizeof(s->last), "%s %s", l->actor, l->action);
}

TEST(the_audit_names_who_did_what)
{
    struct house h;
    struct said s = { 0 };
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    flow_set_actor(h.f, "staff:anna");
    CHECK_OK(flow_call(h.f, "anna", ref(&a.line), NULL));
    CHECK_OK(flow_audit(h.f, 0, 0, take_line, &s));
    int all = s.n;
    CHECK_STR(s.last, "staff:anna visit.call");
    s = (struct said){ 0 };
    CHECK_OK(flow_audit(h.f, -2, 1, take_line, &s));
    CHECK_INT(s.n, 1);
    CHECK_STR(s.last, "kiosk:1 visit.arrive");
    s = (struct said){ 0 };
    CHECK_OK(flow_audit(h.f, all, 0, take_line, &s));
    CHECK_INT(s.n, 1);
    struct person p;
    CHECK_OK(flow_visit_person(h.f, &a.line.visit, &p));
    CHECK_OK(flow_audit(h.f, -1, 0, take_line, &s));
    CHECK_STR(s.last, "staff:anna visit.person");
    house_end(&h);
}
