#include "crypt/rotate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/mem.h"
#include "crypt/keyring_keys.h"

/* Every file that is made in a folder of keys. */
static const char *const files[] = { KEYRING_FILE,         KEYRING_DEVICE, KEYRING_AUDIT,
                                     KEYRING_UPLOAD,       KEYRING_LOCK,   RECOVERY_SEALED,
                                     KEYRING_UPLOAD_PUBLIC };

struct rotation {
    const char *dir;
    char beside[KEYFILE_PATH_MAX]; /* the new keys, until the exchange; then the old ones */
    struct keyring *k;             /* the old keys, open */
    struct device_key device;
    struct secrets fresh;
    unsigned char audit[KEY_SIZE];
};

static enum err put(const char *dir, const char *name, mode_t mode, const void *bytes, size_t n)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(dir, name, path);
    return e == ERR_OK ? keyfile_replace(&file_ops_real, path, mode, bytes, n) : e;
}

/* ---- destroying ---- */

static enum err destroy_file(const char *dir, const char *name)
{
    char path[KEYFILE_PATH_MAX];
    struct stat st;
    enum err e = keyfile_path(dir, name, path);
    if (e != ERR_OK)
        return e;
    if (lstat(path, &st) != 0)
        return errno == ENOENT ? ERR_OK : ERR_IO;
    if (S_ISREG(st.st_mode)) /* what is replaced is overwritten where it lay */
        e = keyfile_replace(&file_ops_real, path, KEYRING_MODE_SECRET, "", 0);
    return e == ERR_OK && unlink(path) != 0 ? ERR_IO : e;
}

static enum err destroy_folder(const char *dir)
{
    enum err e = ERR_OK;
    if (access(dir, F_OK) != 0)
        return errno == ENOENT ? ERR_OK : ERR_IO;
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(files); i++) {
        char fresh[64]; /* a power cut may have left it */
        snprintf(fresh, sizeof(fresh), "%s.new", files[i]);
        e = destroy_file(dir, files[i]);
        if (e == ERR_OK)
            e = destroy_file(dir, fresh);
    }
    if (e == ERR_OK)
        e = destroy_file(dir, RECOVERY_COPY); /* the link; its folder is another medium's */
    return e == ERR_OK && rmdir(dir) != 0 ? ERR_IO : e;
}

/* ---- making ---- */

static void draw(struct rotation *r, struct rng *rng)
{
    rng_fill(rng, r->device.wrap, KEY_SIZE);
    rng_fill(rng, r->fresh.upload, KEY_SIZE);
    crypto_scalarmult_base(r->fresh.upload_public, r->fresh.upload);
    keyring_derive_house(&r->device, &r->fresh.house);
}

static enum err rewrap_all(struct rotation *r)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < r->k->days.n; i++)
        e = keyring_rewrap(r->k, &r->fresh, &r->k->days.v[i]);
    return e;
}

/* Programs run under users of their own: each file stays with the one that it had. */
static enum err same_owner(const char *old, const char *new)
{
    struct stat st;
    if (lstat(old, &st) != 0)
        return errno == ENOENT ? ERR_OK : ERR_IO;
    return chown(new, st.st_uid, st.st_gid) == 0 && chmod(new, st.st_mode & 07777) == 0 ? ERR_OK
                                                                                        : ERR_IO;
}

static enum err same_owners(const struct rotation *r)
{
    char old[KEYFILE_PATH_MAX], new[KEYFILE_PATH_MAX];
    enum err e = same_owner(r->dir, r->beside);
    for (size_t i = 0; e == ERR_OK && i < ARRAY_LEN(files); i++) {
        e = keyfile_path(r->dir, files[i], old);
        if (e == ERR_OK)
            e = keyfile_path(r->beside, files[i], new);
        if (e == ERR_OK && access(new, F_OK) == 0)
            e = same_owner(old, new);
    }
    return e;
}

static enum err make_beside(struct rotation *r)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyring_make_folder(r->beside);
    if (e == ERR_OK)
        e = keyring_put_device(r->beside, &r->device);
    if (e == ERR_OK)
        e = put(r->beside, KEYRING_AUDIT, KEYRING_MODE_SECRET, r->audit, KEY_SIZE);
    if (e == ERR_OK)
        e = put(r->beside, KEYRING_UPLOAD, KEYRING_MODE_SECRET, r->fresh.upload, KEY_SIZE);
    if (e == ERR_OK)
        e = put(r->beside, KEYRING_UPLOAD_PUBLIC, KEYRING_MODE_PUBLIC, r->fresh.upload_public,
                KEY_SIZE);
    if (e == ERR_OK)
        e = put(r->beside, KEYRING_LOCK, KEYRING_MODE_SHARED, "", 0);
    if (e == ERR_OK)
        e = keyfile_path(r->beside, KEYRING_FILE, path);
    if (e == ERR_OK)
        e = keyring_write(&file_ops_real, path, &r->k->days);
    return e == ERR_OK ? same_owners(r) : e;
}

static enum err exchange(const struct rotation *r)
{
    if (renameat2(AT_FDCWD, r->beside, AT_FDCWD, r->dir, RENAME_EXCHANGE) != 0)
        return ERR_IO;
    return keyfile_sync_folder(&file_ops_real, r->dir);
}

static enum err rotate(struct rotation *r, const struct keyring_options *o)
{
    enum err e = destroy_folder(r->beside); /* what a power cut left */
    if (e == ERR_OK)
        e = keyring_open(o, &r->k);
    if (e == ERR_OK)
        e = keyring_read_device(o, &r->device);
    if (e == ERR_OK)
        e = keyring_read_key(o, KEYRING_AUDIT, r->audit);
    if (e != ERR_OK)
        return e;
    draw(r, o->rng);
    e = rewrap_all(r);
    if (e == ERR_OK)
        e = make_beside(r);
    if (e == ERR_OK)
        e = exchange(r);
    return e == ERR_OK ? destroy_folder(r->beside) : e;
}

enum err keyring_rotate(const char *dir, const char *credentials, struct rng *rng)
{
    struct rotation r = { .dir = dir };
    int n = snprintf(r.beside, sizeof(r.beside), "%s.rotating", dir);
    if (n < 0 || n >= (int)sizeof(r.beside))
        return ERR_LIMIT;
    const struct keyring_options o = {
        .dir = dir, .rng = rng, .house = true, .upload = true, .credentials = credentials
    };
    enum err e = rotate(&r, &o);
    keyring_close(r.k);
    mem_wipe(&r, sizeof(r));
    return e;
}
