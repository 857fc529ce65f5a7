/*
 * src/crypt/seal.h - small fields, sealed under the key of their date.
 *
 * XChaCha20-Poly1305 with a random nonce; what table, row and column a field belongs to
 * is authenticated, so that a sealed field cannot be moved to another place. A sealed
 * field also names its key (4 bytes), which tells "the key is gone" from "tampered with".
 */
#ifndef CRYPT_SEAL_H
#define CRYPT_SEAL_H

#include "crypt/keyring.h"

#define SEAL_OVERHEAD (1 + 4 + 24 + 16) /* form, key name, nonce, tag */
#define SEAL_NO_DAY INT32_MIN           /* not of a date: under the device key */

struct seal_place {
    int32_t day;
    const char *table, *row, *column;
};

/*
 * Seals n bytes into `out`, which has room for n + SEAL_OVERHEAD. Makes the date's keys
 * when it has none yet. Errors as keyring_make_day().
 */
NODISCARD enum err seal_field(struct keyring *k, const struct seal_place *at, const void *plain,
                              size_t n, unsigned char *out);

/*
 * Opens n sealed bytes into `out`, which has room for n - SEAL_OVERHEAD.
 * ERR_DENIED    the key of the date is gone, or is not the one it was sealed under
 * ERR_CORRUPT   changed, moved from another place, or no sealed field at all
 */
NODISCARD enum err seal_open(struct keyring *k, const struct seal_place *at, const void *sealed,
                             size_t n, unsigned char *out);

#endif
