#include "crypt/recovery.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "base/buf.h"
#include "base/mem.h"
#include "crypt/keyring_keys.h"

#define HEAD "DYNR1"
#define SUM_SIZE 3
#define TEXT_BYTES (KEY_SIZE + SUM_SIZE) /* 35 bytes: 56 letters of five bits */
#define GROUP 8
#define LETTERS "0123456789ABCDEFGHJKMNPQRSTVWXYZ" /* Crockford's: no I, L, O, U */
#define ASIDE_MAX 999

/* What recovery.sealed holds; before keys could be rotated it had no device.house. */
struct house_secrets {
    unsigned char audit[KEY_SIZE], upload[KEY_SIZE];
    struct device_key device;
};
struct first_secrets {
    unsigned char device[KEY_SIZE], audit[KEY_SIZE], upload[KEY_SIZE];
};
#define SEALED_SIZE (sizeof(struct house_secrets) + crypto_box_SEALBYTES)
#define FIRST_SEALED_SIZE (sizeof(struct first_secrets) + crypto_box_SEALBYTES)

/* ---- the text ---- */

static void sum_of(const unsigned char secret[KEY_SIZE], unsigned char sum[SUM_SIZE])
{
    unsigned char whole[crypto_generichash_BYTES];
    crypto_generichash(whole, sizeof(whole), secret, KEY_SIZE,
                       (const unsigned char *)HEAD "recovery", sizeof(HEAD "recovery") - 1);
    memcpy(sum, whole, SUM_SIZE);
}

static void write_text(const unsigned char secret[KEY_SIZE], char ret_text[RECOVERY_TEXT_SIZE])
{
    unsigned char bytes[TEXT_BYTES];
    memcpy(bytes, secret, KEY_SIZE);
    sum_of(secret, bytes + KEY_SIZE);
    char *out = ret_text + snprintf(ret_text, RECOVERY_TEXT_SIZE, HEAD);
    for (int i = 0; i < TEXT_BYTES * 8 / 5; i++) {
        int bit = i * 5;
        unsigned two =
            (unsigned)bytes[bit / 8] << 8 | (bit / 8 + 1 < TEXT_BYTES ? bytes[bit / 8 + 1] : 0u);
        if (i % GROUP == 0)
            *out++ = '-';
        *out++ = LETTERS[two >> (11 - bit % 8) & 31];
    }
    *out = '\0';
    mem_wipe(bytes, sizeof(bytes));
}

/* The letters that people take for one another mean the same. */
static int letter_value(char c)
{
    c = (char)toupper((unsigned char)c);
    c = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    const char *at = c ? strchr(LETTERS, c) : NULL;
    return at ? (int)(at - LETTERS) : -1;
}

static bool skip_head(const char **s)
{
    while (isspace((unsigned char)**s))
        ++*s;
    for (const char *h = HEAD; *h; h++, ++*s)
        if (toupper((unsigned char)**s) != *h)
            return false;
    return true;
}

static enum err read_text(const char *s, unsigned char ret_secret[KEY_SIZE])
{
    unsigned char bytes[TEXT_BYTES] = { 0 }, sum[SUM_SIZE];
    int n = 0;
    if (!skip_head(&s))
        return ERR_FORMAT;
    for (; *s; s++) {
        if (*s == '-' || isspace((unsigned char)*s))
            continue;
        int v = letter_value(*s);
        if (v < 0 || n >= TEXT_BYTES * 8 / 5)
            return ERR_FORMAT;
        for (int b = 0; b < 5; b++, v <<= 1)
            bytes[(n * 5 + b) / 8] |= (unsigned char)((v >> 4 & 1) << (7 - (n * 5 + b) % 8));
        n++;
    }
    sum_of(bytes, sum);
    bool right = n == TEXT_BYTES * 8 / 5 && memcmp(sum, bytes + KEY_SIZE, SUM_SIZE) == 0;
    if (right)
        memcpy(ret_secret, bytes, KEY_SIZE);
    mem_wipe(bytes, sizeof(bytes));
    return right ? ERR_OK : ERR_FORMAT;
}

