/*
 * src/store/people.h - sealing people and notes, and finding a person again on a day; only
 * of use in store.
 */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "core/person.h"
#include "crypt/seal.h"
#include "store/inside.h"

#define PEOPLE_BYTES_MAX 512 /* of a person: padded to a multiple of 64, so that a blob's
                                length does not tell a name's */
#define PEOPLE_NOTE_MAX 832 /* 800 bytes of text and its length, padded */
#define SEALED_MAX (PEOPLE_NOTE_MAX + SEAL_OVERHEAD)

struct sealed {
    unsigned char v[SEALED_MAX];
    size_t n;
};
struct sealed_at {
    civil_day day;
    const char *table; /* "visit", "appointment" */
    const char *row;   /* its id */
};

NODISCARD enum err people_seal(struct store *s, const struct sealed_at *at, const struct person *p,
                               struct sealed *ret);
/* Fills names, birth date, phone and e-mail of *p; the rest stays. ERR_DENIED, ERR_CORRUPT. */
NODISCARD enum err people_open(struct store *s, const struct sealed_at *at, const void *sealed,
                               size_t n, struct person *p);
/* A short text: up to 800 bytes. ERR_LIMIT. */
NODISCARD enum err people_seal_note(struct store *s, const struct sealed_at *at, const char *note,
                                    struct sealed *ret);
NODISCARD enum err people_open_note(struct store *s, const struct sealed_at *at,
                                    const void *sealed, size_t n, char *out, size_t n_out);

/* By birth date and folded name, under the key of the day. `make` as for mac_of_day(). */
NODISCARD enum err people_mac(struct store *s, civil_day day, const struct person *p, bool make,
                              unsigned char ret[LOOKUP_SIZE]);
/* Of a code's or token's text, under the key of the house. */
NODISCARD enum err people_lookup(struct store *s, const char *use, const char *text,
                                 unsigned char ret[LOOKUP_SIZE]);

#endif
