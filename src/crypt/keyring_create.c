#include "crypt/keyring.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

#define MODE_FOLDER 02770 /* new files in it keep its group */

static enum err put_file(const char *dir, const char *name, mode_t mode, const void *bytes,
                         size_t n)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(dir, name, path);
    return e == ERR_OK ? keyfile_replace(&file_ops_real, path, mode, bytes, n) : e;
}

static enum err put_random_secret(const char *dir, const char *name, struct rng *rng)
{
    unsigned char key[KEY_SIZE];
    rng_fill(rng, key, sizeof(key));
    enum err e = put_file(dir, name, KEYRING_MODE_SECRET, key, sizeof(key));
    mem_wipe(key, sizeof(key));
    return e;
}

enum err keyring_put_device(const char *dir, const struct device_key *d)
{
    bool first = memcmp(d->wrap, d->house, KEY_SIZE) == 0;
    return put_file(dir, KEYRING_DEVICE, KEYRING_MODE_SECRET, d, first ? KEY_SIZE : sizeof(*d));
}

static enum err put_upload_pair(const char *dir, struct rng *rng)
{
    unsigned char secret[KEY_SIZE], public_half[KEY_SIZE];
    rng_fill(rng, secret, sizeof(secret));
    crypto_scalarmult_base(public_half, secret);
    enum err e = put_file(dir, KEYRING_UPLOAD, KEYRING_MODE_SECRET, secret, sizeof(secret));
    mem_wipe(secret, sizeof(secret));
    if (e == ERR_OK)
        e = put_file(dir, KEYRING_UPLOAD_PUBLIC, KEYRING_MODE_PUBLIC, public_half,
                     sizeof(public_half));
    return e;
}

enum err keyring_make_folder(const char *dir)
{
    if (mkdir(dir, 0770) != 0 && errno != EEXIST)
        return ERR_IO;
    struct stat st;
    if (stat(dir, &st) != 0 || !S_ISDIR(st.st_mode))
        return ERR_IO;
    return chmod(dir, MODE_FOLDER) == 0 ? ERR_OK : ERR_IO;
}

enum err keyring_create(const char *dir, struct rng *rng)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(dir, KEYRING_FILE, path);
    if (e != ERR_OK)
        return e;
    if (sodium_init() < 0)
        return ERR_IO;
    if (access(path, F_OK) == 0)
        return ERR_EXISTS;
    e = keyring_make_folder(dir);
    if (e == ERR_OK)
        e = put_random_secret(dir, KEYRING_DEVICE, rng);
    if (e == ERR_OK)
        e = put_random_secret(dir, KEYRING_AUDIT, rng);
    if (e == ERR_OK)
        e = put_upload_pair(dir, rng);
    if (e == ERR_OK)
        e = put_file(dir, KEYRING_LOCK, KEYRING_MODE_SHARED, "", 0);
    /* The keyring last: it marks the folder as whole. */
    return e == ERR_OK ? keyring_write(&file_ops_real, path, &(struct keyring_entries){ 0 }) : e;
}
