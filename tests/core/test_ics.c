#include "core/ics.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"

#define MONDAY 20535 /* 2026-03-23 */
static const struct zone utc = { 0 };

static struct ics_busy read_in(const char *inside, civil_day first, civil_day last)
{
    char text[4096];
    struct ics_busy b = { 0 };
    struct ics_window w = { &utc, first, last };
    snprintf(text, sizeof(text),
             "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n%sEND:VEVENT\r\nEND:VCALENDAR\r\n",
             inside);
    CHECK_OK(ics_read(text, strlen(text), &w, &b));
    return b;
}

static void check_spans(const char *inside, const char *want)
{
    struct ics_busy b = read_in(inside, MONDAY, MONDAY + 30);
    char got[2000] = "";
    for (size_t i = 0; i < b.n; i++)
        snprintf(got + strlen(got), sizeof(got) - strlen(got), "%s%d:%d-%d", i ? " " : "",
                 b.v[i].day - MONDAY, b.v[i].span.from, b.v[i].span.to);
    CHECK_STR(got, want);
    ics_busy_done(&b);
}

TEST(plain_events_give_their_times)
{
    check_spans("DTSTART:20260323T100000\r\nDTEND:20260323T113000\r\n", "0:600-690");
    check_spans("DTSTART:20260324T090000Z\r\nDURATION:PT1H30M\r\n", "1:540-630");
    check_spans("DTSTART;TZID=Europe/Amsterdam:20260323T100000\r\nDTEND;TZID=\"x:y\":20260323T1100"
                "00\r\n", "0:600-660");
    check_spans("DTSTART;VALUE=DATE:20260325\r\nDTEND;VALUE=DATE:20260327\r\n", "2:0-1440 3:0-1440");
    check_spans("DTSTART;VALUE=DATE:20260325\r\n", "2:0-1440");
    check_spans("DTSTART:20260323T230000\r\nDTEND:20260324T010000\r\n", "0:1380-1440 1:0-60");
}

TEST(folded_lines_are_one_line)
{
    check_spans("SUMMARY:a long\r\n  title\r\nDTSTART:2026032\r\n 3T100000\r\nDTEND:20260323T1100\r\n"
                "\t00\r\n", "0:600-660");
}

TEST(free_and_cancelled_time_is_not_busy)
{
    check_spans("DTSTART:20260323T100000\r\nDTEND:20260323T110000\r\nTRANSP:TRANSPARENT\r\n", "");
    check_spans("STATUS:CANCELLED\r\nDTSTART:20260323T100000\r\nDTEND:20260323T110000\r\n", "");
}

TEST(an_alarm_inside_does_not_change_the_event)
{
    check_spans("DTSTART:20260323T100000\r\nBEGIN:VALARM\r\nDURATION:PT5M\r\nEND:VALARM\r\n"
                "DTEND:20260323T110000\r\n", "0:600-660");
}

TEST(daily_and_weekly_repeats_are_followed)
{
    check_spans("DTSTART:20260323T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n",
                "0:600-660 1:600-660 2:600-660");
    check_spans("DTSTART:20260323T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=2\r\n",
                "0:600-660 14:600-660 28:600-660");
    check_spans("DTSTART:20260323T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE;"
                "UNTIL=20260401T000000Z\r\nEXDATE:20260325T100000\r\n",
                "0:600-660 7:600-660 9:600-660");
    check_spans("DTSTART:20260302T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\n",
                "0:600-660 7:600-660"); /* the first three lie before the window */
}

TEST(what_repeats_otherwise_or_is_broken_is_counted)
{
    static const char *const odd[] = {
        "DTSTART:20260323T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY\r\n",
        "DTSTART:20260323T100000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;INTERVAL=0\r\n",
        "DTSTART:tomorrow\r\nDURATION:PT1H\r\n", "DTSTART:20260230T100000\r\nDURATION:PT1H\r\n",
        "DTSTART:20260323T100000\r\nDTEND:20260322T100000\r\n", "DURATION:PT1H\r\n",
        "DTSTART:20260323T250000\r\nDURATION:PT1H\r\n",
    };
    for (size_t i = 0; i < ARRAY_LEN(odd); i++) {
        struct ics_busy b = read_in(odd[i], MONDAY, MONDAY + 30);
        CHECK_INT(b.n, 0);
        CHECK_INT(b.unknown, 1);
        ics_busy_done(&b);
    }
}

TEST(what_is_no_calendar_is_refused)
{
    struct ics_busy b = { 0 };
    struct ics_window w = { &utc, MONDAY, MONDAY };
    CHECK_ERR(ics_read("hello", 5, &w, &b), ERR_FORMAT);
    CHECK_ERR(ics_read("", 0, &w, &b), ERR_FORMAT);
    CHECK_ERR(ics_read("x", ICS_BYTES_MAX + 1, &w, &b), ERR_LIMIT);
}

TEST(an_endless_repeat_in_an_endless_window_is_bounded)
{
    struct ics_busy b = { 0 };
    struct ics_window w = { &utc, MONDAY, CIVIL_DAY_FOREVER };
    static const char text[] = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260323T100000\n"
                               "DURATION:P300D\nRRULE:FREQ=DAILY\nEND:VEVENT\n";
    CHECK_ERR(ics_read(text, strlen(text), &w, &b), ERR_LIMIT);
}
