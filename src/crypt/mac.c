#include "crypt/mac.h"

#include <string.h>

#include <sodium.h>

#include "crypt/keyring_keys.h"

/* The length before `use` keeps "ab" + "c" and "a" + "bc" apart. */
static void mac_under(const unsigned char key[KEY_SIZE], const char *use, const void *bytes,
                      size_t n, unsigned char ret[MAC_SIZE])
{
    crypto_generichash_state st;
    size_t n_use = strlen(use);
    unsigned char length = (unsigned char)n_use;
    crypto_generichash_init(&st, key, KEY_SIZE, MAC_SIZE);
    crypto_generichash_update(&st, &length, 1);
    crypto_generichash_update(&st, (const unsigned char *)use, n_use);
    crypto_generichash_update(&st, bytes, n);
    crypto_generichash_final(&st, ret, MAC_SIZE);
}

enum err mac_of_day(struct keyring *k, const struct mac_day *of, const void *bytes, size_t n,
                    unsigned char ret[MAC_SIZE])
{
    const struct field_keys *keys = NULL;
    enum err e = keyring_fields(k, of->day, of->make, &keys);
    if (e == ERR_OK)
        mac_under(keys->mac, of->use, bytes, n, ret);
    return e;
}

enum err mac_of_house(struct keyring *k, const char *use, const void *bytes, size_t n,
                      unsigned char ret[MAC_SIZE])
{
    if (!k->house)
        return ERR_INVAL;
    mac_under(k->secrets->house.fields.mac, use, bytes, n, ret);
    return ERR_OK;
}

/* No key: NULL. */
static void hash_step(const unsigned char *key, const unsigned char before[MAC_SIZE],
                      const void *row, size_t n, unsigned char ret[MAC_SIZE])
{
    crypto_generichash_state st;
    crypto_generichash_init(&st, key, key ? KEY_SIZE : 0, MAC_SIZE);
    crypto_generichash_update(&st, before, MAC_SIZE);
    crypto_generichash_update(&st, row, n);
    crypto_generichash_final(&st, ret, MAC_SIZE);
}

enum err mac_chain(struct keyring *k, const unsigned char before[MAC_SIZE], const void *row,
                   size_t n, unsigned char ret[MAC_SIZE])
{
    if (!k->house)
        return ERR_INVAL;
    hash_step(k->secrets->house.audit, before, row, n, ret);
    return ERR_OK;
}

void mac_digest(const unsigned char before[MAC_SIZE], const void *row, size_t n,
                unsigned char ret[MAC_SIZE])
{
    hash_step(NULL, before, row, n, ret);
}

void mac_to_hex(const unsigned char mac[MAC_SIZE], char ret[MAC_HEX_SIZE])
{
    sodium_bin2hex(ret, MAC_HEX_SIZE, mac, MAC_SIZE);
}

bool mac_from_hex(const char *hex, unsigned char ret[MAC_SIZE])
{
    unsigned char mac[MAC_SIZE];
    size_t n = 0;
    if (strlen(hex) != 2 * MAC_SIZE ||
        sodium_hex2bin(mac, sizeof(mac), hex, 2 * MAC_SIZE, NULL, &n, NULL) != 0 || n != MAC_SIZE)
        return false;
    memcpy(ret, mac, MAC_SIZE);
    return true;
}

bool mac_same(const unsigned char a[MAC_SIZE], const unsigned char b[MAC_SIZE])
{
    return sodium_memcmp(a, b, MAC_SIZE) == 0;
}
