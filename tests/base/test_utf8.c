#include "base/utf8.h"

#include <string.h>

#include "base/rng.h"
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

TEST(a_text_is_sound_when_every_code_point_of_it_is)
{
    static const char *const parts[] = { "a", "Zo", "plain words", "\xC3\xAB", "\xE1\x89\xB5",
                                         "\xF0\x9F\x9A\xB2", "\xC3", "\x80", "\xC0\x80", "\xFF",
                                         "\xE2\x82" };
    struct rng rng = rng_seeded(check_seed());
    for (long round = 0; round < check_rounds(20000); round++) {
        char text[128] = "";
        size_t n = 0;
        uint32_t bad = rng_below(&rng, 2); /* half of them of good parts only */
        for (uint32_t i = rng_below(&rng, 10); i > 0; i--) {
            const char *part = parts[rng_below(&rng, bad ? ARRAY_LEN(parts) : 6)];
            memcpy(text + n, part, strlen(part));
            n += strlen(part);
        }
        bool sound = true;
        for (const char *s = text; s < text + n;)
            sound = utf8_next(&s, text + n) != UTF8_BAD && sound;
        CHECK_INT(utf8_valid(text, n), sound);
    }
}

TEST(a_backspace_takes_a_whole_code_point)
{
    CHECK_INT(utf8_len_less_one("Zoë"), 2);
    CHECK_INT(utf8_len_less_one(""), 0);
    CHECK_INT(utf8_count("Zoë"), 3);
}
