#include "crypt/box.h"

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

_Static_assert(BOX_PUBLIC_SIZE == crypto_box_PUBLICKEYBYTES, "X25519");
_Static_assert(BOX_OVERHEAD == crypto_box_SEALBYTES, "an anonymous sender's key, and a tag");

/* Both halves, from the key that is derived for it. */
static void pair_of(const struct keyring *k, unsigned char ret_public[BOX_PUBLIC_SIZE],
                    unsigned char ret_secret[KEY_SIZE])
{
    crypto_box_seed_keypair(ret_public, ret_secret, k->secrets->house.box);
}

enum err box_public(const struct keyring *k, unsigned char ret[BOX_PUBLIC_SIZE])
{
    unsigned char secret[KEY_SIZE];
    if (!k->house)
        return ERR_INVAL;
    pair_of(k, ret, secret);
    mem_wipe(secret, sizeof secret);
    return ERR_OK;
}

enum err box_seal(const unsigned char public_half[BOX_PUBLIC_SIZE], const void *plain, size_t n,
                  unsigned char *out)
{
    return crypto_box_seal(out, plain, n, public_half) == 0 ? ERR_OK : ERR_INVAL;
}

enum err box_open(const struct keyring *k, const void *sealed, size_t n, unsigned char *out)
{
    unsigned char public_half[BOX_PUBLIC_SIZE], secret[KEY_SIZE];
    if (!k->house)
        return ERR_INVAL;
    if (n < BOX_OVERHEAD)
        return ERR_CORRUPT;
    pair_of(k, public_half, secret);
    int bad = crypto_box_seal_open(out, sealed, n, public_half, secret);
    mem_wipe(secret, sizeof secret);
    return bad ? ERR_CORRUPT : ERR_OK;
}
