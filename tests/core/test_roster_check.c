/* Rules between the parts of a roster, and warnings. */
#include "core/roster.h"

#include "base/rng.h"
#include "tests/core/rosters.h"

static const char *note_of(const char *quoted, bool fault)
{
    static char json[64 * 1024], text[512];
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    quote(json, sizeof(json), quoted);
    text[0] = '\0';
    (void)!roster_parse(json, strlen(json), &notes, &r);
    for (size_t i = 0; i < notes.n; i++)
        if (notes.v[i].fault == fault) {
            snprintf(text, sizeof(text), "%s %s", notes.v[i].pointer, notes.v[i].text);
            break;
        }
    roster_done(&r);
    return text;
}

#define COACHES(availability, exceptions)                                                \
    "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", " SMALL_CLOSURES ", " SMALL_SERVICES \
    ", 'coaches': [{'id': 'sanne', 'name': 'Sanne', 'role': 'coach', 'room': '2',"       \
    " 'services': ['school'], 'availability': [" availability "],"                       \
    " 'exceptions': [" exceptions "]}]}"
#define RULE(days, from, to, weeks, first, last)                                         \
    "{'weekdays': [" days "], 'from': '" from "', 'to': '" to "', 'every_weeks': " weeks \
    ", 'valid_from': '" first "', 'valid_to': " last "}"
#define CLASH "/coaches/0/availability/1 overlaps entry 0 of the same list"

TEST(overlapping_availability_of_one_coach_is_refused)
{
    CHECK_STR(note_of(COACHES(RULE("'mon','tue'", "09:00", "12:00", "1", "2026-01-05", "null") ","
                              RULE("'tue'", "11:55", "13:00", "1", "2026-01-05", "null"), ""),
                      true), CLASH);
}

TEST(rules_that_only_touch_or_never_share_a_day_are_fine)
{
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "1", "2026-01-05", "null") ","
                              RULE("'mon'", "12:00", "13:00", "1", "2026-01-05", "null"), ""),
                      true), "");
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "1", "2026-01-05", "null") ","
                              RULE("'tue'", "09:00", "12:00", "1", "2026-01-05", "null"), ""),
                      true), "");
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "1", "2026-01-05", "'2026-02-01'") ","
                              RULE("'mon'", "09:00", "12:00", "1", "2026-02-02", "null"), ""),
                      true), "");
}

TEST(even_and_odd_weeks_do_not_overlap_but_two_and_three_do)
{
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "2", "2026-01-05", "null") ","
                              RULE("'mon'", "09:00", "12:00", "2", "2026-01-12", "null"), ""),
                      true), "");
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "2", "2026-01-05", "null") ","
                              RULE("'mon'", "09:00", "12:00", "3", "2026-01-12", "null"), ""),
                      true), CLASH);
    CHECK_STR(note_of(COACHES(RULE("'mon'", "09:00", "12:00", "2", "2026-01-05", "'2026-01-25'") ","
                              RULE("'mon'", "09:00", "12:00", "3", "2026-01-12", "null"), ""),
                      true), ""); /* they would first meet in the week of 2 February */
    CHECK_STR(note_of(COACHES(RULE("'sun'", "09:00", "12:00", "52", "2026-01-05", "null") ","
                              RULE("'sun'", "09:00", "12:00", "51", "2026-01-12", "null"), ""),
                      true), CLASH); /* once in 51 years */
}

TEST(two_services_or_coaches_cannot_share_an_id)
{
    CHECK_STR(note_of("{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [], 'services': ["
                      "{'id': 'a', 'name': {'nl': 'A'}, 'minutes': 30, 'book': true, 'walk_in': true,"
                      " 'topics': [], 'default': true},"
                      "{'id': 'a', 'name': {'nl': 'B'}, 'minutes': 30, 'book': true, 'walk_in': true,"
                      " 'topics': [], 'default': true}], 'coaches': []}", true),
              "/services/1/id is the id of another service");
}

TEST(an_extra_on_a_closed_day_warns_unless_it_overrides)
{
    CHECK_STR(note_of(COACHES("", "{'date': '2026-04-27', 'kind': 'extra', 'from': '10:00',"
                                  " 'to': '11:00'}"), false),
              "/coaches/0/exceptions/0 gives no time: the day is closed, and override is not true");
    CHECK_STR(note_of(COACHES("", "{'date': '2026-04-27', 'kind': 'extra', 'from': '10:00',"
                                  " 'to': '11:00', 'override': true}"), false), "");
    CHECK_STR(note_of(COACHES("", "{'date': '2026-04-28', 'kind': 'extra', 'from': '10:00',"
                                  " 'to': '11:00'}"), false), "");
}

TEST(a_letter_of_one_service_alone_warns)
{
    CHECK_STR(note_of("{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [], 'services': ["
                      "{'id': 'a', 'name': {'nl': 'A'}, 'minutes': 30, 'book': true, 'walk_in': true,"
                      " 'topics': [], 'default': true},"
                      "{'id': 'b', 'name': {'nl': 'B'}, 'minutes': 30, 'book': true, 'walk_in': true,"
                      " 'topics': []},"
                      "{'id': 'c', 'name': {'nl': 'C'}, 'minutes': 30, 'book': true, 'walk_in': true,"
                      " 'topics': [], 'series': 'K'}], 'coaches': []}", false),
              "/services/2/series letter K belongs to this service alone: it tells what a visitor "
              "comes for");
    CHECK_STR(note_of(SMALL_ROSTER, false), ""); /* one service: its letter tells nothing */
}

TEST(a_coach_outside_the_opening_hours_warns)
{
    CHECK_STR(note_of(COACHES(RULE("'fri'", "09:00", "12:00", "1", "2026-01-05", "null"), ""),
                      false),
              "/coaches/0/availability/0 lies outside all opening hours for appointments");
}

/* Any two rules against a walk through every day of their years. */
TEST(overlap_agrees_with_a_walk_through_the_days)
{
    struct rng rng = rng_seeded(check_seed());
    civil_day base = 20454;
    int clashes = 0;
    for (int round = 0; round < 1500; round++) {
        struct roster_hours h[2];
        for (int i = 0; i < 2; i++) {
            civil_day from = base + (civil_day)rng_below(&rng, 40);
            int start = 5 * (int)rng_below(&rng, 40);
            h[i] = (struct roster_hours){
                .weekdays = 1u << rng_below(&rng, 7) | 1u << rng_below(&rng, 7),
                .span = { start, start + 5 + 5 * (int)rng_below(&rng, 60) },
                .every_weeks = 1 + (int)rng_below(&rng, 6), .valid_from = from,
                .valid_to = rng_below(&rng, 2) ? CIVIL_DAY_FOREVER
                                               : from + (civil_day)rng_below(&rng, 100) };
        }
        bool want = false;
        for (civil_day d = base; d < base + 700; d++)
            want = want || (roster_hours_apply(&h[0], d) && roster_hours_apply(&h[1], d) &&
                            h[0].span.from < h[1].span.to && h[1].span.from < h[0].span.to);
        struct roster_service service = { .id = "a", .series = 'A', .is_default = true };
        struct roster_coach coach = { .id = "c", .services = 1, .availability = h,
                                      .n_availability = 2 };
        struct roster r = { .services = &service, .n_services = 1, .coaches = &coach,
                            .n_coaches = 1, .rules = roster_default_rules() };
        CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
        bool got = roster_check(&r, &notes) == ERR_FORMAT;
        if (got != want)
            CHECK_FAIL("round %d: overlap %d, should be %d", round, got, want);
        clashes += want;
    }
    CHECK(clashes > 100 && clashes < 1400);
}
