#include "core/slots.h"

#include "base/mem.h"
#include "core/quantum.h"
#include "tests/core/rosters.h"
#include "tests/core/zones.h"

static struct zone zone;

static civil_day day(const char *text)
{
    civil_day d = 0;
    CHECK_OK(civil_parse(text, &d));
    return d;
}

static utc_ms at(const char *text)
{
    utc_ms ms = 0;
    CHECK_OK(rfc3339_parse(text, &ms));
    return ms;
}

/* One coach, Noor, and one more service than needed; the parts that tests vary. */
#define HOUSE_OF(opening, closures, site_ex, service, availability, breaks, coach_ex, rules)   \
    "{'version': 1, " SMALL_SITE ", 'opening': [{'weekdays': ['mon','tue','wed','thu','fri'],"   \
    " 'for': ['appointment'], 'valid_from': '2026-01-01', " opening "}],"                        \
    " 'closures': [" closures "], 'exceptions': [" site_ex "],"                                  \
    " 'services': [{'id': 'talk', 'name': {'nl': 'Gesprek'}, 'book': true, 'walk_in': true,"     \
    "  'topics': [], 'default': true, " service "}],"                                            \
    " 'coaches': [{'id': 'noor', 'name': 'Noor', 'role': 'coach', 'room': '1',"                  \
    "  'services': ['talk'], 'availability': [" availability "], 'breaks': [" breaks "],"        \
    "  'exceptions': [" coach_ex "]}],"                                                          \
    " 'rules': {" rules "}}"
#define NINE_TO_FIVE "'from': '09:00', 'to': '17:00'"
#define HALF_HOUR "'minutes': 30"
#define ALL_DAYS "'weekdays': ['mon','tue','wed','thu','fri','sat','sun']"
#define HOURS(from, to) "{" ALL_DAYS ", 'from': '" from "', 'to': '" to "', 'valid_from': '2026-01-01'}"
#define EARLY_NOW "2026-02-16T08:00:00+01:00"

struct ask {
    const char *date, *last, *now;
    const struct busy_span *busy;
    size_t n_busy;
};

/* The starts of a day as "09:00 09:15", with the offset where the hour comes twice. */
static const char *starts(const char *house, struct ask ask)
{
    static char text[4096];
    CLEANUP(zone_done) struct zone z = zone_of("Europe/Amsterdam");
    CLEANUP(roster_done) struct roster r = roster_of(house);
    CLEANUP(slot_list_done) struct slot_list list = { 0 };
    struct slot_query q = { .roster = &r, .zone = &z, .service = 0, .coach = SLOT_ANY_COACH,
                            .first_day = day(ask.date),
                            .last_day = day(ask.last ? ask.last : ask.date),
                            .now = at(ask.now ? ask.now : EARLY_NOW),
                            .busy = ask.busy, .n_busy = ask.n_busy };
    CHECK_OK(slots_list(&q, &list));
    size_t n = 0;
    text[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        struct local_time l = zone_local(&z, list.v[i].start);
        char hhmm[HHMM_SIZE];
        utc_ms twice[2];
        hhmm_format(l.minute, hhmm);
        n += (size_t)snprintf(text + n, sizeof(text) - n, "%s%s", i ? " " : "", hhmm);
        if (zone_instants(&z, l.day, l.minute, twice) == 2)
            n += (size_t)snprintf(text + n, sizeof(text) - n, "+%d", l.offset_s / 3600);
        CHECK_INT(list.v[i].end - list.v[i].start,
                  r.services[0].minutes * MINUTE_MS);
    }
    return text;
}

#define ON(...) ((struct ask){ .date = __VA_ARGS__ })

TEST(starts_lie_on_the_step_and_the_appointment_fits)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "10:30"), "", "", ""),
                     ON("2026-03-02")),
              "09:00 09:15 09:30 09:45 10:00");
}

TEST(the_buffer_must_end_inside_the_window_too)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR ", 'buffer_minutes': 20",
                              HOURS("09:00", "10:30"), "", "", ""), ON("2026-03-02")),
              "09:00 09:15 09:30");
}

TEST(a_window_too_short_gives_nothing)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "09:25"), "", "", ""),
                     ON("2026-03-02")), "");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "09:30"), "", "", ""),
                     ON("2026-03-02")), "09:00");
}

