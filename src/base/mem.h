/*
 * src/base/mem.h - memory, with a way to make it fail in tests.
 *
 * All allocations of our own code go through these calls. They never abort:
 * NULL means ERR_NOMEM. mem_free(NULL) is fine.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

NODISCARD void *mem_alloc(size_t size);
NODISCARD void *mem_calloc(size_t n, size_t size); /* zeroed; NULL when n * size overflows */
NODISCARD void *mem_resize(void *old, size_t n, size_t size); /* old stays valid on NULL */
NODISCARD char *mem_dup_str(const char *s);
NODISCARD char *mem_dup_n(const char *s, size_t n); /* n bytes and a closing NUL */
void mem_free(void *p);

/* For CLEANUP on a pointer variable: frees *pp. */
void mem_freep(void *pp);

/*
 * Grows a list for one more element: *v holds n elements of `size` bytes, *cap
 * is its room. False means no memory, and the list is as it was.
 */
NODISCARD bool mem_grow(void *v, size_t *cap, size_t n, size_t size);

/* Overwrites with zeros in a way the compiler keeps. */
void mem_wipe(void *p, size_t n);

/*
 * For a program that lives for months: pieces of a megabyte and more come from the system and
 * go straight back to it, instead of leaving holes that nothing else fits in. Once, at its start.
 */
void mem_keep_little(void);
/* Gives back what is free by now. For moments at which nobody waits. */
void mem_give_back(void);

/* Tests: the n-th allocation from now fails (1 is the next); 0 stops that.
 * With `forever`, all later ones fail too. Returns nothing; not for threads. */
void mem_fail_at(unsigned long n);
void mem_fail_from(unsigned long n);
unsigned long mem_count(void); /* allocations so far */

#endif
