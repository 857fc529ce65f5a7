#include "config/facts.h"

#include <stdio.h>
#include <sys/stat.h>

#include "tests/lib/check.h"

TEST(a_fact_is_a_whole_line_and_is_cut_to_fit)
{
    static const char facts[] = "slot=b\nversion=0.2.0+1\na_OK=1\nOK=2\nempty=\nlast=end";
    static const struct {
        const char *key, *value;
    } cases[] = { { "slot", "b" }, { "version", "0.2.0+1" }, { "OK", "2" }, { "a_OK", "1" },
                  { "empty", "" }, { "last", "end" },        { "lot", "" }, { "none", "" } };
    char value[16], small[4];
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        facts_get(facts, cases[i].key, value, sizeof(value));
        CHECK_STR(value, cases[i].value);
    }
    facts_get(facts, "version", small, sizeof(small));
    CHECK_STR(small, "0.2");
}

TEST(a_machine_that_is_no_appliance_has_no_facts)
{
    CLEANUP(buf_done) struct buf facts = buf_make(FACTS_MAX);
    CHECK_ERR(facts_read(check_tmpdir(), &facts), ERR_NOT_FOUND);
}