TEST(steps_count_from_the_rules_start_also_where_the_house_opens_later)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("08:50", "10:00"), "", "",
                              "'step_minutes': 20"), ON("2026-03-02")),
              "09:10 09:30");
}

TEST(a_break_cuts_the_window_and_keeps_the_steps)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "11:30"),
                              "{'weekdays': ['mon'], 'from': '10:00', 'to': '10:20'}", "", ""),
                     ON("2026-03-02")),
              "09:00 09:15 09:30 10:30 10:45 11:00");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "10:30"),
                              "{'weekdays': ['mon'], 'from': '10:00', 'to': '10:20'}", "", ""),
                     ON("2026-03-03")),
              "09:00 09:15 09:30 09:45 10:00"); /* a Tuesday */
}

TEST(closures_and_closed_days_give_nothing)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "{'from': '2026-03-02', 'to': '2026-03-02', 'reason':"
                              " 'dicht'}", "", HALF_HOUR, HOURS("09:00", "10:00"), "", "", ""),
                     ON("2026-03-02")), "");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "{'date': '2026-03-02', 'kind': 'closed'}",
                              HALF_HOUR, HOURS("09:00", "10:00"), "", "", ""),
                     ON("2026-03-02")), "");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "10:00"), "",
                              "{'date': '2026-03-02', 'kind': 'closed'}", ""),
                     ON("2026-03-02")), "");
}

#define EXTRA(from, to, more)                                                            \
    "{'date': '2026-03-02', 'kind': 'extra', 'from': '" from "', 'to': '" to "'" more "}"

TEST(an_extra_adds_time_outside_the_usual_hours)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "09:30"), "",
                              EXTRA("19:10", "20:00", ""), ""), ON("2026-03-02")),
              "09:00 19:10 19:25");
}

TEST(an_extra_on_a_closed_day_needs_override)
{
#define CLOSED "{'from': '2026-03-02', 'to': '2026-03-02', 'reason': 'dicht'}"
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, CLOSED, "", HALF_HOUR, HOURS("09:00", "09:30"), "",
                              EXTRA("13:00", "13:30", ""), ""), ON("2026-03-02")), "");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, CLOSED, "", HALF_HOUR, HOURS("09:00", "09:30"), "",
                              EXTRA("13:00", "13:30", ", 'override': true"), ""),
                     ON("2026-03-02")), "13:00");
}

TEST(a_replacement_stands_for_the_usual_hours_inside_the_opening)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "12:00"), "",
                              "{'date': '2026-03-02', 'kind': 'replace', 'from': '16:15', 'to':"
                              " '18:00'}", ""), ON("2026-03-02")),
              "16:15 16:30");
}

TEST(an_extra_that_overlaps_a_rule_offers_each_start_once)
{
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "10:00"), "",
                              EXTRA("09:15", "10:15", ""), ""), ON("2026-03-02")),
              "09:00 09:15 09:30 09:45");
}

TEST(what_is_taken_is_not_offered_and_touching_is_fine)
{
    const struct busy_span busy[] = {
        { 0, at("2026-03-02T09:30:00+01:00"), at("2026-03-02T10:00:00+01:00") },
    };
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "11:00"), "", "", ""),
                     ON("2026-03-02", .busy = busy, .n_busy = 1)),
              "09:00 10:00 10:15 10:30");
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR ", 'buffer_minutes': 5",
                              HOURS("09:00", "11:00"), "", "", ""),
                     ON("2026-03-02", .busy = busy, .n_busy = 1)),
              "10:00 10:15");
}

TEST(a_long_booking_covers_short_ones_that_begin_inside_it)
{
    const struct busy_span busy[] = {
        { 0, at("2026-03-02T08:00:00+01:00"), at("2026-03-02T10:30:00+01:00") },
        { 0, at("2026-03-02T09:00:00+01:00"), at("2026-03-02T09:10:00+01:00") },
    };
    CHECK_STR(starts(HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "11:00"), "", "", ""),
                     ON("2026-03-02", .busy = busy, .n_busy = 2)), "10:30");
}

