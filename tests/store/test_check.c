#include "store/check.h"

#include <sqlite3.h>

#include "tests/store/fixture.h"

static void event(struct house *h, const struct ulid *id, const char *from, const char *to)
{
    struct event_row e = { .subject = *id, .at = NOON, .act = "x", .actor = "ctl" };
    snprintf(e.from_state, sizeof(e.from_state), "%s", from);
    snprintf(e.to_state, sizeof(e.to_state), "%s", to);
    CHECK_OK(store_event_append(h->s, &e, NULL));
}

/* A small day that keeps every rule. */
static struct house *good_day(void)
{
    struct house *h = house_open();
    struct person noor = a_person("Noor", "Berg"), daan = a_person("Daan", "Smit");
    int64_t number;
    struct visit_row v = a_visit(h, 1);
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &number));
    CHECK_OK(store_visit_insert(h->s, &v, &noor));
    event(h, &v.id, "", "waiting");

    struct appointment_row a = put_booked(h, "sanne", NOON, &daan);
    event(h, &a.id, "", "held");
    event(h, &a.id, "held", "booked");
    struct visit_row in = a_visit(h, 2);
    in.kind = VISIT_APPOINTMENT;
    in.appointment = a.id;
    CHECK_OK(store_counter_next(h->s, DAY1, "A", &number));
    CHECK_OK(store_visit_insert(h->s, &in, &daan));
    event(h, &in.id, "", "waiting");
    a.state = APPT_CHECKED_IN;
    a.visit = in.id;
    CHECK_OK(store_appointment_update(h->s, &a, (struct appointment_was){ APPT_BOOKED, 2 }, NULL));
    event(h, &a.id, "booked", "checked_in");

    a = put_booked(h, "amir", NOON, &daan);
    event(h, &a.id, "", "booked");
    for (int i = 0; i < 2; i++) {
        struct outbox_place p;
        CHECK_OK(store_outbox_place(h->s, &v.id, NOON, &p));
        struct outbox_row r = { .seq = p.seq, .id = new_id(h), .chain = v.id, .place = p.place,
                                .kind = "walkin_registered", .day = DAY1, .event = p.event };
        CHECK_OK(store_outbox_append(h->s, &r, "{}", 2));
    }
    struct outbox_step step = { .outbox = 1, .n = 1, .name = "zaak" };
    CHECK_OK(store_step_insert(h->s, &step, "{}", 2));
    step.n = 2;
    CHECK_OK(store_step_insert(h->s, &step, "{}", 2));
    return h;
}

TEST(a_good_day_has_no_findings)
{
    struct house *h = good_day();
    struct said said = { 0 };
    enum err e = store_check(h->s, gather, &said);
    CHECK_STR(said.text, "");
    CHECK_OK(e);
    house_close(h);
}

static void expect(const char *sql, const char *line)
{
    struct house *h = good_day();
    house_close(h);
    sqlite3 *db = NULL;
    char *why = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    if (sqlite3_exec(db, "DROP TRIGGER event_stays; PRAGMA ignore_check_constraints = 1", NULL,
                     NULL, &why) ||
        sqlite3_exec(db, sql, NULL, NULL, &why))
        CHECK_FAIL("%s: %s", sql, why);
    sqlite3_close(db);
    CHECK_OK(store_open(&h->options, &h->s));
    struct said said = { 0 };
    CHECK_ERR(store_check(h->s, gather, &said), ERR_CORRUPT);
    if (!strstr(said.text, line))
        CHECK_FAIL("after %s: \"%s\" is not said in:\n%s", sql, line, said.text);
    house_close(h);
}

TEST(each_broken_rule_is_said)
{
    expect("DELETE FROM claim WHERE coach = 'amir' AND q5 = (SELECT min(q5) FROM claim)",
           "lacks some of its claims");
    expect("UPDATE claim SET seat = 1 WHERE coach = 'amir'", "claims that are not its own time");
    expect("UPDATE appointment SET state = 'cancelled' WHERE state = 'booked'",
           "claims that are not its own time");
    expect("UPDATE visit SET number = 9 WHERE number = 2", "do not run from 1 to their counter");
    expect("UPDATE counter SET last = 3", "do not run from 1 to their counter");
    expect("DROP INDEX visit_of_coach; UPDATE visit SET state = 'called', with_coach = 'sanne'",
           "coach sanne has more than one visit");
    expect("DROP INDEX visit_of_person; UPDATE visit SET person_mac = x'00'",
           "another open visit that day");
    expect("DELETE FROM event WHERE seq = 1", "not numbered from 1 without a gap");
    expect("UPDATE event SET from_state = 'parked' WHERE seq = 2", "do not join up");
    expect("UPDATE visit SET state = 'left' WHERE number = 1", "do not end in its state");
    expect("UPDATE appointment SET state = 'no_show' WHERE state = 'booked'",
           "do not end in its state");
    expect("INSERT INTO event (subject, seq, at_ms, act, from_state, to_state, actor)"
           " SELECT 'x' || subject, seq, at_ms, act, from_state, to_state, actor FROM event LIMIT 1",
           "of nothing that is stored");
    expect("UPDATE appointment SET visit = NULL WHERE state = 'checked_in'",
           "do not name each other");
    expect("UPDATE visit SET appointment = (SELECT id FROM appointment WHERE coach = 'amir')"
           " WHERE number = 1", "that does not name it");
    expect("UPDATE appointment SET state = 'moved' WHERE state = 'booked'", "no successor");
    expect("UPDATE appointment SET person = NULL WHERE state = 'booked'", "no person or no code");
    expect("UPDATE outbox SET event_ms = 1 WHERE place = 2", "do not rise in place and time");
    expect("UPDATE outbox SET place = 5 WHERE place = 2", "not numbered without a gap");
    expect("UPDATE outbox SET state = 'sent' WHERE place = 1", "a step of it is not done");
    expect("UPDATE outbox_step SET state = 'in_flight'", "more than one step in flight");
    expect("UPDATE outbox SET state = 'sent' WHERE place = 2", "before the one it follows");
    expect("INSERT INTO daily_count VALUES (1, 's', 'walk_in', '', '', '', -1, -2)",
           "count of 1 walk_in is negative");
    expect("PRAGMA foreign_keys = OFF; DELETE FROM appointment WHERE coach = 'amir'",
           "foreign key of table claim");
}

TEST(a_damaged_file_is_found)
{
    struct house *h = good_day();
    struct person p;
    for (int i = 3; i < 60; i++) { /* some pages of rows */
        char family[16];
        snprintf(family, sizeof(family), "Berg%c%c", 'A' + i / 26, 'A' + i % 26);
        p = a_person("Noor", family);
        struct visit_row v = a_visit(h, i);
        CHECK_OK(store_visit_insert(h->s, &v, &p));
    }
    house_close(h);
    FILE *f = fopen(h->path, "r+b");
    fseek(f, 0, SEEK_END);
    long end = ftell(f);
    for (long at = end - 6 * 4096; at < end; at += 4096) {
        fseek(f, at, SEEK_SET); /* the head of the youngest pages: visits */
        fputs("\xFF\xFF\xFF\xFF", f);
    }
    fclose(f);
    struct said said = { 0 };
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK_ERR(store_check(h->s, gather, &said), ERR_CORRUPT);
    CHECK(strstr(said.text, "file: ") != NULL);
    house_close(h);
}
