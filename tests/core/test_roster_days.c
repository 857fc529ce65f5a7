#include "core/roster_days.h"

#include "tests/core/rosters.h"

static civil_day day(const char *text)
{
    civil_day d = 0;
    CHECK_OK(civil_parse(text, &d));
    return d;
}

static const char *windows(const struct roster *r, const char *date, unsigned open_for)
{
    static char text[256];
    struct minute_span v[ROSTER_WINDOWS_MAX];
    int n = roster_open_windows(r, day(date), open_for, v);
    size_t at = 0;
    text[0] = '\0';
    for (int i = 0; i < n; i++) {
        char from[HHMM_SIZE], to[HHMM_SIZE];
        hhmm_format(v[i].from, from);
        hhmm_format(v[i].to, to);
        at += (size_t)snprintf(text + at, sizeof(text) - at, "%s%s-%s", i ? " " : "", from, to);
    }
    return text;
}

#define HOUSE(opening, closures, exceptions)                                             \
    "{'version': 1, " SMALL_SITE ", 'opening': [" opening "], 'closures': [" closures    \
    "], 'exceptions': [" exceptions "], " SMALL_SERVICES ", 'coaches': []}"
#define WEEKDAYS "'weekdays': ['mon','tue','wed','thu','fri']"
#define MORNING                                                                          \
    "{" WEEKDAYS ", 'from': '09:00', 'to': '12:00', 'for': ['walk_in','appointment'],"   \
    " 'valid_from': '2026-01-01', 'valid_to': '2026-12-31'}"
#define AFTERNOON                                                                        \
    "{" WEEKDAYS ", 'from': '12:00', 'to': '17:00', 'for': ['appointment'],"             \
    " 'valid_from': '2026-01-01'}"

TEST(opening_hours_merge_and_differ_by_purpose)
{
    CLEANUP(roster_done) struct roster r = roster_of(HOUSE(MORNING "," AFTERNOON, "", ""));
    CHECK_STR(windows(&r, "2026-03-02", OPEN_WALK_IN), "09:00-12:00");
    CHECK_STR(windows(&r, "2026-03-02", OPEN_APPOINTMENT), "09:00-17:00");
    CHECK_STR(windows(&r, "2026-03-01", OPEN_APPOINTMENT), ""); /* a Sunday */
    CHECK_STR(windows(&r, "2025-12-31", OPEN_APPOINTMENT), "");
    CHECK_STR(windows(&r, "2027-01-04", OPEN_APPOINTMENT), "12:00-17:00");
}

TEST(open_at_the_first_minute_and_not_at_the_last)
{
    CLEANUP(roster_done) struct roster r = roster_of(HOUSE(MORNING, "", ""));
    CHECK(!roster_open_at(&r, day("2026-03-02"), 539, OPEN_WALK_IN));
    CHECK(roster_open_at(&r, day("2026-03-02"), 540, OPEN_WALK_IN));
    CHECK(roster_open_at(&r, day("2026-03-02"), 719, OPEN_WALK_IN));
    CHECK(!roster_open_at(&r, day("2026-03-02"), 720, OPEN_WALK_IN));
}

TEST(a_closure_closes_its_first_and_last_day)
{
    CLEANUP(roster_done) struct roster r = roster_of(HOUSE(
        MORNING, "{'from': '2026-03-03', 'to': '2026-03-04', 'reason': 'Studiedag'}", ""));
    const char *reason = NULL;
    CHECK_STR(windows(&r, "2026-03-02", OPEN_WALK_IN), "09:00-12:00");
    CHECK_STR(windows(&r, "2026-03-03", OPEN_WALK_IN), "");
    CHECK_STR(windows(&r, "2026-03-04", OPEN_WALK_IN), "");
    CHECK_STR(windows(&r, "2026-03-05", OPEN_WALK_IN), "09:00-12:00");
    CHECK(roster_closed_on(&r, day("2026-03-04"), &reason));
    CHECK_STR(reason, "Studiedag");
    CHECK(!roster_closed_on(&r, day("2026-03-05"), &reason));
}

