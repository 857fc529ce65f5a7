#include "store/audit_chain.h"

#include <string.h>

static const char SQL_HEAD[] = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1";
static const char SQL_APPEND[] =
    "INSERT INTO audit (" AUDIT_COLUMNS ", mac) VALUES (:seq, :at, :boot, :mono, :actor, :action,"
    " :object, :result, :mac)";
static const char SQL_LIST[] = "SELECT " AUDIT_COLUMNS " FROM audit WHERE seq > :after"
                               " ORDER BY seq LIMIT :max";

void audit_rows_done(struct audit_rows *l)
{
    mem_free(l->v);
    *l = (struct audit_rows){ 0 };
}

enum err store_audit_anchor(struct store *s, struct audit_anchor *ret_anchor)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HEAD);
    enum err e = stmt_one(&q);
    struct audit_anchor a = { 0 };
    if (e == ERR_OK) {
        a.count = col_int(&q, 0);
        e = audit_read_mac(&q, 1, a.head);
    }
    if (e == ERR_OK || e == ERR_NOT_FOUND)
        *ret_anchor = a;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* Where the chain goes on: inside a write, what this store itself wrote last needs no look. */
static enum err head_of(struct store *s, struct audit_anchor *ret_head)
{
    if (s->tx != TX_WRITE || s->last.audit == 0)
        return store_audit_anchor(s, ret_head);
    ret_head->count = s->last.audit;
    memcpy(ret_head->head, s->last.audit_mac, MAC_SIZE);
    return ERR_OK;
}

enum err store_audit_append(struct store *s, const struct audit_row *r)
{
    if (!s->house)
        return ERR_DENIED;
    struct audit_anchor head;
    unsigned char mac[MAC_SIZE];
    enum err e = head_of(s, &head);
    if (e != ERR_OK)
        return e;
    struct audit_row row = *r;
    row.seq = head.count + 1;
    memcpy(row.boot, s->boot, sizeof(row.boot));
    e = audit_chain(s, head.head, &row, mac);
    if (e != ERR_OK)
        return e;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_APPEND);
    bind_int(&q, ":seq", row.seq);
    bind_int(&q, ":at", row.at);
    bind_text(&q, ":boot", row.boot);
    bind_int(&q, ":mono", row.mono);
    bind_text(&q, ":actor", row.actor);
    bind_text(&q, ":action", row.action);
    bind_text(&q, ":object", row.object);
    bind_text(&q, ":result", row.result);
    bind_blob(&q, ":mac", mac, sizeof(mac));
    e = stmt_run(&q);
    if (e == ERR_OK && s->tx == TX_WRITE) {
        s->last.audit = row.seq;
        memcpy(s->last.audit_mac, mac, MAC_SIZE);
    }
    return e;
}

enum err store_audit_list(struct store *s, int64_t after, size_t max, struct audit_rows *ret_list)
{
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_LIST);
    bind_int(&q, ":after", after);
    bind_int(&q, ":max", (int64_t)max);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        if (!ROWS_GROW(&l))
            return ERR_NOMEM;
        audit_read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

enum err store_audit_holds(struct store *s, const struct audit_anchor *a, bool *ret_holds)
{
    unsigned char mac[MAC_SIZE];
    int64_t floor = 0;
    enum err e = audit_floor(s, &floor, mac);
    bool removed = a->count <= floor, missing = false;
    if (e == ERR_OK && !removed) {
        e = audit_mac_of(s, a->count, mac);
        missing = e == ERR_NOT_FOUND;
    }
    if (e != ERR_OK && !missing)
        return e;
    *ret_holds = removed || (!missing && mac_same(mac, a->head));
    return ERR_OK;
}
