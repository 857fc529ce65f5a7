#include "tests/faults/calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/attr.h"

#define FIRST_FD 100000
#define FILES 256
#define PLENTY (INT64_C(1) << 30)

const char *const call_names[CALL_KINDS] = { "open", "read",   "write", "sync",
                                             "lock", "resize", "name" };

struct open_file {
    bool used;
    int node;
    off_t at;
    int64_t failed; /* failed syncs of the file that this one was told of, or came after */
    char path[DISK_PATH];
};

static struct {
    struct disk *disk;
    struct rng rng;
    struct call_faults faults;
    struct open_file files[FILES];
    unsigned long counts[CALL_KINDS], all, failed;
    bool off, killing;
    bool spared; /* the call after a failed sync, with which the store marks it, is not killed */
    utc_ms wall;
    int64_t mono;
} sim = { .wall = INT64_C(1780308000000), .mono = 1000000 };

/* ---- faults ---- */

static bool drawn(uint32_t of_a_million)
{
    return of_a_million && rng_below(&sim.rng, 1000000) < of_a_million;
}

static bool dead(void)
{
    return sim.off || sim.killing || !sim.disk;
}

/* Also where the call itself was still under way: half of it may be done. */
static bool cuts_power(void)
{
    bool here = sim.faults.cut_at && --sim.faults.cut_at == 0;
    if (here || drawn(sim.faults.cut))
        sim.off = true;
    return sim.off;
}

static bool fails_here(enum call_kind k)
{
    struct call_faults *f = &sim.faults;
    if (f->fail_at && f->at_kind == k) {
        if (f->fail_at > 1) {
            f->fail_at--;
        } else {
            f->fail_at = f->for_ever ? 1 : 0;
            return true;
        }
    }
    return drawn(f->fail[k]);
}

static int refuse(int why)
{
    errno = why;
    return -1;
}

/* 0 to go on; else errno is set. */
static int pass(enum call_kind k)
{
    if (dead())
        return refuse(EIO);
    sim.all++;
    sim.counts[k]++;
    sim.killing = !sim.spared && drawn(sim.faults.kill);
    sim.spared = false;
    if (cuts_power() || sim.killing)
        return refuse(EIO);
    bool changes = k == CALL_WRITE || k == CALL_SIZE || k == CALL_NAME;
    if (changes && sim.faults.read_only)
        return refuse(EROFS);
    if (fails_here(k)) {
        sim.failed++;
        return refuse(k == CALL_LOCK ? EAGAIN : EIO);
    }
    return 0;
}

/* ---- files ---- */

static bool is_ours(const char *path)
{
    size_t n = strlen(DISK_ROOT);
    return strncmp(path, DISK_ROOT, n) == 0 && (path[n] == '/' || path[n] == '\0');
}

static struct open_file *file_of(int fd)
{
    return fd >= FIRST_FD && fd < FIRST_FD + FILES ? &sim.files[fd - FIRST_FD] : NULL;
}

static int new_file(int node, const char *path)
{
    for (int i = 0; i < FILES; i++) {
        struct open_file *f = &sim.files[i];
        if (f->used)
            continue;
        *f = (struct open_file){ .used = true,
                                 .node = node,
                                 .failed = disk_stat(sim.disk, node).failed };
        snprintf(f->path, sizeof(f->path), "%s", path);
        disk_in_use(sim.disk, node, 1);
        return FIRST_FD + i;
    }
    return refuse(EMFILE);
}

static int sim_open(const char *path, int flags, mode_t mode)
{
    if (pass(CALL_OPEN) != 0)
        return -1;
    int node = disk_find(sim.disk, path);
    if (node != DISK_NO_NODE && (flags & O_CREAT) && (flags & O_EXCL))
        return refuse(EEXIST);
    if (node == DISK_NO_NODE && !(flags & O_CREAT))
        return refuse(ENOENT);
    bool writes = (flags & O_ACCMODE) != O_RDONLY;
    if (sim.faults.read_only && (writes || node == DISK_NO_NODE))
        return refuse(EROFS);
    if (node == DISK_NO_NODE)
        node = disk_make(sim.disk, path, false, mode);
    if (flags & O_TRUNC)
        disk_resize(sim.disk, node, 0);
    return new_file(node, path);
}

