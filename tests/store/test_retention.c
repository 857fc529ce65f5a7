/* Canary names in every personal field; once the keys of their date are destroyed nobody can
 * open one, with all keys that are left, in the database, its WAL, or a backup. */
#include "store/retention.h"

#include <sqlite3.h>
#include <unistd.h>

#include "store/audit.h"
#include "store/backup.h"
#include "store/event.h"
#include "tests/store/fixture.h"

#define CANARY "Zyxwvut"

struct people {
    struct visit_row visit;
    struct appointment_row appointment;
    struct outbox_row record;
};

static struct person canary(void)
{
    struct person p = a_person(CANARY, CANARY "sen");
    snprintf(p.infix, sizeof(p.infix), CANARY);
    snprintf(p.email, sizeof(p.email), CANARY "@example.org");
    return p;
}

static void put_record(struct house *h, civil_day day, struct outbox_row *ret)
{
    struct ulid id = new_id(h);
    struct outbox_place at;
    struct outbox_row r = { .id = id, .chain = id, .kind = "walkin_registered", .day = day,
                            .created = NOON };
    struct outbox_step step = { .n = 1, .name = "zaak" };
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_outbox_place(h->s, &id, NOON, &at));
    r.seq = step.outbox = at.seq;
    r.place = at.place;
    r.event = at.event;
    CHECK_OK(store_outbox_append(h->s, &r, "{\"" CANARY "\"}", strlen(CANARY) + 4));
    CHECK_OK(store_step_insert(h->s, &step, CANARY, strlen(CANARY)));
    CHECK_OK(store_commit(&tx));
    *ret = r;
}

static void set_state(struct house *h, struct outbox_row *r, enum outbox_state to)
{
    enum outbox_state was = r->state;
    r->state = to;
    r->sent = to == OUTBOX_SENT ? NOON : 0;
    CHECK_OK(store_outbox_update(h->s, r, was));
}

/* A day with one of each, the appointment booked by hand on that day. */
static struct people put_people(struct house *h, civil_day day)
{
    struct people all = { .visit = a_visit(h, 1) };
    struct person p = canary();
    all.visit.day = day;
    CHECK_OK(store_visit_insert(h->s, &all.visit, &p));
    CHECK_OK(store_visit_set_note(h->s, &all.visit.id, CANARY " note"));
    all.appointment = a_hold(h, "sanne", NOON + (day - DAY1) * DAY_MS);
    all.appointment.day = day;
    CHECK_OK(store_appointment_insert(h->s, &all.appointment, NULL));
    CHECK_OK(store_appointment_give_code(h->s, &all.appointment, DAY1));
    all.appointment.state = APPT_BOOKED;
    all.appointment.held_until = 0;
    CHECK_OK(store_appointment_update(h->s, &all.appointment,
                                      (struct appointment_was){ APPT_HELD, 1 }, &p));
    put_record(h, day, &all.record);
    return all;
}

/* Whether each personal field can be read, or none. */
static void check_fields(struct store *s, const struct people *all, enum err house,
                         enum err upload)
{
    struct person p;
    struct code code;
    struct token token;
    char note[STORE_NOTE_SIZE];
    CLEANUP(buf_done) struct buf body = buf_make(1000);
    CHECK_ERR(store_visit_person(s, &all->visit.id, &p), house);
    CHECK_ERR(store_visit_note(s, &all->visit.id, note), house);
    CHECK_ERR(store_appointment_person(s, &all->appointment.id, &p), house);
    CHECK_ERR(store_appointment_code(s, &all->appointment, &code, &token), house);
    CHECK_ERR(store_outbox_body(s, all->record.seq, &body), upload);
    CHECK_ERR(store_step_body(s, all->record.seq, 1, &body), upload);
}

static struct retention_day day_of(struct house *h, civil_day day)
{
    CLEANUP(retention_days_done) struct retention_days l = { 0 };
    CHECK_OK(store_retention_days(h->s, &l));
    for (size_t i = 0; i < l.n; i++)
        if (l.v[i].day == day)
            return l.v[i];
    CHECK_FAIL("date %d is not listed", day);
    return (struct retention_day){ 0 };
}

