#include "crypt/keyfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"

static int rename_real(const char *from, const char *to)
{
    return rename(from, to);
}

const struct file_ops file_ops_real = { .write = write, .fsync = fsync, .rename = rename_real };

static void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

enum err keyfile_path(const char *dir, const char *name, char out[KEYFILE_PATH_MAX])
{
    int n = snprintf(out, KEYFILE_PATH_MAX, "%s/%s", dir, name);
    return n < 0 || n >= KEYFILE_PATH_MAX ? ERR_LIMIT : ERR_OK;
}

/* Reads at most n bytes, over short reads and signals. */
static ssize_t read_up_to(int fd, unsigned char *bytes, size_t n)
{
    size_t got = 0;
    while (got < n) {
        ssize_t r = read(fd, bytes + got, n - got);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0)
            return -1;
        if (r == 0)
            break;
        got += (size_t)r;
    }
    return (ssize_t)got;
}

static enum err open_secret(const char *path, bool credential, int *ret_fd)
{
    mode_t refused = credential ? 027 : 077;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno == ENOENT                      ? ERR_NOT_FOUND
               : errno == EACCES || errno == ELOOP ? ERR_DENIED
                                                   : ERR_IO;
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (st.st_mode & refused)) {
        close(fd);
        return ERR_DENIED;
    }
    *ret_fd = fd;
    return ERR_OK;
}

enum err keyfile_read(const char *path, bool credential, void *ret_bytes, size_t n)
{
    unsigned char bytes[256];
    if (n >= sizeof(bytes))
        return ERR_INVAL;
    CLEANUP(fd_closep) int fd = -1;
    enum err e = open_secret(path, credential, &fd);
    if (e != ERR_OK)
        return e;
    ssize_t got = read_up_to(fd, bytes, n + 1); /* one more shows a longer file */
    if (got == (ssize_t)n)
        memcpy(ret_bytes, bytes, n);
    mem_wipe(bytes, sizeof(bytes));
    return got == (ssize_t)n ? ERR_OK : got < 0 ? ERR_IO : ERR_CORRUPT;
}

static enum err write_all(const struct file_ops *ops, int fd, const unsigned char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t w = ops->write(fd, bytes, n);
        if (w < 0 && errno == EINTR)
            continue;
        if (w <= 0)
            return ERR_IO;
        bytes += w;
        n -= (size_t)w;
    }
    return ERR_OK;
}

/* A leftover of a power cut is made anew, so that its rights are right too. */
static enum err write_new(const struct file_ops *ops, const char *path, mode_t mode,
                          const void *bytes, size_t n)
{
    unlink(path);
    CLEANUP(fd_closep) int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (fd < 0 || fchmod(fd, mode) != 0)
        return ERR_IO;
    enum err e = write_all(ops, fd, bytes, n);
    return e == ERR_OK && ops->fsync(fd) != 0 ? ERR_IO : e;
}

enum err keyfile_sync_folder(const struct file_ops *ops, const char *path)
{
    char dir[KEYFILE_PATH_MAX];
    snprintf(dir, sizeof(dir), "%s", path);
    char *slash = strrchr(dir, '/');
    if (slash)
        *(slash == dir ? slash + 1 : slash) = '\0';
    CLEANUP(fd_closep) int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 || ops->fsync(fd) != 0 ? ERR_IO : ERR_OK;
}

/* Zeros where a replaced file lay; one that has another name (a snapshot) stays. */
static void wipe_old(const struct file_ops *ops, int fd)
{
    static const unsigned char zeros[4096];
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || st.st_nlink != 0)
        return;
    enum err e = ERR_OK;
    for (off_t left = st.st_size; e == ERR_OK && left > 0; left -= (off_t)sizeof(zeros))
        e = write_all(ops, fd, zeros, left < (off_t)sizeof(zeros) ? (size_t)left : sizeof(zeros));
    if (e != ERR_OK || ops->fsync(fd) != 0)
        log_event(LOG_LEVEL_WARN, "keyfile.wipe", NULL, errno);
}

enum err keyfile_replace(const struct file_ops *ops, const char *path, mode_t mode,
                         const void *bytes, size_t n)
{
    char fresh[KEYFILE_PATH_MAX];
    int length = snprintf(fresh, sizeof(fresh), "%s.new", path);
    if (length < 0 || length >= (int)sizeof(fresh))
        return ERR_LIMIT;
    CLEANUP(fd_closep) int old = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    enum err e = write_new(ops, fresh, mode, bytes, n);
    if (e == ERR_OK && ops->rename(fresh, path) != 0)
        e = ERR_IO;
    if (e != ERR_OK) {
        unlink(fresh);
        return e;
    }
    e = keyfile_sync_folder(ops, path);
    if (e == ERR_OK)
        wipe_old(ops, old);
    return e;
}
