/*
 * A sync that failed: nobody goes on with this journal.
 *
 * After a failed sync Linux goes on showing pages that never reached the disk, and calls them
 * clean: the next sync succeeds and brings nothing. What was lost can be the end of a commit
 * that every program knows as stored, because SQLite fills up a journal's sector behind it, and
 * later commits would build on it: read well now, and all be gone at the next power cut.
 *
 * So the failing program puts a mark beside the database (PATH.failed), and no program that has
 * the database open begins anything any more. Who opens it when nobody else has it open lets go
 * what the page cache shows, so that SQLite recovers from what the disk holds, as after a
 * restart of the machine; only then the mark goes. While somebody still has it open, opening
 * fails: the service manager then restarts the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "store/copy.h"

#define MARK_MODE 0660

static void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* ---- the mark ---- */

bool journal_is_marked(const struct store *s)
{
    return s->mark && access(s->mark, F_OK) == 0;
}

void journal_mark(const struct store *s)
{
    CLEANUP(fd_closep) int fd = -1;
    if (s->mark)
        fd = open(s->mark, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, MARK_MODE);
}

/* ---- at opening ---- */

static enum err in_use(const char *path, bool *ret_used)
{
    if (failure_watches(path)) { /* to close the file would drop this process's locks on it */
        *ret_used = true;
        return ERR_OK;
    }
    return copy_in_use(path, ret_used);
}

/* Only what is clean can be let go, so it is synced first. */
static enum err let_go(const char *path)
{
    CLEANUP(fd_closep) int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_OK : copy_errno();
    if (fsync(fd) != 0)
        return ERR_IO;
    return posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) == 0 ? ERR_OK : ERR_IO;
}

static enum err look_at_disk(const char *path, bool *ret_alone)
{
    char wal[COPY_PATH_SIZE], mark[COPY_PATH_SIZE];
    bool used = false;
    enum err e = copy_path(path, "-wal", wal);
    if (e == ERR_OK)
        e = copy_path(path, ".failed", mark);
    if (e == ERR_OK)
        e = in_use(path, &used);
    if (e != ERR_OK)
        return e;
    bool marked = access(mark, F_OK) == 0;
    *ret_alone = !used;
    if (used)
        return marked ? ERR_IO : ERR_OK;
    e = let_go(wal);
    if (e == ERR_OK && marked)
        e = let_go(path);
    return e == ERR_OK && marked && unlink(mark) != 0 && errno != ENOENT ? ERR_IO : e;
}

enum err journal_look_at_disk(const struct store_options *o, bool *ret_alone)
{
    bool alone = false;
    if (o->read_only || o->vfs)
        return *ret_alone = false, ERR_OK;
    enum err e = look_at_disk(o->path, &alone);
    if (e != ERR_OK)
        log_error("store.journal", e, NULL);
    else
        *ret_alone = alone;
    return e;
}

enum err journal_name_safe(const struct store *s)
{
    return s->read_only || s->foreign_vfs ? ERR_OK : copy_sync_folder(s->path);
}
