#include "store/people.h"

#include <string.h>

#include "crypt/mac.h"

#define FORM 1
#define PAD 64
#define NOTE_BYTES 800 /* 200 letters */

_Static_assert((2 + NOTE_BYTES + PAD - 1) / PAD * PAD <= PEOPLE_NOTE_MAX, "a note fits");
_Static_assert(1 + 4 + 5 * 2 + 2 * PERSON_NAME_SIZE + PERSON_INFIX_SIZE + PERSON_PHONE_SIZE +
                       PERSON_EMAIL_SIZE <= PEOPLE_BYTES_MAX,
               "a person fits");

struct bytes {
    unsigned char v[PEOPLE_NOTE_MAX];
    size_t n;
};

static void put_text(struct bytes *b, const char *s)
{
    size_t n = strlen(s);
    b->v[b->n++] = (unsigned char)(n >> 8);
    b->v[b->n++] = (unsigned char)n;
    memcpy(b->v + b->n, s, n);
    b->n += n;
}

static void put_day(struct bytes *b, civil_day day)
{
    for (int i = 0; i < 4; i++)
        b->v[b->n++] = (unsigned char)((uint32_t)day >> (8 * i));
}

static void pad(struct bytes *b)
{
    while (b->n % PAD)
        b->v[b->n++] = 0;
}

/* Reading sets `bad` once and then gives empty values. */
struct reader {
    const unsigned char *v;
    size_t n, at;
    bool bad;
};

static void take_text(struct reader *r, char *out, size_t n_out)
{
    out[0] = '\0';
    if (r->bad || r->at + 2 > r->n) {
        r->bad = true;
        return;
    }
    size_t n = (size_t)r->v[r->at] << 8 | r->v[r->at + 1];
    r->at += 2;
    if (n >= n_out || n > r->n - r->at) {
        r->bad = true;
        return;
    }
    memcpy(out, r->v + r->at, n);
    out[n] = '\0';
    r->at += n;
}

static civil_day take_day(struct reader *r)
{
    uint32_t day = 0;
    if (r->bad || r->at + 4 > r->n) {
        r->bad = true;
        return 0;
    }
    for (int i = 0; i < 4; i++)
        day |= (uint32_t)r->v[r->at++] << (8 * i);
    return (civil_day)day;
}

static struct seal_place place(const struct sealed_at *at, const char *column)
{
    return (struct seal_place){
        .day = at->day, .table = at->table, .row = at->row, .column = column
    };
}

static enum err seal(struct store *s, const struct sealed_at *at, const char *column,
                     struct bytes *b, struct sealed *ret)
{
    pad(b);
    struct seal_place p = place(at, column);
    enum err e = s->house ? seal_field(s->keys, &p, b->v, b->n, ret->v) : ERR_DENIED;
    if (e == ERR_OK)
        ret->n = b->n + SEAL_OVERHEAD;
    mem_wipe(b, sizeof(*b));
    return e;
}

static enum err open(struct store *s, const struct seal_place *p, const void *sealed, size_t n,
                     struct bytes *ret)
{
    if (!s->house)
        return ERR_DENIED;
    if (n < SEAL_OVERHEAD || n > sizeof(ret->v) + SEAL_OVERHEAD)
        return ERR_CORRUPT;
    ret->n = n - SEAL_OVERHEAD;
    return seal_open(s->keys, p, sealed, n, ret->v);
}

enum err people_seal(struct store *s, const struct sealed_at *at, const struct person *p,
                     struct sealed *ret)
{
    struct bytes b = { .v = { FORM }, .n = 1 };
    put_day(&b, p->birth);
    put_text(&b, p->given);
    put_text(&b, p->infix);
    put_text(&b, p->family);
    put_text(&b, p->phone);
    put_text(&b, p->email);
    return seal(s, at, "person", &b, ret);
}

enum err people_open(struct store *s, const struct sealed_at *at, const void *sealed, size_t n,
                     struct person *p)
{
    struct bytes b;
    struct seal_place where = place(at, "person");
    enum err e = open(s, &where, sealed, n, &b);
    if (e != ERR_OK)
        return e;
    struct person got = *p;
    struct reader r = { .v = b.v, .n = b.n, .at = 1, .bad = b.n < 1 || b.v[0] != FORM };
    got.birth = take_day(&r);
    take_text(&r, got.given, sizeof(got.given));
    take_text(&r, got.infix, sizeof(got.infix));
    take_text(&r, got.family, sizeof(got.family));
    take_text(&r, got.phone, sizeof(got.phone));
    take_text(&r, got.email, sizeof(got.email));
    if (!r.bad)
        *p = got;
    mem_wipe(&b, sizeof(b));
    mem_wipe(&got, sizeof(got));
    return r.bad ? ERR_CORRUPT : ERR_OK;
}

enum err people_seal_note(struct store *s, const struct sealed_at *at, const char *note,
                          struct sealed *ret)
{
    struct bytes b = { .n = 0 };
    if (strlen(note) > NOTE_BYTES)
        return ERR_LIMIT;
    put_text(&b, note);
    return seal(s, at, "note", &b, ret);
}

enum err people_open_note(struct store *s, const struct sealed_at *at, const void *sealed,
                          size_t n, char *out, size_t n_out)
{
    struct bytes b;
    struct seal_place where = place(at, "note");
    enum err e = open(s, &where, sealed, n, &b);
    if (e != ERR_OK)
        return e;
    struct reader r = { .v = b.v, .n = b.n };
    take_text(&r, out, n_out);
    mem_wipe(&b, sizeof(b));
    return r.bad ? ERR_CORRUPT : ERR_OK;
}

enum err people_mac(struct store *s, civil_day day, const struct person *p, bool make,
                    unsigned char ret[LOOKUP_SIZE])
{
    if (!s->house)
        return ERR_DENIED;
    char key[PERSON_KEY_SIZE];
    enum err e = person_key(p, key, sizeof(key));
    if (e != ERR_OK)
        return e;
    unsigned char bytes[4 + PERSON_KEY_SIZE], mac[MAC_SIZE];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)((uint32_t)p->birth >> (8 * i));
    size_t n = strlen(key);
    memcpy(bytes + 4, key, n);
    struct mac_day of = { .day = day, .make = make, .use = "person" };
    e = mac_of_day(s->keys, &of, bytes, 4 + n, mac);
    if (e == ERR_OK)
        memcpy(ret, mac, LOOKUP_SIZE);
    mem_wipe(bytes, sizeof(bytes));
    mem_wipe(key, sizeof(key));
    return e;
}

enum err people_lookup(struct store *s, const char *use, const char *text,
                       unsigned char ret[LOOKUP_SIZE])
{
    if (!s->house)
        return ERR_DENIED;
    unsigned char mac[MAC_SIZE];
    enum err e = mac_of_house(s->keys, use, text, strlen(text), mac);
    if (e == ERR_OK)
        memcpy(ret, mac, LOOKUP_SIZE);
    return e;
}
