#include "crypt/sign.h"

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

_Static_assert(SIGN_SIZE == crypto_sign_BYTES, "Ed25519");
_Static_assert(SIGN_PUBLIC_SIZE == crypto_sign_PUBLICKEYBYTES, "Ed25519");

/* Keeps this use of upload.key apart from its other one, key agreement. */
static const char purpose[] = "dynamo signature of the upload";

enum err sign_as_upload(struct keyring *k, const void *bytes, size_t n,
                        unsigned char ret_signature[SIGN_SIZE],
                        unsigned char ret_public[SIGN_PUBLIC_SIZE])
{
    unsigned char seed[crypto_sign_SEEDBYTES], secret[crypto_sign_SECRETKEYBYTES];
    if (!k->upload)
        return ERR_INVAL;
    crypto_generichash(seed, sizeof seed, (const unsigned char *)purpose, sizeof purpose - 1,
                       k->secrets->upload, KEY_SIZE);
    crypto_sign_seed_keypair(ret_public, secret, seed);
    crypto_sign_detached(ret_signature, NULL, bytes, n, secret);
    mem_wipe(seed, sizeof seed);
    mem_wipe(secret, sizeof secret);
    return ERR_OK;
}

bool sign_is_good(const unsigned char signature[SIGN_SIZE],
                  const unsigned char public_half[SIGN_PUBLIC_SIZE], const void *bytes, size_t n)
{
    return crypto_sign_verify_detached(signature, bytes, n, public_half) == 0;
}
