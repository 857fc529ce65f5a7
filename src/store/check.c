#include "store/check.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/inside.h"

#define FINDINGS_MAX 100 /* lines a rule */

/*
 * Each rule is a query that gives the ids of what breaks it, and a sentence for them. q5 * 300000
 * is the start of a quantum; 'held' and 'booked' hold time, 'checked_in' may still.
 */
struct rule {
    const char *sentence; /* "%s" stands for the id */
    const char *sql;
};

static const struct rule rules[] = {
    { "foreign key of table %s points nowhere",
      "SELECT \"table\" || ' row ' || coalesce(rowid, '?') FROM pragma_foreign_key_check" },
    { "appointment %s lacks some of its claims",
      "SELECT a.id FROM appointment a WHERE a.state IN ('held', 'booked') AND"
      " (SELECT count(*) FROM claim c WHERE c.appointment = a.id AND c.coach = a.coach"
      "  AND c.seat = a.seat AND c.q5 * 300000 < a.stop_ms AND (c.q5 + 1) * 300000 > a.start_ms)"
      " <> (a.stop_ms + 299999) / 300000 - a.start_ms / 300000" },
    { "appointment %s has claims that are not its own time",
      "SELECT DISTINCT a.id FROM claim c JOIN appointment a ON a.id = c.appointment"
      " WHERE a.state NOT IN ('held', 'booked', 'checked_in') OR c.coach <> a.coach"
      " OR c.seat <> a.seat OR c.q5 * 300000 >= a.stop_ms OR (c.q5 + 1) * 300000 <= a.start_ms" },
    { "tickets of %s do not run from 1 to their counter",
      "SELECT v.day || ' ' || v.series FROM visit v"
      " LEFT JOIN counter c ON c.day = v.day AND c.series = v.series"
      " GROUP BY v.day, v.series HAVING count(*) <> max(v.number) OR min(v.number) <> 1"
      " OR coalesce(max(c.last), 0) <> max(v.number)" },
    { "coach %s has more than one visit called or in service",
      "SELECT with_coach FROM visit WHERE state IN ('called', 'in_service')"
      " GROUP BY with_coach HAVING count(*) > 1 OR with_coach IS NULL" },
    { "visit %s is of a person with another open visit that day",
      "SELECT min(id) FROM visit WHERE state IN ('waiting', 'called', 'in_service', 'paused',"
      " 'missed', 'parked') GROUP BY day, person_mac HAVING count(*) > 1" },
    { "visit %s has no event, or its events are not numbered from 1 without a gap",
      "SELECT v.id FROM visit v LEFT JOIN event e ON e.subject = v.id GROUP BY v.id"
      " HAVING count(e.seq) = 0 OR min(e.seq) <> 1 OR max(e.seq) <> count(e.seq)" },
    { "appointment %s has no event, or its events are not numbered from 1 without a gap",
      "SELECT a.id FROM appointment a LEFT JOIN event e ON e.subject = a.id GROUP BY a.id"
      " HAVING count(e.seq) = 0 OR min(e.seq) <> 1 OR max(e.seq) <> count(e.seq)" },
    { "the events of %s do not join up",
      "SELECT e.subject FROM event e JOIN event n ON n.subject = e.subject AND n.seq = e.seq + 1"
      " WHERE coalesce(n.from_state, '') <> e.to_state" },
    { "the events of visit %s do not end in its state",
      "SELECT v.id FROM visit v JOIN event e ON e.subject = v.id"
      " WHERE e.seq = (SELECT max(seq) FROM event WHERE subject = v.id)"
      " AND e.to_state <> v.state" },
    { "the events of appointment %s do not end in its state",
      "SELECT a.id FROM appointment a JOIN event e ON e.subject = a.id"
      " WHERE e.seq = (SELECT max(seq) FROM event WHERE subject = a.id)"
      " AND e.to_state <> a.state" },
    { "event of %s is of nothing that is stored",
      "SELECT DISTINCT subject FROM event WHERE subject NOT IN (SELECT id FROM visit)"
      " AND subject NOT IN (SELECT id FROM appointment)" },
    { "checked-in appointment %s and its visit do not name each other",
      "SELECT a.id FROM appointment a LEFT JOIN visit v ON v.id = a.visit"
      " WHERE a.state = 'checked_in' AND (v.id IS NULL OR v.appointment IS NOT a.id)" },
    { "visit %s is of an appointment that does not name it",
      "SELECT v.id FROM visit v LEFT JOIN appointment a ON a.id = v.appointment"
      " WHERE v.appointment IS NOT NULL AND (a.id IS NULL OR a.visit IS NOT v.id)" },
    { "moved appointment %s has no successor of its chain",
      "SELECT a.id FROM appointment a LEFT JOIN appointment n ON n.id = a.successor"
      " WHERE a.state = 'moved' AND (n.id IS NULL OR n.chain <> a.chain)" },
    { "booked appointment %s has no person or no code",
      "SELECT id FROM appointment WHERE state IN ('booked', 'checked_in', 'no_show')"
      " AND (person IS NULL OR person_mac IS NULL OR code_mac IS NULL)" },
    { "the outbox records of chain %s do not rise in place and time",
      "SELECT DISTINCT o.chain FROM outbox o JOIN outbox n"
      " ON n.chain = o.chain AND n.place = o.place + 1"
      " WHERE n.event_ms <= o.event_ms OR n.seq <= o.seq" },
    { "the outbox records of chain %s are not numbered without a gap",
      "SELECT chain FROM outbox GROUP BY chain HAVING max(place) - min(place) + 1 <> count(*)" },
    { "outbox record %s is sent but a step of it is not done",
      "SELECT DISTINCT o.id FROM outbox o JOIN outbox_step s ON s.outbox = o.seq"
      " WHERE o.state = 'sent' AND s.state <> 'done'" },
    { "outbox record %s has more than one step in flight",
      "SELECT o.id FROM outbox o JOIN outbox_step s ON s.outbox = o.seq"
      " WHERE s.state = 'in_flight' GROUP BY o.id HAVING count(*) > 1" },
    { "outbox record %s was sent before the one it follows",
      "SELECT n.id FROM outbox o JOIN outbox n ON n.chain = o.chain AND n.place = o.place + 1"
      " WHERE n.state = 'sent' AND o.state NOT IN ('sent', 'discarded')" },
    { "count of %s is negative", "SELECT day || ' ' || measure FROM daily_count WHERE n < 0" },
};

