/*
 * src/crypt/mac.h - keyed hashes (BLAKE2b): matching a person on a day, deriving codes,
 * looking codes up, and the chain of the audit table.
 *
 * `use` is a short word that keeps the hashes of one key apart.
 */
#ifndef CRYPT_MAC_H
#define CRYPT_MAC_H

#include "crypt/keyring.h"

#define MAC_SIZE 32

/* Under the key of a date: dies with it. Makes the date's keys when `make`, else
 * ERR_NOT_FOUND when there are none; ERR_DENIED they were destroyed. */
struct mac_day {
    int32_t day;
    bool make;
    const char *use;
};
NODISCARD enum err mac_of_day(struct keyring *k, const struct mac_day *of, const void *bytes,
                              size_t n, unsigned char ret[MAC_SIZE]);

/* Under the device key: the same for all days. ERR_INVAL not opened for the house. */
NODISCARD enum err mac_of_house(struct keyring *k, const char *use, const void *bytes, size_t n,
                                unsigned char ret[MAC_SIZE]);

/* One step of the audit chain: over the step before (all-zero for the first) and a row. */
NODISCARD enum err mac_chain(struct keyring *k, const unsigned char before[MAC_SIZE],
                             const void *row, size_t n, unsigned char ret[MAC_SIZE]);

/* The same without a key: a digest of rows whose key is lost. */
void mac_digest(const unsigned char before[MAC_SIZE], const void *row, size_t n,
                unsigned char ret[MAC_SIZE]);

#define MAC_HEX_SIZE (2 * MAC_SIZE + 1)
void mac_to_hex(const unsigned char mac[MAC_SIZE], char ret[MAC_HEX_SIZE]);
bool mac_from_hex(const char *hex, unsigned char ret[MAC_SIZE]); /* false: not one, unchanged */

bool mac_same(const unsigned char a[MAC_SIZE], const unsigned char b[MAC_SIZE]); /* constant time */

#endif
