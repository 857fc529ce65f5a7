#include "flow/desk.h"

#include "base/mem.h"
#include "store/outbox_send.h"
#include "tests/flow/house.h"

/* ---- to call back ---- */

TEST(who_was_not_helped_and_who_did_not_come_are_to_be_called_back)
{
    struct house h;
    struct call_back_list l = { 0 };
    struct day_closed closed;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 0, TOPIC_SCHOOL);
    struct appointment_view v = book_at(h.f, 1, "school", "anna", at("2026-03-23T11:00:00+01:00"));
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 0);
    call_back_list_done(&l);
    house_wait(&h, 9 * 60);
    CHECK_OK(flow_close_day(h.f, &closed));
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[0].subject.s, v.id.s); /* 11:00, later than 9:00 */
    CHECK_INT(l.v[0].kind, CALL_BACK_APPOINTMENT);
    CHECK_STR(l.v[0].coach, "anna");
    CHECK_STR(l.v[1].subject.s, a.line.visit.s);
    CHECK_INT(l.v[1].kind, CALL_BACK_VISIT);
    CHECK_INT(l.v[1].result, CALL_BACK_OPEN);
    call_back_list_done(&l);
    house_wait(&h, 7 * 24 * 60);
    CHECK_OK(flow_call_back(h.f, 7, &l));
    CHECK_INT(l.n, 0); /* too long ago */
    call_back_list_done(&l);
    house_end(&h);
}

TEST(what_was_ticked_off_goes_to_the_end_and_can_be_opened_again)
{
    struct house h;
    struct call_back_list l = { 0 };
    struct day_closed closed;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 0, TOPIC_SCHOOL), b = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_ERR(flow_call_back_tell(h.f, &a.line.visit, CALL_BACK_REACHED), ERR_STATE);
    house_wait(&h, 9 * 60);
    CHECK_OK(flow_close_day(h.f, &closed));
    flow_set_actor(h.f, "staff:carla");
    CHECK_OK(flow_call_back_tell(h.f, &b.line.visit, CALL_BACK_REACHED));
    CHECK_OK(flow_call_back(h.f, 1, &l));
    CHECK_INT(l.n, 2);
    CHECK_STR(l.v[1].subject.s, b.line.visit.s);
    CHECK_INT(l.v[1].result, CALL_BACK_REACHED);
    CHECK_STR(l.v[1].by, "staff:carla");
    call_back_list_done(&l);
    CHECK_OK(flow_call_back_tell(h.f, &b.line.visit, CALL_BACK_OPEN));
    CHECK_OK(flow_call_back(h.f, 1, &l));
    CHECK_INT(l.v[0].result, CALL_BACK_OPEN);
    CHECK_INT(l.v[1].result, CALL_BACK_OPEN);
    call_back_list_done(&l);
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_call_back_tell(h.f, &none, CALL_BACK_REACHED), ERR_NOT_FOUND);
    house_end(&h);
}

/* ---- calendars ---- */

struct heard {
    int n;
    char given[PERSON_NAME_SIZE];
    char code[CODE_DIGITS + 1];
    utc_ms start;
};

static void hear(void *arg, const struct feed_entry *e)
{
    struct heard *h = arg;
    h->n++;
    memcpy(h->given, e->given, sizeof(h->given));
    memcpy(h->code, e->appointment->code, sizeof(h->code));
    h->start = e->appointment->start;
}

TEST(a_calendar_tells_times_and_first_names_of_one_coach_and_no_code)
{
    struct house h;
    struct heard heard = { 0 };
    char token[FEED_TOKEN_SIZE], coach[ROSTER_ID_SIZE] = "";
    house_start(&h, NINE);
    utc_ms start = at("2026-03-24T10:00:00+01:00");
    book_at(h.f, 0, "school", "anna", start);
    book_at(h.f, 1, "school", "bram", start);
    CHECK_OK(flow_feed_make(h.f, "anna", token));
    CHECK_OK(flow_feed_read(h.f, token, hear, &heard, coach));
    CHECK_STR(coach, "anna");
    CHECK_INT(heard.n, 1);
    CHECK_STR(heard.given, "Noor");
    CHECK_STR(heard.code, "");
    CHECK_INT(heard.start, start);
    house_end(&h);
}

