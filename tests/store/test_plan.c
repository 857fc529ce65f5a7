/*
 * After a busy day every statement that the store has prepared is asked for its plan: none
 * may go through a table that grows, and those over open rows must use the small index.
 */
#include <sqlite3.h>

#include "store/at_work.h"
#include "store/audit.h"
#include "store/daily_count.h"
#include "store/device_state.h"
#include "store/due.h"
#include "store/help_call.h"
#include "store/inside.h"
#include "store/meta.h"
#include "tests/store/fixture.h"

#define VISITS 300

static struct person someone(int i)
{
    char family[16];
    snprintf(family, sizeof(family), "Berg%c%c", 'a' + i / 26, 'a' + i % 26);
    return a_person("Noor", family);
}

static void outbox_of(struct house *h, const struct ulid *chain, enum outbox_state to)
{
    struct outbox_place p;
    struct outbox_row r = { .id = new_id(h), .chain = *chain, .kind = "walkin_registered",
                            .day = DAY1, .created = NOON };
    CHECK_OK(store_outbox_place(h->s, chain, NOON, &p));
    r.seq = p.seq;
    r.place = p.place;
    r.event = p.event;
    CHECK_OK(store_outbox_append(h->s, &r, "{}", 2));
    r.state = to;
    CHECK_OK(store_outbox_update(h->s, &r, OUTBOX_QUEUED));
}

/* Most visits are over, as late in a day; all their kinds of rows are there. */
static void busy_day(struct house *h)
{
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    for (int i = 1; i <= VISITS; i++) {
        struct person p = someone(i);
        struct visit_row v = a_visit(h, i);
        struct event_row ev = { .subject = v.id, .at = NOON, .act = "arrive",
                                .to_state = "waiting", .actor = "kiosk:1" };
        struct audit_row a = { .actor = "kiosk:1", .action = "x", .object = "y", .result = "ok" };
        CHECK_OK(store_visit_insert(h->s, &v, &p));
        CHECK_OK(store_event_append(h->s, &ev, NULL));
        CHECK_OK(store_audit_append(h->s, &a));
        outbox_of(h, &v.id, i % 30 ? OUTBOX_SENT : OUTBOX_WAITING);
        v.state = i % 30 ? VISIT_DONE : i % 60 ? VISIT_PAUSED : VISIT_WAITING;
        v.until = v.ended = v.started = NOON;
        CHECK_OK(store_visit_update(h->s, &v, (struct visit_was){ VISIT_WAITING, 1 }));
        if (i % 10 == 0)
            put_booked(h, "sanne", NOON + i * HOUR_MS, &p);
    }
    CHECK_OK(store_commit(&tx));
}

static void use_visits(struct house *h)
{
    struct person p = someone(30);
    struct visit_row v;
    struct token token = { .s = "00000000000000000000000000" };
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    int64_t seconds[20];
    size_t n;
    bool first;
    CHECK_OK(store_visit_of_person(h->s, DAY1, &p, &v));
    CHECK_OK(store_visit_by_ticket(h->s, DAY1, 'A', 30, &v));
    CHECK_ERR(store_visit_by_token(h->s, &token, &v), ERR_NOT_FOUND);
    CHECK_OK(store_visit_person(h->s, &v.id, &p));
    CHECK_OK(store_visit_set_note(h->s, &v.id, "x"));
    CHECK_OK(store_visit_take_print(h->s, &v.id, &first));
    CHECK_OK(store_visit_durations(h->s, "school", 20, seconds, &n));
    CHECK_OK(store_visits_open(h->s, DAY1, &l));
    visit_rows_done(&l);
    CHECK_OK(store_visits_shown(h->s, DAY1, &l));
    visit_rows_done(&l);
    CHECK_OK(store_visits_over(h->s, DAY1, &l));
    visit_rows_done(&l);
    CHECK_OK(store_visits_called(h->s, DAY1, &l));
    CHECK_OK(store_visits_due(h->s, NOON - 1, &l));
    CHECK_OK(store_visits_before(h->s, DAY1, &l));
    struct event_row ev;
    CLEANUP(event_rows_done) struct event_rows evs = { 0 };
    CHECK_OK(store_event_last(h->s, &v.id, &ev));
    CHECK_OK(store_events(h->s, &v.id, &evs));
}

