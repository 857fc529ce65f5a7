#include "crypt/totp.h"

#include <string.h>

#include "tests/lib/check.h"

/* RFC 6238 appendix B, SHA-1: the last six of the eight digits there. */
static const unsigned char secret[TOTP_SECRET_SIZE] = "12345678901234567890";

TEST(codes_are_those_of_rfc_6238)
{
    static const struct {
        int64_t at_s;
        const char *code;
    } vectors[] = { { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                    { 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
    for (size_t i = 0; i < ARRAY_LEN(vectors); i++) {
        char code[TOTP_CODE_SIZE];
        CHECK_OK(totp_code(secret, vectors[i].at_s * SECOND_MS, code));
        CHECK_STR(code, vectors[i].code);
    }
}

TEST(the_secret_is_told_in_base_32)
{
    char text[TOTP_TEXT_SIZE];
    totp_text(secret, text);
    CHECK_STR(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST(a_code_works_one_step_early_or_late_and_once)
{
    const utc_ms at = 1111111111 * SECOND_MS;
    int64_t step = 0;
    CHECK_OK(totp_check(secret, "050471", at, 0, &step));
    CHECK_INT(step, at / TOTP_STEP_MS);
    CHECK_ERR(totp_check(secret, "050471", at, step, &step), ERR_DENIED);
    CHECK_OK(totp_check(secret, "050471", at + TOTP_STEP_MS, 0, &step));
    CHECK_OK(totp_check(secret, "050471", at - TOTP_STEP_MS, 0, &step));
    CHECK_ERR(totp_check(secret, "050471", at + 2 * TOTP_STEP_MS, 0, &step), ERR_DENIED);
    CHECK_ERR(totp_check(secret, "050471", at - 2 * TOTP_STEP_MS, 0, &step), ERR_DENIED);
    CHECK_ERR(totp_check(secret, "50471", at, 0, &step), ERR_DENIED);
    CHECK_ERR(totp_check(secret, "0504711", at, 0, &step), ERR_DENIED);
    CHECK_ERR(totp_check(secret, "", at, 0, &step), ERR_DENIED);
}

TEST(secrets_differ)
{
    struct rng rng = rng_seeded(7);
    unsigned char a[TOTP_SECRET_SIZE], b[TOTP_SECRET_SIZE];
    totp_make(&rng, a);
    totp_make(&rng, b);
    CHECK(memcmp(a, b, sizeof(a)) != 0);
}
