/* What a roster file must be, and how its faults are told. */
#include "core/roster.h"

#include "base/mem.h"
#include "tests/core/rosters.h"

/* "pointer text" of the first fault; "" for a good roster. */
static const char *fault_of(const char *quoted)
{
    static char json[64 * 1024], text[512];
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    quote(json, sizeof(json), quoted);
    text[0] = '\0';
    enum err e = roster_parse(json, strlen(json), &notes, &r);
    CHECK_INT(e, notes.n_faults ? ERR_FORMAT : ERR_OK);
    for (size_t i = 0; i < notes.n; i++)
        if (notes.v[i].fault) {
            snprintf(text, sizeof(text), "%s %s", notes.v[i].pointer, notes.v[i].text);
            break;
        }
    if (e != ERR_OK)
        CHECK(r.coaches == NULL && r.site.id[0] == '\0'); /* nothing half read comes out */
    roster_done(&r);
    return text;
}

TEST(the_example_of_the_contract_is_read_whole)
{
    CLEANUP(roster_done) struct roster r = roster_of(
        "{'version': 1,"
        " 'site': {'id': 'roosendaal', 'name': 'Dynamo Roosendaal', 'timezone':"
        " 'Europe/Amsterdam', 'municipality': '1674'},"
        " 'opening': [{'weekdays': ['mon','tue','wed','thu'], 'from': '09:00', 'to': '17:00',"
        " 'for': ['walk_in','appointment'], 'every_weeks': 1, 'valid_from': '2026-01-01',"
        " 'valid_to': null}],"
        " 'closures': [{'from': '2026-04-27', 'to': '2026-04-27', 'reason': 'Koningsdag'}],"
        " 'services': [{'id': 'school', 'name': {'nl': 'School', 'en': 'School'}, 'series': 'A',"
        " 'minutes': 30, 'buffer_minutes': 0, 'book': true, 'walk_in': true, 'topics': ['school'],"
        " 'default': true}],"
        " 'coaches': [{'id': 'sanne', 'name': 'Sanne', 'role': 'trajectbegeleider', 'room': '2',"
        " 'services': ['school'], 'availability': [{'weekdays': ['mon','wed'], 'from': '09:00',"
        " 'to': '12:00', 'every_weeks': 2, 'valid_from': '2026-01-05', 'valid_to': null}],"
        " 'breaks': [{'weekdays': ['mon'], 'from': '10:30', 'to': '10:45'}],"
        " 'exceptions': [{'date': '2026-05-04', 'kind': 'closed'}, {'date': '2026-05-08', 'kind':"
        " 'extra', 'from': '13:00', 'to': '15:00', 'override': false}]}],"
        " 'rules': {'step_minutes': 15, 'lead_minutes': 60, 'horizon_days': 60, 'hold_seconds':"
        " 180, 'late_minutes': 10, 'no_show_minutes': 15, 'starve_minutes': 45,"
        " 'calls_before_missed': 3, 'recall_block_minutes': 5}}");
    CHECK_STR(r.site.timezone, "Europe/Amsterdam");
    CHECK_INT(r.opening[0].weekdays, 15);
    CHECK_INT(r.opening[0].open_for, OPEN_WALK_IN | OPEN_APPOINTMENT);
    CHECK_INT(r.opening[0].valid_to, CIVIL_DAY_FOREVER);
    CHECK_INT(r.services[0].series, 'A');
    CHECK_INT(r.services[0].topics, 1u << TOPIC_SCHOOL);
    CHECK(r.services[0].book && r.services[0].walk_in && r.services[0].is_default);
    CHECK_STR(r.coaches[0].role, "trajectbegeleider");
    CHECK_INT(r.coaches[0].services, 1);
    CHECK_INT(r.coaches[0].availability[0].every_weeks, 2);
    CHECK_INT(r.coaches[0].availability[0].span.to, 720);
    CHECK_INT(r.coaches[0].breaks[0].span.from, 630);
    CHECK_INT(r.coaches[0].n_exceptions, 2);
    CHECK_INT(r.coaches[0].exceptions[0].kind, EXCEPTION_CLOSED);
    CHECK_INT(r.coaches[0].exceptions[1].span.from, 780);
}

