#include "core/record.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

static struct outbox_record sample(enum record_kind kind)
{
    struct outbox_record r = {
        .kind = kind,
        .id = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1X11"),
        .chain = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1XGB"),
        .seq = 2,
        .when = { INT64_C(1795252502417), 60 },
        .kiosk = 1,
        .number = 123,
        .site_id = "roosendaal",
        .site_name = "Dynamo Roosendaal",
        .coach_id = "sanne",
        .coach_name = "Sanne",
        .person = { .given = "Noor", .infix = "van der", .family = "Berg", .birth = 12555,
                    .municipality = "1674", .topic = TOPIC_SCHOOL, .phone = "+31612345678",
                    .lang = "nl" },
        .start = { INT64_C(1795611600000), 60 },
        .stop = { INT64_C(1795613400000), 60 },
        .notice_version = "3",
        .consent_given = true,
        .consent_by = "sms",
    };
    return r;
}

static void check_round_trip(const struct outbox_record *r)
{
    CLEANUP(buf_done) struct buf json = buf_make(8192);
    CLEANUP(buf_done) struct buf again = buf_make(8192);
    struct outbox_record back = { 0 };
    CHECK_OK(record_to_json(r, &json));
    CHECK_OK(record_from_json(buf_str(&json), json.n, &back));
    CHECK_OK(record_to_json(&back, &again));
    CHECK_STR(buf_str(&again), buf_str(&json));
}

TEST(every_kind_comes_back_as_it_was_written)
{
    for (int k = RECORD_NONE + 1; k < RECORD_KIND_COUNT; k++) {
        struct outbox_record r = sample((enum record_kind)k);
        check_round_trip(&r);
        CHECK_INT(record_kind_of(record_kind_name(r.kind)), k);
    }
    CHECK_INT(record_kind_of("walkin"), RECORD_NONE);
    CHECK_INT(record_kind_of("none"), RECORD_NONE);
    CHECK_STR(record_kind_name((enum record_kind)99), "none");
}

TEST(the_json_is_one_object_with_keys_in_a_fixed_order)
{
    struct outbox_record r = sample(RECORD_APPOINTMENT_BOOKED);
    CLEANUP(buf_done) struct buf json = buf_make(8192);
    CHECK_OK(record_to_json(&r, &json));
    CHECK_STR(buf_str(&json),
              "{\"kind\":\"appointment_booked\",\"id\":\"01KAKZ3W9T4V8Q2M6R5H7C1X11\","
              "\"chain\":\"01KAKZ3W9T4V8Q2M6R5H7C1XGB\",\"seq\":2,"
              "\"when\":\"2026-11-21T10:15:02.417+01:00\",\"kiosk\":1,\"number\":123,"
              "\"site\":\"roosendaal\",\"site_name\":\"Dynamo Roosendaal\",\"coach\":\"sanne\","
              "\"coach_name\":\"Sanne\",\"given\":\"Noor\",\"infix\":\"van der\",\"family\":\"Berg\","
              "\"phone\":\"+31612345678\",\"lang\":\"nl\",\"municipality\":\"1674\","
              "\"notice_version\":\"3\",\"consent_by\":\"sms\",\"birth\":\"2004-05-17\","
              "\"topic\":\"school\",\"start\":\"2026-11-25T14:00:00.000+01:00\","
              "\"stop\":\"2026-11-25T14:30:00.000+01:00\"}");
}

TEST(names_of_any_script_and_any_sign_survive)
{
    static const char *const names[] = { "Łukasz \"Ł\" \\ O'Brien", "محمد عبد الله", "ሰላም", "🙂",
                                         "{zaak}", "</script>" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct outbox_record r = sample(RECORD_WALKIN_REGISTERED);
        strcpy(r.person.family, names[i]);
        check_round_trip(&r);
    }
}

static void check_refused(const struct outbox_record *r)
{
    CLEANUP(buf_done) struct buf json = buf_make(8192);
    CHECK_ERR(record_to_json(r, &json), ERR_INVAL);
    CHECK_INT(json.n, 0);
}