TEST(an_address_works_until_there_is_a_new_one_or_none)
{
    struct house h;
    struct heard heard = { 0 };
    char one[FEED_TOKEN_SIZE], two[FEED_TOKEN_SIZE], coach[ROSTER_ID_SIZE] = "";
    utc_ms made = 0;
    house_start(&h, NINE);
    CHECK_ERR(flow_feed_made(h.f, "anna", &made), ERR_NOT_FOUND);
    CHECK_ERR(flow_feed_make(h.f, "nobody", one), ERR_NOT_FOUND);
    CHECK_OK(flow_feed_make(h.f, "anna", one));
    CHECK_OK(flow_feed_make(h.f, "anna", two));
    CHECK_OK(flow_feed_made(h.f, "anna", &made));
    CHECK_INT(made, flow_now(h.f));
    CHECK_ERR(flow_feed_read(h.f, one, hear, &heard, coach), ERR_NOT_FOUND);
    CHECK_OK(flow_feed_read(h.f, two, hear, &heard, coach));
    CHECK_OK(flow_feed_end(h.f, "anna"));
    CHECK_ERR(flow_feed_read(h.f, two, hear, &heard, coach), ERR_NOT_FOUND);
    CHECK_ERR(flow_feed_read(h.f, "", hear, &heard, coach), ERR_NOT_FOUND);
    house_end(&h);
}

/* ---- by the week ---- */

TEST(weeks_add_up_what_was_counted)
{
    struct house h;
    struct week_figures w[2];
    struct day_closed closed;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 0, TOPIC_SCHOOL);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    house_wait(&h, 12);
    struct queue_line l = serve(h.f, "anna", &a);
    house_wait(&h, 20);
    CHECK_OK(flow_finish(h.f, ref(&l), "done", NULL));
    house_wait(&h, 9 * 60);
    CHECK_OK(flow_close_day(h.f, &closed));
    CHECK_OK(flow_weeks(h.f, day("2026-03-18"), 2, w));
    CHECK_INT(w[0].monday, day("2026-03-16"));
    CHECK_INT(w[0].visits, 0);
    CHECK_INT(w[0].median_wait, -1);
    CHECK_INT(w[1].visits, 2);
    CHECK_INT(w[1].walk_ins, 2);
    CHECK_INT(w[1].done, 1);
    CHECK_INT(w[1].unserved, 1);
    CHECK_INT(w[1].median_wait, 12);
    CHECK_INT(w[1].done_by[0], 1);
    CHECK_INT(w[1].done_by[1], 0);
    CHECK_ERR(flow_weeks(h.f, 0, WEEKS_MAX + 1, w), ERR_INVAL);
    house_end(&h);
}

/* ---- a roster before it counts ---- */

TEST(a_preview_tells_which_appointments_would_no_longer_fit_and_stores_nothing)
{
    struct house h;
    struct roster_notes notes = { 0 };
    struct appointment_list hit = { 0 };
    static const char without_anna[] = HOUSE_ROSTER_WITH("", HOUSE_BRAM "," HOUSE_CLEO, "");
    house_start(&h, NINE);
    struct appointment_view a = book_at(h.f, 0, "school", "anna", at("2026-03-24T10:00:00+01:00"));
    book_at(h.f, 1, "school", "bram", at("2026-03-24T10:00:00+01:00"));
    CHECK_OK(flow_roster_preview(h.f, without_anna, strlen(without_anna), &notes, NULL, &hit));
    CHECK_INT(hit.n, 1);
    CHECK_STR(hit.v[0].id.s, a.id.s);
    appointment_list_done(&hit);
    CHECK_OK(flow_conflicts(h.f, &hit));
    CHECK_INT(hit.n, 0);
    appointment_list_done(&hit);
    CHECK_ERR(flow_roster_preview(h.f, "{}", 2, &notes, NULL, &hit), ERR_FORMAT);
    CHECK(notes.n_faults > 0);
    roster_notes_done(&notes);
    house_end(&h);
}

