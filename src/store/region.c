#include "store/region.h"

#include <string.h>

#include "crypt/box.h"
#include "store/inside.h"

_Static_assert(REGION_KEY_SIZE == BOX_PUBLIC_SIZE, "one size of key");

static const char SQL_GET[] =
    "SELECT site, key, block_minutes, one_in, joined_ms, mirror, sent, line, line_ms, why"
    " FROM region WHERE one = 1";
static const char SQL_JOIN[] =
    "INSERT INTO region (one, site, key, block_minutes, one_in, joined_ms)"
    " VALUES (1, :site, :key, :block, :one_in, :joined)";
static const char SQL_LINE[] =
    "UPDATE region SET line = :line, line_ms = CASE WHEN :line THEN :at ELSE line_ms END,"
    " why = :why WHERE line <> :line OR why <> :why OR (:line AND :at - line_ms >= 60000)";
static const char SQL_SENT[] = "UPDATE region SET sent = :n WHERE sent <> :n";
static const char SQL_EVENT_PUT[] =
    "INSERT INTO region_event (id, subject, seq, kind, day) VALUES (:id, :subject,"
    " (SELECT max(seq) FROM event WHERE subject = :subject), :kind, :day)";
static const char SQL_EVENTS[] =
    "SELECT r.n, r.id, r.kind, r.day, e.subject, e.seq, e.at_ms, e.act, e.from_state, e.to_state,"
    " e.actor, e.coach, e.service FROM region_event r"
    " JOIN event e ON e.subject = r.subject AND e.seq = r.seq"
    " WHERE r.n > :after ORDER BY r.n LIMIT :max";
static const char SQL_PLACE[] = "SELECT n FROM region_event WHERE id = :id";
#define SQL_AGENDA_ROW \
    "a.id, a.coach, a.day, a.start_ms, a.end_ms," \
    " a.state NOT IN ('booked', 'checked_in', 'no_show')"
static const char SQL_AGENDA[] =
    "SELECT " SQL_AGENDA_ROW " FROM appointment a WHERE a.id IN (SELECT subject FROM region_event"
    " WHERE kind = 'appointment' AND n > :after AND n <= :last)";
static const char SQL_AGENDA_OF[] =
    "SELECT " SQL_AGENDA_ROW " FROM appointment a WHERE a.coach = :coach AND a.start_ms >= :from"
    " AND (a.state = 'booked' OR a.state = 'checked_in' OR a.state = 'no_show')";
static const char SQL_FORGET[] =
    "DELETE FROM region_event WHERE n <= (SELECT sent FROM region) - :keep";
static const char SQL_FIGURES[] =
    "SELECT (SELECT count(*) FROM visit WHERE state = 'waiting'),"
    " (SELECT coalesce(min(arrived_ms), 0) FROM visit WHERE state = 'waiting'),"
    " (SELECT count(*) FROM at_work WHERE paused = 0),"
    " (SELECT count(*) FROM outbox INDEXED BY outbox_open"
    "  WHERE state = 'queued' OR state = 'waiting'),"
    " (SELECT count(*) FROM outbox INDEXED BY outbox_open WHERE state = 'dead'),"
    " (SELECT count(*) FROM region_in WHERE state = 'bad'),"
    " (SELECT count(*) FROM region_seat WHERE state = 'refused' AND until_ms IS NULL"
    "  AND day >= :today)";
static const char *const SQL_LEAVE[] = {
    "DELETE FROM region",       "DELETE FROM region_event", "DELETE FROM region_seat",
    "DELETE FROM region_out",   "DELETE FROM region_in",    "DELETE FROM region_coach",
    "DELETE FROM region_day",   "DELETE FROM region_closure", "DELETE FROM region_claim",
    "DELETE FROM region_site",
};

enum err store_region_get(struct store *s, struct region_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    struct region_row r = { .joined = true };
    enum err e = stmt_one(&q);
    if (e == ERR_NOT_FOUND) {
        *ret_row = (struct region_row){ 0 };
        return ERR_OK;
    }
    if (e != ERR_OK)
        return e;
    size_t n = 0;
    col_text(&q, 0, r.site, sizeof(r.site));
    const void *key = col_blob(&q, 1, &n);
    if (n != REGION_KEY_SIZE)
        return ERR_CORRUPT;
    memcpy(r.key, key, n);
    r.rule = (struct shared_rule){ (int)col_int(&q, 2), (int)col_int(&q, 3) };
    r.joined_at = col_int(&q, 4);
    r.mirror = col_int(&q, 5);
    r.sent = col_int(&q, 6);
    r.line = col_int(&q, 7) != 0;
    r.line_at = col_int(&q, 8);
    col_text(&q, 9, r.why, sizeof(r.why));
    if (q.e != ERR_OK || !shared_rule_valid(&r.rule))
        return ERR_CORRUPT;
    *ret_row = r;
    return ERR_OK;
}