TEST(the_lead_time_counts_and_its_end_is_included)
{
#define MORNING HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("09:00", "10:30"), "", "", "")
    CHECK_STR(starts(MORNING, ON("2026-03-02", .now = "2026-03-02T08:30:00+01:00")),
              "09:30 09:45 10:00");
    CHECK_STR(starts(MORNING, ON("2026-03-02", .now = "2026-03-02T08:30:00.001+01:00")),
              "09:45 10:00");
    CHECK_STR(starts(MORNING, ON("2026-03-02", .now = "2026-03-02T10:00:00+01:00")), "");
}

TEST(the_horizon_lasts_until_closing_on_its_last_day)
{
#define THREE_DAYS HOUSE_OF(NINE_TO_FIVE, "", "", HALF_HOUR, HOURS("16:30", "17:00"), "", "", \
                            "'horizon_days': 3")
    CHECK_STR(starts(THREE_DAYS, ON("2026-03-02", .now = "2026-03-02T00:00:00+01:00",
                                    .last = "2026-03-31")), "16:30 16:30 16:30 16:30");
    CHECK_STR(starts(THREE_DAYS, ON("2026-03-05", .now = "2026-03-02T23:59:59+01:00")), "16:30");
    CHECK_STR(starts(THREE_DAYS, ON("2026-03-06", .now = "2026-03-02T23:59:59+01:00")), "");
}

#define NIGHT(rules)                                                                     \
    "{'version': 1, " SMALL_SITE ", 'opening': [{" ALL_DAYS ", 'for': ['appointment'],"  \
    " 'valid_from': '2026-01-01', 'from': '00:00', 'to': '24:00'}], 'closures': [],"     \
    " 'services': [{'id': 'talk', 'name': {'nl': 'Gesprek'}, 'book': true, 'walk_in': true," \
    "  'topics': [], 'default': true, 'minutes': 30}], 'coaches': [{'id': 'noor',"       \
    "  'name': 'Noor', 'role': 'coach', 'room': '1', 'services': ['talk'],"              \
    "  'availability': [" rules "]}], 'rules': {'step_minutes': 30, 'horizon_days': 400}}"

TEST(the_hour_that_summer_time_skips_gives_no_start)
{
    CHECK_STR(starts(NIGHT(HOURS("01:00", "04:00")), ON("2026-03-29")), "01:00 01:30 03:00 03:30");
    CHECK_STR(starts(NIGHT(HOURS("02:00", "03:00")), ON("2026-03-29")), "");
}

TEST(real_time_runs_on_across_the_skipped_hour)
{
    const struct busy_span busy[] = {
        { 0, at("2026-03-29T03:00:00+02:00"), at("2026-03-29T03:05:00+02:00") },
    };
    CHECK_STR(starts(NIGHT(HOURS("01:15", "04:00")), ON("2026-03-29")),
              "01:15 01:45 03:15"); /* 01:45 lasts until 03:15 summer time */
    CHECK_STR(starts(NIGHT(HOURS("01:15", "04:00")), ON("2026-03-29", .busy = busy, .n_busy = 1)),
              "01:15 03:15");
}

TEST(the_hour_that_comes_twice_gives_both)
{
    CHECK_STR(starts(NIGHT(HOURS("01:00", "04:00")), ON("2026-10-25")),
              "01:00 01:30 02:00+2 02:30+2 02:00+1 02:30+1 03:00 03:30");
    CHECK_STR(starts(NIGHT(HOURS("02:00", "02:30")), ON("2026-10-25")), "02:00+2 02:00+1");
    CHECK_STR(starts(NIGHT(HOURS("01:45", "02:45")), ON("2026-10-25")),
              "01:45 02:15+2 02:15+1"); /* 02:15 summer time ends at 02:45, then the window pauses */
}

TEST(a_break_in_the_skipped_hour_breaks_nothing)
{
    char house[4096];
    snprintf(house, sizeof(house), "%s", NIGHT(HOURS("01:45", "04:00")));
    char *tail = strstr(house, "}], 'rules'");
    char rest[256];
    snprintf(rest, sizeof(rest), "%s", tail);
    snprintf(tail, sizeof(house) - (size_t)(tail - house),
             ", 'breaks': [{'weekdays': ['sun'], 'from': '02:00', 'to': '03:00'}]%s", rest);
    CHECK_STR(starts(house, ON("2026-03-29")), "01:45 03:15"); /* 01:45 runs on until 03:15 */
    CHECK_STR(starts(house, ON("2026-03-22")), "03:15");
}

