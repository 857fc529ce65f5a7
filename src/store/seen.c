/*
 * What was seen of the log: PATH.seen, beside the database, holds the number and the hash of the
 * last audit row that a program of this house saw stored.
 *
 * Who opens a database in which that row is missing, or another one, has an older one before him
 * than was there: a copy put back by hand, or a card that lost what it had called stored. The row
 * is stored before it is written here, so a power cut alone never leaves less than was seen. The
 * file itself is not synced and has a check: torn or lost, it only says less.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "store/audit.h"
#include "store/copy.h"
#include "store/seen.h"

#define SEEN_MODE 0660
#define COUNT_DIGITS "20"
#define SEEN_SIZE (20 + 1 + (MAC_HEX_SIZE - 1) + 1 + (MAC_HEX_SIZE - 1) + 1)

struct seen_text {
    char v[SEEN_SIZE + 1];
};

static void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool path_of(const struct store *s, char ret_path[COPY_PATH_SIZE])
{
    return !s->foreign_vfs && copy_path(s->path, ".seen", ret_path) == ERR_OK;
}

/* "COUNT HASH CHECK", the check over the two before it. */
static void print(const struct audit_anchor *a, struct seen_text *t)
{
    static const unsigned char nothing[MAC_SIZE];
    unsigned char check[MAC_SIZE];
    char head[MAC_HEX_SIZE], end[MAC_HEX_SIZE];
    mac_to_hex(a->head, head);
    int n = snprintf(t->v, sizeof(t->v), "%0" COUNT_DIGITS PRId64 " %s ", a->count, head);
    mac_digest(nothing, t->v, (size_t)n, check);
    mac_to_hex(check, end);
    snprintf(t->v + n, sizeof(t->v) - (size_t)n, "%s\n", end);
}

/* What was printed, and nothing else, comes out the same when it is printed again. */
static bool parse(const char *text, struct audit_anchor *ret)
{
    struct audit_anchor a = { .count = 0 };
    struct seen_text again;
    char head[MAC_HEX_SIZE] = "";
    if (sscanf(text, "%" COUNT_DIGITS PRId64 " %64[0-9a-f]", &a.count, head) != 2 || a.count < 0 ||
        !mac_from_hex(head, a.head))
        return false;
    print(&a, &again);
    if (strcmp(again.v, text) != 0)
        return false;
    *ret = a;
    return true;
}

static bool read_seen(const struct store *s, struct audit_anchor *ret)
{
    char path[COPY_PATH_SIZE];
    struct seen_text t = { "" };
    CLEANUP(fd_closep) int fd = path_of(s, path) ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
                                                 : -1;
    if (fd < 0)
        return false;
    ssize_t n = read(fd, t.v, SEEN_SIZE);
    return n == SEEN_SIZE && parse(t.v, ret);
}

void seen_write(struct store *s)
{
    char path[COPY_PATH_SIZE];
    struct audit_anchor a;
    struct seen_text t;
    if (!s->house || s->read_only || s->older || !path_of(s, path) ||
        store_audit_anchor(s, &a) != ERR_OK || a.count == 0 || a.count == s->seen)
        return;
    print(&a, &t);
    CLEANUP(fd_closep) int fd =
        open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, SEEN_MODE);
    if (fd >= 0 && s->seen == 0) /* the programs of a house run under users of one group */
        fchmod(fd, SEEN_MODE);   /* its owner's first time does it; others may not, and need not */
    if (fd < 0 || pwrite(fd, t.v, SEEN_SIZE, 0) != SEEN_SIZE)
        log_event(LOG_LEVEL_WARN, "store.seen", NULL, errno);
    else
        s->seen = a.count;
}

enum err seen_look(struct store *s)
{
    struct audit_anchor seen;
    bool there = false;
    if (!s->house || s->read_only || !read_seen(s, &seen))
        return ERR_OK;
    enum err e = store_audit_holds(s, &seen, &there);
    s->older = e == ERR_OK && !there;
    return e == ERR_CORRUPT ? ERR_OK : e; /* nothing is known; who reads the log will say so */
}

void seen_forget(const char *db_path)
{
    char path[COPY_PATH_SIZE];
    if (copy_path(db_path, ".seen", path) == ERR_OK && unlink(path) != 0 && errno != ENOENT)
        log_event(LOG_LEVEL_WARN, "store.seen", NULL, errno);
}

bool store_is_older(const struct store *s)
{
    return s->older;
}

void store_older_noted(struct store *s)
{
    s->older = false;
    s->seen = 0;
    seen_write(s);
}
