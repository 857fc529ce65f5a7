#include "base/mem.h"

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