static int sim_close(struct open_file *f)
{
    if (!f->used)
        return refuse(EBADF);
    f->used = false;
    if (sim.disk)
        disk_in_use(sim.disk, f->node, -1);
    return 0;
}

static ssize_t sim_pread(struct open_file *f, void *bytes, size_t n, off_t at)
{
    if (pass(CALL_READ) != 0)
        return -1;
    if (n > 1 && drawn(sim.faults.partly))
        n = 1 + rng_below(&sim.rng, (uint32_t)n - 1);
    return (ssize_t)disk_read(sim.disk, f->node, bytes, n, at);
}

/* How many of these bytes the disk has room for. */
static size_t room_for(struct open_file *f, size_t n, off_t at)
{
    off_t size = disk_stat(sim.disk, f->node).size;
    int64_t left = sim.faults.room - disk_bytes(sim.disk);
    if (!sim.faults.room || at + (off_t)n <= size || left >= (int64_t)n + DISK_PAGE)
        return n;
    off_t inside = (size + DISK_PAGE - 1) / DISK_PAGE * DISK_PAGE; /* its last page is there */
    int64_t fits = (left > 0 ? left : 0) + (inside > at ? inside - at : 0);
    return fits < (int64_t)n ? (size_t)fits : n;
}

static ssize_t sim_pwrite(struct open_file *f, const void *bytes, size_t n, off_t at)
{
    bool was_off = dead();
    if (pass(CALL_WRITE) != 0) {
        if ((sim.off || sim.killing) && !was_off && rng_below(&sim.rng, 2))
            disk_write(sim.disk, f->node, bytes, n, at); /* it was under way */
        return -1;
    }
    size_t fits = room_for(f, n, at);
    if (fits == 0 && n > 0)
        return refuse(ENOSPC);
    if (fits > 1 && drawn(sim.faults.partly))
        fits = 1 + rng_below(&sim.rng, (uint32_t)fits - 1);
    disk_write(sim.disk, f->node, bytes, fits, at);
    return (ssize_t)fits;
}

static int sim_fsync(struct open_file *f)
{
    bool folder = sim.disk && disk_stat(sim.disk, f->node).folder;
    bool was_off = dead();
    calls_advance(sim.faults.sync_ms);
    if (pass(CALL_SYNC) != 0) {
        if (!was_off && !dead() && !folder) {
            disk_sync_fails(sim.disk, f->node, &sim.rng);
            f->failed = disk_stat(sim.disk, f->node).failed;
            sim.spared = true;
        }
        return -1;
    }
    if (!strstr(f->path, ".keys") && drawn(sim.faults.lie)) /* keys have a copy elsewhere */
        return 0;
    if (folder)
        disk_sync_folder(sim.disk, f->path);
    else
        disk_sync(sim.disk, f->node);
    if (f->failed != disk_stat(sim.disk, f->node).failed) { /* each open file hears of it once */
        f->failed = disk_stat(sim.disk, f->node).failed;
        return refuse(EIO);
    }
    return 0;
}

static int sim_ftruncate(struct open_file *f, off_t size)
{
    if (pass(CALL_SIZE) != 0)
        return -1;
    disk_resize(sim.disk, f->node, size);
    return 0;
}

static int fill_stat(int node, struct stat *st)
{
    struct disk_stat d = disk_stat(sim.disk, node);
    *st = (struct stat){ .st_dev = 77,
                         .st_ino = (ino_t)node + 1,
                         .st_nlink = (nlink_t)disk_links(sim.disk, node),
                         .st_mode = (d.folder ? S_IFDIR : S_IFREG) | d.mode,
                         .st_uid = geteuid(),
                         .st_gid = getegid(),
                         .st_size = d.size,
                         .st_blksize = DISK_PAGE,
                         .st_mtim = { d.changed / 1000000, d.changed % 1000000 } };
    return 0;
}

