#include "crypt/envelope.h"

#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

#define NONCE_SIZE 24

void envelope_wipe(struct envelope *e)
{
    mem_wipe(e, sizeof(*e));
}

enum err envelope_make(struct keyring *k, int32_t day, struct envelope *ret)
{
    enum err e = keyring_find(k, day) ? keyring_make_safe(k) : keyring_make_day(k, day);
    if (e != ERR_OK)
        return e;
    const struct keyring_entry *entry = keyring_find(k, day);
    if (!entry || !entry->upload)
        return ERR_DENIED;
    ret->day = day;
    rng_fill(k->rng, ret->key, sizeof(ret->key));
    crypto_box_seal(ret->sealed, ret->key, sizeof(ret->key), entry->public_half);
    return ERR_OK;
}

enum err envelope_open(struct keyring *k, int32_t day, const void *sealed, size_t n,
                       struct envelope *ret)
{
    if (n != ENVELOPE_SEALED_SIZE)
        return ERR_CORRUPT;
    unsigned char secret[KEY_SIZE], public_half[KEY_SIZE];
    enum err e = keyring_secret_half(k, day, secret);
    if (e != ERR_OK)
        return e;
    crypto_scalarmult_base(public_half, secret);
    struct envelope found = { .day = day };
    memcpy(found.sealed, sealed, n);
    if (crypto_box_seal_open(found.key, sealed, n, public_half, secret) != 0)
        e = ERR_CORRUPT;
    mem_wipe(secret, sizeof(secret));
    if (e == ERR_OK)
        *ret = found;
    envelope_wipe(&found);
    return e;
}

void envelope_put(const struct envelope *e, struct rng *rng, const char *place, const void *plain,
                  size_t n, unsigned char *out)
{
    rng_fill(rng, out, NONCE_SIZE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE_SIZE, NULL, plain, n,
                                               (const unsigned char *)place, strlen(place), NULL,
                                               out, e->key);
}

enum err envelope_get(const struct envelope *e, const char *place, const void *sealed, size_t n,
                      unsigned char *out)
{
    const unsigned char *s = sealed;
    if (n < ENVELOPE_OVERHEAD)
        return ERR_CORRUPT;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(
               out, NULL, NULL, s + NONCE_SIZE, n - NONCE_SIZE, (const unsigned char *)place,
               strlen(place), s, e->key) == 0
               ? ERR_OK
               : ERR_CORRUPT;
}
