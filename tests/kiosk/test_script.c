#include "kiosk/script.h"

#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"

static void refused(const char *text, size_t line, const char *why)
{
    struct script s = { 0 };
    size_t at = 0;
    char said[SCRIPT_WHY_MAX] = "";
    CHECK_ERR(script_parse(text, strlen(text), &s, &at, said), ERR_FORMAT);
    CHECK_INT(at, line);
    CHECK_STR(said, why);
    CHECK_INT(s.n, 0);
}

TEST(every_form_of_the_language_is_read)
{
    static const char text[] = "tap welcome.walk_in # a comment\n\n"
                               "  slide a b\r\n"
                               "lift\n"
                               "type \"van \\\"den\\\" Berg\"\n"
                               "key back\n"
                               "headphones in\n"
                               "by ears\n"
                               "wait 250ms\n"
                               "advance 2m\n"
                               "expect screen birth\n"
                               "expect no text \"x\"\n"
                               "expect no say \"x\"\n"
                               "expect ticket.number text \"A01\"\n"
                               "set CODE ticket.code text\n"
                               "expect text \"no\"\n"
                               "tap day.first_free until screen contact\n";
    static const enum verb verbs[] = { DO_TAP, DO_SLIDE, DO_LIFT, DO_TYPE, DO_KEY, DO_PLUG, DO_BY, DO_WAIT,
                                       DO_ADVANCE, EXPECT_SCREEN, EXPECT_NO_TEXT,
                                       EXPECT_NO_SAY, EXPECT_ID_TEXT, DO_SET, EXPECT_TEXT,
                                       DO_TAP_UNTIL };
    CLEANUP(script_done) struct script s = { 0 };
    size_t line;
    char why[SCRIPT_WHY_MAX];
    CHECK_OK(script_parse(text, sizeof(text) - 1, &s, &line, why));
    CHECK_INT(s.n, ARRAY_LEN(verbs));
    for (size_t i = 0; i < s.n; i++)
        CHECK_INT(s.v[i].verb, verbs[i]);
    CHECK_INT(s.v[1].line, 3);
    CHECK_STR(s.v[3].words[0], "van \"den\" Berg");
    CHECK_INT(s.v[7].ms, 250);
    CHECK_INT(s.v[8].ms, 120000);
    CHECK_STR(s.v[12].words[0], "ticket.number");
    CHECK_STR(s.v[12].words[1], "A01");
    CHECK_STR(s.v[15].words[0], "day.first_free");
    CHECK_STR(s.v[15].words[1], "contact");
}

TEST(what_is_wrong_is_told_with_its_line)
{
    refused("tap a\nfly away\n", 2, "no such command");
    refused("tap\n", 1, "no such command");
    refused("tap a b\n", 1, "no such command");
    refused("\n\ntype \"open\n", 3, "a quote does not end");
    refused("wait soon\n", 1, "a time is a number and ms, s, m or h");
    refused("advance -1s\n", 1, "a time is a number and ms, s, m or h");
    refused("headphones on\n", 1, "headphones are in or out");
    refused("by foot\n", 1, "one acts by touch, keys or ears");
    refused("key up\n", 1, "the keys are next, prev, select and back");
    refused("tap a b c d e f g\n", 1, "too many words");
}

TEST(an_empty_script_is_a_script)
{
    CLEANUP(script_done) struct script s = { 0 };
    size_t line;
    char why[SCRIPT_WHY_MAX];
    CHECK_OK(script_parse("", 0, &s, &line, why));
    CHECK_INT(s.n, 0);
}

TEST(without_memory_nothing_is_left_behind)
{
    static const char text[] = "tap a\ntap b\n";
    struct script s = { 0 };
    size_t line;
    char why[SCRIPT_WHY_MAX];
    for (unsigned long n = 1;; n++) {
        mem_fail_at(n);
        enum err e = script_parse(text, sizeof(text) - 1, &s, &line, why);
        mem_fail_at(0);
        if (e == ERR_OK)
            break;
        CHECK_INT(s.n, 0);
        CHECK(n < 100);
    }
    script_done(&s);
}
