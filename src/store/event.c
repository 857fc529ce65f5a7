#include "store/event.h"

#include "store/reason.h"
#include "store/visit_row.h"

#define EVENT_COLUMNS                                                               \
    "subject, seq, at_ms, act, from_state, to_state, actor, coach, service, why,"    \
    " before IS NOT NULL"
static const char SQL_APPEND[] =
    "INSERT INTO event (subject, seq, at_ms, act, from_state, to_state, actor, coach, service,"
    " why) VALUES (:subject,"
    " (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE subject = :subject),"
    " :at, :act, :from, :to, :actor, :by_coach, :of_service, :why)";
static const char SQL_APPEND_BEFORE[] =
    "INSERT INTO event (subject, seq, at_ms, act, from_state, to_state, actor, coach, service,"
    " why, before) VALUES (:subject,"
    " (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE subject = :subject),"
    " :at, :act, :from, :to, :actor, :by_coach, :of_service, :why,"
    /* a patch takes the nulls out: what is left out is none, 0 or "" */
    " json_patch('{}', json_object('state', :state, 'appointment', :appointment,"
    " 'due', nullif(:due, 0), 'service', :service, 'coach', :coach, 'with_coach', :with_coach,"
    " 'urgent', nullif(:urgent, 0), 'redirected', nullif(:redirected, 0),"
    " 'calls', nullif(:calls, 0), 'chime', nullif(:chime, 0), 'called', :called,"
    " 'first_call', :first_call, 'block_until', :block_until, 'started', :started,"
    " 'ended', :ended, 'until', :until, 'outcome', nullif(:outcome, ''),"
    " 'inaccurate', nullif(:inaccurate, 0))))";
static const char SQL_LAST[] = "SELECT " EVENT_COLUMNS " FROM event WHERE subject = :subject"
                               " ORDER BY seq DESC LIMIT 1";
static const char SQL_LIST[] = "SELECT " EVENT_COLUMNS " FROM event WHERE subject = :subject"
                               " ORDER BY seq";
static const char SQL_BEFORE[] =
    "SELECT before ->> 'state', before ->> 'service', before ->> 'coach',"
    " before ->> 'with_coach', before ->> 'urgent', before ->> 'redirected',"
    " before ->> 'calls', before ->> 'chime', before ->> 'called', before ->> 'first_call',"
    " before ->> 'block_until', before ->> 'started', before ->> 'ended', before ->> 'until',"
    " before ->> 'outcome', before ->> 'inaccurate', before ->> 'appointment',"
    " before ->> 'due' FROM event"
    " WHERE subject = :subject AND seq = :seq AND before IS NOT NULL";

void event_rows_done(struct event_rows *l)
{
    mem_free(l->v);
    *l = (struct event_rows){ 0 };
}

enum err store_event_append(struct store *s, const struct event_row *r,
                            const struct visit_row *before)
{
    struct reason_sealed why;
    const struct sealed_at at = { .day = (civil_day)(r->at / DAY_MS), .table = "event",
                                  .row = r->subject.s };
    enum err e = reason_seal(s, &at, r->reason, &why);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, before ? SQL_APPEND_BEFORE : SQL_APPEND);
    bind_text(&q, ":subject", r->subject.s);
    bind_int(&q, ":at", r->at);
    bind_text(&q, ":act", r->act);
    bind_opt(&q, ":from", r->from_state);
    bind_text(&q, ":to", r->to_state);
    bind_text(&q, ":actor", r->actor);
    bind_opt(&q, ":by_coach", r->coach);
    bind_opt(&q, ":of_service", r->service);
    bind_blob(&q, ":why", why.n ? why.v : NULL, why.n);
    if (before)
        visit_bind_mutable(&q, before);
    return stmt_run(&q);
}

static void read_row(struct stmt *q, struct event_row *r)
{
    *r = (struct event_row){ 0 };
    col_ulid(q, 0, &r->subject);
    r->seq = col_int(q, 1);
    r->at = col_int(q, 2);
    col_text(q, 3, r->act, sizeof(r->act));
    col_text(q, 4, r->from_state, sizeof(r->from_state));
    col_text(q, 5, r->to_state, sizeof(r->to_state));
    col_text(q, 6, r->actor, sizeof(r->actor));
    col_text(q, 7, r->coach, sizeof(r->coach));
    col_text(q, 8, r->service, sizeof(r->service));
    reason_read(q, 9, "event", r->subject.s, r->reason);
    r->has_before = col_int(q, 10) != 0;
}

enum err store_event_last(struct store *s, const struct ulid *subject, struct event_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LAST);
    bind_text(&q, ":subject", subject->s);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct event_row r;
    read_row(&q, &r);
    if (q.e == ERR_OK)
        *ret_row = r;
    return q.e;
}

enum err store_events(struct store *s, const struct ulid *subject, struct event_rows *ret_list)
{
    CLEANUP(event_rows_done) struct event_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    bind_text(&q, ":subject", subject->s);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_event_before(struct store *s, const struct ulid *subject, int64_t seq,
                            struct visit_row *row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_BEFORE);
    bind_text(&q, ":subject", subject->s);
    bind_int(&q, ":seq", seq);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct visit_row r = *row;
    char state[16];
    col_text(&q, 0, state, sizeof(state));
    col_text(&q, 1, r.service, sizeof(r.service));
    col_text(&q, 2, r.coach, sizeof(r.coach));
    col_text(&q, 3, r.with_coach, sizeof(r.with_coach));
    r.urgent = col_int(&q, 4) != 0;
    r.redirected = col_int(&q, 5) != 0;
    r.calls = (int)col_int(&q, 6);
    r.chime = col_int(&q, 7);
    r.called = col_int(&q, 8);
    r.first_call = col_int(&q, 9);
    r.block_until = col_int(&q, 10);
    r.started = col_int(&q, 11);
    r.ended = col_int(&q, 12);
    r.until = col_int(&q, 13);
    col_text(&q, 14, r.outcome, sizeof(r.outcome));
    r.inaccurate = col_int(&q, 15) != 0;
    col_ulid(&q, 16, &r.appointment);
    r.due = col_int(&q, 17);
    if (q.e != ERR_OK || visit_state_of(state, &r.state) != ERR_OK)
        return ERR_CORRUPT;
    *row = r;
    return ERR_OK;
}
