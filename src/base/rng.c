#include "base/rng.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct rng rng_system(void)
{
    return (struct rng){ .seeded = false };
}

/* splitmix64 spreads a small seed over the whole state. */
static uint64_t spread(uint64_t *x)
{
    uint64_t z = (*x += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

struct rng rng_seeded(uint64_t seed)
{
    struct rng r = { .seeded = true };
    for (size_t i = 0; i < 4; i++)
        r.state[i] = spread(&seed);
    return r;
}

static uint64_t rotl(uint64_t x, int k)
{
    return x << k | x >> (64 - k);
}

static uint64_t next_seeded(uint64_t s[4])
{
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

/* A machine without kernel randomness must not make keys: stop. */
static void fill_system(void *bytes, size_t n)
{
    unsigned char *p = bytes;
    while (n > 0) {
        ssize_t got = getrandom(p, n > 256 ? 256 : n, 0);
        if (got < 0 && errno != EINTR)
            abort();
        if (got > 0) {
            p += got;
            n -= (size_t)got;
        }
    }
}

void rng_fill(struct rng *r, void *bytes, size_t n)
{
    if (!r->seeded) {
        fill_system(bytes, n);
        return;
    }
    unsigned char *p = bytes;
    while (n > 0) {
        uint64_t x = next_seeded(r->state);
        size_t part = n < sizeof(x) ? n : sizeof(x);
        memcpy(p, &x, part);
        p += part;
        n -= part;
    }
}

uint64_t rng_u64(struct rng *r)
{
    uint64_t x;
    rng_fill(r, &x, sizeof(x));
    return x;
}

uint32_t rng_below(struct rng *r, uint32_t n)
{
    uint32_t limit = UINT32_MAX - UINT32_MAX % n; /* beyond it the low values would be likelier */
    for (;;) {
        uint32_t x = (uint32_t)rng_u64(r);
        if (x < limit)
            return x % n;
    }
}
