/*
 * src/base/buf.h - a text or byte buffer with a cap given at creation.
 *
 * Adding past the cap, or without memory, sets `failed` and adds nothing more;
 * check it once at the end. The bytes are always closed by a NUL that is not
 * counted in n. The owner calls buf_done(), or buf_wipe() for secrets.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

struct buf {
    char *v;    /* NULL until something is added; use buf_str() for reading */
    size_t n;   /* bytes used */
    size_t cap; /* bytes allocated */
    size_t max; /* the cap: n never passes it */
    bool failed;
    bool no_memory; /* why it failed: else the cap */
};

struct buf buf_make(size_t max);
void buf_done(struct buf *b);
void buf_wipe(struct buf *b); /* zeroes the bytes, then as buf_done() */
void buf_clear(struct buf *b); /* n = 0, failed = false; the memory stays */

/* Room for `more` bytes at once, where about as many are known to come. */
void buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_adds(struct buf *b, const char *s);
/* What stands in it already, once more: n bytes that begin at `from`. */
void buf_add_again(struct buf *b, size_t from, size_t n);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A JSON string: s, which is UTF-8, in quotes, with what must be escaped escaped. */
void buf_add_json(struct buf *b, const char *s);

const char *buf_str(const struct buf *b); /* never NULL */
NODISCARD enum err buf_err(const struct buf *b); /* ERR_OK, ERR_LIMIT or ERR_NOMEM */
NODISCARD char *buf_take(struct buf *b); /* the text, yours to mem_free(); NULL when failed */

/* Reads a whole file of at most b->max bytes: ERR_NOT_FOUND, ERR_IO, ERR_LIMIT,
 * ERR_NOMEM. "-" is stdin. */
NODISCARD enum err buf_read_file(struct buf *b, const char *path);

#endif