/* ---- what the register refused ---- */

/* As if the register had refused the first record. */
static struct ulid bury(struct house *h)
{
    struct store *s = NULL;
    struct outbox_rows rows = { 0 };
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng }, &s));
    CHECK_OK(store_outbox_list(s, true, 0, 1, &rows));
    CHECK_INT(rows.n, 1);
    rows.v[0].state = OUTBOX_DEAD;
    CHECK_OK(store_outbox_update(s, &rows.v[0], OUTBOX_QUEUED));
    struct ulid id = rows.v[0].id;
    outbox_rows_done(&rows);
    store_close(s);
    return id;
}

TEST(a_refused_record_is_put_right_and_queued_again)
{
    struct house h;
    struct person p = { 0 };
    struct outbox_row row;
    house_start(&h, NINE);
    walk_in(h.f, 0, TOPIC_SCHOOL);
    struct ulid id = bury(&h);
    CHECK_OK(flow_outbox_person(h.f, &id, &p));
    CHECK_STR(p.given, "Noor");
    snprintf(p.given, sizeof(p.given), "Nora");
    flow_set_actor(h.f, "staff:carla");
    CHECK_OK(flow_outbox_correct(h.f, &id, &p));
    CHECK_OK(flow_outbox_one(h.f, &id, &row));
    CHECK_INT(row.state, OUTBOX_QUEUED);
    CHECK_STR(row.resolved_by, "staff:carla");
    CHECK_STR(row.resolved_how, "correct and retry");
    CHECK_ERR(flow_outbox_correct(h.f, &id, &p), ERR_STATE);
    p.family[0] = '\0';
    CHECK_ERR(flow_outbox_correct(h.f, &id, &p), ERR_INVAL);
    struct ulid none = flow_new_id(h.f);
    CHECK_ERR(flow_outbox_person(h.f, &none, &p), ERR_NOT_FOUND);
    house_end(&h);
}

/* ---- logging in, in parts ---- */

TEST(a_login_in_parts_counts_from_its_begin)
{
    struct house h;
    struct staff s = { .id = "carla", .name = "Carla", .role = STAFF_COORDINATOR };
    char pin[PIN_SIZE], totp[STAFF_TOTP_SIZE];
    struct login_try *t = NULL;
    int wait_s = 0;
    house_start(&h, NINE);
    CHECK_OK(flow_staff_add(h.f, &s, "294817", pin, totp));
    for (int i = 0; i < 5; i++) { /* begun and never ended: each was a try */
        CHECK_OK(flow_login_begin(h.f, &(struct login_words){ "carla", "730518", NULL }, &wait_s,
                                  &t));
        flow_login_done(t);
    }
    CHECK_ERR(flow_login_begin(h.f, &(struct login_words){ "carla", "294817", NULL }, &wait_s, &t),
              ERR_LOCKED);
    CHECK(wait_s > 0 && wait_s <= 15);
    house_wait(&h, 1);
    CHECK_OK(flow_login_begin(h.f, &(struct login_words){ "carla", "294817", NULL }, &wait_s, &t));
    CHECK_ERR(flow_login_end(h.f, t, &s), ERR_DENIED); /* not run: not right */
    flow_login_done(t);
    house_wait(&h, 1);
    CHECK_OK(flow_login_begin(h.f, &(struct login_words){ "carla", "294817", NULL }, &wait_s, &t));
    flow_login_run(t);
    CHECK_OK(flow_login_end(h.f, t, &s));
    CHECK_STR(s.name, "Carla");
    flow_login_done(t);
    house_end(&h);
}
