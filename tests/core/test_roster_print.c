#include "core/roster.h"

#include <jansson.h>

#include "tests/core/rosters.h"

static void round_trip(const char *quoted, struct buf *once)
{
    CLEANUP(roster_done) struct roster a = roster_of(quoted);
    CHECK_OK(roster_print(&a, once));
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CLEANUP(roster_done) struct roster b = { 0 };
    CHECK_OK(roster_parse(once->v, once->n, &notes, &b));
    CLEANUP(buf_done) struct buf twice = buf_make(ROSTER_JSON_MAX);
    CHECK_OK(roster_print(&b, &twice));
    CHECK_STR(buf_str(&twice), buf_str(once));
}

#define RICH                                                                             \
    "{'version': 1, " SMALL_SITE ","                                                     \
    " 'opening': [{'weekdays': ['sun','mon'], 'from': '00:00', 'to': '24:00',"           \
    "  'for': ['appointment'], 'every_weeks': 3, 'valid_from': '2026-01-01',"            \
    "  'valid_to': '2026-12-31'}],"                                                      \
    " 'closures': [{'from': '2026-04-27', 'to': '2026-04-28', 'reason': 'Koningsdag'}]," \
    " 'exceptions': [{'date': '2026-05-01', 'kind': 'closed'},"                          \
    "  {'date': '2026-05-02', 'kind': 'extra', 'from': '10:00', 'to': '11:00',"          \
    "   'override': true}],"                                                             \
    " 'services': [{'id': 'work', 'name': {'uk': '\\u0420\\u043e\\u0431\\u043e\\u0442\\u0430',"  \
    "   'nl': 'Werk'}, 'minutes': 30, 'buffer_minutes': 10, 'book': true, 'walk_in': false," \
    "   'topics': ['work','absence']},"                                                  \
    "  {'id': 'all', 'name': {'nl': 'Alles'}, 'minutes': 45, 'book': true,"              \
    "   'walk_in': true, 'topics': [], 'default': true}],"                               \
    " 'coaches': [{'id': 'noor', 'name': 'Noor \\\\ \\u00eb', 'role': 'coach', 'room': '1a'," \
    "   'services': ['all','work'], 'availability': [{'weekdays': ['fri'], 'from': '09:00'," \
    "   'to': '12:00', 'valid_from': '2026-01-05'}], 'breaks': [{'weekdays': ['fri'],"   \
    "   'from': '10:00', 'to': '10:15'}], 'exceptions': [{'date': '2026-06-05',"         \
    "   'kind': 'replace', 'from': '13:00', 'to': '15:00'}]}],"                          \
    " 'rules': {'step_minutes': 20}}"

TEST(import_and_export_are_byte_stable)
{
    CLEANUP(buf_done) struct buf small = buf_make(ROSTER_JSON_MAX);
    CLEANUP(buf_done) struct buf rich = buf_make(ROSTER_JSON_MAX);
    round_trip(SMALL_ROSTER, &small);
    round_trip(RICH, &rich);
}

TEST(nothing_that_was_read_is_lost)
{
    CLEANUP(buf_done) struct buf b = buf_make(ROSTER_JSON_MAX);
    round_trip(RICH, &b);
    static const char *const parts[] = {
        "\"valid_to\": \"2026-12-31\"", "\"every_weeks\": 3", "\"to\": \"24:00\"",
        "\"\xd0\xa0\xd0\xbe\xd0\xb1\xd0\xbe\xd1\x82\xd0\xb0\"", "\"buffer_minutes\": 10",
        "\"override\": true", "\"kind\": \"replace\"", "\"step_minutes\": 20",
        "\"Noor \\\\ \xc3\xab\"", "\"horizon_days\": 60", "\"room\": \"1a\"", "\"absence\"",
        "\"reason\": \"Koningsdag\"",
    };
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        if (!strstr(buf_str(&b), parts[i]))
            CHECK_FAIL("%s is not in %s", parts[i], buf_str(&b));
}

TEST(a_list_longer_than_the_buffer_is_told)
{
    CLEANUP(roster_done) struct roster r = roster_of(SMALL_ROSTER);
    CLEANUP(buf_done) struct buf b = buf_make(100);
    CHECK_ERR(roster_print(&r, &b), ERR_LIMIT);
}

/* Allocations of the JSON library, of which the n-th from now fails; 0: none. */
static unsigned long fail_at;

static void *counted(size_t size)
{
    return fail_at > 0 && --fail_at == 0 ? NULL : malloc(size);
}

TEST(no_memory_never_gives_half_a_roster)
{
    CLEANUP(roster_done) struct roster r = roster_of(RICH);
    CLEANUP(buf_done) struct buf want = buf_make(ROSTER_JSON_MAX);
    CHECK_OK(roster_print(&r, &want));
    json_set_alloc_funcs(counted, free);
    for (unsigned long n = 1;; n++) {
        CLEANUP(buf_done) struct buf got = buf_make(ROSTER_JSON_MAX);
        fail_at = n;
        enum err e = roster_print(&r, &got);
        bool ran_out = fail_at == 0;
        fail_at = 0;
        if (e == ERR_OK)
            CHECK_STR(buf_str(&got), buf_str(&want));
        else
            CHECK_INT(e, ERR_NOMEM);
        if (!ran_out) {
            CHECK(e == ERR_OK && n > 50);
            break;
        }
    }
    json_set_alloc_funcs(malloc, free);
}