/* ---- files ---- */

static enum err put(const char *dir, const char *name, mode_t mode, const void *bytes, size_t n)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(dir, name, path);
    return e == ERR_OK ? keyfile_replace(&file_ops_real, path, mode, bytes, n) : e;
}

static enum err get(const char *dir, const char *name, struct buf *out)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(dir, name, path);
    return e == ERR_OK ? buf_read_file(out, path) : e;
}

static enum err get_secret(const char *dir, const char *credentials, const char *name,
                           unsigned char ret[KEY_SIZE])
{
    const struct keyring_options o = { .dir = dir, .credentials = credentials };
    return keyring_read_key(&o, name, ret);
}

/* The folder of the second copy. ERR_NONE: none is kept. */
static enum err copy_folder(const char *dir, char ret_path[KEYFILE_PATH_MAX])
{
    struct stat st;
    enum err e = keyfile_path(dir, RECOVERY_COPY, ret_path);
    if (e != ERR_OK)
        return e;
    return lstat(ret_path, &st) == 0 ? ERR_OK : errno == ENOENT ? ERR_NONE : ERR_IO;
}

enum err recovery_copy(const char *dir, const struct keyring_entries *days)
{
    char copy[KEYFILE_PATH_MAX], path[KEYFILE_PATH_MAX];
    enum err e = copy_folder(dir, copy);
    if (e == ERR_OK)
        e = keyfile_path(copy, KEYRING_FILE, path);
    if (e == ERR_OK)
        e = keyring_write(&file_ops_real, path, days);
    return e == ERR_NONE ? ERR_OK : e;
}

static enum err copy_sealed(const char *dir, const char *folder)
{
    CLEANUP(buf_done) struct buf sealed = buf_make(SEALED_SIZE);
    enum err e = get(dir, RECOVERY_SEALED, &sealed);
    return e == ERR_OK ? put(folder, RECOVERY_SEALED, KEYRING_MODE_SHARED, sealed.v, sealed.n) : e;
}

/* ---- making ---- */

static enum err read_secrets(const char *dir, const char *credentials, struct house_secrets *ret)
{
    const struct keyring_options o = { .dir = dir, .credentials = credentials };
    enum err e = keyring_read_device(&o, &ret->device);
    if (e == ERR_OK)
        e = get_secret(dir, credentials, KEYRING_AUDIT, ret->audit);
    return e == ERR_OK ? get_secret(dir, credentials, KEYRING_UPLOAD, ret->upload) : e;
}

enum err recovery_make(const char *keys_dir, const char *credentials, struct rng *rng,
                       char ret_text[RECOVERY_TEXT_SIZE])
{
    unsigned char secret[KEY_SIZE], public_half[KEY_SIZE], sealed[SEALED_SIZE];
    struct house_secrets h = { 0 };
    char copy[KEYFILE_PATH_MAX];
    if (sodium_init() < 0)
        return ERR_IO;
    enum err e = read_secrets(keys_dir, credentials, &h);
    if (e == ERR_OK) {
        rng_fill(rng, secret, sizeof(secret));
        crypto_scalarmult_base(public_half, secret);
        crypto_box_seal(sealed, (const unsigned char *)&h, sizeof(h), public_half);
        e = put(keys_dir, RECOVERY_SEALED, KEYRING_MODE_SHARED, sealed, sizeof(sealed));
    }
    mem_wipe(&h, sizeof(h));
    enum err kept = e == ERR_OK ? copy_folder(keys_dir, copy) : ERR_NONE;
    if (kept != ERR_NONE)
        e = kept == ERR_OK ? copy_sealed(keys_dir, copy) : kept;
    if (e == ERR_OK)
        write_text(secret, ret_text);
    mem_wipe(secret, sizeof(secret));
    return e;
}

