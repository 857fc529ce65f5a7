#include "store/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

/* A mebibyte: a writer's commit never stands behind more of the copy on its way to the disk. */
#define STEP_PAGES 256
#define BUSY_PAUSE_NS 1000000
/* Whoever has a database open in WAL mode holds a lock on one of these bytes:
 * https://www.sqlite.org/src/file/src/os.h, PENDING_BYTE to the end of SHARED. */
#define LOCK_START 0x40000000
#define LOCK_LENGTH 512

static const char SQL_PAGES[] = "PRAGMA page_count";
static const char SQL_ONE_FILE[] = "PRAGMA journal_mode = DELETE";
static const char SQL_INTEGRITY[] = "PRAGMA integrity_check(1)";
static const char SQL_FOREIGN_KEYS[] = "SELECT count(*) FROM pragma_foreign_key_check";

const char *const copy_sides[3] = { "-wal", "-shm", "-journal" };

/* ---- files ---- */

enum err copy_errno(void)
{
    switch (errno) {
    case ENOENT:
    case ENOTDIR:
        return ERR_NOT_FOUND;
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_DENIED;
    case ENAMETOOLONG:
        return ERR_LIMIT;
    default:
        return ERR_IO;
    }
}

enum err copy_path(const char *path, const char *suffix, char ret[COPY_PATH_SIZE])
{
    int n = snprintf(ret, COPY_PATH_SIZE, "%s%s", path, suffix);
    return n < 0 || n >= COPY_PATH_SIZE ? ERR_LIMIT : ERR_OK;
}

enum err copy_sync_folder(const char *path)
{
    char dir[COPY_PATH_SIZE];
    enum err e = copy_path(path, "", dir);
    if (e != ERR_OK)
        return e;
    char *slash = strrchr(dir, '/');
    if (slash)
        *(slash == dir ? slash + 1 : slash) = '\0';
    int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return copy_errno();
    bool synced = fsync(fd) == 0;
    close(fd);
    return synced ? ERR_OK : ERR_IO;
}

enum err copy_in_use(const char *path, bool *ret_used)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return copy_errno();
    struct flock l = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = LOCK_START, .l_len = LOCK_LENGTH
    };
    int rc = fcntl(fd, F_OFD_GETLK, &l);
    close(fd);
    if (rc != 0)
        return ERR_IO;
    *ret_used = l.l_type != F_UNLCK;
    return ERR_OK;
}

static void remove_sides(const char *path)
{
    char side[COPY_PATH_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(copy_sides); i++)
        if (copy_path(path, copy_sides[i], side) == ERR_OK)
            unlink(side);
}

/* The file may have been renamed into its place between our open() and our lock. */
static bool still_there(const struct fresh *f)
{
    struct stat ours, there;
    return fstat(f->fd, &ours) == 0 && stat(f->path, &there) == 0 && ours.st_dev == there.st_dev &&
           ours.st_ino == there.st_ino;
}

enum err fresh_begin(const char *place, mode_t mode, struct fresh *ret_fresh)
{
    struct fresh f = { .fd = -1 };
    enum err e = copy_path(place, "", f.place);
    if (e == ERR_OK)
        e = copy_path(place, ".new", f.path);
    if (e != ERR_OK)
        return e;
    f.fd = open(f.path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, mode);
    if (f.fd < 0)
        return copy_errno();
    if (flock(f.fd, LOCK_EX | LOCK_NB) != 0 || !still_there(&f))
        e = ERR_BUSY;
    else if (ftruncate(f.fd, 0) != 0 || fchmod(f.fd, mode) != 0)
        e = copy_errno();
    if (e != ERR_OK) {
        close(f.fd);
        return e;
    }
    remove_sides(f.path);
    *ret_fresh = f;
    return ERR_OK;
}

enum err fresh_keep(struct fresh *f)
{
    if (fsync(f->fd) != 0)
        return ERR_IO;
    if (rename(f->path, f->place) != 0)
        return copy_errno();
    close(f->fd);
    f->path[0] = '\0';
    return copy_sync_folder(f->place);
}

