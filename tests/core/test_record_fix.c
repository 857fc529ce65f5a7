#include "core/record_fix.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

static struct outbox_record walk_in(void)
{
    return (struct outbox_record){
        .kind = RECORD_WALKIN_REGISTERED,
        .id = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1X11"),
        .chain = ulid_of("01KAKZ3W9T4V8Q2M6R5H7C1XGB"),
        .seq = 1,
        .when = { INT64_C(1795252502417), 60 },
        .kiosk = 1,
        .number = 123,
        .site_id = "roosendaal",
        .site_name = "Dynamo Roosendaal",
        .person = { .given = "Nor", .family = "Berg", .birth = 12555, .municipality = "1674",
                    .topic = TOPIC_SCHOOL, .lang = "nl" },
    };
}

TEST(a_correction_replaces_the_person_and_nothing_else)
{
    struct outbox_record r = walk_in(), was = walk_in();
    struct person right = { .given = "Noor", .infix = "van den", .family = "Berg", .birth = 12556,
                            .municipality = "0748", .topic = TOPIC_WORK, .phone = "+31612345678",
                            .lang = "pl" };
    CLEANUP(buf_done) struct buf json = buf_make(4096);
    CHECK_OK(record_fix_to_json(&right, &json));
    CHECK_OK(record_fix_apply(buf_str(&json), json.n, &r));
    CHECK_STR(r.person.given, "Noor");
    CHECK_STR(r.person.infix, "van den");
    CHECK_STR(r.person.municipality, "0748");
    CHECK_STR(r.person.phone, "+31612345678");
    CHECK_INT(r.person.birth, 12556);
    CHECK_INT(r.person.topic, TOPIC_WORK);
    r.person = was.person;
    CHECK_INT(r.number, was.number);
    CHECK_INT(r.when.at, was.when.at);
    CHECK_STR(r.site_name, was.site_name);
}

TEST(a_correction_that_is_not_right_leaves_the_record_as_it_was)
{
    static const char *const bad[] = {
        "", "[]", "{}", "{\"given\":\"Noor\"}",
        "{\"given\":1,\"infix\":\"\",\"family\":\"Berg\",\"municipality\":\"1674\",\"phone\":\"\","
        "\"email\":\"\",\"lang\":\"nl\",\"birth\":\"2004-05-17\",\"topic\":\"school\"}",
        "{\"given\":\"\",\"infix\":\"\",\"family\":\"Berg\",\"municipality\":\"16\",\"phone\":\"\","
        "\"email\":\"\",\"lang\":\"nl\",\"birth\":\"2004-05-17\",\"topic\":\"school\"}",
        "{\"given\":\"\",\"infix\":\"\",\"family\":\"\",\"municipality\":\"1674\",\"phone\":\"\","
        "\"email\":\"\",\"lang\":\"nl\",\"birth\":\"2004-05-17\",\"topic\":\"school\"}",
        "{\"given\":\"\",\"infix\":\"\",\"family\":\"Berg\",\"municipality\":\"1674\",\"phone\":\"\","
        "\"email\":\"\",\"lang\":\"nl\",\"birth\":\"2004-02-30\",\"topic\":\"school\"}",
    };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        struct outbox_record r = walk_in(), was = walk_in();
        CHECK_INT(record_fix_apply(bad[i], strlen(bad[i]), &r), ERR_FORMAT);
        CHECK_STR(r.person.given, was.person.given);
        CHECK_STR(r.person.municipality, was.person.municipality);
        CHECK_INT(r.person.birth, was.person.birth);
    }
}
