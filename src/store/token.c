#include "store/token.h"

#include "crypt/hmac.h"

_Static_assert(STORE_TOKEN_HASH_SIZE == CRYPT_SHA256_SIZE, "one hash");

void store_token_hash(const void *token, size_t n, unsigned char ret[STORE_TOKEN_HASH_SIZE])
{
    crypt_sha256(token, n, ret);
}