void fresh_done(struct fresh *f)
{
    if (!f->path[0])
        return;
    unlink(f->path);
    remove_sides(f->path);
    close(f->fd);
    f->path[0] = '\0';
}

/* ---- pages ---- */

enum err copy_count(struct store *s, int64_t *ret_pages)
{
    return store_query_int(s, SQL_PAGES, ret_pages);
}

static enum err room_for(const struct fresh *f, int64_t pages)
{
    struct statvfs v;
    if (fstatvfs(f->fd, &v) != 0)
        return ERR_IO;
    int64_t room = (int64_t)v.f_bavail * (int64_t)v.f_frsize;
    return room < pages * 4096 + COPY_ROOM ? ERR_LIMIT : ERR_OK;
}

/* What was written goes to the disk bit by bit, for a large sync at the end would hold up
 * the small ones of everybody else. */
static enum err all_steps(struct store *to, sqlite3_backup *b, int fd)
{
    int64_t moved = clock_real_mono_ms();
    for (;;) {
        int rc = sqlite3_backup_step(b, STEP_PAGES);
        if (rc == SQLITE_DONE)
            return ERR_OK;
        bool wait = (rc == SQLITE_BUSY || rc == SQLITE_LOCKED) &&
                    clock_real_mono_ms() - moved < STORE_PATIENT_MS;
        if (rc != SQLITE_OK && !wait)
            return store_err(to, rc);
        if (wait) {
            nanosleep(&(struct timespec){ .tv_nsec = BUSY_PAUSE_NS }, NULL);
            continue;
        }
        moved = clock_real_mono_ms();
        if (fdatasync(fd) != 0)
            return ERR_IO;
    }
}

/* With a read of one moment open on the source, no writer makes the copy start again. */
static enum err run_backup(struct store *from, struct store *to, int fd)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    int64_t pages = 0;
    enum err e = store_begin_read(from, &tx);
    if (e == ERR_OK)
        e = copy_count(from, &pages);
    if (e != ERR_OK)
        return e;
    sqlite3_backup *b = sqlite3_backup_init(to->db, "main", from->db, "main");
    if (!b)
        return store_err(to, sqlite3_errcode(to->db));
    e = all_steps(to, b, fd);
    int rc = sqlite3_backup_finish(b);
    return e == ERR_OK && rc != SQLITE_OK ? store_err(to, rc) : e;
}

enum err copy_pragma(struct store *s, const char *sql, const char *word)
{
    char got[64] = "";
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    enum err e = stmt_one(&q);
    if (e == ERR_OK)
        col_text(&q, 0, got, sizeof(got));
    return e == ERR_OK && strcmp(got, word) != 0 ? ERR_IO : e;
}

enum err copy_pages(struct store *from, const struct fresh *f, struct store **ret_to)
{
    CLEANUP(store_closep) struct store *to = NULL;
    const struct store_options o = { .path = f->path, .rng = from->rng, .busy_ms = from->busy_ms };
    int64_t pages = 0;
    enum err e = copy_count(from, &pages);
    if (e == ERR_OK)
        e = room_for(f, pages);
    if (e == ERR_OK)
        e = store_connect(&o, false, &to);
    if (e == ERR_OK)
        e = run_backup(from, to, f->fd);
    if (e == ERR_OK)
        e = copy_pragma(to, SQL_ONE_FILE, "delete");
    if (e == ERR_OK)
        *ret_to = TAKE(to);
    return e;
}

enum err copy_check(struct store *s)
{
    int64_t broken = 0;
    enum err e = copy_pragma(s, SQL_INTEGRITY, "ok");
    if (e == ERR_IO && !store_failed(s))
        e = ERR_CORRUPT;
    if (e == ERR_OK)
        e = store_query_int(s, SQL_FOREIGN_KEYS, &broken);
    return e == ERR_OK && broken > 0 ? ERR_CORRUPT : e;
}
