/* When keys of past dates go, and what keeps them. */
#include "flow/upkeep.h"
#include "store/audit.h"
#include "store/meta.h"
#include "store/outbox_send.h"
#include "tests/flow/house.h"

#define TERMS (&(struct retention_terms){ .follow_up_days = 7, .sent_days = 14 })

/* "2026-03-23 house 1" or "2026-03-23 upload: unsent", a line each. */
struct said {
    char text[4096];
};

static void gather(void *arg, const struct retention_line *l)
{
    struct said *s = arg;
    char date[CIVIL_DATE_SIZE];
    size_t n = strlen(s->text);
    civil_format(l->day, date);
    if (l->kept_for)
        snprintf(s->text + n, sizeof(s->text) - n, "%s %s: %s\n", date, l->key, l->kept_for);
    else
        snprintf(s->text + n, sizeof(s->text) - n, "%s %s %d\n", date, l->key, (int)l->rows);
}

static const char *run(struct house *h)
{
    static struct said s;
    s = (struct said){ 0 };
    CHECK_OK(flow_retention_run(h->f, TERMS, gather, &s));
    return s.text;
}

static struct store *open_store(struct house *h)
{
    struct store *s = NULL;
    CHECK_OK(store_open(&(struct store_options){ .path = h->path, .rng = &h->rng }, &s));
    return s;
}

/* As the uploader does with all that waits. */
static void settle(struct house *h, enum outbox_state to)
{
    struct store *s = open_store(h);
    CLEANUP(outbox_rows_done) struct outbox_rows l = { 0 };
    CHECK_OK(store_outbox_list(s, true, 0, 1000, &l));
    for (size_t i = 0; i < l.n; i++) {
        enum outbox_state was = l.v[i].state;
        l.v[i].state = to;
        l.v[i].sent = to == OUTBOX_SENT ? clock_wall_ms(&h->clock) : 0;
        CHECK_OK(store_outbox_update(s, &l.v[i], was));
    }
    store_close(s);
}

static void go_to(struct house *h, const char *when)
{
    clock_advance(&h->clock, at(when) - clock_wall_ms(&h->clock));
}

TEST(names_go_when_the_follow_up_term_is_over_and_records_fourteen_days_after_the_receipt)
{
    struct house h;
    struct person p;
    house_start(&h, NINE);
    struct arrival a = walk_in(h.f, 1, TOPIC_SCHOOL);
    CHECK_STR(run(&h), "");
    go_to(&h, "2026-03-25T09:00:00+01:00");
    settle(&h, OUTBOX_SENT); /* two days late */
    go_to(&h, "2026-03-30T23:59:00+02:00");
    CHECK_STR(run(&h), "");
    CHECK_OK(flow_visit_person(h.f, &a.line.visit, &p));
    go_to(&h, "2026-03-31T00:30:00+02:00");
    CHECK_STR(run(&h), "2026-03-23 house 1\n");
    CHECK_ERR(flow_visit_person(h.f, &a.line.visit, &p), ERR_DENIED);
    CHECK_STR(run(&h), "");
    go_to(&h, "2026-04-08T09:30:00+02:00"); /* the date is past its term, the receipt is not */
    CHECK_STR(run(&h), "");
    go_to(&h, "2026-04-08T10:30:00+02:00");
    CHECK_STR(run(&h), "2026-03-23 upload 1\n");
    CHECK_STR(run(&h), "");
    house_end(&h);
}

TEST(unsent_records_keep_their_key_for_ever_and_a_dead_letter_keeps_the_names_too)
{
    struct house h;
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    settle(&h, OUTBOX_DEAD);
    go_to(&h, "2027-03-24T09:00:00+01:00");
    CHECK_STR(run(&h), "2026-03-23 house: dead letter\n2026-03-23 upload: dead letter\n");
    settle(&h, OUTBOX_WAITING);
    CHECK_STR(run(&h), "2026-03-23 house 1\n2026-03-23 upload: unsent\n");
    settle(&h, OUTBOX_SENT);
    CHECK_STR(run(&h), "");
    go_to(&h, "2027-04-08T09:00:00+02:00");
    CHECK_STR(run(&h), "2026-03-23 upload 1\n");
    house_end(&h);
}

TEST(the_code_of_an_appointment_that_was_moved_keeps_the_first_date)
{
    struct house h;
    struct appointment_view v, moved;
    char code[CODE_DIGITS + 1];
    house_start(&h, NINE);
    v = book_at(h.f, 1, "school", "anna", at("2026-03-24T10:00:00+01:00"));
    snprintf(code, sizeof(code), "%s", v.code);
    CHECK_OK(flow_move(h.f, &(struct move_request){ .appointment = v.id,
                                                    .start = at("2026-04-20T10:00:00+02:00") },
                       &moved));
    settle(&h, OUTBOX_SENT);
    go_to(&h, "2026-04-18T09:00:00+02:00");
    const char *text = run(&h);
    CHECK(strstr(text, "2026-03-24 house: appointment\n") != NULL);
    CHECK(strstr(text, "2026-03-23 upload 1") != NULL || strstr(text, "2026-03-23 upload 2"));
    CHECK_OK(flow_find_by_code(h.f, code, &v));
    CHECK_STR(v.code, code);
    go_to(&h, "2026-04-28T09:00:00+02:00");
    CHECK(strstr(run(&h), "2026-03-24 house 1\n") != NULL);
    house_end(&h);
}

TEST(the_log_proves_each_key_with_date_count_and_digest)
{
    struct house h;
    house_start(&h, NINE);
    walk_in(h.f, 1, TOPIC_SCHOOL);
    go_to(&h, "2026-04-01T09:00:00+02:00");
    run(&h);
    struct store *s = open_store(&h);
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    CHECK_OK(store_audit_list(s, 0, 100, &l));
    const struct audit_row *r = &l.v[l.n - 1];
    CHECK_STR(r->action, "retention.house");
    CHECK_INT(strncmp(r->object, "2026-03-23 1 ", 13), 0);
    CHECK_INT(strspn(r->object + 13, "0123456789abcdef"), 32);
    CHECK_INT(strlen(r->object), 13 + 32);
    store_close(s);
    house_end(&h);
}

TEST(nothing_goes_while_the_clock_is_unsure)
{
    struct house h = { .clock = clock_system(), .rng = rng_system() };
    struct said said = { 0 };
    snprintf(h.path, sizeof(h.path), "%s/real.db", check_tmpdir());
    CHECK_OK(flow_init(h.path, false, &h.clock, &h.rng));
    struct store *s = open_store(&h);
    civil_day old = (civil_day)(clock_wall_ms(&h.clock) / DAY_MS) - 20;
    CHECK_OK(store_make_day(s, old));
    CHECK_OK(store_meta_put_int(s, "last_wall_ms", clock_wall_ms(&h.clock) - 32 * DAY_MS));
    store_close(s);
    h.f = house_program(&h, "ctl");
    CHECK_ERR(flow_retention_run(h.f, TERMS, gather, &said), ERR_CLOCK);
    CHECK_STR(said.text, "");
    CHECK_OK(flow_clock_confirm(h.f));
    CHECK(strstr(run(&h), " house 0\n") != NULL);
    house_end(&h);
}