static int sim_stat(const char *path, struct stat *st)
{
    if (dead())
        return refuse(EIO);
    int node = disk_find(sim.disk, path);
    return node == DISK_NO_NODE ? refuse(ENOENT) : fill_stat(node, st);
}

static int sim_fstat(struct open_file *f, struct stat *st)
{
    return dead() ? refuse(EIO) : fill_stat(f->node, st);
}

static int sim_access(const char *path)
{
    if (dead())
        return refuse(EIO);
    return disk_find(sim.disk, path) == DISK_NO_NODE ? refuse(ENOENT) : 0;
}

static int sim_unlink(const char *path)
{
    if (pass(CALL_NAME) != 0)
        return -1;
    if (disk_find(sim.disk, path) == DISK_NO_NODE)
        return refuse(ENOENT);
    disk_unlink(sim.disk, path);
    return 0;
}

static int sim_rename(const char *from, const char *to, bool replace)
{
    if (pass(CALL_NAME) != 0)
        return -1;
    if (disk_find(sim.disk, from) == DISK_NO_NODE)
        return refuse(ENOENT);
    if (!replace && disk_find(sim.disk, to) != DISK_NO_NODE)
        return refuse(EEXIST);
    disk_rename(sim.disk, from, to);
    return 0;
}

static int sim_mkdir(const char *path, mode_t mode)
{
    if (pass(CALL_NAME) != 0)
        return -1;
    if (disk_find(sim.disk, path) != DISK_NO_NODE)
        return refuse(EEXIST);
    if (sim.faults.room && disk_bytes(sim.disk) >= sim.faults.room)
        return refuse(ENOSPC);
    (void)disk_make(sim.disk, path, true, mode);
    return 0;
}

static int sim_chmod(int node, mode_t mode)
{
    if (pass(CALL_NAME) != 0)
        return -1;
    if (node == DISK_NO_NODE)
        return refuse(ENOENT);
    disk_set_mode(sim.disk, node, mode);
    return 0;
}

/* One process: whether two of its connections may lock is SQLite's own affair. To let a lock
 * go always works. */
static int sim_fcntl(int cmd, struct flock *l)
{
    if (dead())
        return 0; /* SQLite waits long for a lock; the next read tells it */
    bool locks = cmd == F_SETLK || cmd == F_SETLKW;
    if (locks && l->l_type != F_UNLCK)
        return pass(CALL_LOCK);
    if (cmd != F_GETLK && cmd != F_OFD_GETLK)
        return 0;
    l->l_type = F_UNLCK;
    return pass(CALL_LOCK);
}

static int sim_statvfs(struct statvfs *v)
{
    if (dead())
        return refuse(EIO);
    int64_t left = sim.faults.room ? sim.faults.room - disk_bytes(sim.disk) : PLENTY;
    *v = (struct statvfs){ .f_bsize = DISK_PAGE, .f_frsize = DISK_PAGE, .f_namemax = 255 };
    v->f_bavail = v->f_bfree = (fsblkcnt_t)(left > 0 ? left / DISK_PAGE : 0);
    v->f_blocks = (fsblkcnt_t)(PLENTY / DISK_PAGE);
    return 0;
}

/* ---- the product's calls, by the linker ---- */

int __real_open(const char *path, int flags, mode_t mode);
int __real_close(int fd);
ssize_t __real_read(int fd, void *bytes, size_t n);
ssize_t __real_pread(int fd, void *bytes, size_t n, off_t at);
ssize_t __real_pwrite(int fd, const void *bytes, size_t n, off_t at);
ssize_t __real_write(int fd, const void *bytes, size_t n);
int __real_stat(const char *path, struct stat *st);
int __real_lstat(const char *path, struct stat *st);
int __real_fstat(int fd, struct stat *st);
int __real_access(const char *path, int how);
int __real_faccessat(int at, const char *path, int how, int flags);
int __real_unlink(const char *path);
int __real_rename(const char *from, const char *to);
int __real_renameat2(int at, const char *from, int at_to, const char *to, unsigned flags);
int __real_mkdir(const char *path, mode_t mode);
int __real_chmod(const char *path, mode_t mode);
int __real_fchmod(int fd, mode_t mode);
int __real_ftruncate(int fd, off_t size);
int __real_flock(int fd, int how);
int __real_fcntl(int fd, int cmd, ...);
int __real_statvfs(const char *path, struct statvfs *v);
int __real_fstatvfs(int fd, struct statvfs *v);

