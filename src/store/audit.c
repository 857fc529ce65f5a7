#include "store/audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crypt/mac.h"
#include "store/inside.h"
#include "store/meta.h"

#define FINDINGS_MAX 100
#define AUDIT_COLUMNS "seq, at_ms, boot, mono_ms, actor, action, object, result"

static const char SQL_HEAD[] = "SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1";
static const char SQL_APPEND[] =
    "INSERT INTO audit (" AUDIT_COLUMNS ", mac) VALUES (:seq, :at, :boot, :mono, :actor, :action,"
    " :object, :result, :mac)";
static const char SQL_LIST[] = "SELECT " AUDIT_COLUMNS " FROM audit WHERE seq > :after"
                               " ORDER BY seq LIMIT :max";
static const char SQL_ALL[] = "SELECT " AUDIT_COLUMNS ", mac FROM audit ORDER BY seq";

static const char SQL_OLD[] =
    "SELECT coalesce((SELECT min(seq) FROM audit WHERE at_ms >= :before) - 1,"
    " (SELECT max(seq) FROM audit))";
static const char SQL_MAC[] = "SELECT mac FROM audit WHERE seq = :seq";
static const char SQL_SHORTEN[] = "DELETE FROM audit WHERE seq <= :seq";
/* The row that the chain hangs on since it was shortened; its hash, in hex. */
#define META_FLOOR "audit_floor"
#define META_FLOOR_MAC "audit_floor_mac"
/* The last row under a lost key, and the digest up to the floor while that lies below it. */
#define META_OLD "audit_old"
#define META_OLD_DIGEST "audit_old_digest"

_Static_assert(AUDIT_MAC_SIZE == MAC_SIZE, "one size of hash");

void audit_rows_done(struct audit_rows *l)
{
    mem_free(l->v);
    *l = (struct audit_rows){ 0 };
}

/* The row as bytes: numbers as eight bytes, words behind their length, in the columns' order. */
struct row_bytes {
    unsigned char v[512];
    size_t n;
};

static void put_number(struct row_bytes *b, int64_t v)
{
    for (int i = 0; i < 8; i++)
        b->v[b->n++] = (unsigned char)((uint64_t)v >> (8 * i));
}

static void put_word(struct row_bytes *b, const char *s)
{
    size_t n = strlen(s);
    b->v[b->n++] = (unsigned char)n;
    memcpy(b->v + b->n, s, n);
    b->n += n;
}

_Static_assert(3 * 8 + 5 + STORE_BOOT_SIZE + STORE_ACTOR_SIZE + 2 * AUDIT_WORD_SIZE +
                       AUDIT_OBJECT_SIZE + MAC_SIZE <= 512,
               "a row fits");

static void put_row(struct row_bytes *b, const struct audit_row *r)
{
    put_number(b, r->seq);
    put_number(b, r->at);
    put_number(b, r->mono);
    put_word(b, r->boot);
    put_word(b, r->actor);
    put_word(b, r->action);
    put_word(b, r->object);
    put_word(b, r->result);
}

static enum err chain(struct store *s, const unsigned char before[MAC_SIZE],
                      const struct audit_row *r, unsigned char ret[MAC_SIZE])
{
    struct row_bytes b = { .n = 0 };
    put_row(&b, r);
    return mac_chain(s->keys, before, b.v, b.n, ret);
}

/* One step of the digest of rows under a lost key: a row and the hash that is stored of it. */
static void digest_on(unsigned char digest[MAC_SIZE], const struct audit_row *r,
                      const unsigned char mac[MAC_SIZE])
{
    struct row_bytes b = { .n = 0 };
    put_row(&b, r);
    memcpy(b.v + b.n, mac, MAC_SIZE);
    mac_digest(digest, b.v, b.n + MAC_SIZE, digest);
}

