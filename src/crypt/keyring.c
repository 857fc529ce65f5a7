#include "crypt/keyring.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "crypt/keyring_keys.h"

#define LOCK_MS 5000
#define LOCK_PAUSE_NS 2000000

static void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

enum err keyring_write(const struct file_ops *files, const char *path,
                       const struct keyring_entries *days)
{
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    enum err e = keyring_print(days, &text);
    return e == ERR_OK ? keyfile_replace(files, path, KEYRING_MODE_SHARED, text.v, text.n) : e;
}

static bool same_file(const struct file_id *id, const struct stat *st)
{
    return id->dev == st->st_dev && id->ino == st->st_ino && id->size == st->st_size &&
           id->changed.tv_sec == st->st_mtim.tv_sec && id->changed.tv_nsec == st->st_mtim.tv_nsec;
}

static enum err read_text(int fd, struct buf *out)
{
    char part[4096];
    for (;;) {
        ssize_t n = read(fd, part, sizeof(part));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0)
            return buf_err(out);
        buf_add(out, part, (size_t)n);
    }
}

static enum err load_once(struct keyring *k)
{
    CLEANUP(fd_closep) int fd = open(k->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : errno == EACCES ? ERR_DENIED : ERR_IO;
    struct stat st;
    if (fstat(fd, &st) != 0)
        return ERR_IO;
    CLEANUP(buf_done) struct buf text = buf_make(KEYRING_TEXT_MAX);
    enum err e = read_text(fd, &text);
    struct keyring_entries days = { 0 };
    if (e == ERR_OK)
        e = keyring_parse(buf_str(&text), text.n, &days);
    if (e != ERR_OK)
        return e;
    keyring_entries_done(&k->days);
    k->days = days;
    k->seen = (struct file_id){ st.st_dev, st.st_ino, st.st_size, st.st_mtim };
    k->safe = false;
    keyring_forget(k);
    return ERR_OK;
}

/* Who replaces the file writes over the old one's bytes, which another program may have open just
 * then: what reads as damaged is read again under its name. */
static enum err load(struct keyring *k)
{
    enum { TRIES = 8 };
    enum err e = ERR_CORRUPT;
    for (int i = 0; e == ERR_CORRUPT && i < TRIES; i++)
        e = load_once(k);
    return e;
}

enum err keyring_refresh(struct keyring *k)
{
    struct stat st;
    if (stat(k->path, &st) != 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    return same_file(&k->seen, &st) ? ERR_OK : load(k);
}

static enum err read_secret(const struct keyring_options *o, const char *name, void *ret, size_t n)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = ERR_NOT_FOUND;
    if (o->credentials) {
        e = keyfile_path(o->credentials, name, path);
        if (e == ERR_OK)
            e = keyfile_read(path, true, ret, n);
    }
    if (e != ERR_NOT_FOUND)
        return e;
    e = keyfile_path(o->dir, name, path);
    return e == ERR_OK ? keyfile_read(path, false, ret, n) : e;
}

enum err keyring_read_key(const struct keyring_options *o, const char *name,
                          unsigned char ret[KEY_SIZE])
{
    return read_secret(o, name, ret, KEY_SIZE);
}

enum err keyring_read_device(const struct keyring_options *o, struct device_key *ret)
{
    enum err e = read_secret(o, KEYRING_DEVICE, ret, sizeof(*ret));
    if (e != ERR_CORRUPT)
        return e;
    e = read_secret(o, KEYRING_DEVICE, ret->wrap, KEY_SIZE);
    if (e == ERR_OK)
        memcpy(ret->house, ret->wrap, KEY_SIZE);
    return e;
}

static enum err open_house(struct keyring *k, const struct keyring_options *o)
{
    struct house_keys *h = &k->secrets->house;
    struct device_key device;
    enum err e = keyring_read_device(o, &device);
    if (e != ERR_OK)
        return e;
    keyring_derive_house(&device, h);
    mem_wipe(&device, sizeof(device));
    e = keyring_read_key(o, KEYRING_AUDIT, h->audit);
    k->house = e == ERR_OK;
    return e;
}

static enum err open_upload(struct keyring *k, const struct keyring_options *o)
{
    enum err e = keyring_read_key(o, KEYRING_UPLOAD, k->secrets->upload);
    k->upload = e == ERR_OK;
    return e;
}

/* The public half is no secret, so its rights are not looked at. */
static enum err read_upload_public(struct keyring *k)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(k->dir, KEYRING_UPLOAD_PUBLIC, path);
    CLEANUP(buf_done) struct buf bytes = buf_make(KEY_SIZE);
    if (e == ERR_OK)
        e = buf_read_file(&bytes, path);
    if (e == ERR_LIMIT || (e == ERR_OK && bytes.n != KEY_SIZE))
        return ERR_CORRUPT;
    if (e == ERR_OK)
        memcpy(k->secrets->upload_public, bytes.v, KEY_SIZE);
    return e;
}