TEST(what_may_be_left_out_has_its_default)
{
    CLEANUP(roster_done) struct roster r = roster_of(SMALL_ROSTER);
    CHECK_INT(r.opening[0].every_weeks, 1);
    CHECK_INT(r.opening[0].valid_to, CIVIL_DAY_FOREVER);
    CHECK_INT(r.services[0].series, 'A');
    CHECK_INT(r.services[0].buffer_minutes, 0);
    CHECK_INT(r.coaches[0].n_breaks, 0);
    CHECK_INT(r.coaches[0].n_exceptions, 0);
    CHECK_INT(r.rules.hold_seconds, 180);
}

/* SMALL_ROSTER with one text in it replaced by another. */
static const char *changed(const char *from, const char *to)
{
    static char text[64 * 1024];
    const char *at = strstr(SMALL_ROSTER, from);
    if (!at)
        CHECK_FAIL("no %s in the small roster", from);
    snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - SMALL_ROSTER), SMALL_ROSTER, to,
             at + strlen(from));
    return text;
}

TEST(every_fault_is_told_with_its_place)
{
    static const char *const rows[][3] = {
        { "'version': 1", "'version': 2", "/version must be 1, the version that this program reads" },
        { "'version': 1, ", "", "/version is missing" },
        { "'version': 1", "'version': 1, 'vresion': 1", "/vresion is not known" },
        { "'version': 1", "'version': 1, 'a/b~c': 1", "/a~1b~0c is not known" },
        { "'id': 'roosendaal'", "'id': 'Roosendaal'",
          "/site/id must be 1 to 32 of a-z, 0-9, _ and -" },
        { "'id': 'roosendaal'", "'id': ''", "/site/id must be 1 to 32 of a-z, 0-9, _ and -" },
        { "'id': 'roosendaal'", "'id': 'abcdefghijklmnopqrstuvwxyz0123456'",
          "/site/id must be 1 to 32 of a-z, 0-9, _ and -" },
        { "'name': 'Dynamo Roosendaal'", "'name': ' '",
          "/site/name is empty or holds a control character" },
        { "'name': 'Dynamo Roosendaal'", "'name': 'a\\u0007'",
          "/site/name is empty or holds a control character" },
        { "'name': 'Dynamo Roosendaal'",
          "'name': '1234567890123456789012345678901234567890123456789012345678901234x'",
          "/site/name has more than 64 letters" },
        { "'timezone': 'Europe/Amsterdam'", "'timezone': '../etc/passwd'",
          "/site/timezone must be the name of a time zone, such as Europe/Amsterdam" },
        { "'municipality': '1674'", "'municipality': 1674", "/site/municipality must be a text" },
        { "'municipality': '1674'", "'municipality': '167'",
          "/site/municipality must be the four digits of a municipality" },
        { "'from': '09:00', 'to': '17:00'", "'from': '09:03', 'to': '17:00'",
          "/opening/0/from must be a multiple of 5 minutes" },
        { "'from': '09:00', 'to': '17:00'", "'from': '9:00', 'to': '17:00'",
          "/opening/0/from must be a time, HH:MM" },
        { "'from': '09:00', 'to': '17:00'", "'from': '09:00', 'to': '09:00'",
          "/opening/0/to must be later than from" },
        { "'for': ['walk_in','appointment'],", "", "/opening/0/for is missing" },
        { "'for': ['walk_in','appointment']", "'for': []",
          "/opening/0/for must name walk_in, appointment or both" },
        { "'for': ['walk_in','appointment']", "'for': ['walk_in','walk_in']",
          "/opening/0/for/1 stands in the list twice" },
        { "'for': ['walk_in','appointment']", "'for': ['walkin']",
          "/opening/0/for/0 is no walk_in or appointment" },
        { "['mon','tue','wed','thu']", "['mon','Tue']",
          "/opening/0/weekdays/1 is no weekday (mon .. sun)" },
        { "['mon','tue','wed','thu']", "[]", "/opening/0/weekdays must name a weekday" },
        { "['mon','tue','wed','thu']", "'mon'", "/opening/0/weekdays must be a list" },
        { "['mon','tue','wed','thu']", "['mon',2]", "/opening/0/weekdays/1 must be a text" },
        { "'valid_from': '2026-01-01'", "'valid_from': '2026-02-30'",
          "/opening/0/valid_from is a date that does not exist" },
        { "'valid_from': '2026-01-01'", "'valid_from': 'soon'",
          "/opening/0/valid_from must be a date, YYYY-MM-DD" },
        { "'valid_from': '2026-01-01'", "'valid_from': '2026-01-01', 'valid_to': '2025-12-31'",
          "/opening/0/valid_to must not be before valid_from" },
        { "'valid_from': '2026-01-01'", "'valid_from': '2026-01-01', 'every_weeks': 0",
          "/opening/0/every_weeks must be 1 to 52" },
        { SMALL_CLOSURES ", ", "", "/closures is missing" },
        { "'to': '2026-04-27'", "'to': '2026-04-26'", "/closures/0/to must not be before from" },
        { ", 'reason': 'Koningsdag'", "", "/closures/0/reason is missing" },
        { "'minutes': 30", "'minutes': 32", "/services/0/minutes must be a multiple of 5 minutes" },
        { "'minutes': 30", "'minutes': 0", "/services/0/minutes must be 5 to 480" },
        { "'minutes': 30", "'minutes': 30.0", "/services/0/minutes must be a whole number" },
        { "'minutes': 30", "'minutes': 30, 'series': 'B'",
          "/services/0/series must be one letter of ACEFHKLPRT" },
        { "'minutes': 30", "'minutes': 30, 'series': 'AC'",
          "/services/0/series must be one letter of ACEFHKLPRT" },
        { "'book': true", "'book': 1", "/services/0/book must be true or false" },
        { "'topics': ['school']", "'topics': ['scool']", "/services/0/topics/0 is no topic" },
        { "{'nl': 'School', 'en': 'School'}", "{'en': 'School'}",
          "/services/0/name/nl is missing" },
        { "{'nl': 'School', 'en': 'School'}", "{'nl': 'School', 'EN': 'School'}",
          "/services/0/name/EN is no code of a language" },
        { "{'nl': 'School', 'en': 'School'}", "'School'",
          "/services/0/name must be an object of languages" },
        { ", 'default': true", "", "/services exactly one service must be the default" },
        { "'services': ['school']", "'services': ['work']",
          "/coaches/0/services/0 is no service of this roster" },
        { "'role': 'trajectbegeleider', ", "", "/coaches/0/role is missing" },
        { "'availability': [{", "'availability': [7, {",
          "/coaches/0/availability/0 must be an object" },
        { "'availability': [{'weekdays'", "'breaks': [{'weekdays': ['mon'], 'from': '10:32', 'to':"
          " '10:45'}], 'availability': [{'weekdays'",
          "/coaches/0/breaks/0/from must be a multiple of 5 minutes" },
        { "'availability': [{'weekdays'", "'breaks': [{'weekdays': ['mon'], 'from': '10:30', 'to':"
          " '10:30'}], 'availability': [{'weekdays'",
          "/coaches/0/breaks/0/to must be later than from" },
        { "'version': 1", "'version': 1, 'rules': {'step_minutes': 7}",
          "/rules/step_minutes must be a multiple of 5 minutes" },
        { "'version': 1", "'version': 1, 'rules': {'horizon_days': 731}",
          "/rules/horizon_days must be 0 to 730" },
        { "'version': 1", "'version': 1, 'rules': {'horizon_days': 1, 'lead_minutes': 1445}",
          "/rules/lead_minutes is longer than horizon_days: nothing could ever be booked" },
        { "'version': 1", "'version': 1, 'rules': {'speed': 1}", "/rules/speed is not known" },
    };
    CHECK_STR(fault_of(SMALL_ROSTER), "");
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_STR(fault_of(changed(rows[i][0], rows[i][1])), rows[i][2]);
}