int __wrap_open(const char *path, int flags, ...);
int __wrap_close(int fd);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
ssize_t __wrap___read_chk(int fd, void *bytes, size_t n, size_t room);
ssize_t __wrap_pread(int fd, void *bytes, size_t n, off_t at);
ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t at);
ssize_t __wrap_write(int fd, const void *bytes, size_t n);
int __wrap_stat(const char *path, struct stat *st);
int __wrap_lstat(const char *path, struct stat *st);
int __wrap_fstat(int fd, struct stat *st);
int __wrap_access(const char *path, int how);
int __wrap_faccessat(int at, const char *path, int how, int flags);
int __wrap_unlink(const char *path);
int __wrap_rename(const char *from, const char *to);
int __wrap_renameat2(int at, const char *from, int at_to, const char *to, unsigned flags);
int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_chmod(const char *path, mode_t mode);
int __wrap_fchmod(int fd, mode_t mode);
int __wrap_ftruncate(int fd, off_t size);
int __wrap_flock(int fd, int how);
int __wrap_fcntl(int fd, int cmd, ...);
int __wrap_statvfs(const char *path, struct statvfs *v);
int __wrap_fstatvfs(int fd, struct statvfs *v);
int __wrap_posix_fadvise(int fd, off_t at, off_t n, int advice);
int __wrap_nanosleep(const struct timespec *t, struct timespec *left);
int __wrap_clock_gettime(clockid_t id, struct timespec *t);

int __wrap_open(const char *path, int flags, ...)
{
    va_list args;
    va_start(args, flags);
    mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
    va_end(args);
    return is_ours(path) ? sim_open(path, flags, mode) : __real_open(path, flags, mode);
}

int __wrap_close(int fd)
{
    struct open_file *f = file_of(fd);
    return f ? sim_close(f) : __real_close(fd);
}

static ssize_t read_on(struct open_file *f, void *bytes, size_t n)
{
    ssize_t got = sim_pread(f, bytes, n, f->at);
    f->at += got > 0 ? got : 0;
    return got;
}

static ssize_t write_on(struct open_file *f, const void *bytes, size_t n)
{
    ssize_t put = sim_pwrite(f, bytes, n, f->at);
    f->at += put > 0 ? put : 0;
    return put;
}

ssize_t __wrap_read(int fd, void *bytes, size_t n)
{
    struct open_file *f = file_of(fd);
    return f ? read_on(f, bytes, n) : __real_read(fd, bytes, n);
}

ssize_t __wrap___read_chk(int fd, void *bytes, size_t n, size_t room)
{
    return n <= room ? __wrap_read(fd, bytes, n) : refuse(EFAULT);
}

ssize_t __wrap_write(int fd, const void *bytes, size_t n)
{
    struct open_file *f = file_of(fd);
    return f ? write_on(f, bytes, n) : __real_write(fd, bytes, n);
}

ssize_t __wrap_pread(int fd, void *bytes, size_t n, off_t at)
{
    struct open_file *f = file_of(fd);
    return f ? sim_pread(f, bytes, n, at) : __real_pread(fd, bytes, n, at);
}

ssize_t __wrap_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
    struct open_file *f = file_of(fd);
    return f ? sim_pwrite(f, bytes, n, at) : __real_pwrite(fd, bytes, n, at);
}

int __wrap_stat(const char *path, struct stat *st)
{
    return is_ours(path) ? sim_stat(path, st) : __real_stat(path, st);
}

int __wrap_lstat(const char *path, struct stat *st)
{
    return is_ours(path) ? sim_stat(path, st) : __real_lstat(path, st);
}

int __wrap_fstat(int fd, struct stat *st)
{
    struct open_file *f = file_of(fd);
    return f ? sim_fstat(f, st) : __real_fstat(fd, st);
}

int __wrap_access(const char *path, int how)
{
    return is_ours(path) ? sim_access(path) : __real_access(path, how);
}

