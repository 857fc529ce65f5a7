#include "base/utf8.h"

#include <string.h>

#include "tests/lib/check.h"

TEST(reads_back_every_code_point_that_it_writes)
{
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char out[4];
        size_t n = utf8_put(cp, out);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            CHECK_INT(n, 0);
            continue;
        }
        const char *p = out;
        CHECK_INT(utf8_next(&p, out + n), cp);
        CHECK_INT(p - out, n);
    }
}

TEST(refuses_overlong_forms_surrogates_and_cut_sequences)
{
    static const char *const bad[] = { "\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                       "\xC3", "\xE2\x82", "\xFF", "\x80" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!utf8_valid(bad[i], strlen(bad[i])));
    CHECK(utf8_valid("Zoë ትግርኛ 🚲", strlen("Zoë ትግርኛ 🚲")));
}

TEST(a_backspace_takes_a_whole_code_point)
{
    CHECK_INT(utf8_len_less_one("Zoë"), 2);
    CHECK_INT(utf8_len_less_one(""), 0);
    CHECK_INT(utf8_count("Zoë"), 3);
}
