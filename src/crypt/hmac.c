#include "crypt/hmac.h"

#include <sodium.h>

#include "base/mem.h"

void crypt_hmac_sha256(const void *key, size_t n_key, const void *data, size_t n,
                       unsigned char ret[CRYPT_HMAC_SIZE])
{
    _Static_assert(CRYPT_HMAC_SIZE == crypto_auth_hmacsha256_BYTES, "size of HMAC-SHA256");
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, n_key);
    crypto_auth_hmacsha256_update(&state, data, n);
    crypto_auth_hmacsha256_final(&state, ret);
    mem_wipe(&state, sizeof state);
}

void crypt_sha256(const void *data, size_t n, unsigned char ret[CRYPT_SHA256_SIZE])
{
    _Static_assert(CRYPT_SHA256_SIZE == crypto_hash_sha256_BYTES, "size of SHA-256");
    crypto_hash_sha256(ret, data, n);
}

void crypt_blake2b(const void *data, size_t n, unsigned char ret[CRYPT_SHA256_SIZE])
{
    crypto_generichash(ret, CRYPT_SHA256_SIZE, data, n, NULL, 0);
}

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

void crypt_base64url(struct buf *out, const void *data, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, VARIANT);
    char *text = mem_alloc(room);
    if (!text) {
        out->failed = true;
        return;
    }
    sodium_bin2base64(text, room, data, n, VARIANT);
    buf_adds(out, text);
    mem_wipe(text, room);
    mem_free(text);
}

enum err crypt_base64url_open(struct buf *out, const char *text, size_t n)
{
    size_t room = n / 4 * 3 + 3, got;
    unsigned char *bytes = mem_alloc(room);
    if (!bytes)
        return ERR_NOMEM;
    enum err e = ERR_FORMAT;
    if (sodium_base642bin(bytes, room, text, n, NULL, &got, NULL, VARIANT) == 0) {
        buf_add(out, bytes, got);
        e = buf_err(out);
    }
    mem_wipe(bytes, room);
    mem_free(bytes);
    return e;
}

int crypt_same(const void *a, const void *b, size_t n)
{
    return sodium_memcmp(a, b, n) == 0;
}
