#include "crypt/pin.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

#define SALT_SIZE 16
#define PEPPERED_SIZE PIN_PEPPERED_SIZE
#define HASH_SIZE 32

const struct pin_cost pin_cost_full = { .passes = 2, .bytes = 64u * 1024 * 1024 };
const struct pin_cost pin_cost_cheap = { .passes = 1, .bytes = 8192 };

static void pepper(const struct keyring *k, const char *pin, unsigned char ret[PEPPERED_SIZE])
{
    crypto_generichash(ret, PEPPERED_SIZE, (const unsigned char *)pin, strlen(pin),
                       k->secrets->house.pepper, KEY_SIZE);
}

static enum err argon2(const unsigned char peppered[PEPPERED_SIZE], const struct pin_cost *cost,
                       const unsigned char salt[SALT_SIZE], unsigned char ret[HASH_SIZE])
{
    return crypto_pwhash(ret, HASH_SIZE, (const char *)peppered, PEPPERED_SIZE, salt, cost->passes,
                         cost->bytes, crypto_pwhash_ALG_ARGON2ID13) == 0
               ? ERR_OK
               : ERR_NOMEM;
}

/* The text that crypto_pwhash_str() would make; made here so that the salt is our rng's. */
static void put_text(const struct pin_cost *cost, const unsigned char salt[SALT_SIZE],
                     const unsigned char hash[HASH_SIZE], char ret[PIN_HASH_SIZE])
{
    char salt64[sodium_base64_ENCODED_LEN(SALT_SIZE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    char hash64[sodium_base64_ENCODED_LEN(HASH_SIZE, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];
    sodium_bin2base64(salt64, sizeof(salt64), salt, SALT_SIZE,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    sodium_bin2base64(hash64, sizeof(hash64), hash, HASH_SIZE,
                      sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    snprintf(ret, PIN_HASH_SIZE, "$argon2id$v=19$m=%zu,t=%lu,p=1$%s$%s", cost->bytes / 1024,
             cost->passes, salt64, hash64);
}

enum err pin_hash(struct keyring *k, const char *pin, const struct pin_cost *cost,
                  char ret[PIN_HASH_SIZE])
{
    if (!k->house)
        return ERR_INVAL;
    unsigned char peppered[PEPPERED_SIZE], salt[SALT_SIZE], hash[HASH_SIZE];
    pepper(k, pin, peppered);
    rng_fill(k->rng, salt, sizeof(salt));
    enum err e = argon2(peppered, cost, salt, hash);
    mem_wipe(peppered, sizeof(peppered));
    if (e == ERR_OK)
        put_text(cost, salt, hash, ret);
    return e;
}

enum err pin_check_begin(struct keyring *k, const char *pin, const char *hash,
                         const struct pin_cost *cost, struct pin_check *ret_check)
{
    if (!k->house || (hash && strlen(hash) >= PIN_HASH_SIZE))
        return ERR_INVAL;
    *ret_check = (struct pin_check){ .cost = *cost };
    pepper(k, pin, ret_check->peppered);
    if (hash)
        memcpy(ret_check->hash, hash, strlen(hash) + 1);
    return ERR_OK;
}

enum err pin_check_run(struct pin_check *c)
{
    unsigned char unused[HASH_SIZE];
    enum err e;
    if (!c->hash[0]) { /* nobody: the same work, so that time does not tell */
        e = argon2(c->peppered, &c->cost, (const unsigned char[SALT_SIZE]){ 0 }, unused);
        e = e == ERR_OK ? ERR_DENIED : e;
    } else {
        errno = 0;
        bool right = crypto_pwhash_str_verify(c->hash, (const char *)c->peppered,
                                              PIN_PEPPERED_SIZE) == 0;
        e = right ? ERR_OK : errno == ENOMEM ? ERR_NOMEM : ERR_DENIED;
    }
    mem_wipe(c, sizeof(*c));
    return e;
}

enum err pin_verify(struct keyring *k, const char *pin, const char *hash,
                    const struct pin_cost *cost)
{
    struct pin_check c;
    enum err e = pin_check_begin(k, pin, hash, cost, &c);
    return e == ERR_OK ? pin_check_run(&c) : e;
}