static void prove(struct house *h, enum retention_key k, const char *object)
{
    struct audit_row r = { .actor = "ctl", .result = "ok" };
    snprintf(r.action, sizeof(r.action), "%s", retention_action(k));
    snprintf(r.object, sizeof(r.object), "%s", object);
    CHECK_OK(store_audit_append(h->s, &r));
}

static bool file_has(const char *path, const char *suffix, const char *text)
{
    char name[400];
    snprintf(name, sizeof(name), "%s%s", path, suffix);
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024 * 1024);
    if (buf_read_file(&b, name) != ERR_OK || b.n == 0)
        return false;
    return memmem(b.v, b.n, text, strlen(text)) != NULL;
}

TEST(a_date_whose_keys_are_destroyed_is_unreadable_everywhere_and_the_next_is_not)
{
    struct house *h = house_open();
    struct people old = put_people(h, DAY1), next = put_people(h, DAY1 + 1);
    struct retention_proof proof = { 0 };
    struct backup_made made;
    char backup[300];
    snprintf(backup, sizeof(backup), "%s.backup", h->path);
    CHECK_OK(store_backup(h->s, backup, &made));
    check_fields(h->s, &old, ERR_OK, ERR_OK);
    set_state(h, &old.record, OUTBOX_SENT);
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof));
    CHECK_INT(proof.rows, 2);
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_UPLOAD, &proof));
    CHECK_INT(proof.rows, 1);
    /* Nothing was ever there in clear, the WAL included. */
    const char *const sides[] = { "", "-wal", ".backup", ".keys/keyring" };
    for (size_t i = 0; i < ARRAY_LEN(sides); i++)
        CHECK(!file_has(h->path, sides[i], CANARY));
    CHECK(file_has(h->path, "-wal", old.record.id.s)); /* the search finds what is there */
    house_reopen(h);
    check_fields(h->s, &old, ERR_DENIED, ERR_DENIED);
    check_fields(h->s, &next, ERR_OK, ERR_OK);

    struct store *s = NULL;
    struct store_options o = h->options;
    char keys[300];
    snprintf(keys, sizeof(keys), "%s.keys", h->path);
    o.path = backup;
    o.keys_dir = keys; /* with all keys that are left */
    CHECK_OK(store_open(&o, &s));
    check_fields(s, &old, ERR_DENIED, ERR_DENIED);
    check_fields(s, &next, ERR_OK, ERR_OK);
    store_close(s);
    house_close(h);
}

static void put_event(struct house *h, const struct visit_row *v)
{
    struct event_row e = { .subject = v->id, .at = NOON, .act = "call", .from_state = "waiting",
                           .to_state = "called", .actor = "staff:sanne" };
    CHECK_OK(store_event_append(h->s, &e, v));
}

TEST(what_an_undo_would_put_back_goes_with_the_names_and_the_rest_of_the_event_stays)
{
    struct house *h = house_open();
    struct people old = put_people(h, DAY1), next = put_people(h, DAY1 + 1);
    struct retention_proof proof = { 0 };
    struct event_row e;
    put_event(h, &old.visit);
    put_event(h, &next.visit);
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof));
    CHECK_OK(store_event_last(h->s, &old.visit.id, &e));
    CHECK(!e.has_before);
    CHECK_STR(e.act, "call");
    CHECK_ERR(store_event_before(h->s, &old.visit.id, e.seq, &old.visit), ERR_NOT_FOUND);
    CHECK_OK(store_event_last(h->s, &next.visit.id, &e));
    CHECK(e.has_before);
    house_close(h);
}

