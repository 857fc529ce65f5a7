#include "store/token.h"

#include "crypt/hmac.h"

_Static_assert(STORE_TOKEN_HASH_SIZE == CRYPT_SHA256_SIZE, "one size");

void store_token_hash(const void *token, size_t n, unsigned char ret[STORE_TOKEN_HASH_SIZE])
{
    crypt_sha256(token, n, ret);
}

void store_token_quick_hash(const void *token, size_t n, unsigned char ret[STORE_TOKEN_HASH_SIZE])
{
    crypt_blake2b(token, n, ret);
}
