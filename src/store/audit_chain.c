#include "store/audit_chain.h"

#include <stdio.h>
#include <string.h>

#include "crypt/mac.h"
#include "store/meta.h"

static const char SQL_MAC[] = "SELECT mac FROM audit WHERE seq = :seq";
#define META_FLOOR "audit_floor"
#define META_FLOOR_MAC "audit_floor_mac" /* in hex, as the next */
#define META_OLD "audit_old"
#define META_OLD_DIGEST "audit_old_digest"

_Static_assert(AUDIT_MAC_SIZE == MAC_SIZE, "one size of hash");

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

enum err audit_chain(struct store *s, const unsigned char before[MAC_SIZE],
                     const struct audit_row *r, unsigned char ret[MAC_SIZE])
{
    struct row_bytes b = { .n = 0 };
    put_row(&b, r);
    return mac_chain(s->keys, before, b.v, b.n, ret);
}

void audit_digest(unsigned char digest[MAC_SIZE], const struct audit_row *r,
                  const unsigned char mac[MAC_SIZE])
{
    struct row_bytes b = { .n = 0 };
    put_row(&b, r);
    memcpy(b.v + b.n, mac, MAC_SIZE);
    mac_digest(digest, b.v, b.n + MAC_SIZE, digest);
}

enum err audit_read_mac(struct stmt *q, int i, unsigned char ret[MAC_SIZE])
{
    size_t n = 0;
    const void *mac = col_blob(q, i, &n);
    if (n != MAC_SIZE)
        return ERR_CORRUPT;
    memcpy(ret, mac, MAC_SIZE);
    return ERR_OK;
}

void audit_read_row(struct stmt *q, struct audit_row *r)
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

enum err audit_floor(struct store *s, int64_t *ret_seq, unsigned char ret_mac[MAC_SIZE])
{
    return read_point(s, META_FLOOR, META_FLOOR_MAC, ret_seq, ret_mac);
}

enum err audit_old(struct store *s, int64_t *ret_until, unsigned char ret_digest[MAC_SIZE])
{
    return read_point(s, META_OLD, META_OLD_DIGEST, ret_until, ret_digest);
}

enum err audit_put_floor(struct store *s, int64_t seq, const unsigned char mac[MAC_SIZE])
{
    return write_point(s, META_FLOOR, META_FLOOR_MAC, seq, mac);
}

enum err audit_put_old(struct store *s, int64_t until, const unsigned char digest[MAC_SIZE])
{
    return write_point(s, META_OLD, META_OLD_DIGEST, until, digest);
}

enum err audit_mac_of(struct store *s, int64_t seq, unsigned char ret[MAC_SIZE])
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_MAC);
    bind_int(&q, ":seq", seq);
    enum err e = stmt_one(&q);
    return e == ERR_OK ? audit_read_mac(&q, 0, ret) : e;
}