TEST(edges_of_the_ranges_are_allowed)
{
    static const char *const rows[][2] = {
        { "'version': 1", "'version': 1, 'rules': {'horizon_days': 730, 'lead_minutes': 0}" },
        { "'version': 1", "'version': 1, 'rules': {'horizon_days': 1, 'lead_minutes': 1440}" },
        { "'version': 1", "'version': 1, 'rules': {'horizon_days': 0, 'lead_minutes': 0}" },
        { "'from': '09:00', 'to': '17:00'", "'from': '00:00', 'to': '24:00'" },
        { SMALL_CLOSURES, "'closures': []" },
        { "'id': 'roosendaal'", "'id': 'abcdefghijklmnopqrstuvwxyz012345'" },
        { "'topics': ['school']", "'topics': []" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_STR(fault_of(changed(rows[i][0], rows[i][1])), "");
}

#define WITH_EXCEPTION(text)                                                             \
    "'room': '2', 'exceptions': [" text "]"
#define EX_FAULT(text, fault)                                                            \
    CHECK_STR(fault_of(changed("'room': '2'", WITH_EXCEPTION(text))), fault)

TEST(an_exception_has_the_keys_of_its_kind)
{
    EX_FAULT("{'date': '2026-05-04', 'kind': 'closed'}", "");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'replace', 'from': '10:00', 'to': '11:00'}", "");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'extra', 'to': '11:00'}",
             "/coaches/0/exceptions/0/from is missing");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'closed', 'from': '10:00'}",
             "/coaches/0/exceptions/0/from does not belong to a closed day, which is whole");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'closed', 'override': true}",
             "/coaches/0/exceptions/0/override belongs to an extra only");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'open', 'from': '10:00', 'to': '11:00'}",
             "/coaches/0/exceptions/0/kind must be closed, extra or replace");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'extra', 'from': '11:00', 'to': '10:00'}",
             "/coaches/0/exceptions/0/to must be later than from");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'extra', 'from': '10:00', 'to': '11:00'},"
             "{'date': '2026-05-04', 'kind': 'extra', 'from': '10:55', 'to': '12:00'}",
             "/coaches/0/exceptions/1 overlaps another of its kind on that date");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'extra', 'from': '10:00', 'to': '11:00'},"
             "{'date': '2026-05-04', 'kind': 'extra', 'from': '11:00', 'to': '12:00'}", "");
    EX_FAULT("{'date': '2026-05-04', 'kind': 'closed'},"
             "{'date': '2026-05-04', 'kind': 'replace', 'from': '10:00', 'to': '11:00'}",
             "/coaches/0/exceptions/1 a day is closed or replaced, not both");
}

