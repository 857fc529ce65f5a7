#include "core/zone.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "base/rng.h"
#include "tests/core/zones.h"

static civil_day day(int y, int m, int d)
{
    return civil_day_of((struct civil_date){ y, m, d });
}

static utc_ms at(const char *text)
{
    utc_ms ms = 0;
    CHECK_OK(rfc3339_parse(text, &ms));
    return ms;
}

TEST(an_all_zero_zone_is_utc)
{
    struct zone z = { 0 };
    CHECK_INT(zone_offset_s(&z, at("2026-07-01T00:00:00Z")), 0);
    utc_ms t[2];
    CHECK_INT(zone_instants(&z, 1, 90, t), 1);
    CHECK_INT(t[0], DAY_MS + 90 * MINUTE_MS);
}

TEST(amsterdam_is_an_hour_ahead_in_winter_and_two_in_summer)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    CHECK_INT(zone_offset_s(&z, at("2026-03-29T00:59:59Z")), 3600);
    CHECK_INT(zone_offset_s(&z, at("2026-03-29T01:00:00Z")), 7200);
    CHECK_INT(zone_offset_s(&z, at("2026-10-25T00:59:59Z")), 7200);
    CHECK_INT(zone_offset_s(&z, at("2026-10-25T01:00:00Z")), 3600);
    struct local_time l = zone_local(&z, at("2026-03-29T01:00:07Z"));
    CHECK_INT(l.day, day(2026, 3, 29));
    CHECK_INT(l.minute, 180);
    CHECK_INT(l.second, 7);
    CHECK_INT(l.offset_s, 7200);
}

TEST(far_years_follow_the_footer_rule)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    CHECK_INT(zone_offset_s(&z, at("2150-07-01T00:00:00Z")), 7200);
    CHECK_INT(zone_offset_s(&z, at("2150-12-01T00:00:00Z")), 3600);
    CHECK_INT(zone_offset_s(&z, at("2150-03-29T00:59:59Z")), 3600); /* the last Sunday */
    CHECK_INT(zone_offset_s(&z, at("2150-03-29T01:00:00Z")), 7200);
    CLEANUP(zone_done) struct zone south = zone_of("Australia/Lord_Howe");
    CHECK_INT(zone_offset_s(&south, at("2150-01-01T00:00:00Z")), 39600);
    CHECK_INT(zone_offset_s(&south, at("2150-07-01T00:00:00Z")), 37800);
    CHECK_INT(zone_offset_s(&south, at("2149-12-31T13:00:00Z")), 39600);
}

TEST(the_hour_that_summer_time_skips_has_no_instant)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    utc_ms t[2];
    CHECK_INT(zone_instants(&z, day(2026, 3, 29), 119, t), 1);
    CHECK_INT(t[0], at("2026-03-29T01:59:00+01:00"));
    CHECK_INT(zone_instants(&z, day(2026, 3, 29), 120, t), 0);
    CHECK_INT(zone_instants(&z, day(2026, 3, 29), 179, t), 0);
    CHECK_INT(zone_instants(&z, day(2026, 3, 29), 180, t), 1);
    CHECK_INT(t[0], at("2026-03-29T03:00:00+02:00"));
}

TEST(the_hour_that_comes_twice_has_two_instants)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    utc_ms t[2];
    CHECK_INT(zone_instants(&z, day(2026, 10, 25), 150, t), 2);
    CHECK_INT(t[0], at("2026-10-25T02:30:00+02:00"));
    CHECK_INT(t[1], at("2026-10-25T02:30:00+01:00"));
    CHECK_INT(zone_instants(&z, day(2026, 10, 25), 180, t), 1);
    CHECK_INT(t[0], at("2026-10-25T03:00:00+01:00"));
}

TEST(lord_howe_moves_by_half_an_hour)
{
    CLEANUP(zone_done) struct zone z = zone_of("Australia/Lord_Howe");
    utc_ms t[2];
    CHECK_INT(zone_instants(&z, day(2026, 10, 4), 125, t), 0);
    CHECK_INT(zone_instants(&z, day(2026, 10, 4), 150, t), 1);
    CHECK_INT(t[0], at("2026-10-04T02:30:00+11:00"));
    CHECK_INT(zone_instants(&z, day(2026, 4, 5), 95, t), 2);
    CHECK_INT(t[0], at("2026-04-05T01:35:00+11:00"));
    CHECK_INT(t[1], at("2026-04-05T01:35:00+10:30"));
}

TEST(twenty_four_is_the_next_midnight)
{
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    utc_ms a[2], b[2];
    CHECK_INT(zone_instants(&z, day(2026, 5, 1), 1440, a), 1);
    CHECK_INT(zone_instants(&z, day(2026, 5, 2), 0, b), 1);
    CHECK_INT(a[0], b[0]);
}

