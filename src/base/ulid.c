#include "base/ulid.h"

#include <string.h>

static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void put_time(unsigned char raw[16], utc_ms now)
{
    uint64_t t = now < 0 ? 0 : (uint64_t)now;
    for (int i = 5; i >= 0; i--) {
        raw[i] = (unsigned char)t;
        t >>= 8;
    }
}

static void add_one(unsigned char raw[16])
{
    for (int i = 15; i >= 0; i--)
        if (++raw[i] != 0)
            return;
}

static void to_text(const unsigned char raw[16], char out[ULID_LEN + 1])
{
    /* 128 bits in 26 digits of 5: two zero bits stand in front. */
    unsigned acc = 0;
    int bits = 2;
    int n = 0;
    for (int i = 0; i < 16; i++) {
        acc = acc << 8 | raw[i];
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[n++] = digits[acc >> bits & 31];
        }
    }
    out[n] = '\0';
}

struct ulid ulid_make(struct ulid_maker *m, struct rng *rng, utc_ms now)
{
    unsigned char raw[16];
    put_time(raw, now);
    rng_fill(rng, raw + 6, 10);
    raw[6] &= 0x7F; /* room to count up within the millisecond */
    if (memcmp(raw, m->last, 6) <= 0) {
        memcpy(raw, m->last, sizeof(raw));
        add_one(raw);
    }
    memcpy(m->last, raw, sizeof(raw));
    struct ulid id;
    to_text(raw, id.s);
    return id;
}

/* The letters of `digits`, without a look through it: each record asks several times. */
static bool is_digit(char c)
{
    if (c >= '0' && c <= '9')
        return true;
    return c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U';
}

bool ulid_valid(const char *s)
{
    if (!s || s[0] > '7')
        return false;
    for (int i = 0; i < ULID_LEN; i++)
        if (!is_digit(s[i])) /* a shorter text ends in what is none */
            return false;
    return s[ULID_LEN] == '\0';
}

struct ulid ulid_of(const char *s)
{
    struct ulid id = { { 0 } };
    if (ulid_valid(s))
        memcpy(id.s, s, ULID_LEN);
    return id;
}

bool ulid_same(const struct ulid *a, const struct ulid *b)
{
    return strcmp(a->s, b->s) == 0;
}
