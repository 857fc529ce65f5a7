/*
 * src/crypt/envelope.h - bodies for the uploader's eyes only.
 *
 * A random key is sealed (crypto_box_seal) to the public key of a business date; many
 * bodies go under it. Whoever made it can add bodies while he keeps the struct; only the
 * uploader can open it later, while the upload wrap of that date stands.
 */
#ifndef CRYPT_ENVELOPE_H
#define CRYPT_ENVELOPE_H

#include "crypt/keyring.h"

#define ENVELOPE_KEY_SIZE 32
#define ENVELOPE_SEALED_SIZE (ENVELOPE_KEY_SIZE + 48)
#define ENVELOPE_OVERHEAD (24 + 16) /* of a body: nonce and tag */

struct envelope {
    int32_t day;
    unsigned char key[ENVELOPE_KEY_SIZE];       /* secret: envelope_wipe() when done */
    unsigned char sealed[ENVELOPE_SEALED_SIZE]; /* to be stored */
};

/* Makes the date's keys when it has none yet: errors as keyring_make_day(). ERR_DENIED when
 * the uploader's wrap of the date was destroyed: nobody could open it. */
NODISCARD enum err envelope_make(struct keyring *k, int32_t day, struct envelope *ret);
/* As the uploader. ERR_DENIED the wrap of the date is gone; ERR_CORRUPT; ERR_INVAL not
 * opened for the upload. */
NODISCARD enum err envelope_open(struct keyring *k, int32_t day, const void *sealed, size_t n,
                                 struct envelope *ret);
void envelope_wipe(struct envelope *e);

/* `place` names where the body belongs ("outbox 17"), and is authenticated. `out` has room
 * for n + ENVELOPE_OVERHEAD. */
void envelope_put(const struct envelope *e, struct rng *rng, const char *place, const void *plain,
                  size_t n, unsigned char *out);
/* `out` has room for n - ENVELOPE_OVERHEAD. ERR_CORRUPT changed or moved. */
NODISCARD enum err envelope_get(const struct envelope *e, const char *place, const void *sealed,
                                size_t n, unsigned char *out);

#endif