static void keyring_closep(struct keyring **k)
{
    keyring_close(*k);
}

enum err keyring_open(const struct keyring_options *o, struct keyring **ret_keyring)
{
    if (sodium_init() < 0)
        return ERR_IO;
    CLEANUP(keyring_closep) struct keyring *k = mem_calloc(1, sizeof(*k));
    if (!k)
        return ERR_NOMEM;
    k->secrets = sodium_malloc(sizeof(*k->secrets));
    if (!k->secrets)
        return ERR_NOMEM;
    memset(k->secrets, 0, sizeof(*k->secrets));
    k->rng = o->rng;
    k->busy_ms = o->busy_ms > 0 ? o->busy_ms : LOCK_MS;
    k->files = o->files ? o->files : &file_ops_real;
    enum err e = keyfile_path(o->dir, KEYRING_FILE, k->path);
    if (e == ERR_OK) {
        snprintf(k->dir, sizeof(k->dir), "%s", o->dir); /* shorter than the path, so it fits */
        e = load(k);
    }
    if (e == ERR_OK)
        e = read_upload_public(k);
    if (e == ERR_OK && o->house)
        e = open_house(k, o);
    if (e == ERR_OK && o->upload)
        e = open_upload(k, o);
    if (e == ERR_OK)
        *ret_keyring = TAKE(k);
    return e;
}

void keyring_close(struct keyring *k)
{
    if (!k)
        return;
    keyring_entries_done(&k->days);
    sodium_free(k->secrets); /* wipes */
    mem_free(k);
}

/* ---- dates ---- */

struct keyring_entry *keyring_find(const struct keyring *k, int32_t day)
{
    size_t lo = 0, hi = k->days.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (k->days.v[mid].day < day)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < k->days.n && k->days.v[lo].day == day ? &k->days.v[lo] : NULL;
}

size_t keyring_count(const struct keyring *k)
{
    return k->days.n;
}

struct keyring_day keyring_at(const struct keyring *k, size_t i)
{
    const struct keyring_entry *e = &k->days.v[i];
    return (struct keyring_day){ .day = e->day, .house = e->house, .upload = e->upload };
}

static enum err add_day(struct keyring *k, int32_t day)
{
    struct keyring_entries *l = &k->days;
    if (l->n >= KEYRING_DAYS_MAX)
        return ERR_LIMIT;
    if (!mem_grow(&l->v, &l->cap, l->n, sizeof(*l->v)))
        return ERR_NOMEM;
    size_t at = l->n;
    for (; at > 0 && l->v[at - 1].day > day; at--)
        l->v[at] = l->v[at - 1];
    l->v[at] = (struct keyring_entry){ .day = day };
    l->n++;
    keyring_wrap_for_house(k, &l->v[at]);
    keyring_wrap_for_upload(k, &l->v[at]);
    return ERR_OK;
}

/* Bounded: whoever hangs while he holds the lock must not hang everybody. */
static enum err lock_folder(const struct keyring *k, int *ret_fd)
{
    char path[KEYFILE_PATH_MAX];
    enum err e = keyfile_path(k->dir, KEYRING_LOCK, path);
    if (e != ERR_OK)
        return e;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return errno == EACCES ? ERR_DENIED : ERR_IO;
    int64_t until = clock_real_mono_ms() + k->busy_ms;
    do {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0) {
            *ret_fd = fd;
            return ERR_OK;
        }
        nanosleep(&(struct timespec){ .tv_nsec = LOCK_PAUSE_NS }, NULL);
    } while (clock_real_mono_ms() < until);
    close(fd);
    return ERR_BUSY;
}

