#include "store/call_back.h"

#include "store/inside.h"

static const char SQL_PUT[] =
    "INSERT INTO call_back (subject, result, at_ms, actor)"
    " VALUES (:subject, :result, :at, :actor)"
    " ON CONFLICT (subject) DO UPDATE SET result = excluded.result, at_ms = excluded.at_ms,"
    " actor = excluded.actor";
static const char SQL_GET[] = "SELECT result, at_ms, actor FROM call_back WHERE subject = :subject";
static const char SQL_CLEAR[] = "DELETE FROM call_back WHERE subject = :subject";

enum err store_call_back_put(struct store *s, const struct call_back_row *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_ulid(&q, ":subject", &r->subject);
    bind_text(&q, ":result", r->result);
    bind_int(&q, ":at", r->at);
    bind_text(&q, ":actor", r->actor);
    return stmt_run(&q);
}

enum err store_call_back_get(struct store *s, const struct ulid *subject,
                             struct call_back_row *ret_row)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_ulid(&q, ":subject", subject);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    struct call_back_row r = { .subject = *subject, .at = col_int(&q, 1) };
    col_text(&q, 0, r.result, sizeof(r.result));
    col_text(&q, 2, r.actor, sizeof(r.actor));
    if (q.e == ERR_OK)
        *ret_row = r;
    return q.e;
}

enum err store_call_back_clear(struct store *s, const struct ulid *subject)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CLEAR);
    bind_ulid(&q, ":subject", subject);
    return stmt_run(&q);
}