TEST(a_skipped_midnight_and_a_skipped_date_start_behind_the_gap)
{
    CLEANUP(zone_done) struct zone beirut = zone_of("Asia/Beirut"); /* 2024-03-31 from 00 to 01 */
    utc_ms t[2];
    CHECK_INT(zone_instants(&beirut, day(2024, 3, 31), 0, t), 0);
    CHECK_INT(zone_day_start(&beirut, day(2024, 3, 31)), at("2024-03-31T01:00:00+03:00"));
    CLEANUP(zone_done) struct zone apia = zone_of("Pacific/Apia"); /* had no 2011-12-30 */
    struct zone_segment seg[ZONE_SEGMENTS_MAX];
    CHECK_INT(zone_segments(&apia, day(2011, 12, 30), seg), 0);
    CHECK_INT(zone_day_start(&apia, day(2011, 12, 30)), at("2011-12-31T00:00:00+14:00"));
}

TEST(midnight_that_comes_twice_starts_the_day_at_its_first)
{
    CLEANUP(zone_done) struct zone z = zone_of("America/Havana"); /* 2024-11-03 */
    utc_ms t[2];
    CHECK_INT(zone_instants(&z, day(2024, 11, 3), 30, t), 2);
    CHECK_INT(zone_day_start(&z, day(2024, 11, 3)), at("2024-11-03T00:00:00-04:00"));
}

/* Every five minutes of two years: what an instant shows leads back to it, and
 * the days' segments cover all time once. */
static void walk(const char *name, utc_ms from, utc_ms to, int want_gaps, int want_twice)
{
    CLEANUP(zone_done) struct zone z = zone_of(name);
    int gaps = 0, twice = 0;
    for (utc_ms ms = from; ms < to; ms += 5 * MINUTE_MS) {
        struct local_time l = zone_local(&z, ms);
        utc_ms t[2] = { 0, 0 };
        int n = zone_instants(&z, l.day, l.minute, t);
        if (n < 1 || (t[0] != ms && (n < 2 || t[1] != ms)))
            CHECK_FAIL("%s: instant %lld is not among its own", name, (long long)ms);
        twice += n == 2;
    }
    for (civil_day d = zone_day(&z, from) + 1; d < zone_day(&z, to); d++) {
        for (int m = 0; m < DAY_MINUTES; m += 5) {
            utc_ms t[2];
            int n = zone_instants(&z, d, m, t);
            gaps += n == 0;
            for (int i = 0; i < n; i++) {
                struct local_time l = zone_local(&z, t[i]);
                if (l.day != d || l.minute != m || l.second != 0)
                    CHECK_FAIL("%s: day %d minute %d shows as %d %d", name, d, m, l.day, l.minute);
            }
        }
        struct zone_segment seg[ZONE_SEGMENTS_MAX];
        int n = zone_segments(&z, d, seg);
        utc_ms next = zone_day_start(&z, d);
        for (int i = 0; i < n; i++) {
            CHECK_INT(seg[i].start, next);
            next += (seg[i].local.to - seg[i].local.from) * MINUTE_MS;
        }
        CHECK_INT(next, zone_day_start(&z, d + 1));
    }
    CHECK_INT(gaps, want_gaps);
    CHECK_INT(twice, want_twice);
}

TEST(every_hour_of_2026_and_2027_in_amsterdam)
{
    walk("Europe/Amsterdam", at("2025-12-31T00:00:00Z"), at("2028-01-02T00:00:00Z"), 24, 48);
}

TEST(every_hour_of_2026_and_2027_on_lord_howe_island)
{
    walk("Australia/Lord_Howe", at("2025-12-31T00:00:00Z"), at("2028-01-02T00:00:00Z"), 12, 24);
}

TEST(every_hour_of_two_years_past_the_table)
{
    walk("Europe/Amsterdam", at("2071-12-30T00:00:00Z"), at("2074-01-02T00:00:00Z"), 24, 48);
    walk("Australia/Lord_Howe", at("2071-12-30T00:00:00Z"), at("2074-01-02T00:00:00Z"), 12, 24);
}

TEST(offsets_agree_with_the_c_library)
{
    static const char *const names[] = { "Europe/Amsterdam", "Australia/Lord_Howe", "Asia/Tehran",
                                         "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu",
                                         "Europe/Dublin", "America/Nuuk", "Pacific/Chatham" };
    struct rng rng = rng_seeded(check_seed());
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        CLEANUP(zone_done) struct zone z = zone_of(names[i]);
        setenv("TZ", names[i], 1);
        tzset();
        for (int k = 0; k < 2000; k++) {
            time_t t = (time_t)(rng_u64(&rng) % UINT64_C(6000000000)); /* up to 2160 */
            struct tm tm;
            localtime_r(&t, &tm);
            if (zone_offset_s(&z, t * SECOND_MS) != tm.tm_gmtoff)
                CHECK_FAIL("%s at %lld: %d, not %ld", names[i], (long long)t,
                           zone_offset_s(&z, t * SECOND_MS), tm.tm_gmtoff);
        }
    }
    unsetenv("TZ");
    tzset();
}