enum err keyring_make_safe(struct keyring *k)
{
    enum err e = k->safe ? ERR_OK : keyfile_sync_folder(k->files, k->path);
    k->safe = e == ERR_OK;
    return e;
}

/* What changes the entry of a date, or makes it; the result is written. */
typedef enum err (*day_change)(struct keyring *k, int32_t day, bool *ret_changed);

/* What is destroyed goes from the second copy first, so that nothing is called gone that is
 * still there. A new date waits for nobody: a medium that is missing must not turn visitors
 * away, and the next change brings its copy up to date. */
static enum err write_both(struct keyring *k, bool adds)
{
    enum err copied = adds ? ERR_OK : recovery_copy(k->dir, &k->days);
    enum err e = copied == ERR_OK ? keyring_write(k->files, k->path, &k->days) : copied;
    if (e == ERR_OK && adds)
        copied = recovery_copy(k->dir, &k->days);
    if (copied != ERR_OK)
        log_error("keyring.copy", copied, NULL);
    return e;
}

/* Nobody knows what the file says: the next call reads it, or fails. To go on with what was to be
 * written would be to seal under a key that is on no disk, or to call one destroyed that is. */
static void doubt(struct keyring *k)
{
    keyring_entries_done(&k->days);
    k->days = (struct keyring_entries){ 0 };
    k->seen = (struct file_id){ 0 };
    keyring_forget(k);
}

/* On an error the keyring in memory is again what the file says. */
static enum err change_day(struct keyring *k, int32_t day, day_change change, bool adds)
{
    CLEANUP(fd_closep) int lock = -1;
    enum err e = lock_folder(k, &lock);
    if (e == ERR_OK)
        e = keyring_refresh(k);
    if (e != ERR_OK)
        return e;
    bool changed = false;
    e = change(k, day, &changed);
    if (e == ERR_OK && !changed)
        return keyring_make_safe(k);
    if (e == ERR_OK)
        e = write_both(k, adds);
    enum err again = load(k);
    if (again != ERR_OK)
        doubt(k);
    k->safe = e == ERR_OK && again == ERR_OK;
    return e != ERR_OK ? e : again;
}

static enum err change_make(struct keyring *k, int32_t day, bool *ret_changed)
{
    const struct keyring_entry *e = keyring_find(k, day);
    if (e)
        return e->house ? ERR_OK : ERR_DENIED;
    *ret_changed = true;
    return add_day(k, day);
}

enum err keyring_make_day(struct keyring *k, int32_t day)
{
    const struct keyring_entry *e = keyring_find(k, day);
    if (e)
        return e->house ? keyring_make_safe(k) : ERR_DENIED;
    if (!k->house)
        return ERR_INVAL;
    return change_day(k, day, change_make, true);
}

static enum err change_drop_house(struct keyring *k, int32_t day, bool *ret_changed)
{
    struct keyring_entry *e = keyring_find(k, day);
    if (!e)
        return ERR_NOT_FOUND;
    *ret_changed = e->house;
    e->house = false;
    mem_wipe(e->house_wrap, sizeof(e->house_wrap));
    return ERR_OK;
}

static enum err change_drop_upload(struct keyring *k, int32_t day, bool *ret_changed)
{
    struct keyring_entry *e = keyring_find(k, day);
    if (!e)
        return ERR_NOT_FOUND;
    *ret_changed = e->upload;
    e->upload = false;
    mem_wipe(e->upload_wrap, sizeof(e->upload_wrap));
    return ERR_OK;
}

enum err keyring_drop_house(struct keyring *k, int32_t day)
{
    return change_day(k, day, change_drop_house, false);
}

enum err keyring_drop_upload(struct keyring *k, int32_t day)
{
    return change_day(k, day, change_drop_upload, false);
}
