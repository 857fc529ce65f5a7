#include "core/roster.h"

#include "tests/core/rosters.h"

TEST(the_defaults_are_those_of_the_contract)
{
    struct roster_rules u = roster_default_rules();
    CHECK_INT(u.step_minutes, 15);
    CHECK_INT(u.lead_minutes, 60);
    CHECK_INT(u.horizon_days, 60);
    CHECK_INT(u.hold_seconds, 180);
    CHECK_INT(u.late_minutes, 10);
    CHECK_INT(u.no_show_minutes, 15);
    CHECK_INT(u.starve_minutes, 45);
    CHECK_INT(u.calls_before_missed, 3);
    CHECK_INT(u.recall_block_minutes, 5);
}

TEST(services_and_coaches_are_found_by_id)
{
    CLEANUP(roster_done) struct roster r = roster_of(SMALL_ROSTER);
    CHECK_INT(roster_service_find(&r, "school"), 0);
    CHECK_INT(roster_service_find(&r, "work"), -1);
    CHECK_INT(roster_coach_find(&r, "sanne"), 0);
    CHECK_INT(roster_coach_find(&r, ""), -1);
    CHECK(roster_coach_offers(&r, 0, 0));
    CHECK(!roster_coach_offers(&r, 1, 0) && !roster_coach_offers(&r, -1, 0));
    CHECK(!roster_coach_offers(&r, 0, 1) && !roster_coach_offers(&r, 0, -1));
}

TEST(a_service_is_named_in_the_language_or_in_dutch)
{
    CLEANUP(roster_done) struct roster r = roster_of(
        "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [], 'services': ["
        "{'id': 'a', 'name': {'en': 'Work', 'nl': 'Werk'}, 'minutes': 30, 'book': true,"
        " 'walk_in': true, 'topics': [], 'default': true}], 'coaches': []}");
    CHECK_STR(roster_service_label(&r, 0, "en"), "Work");
    CHECK_STR(roster_service_label(&r, 0, "pl"), "Werk");
}

#define THREE_SERVICES                                                                  \
    "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [], 'services': ["   \
    "{'id': 'talk', 'name': {'nl': 'Praten'}, 'minutes': 30, 'book': false,"            \
    " 'walk_in': true, 'topics': ['school','money']},"                                  \
    "{'id': 'plan', 'name': {'nl': 'Plan'}, 'minutes': 30, 'book': true,"               \
    " 'walk_in': false, 'topics': ['school','work']},"                                  \
    "{'id': 'rest', 'name': {'nl': 'Overig'}, 'minutes': 30, 'book': true,"             \
    " 'walk_in': true, 'topics': ['school'], 'default': true}], 'coaches': []}"

TEST(a_topic_goes_to_the_first_open_service_that_lists_it)
{
    CLEANUP(roster_done) struct roster r = roster_of(THREE_SERVICES);
    CHECK_INT(roster_route(&r, TOPIC_SCHOOL, OPEN_WALK_IN), 0);
    CHECK_INT(roster_route(&r, TOPIC_SCHOOL, OPEN_APPOINTMENT), 1);
    CHECK_INT(roster_route(&r, TOPIC_MONEY, OPEN_WALK_IN), 0);
    CHECK_INT(roster_route(&r, TOPIC_MONEY, OPEN_APPOINTMENT), 2);
    CHECK_INT(roster_route(&r, TOPIC_WORK, OPEN_WALK_IN), 2);
    CHECK_INT(roster_route(&r, TOPIC_WORK, OPEN_APPOINTMENT), 1);
    CHECK_INT(roster_route(&r, TOPIC_UNSAID, OPEN_WALK_IN), 2);
    CHECK_INT(roster_route(&r, TOPIC_HOUSING, OPEN_APPOINTMENT), 2);
}

TEST(done_leaves_an_empty_roster_and_may_be_called_on_one)
{
    struct roster r = roster_of(SMALL_ROSTER);
    roster_done(&r);
    CHECK(r.coaches == NULL && r.n_coaches == 0);
    roster_done(&r);
}
