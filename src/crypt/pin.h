/*
 * src/crypt/pin.h - hashes of staff PINs: Argon2id over a hash under the device's pepper,
 * so that a stolen database without device.key gives no PIN at all.
 */
#ifndef CRYPT_PIN_H
#define CRYPT_PIN_H

#include "crypt/keyring.h"

#define PIN_HASH_SIZE 128 /* text, closing NUL included */

struct pin_cost {
    unsigned long passes;
    size_t bytes;
};
extern const struct pin_cost pin_cost_full;  /* 64 MiB, 2 passes: about 70 ms */
extern const struct pin_cost pin_cost_cheap; /* for simulated databases and tests only */

/* ERR_NOMEM: refuse. The text is the standard "$argon2id$v=19$..." form. */
NODISCARD enum err pin_hash(struct keyring *k, const char *pin, const struct pin_cost *cost,
                            char ret[PIN_HASH_SIZE]);
/*
 * ERR_OK right, ERR_DENIED wrong, ERR_NOMEM not checked: refuse the login. hash NULL (no
 * such person) takes as long at `cost` and answers ERR_DENIED.
 */
NODISCARD enum err pin_verify(struct keyring *k, const char *pin, const char *hash,
                              const struct pin_cost *cost);

/*
 * The same in two parts, so that the slow one can run on a thread of its own: begin copies all
 * that is needed, run touches nothing else and wipes it. Answers as pin_verify().
 */
#define PIN_PEPPERED_SIZE 32
struct pin_check {
    unsigned char peppered[PIN_PEPPERED_SIZE];
    char hash[PIN_HASH_SIZE]; /* "": nobody */
    struct pin_cost cost;
};
NODISCARD enum err pin_check_begin(struct keyring *k, const char *pin, const char *hash,
                                   const struct pin_cost *cost, struct pin_check *ret_check);
NODISCARD enum err pin_check_run(struct pin_check *c);

#endif
