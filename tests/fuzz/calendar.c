/* A calendar file that a coach hands in: times at which somebody is busy. */
#include "tests/fuzz/fuzz.h"

#include "core/ics.h"

#define FIRST 20535 /* 2026-03-23, a Monday; summer time begins in the week after it */
#define DAYS 120
#define MINUTES_A_DAY 1440

static void read_in(const struct zone *zone, const char *text, size_t n)
{
    const struct ics_window w = { zone, FIRST, FIRST + DAYS };
    struct ics_busy b = { 0 };
    if (ics_read(text, n, &w, &b) != ERR_OK) {
        MUST(b.v == NULL && b.n == 0);
        return;
    }
    MUST(b.n <= ICS_SPANS_MAX && b.events >= 0 && b.unknown >= 0);
    for (size_t i = 0; i < b.n; i++) {
        MUST(b.v[i].day >= w.first && b.v[i].day <= w.last);
        MUST(b.v[i].span.from >= 0 && b.v[i].span.from < b.v[i].span.to);
        MUST(b.v[i].span.to <= MINUTES_A_DAY);
    }
    ics_busy_done(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    /* Two zones: no summer time at all, and an hour more from the last Sunday of March. */
    static struct zone_shift summer = { .at_s = 1774746000, .offset_s = 7200 };
    static const struct zone utc = { 0 };
    static const struct zone dutch = { .v = &summer, .n = 1, .first_offset_s = 3600 };
    read_in(&utc, (const char *)data, n);
    read_in(&dutch, (const char *)data, n);
    return 0;
}
