#include "crypt/seal.h"

#include <string.h>

#include <sodium.h>

#include "crypt/keyring_keys.h"

#define FORM 1
#define NAME_AT 1
#define NONCE_AT (NAME_AT + KEY_NAME_SIZE)
#define BODY_AT (NONCE_AT + 24)
#define PLACE_MAX 256

struct place_bytes {
    unsigned char v[PLACE_MAX];
    size_t n;
};

static bool add_word(struct place_bytes *p, const char *word)
{
    size_t n = strlen(word);
    if (n > 255 || p->n + 1 + n > sizeof(p->v))
        return false;
    p->v[p->n++] = (unsigned char)n;
    memcpy(p->v + p->n, word, n);
    p->n += n;
    return true;
}

/* Length before each word, so that no two places give the same bytes. */
static bool place_bytes(const struct seal_place *at, struct place_bytes *ret)
{
    ret->n = 0;
    for (int i = 0; i < 4; i++)
        ret->v[ret->n++] = (unsigned char)((uint32_t)at->day >> (8 * i));
    return add_word(ret, at->table) && add_word(ret, at->row) && add_word(ret, at->column);
}

static enum err keys_at(struct keyring *k, int32_t day, bool make,
                        const struct field_keys **ret_keys)
{
    if (day != SEAL_NO_DAY)
        return keyring_fields(k, day, make, ret_keys);
    if (!k->house)
        return ERR_DENIED;
    *ret_keys = &k->secrets->house.fields;
    return ERR_OK;
}

enum err seal_field(struct keyring *k, const struct seal_place *at, const void *plain, size_t n,
                    unsigned char *out)
{
    struct place_bytes place;
    if (!place_bytes(at, &place))
        return ERR_INVAL;
    const struct field_keys *keys = NULL;
    enum err e = keys_at(k, at->day, true, &keys);
    if (e != ERR_OK)
        return e;
    out[0] = FORM;
    memcpy(out + NAME_AT, keys->name, KEY_NAME_SIZE);
    rng_fill(k->rng, out + NONCE_AT, 24);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + BODY_AT, NULL, plain, n, place.v, place.n,
                                               NULL, out + NONCE_AT, keys->seal);
    return ERR_OK;
}

enum err seal_open(struct keyring *k, const struct seal_place *at, const void *sealed, size_t n,
                   unsigned char *out)
{
    const unsigned char *s = sealed;
    struct place_bytes place;
    if (!place_bytes(at, &place))
        return ERR_INVAL;
    if (n < SEAL_OVERHEAD || s[0] != FORM)
        return ERR_CORRUPT;
    const struct field_keys *keys = NULL;
    enum err e = keys_at(k, at->day, false, &keys);
    if (e == ERR_NOT_FOUND || (e == ERR_OK && memcmp(s + NAME_AT, keys->name, KEY_NAME_SIZE) != 0))
        return ERR_DENIED;
    if (e != ERR_OK)
        return e;
    return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, s + BODY_AT, n - BODY_AT,
                                                      place.v, place.n, s + NONCE_AT,
                                                      keys->seal) == 0
               ? ERR_OK
               : ERR_CORRUPT;
}
