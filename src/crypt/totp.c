#include "crypt/totp.h"

#include <stdio.h>
#include <string.h>

#include <liboath/oath.h>
#include <sodium.h>

#define DIGITS 6

void totp_make(struct rng *rng, unsigned char ret[TOTP_SECRET_SIZE])
{
    rng_fill(rng, ret, TOTP_SECRET_SIZE);
}

/* RFC 4648. Twenty bytes are 32 letters without padding. */
void totp_text(const unsigned char secret[TOTP_SECRET_SIZE], char ret[TOTP_TEXT_SIZE])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned acc = 0;
    int bits = 0, n = 0;
    for (int i = 0; i < TOTP_SECRET_SIZE; i++) {
        acc = (acc << 8 | secret[i]) & 0xFFF;
        for (bits += 8; bits >= 5; bits -= 5)
            ret[n++] = letters[acc >> (bits - 5) & 31];
    }
    ret[n] = '\0';
}

static enum err code_of_step(const unsigned char secret[TOTP_SECRET_SIZE], int64_t step,
                             char ret[TOTP_CODE_SIZE])
{
    char code[16];
    if (step < 0 || oath_init() != OATH_OK)
        return ERR_INVAL;
    int rc = oath_hotp_generate((const char *)secret, TOTP_SECRET_SIZE, (uint64_t)step, DIGITS,
                                false, OATH_HOTP_DYNAMIC_TRUNCATION, code);
    oath_done();
    if (rc != OATH_OK)
        return ERR_INVAL;
    snprintf(ret, TOTP_CODE_SIZE, "%.6s", code);
    return ERR_OK;
}

enum err totp_code(const unsigned char secret[TOTP_SECRET_SIZE], utc_ms at,
                   char ret[TOTP_CODE_SIZE])
{
    return at < 0 ? ERR_INVAL : code_of_step(secret, at / TOTP_STEP_MS, ret);
}

enum err totp_check(const unsigned char secret[TOTP_SECRET_SIZE], const char *typed, utc_ms now,
                    int64_t last_step, int64_t *ret_step)
{
    if (strlen(typed) != DIGITS || now < 0)
        return ERR_DENIED;
    for (int64_t step = now / TOTP_STEP_MS - 1; step <= now / TOTP_STEP_MS + 1; step++) {
        char code[TOTP_CODE_SIZE];
        if (step <= last_step || code_of_step(secret, step, code) != ERR_OK)
            continue;
        if (sodium_memcmp(code, typed, DIGITS) == 0) {
            *ret_step = step;
            return ERR_OK;
        }
    }
    return ERR_DENIED;
}
