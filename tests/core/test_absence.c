#include "core/absence.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

#define MONDAY 20535 /* 2026-03-23 */

static struct roster_hours nine_to_five = { .weekdays = 0x1F, .span = { 540, 1020 },
                                            .every_weeks = 1, .valid_from = 20000,
                                            .valid_to = CIVIL_DAY_FOREVER };

static struct roster one_coach(struct roster_coach *c)
{
    *c = (struct roster_coach){ .availability = &nine_to_five, .n_availability = 1 };
    return (struct roster){ .coaches = c, .n_coaches = 1 };
}

static struct roster_exception only(const struct roster_coach *c, size_t n, size_t i)
{
    CHECK_INT(c->n_exceptions, n);
    return c->exceptions[i];
}

TEST(a_whole_day_away_is_a_closed_day)
{
    struct roster_coach c;
    struct roster r = one_coach(&c);
    struct absence a = { MONDAY, { 0, 1440 } };
    int days = 0;
    CHECK_OK(roster_absent(&r, 0, &a, 1, &days));
    CHECK_INT(days, 1);
    CHECK_INT(only(&c, 1, 0).kind, EXCEPTION_CLOSED);
    CHECK_OK(roster_absent(&r, 0, &a, 1, &days)); /* twice is once */
    CHECK_INT(days, 0);
    CHECK_INT(c.n_exceptions, 1);
    roster_present(&r, 0, MONDAY);
    CHECK_INT(c.n_exceptions, 0);
    mem_free(c.exceptions);
}

TEST(a_part_of_a_day_leaves_the_rest)
{
    struct roster_coach c;
    struct roster r = one_coach(&c);
    struct absence a[] = { { MONDAY, { 601, 663 } }, { MONDAY, { 1000, 1440 } } };
    CHECK_OK(roster_absent(&r, 0, a, 2, NULL));
    struct roster_exception x = only(&c, 2, 0), y = only(&c, 2, 1);
    CHECK_INT(x.kind, EXCEPTION_REPLACE);
    CHECK(x.span.from == 540 && x.span.to == 600); /* 10:01 to 11:03 takes 10:00 to 11:05 */
    CHECK(y.span.from == 665 && y.span.to == 1000);
    mem_free(c.exceptions);
}

TEST(who_is_away_on_a_free_day_changes_nothing)
{
    struct roster_coach c;
    struct roster r = one_coach(&c);
    struct absence a = { MONDAY + 5, { 0, 1440 } };
    int days = 7;
    CHECK_OK(roster_absent(&r, 0, &a, 1, &days));
    CHECK_INT(days, 0);
    CHECK_INT(c.n_exceptions, 0);
    CHECK_ERR(roster_absent(&r, 1, &a, 1, &days), ERR_INVAL);
    CHECK_ERR(roster_absent(&r, -1, &a, 1, &days), ERR_INVAL);
    mem_free(c.exceptions);
}

TEST(an_extra_is_cut_and_other_dates_stay)
{
    struct roster_coach c;
    struct roster r = one_coach(&c);
    struct roster_exception had[] = {
        { .date = MONDAY + 1, .kind = EXCEPTION_CLOSED },
        { .date = MONDAY, .kind = EXCEPTION_EXTRA, .span = { 1020, 1140 } },
        { .date = MONDAY, .kind = EXCEPTION_EXTRA, .span = { 1200, 1260 }, .override = true },
    };
    c.exceptions = mem_calloc(ARRAY_LEN(had), sizeof(*had));
    memcpy(c.exceptions, had, sizeof(had));
    c.n_exceptions = ARRAY_LEN(had);
    struct absence a = { MONDAY, { 0, 1080 } };
    CHECK_OK(roster_absent(&r, 0, &a, 1, NULL));
    CHECK_INT(only(&c, 4, 0).date, MONDAY + 1);
    CHECK_INT(only(&c, 4, 1).kind, EXCEPTION_CLOSED);
    CHECK_INT(only(&c, 4, 2).span.from, 1080);
    CHECK(!only(&c, 4, 2).override);
    CHECK(only(&c, 4, 3).override);
    mem_free(c.exceptions);
}

TEST(too_many_dates_are_refused_whole)
{
    struct roster_coach c;
    struct roster r = one_coach(&c);
    CLEANUP(mem_freep) struct absence *a = mem_calloc(700, sizeof(*a));
    for (int i = 0; i < 700; i++)
        a[i] = (struct absence){ MONDAY + i, { 0, 1440 } };
    CHECK_ERR(roster_absent(&r, 0, a, 700, NULL), ERR_LIMIT);
    CHECK_INT(c.n_exceptions, 0);
}
