/*
 * src/crypt/box.h - what another house of the region sends, for this house's eyes only.
 *
 * Sealed (crypto_box_seal: X25519, XSalsa20-Poly1305) to the public half of a pair that is
 * derived from the house's device key, so it needs no file of its own. Whoever seals cannot
 * open again, and neither can the region, which only keeps it.
 */
#ifndef CRYPT_BOX_H
#define CRYPT_BOX_H

#include "crypt/keyring.h"

#define BOX_PUBLIC_SIZE 32
#define BOX_OVERHEAD 48

/* ERR_INVAL the keyring is not opened for the house. */
NODISCARD enum err box_public(const struct keyring *k, unsigned char ret[BOX_PUBLIC_SIZE]);
/* `out` has room for n + BOX_OVERHEAD. ERR_INVAL no public key of a pair. */
NODISCARD enum err box_seal(const unsigned char public_half[BOX_PUBLIC_SIZE], const void *plain,
                            size_t n, unsigned char *out);
/* `out` has room for n - BOX_OVERHEAD. ERR_CORRUPT changed, or not sealed to this house;
 * ERR_INVAL as box_public(). */
NODISCARD enum err box_open(const struct keyring *k, const void *sealed, size_t n,
                            unsigned char *out);

#endif