TEST(exceptions_of_the_site_close_replace_and_add)
{
    CLEANUP(roster_done) struct roster r = roster_of(HOUSE(
        MORNING, "{'from': '2026-04-27', 'to': '2026-04-28', 'reason': 'Koningsdag'}",
        "{'date': '2026-03-02', 'kind': 'closed'},"
        "{'date': '2026-03-03', 'kind': 'replace', 'from': '10:00', 'to': '11:00'},"
        "{'date': '2026-03-03', 'kind': 'replace', 'from': '13:00', 'to': '14:00'},"
        "{'date': '2026-03-03', 'kind': 'extra', 'from': '20:00', 'to': '21:00'},"
        "{'date': '2026-03-08', 'kind': 'extra', 'from': '13:00', 'to': '15:00'},"
        "{'date': '2026-04-27', 'kind': 'extra', 'from': '13:00', 'to': '15:00'},"
        "{'date': '2026-04-27', 'kind': 'replace', 'from': '08:00', 'to': '09:00'},"
        "{'date': '2026-04-28', 'kind': 'extra', 'from': '13:00', 'to': '15:00',"
        " 'override': true}"));
    const char *reason = "x";
    CHECK_STR(windows(&r, "2026-03-02", OPEN_WALK_IN), "");
    CHECK(roster_closed_on(&r, day("2026-03-02"), &reason) && reason == NULL);
    CHECK_STR(windows(&r, "2026-03-03", OPEN_WALK_IN), "10:00-11:00 13:00-14:00 20:00-21:00");
    CHECK_STR(windows(&r, "2026-03-08", OPEN_WALK_IN), "13:00-15:00"); /* a Sunday */
    CHECK_STR(windows(&r, "2026-04-27", OPEN_WALK_IN), "");
    CHECK_STR(windows(&r, "2026-04-28", OPEN_WALK_IN), "13:00-15:00");
}

TEST(every_n_weeks_counts_from_the_monday_of_the_first_week)
{
    struct roster_hours h = { .weekdays = 1u << 0 | 1u << 4, .span = { 540, 600 },
                              .every_weeks = 2, .valid_from = day("2026-01-07"), /* a Wednesday */
                              .valid_to = CIVIL_DAY_FOREVER };
    CHECK(!roster_hours_apply(&h, day("2026-01-05"))); /* that Monday is before it */
    CHECK(roster_hours_apply(&h, day("2026-01-09")));
    CHECK(!roster_hours_apply(&h, day("2026-01-12")));
    CHECK(!roster_hours_apply(&h, day("2026-01-16")));
    CHECK(roster_hours_apply(&h, day("2026-01-19")));
    CHECK(roster_hours_apply(&h, day("2026-12-21")));
    CHECK(!roster_hours_apply(&h, day("2026-12-28"))); /* week 53 */
    CHECK(roster_hours_apply(&h, day("2027-01-04")));  /* week 1, two weeks on */
    CHECK(!roster_hours_apply(&h, day("2027-01-11")));
}

TEST(a_rule_that_starts_on_a_sunday_counts_the_week_that_ends_with_it)
{
    struct roster_hours h = { .weekdays = 0x7F, .span = { 540, 600 }, .every_weeks = 3,
                              .valid_from = day("2026-01-04"), .valid_to = day("2026-02-01") };
    CHECK(roster_hours_apply(&h, day("2026-01-04")));
    CHECK(!roster_hours_apply(&h, day("2026-01-05")));
    CHECK(!roster_hours_apply(&h, day("2026-01-18")));
    CHECK(roster_hours_apply(&h, day("2026-01-19")));
    CHECK(roster_hours_apply(&h, day("2026-01-25")));
    CHECK(!roster_hours_apply(&h, day("2026-02-09"))); /* past valid_to */
}

TEST(the_next_opening_is_now_later_today_or_another_day)
{
    CLEANUP(roster_done) struct roster r = roster_of(HOUSE(
        MORNING, "{'from': '2026-03-03', 'to': '2026-03-04', 'reason': 'Studiedag'}", ""));
    static const struct {
        const char *date;
        int minute;
        const char *opens;
    } rows[] = {
        { "2026-03-02", 600, "2026-03-02" }, { "2026-03-02", 0, "2026-03-02" },
        { "2026-03-02", 719, "2026-03-02" }, { "2026-03-02", 720, "2026-03-05" },
        { "2026-03-06", 1000, "2026-03-09" }, { "2025-06-01", 0, "2026-01-01" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct roster_opening_at o = { 0 };
        CHECK_OK(roster_next_opening(&r, day(rows[i].date), rows[i].minute, OPEN_WALK_IN, &o));
        CHECK_INT(o.day, day(rows[i].opens));
        CHECK_INT(o.span.from, 540);
    }
    struct roster_opening_at o = { .day = 3 };
    CHECK_ERR(roster_next_opening(&r, day("2026-12-31"), 720, OPEN_WALK_IN, &o), ERR_NONE);
    CHECK_INT(o.day, 3);
}