enum err recovery_copy_to(const char *keys_dir, const char *folder)
{
    char link[KEYFILE_PATH_MAX], copy[KEYFILE_PATH_MAX];
    struct stat st;
    if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
        return ERR_NOT_FOUND;
    CLEANUP(mem_freep) char *whole = mem_alloc(PATH_MAX);
    if (!whole)
        return ERR_NOMEM;
    if (!realpath(folder, whole))
        return ERR_IO;
    CLEANUP(buf_done) struct buf keyring = buf_make(KEYRING_TEXT_MAX);
    enum err e = get(keys_dir, KEYRING_FILE, &keyring);
    if (e == ERR_OK)
        e = copy_sealed(keys_dir, whole);
    if (e == ERR_OK)
        e = put(whole, KEYRING_FILE, KEYRING_MODE_SHARED, keyring.v, keyring.n);
    if (e == ERR_OK)
        e = keyfile_path(keys_dir, RECOVERY_COPY, copy);
    if (e == ERR_OK)
        e = keyfile_path(keys_dir, RECOVERY_COPY ".new", link);
    if (e != ERR_OK)
        return e;
    unlink(link);
    return symlink(whole, link) == 0 && rename(link, copy) == 0 ? ERR_OK : ERR_IO;
}

enum err recovery_look(const char *keys_dir, struct recovery_state *ret_state)
{
    char path[KEYFILE_PATH_MAX];
    struct recovery_state s = { 0 };
    CLEANUP(buf_done) struct buf ours = buf_make(KEYRING_TEXT_MAX);
    CLEANUP(buf_done) struct buf theirs = buf_make(KEYRING_TEXT_MAX);
    enum err e = keyfile_path(keys_dir, RECOVERY_SEALED, path);
    if (e == ERR_OK)
        e = get(keys_dir, KEYRING_FILE, &ours);
    if (e != ERR_OK)
        return e;
    s.made = access(path, F_OK) == 0;
    e = copy_folder(keys_dir, path);
    s.copied = e == ERR_OK;
    if (s.copied)
        s.same = get(path, KEYRING_FILE, &theirs) == ERR_OK && ours.n == theirs.n &&
                 memcmp(ours.v, theirs.v, ours.n) == 0;
    if (e != ERR_OK && e != ERR_NONE)
        return e;
    *ret_state = s;
    return ERR_OK;
}

/* ---- the way back ---- */

static enum err unseal(const struct buf *sealed, const unsigned char secret[KEY_SIZE],
                       struct house_secrets *ret)
{
    unsigned char public_half[KEY_SIZE];
    struct first_secrets f;
    const unsigned char *bytes = (const unsigned char *)sealed->v;
    crypto_scalarmult_base(public_half, secret);
    if (sealed->n == SEALED_SIZE)
        return crypto_box_seal_open((unsigned char *)ret, bytes, sealed->n, public_half, secret)
                   ? ERR_DENIED
                   : ERR_OK;
    if (sealed->n != FIRST_SEALED_SIZE)
        return ERR_CORRUPT;
    if (crypto_box_seal_open((unsigned char *)&f, bytes, sealed->n, public_half, secret))
        return ERR_DENIED;
    memcpy(ret->device.wrap, f.device, KEY_SIZE);
    memcpy(ret->device.house, f.device, KEY_SIZE);
    memcpy(ret->audit, f.audit, KEY_SIZE);
    memcpy(ret->upload, f.upload, KEY_SIZE);
    mem_wipe(&f, sizeof(f));
    return ERR_OK;
}

