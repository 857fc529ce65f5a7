/*
 * src/base/ulid.h - keys made on the box: 48 bits of time, 80 random bits.
 *
 * Text form: 26 characters of Crockford's base 32, sorting by time. Within one
 * process they rise strictly, also in the same millisecond and when the clock
 * steps back. Source: github.com/ulid/spec.
 */
#ifndef BASE_ULID_H
#define BASE_ULID_H

#include <stdbool.h>

#include "base/clock.h"
#include "base/rng.h"

#define ULID_LEN 26

struct ulid {
    char s[ULID_LEN + 1]; /* all-zero is "none" */
};

struct ulid_maker {
    unsigned char last[16]; /* all-zero before the first */
};

struct ulid ulid_make(struct ulid_maker *m, struct rng *rng, utc_ms now);
bool ulid_valid(const char *s);
struct ulid ulid_of(const char *s); /* "none" when s is NULL or not a ULID */
bool ulid_same(const struct ulid *a, const struct ulid *b);

#endif
