#include "crypt/keyring_keys.h"

#include <string.h>

#include <sodium.h>

#include "base/mem.h"

/* libsodium's way to name derived keys: eight letters and a number. */
#define KDF_HOUSE "dynhouse"
#define KDF_DAY "dynday__"
enum { KDF_SEAL = 1, KDF_MAC, KDF_NAME, KDF_WRAP, KDF_PEPPER, KDF_BOX };

static void derive_fields(const unsigned char key[KEY_SIZE], const char context[8],
                          struct field_keys *ret)
{
    unsigned char name[crypto_kdf_BYTES_MIN];
    crypto_kdf_derive_from_key(ret->seal, KEY_SIZE, KDF_SEAL, context, key);
    crypto_kdf_derive_from_key(ret->mac, KEY_SIZE, KDF_MAC, context, key);
    crypto_kdf_derive_from_key(name, sizeof(name), KDF_NAME, context, key);
    memcpy(ret->name, name, KEY_NAME_SIZE);
}

void keyring_derive_house(const struct device_key *d, struct house_keys *ret)
{
    derive_fields(d->house, KDF_HOUSE, &ret->fields);
    crypto_kdf_derive_from_key(ret->wrap, KEY_SIZE, KDF_WRAP, KDF_HOUSE, d->wrap);
    crypto_kdf_derive_from_key(ret->pepper, KEY_SIZE, KDF_PEPPER, KDF_HOUSE, d->house);
    crypto_kdf_derive_from_key(ret->box, KEY_SIZE, KDF_BOX, KDF_HOUSE, d->house);
}

void keyring_forget(struct keyring *k)
{
    mem_wipe(k->secrets->opened, sizeof(k->secrets->opened));
}

static void wrap_ad(int32_t day, unsigned char ad[8])
{
    memcpy(ad, "day ", 4);
    for (int i = 0; i < 4; i++)
        ad[4 + i] = (unsigned char)((uint32_t)day >> (8 * i));
}

static void wrap_key(struct rng *rng, const unsigned char key[KEY_SIZE],
                     const unsigned char wrap[KEY_SIZE], struct keyring_entry *e)
{
    unsigned char ad[8];
    wrap_ad(e->day, ad);
    rng_fill(rng, e->house_wrap, 24);
    crypto_aead_xchacha20poly1305_ietf_encrypt(e->house_wrap + 24, NULL, key, KEY_SIZE, ad,
                                               sizeof(ad), NULL, e->house_wrap, wrap);
}

void keyring_wrap_for_house(struct keyring *k, struct keyring_entry *e)
{
    unsigned char key[KEY_SIZE];
    rng_fill(k->rng, key, sizeof(key));
    wrap_key(k->rng, key, k->secrets->house.wrap, e);
    mem_wipe(key, sizeof(key));
    e->house = true;
}

void keyring_wrap_for_upload(struct keyring *k, struct keyring_entry *e)
{
    unsigned char secret[KEY_SIZE];
    rng_fill(k->rng, secret, sizeof(secret));
    crypto_scalarmult_base(e->public_half, secret);
    crypto_box_seal(e->upload_wrap, secret, sizeof(secret), k->secrets->upload_public);
    mem_wipe(secret, sizeof(secret));
    e->upload = true;
}

static enum err unwrap_house(struct keyring *k, const struct keyring_entry *e,
                             unsigned char ret[KEY_SIZE])
{
    unsigned char ad[8];
    wrap_ad(e->day, ad);
    int bad = crypto_aead_xchacha20poly1305_ietf_decrypt(ret, NULL, NULL, e->house_wrap + 24,
                                                         WRAP_HOUSE_SIZE - 24, ad, sizeof(ad),
                                                         e->house_wrap, k->secrets->house.wrap);
    return bad ? ERR_DENIED : ERR_OK; /* wrapped for another device key: not ours to open */
}

static const struct field_keys *opened(const struct keyring *k, int32_t day)
{
    for (size_t i = 0; i < OPENED_DAYS; i++)
        if (k->secrets->opened[i].set && k->secrets->opened[i].day == day)
            return &k->secrets->opened[i].keys;
    return NULL;
}

/* Another process may just have made this date. */
static enum err find_fresh(struct keyring *k, int32_t day, const struct keyring_entry **ret_entry)
{
    const struct keyring_entry *found = keyring_find(k, day);
    enum err e = found ? ERR_OK : keyring_refresh(k);
    if (!found && e == ERR_OK)
        found = keyring_find(k, day);
    if (e == ERR_OK && !found)
        e = ERR_NOT_FOUND;
    if (e == ERR_OK)
        *ret_entry = found;
    return e;
}

enum err keyring_fields(struct keyring *k, int32_t day, bool make,
                        const struct field_keys **ret_keys)
{
    if (!k->house)
        return ERR_DENIED;
    const struct field_keys *ready = opened(k, day);
    if (ready) {
        *ret_keys = ready;
        return ERR_OK;
    }
    const struct keyring_entry *entry = NULL;
    enum err e = make ? keyring_make_day(k, day) : ERR_OK;
    if (e == ERR_OK)
        e = find_fresh(k, day, &entry);
    if (e != ERR_OK)
        return e;
    if (!entry->house)
        return ERR_DENIED;
    unsigned char key[KEY_SIZE];
    e = unwrap_house(k, entry, key);
    if (e != ERR_OK)
        return e;
    struct opened_day *o = &k->secrets->opened[k->next_opened++ % OPENED_DAYS];
    *o = (struct opened_day){ .set = true, .day = day };
    derive_fields(key, KDF_DAY, &o->keys);
    mem_wipe(key, sizeof(key));
    *ret_keys = &o->keys;
    return ERR_OK;
}

static enum err open_upload_wrap(const struct keyring *k, const struct keyring_entry *e,
                                 unsigned char ret[KEY_SIZE])
{
    unsigned char secret[KEY_SIZE], public_half[KEY_SIZE], ours[KEY_SIZE];
    crypto_scalarmult_base(ours, k->secrets->upload);
    if (crypto_box_seal_open(secret, e->upload_wrap, WRAP_UPLOAD_SIZE, ours, k->secrets->upload))
        return ERR_DENIED;
    crypto_scalarmult_base(public_half, secret);
    bool right = memcmp(public_half, e->public_half, KEY_SIZE) == 0;
    if (right)
        memcpy(ret, secret, KEY_SIZE);
    mem_wipe(secret, sizeof(secret));
    return right ? ERR_OK : ERR_CORRUPT;
}

enum err keyring_rewrap(struct keyring *k, const struct secrets *to, struct keyring_entry *e)
{
    unsigned char key[KEY_SIZE];
    enum err done = e->house ? unwrap_house(k, e, key) : ERR_OK;
    if (done == ERR_OK && e->house)
        wrap_key(k->rng, key, to->house.wrap, e);
    if (done == ERR_OK && e->upload)
        done = open_upload_wrap(k, e, key);
    if (done == ERR_OK && e->upload)
        crypto_box_seal(e->upload_wrap, key, KEY_SIZE, to->upload_public);
    mem_wipe(key, sizeof(key));
    return done;
}

enum err keyring_secret_half(struct keyring *k, int32_t day, unsigned char ret[KEY_SIZE])
{
    if (!k->upload)
        return ERR_INVAL;
    const struct keyring_entry *e = NULL;
    enum err found = find_fresh(k, day, &e);
    if (found != ERR_OK)
        return found == ERR_NOT_FOUND ? ERR_DENIED : found;
    if (!e->upload)
        return ERR_DENIED;
    return open_upload_wrap(k, e, ret);
}