TEST(every_other_week_holds_over_the_new_year_with_week_53)
{
    CHECK_STR(starts(NIGHT("{'weekdays': ['mon'], 'from': '09:00', 'to': '09:30', 'every_weeks': 2,"
                           " 'valid_from': '2026-01-05'}"),
                     ON("2026-12-07", .last = "2027-01-18")),
              "09:00 09:00 09:00 09:00"); /* 7 and 21 December, 4 and 18 January */
}

#define TWO_COACHES                                                                      \
    "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [], 'services': ["    \
    "{'id': 'school', 'name': {'nl': 'School'}, 'minutes': 60, 'book': true,"            \
    " 'walk_in': true, 'topics': ['school'], 'default': true},"                          \
    "{'id': 'work', 'name': {'nl': 'Werk'}, 'minutes': 60, 'book': false,"               \
    " 'walk_in': true, 'topics': ['work']}], 'coaches': ["                               \
    "{'id': 'zoe', 'name': 'Anna', 'role': 'coach', 'room': '1', 'services': ['school','work']," \
    " 'availability': [" HOURS("09:00", "10:00") "]},"                                   \
    "{'id': 'bo', 'name': 'Bo', 'role': 'coach', 'room': '2', 'services': ['school'],"   \
    " 'availability': [" HOURS("09:00", "10:00") "]},"                                   \
    "{'id': 'al', 'name': 'Bo', 'role': 'coach', 'room': '3', 'services': ['work'],"     \
    " 'availability': [" HOURS("09:00", "10:00") "]},"                                   \
    "{'id': 'ab', 'name': 'Bo', 'role': 'coach', 'room': '4', 'services': ['school'],"   \
    " 'availability': []}]}"

static void two_coaches(struct roster *r, struct slot_query *q)
{
    zone = zone_of("Europe/Amsterdam");
    *r = roster_of(TWO_COACHES);
    *q = (struct slot_query){ .roster = r, .zone = &zone, .coach = SLOT_ANY_COACH,
                              .first_day = day("2026-03-02"), .last_day = day("2026-03-02"),
                              .now = at(EARLY_NOW) };
}

TEST(any_coach_lists_by_start_then_coach_id)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    CLEANUP(slot_list_done) struct slot_list list = { 0 };
    struct slot_query q;
    two_coaches(&r, &q);
    CHECK_OK(slots_list(&q, &list));
    CHECK_INT(list.n, 2);
    CHECK_INT(list.v[0].coach, 1); /* bo before zoe */
    CHECK_INT(list.v[1].coach, 0);
    CHECK_INT(list.v[0].start, list.v[1].start);
    zone_done(&zone);
}

TEST(a_coach_or_service_that_is_not_booked_gives_an_empty_list)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query q;
    two_coaches(&r, &q);
    for (int i = 0; i < 2; i++) {
        CLEANUP(slot_list_done) struct slot_list list = { 0 };
        q.service = i == 0 ? 0 : 1;
        q.coach = i == 0 ? 2 : SLOT_ANY_COACH;
        CHECK_OK(slots_list(&q, &list));
        CHECK_INT(list.n, 0);
    }
    zone_done(&zone);
}

TEST(a_question_that_makes_no_sense_is_refused)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query good, q;
    struct slot_list list = { .n = 7 };
    const struct busy_span by_start[] = { { 0, 10, 20 }, { 0, 5, 6 } };
    const struct busy_span by_coach[] = { { 1, 10, 20 }, { 0, 15, 16 } };
    const struct busy_span stranger[] = { { 4, 10, 20 } };
    two_coaches(&r, &good);
    q = good, q.service = 2;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.service = -1;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.coach = 4;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.last_day--;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.busy = by_start, q.n_busy = 2;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.busy = by_coach, q.n_busy = 2;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    q = good, q.busy = stranger, q.n_busy = 1;
    CHECK_ERR(slots_list(&q, &list), ERR_INVAL);
    CHECK_INT(list.n, 7);
    zone_done(&zone);
}

