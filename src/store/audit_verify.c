/* Whether the log is whole: one walk over all of it. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/audit_chain.h"

#define FINDINGS_MAX 100

static const char SQL_ALL[] = AUDIT_ALL;

struct walk {
    struct store *s;
    const struct audit_anchor *kept;
    store_said say;
    void *arg;
    int findings;
    int64_t floor;                  /* 0: never shortened */
    bool allowed;                   /* a row that cuts to the floor was met */
    int64_t old;                    /* the last row under a lost key; 0: none */
    unsigned char digest[MAC_SIZE]; /* of those so far */
    bool vouched;                   /* the row that holds their digest was met */
    int64_t seq;                    /* of the row before */
    unsigned char before[MAC_SIZE]; /* its stored hash */
    bool anchored;                  /* the kept anchor was met */
};

static void finding(struct walk *w, const char *what, int64_t seq)
{
    char line[96];
    snprintf(line, sizeof(line), "audit row %" PRId64 ": %s", seq, what);
    if (w->findings++ < FINDINGS_MAX)
        w->say(w->arg, line);
}

/* The first row under the new key: what it says of those before it must hold. */
static void vouch(struct walk *w, const struct audit_row *r)
{
    char hex[MAC_HEX_SIZE];
    mac_to_hex(w->digest, hex);
    w->vouched = strcmp(r->action, AUDIT_NEW_KEYS) == 0;
    if (w->vouched && strcmp(r->object, hex) != 0)
        finding(w, "a row before it, from under a lost key, was changed or removed", r->seq);
}

static enum err walk_hash(struct walk *w, const struct audit_row *r,
                          const unsigned char stored[MAC_SIZE])
{
    unsigned char right[MAC_SIZE];
    enum err e = audit_chain(w->s, w->before, r, right);
    if (e != ERR_OK)
        return e;
    if (r->seq != w->seq + 1)
        finding(w, "the row before it is missing", r->seq);
    else if (r->seq > w->old && !mac_same(stored, right))
        finding(w, "was changed, or the row before it was", r->seq);
    if (r->seq <= w->old)
        audit_digest(w->digest, r, stored);
    else if (r->seq == w->old + 1 && w->old > 0)
        vouch(w, r);
    return ERR_OK;
}

/* Goes on from the stored hash, so that one bad row gives one finding. */
static enum err walk_row(struct walk *w, struct stmt *q)
{
    struct audit_row r;
    unsigned char stored[MAC_SIZE];
    audit_read_row(q, &r);
    if (stmt_pass_over(q) || audit_read_mac(q, AUDIT_ALL_MAC, stored) != ERR_OK) {
        finding(w, "cannot be read", r.seq);
        memset(stored, 0, sizeof(stored));
    } else {
        enum err e = walk_hash(w, &r, stored);
        if (e != ERR_OK)
            return e;
    }
    if (w->floor > 0 && strcmp(r.action, AUDIT_SHORTEN) == 0)
        w->allowed |= strtoll(r.object, NULL, 10) == w->floor;
    if (w->kept && w->kept->count == r.seq)
        w->anchored = mac_same(stored, w->kept->head);
    w->seq = r.seq;
    memcpy(w->before, stored, MAC_SIZE);
    return ERR_OK;
}

enum err store_audit_verify(struct store *s, const struct audit_anchor *kept, store_said say,
                            void *arg)
{
    if (!s->house)
        return ERR_DENIED;
    struct walk w = { .s = s, .kept = kept, .say = say, .arg = arg };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 }; /* others may shorten it meanwhile */
    enum err e = store_begin_read(s, &tx);
    if (e == ERR_OK)
        e = audit_floor(s, &w.seq, w.before);
    if (e == ERR_OK)
        e = audit_old(s, &w.old, w.digest);
    if (e == ERR_CORRUPT)
        finding(&w, "where the log begins cannot be read", 0);
    else if (e != ERR_OK)
        return e;
    w.floor = w.seq;
    w.anchored = !kept || kept->count == 0 || kept->count < w.floor;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ALL);
    while ((e = stmt_row(&q)) == ERR_OK) {
        enum err bad = walk_row(&w, &q);
        if (bad != ERR_OK)
            return bad;
    }
    if (e != ERR_NONE)
        return e;
    if (w.floor > 0 && !w.allowed)
        finding(&w, "the rows up to it were removed, and no row says by whom", w.floor);
    if (w.old > w.floor && !w.vouched)
        finding(&w, "no row behind it vouches for it and those before", w.old);
    if (!w.anchored)
        finding(&w, w.seq < kept->count ? "the end was cut off after it"
                                        : "is not the chain that the anchor was taken of",
                w.seq < kept->count ? w.seq : kept->count);
    return w.findings ? ERR_CORRUPT : ERR_OK;
}