static void use_appointments(struct house *h)
{
    struct person p = someone(30);
    struct code code = { .s = "0000000" };
    struct token token = { .s = "00000000000000000000000000" };
    struct appointment_row a;
    struct store_due due;
    CLEANUP(appointment_rows_done) struct appointment_rows l = { 0 };
    CLEANUP(busy_spans_done) struct busy_spans busy = { 0 };
    struct busy_query b = { "sanne", 0, NOON, NOON + DAY_MS };
    int n;
    CHECK_OK(store_appointments_busy(h->s, &b, &busy));
    CHECK_OK(store_appointments_count(h->s, "sanne", NOON, NOON + DAY_MS, &n));
    CHECK_OK(store_appointments_of_days(h->s, NULL, DAY1, DAY1, &l));
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_of_person(h->s, DAY1, &p, &l));
    appointment_rows_done(&l);
    CHECK_OK(store_appointments_from(h->s, NOON + 200 * DAY_MS, &l));
    CHECK_OK(store_appointments_started(h->s, NOON, &l));
    CHECK_OK(store_appointments_hold_over(h->s, NOON, &l));
    CHECK_OK(store_appointments_held_by(h->s, "kiosk:1", &l));
    CHECK_ERR(store_appointment_by_code(h->s, &code, DAY1, &a), ERR_NOT_FOUND);
    CHECK_ERR(store_appointment_by_token(h->s, &token, DAY1, &a), ERR_NOT_FOUND);
    CHECK_OK(store_claim_free_seat(h->s, "sanne", q5_cover(NOON, NOON + HOUR_MS), &n));
    CHECK_OK(store_next_due(h->s, &due));
}

static void use_outbox(struct house *h)
{
    struct ulid none = { 0 };
    struct outbox_row r;
    struct outbox_totals t;
    int64_t n;
    CLEANUP(outbox_rows_done) struct outbox_rows l = { 0 };
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    CLEANUP(buf_done) struct buf body = buf_make(100);
    CHECK_OK(store_outbox_next(h->s, &none, NOON, &r));
    CHECK_OK(store_outbox_head(h->s, &r.chain, &r));
    CHECK_OK(store_outbox_get(h->s, &r.id, &r));
    CHECK_OK(store_outbox_body(h->s, r.seq, &body));
    CHECK_OK(store_outbox_totals(h->s, &t));
    CHECK_INT(t.sent, VISITS - VISITS / 30);
    CHECK_INT(t.waiting, VISITS / 30);
    CHECK_OK(store_outbox_list(h->s, true, 0, 100, &l));
    outbox_rows_done(&l);
    CHECK_OK(store_outbox_list(h->s, false, VISITS - 5, 100, &l));
    CHECK_OK(store_outbox_retry(h->s, &r.id, "ctl"));
    struct outbox_step step = { .outbox = r.seq, .n = 1, .name = "zaak" };
    CHECK_OK(store_step_insert(h->s, &step, "{}", 2));
    CHECK_OK(store_steps(h->s, r.seq, &steps));
    CHECK_OK(store_step_update(h->s, &step, OUTBOX_STEP_READY));
    CHECK_OK(store_steps_in_flight(h->s, &n));
}

static void use_the_rest(struct house *h)
{
    int n;
    struct help_call_row help;
    struct count_row c = { .day = DAY1, .site = "s", .measure = "m", .hour = -1, .n = 1 };
    CLEANUP(count_rows_done) struct count_rows counts = { 0 };
    CLEANUP(audit_rows_done) struct audit_rows audit = { 0 };
    CHECK_OK(store_count_add(h->s, &c));
    CHECK_OK(store_counts(h->s, DAY1, DAY1, &counts));
    CHECK_OK(store_audit_list(h->s, VISITS - 2, 10, &audit));
    CHECK_ERR(store_help_oldest(h->s, &help, &n), ERR_NONE);
    CHECK_ERR(store_help_of_device(h->s, "kiosk:1", &help), ERR_NONE);
    CHECK_OK(store_help_count(h->s, "kiosk:1", NOON, &n));
}