static enum err read_mac(struct stmt *q, int i, unsigned char ret[MAC_SIZE])
{
    size_t n = 0;
    const void *mac = col_blob(q, i, &n);
    if (n != MAC_SIZE)
        return ERR_CORRUPT;
    memcpy(ret, mac, MAC_SIZE);
    return ERR_OK;
}

enum err store_audit_anchor(struct store *s, struct audit_anchor *ret_anchor)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_HEAD);
    enum err e = stmt_one(&q);
    struct audit_anchor a = { 0 };
    if (e == ERR_OK) {
        a.count = col_int(&q, 0);
        e = read_mac(&q, 1, a.head);
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
    e = chain(s, head.head, &row, mac);
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

static void read_row(struct stmt *q, struct audit_row *r)
{
    *r = (struct audit_row){ 0 };
    r->seq = col_int(q, 0);
    r->at = col_int(q, 1);
    col_text(q, 2, r->boot, sizeof(r->boot));
    r->mono = col_int(q, 3);
    col_text(q, 4, r->actor, sizeof(r->actor));
    col_text(q, 5, r->action, sizeof(r->action));
    col_text(q, 6, r->object, sizeof(r->object));
    col_text(q, 7, r->result, sizeof(r->result));
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
        read_row(&q, &l.v[l.n]);
        if (!stmt_pass_over(&q))
            l.n++;
    }
    if (e != ERR_NONE)
        return e;
    *ret_list = TAKE(l);
    return ERR_OK;
}

/* ---- what meta says of the chain ---- */

/* A row's number and a hash that belongs to it; nothing is set when neither is there. */
static enum err read_point(struct store *s, const char *seq_key, const char *mac_key,
                           int64_t *ret_seq, unsigned char ret_mac[MAC_SIZE])
{
    char hex[META_VALUE_SIZE];
    int64_t seq = 0;
    enum err e = store_meta_get_int(s, seq_key, &seq);
    if (e != ERR_OK)
        return e == ERR_NOT_FOUND ? ERR_OK : e;
    e = store_meta_get(s, mac_key, hex);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && !mac_from_hex(hex, ret_mac)))
        return ERR_CORRUPT;
    if (e == ERR_OK)
        *ret_seq = seq;
    return e;
}

static enum err write_point(struct store *s, const char *seq_key, const char *mac_key, int64_t seq,
                            const unsigned char mac[MAC_SIZE])
{
    char hex[MAC_HEX_SIZE];
    mac_to_hex(mac, hex);
    enum err e = store_meta_put_int(s, seq_key, seq);
    return e == ERR_OK ? store_meta_put(s, mac_key, hex) : e;
}

/* Where the chain begins. */
static enum err read_floor(struct store *s, int64_t *ret_seq, unsigned char ret_mac[MAC_SIZE])
{
    return read_point(s, META_FLOOR, META_FLOOR_MAC, ret_seq, ret_mac);
}

/* The last row under a lost key, and the digest up to the floor. */
static enum err read_old(struct store *s, int64_t *ret_until, unsigned char ret_digest[MAC_SIZE])
{
    return read_point(s, META_OLD, META_OLD_DIGEST, ret_until, ret_digest);
}

static enum err mac_of(struct store *s, int64_t seq, unsigned char ret[MAC_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_MAC);
    bind_int(&q, ":seq", seq);
    enum err e = stmt_one(&q);
    return e == ERR_OK ? read_mac(&q, 0, ret) : e;
}

enum err store_audit_holds(struct store *s, const struct audit_anchor *a, bool *ret_holds)
{
    unsigned char mac[MAC_SIZE];
    int64_t floor = 0;
    enum err e = read_floor(s, &floor, mac);
    bool removed = a->count <= floor, missing = false;
    if (e == ERR_OK && !removed) {
        e = mac_of(s, a->count, mac);
        missing = e == ERR_NOT_FOUND;
    }
    if (e != ERR_OK && !missing)
        return e;
    *ret_holds = removed || (!missing && mac_same(mac, a->head));
    return ERR_OK;
}

/* ---- rows under a lost key ---- */