TEST(a_record_that_no_register_would_take_is_refused_at_birth)
{
    struct outbox_record r = sample(RECORD_WALKIN_REGISTERED);
    r.person.family[0] = '\0';
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    strcpy(r.person.given, "\xff\xfe");
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    r.chain = (struct ulid){ 0 };
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    r.seq = 0;
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    r.kiosk = 100;
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    r.number = 100000000;
    check_refused(&r);
    r = sample(RECORD_APPOINTMENT_BOOKED);
    r.stop = r.start;
    check_refused(&r);
    r = sample(RECORD_PRIVACY_NOTICE_SHOWN);
    r.notice_version[0] = '\0';
    check_refused(&r);
    r = sample(RECORD_NONE);
    check_refused(&r);
    r = sample(RECORD_WALKIN_REGISTERED);
    memset(r.site_id, 'x', sizeof r.site_id); /* no closing NUL */
    check_refused(&r);
}

TEST(a_newer_kiosk_may_say_more)
{
    struct outbox_record r = sample(RECORD_VISIT_ATTENDED), back = { 0 };
    CLEANUP(buf_done) struct buf json = buf_make(8192);
    CHECK_OK(record_to_json(&r, &json));
    json.v[json.n - 1] = ',';
    buf_adds(&json, "\"outcome\":\"advice\"}");
    CHECK_OK(record_from_json(buf_str(&json), json.n, &back));
    CHECK_STR(back.person.family, "Berg");
}

TEST(broken_json_is_refused_and_leaves_the_record_alone)
{
    static const char *const cases[] = {
        "", "{", "[]", "null", "{\"kind\":\"visit_attended\"}", "{\"kind\":7}",
        "{\"kind\":\"visit_attended\",\"kind\":\"visit_attended\"}",
    };
    struct outbox_record back = { .seq = 7 };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        CHECK_ERR(record_from_json(cases[i], strlen(cases[i]), &back), ERR_FORMAT);
    CHECK_INT(back.seq, 7);
}

TEST(a_value_that_does_not_fit_is_refused)
{
    struct outbox_record r = sample(RECORD_VISIT_ATTENDED), back = { .seq = 7 };
    CLEANUP(buf_done) struct buf json = buf_make(8192), longer = buf_make(8192);
    CHECK_OK(record_to_json(&r, &json));
    const char *phone = strstr(buf_str(&json), "+31612345678");
    buf_add(&longer, json.v, (size_t)(phone - json.v));
    buf_adds(&longer, "+3161234567812345678");
    buf_adds(&longer, phone + 12);
    CHECK_ERR(record_from_json(buf_str(&longer), longer.n, &back), ERR_FORMAT);
    CHECK_INT(back.seq, 7);
}

TEST(a_buffer_too_small_is_told)
{
    struct outbox_record r = sample(RECORD_VISIT_ATTENDED);
    CLEANUP(buf_done) struct buf json = buf_make(100);
    CHECK_ERR(record_to_json(&r, &json), ERR_LIMIT);
}

TEST(an_instant_keeps_the_offset_that_people_saw)
{
    static const struct {
        const char *text;
        utc_ms at;
        int offset_min;
    } cases[] = {
        { "2026-11-21T10:15:02.417+01:00", INT64_C(1795252502417), 60 },
        { "2026-11-21T09:15:02.417Z", INT64_C(1795252502417), 0 },
        { "2026-11-21T09:15:02.417999Z", INT64_C(1795252502417), 0 },
        { "2026-11-21T03:45:02.417-05:30", INT64_C(1795252502417), -330 },
        { "2026-11-21T10:15:02+01:00", INT64_C(1795252502000), 60 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct record_time t = { 0 };
        CHECK_OK(record_time_parse(cases[i].text, &t));
        CHECK_INT(t.at, cases[i].at);
        CHECK_INT(t.offset_min, cases[i].offset_min);
    }
    char out[RECORD_TIME_SIZE];
    record_time_text((struct record_time){ INT64_C(1795252502417), -330 }, true, out);
    CHECK_STR(out, "2026-11-21T03:45:02.417-05:30");
    record_time_text((struct record_time){ INT64_C(1795252502417), 60 }, false, out);
    CHECK_STR(out, "2026-11-21T10:15:02+01:00");
    struct record_time t = { .at = 5 };
    CHECK_ERR(record_time_parse("2026-02-30T10:15:02Z", &t), ERR_FORMAT);
    CHECK_ERR(record_time_parse("2026-11-21T10:15:02", &t), ERR_FORMAT);
    CHECK_ERR(record_time_parse("tomorrow", &t), ERR_FORMAT);
    CHECK_INT(t.at, 5);
}
