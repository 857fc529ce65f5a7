/*
 * src/crypt/totp.h - one-time codes of an authenticator app (RFC 6238: HMAC-SHA-1, 30 s
 * steps, six digits), the second factor where device certificates are off.
 */
#ifndef CRYPT_TOTP_H
#define CRYPT_TOTP_H

#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"

#define TOTP_SECRET_SIZE 20
#define TOTP_TEXT_SIZE 33 /* base 32 of the secret, for the app */
#define TOTP_CODE_SIZE 7
#define TOTP_STEP_MS (30 * SECOND_MS)

void totp_make(struct rng *rng, unsigned char ret[TOTP_SECRET_SIZE]);
void totp_text(const unsigned char secret[TOTP_SECRET_SIZE], char ret[TOTP_TEXT_SIZE]);
NODISCARD enum err totp_code(const unsigned char secret[TOTP_SECRET_SIZE], utc_ms at,
                             char ret[TOTP_CODE_SIZE]);

/*
 * Takes the code of the present step, the one before or the one after, if that step is
 * later than `last_step` (0: none used yet): a code works once. ERR_OK with the step to
 * remember in *ret_step; ERR_DENIED.
 */
NODISCARD enum err totp_check(const unsigned char secret[TOTP_SECRET_SIZE], const char *typed,
                              utc_ms now, int64_t last_step, int64_t *ret_step);

#endif