/* Takes the rows up to `until` into the digest. */
static enum err digest_rows(struct store *s, int64_t until, unsigned char digest[MAC_SIZE])
{
    unsigned char mac[MAC_SIZE];
    struct audit_row r;
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_ALL);
    enum err e;
    while ((e = stmt_row(&q)) == ERR_OK) {
        read_row(&q, &r);
        if (stmt_pass_over(&q) || read_mac(&q, 8, mac) != ERR_OK)
            return ERR_CORRUPT;
        if (r.seq <= until)
            digest_on(digest, &r, mac);
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
    e = read_floor(s, &floor, before);
    if (e == ERR_OK && head.count > floor + 1)
        e = mac_of(s, head.count - 1, before);
    if (e == ERR_OK)
        e = store_audit_list(s, head.count - 1, 1, &l);
    if (e == ERR_OK && l.n == 1)
        e = chain(s, before, &l.v[0], right);
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
    e = read_old(s, &before, start);
    memcpy(digest, start, MAC_SIZE);
    if (e == ERR_OK)
        e = digest_rows(s, last, digest);
    if (e == ERR_OK)
        e = write_point(s, META_OLD, META_OLD_DIGEST, last, start);
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
    enum err e = read_old(s, &until, digest);
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
    enum err e = read_old(s, &old, digest);
    if (e == ERR_OK && old > 0 && until < old)
        e = digest_rows(s, until, digest);
    else
        memset(digest, 0, sizeof(digest));
    if (e == ERR_OK && old > 0)
        e = write_point(s, META_OLD, META_OLD_DIGEST, until < old ? old : 0, digest);
    if (e == ERR_OK)
        e = write_point(s, META_FLOOR, META_FLOOR_MAC, until, mac);
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_SHORTEN);
    bind_int(&q, ":seq", until);
    return e == ERR_OK ? stmt_run(&q) : e;
}

enum err store_audit_shorten(struct store *s, utc_ms before, const struct audit_row *by,
                             struct audit_cut *ret_cut)
{
    int64_t floor = 0, until = 0;
    unsigned char mac[MAC_SIZE];
    enum err e = read_floor(s, &floor, mac);
    if (e == ERR_OK)
        e = old_rows(s, before, &until);
    bool nothing = e == ERR_OK && until <= floor;
    struct audit_row row = *by;
    snprintf(row.action, sizeof(row.action), AUDIT_SHORTEN);
    snprintf(row.object, sizeof(row.object), "%" PRId64, until);
    if (e == ERR_OK && !nothing)
        e = mac_of(s, until, mac);
    if (e == ERR_OK && !nothing)
        e = store_audit_append(s, &row);
    if (e == ERR_OK && !nothing)
        e = cut(s, until, mac);
    if (e == ERR_OK)
        *ret_cut = (struct audit_cut){ .rows = nothing ? 0 : until - floor, .until = until };
    return e;
}

/* ---- verifying ---- */

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
    enum err e = chain(w->s, w->before, r, right);
    if (e != ERR_OK)
        return e;
    if (r->seq != w->seq + 1)
        finding(w, "the row before it is missing", r->seq);
    else if (r->seq > w->old && !mac_same(stored, right))
        finding(w, "was changed, or the row before it was", r->seq);
    if (r->seq <= w->old)
        digest_on(w->digest, r, stored);
    else if (r->seq == w->old + 1 && w->old > 0)
        vouch(w, r);
    return ERR_OK;
}

/* Goes on from the stored hash, so that one bad row gives one finding. */
static enum err walk_row(struct walk *w, struct stmt *q)
{
    struct audit_row r;
    unsigned char stored[MAC_SIZE];
    read_row(q, &r);
    if (stmt_pass_over(q) || read_mac(q, 8, stored) != ERR_OK) {
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
        e = read_floor(s, &w.seq, w.before);
    if (e == ERR_OK)
        e = read_old(s, &w.old, w.digest);
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
