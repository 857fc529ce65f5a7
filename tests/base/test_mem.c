#include "base/mem.h"

#include <malloc.h>
#include <stdint.h>

#include "tests/lib/check.h"

TEST(the_nth_allocation_fails_on_demand_and_the_next_works)
{
    mem_fail_at(2);
    char *a = mem_alloc(4);
    char *b = mem_alloc(4);
    char *c = mem_alloc(4);
    CHECK(a && !b && c);
    mem_free(a);
    mem_free(c);
}

TEST(a_list_that_cannot_grow_stays_as_it_was)
{
    int *v = NULL;
    size_t cap = 0;
    CHECK(mem_grow(&v, &cap, 0, sizeof(*v)));
    v[0] = 7;
    mem_fail_at(1);
    CHECK(!mem_grow(&v, &cap, cap, sizeof(*v)));
    CHECK_INT(v[0], 7);
    mem_free(v);
}

TEST(sizes_that_overflow_are_refused)
{
    CHECK(mem_resize(NULL, SIZE_MAX / 2, 4) == NULL);
}

TEST(what_is_freed_goes_back_to_the_system)
{
    enum { PIECE = 8 << 20, SMALL = 4096, N = 1000 };
    mem_keep_little();
    char *big = mem_alloc(PIECE), *small[N];
    CHECK(big != NULL);
    mem_free(big); /* where glibc would from now on take pieces of that size from its heap */
    big = mem_alloc(PIECE);
    CHECK(big != NULL);
    for (size_t i = 0; i < N; i++)
        CHECK((small[i] = mem_alloc(SMALL)) != NULL);
    struct mallinfo2 full = mallinfo2();
    mem_free(big);
    for (size_t i = 0; i + 1 < N; i++) /* the last one stays, at the end of the heap */
        mem_free(small[i]);
    mem_give_back();
    struct mallinfo2 after = mallinfo2();
    mem_free(small[N - 1]);
    if (full.hblkhd > 0) /* 0: another allocator; the sanitizers have their own */
        CHECK(after.hblkhd + PIECE <= full.hblkhd);
}