TEST(all_faults_are_told_in_one_go)
{
    char json[64 * 1024];
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    quote(json, sizeof(json), changed("'municipality': '1674'", "'municipality': 1, 'x': 2"));
    CHECK_ERR(roster_parse(json, strlen(json), &notes, &r), ERR_FORMAT);
    CHECK_INT(notes.n_faults, 2);
}

static bool told(const struct roster_notes *notes, const char *pointer)
{
    int n = 0;
    for (size_t i = 0; i < notes->n; i++)
        n += strcmp(notes->v[i].pointer, pointer) == 0;
    return n == 1;
}

TEST(faults_between_the_parts_are_told_beside_those_of_values)
{
    char json[64 * 1024];
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    quote(json, sizeof(json),
          "{'version': 1, " SMALL_SITE ", " SMALL_OPENING ", 'closures': [{'from': '2026-04-27',"
          " 'to': '2026-04-26', 'reason': 'x'}, {'from': '2026-05-05', 'to': 'soon', 'reason':"
          " 'x'}], 'services': [{'id': 'school', 'name': {'nl': 'School'}, 'minutes': 7,"
          " 'book': true, 'walk_in': true, 'topics': ['school'], 'default': true},"
          " {'id': 'school', 'name': {'nl': 'Werk'}, 'minutes': 30,"
          " 'book': true, 'walk_in': true, 'topics': ['work'], 'default': true}],"
          " 'coaches': [{'id': 'sanne', 'name': 'Sanne', 'role': 'x', 'room': '2', 'services': [],"
          " 'availability': [{'weekdays': ['mon'], 'from': '09:01', 'to': '12:00', 'valid_from':"
          " '2026-01-05'}, {'weekdays': ['mon'], 'from': '08:00', 'to': '08:30', 'valid_from':"
          " '2026-01-05'}]}], 'rules': {'lead_minutes': 5, 'horizon_days': 0}}");
    CHECK_ERR(roster_parse(json, strlen(json), &notes, &r), ERR_FORMAT);
    CHECK(told(&notes, "/services/0/minutes"));
    CHECK(told(&notes, "/services/1/id"));
    CHECK(told(&notes, "/services/1/default"));
    CHECK(told(&notes, "/closures/0/to"));
    CHECK(told(&notes, "/closures/1/to")); /* once: that it is before `from` only follows */
    CHECK(told(&notes, "/rules/lead_minutes"));
    CHECK(told(&notes, "/coaches/0/availability/0/from"));
    CHECK_INT(notes.n_faults, 7); /* no overlap of hours that could not be read */
    CHECK_INT(notes.n, 7);
}