TEST(no_memory_leaves_the_list_alone)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query q;
    struct slot_list list = { .n = 7 };
    two_coaches(&r, &q);
    mem_fail_at(1);
    CHECK_ERR(slots_list(&q, &list), ERR_NOMEM);
    mem_fail_at(0);
    CHECK_INT(list.n, 7);
    zone_done(&zone);
}

TEST(one_start_is_judged_with_its_reason)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query q;
    two_coaches(&r, &q);
    utc_ms nine = at("2026-03-02T09:00:00+01:00");
    const struct busy_span both[] = { { 0, nine, nine + HOUR_MS }, { 1, nine, nine + HOUR_MS } };
    CHECK_INT(slot_at(&q, nine), SLOT_FREE);
    CHECK_INT(slot_at(&q, nine + 15 * MINUTE_MS), SLOT_OUTSIDE);
    CHECK_INT(slot_at(&q, nine + 1), SLOT_OUTSIDE);
    CHECK_INT(slot_at(&q, nine - 14 * DAY_MS), SLOT_FREE); /* now plus the lead time */
    CHECK_INT(slot_at(&q, nine - 14 * DAY_MS - MINUTE_MS), SLOT_TOO_SOON);
    CHECK_INT(slot_at(&q, nine + 70 * DAY_MS), SLOT_TOO_FAR);
    q.busy = both;
    q.n_busy = 1;
    CHECK_INT(slot_at(&q, nine), SLOT_FREE); /* the other coach */
    q.coach = 0;
    CHECK_INT(slot_at(&q, nine), SLOT_TAKEN);
    const struct busy_span later = { 0, nine + 15 * MINUTE_MS, nine + HOUR_MS };
    q.busy = &later; /* begins while this one would still last */
    CHECK_INT(slot_at(&q, nine), SLOT_TAKEN);
    q.busy = both;
    q.coach = SLOT_ANY_COACH;
    q.n_busy = 2;
    CHECK_INT(slot_at(&q, nine), SLOT_TAKEN);
    q.coach = 2;
    CHECK_INT(slot_at(&q, nine), SLOT_NOT_OFFERED);
    q.coach = SLOT_ANY_COACH;
    q.service = 1;
    CHECK_INT(slot_at(&q, nine), SLOT_NOT_OFFERED);
    q.service = 9;
    CHECK_INT(slot_at(&q, nine), SLOT_NOT_OFFERED);
    for (int v = SLOT_FREE; v <= SLOT_TAKEN; v++)
        CHECK(strlen(slot_verdict_text((enum slot_verdict)v)) > 3);
    zone_done(&zone);
}

TEST(first_free_tries_the_fewest_bookings_then_the_name)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query q;
    two_coaches(&r, &q);
    int order[ROSTER_COACHES_MAX];
    int bookings[] = { 2, 2, 0, 2 };
    CHECK_INT(slot_coach_order(&r, 0, bookings, order), 3);
    CHECK_INT(order[0], 0); /* Anna (zoe), then the two called Bo by id */
    CHECK_INT(order[1], 3);
    CHECK_INT(order[2], 1);
    bookings[1] = 1;
    CHECK_INT(slot_coach_order(&r, 0, bookings, order), 3);
    CHECK_INT(order[0], 1);
    zone_done(&zone);
}

TEST(an_appointment_outside_the_changed_hours_is_in_conflict)
{
    CLEANUP(roster_done) struct roster r = { 0 };
    struct slot_query q;
    two_coaches(&r, &q);
    utc_ms nine = at("2026-03-02T09:00:00+01:00");
    CHECK(slot_within_hours(&r, &zone, 0, nine, nine + HOUR_MS));
    CHECK(slot_within_hours(&r, &zone, 0, nine + 7 * MINUTE_MS, nine + 50 * MINUTE_MS));
    CHECK(!slot_within_hours(&r, &zone, 0, nine + MINUTE_MS, nine + HOUR_MS + MINUTE_MS));
    CHECK(!slot_within_hours(&r, &zone, 0, nine - MINUTE_MS, nine + MINUTE_MS));
    CHECK(!slot_within_hours(&r, &zone, 3, nine, nine + HOUR_MS));
    CHECK(!slot_within_hours(&r, &zone, 4, nine, nine + HOUR_MS));
    CHECK(!slot_within_hours(&r, &zone, -1, nine, nine + HOUR_MS));
    zone_done(&zone);
}