static enum err open_sealed(const char *from, const char *text, struct house_secrets *ret)
{
    unsigned char secret[KEY_SIZE];
    CLEANUP(buf_done) struct buf sealed = buf_make(SEALED_SIZE);
    enum err e = read_text(text, secret);
    if (e == ERR_OK)
        e = get(from, RECOVERY_SEALED, &sealed);
    if (e == ERR_LIMIT)
        e = ERR_CORRUPT;
    if (e == ERR_OK)
        e = unseal(&sealed, secret, ret);
    mem_wipe(secret, sizeof(secret));
    return e;
}

static enum err read_keyring(const char *from, struct keyring_entries *ret_days)
{
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    enum err e = get(from, KEYRING_FILE, &text);
    if (e == ERR_LIMIT)
        return ERR_CORRUPT;
    return e == ERR_OK ? keyring_parse(buf_str(&text), text.n, ret_days) : e;
}

static bool same_folder(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static enum err set_aside(const char *dir)
{
    char aside[KEYFILE_PATH_MAX];
    for (int i = 1; i <= ASIDE_MAX; i++) {
        if (snprintf(aside, sizeof(aside), "%s.aside-%d", dir, i) >= (int)sizeof(aside))
            return ERR_LIMIT;
        if (renameat2(AT_FDCWD, dir, AT_FDCWD, aside, RENAME_NOREPLACE) == 0)
            return ERR_OK;
        if (errno != EEXIST && errno != ENOTEMPTY)
            return ERR_IO;
    }
    return ERR_LIMIT;
}

static enum err make_room(const struct recovery_options *o)
{
    struct stat st;
    if (stat(o->keys_dir, &st) != 0)
        return errno == ENOENT ? ERR_OK : ERR_IO;
    if (same_folder(o->from, o->keys_dir))
        return ERR_OK;
    return o->force ? set_aside(o->keys_dir) : ERR_EXISTS;
}

/* The keyring last: it marks the folder as whole. */
static enum err put_all(const char *dir, const struct house_secrets *h,
                        const struct keyring_entries *days)
{
    char path[KEYFILE_PATH_MAX];
    unsigned char public_half[KEY_SIZE];
    crypto_scalarmult_base(public_half, h->upload);
    enum err e = keyring_make_folder(dir);
    if (e == ERR_OK)
        e = keyring_put_device(dir, &h->device);
    if (e == ERR_OK)
        e = put(dir, KEYRING_AUDIT, KEYRING_MODE_SECRET, h->audit, KEY_SIZE);
    if (e == ERR_OK)
        e = put(dir, KEYRING_UPLOAD, KEYRING_MODE_SECRET, h->upload, KEY_SIZE);
    if (e == ERR_OK)
        e = put(dir, KEYRING_UPLOAD_PUBLIC, KEYRING_MODE_PUBLIC, public_half, KEY_SIZE);
    if (e == ERR_OK)
        e = put(dir, KEYRING_LOCK, KEYRING_MODE_SHARED, "", 0);
    if (e == ERR_OK)
        e = keyfile_path(dir, KEYRING_FILE, path);
    return e == ERR_OK ? keyring_write(&file_ops_real, path, days) : e;
}

enum err recovery_open(const struct recovery_options *o)
{
    CLEANUP(keyring_entries_done) struct keyring_entries days = { 0 };
    struct house_secrets h;
    CLEANUP(buf_done) struct buf sealed = buf_make(SEALED_SIZE);
    if (sodium_init() < 0)
        return ERR_IO;
    enum err e = open_sealed(o->from, o->text, &h);
    if (e != ERR_OK)
        return e;
    e = read_keyring(o->from, &days);
    if (e == ERR_OK)
        e = get(o->from, RECOVERY_SEALED, &sealed); /* before its folder may move aside */
    if (e == ERR_OK)
        e = make_room(o);
    if (e == ERR_OK)
        e = put_all(o->keys_dir, &h, &days);
    if (e == ERR_OK)
        e = put(o->keys_dir, RECOVERY_SEALED, KEYRING_MODE_SHARED, sealed.v, sealed.n);
    mem_wipe(&h, sizeof(h));
    return e;
}