TEST(an_event_cannot_be_changed_through_the_schema)
{
    static const char *const edits[] = {
        "UPDATE event SET act = 'leave'", "UPDATE event SET at_ms = 1, before = NULL",
        "UPDATE event SET coach = 'bram', before = NULL", "UPDATE event SET why = x'00', before = NULL",
        "UPDATE event SET before = '{\"state\":\"done\"}'",
    };
    struct house *h = house_open();
    struct people all = put_people(h, DAY1);
    put_event(h, &all.visit);
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    for (size_t i = 0; i < ARRAY_LEN(edits); i++)
        CHECK_INT(sqlite3_exec(db, edits[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
    CHECK_INT(sqlite3_exec(db, "UPDATE event SET before = NULL", NULL, NULL, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, "UPDATE event SET before = '{}'", NULL, NULL, NULL), SQLITE_CONSTRAINT);
    sqlite3_close(db);
    house_close(h);
}

TEST(the_uploaders_key_stays_while_a_record_is_not_in_the_register)
{
    struct house *h = house_open();
    struct people all = put_people(h, DAY1);
    struct retention_proof proof;
    const enum outbox_state states[] = { OUTBOX_QUEUED, OUTBOX_WAITING, OUTBOX_DEAD };
    for (size_t i = 0; i < ARRAY_LEN(states); i++) {
        if (states[i] != all.record.state)
            set_state(h, &all.record, states[i]);
        CHECK_ERR(store_retention_destroy(h->s, DAY1, RETENTION_UPLOAD, &proof), ERR_STATE);
        struct retention_day d = day_of(h, DAY1);
        CHECK_INT(d.unsent, states[i] != OUTBOX_DEAD);
        CHECK_INT(d.dead, states[i] == OUTBOX_DEAD);
        CHECK(d.stands[RETENTION_UPLOAD]);
    }
    CHECK_ERR(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof), ERR_STATE);
    CHECK_OK(store_outbox_discard(h->s, &all.record.id, "ctl", "asked again"));
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_UPLOAD, &proof));
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof));
    CHECK_ERR(store_retention_destroy(h->s, DAY1 + 5, RETENTION_HOUSE, &proof), ERR_NOT_FOUND);
    house_close(h);
}

TEST(a_power_cut_between_key_and_proof_is_made_good_by_the_next_run)
{
    struct house *h = house_open();
    struct people all = put_people(h, DAY1);
    struct retention_proof cut, again;
    struct store_tx tx = { 0 };
    set_state(h, &all.record, OUTBOX_SENT);
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_UPLOAD, &cut));
    prove(h, RETENTION_UPLOAD, "2026-11-21 1 00");
    store_tx_done(&tx);
    struct retention_day d = day_of(h, DAY1);
    CHECK(!d.stands[RETENTION_UPLOAD]);
    CHECK(!d.proved[RETENTION_UPLOAD]);
    CHECK_OK(store_retention_destroy(h->s, DAY1, RETENTION_UPLOAD, &again));
    CHECK_INT(again.rows, 1);
    CHECK(memcmp(cut.digest, again.digest, sizeof(cut.digest)) == 0);
    prove(h, RETENTION_UPLOAD, "2026-11-21 1 00");
    CHECK(day_of(h, DAY1).proved[RETENTION_UPLOAD]);
    CHECK(!day_of(h, DAY1).proved[RETENTION_HOUSE]);
    house_close(h);
}

TEST(what_needs_a_date_is_told)
{
    struct house *h = house_open();
    struct people all = put_people(h, DAY1);
    struct retention_day d = day_of(h, DAY1);
    CHECK_INT(d.open_visits, 1);
    CHECK_INT(d.unsent, 1);
    CHECK_INT(d.last_sent, 0);
    CHECK_INT(d.code_until, DAY1);
    struct appointment_row moved = a_hold(h, "sanne", NOON + 40 * DAY_MS); /* the same code */
    moved.day = DAY1 + 40;
    moved.chain = all.appointment.chain;
    moved.code_day = DAY1;
    CHECK_OK(store_appointment_insert(h->s, &moved, NULL));
    set_state(h, &all.record, OUTBOX_SENT);
    all.visit.state = VISIT_UNSERVED;
    CHECK_OK(store_visit_update(h->s, &all.visit, (struct visit_was){ VISIT_WAITING, 1 }));
    d = day_of(h, DAY1);
    CHECK_INT(d.open_visits, 0);
    CHECK_INT(d.unsent, 0);
    CHECK(d.last_sent == NOON);
    CHECK_INT(d.code_until, DAY1 + 40);
    house_close(h);
}

TEST(without_the_houses_keys_nothing_is_destroyed)
{
    struct house *h = house_open();
    struct retention_days l = { 0 };
    struct retention_proof proof;
    put_people(h, DAY1);
    h->options.keys = STORE_KEYS_UPLOAD;
    house_reopen(h);
    CHECK_ERR(store_retention_days(h->s, &l), ERR_DENIED);
    CHECK_ERR(store_retention_destroy(h->s, DAY1, RETENTION_HOUSE, &proof), ERR_DENIED);
    house_close(h);
}
