#include "store/lockout.h"

#include <string.h>

#include "store/inside.h"

static const char SQL_GET[] =
    "SELECT wrong, boot, until_mono_ms, left_ms FROM lockout WHERE subject = :subject";
static const char SQL_PUT[] =
    "INSERT INTO lockout (subject, wrong, boot, until_mono_ms, left_ms)"
    " VALUES (:subject, :wrong, :boot, :mono + :left, :left)"
    " ON CONFLICT (subject) DO UPDATE SET wrong = excluded.wrong, boot = excluded.boot,"
    " until_mono_ms = excluded.until_mono_ms, left_ms = excluded.left_ms";
static const char SQL_CLEAR[] = "DELETE FROM lockout WHERE subject = :subject";
static const char SQL_SAVE[] = "UPDATE lockout SET left_ms = max(0, until_mono_ms - :mono)"
                               " WHERE boot = :boot AND left_ms > 0";

enum err store_lockout_put(struct store *s, const char *subject, int64_t mono,
                           const struct lockout_row *r)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_PUT);
    bind_text(&q, ":subject", subject);
    bind_int(&q, ":wrong", r->wrong);
    bind_text(&q, ":boot", s->boot);
    bind_int(&q, ":mono", mono);
    bind_int(&q, ":left", r->left_ms);
    return stmt_run(&q);
}

static enum err read_row(struct store *s, const char *subject, int64_t mono,
                         struct lockout_row *ret_row, bool *ret_other_boot)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
    bind_text(&q, ":subject", subject);
    enum err e = stmt_one(&q);
    if (e != ERR_OK)
        return e;
    char boot[STORE_BOOT_SIZE];
    col_text(&q, 1, boot, sizeof(boot));
    *ret_other_boot = strcmp(boot, s->boot) != 0;
    int64_t left = col_int(&q, 3);
    if (!*ret_other_boot && col_int(&q, 2) - mono < left) /* never more than was put */
        left = col_int(&q, 2) - mono;
    *ret_row = (struct lockout_row){ .wrong = (int)col_int(&q, 0), .left_ms = left > 0 ? left : 0 };
    return q.e;
}

enum err store_lockout_get(struct store *s, const char *subject, int64_t mono,
                           struct lockout_row *ret_row)
{
    struct lockout_row r = { 0 };
    bool other_boot = false;
    enum err e = read_row(s, subject, mono, &r, &other_boot);
    if (e == ERR_NOT_FOUND)
        e = ERR_OK;
    else if (e == ERR_OK && other_boot && r.left_ms > 0)
        e = store_lockout_put(s, subject, mono, &r); /* what was left runs on from now */
    if (e == ERR_OK)
        *ret_row = r;
    return e;
}

enum err store_lockout_clear(struct store *s, const char *subject)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_CLEAR);
    bind_text(&q, ":subject", subject);
    return stmt_run(&q);
}

enum err store_lockout_save(struct store *s, int64_t mono)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SAVE);
    bind_int(&q, ":mono", mono);
    bind_text(&q, ":boot", s->boot);
    return stmt_run(&q);
}