static void plan_of(sqlite3 *db, const char *sql, char *plan, size_t n)
{
    CLEANUP(buf_done) struct buf text = buf_make(16384);
    buf_addf(&text, "EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, buf_str(&text), -1, &q, NULL) != SQLITE_OK)
        CHECK_FAIL("%s: %s", sql, sqlite3_errmsg(db));
    plan[0] = '\0';
    while (sqlite3_step(q) == SQLITE_ROW) {
        size_t used = strlen(plan);
        snprintf(plan + used, n - used, "%s\n", sqlite3_column_text(q, 3));
    }
    sqlite3_finalize(q);
}

/* What may be gone through: small tables, small indexes, and one count. */
static bool may_scan(const char *line)
{
    static const char *const fine[] = {
        "SCAN at_work", "SCAN staff",  "SCAN device_state", "SCAN CONSTANT ROW",
        "INDEX visit_of_person", "INDEX visit_until", "INDEX appointment_held",
        "INDEX appointment_due", "INDEX outbox_open", "INDEX outbox_discarded",
        "INDEX outbox_step_open", "INDEX help_call_open", "SCAN outbox USING COVERING INDEX",
        "SCAN sqlite_sequence", "SCAN sqlite_master",
    };
    for (size_t i = 0; i < ARRAY_LEN(fine); i++)
        if (strstr(line, fine[i]))
            return true;
    return false;
}

static void check_plan(const char *sql, char *plan)
{
    if (strstr(sql, "audit ORDER BY seq DESC LIMIT 1") || strstr(sql, "max(version)"))
        return; /* from the end of the table, one row */
    for (char *line = strtok(plan, "\n"); line; line = strtok(NULL, "\n"))
        if (strncmp(line, "SCAN ", 5) == 0 && !may_scan(line))
            CHECK_FAIL("%s\nis planned as: %s", sql, line);
}

/* The small index that a query over such rows must use. */
static const struct {
    const char *in_sql, *index;
} meant[] = {
    { "OR state = 'in_service' OR state = 'paused'", "visit_of_person" },
    { "state IN ('paused', 'parked')", "visit_until" },
    { "state = 'done' AND inaccurate = 0", "COVERING INDEX visit_finished" },
    { "(state = 'held' OR state = 'booked' OR state = 'checked_in')",
      "COVERING INDEX appointment_busy" },
    { "(state = 'booked' OR state = 'checked_in' OR state = 'no_show')", "appointment_person" },
    { "(state = 'queued' OR state = 'waiting' OR state = 'dead')", "outbox_open" },
};

TEST(no_statement_goes_through_a_table_that_grows)
{
    struct house *h = house_open();
    busy_day(h);
    use_visits(h);
    use_appointments(h);
    use_outbox(h);
    use_the_rest(h);
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK); /* has no statements of its own */
    int seen = 0;
    for (sqlite3_stmt *q = sqlite3_next_stmt(h->s->db, NULL); q;
         q = sqlite3_next_stmt(h->s->db, q)) {
        const char *sql = sqlite3_sql(q);
        char plan[4096];
        if (strstr(sql, "BEGIN") || strstr(sql, "COMMIT") || strstr(sql, "PRAGMA"))
            continue;
        plan_of(db, sql, plan, sizeof(plan));
        for (size_t i = 0; i < ARRAY_LEN(meant); i++)
            if (strncmp(sql, "SELECT", 6) == 0 && strstr(sql, meant[i].in_sql) &&
                !strstr(plan, meant[i].index))
                CHECK_FAIL("%s\nis planned as\n%s", sql, plan);
        check_plan(sql, plan);
        seen++;
    }
    CHECK(seen > 50);
    sqlite3_close(db);
    house_close(h);
}

/* Steps of SQLite's machine since the last call: no other load changes them. */
static int steps_since(struct house *h)
{
    int steps = 0;
    for (sqlite3_stmt *q = sqlite3_next_stmt(h->s->db, NULL); q;
         q = sqlite3_next_stmt(h->s->db, q))
        steps += sqlite3_stmt_status(q, SQLITE_STMTSTATUS_VM_STEP, 1);
    return steps;
}

TEST(what_a_walk_in_reads_does_not_grow_with_the_day)
{
    struct house *h = house_open();
    int steps[2] = { 0, 0 };
    for (int round = 0; round < 2; round++) {
        struct store_due due;
        struct person p = someone(13);
        struct visit_row v;
        CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
        if (round == 1)
            busy_day(h);
        CHECK_OK(store_make_day(h->s, DAY1));
        steps_since(h);
        CHECK_ERR(store_visit_of_person(h->s, DAY1, &p, &v), ERR_NOT_FOUND);
        CHECK_OK(store_next_due(h->s, &due));
        CHECK_OK(store_visits_open(h->s, DAY1, &l));
        CHECK_INT(l.n, round ? VISITS / 30 : 0);
        steps[round] = steps_since(h);
    }
    /* 300 visits and ten open ones later: the ten, and nothing for the 290. */
    if (steps[1] > steps[0] + 10 * 80 + 200)
        CHECK_FAIL("%d steps on an empty day, %d on a busy one", steps[0], steps[1]);
    house_close(h);
}