int __wrap_faccessat(int at, const char *path, int how, int flags)
{
    return is_ours(path) ? sim_access(path) : __real_faccessat(at, path, how, flags);
}

int __wrap_unlink(const char *path)
{
    return is_ours(path) ? sim_unlink(path) : __real_unlink(path);
}

int __wrap_rename(const char *from, const char *to)
{
    return is_ours(from) ? sim_rename(from, to, true) : __real_rename(from, to);
}

int __wrap_renameat2(int at, const char *from, int at_to, const char *to, unsigned flags)
{
    return is_ours(from) ? sim_rename(from, to, !(flags & RENAME_NOREPLACE))
                         : __real_renameat2(at, from, at_to, to, flags);
}

int __wrap_mkdir(const char *path, mode_t mode)
{
    return is_ours(path) ? sim_mkdir(path, mode) : __real_mkdir(path, mode);
}

int __wrap_chmod(const char *path, mode_t mode)
{
    return is_ours(path) ? sim_chmod(sim.disk ? disk_find(sim.disk, path) : DISK_NO_NODE, mode)
                         : __real_chmod(path, mode);
}

int __wrap_fchmod(int fd, mode_t mode)
{
    struct open_file *f = file_of(fd);
    return f ? sim_chmod(f->node, mode) : __real_fchmod(fd, mode);
}

int __wrap_ftruncate(int fd, off_t size)
{
    struct open_file *f = file_of(fd);
    return f ? sim_ftruncate(f, size) : __real_ftruncate(fd, size);
}

int __wrap_flock(int fd, int how)
{
    return file_of(fd) ? how & LOCK_UN ? 0 : pass(CALL_LOCK) : __real_flock(fd, how);
}

int __wrap_fcntl(int fd, int cmd, ...)
{
    va_list args;
    va_start(args, cmd);
    void *arg = va_arg(args, void *);
    va_end(args);
    return file_of(fd) ? sim_fcntl(cmd, arg) : __real_fcntl(fd, cmd, arg);
}

int __wrap_statvfs(const char *path, struct statvfs *v)
{
    return is_ours(path) ? sim_statvfs(v) : __real_statvfs(path, v);
}

int __wrap_fstatvfs(int fd, struct statvfs *v)
{
    return file_of(fd) ? sim_statvfs(v) : __real_fstatvfs(fd, v);
}

int __wrap_posix_fadvise(int fd, UNUSED off_t at, UNUSED off_t n, int advice)
{
    struct open_file *f = file_of(fd);
    if (f && !dead() && advice == POSIX_FADV_DONTNEED)
        disk_forget(sim.disk, f->node);
    return 0;
}

int __wrap_nanosleep(const struct timespec *t, UNUSED struct timespec *left)
{
    calls_advance(t->tv_sec * 1000 + (t->tv_nsec + 999999) / 1000000);
    return 0;
}

int __wrap_clock_gettime(clockid_t id, struct timespec *t)
{
    int64_t ms = id == CLOCK_REALTIME ? sim.wall : sim.mono;
    *t = (struct timespec){ ms / 1000, (long)(ms % 1000) * 1000000 };
    return 0;
}

/* ---- calls that SQLite makes by their names ---- */

int fsync(int fd)
{
    struct open_file *f = file_of(fd);
    return f ? sim_fsync(f) : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    struct open_file *f = file_of(fd);
    return f ? sim_fsync(f) : (int)syscall(SYS_fdatasync, fd);
}

int usleep(useconds_t us)
{
    calls_advance((us + 999) / 1000);
    return 0;
}

/* ---- SQLite's own table ---- */

static int lite_open(const char *path, int flags, int mode)
{
    return __wrap_open(path, flags, mode);
}

static int lite_fchown(int fd, uid_t user, gid_t group)
{
    return file_of(fd) ? 0 : fchown(fd, user, group);
}

static void *lite_mmap(void *want, size_t n, int prot, int flags, int fd, off_t at)
{
    struct open_file *f = file_of(fd);
    if (!f)
        return mmap(want, n, prot, flags, fd, at);
    if (dead()) {
        errno = EIO;
        return MAP_FAILED;
    }
    return disk_map(sim.disk, f->node, at, n);
}

