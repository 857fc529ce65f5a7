#include "base/buf.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define CAP_FIRST 256

struct buf buf_make(size_t max)
{
    return (struct buf){ .max = max };
}

void buf_done(struct buf *b)
{
    size_t max = b->max;
    mem_free(b->v);
    *b = buf_make(max);
}

void buf_wipe(struct buf *b)
{
    mem_wipe(b->v, b->cap);
    buf_done(b);
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->failed = false;
    b->no_memory = false;
    if (b->v)
        b->v[0] = '\0';
}

/* Moves by hand and wipes the old bytes, since a buffer can hold a name. */
static bool make_room(struct buf *b, size_t more)
{
    if (b->failed || more > b->max || b->n > b->max - more) {
        b->failed = true;
        return false;
    }
    size_t need = b->n + more + 1;
    if (need <= b->cap)
        return true;
    size_t cap = b->cap ? b->cap : CAP_FIRST;
    while (cap < need)
        cap *= 2;
    char *grown = mem_alloc(cap);
    if (!grown) {
        b->failed = true;
        b->no_memory = true;
        return false;
    }
    if (b->v) {
        memcpy(grown, b->v, b->n);
        mem_wipe(b->v, b->cap);
        mem_free(b->v);
    }
    b->v = grown;
    b->cap = cap;
    return true;
}

void buf_reserve(struct buf *b, size_t more)
{
    if (more <= b->max && b->n <= b->max - more && make_room(b, more))
        b->v[b->n] = '\0';
}

/* Nearly always: a page is thousands of small pieces. */
static inline bool has_room(const struct buf *b, size_t more)
{
    return more < b->cap - b->n && more <= b->max - b->n && !b->failed;
}

static inline void add(struct buf *b, const void *bytes, size_t n)
{
    if (!has_room(b, n) && !make_room(b, n))
        return;
    if (n)
        memcpy(b->v + b->n, bytes, n);
    b->n += n;
    b->v[b->n] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
    add(b, bytes, n);
}

void buf_adds(struct buf *b, const char *s)
{
    add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
    if (!has_room(b, 1) && !make_room(b, 1))
        return;
    b->v[b->n++] = c;
    b->v[b->n] = '\0';
}

void buf_add_again(struct buf *b, size_t from, size_t n)
{
    if (has_room(b, n) || make_room(b, n)) /* first: it may move the bytes */
        add(b, b->v + from, n);
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    va_list again;
    va_copy(again, args);
    size_t room = b->cap - b->n; /* mostly it fits at once */
    int need = vsnprintf(room ? b->v + b->n : NULL, room, fmt, args);
    va_end(args);
    if (need < 0)
        b->failed = true;
    else if (make_room(b, (size_t)need)) {
        if ((size_t)need >= room)
            vsnprintf(b->v + b->n, (size_t)need + 1, fmt, again);
        b->n += (size_t)need;
    }
    va_end(again);
    if (b->failed && room)
        b->v[b->n] = '\0';
}

static void add_escaped(struct buf *b, unsigned char c)
{
    static const char from[] = "\"\\\b\f\n\r\t";
    static const char to[] = "\"\\bfnrt";
    const char *at = strchr(from, c);
    if (at)
        buf_add(b, (char[]){ '\\', to[at - from] }, 2);
    else
        buf_addf(b, "\\u%04X", c);
}

void buf_add_json(struct buf *b, const char *s)
{
    buf_addc(b, '"');
    for (const char *from = s;; s++) {
        unsigned char c = (unsigned char)*s;
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buf_add(b, from, (size_t)(s - from));
        if (c == '\0')
            break;
        add_escaped(b, c);
        from = s + 1;
    }
    buf_addc(b, '"');
}

const char *buf_str(const struct buf *b)
{
    return b->v ? b->v : "";
}

enum err buf_err(const struct buf *b)
{
    if (!b->failed)
        return ERR_OK;
    return b->no_memory ? ERR_NOMEM : ERR_LIMIT;
}

char *buf_take(struct buf *b)
{
    if (b->failed)
        return NULL;
    char *text = b->v ? b->v : mem_dup_str("");
    *b = buf_make(b->max);
    return text;
}

static void close_fd(const int *fd)
{
    if (*fd > STDERR_FILENO)
        close(*fd);
}

enum err buf_read_file(struct buf *b, const char *path)
{
    CLEANUP(close_fd) int fd = STDIN_FILENO;
    if (strcmp(path, "-") != 0)
        fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    char chunk[16384];
    for (;;) {
        ssize_t n = read(fd, chunk, sizeof(chunk));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        if (n == 0)
            break;
        buf_add(b, chunk, (size_t)n);
        if (b->failed)
            break;
    }
    mem_wipe(chunk, sizeof(chunk));
    return buf_err(b);
}
