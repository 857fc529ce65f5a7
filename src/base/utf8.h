/*
 * src/base/utf8.h - reading and checking UTF-8.
 *
 * Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

#define UTF8_BAD 0xFFFFFFFFu /* not a code point */

/* Takes one code point from *s (at most end) and moves *s behind it. Bad bytes
 * give UTF8_BAD and move one byte. At the end: UTF8_BAD, *s unmoved. */
uint32_t utf8_next(const char **s, const char *end);
/* Writes 1..4 bytes to out, gives how many; 0 for no code point. */
size_t utf8_put(uint32_t cp, char out[4]);
bool utf8_valid(const char *s, size_t n);
size_t utf8_count(const char *s); /* code points in a valid string */
/* Bytes of s without its last code point; for a backspace key. */
size_t utf8_len_less_one(const char *s);

#endif
