/* The old end of the log: rows under a key that was lost, and rows that go when they are old. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "store/audit_chain.h"

static const char SQL_ALL[] = AUDIT_ALL;
static const char SQL_OLD[] =
    "SELECT coalesce((SELECT min(seq) FROM audit WHERE at_ms >= :before) - 1,"
    " (SELECT max(seq) FROM audit))";
static const char SQL_SHORTEN[] = "DELETE FROM audit WHERE seq <= :seq";

/* ---- rows under a lost key ---- */

/* Takes the rows up to `until` into the digest. */
static enum err digest_rows(struct store *s, int64_t until, unsigned char digest[MAC_SIZE])
{
    unsigned char mac[MAC_SIZE];
    struct audit_row r;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ALL);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        audit_read_row(&q, &r);
        if (stmt_pass_over(&q) || audit_read_mac(&q, AUDIT_ALL_MAC, mac) != ERR_OK)
            return ERR_CORRUPT;
        if (r.seq <= until)
            audit_digest(digest, &r, mac);
    }
    return e == ERR_NONE ? ERR_OK : e;
}

/* Whether the last row is under another key than ours. */
static enum err last_is_strange(struct store *s, int64_t *ret_last, bool *ret_strange)
{
    unsigned char before[MAC_SIZE] = { 0 }, stored[MAC_SIZE], right[MAC_SIZE];
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    struct audit_anchor head;
    int64_t floor = 0;
    enum err e = store_audit_anchor(s, &head);
    if (e != ERR_OK || head.count == 0)
        return e;
    memcpy(stored, head.head, MAC_SIZE);
    e = audit_floor(s, &floor, before);
    if (e == ERR_OK && head.count > floor + 1)
        e = audit_mac_of(s, head.count - 1, before);
    if (e == ERR_OK)
        e = store_audit_list(s, head.count - 1, 1, &l);
    if (e == ERR_OK && l.n == 1)
        e = audit_chain(s, before, &l.v[0], right);
    if (e != ERR_OK)
        return e;
    *ret_strange = l.n == 0 || !mac_same(stored, right);
    *ret_last = head.count;
    return ERR_OK;
}

enum err store_audit_rekey(struct store *s, const struct audit_row *by)
{
    unsigned char start[MAC_SIZE] = { 0 }, digest[MAC_SIZE];
    char hex[MAC_HEX_SIZE];
    int64_t last = 0, before = 0;
    bool strange = false;
    if (!s->house)
        return ERR_DENIED;
    enum err e = last_is_strange(s, &last, &strange);
    if (e != ERR_OK || !strange)
        return e;
    e = audit_old(s, &before, start);
    memcpy(digest, start, MAC_SIZE);
    if (e == ERR_OK)
        e = digest_rows(s, last, digest);
    if (e == ERR_OK)
        e = audit_put_old(s, last, start);
    if (e != ERR_OK)
        return e;
    struct audit_row row = *by;
    mac_to_hex(digest, hex);
    snprintf(row.action, sizeof(row.action), AUDIT_NEW_KEYS);
    memcpy(row.object, hex, sizeof(hex));
    return store_audit_append(s, &row);
}

enum err store_audit_unproved(struct store *s, int64_t *ret_until)
{
    unsigned char digest[MAC_SIZE];
    int64_t until = 0;
    enum err e = audit_old(s, &until, digest);
    if (e == ERR_OK)
        *ret_until = until;
    return e;
}

/* ---- shortening ---- */

/* Up to where every row is from before; an empty log gives 0. */
static enum err old_rows(struct store *s, utc_ms before, int64_t *ret_until)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_OLD);
    bind_int(&q, ":before", before);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        *ret_until = col_int(&q, 0);
    return e;
}

/* The new floor, and the rows under it away. */
static enum err cut(struct store *s, int64_t until, const unsigned char mac[MAC_SIZE])
{
    unsigned char digest[MAC_SIZE] = { 0 };
    int64_t old = 0;
    enum err e = audit_old(s, &old, digest);
    if (e == ERR_OK && old > 0 && until < old)
        e = digest_rows(s, until, digest);
    else
        memset(digest, 0, sizeof(digest));
    if (e == ERR_OK && old > 0)
        e = audit_put_old(s, until < old ? old : 0, digest);
    if (e == ERR_OK)
        e = audit_put_floor(s, until, mac);
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SHORTEN);
    bind_int(&q, ":seq", until);
    return e == ERR_OK ? stmt_run(&q) : e;
}

enum err store_audit_shorten(struct store *s, utc_ms before, const struct audit_row *by,
                             struct audit_cut *ret_cut)
{
    int64_t floor = 0, until = 0;
    unsigned char mac[MAC_SIZE];
    enum err e = audit_floor(s, &floor, mac);
    if (e == ERR_OK)
        e = old_rows(s, before, &until);
    bool nothing = e == ERR_OK && until <= floor;
    struct audit_row row = *by;
    snprintf(row.action, sizeof(row.action), AUDIT_SHORTEN);
    snprintf(row.object, sizeof(row.object), "%" PRId64, until);
    if (e == ERR_OK && !nothing)
        e = audit_mac_of(s, until, mac);
    if (e == ERR_OK && !nothing)
        e = store_audit_append(s, &row);
    if (e == ERR_OK && !nothing)
        e = cut(s, until, mac);
    if (e == ERR_OK)
        *ret_cut = (struct audit_cut){ .rows = nothing ? 0 : until - floor, .until = until };
    return e;
}