/* Mappings of the simulated disk belong to it; SQLite maps nothing else here. */
static int lite_munmap(UNUSED void *p, UNUSED size_t n)
{
    return 0;
}

static ssize_t lite_readlink(const char *path, char *out, size_t n)
{
    return is_ours(path) ? refuse(EINVAL) : readlink(path, out, n);
}

typedef void (*any_call)(void);

/* Not at start: the store configures SQLite before its first use. */
static void take_over_sqlite(void)
{
    static const struct {
        const char *name;
        any_call call;
    } table[] = {
        { "open", (any_call)lite_open },
        { "close", (any_call)__wrap_close },
        { "access", (any_call)__wrap_access },
        { "stat", (any_call)__wrap_stat },
        { "fstat", (any_call)__wrap_fstat },
        { "lstat", (any_call)__wrap_lstat },
        { "ftruncate", (any_call)__wrap_ftruncate },
        { "fcntl", (any_call)__wrap_fcntl },
        { "read", (any_call)__wrap_read },
        { "pread", (any_call)__wrap_pread },
        { "pread64", (any_call)__wrap_pread },
        { "write", (any_call)__wrap_write },
        { "pwrite", (any_call)__wrap_pwrite },
        { "pwrite64", (any_call)__wrap_pwrite },
        { "fchmod", (any_call)__wrap_fchmod },
        { "unlink", (any_call)__wrap_unlink },
        { "mkdir", (any_call)__wrap_mkdir },
        { "fchown", (any_call)lite_fchown },
        { "mmap", (any_call)lite_mmap },
        { "munmap", (any_call)lite_munmap },
        { "readlink", (any_call)lite_readlink },
    };
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (!vfs || vfs->xSetSystemCall(vfs, table[i].name, table[i].call) != SQLITE_OK) {
            fprintf(stderr, "calls: SQLite has no call %s to replace\n", table[i].name);
            abort();
        }
}

/* ---- the simulation's own side ---- */

void calls_mount(struct disk *d, uint64_t seed)
{
    static bool taken;
    if (!taken)
        take_over_sqlite();
    taken = true;
    disk_destroy(sim.disk);
    sim.disk = d;
    sim.rng = rng_seeded(seed);
    sim.off = sim.killing = false;
    calls_no_faults();
}

struct disk *calls_disk(void)
{
    return sim.disk;
}

struct disk *calls_unmount(void)
{
    struct disk *d = sim.disk;
    sim.disk = NULL;
    return d;
}

struct call_faults *calls_faults(void)
{
    return &sim.faults;
}

void calls_no_faults(void)
{
    sim.faults = (struct call_faults){ 0 };
}

unsigned long calls_count(enum call_kind k)
{
    return sim.counts[k];
}

unsigned long calls_all(void)
{
    return sim.all;
}

unsigned long calls_failed(void)
{
    return sim.failed;
}

bool calls_power_is_off(void)
{
    return sim.off;
}

void calls_power_off(void)
{
    sim.off = true;
}

void calls_power_on(void)
{
    if (calls_open_files() != 0) {
        fprintf(stderr, "calls: %d files are still open\n", calls_open_files());
        abort();
    }
    uint32_t kinds = sim.faults.pages ? DISK_CUT_KINDS : DISK_CUT_PAGE;
    disk_cut(sim.disk, (enum disk_cut)rng_below(&sim.rng, kinds), &sim.rng);
    sim.off = sim.killing = false;
}

void calls_kill(void)
{
    sim.killing = true;
}

bool calls_is_killed(void)
{
    return sim.killing;
}

void calls_revive(void)
{
    sim.killing = false;
}

int calls_open_files(void)
{
    int n = 0;
    for (int i = 0; i < FILES; i++)
        n += sim.files[i].used;
    return n;
}

void calls_set_wall(utc_ms wall)
{
    sim.wall = wall;
}

utc_ms calls_wall(void)
{
    return sim.wall;
}

void calls_advance(int64_t ms)
{
    sim.wall += ms;
    sim.mono += ms;
}
