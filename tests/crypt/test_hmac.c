#include "crypt/hmac.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"

static void check_mac(const char *key, size_t n_key, const char *data, const char *want)
{
    unsigned char mac[CRYPT_HMAC_SIZE];
    char hex[2 * CRYPT_HMAC_SIZE + 1];
    crypt_hmac_sha256(key, n_key, data, strlen(data), mac);
    for (int i = 0; i < CRYPT_HMAC_SIZE; i++)
        snprintf(hex + 2 * i, 3, "%02x", mac[i]);
    CHECK_STR(hex, want);
}

TEST(hmac_gives_the_values_of_rfc_4231)
{
    char key[131];
    memset(key, 0x0b, 20);
    check_mac(key, 20, "Hi There",
              "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    check_mac("Jefe", 4, "what do ya want for nothing?",
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    memset(key, 0xaa, 131);
    check_mac(key, 131, "Test Using Larger Than Block-Size Key - Hash Key First",
              "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(base64url_has_no_padding_and_its_own_two_signs)
{
    CLEANUP(buf_done) struct buf out = buf_make(64);
    crypt_base64url(&out, "\xfb\xff\xfe", 3);
    crypt_base64url(&out, "a", 1);
    crypt_base64url(&out, "", 0);
    CHECK_STR(buf_str(&out), "-__-YQ");
}

TEST(base64url_is_read_back_and_anything_else_refused)
{
    CLEANUP(buf_done) struct buf out = buf_make(64);
    CHECK_OK(crypt_base64url_open(&out, "-__-", 4));
    CHECK_OK(crypt_base64url_open(&out, "YQ", 2));
    CHECK_INT(out.n, 4);
    CHECK(memcmp(out.v, "\xfb\xff\xfe" "a", 4) == 0);
    CHECK_ERR(crypt_base64url_open(&out, "YQ==", 4), ERR_FORMAT);
    CHECK_ERR(crypt_base64url_open(&out, "a+b/", 4), ERR_FORMAT);
    CHECK_ERR(crypt_base64url_open(&out, "a", 1), ERR_FORMAT);
    CHECK_INT(out.n, 4);
}

TEST(a_buffer_too_small_says_so)
{
    CLEANUP(buf_done) struct buf out = buf_make(3);
    crypt_base64url(&out, "abc", 3);
    CHECK_ERR(buf_err(&out), ERR_LIMIT);
}

TEST(sha256_gives_the_value_of_fips_180)
{
    unsigned char hash[CRYPT_SHA256_SIZE];
    crypt_sha256("abc", 3, hash);
    CHECK(memcmp(hash, "\xba\x78\x16\xbf\x8f\x01\xcf\xea\x41\x41\x40\xde\x5d\xae\x22\x23"
                       "\xb0\x03\x61\xa3\x96\x17\x7a\x9c\xb4\x10\xff\x61\xf2\x00\x15\xad", 32) == 0);
}

TEST(blake2b_gives_the_value_of_256_bits)
{
    static const unsigned char want[CRYPT_SHA256_SIZE] = {
        0xbd, 0xdd, 0x81, 0x3c, 0x63, 0x42, 0x39, 0x72, 0x31, 0x71, 0xef, 0x3f, 0xee, 0x98, 0x57, 0x9b,
        0x94, 0x96, 0x4e, 0x3b, 0xb1, 0xcb, 0x3e, 0x42, 0x72, 0x62, 0xc8, 0xc0, 0x68, 0xd5, 0x23, 0x19,
    };
    unsigned char hash[CRYPT_SHA256_SIZE];

    crypt_blake2b("abc", 3, hash);
    CHECK(memcmp(hash, want, sizeof(want)) == 0);
}