/* A version 2 file with no transition, one type and the footer given. */
static size_t tiny_file(unsigned char out[256], const char *footer)
{
    unsigned char *p = out;
    memset(out, 0, 256);
    for (int block = 0; block < 2; block++) {
        memcpy(p, "TZif2", 5);
        p[39] = 1; /* types */
        p[43] = 4; /* characters */
        memcpy(p + 44 + 6, "UTC", 4);
        p += 44 + 6 + 4;
    }
    size_t n = strlen(footer);
    memcpy(p, footer, n);
    return (size_t)(p - out) + n;
}

static enum err parse_footer(const char *footer, struct zone *z)
{
    unsigned char file[256];
    size_t n = tiny_file(file, footer);
    return zone_parse(file, n, z);
}

TEST(every_form_of_the_footer_rule_is_read)
{
    static const struct {
        const char *footer, *when;
        int offset_s;
    } rows[] = {
        { "\nUTC0\n", "2026-07-01T00:00:00Z", 0 },
        { "\n<+0330>-3:30\n", "2026-07-01T00:00:00Z", 12600 },
        { "\nAAA3BBB,J60,J300\n", "2024-03-01T04:59:59Z", -10800 },
        { "\nAAA3BBB,J60,J300\n", "2024-03-01T05:00:00Z", -7200 },
        { "\nAAA3BBB,59,300\n", "2024-02-29T05:00:00Z", -7200 },
        { "\nAAA3BBB1,M3.2.0/-1,M11.1.0\n", "2026-03-08T01:59:59Z", -10800 },
        { "\nAAA3BBB1,M3.2.0/-1,M11.1.0\n", "2026-03-08T02:00:00Z", -3600 },
        { "\n\n", "2026-03-08T02:00:00Z", 0 },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        CLEANUP(zone_done) struct zone z = { 0 };
        CHECK_OK(parse_footer(rows[i].footer, &z));
        CHECK_INT(zone_offset_s(&z, at(rows[i].when)), rows[i].offset_s);
    }
}

TEST(a_broken_footer_is_refused)
{
    static const char *const bad[] = { "", "\n", "UTC0\n", "\nUTC0", "\nUT0\n", "\nUTC\n",
                                       "\nAAA3BBB\n", "\nAAA3BBB,M3.2.0\n", "\nAAA3BBB,M13.1.0,J1\n",
                                       "\nAAA3BBB,M3.6.0,J1\n", "\nAAA3BBB,M3.5.7,J1\n",
                                       "\nAAA3BBB,J0,J1\n", "\nAAA3BBB,J366,J1\n", "\nUTC99\n",
                                       "\n<+03-3\n", "\nAAA3BBB,J1,J2x\n" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct zone z = { 0 };
        CHECK_ERR(parse_footer(bad[i], &z), ERR_FORMAT);
        CHECK(z.v == NULL);
    }
}

TEST(a_file_cut_short_anywhere_is_refused)
{
    CLEANUP(buf_done) struct buf b = buf_make(ZONE_BYTES_MAX);
    CHECK_OK(buf_read_file(&b, "/usr/share/zoneinfo/Europe/Amsterdam"));
    struct zone z = { 0 };
    for (size_t n = 0; n < b.n; n++) {
        char *cut = mem_dup_n(b.v, n); /* so that a read past the end is seen */
        CHECK_ERR(zone_parse(cut, n, &z), ERR_FORMAT);
        mem_free(cut);
    }
    CHECK(z.v == NULL);
}

TEST(any_byte_of_a_file_may_be_wrong_without_harm)
{
    CLEANUP(buf_done) struct buf b = buf_make(ZONE_BYTES_MAX);
    CHECK_OK(buf_read_file(&b, "/usr/share/zoneinfo/Europe/Amsterdam"));
    struct rng rng = rng_seeded(check_seed());
    for (int i = 0; i < 5000; i++) {
        size_t where = rng_below(&rng, (uint32_t)b.n);
        char was = b.v[where];
        b.v[where] = (char)rng_below(&rng, 256);
        struct zone z = { 0 };
        if (zone_parse(b.v, b.n, &z) == ERR_OK) {
            struct zone_segment seg[ZONE_SEGMENTS_MAX];
            (void)zone_offset_s(&z, at("2026-07-01T00:00:00Z"));
            (void)zone_segments(&z, day(2026, 3, 29), seg);
            (void)zone_offset_s(&z, at("2090-07-01T00:00:00Z"));
        }
        zone_done(&z);
        b.v[where] = was;
    }
}

TEST(no_memory_for_a_zone_is_told)
{
    struct zone z = { .first_offset_s = 7 };
    mem_fail_at(1);
    CHECK_ERR(parse_footer("\nUTC0\n", &z), ERR_NOMEM);
    mem_fail_at(0);
    CHECK_INT(z.first_offset_s, 7);
}