struct checking {
    struct store *s;
    store_said say;
    void *arg;
    int findings;
};

static void put_line(struct checking *c, const char *sentence, const char *what)
{
    char line[256];
    const char *gap = strstr(sentence, "%s");
    int head = gap ? (int)(gap - sentence) : (int)strlen(sentence);
    snprintf(line, sizeof(line), "%.*s%.80s%s", head, sentence, gap ? what : "",
             gap ? gap + 2 : "");
    c->say(c->arg, line);
    c->findings++;
}

static enum err apply_rule(struct checking *c, const struct rule *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(c->s, r->sql);
    enum err e = ERR_NONE;
    for (int i = 0; i < FINDINGS_MAX && (e = stmt_row(&q)) == ERR_OK; i++) {
        const unsigned char *what = sqlite3_column_text(q.v, 0);
        put_line(c, r->sentence, what ? (const char *)what : "?");
    }
    return e == ERR_NONE ? ERR_OK : e;
}

static const char SQL_INTEGRITY[] = "PRAGMA integrity_check(100)";

/* Also a file that is too damaged to be read through is a finding, not the end of the check. */
static enum err check_file(struct checking *c)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(c->s, SQL_INTEGRITY);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        const unsigned char *said = sqlite3_column_text(q.v, 0);
        if (!said || strcmp((const char *)said, "ok") != 0)
            put_line(c, "file: %s", said ? (const char *)said : "?");
    }
    return e == ERR_NONE ? ERR_OK : e;
}

enum err store_check(struct store *s, store_said say, void *arg)
{
    struct checking c = { .s = s, .say = say, .arg = arg };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin_read(s, &tx);
    if (e == ERR_OK)
        e = check_file(&c);
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(rules); i++)
        e = apply_rule(&c, &rules[i]);
    if (e == ERR_CORRUPT) {
        put_line(&c, "file: damaged, cannot be read through", "");
        return ERR_CORRUPT;
    }
    if (e != ERR_OK)
        return e;
    return c.findings ? ERR_CORRUPT : ERR_OK;
}