TEST(what_is_no_json_is_told_with_line_and_column)
{
    CHECK(strncmp(fault_of("{'version': 1,\n  nonsense}"), " line 2, column ", 16) == 0);
    CHECK(strncmp(fault_of(""), " line ", 6) == 0);
    CHECK(strstr(fault_of("{'version': 1, 'version': 1}"), "duplicate") != NULL);
    CHECK_STR(fault_of("[]"), " must be an object");
    CHECK(strncmp(fault_of(SMALL_ROSTER "x"), " line ", 6) == 0);
}

TEST(very_many_faults_are_counted_but_not_all_kept)
{
    char json[64 * 1024];
    size_t at = (size_t)snprintf(json, sizeof(json), "{");
    for (int i = 0; i < 1000; i++)
        at += (size_t)snprintf(json + at, sizeof(json) - at, "%s\"k%d\": 1", i ? "," : "", i);
    at += (size_t)snprintf(json + at, sizeof(json) - at, "}");
    struct roster r = { 0 };
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    CHECK_ERR(roster_parse(json, at, &notes, &r), ERR_FORMAT);
    CHECK_INT(notes.n, ROSTER_NOTES_MAX);
    CHECK(notes.n_faults >= 1000);
}

TEST(a_file_over_the_cap_is_not_read)
{
    struct roster r = { 0 };
    struct roster_notes notes = { 0 };
    char *big = mem_calloc(ROSTER_JSON_MAX + 1, 1);
    CHECK_ERR(roster_parse(big, ROSTER_JSON_MAX + 1, &notes, &r), ERR_LIMIT);
    mem_free(big);
}

TEST(too_many_coaches_are_refused)
{
    CLEANUP(buf_done) struct buf b = buf_make(64 * 1024);
    buf_adds(&b, "'coaches': [");
    for (int i = 0; i < 65; i++)
        buf_addf(&b, "%s{'id': 'c%d', 'name': 'C', 'role': 'r', 'room': '1', 'services': [],"
                     " 'availability': []}", i ? "," : "", i);
    buf_adds(&b, "]");
    CHECK_STR(fault_of(changed(SMALL_COACHES, buf_str(&b))), "/coaches has more than 64 entries");
}

TEST(memory_running_out_anywhere_leaves_nothing_behind)
{
    char json[64 * 1024];
    quote(json, sizeof(json), SMALL_ROSTER);
    for (unsigned long n = 1;; n++) {
        struct roster r = { 0 };
        CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
        mem_fail_at(n);
        enum err e = roster_parse(json, strlen(json), &notes, &r);
        mem_fail_at(0);
        if (e == ERR_OK) {
            roster_done(&r);
            CHECK(n > 4);
            break;
        }
        CHECK_INT(e, ERR_NOMEM);
        CHECK(r.coaches == NULL);
    }
}
