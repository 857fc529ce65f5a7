#include "base/mem.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define BIG (1 << 20) /* bytes: the picture of a whole screen, not one text on it */

static unsigned long allocations;
static unsigned long fail_at;
static bool fail_forever;

static bool must_fail(void)
{
    allocations++;
    if (fail_at == 0)
        return false;
    if (fail_at > 1) {
        fail_at--;
        return false;
    }
    if (!fail_forever)
        fail_at = 0;
    return true;
}

void *mem_alloc(size_t size)
{
    return must_fail() ? NULL : malloc(size ? size : 1);
}

void *mem_calloc(size_t n, size_t size)
{
    return must_fail() ? NULL : calloc(n ? n : 1, size ? size : 1);
}

void *mem_resize(void *old, size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        return NULL;
    size_t bytes = n * size;
    return must_fail() ? NULL : realloc(old, bytes ? bytes : 1);
}

char *mem_dup_n(const char *s, size_t n)
{
    char *copy = mem_alloc(n + 1);
    if (!copy)
        return NULL;
    memcpy(copy, s, n);
    copy[n] = '\0';
    return copy;
}

char *mem_dup_str(const char *s)
{
    return mem_dup_n(s, strlen(s));
}

void mem_free(void *p)
{
    free(p);
}

void mem_freep(void *pp)
{
    void **p = pp;
    free(*p);
    *p = NULL;
}

bool mem_grow(void *v, size_t *cap, size_t n, size_t size)
{
    if (n < *cap)
        return true;
    size_t more = *cap ? *cap * 2 : 8;
    void *old;
    memcpy(&old, v, sizeof(old));
    void *grown = mem_resize(old, more, size);
    if (!grown)
        return false;
    memcpy(v, &grown, sizeof(grown));
    *cap = more;
    return true;
}

void mem_wipe(void *p, size_t n)
{
    if (n)
        explicit_bzero(p, n);
}

void mem_keep_little(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, BIG); /* glibc would raise it with each piece that is freed */
    (void)mallopt(M_TRIM_THRESHOLD, BIG);
}

void mem_give_back(void)
{
    (void)malloc_trim(0);
}

void mem_fail_at(unsigned long n)
{
    fail_at = n;
    fail_forever = false;
}

void mem_fail_from(unsigned long n)
{
    fail_at = n;
    fail_forever = true;
}

unsigned long mem_count(void)
{
    return allocations;
}