enum err store_region_join(struct store *s, const struct region_row *r)
{
    if (!shared_rule_valid(&r->rule))
        return ERR_INVAL;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_JOIN);
    bind_text(&q, ":site", r->site);
    bind_blob(&q, ":key", r->key, sizeof(r->key));
    bind_int(&q, ":block", r->rule.block_minutes);
    bind_int(&q, ":one_in", r->rule.one_in);
    bind_int(&q, ":joined", r->joined_at);
    epoch_end(s);
    return stmt_run(&q);
}

enum err store_region_leave(struct store *s)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    epoch_end(s);
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(SQL_LEAVE); i++) {
        CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LEAVE[i]);
        e = stmt_run(&q);
    }
    return e == ERR_OK ? store_commit(&tx) : e;
}

enum err store_region_line(struct store *s, bool up, utc_ms at, const char *why)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LINE);
    bind_int(&q, ":line", up);
    bind_int(&q, ":at", at);
    bind_text(&q, ":why", why);
    epoch_end(s);
    return stmt_run(&q);
}

enum err store_region_key(struct store *s, unsigned char ret[REGION_KEY_SIZE])
{
    return s->house ? box_public(s->keys, ret) : ERR_DENIED;
}

enum err store_region_figures(struct store *s, civil_day today, struct region_figures *ret)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_FIGURES);
    bind_int(&q, ":today", today);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret = (struct region_figures){ .waiting = col_int(&q, 0), .since = col_int(&q, 1),
                                        .at_work = col_int(&q, 2), .unsent = col_int(&q, 3),
                                        .dead = col_int(&q, 4), .unread = col_int(&q, 5),
                                        .lost = col_int(&q, 6) };
    return e;
}

/* ---- events ---- */

void region_events_done(struct region_events *l)
{
    mem_free(l->v);
    *l = (struct region_events){ 0 };
}

enum err store_region_event_put(struct store *s, const struct region_event *e)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_EVENT_PUT);
    bind_text(&q, ":id", e->id.s);
    bind_text(&q, ":subject", e->e.subject.s);
    bind_text(&q, ":kind", e->kind);
    bind_int(&q, ":day", e->day);
    return stmt_run(&q);
}

static void read_event(struct stmt *q, struct region_event *r)
{
    *r = (struct region_event){ .n = col_int(q, 0) };
    col_ulid(q, 1, &r->id);
    col_text(q, 2, r->kind, sizeof(r->kind));
    r->day = (civil_day)col_int(q, 3);
    col_ulid(q, 4, &r->e.subject);
    r->e.seq = col_int(q, 5);
    r->e.at = col_int(q, 6);
    col_text(q, 7, r->e.act, sizeof(r->e.act));
    col_text(q, 8, r->e.from_state, sizeof(r->e.from_state));
    col_text(q, 9, r->e.to_state, sizeof(r->e.to_state));
    col_text(q, 10, r->e.actor, sizeof(r->e.actor));
    col_text(q, 11, r->e.coach, sizeof(r->e.coach));
    col_text(q, 12, r->e.service, sizeof(r->e.service));
}

enum err store_region_events(struct store *s, int64_t after, int max,
                             struct region_events *ret_list)
{
    CLEANUP(region_events_done) struct region_events l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_EVENTS);
    bind_int(&q, ":after", after);
    bind_int(&q, ":max", max);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_event(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_region_sent(struct store *s, int64_t n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SENT);
    bind_int(&q, ":n", n);
    return stmt_run(&q);
}

enum err store_region_event_place(struct store *s, const char *id, int64_t *ret_n)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PLACE);
    bind_text(&q, ":id", id);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_n = col_int(&q, 0);
    return e;
}

void agenda_rows_done(struct agenda_rows *l)
{
    mem_free(l->v);
    *l = (struct agenda_rows){ 0 };
}

static enum err read_agenda(struct stmt *q, struct agenda_rows *ret_list)
{
    CLEANUP(agenda_rows_done) struct agenda_rows l = { 0 };
    enum err e;
    while ((e = stmt_row(q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        struct agenda_row *a = &l.v[l.n];
        *a = (struct agenda_row){ .day = (civil_day)col_int(q, 2), .start = col_int(q, 3),
                                  .end = col_int(q, 4), .gone = col_int(q, 5) != 0 };
        col_ulid(q, 0, &a->id);
        col_text(q, 1, a->coach, sizeof(a->coach));
        if (!stmt_pass_over(q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_region_agenda(struct store *s, int64_t after, int64_t last,
                             struct agenda_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_AGENDA);
    bind_int(&q, ":after", after);
    bind_int(&q, ":last", last);
    return read_agenda(&q, ret_list);
}

enum err store_region_agenda_of(struct store *s, const char *coach, utc_ms from,
                                struct agenda_rows *ret_list)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_AGENDA_OF);
    bind_text(&q, ":coach", coach);
    bind_int(&q, ":from", from);
    return read_agenda(&q, ret_list);
}

enum err store_region_event_forget(struct store *s, int64_t keep)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_FORGET);
    bind_int(&q, ":keep", keep);
    return stmt_run(&q);
}
