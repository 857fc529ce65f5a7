/*
 * src/base/rng.h - the only source of random bytes.
 *
 * rng_system() asks the kernel and is fit for keys. rng_seeded() repeats the
 * same bytes for the same seed: simulation and tests only.
 */
#ifndef BASE_RNG_H
#define BASE_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
    bool seeded;
    uint64_t state[4]; /* used when seeded: xoshiro256** (Blackman and Vigna, 2018) */
};

struct rng rng_system(void);
struct rng rng_seeded(uint64_t seed);
void rng_fill(struct rng *r, void *bytes, size_t n);
uint64_t rng_u64(struct rng *r);
uint32_t rng_below(struct rng *r, uint32_t n); /* 0..n-1, every value as likely; n >= 1 */

#endif
