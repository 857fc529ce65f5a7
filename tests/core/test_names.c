#include "core/names.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
#include "base/utf8.h"
#include "tests/lib/check.h"

TEST(a_name_takes_letters_marks_apostrophe_hyphen_and_space)
{
    CHECK(may_add_to_name("", 'J'));
    CHECK(may_add_to_name("", '\''));
    CHECK(may_add_to_name("", 0x627));
    CHECK(may_add_to_name("O", 0x2019));
    CHECK(may_add_to_name("Anne", '-'));
    CHECK(may_add_to_name("van", ' '));
    CHECK(may_add_to_name("e", 0x301));
}

TEST(what_no_name_has_is_refused_while_typing)
{
    static const uint32_t no[] = { '0', '9', '@', '.', '\n', '\t', 0, 0x7F, 0x200B, 0x202E, 0x200F,
                                   0x1F600, 0xFE0F, 0x2028, 0xFFFFFFFF, 0xD800, 0x110000, '_' };
    for (size_t i = 0; i < ARRAY_LEN(no); i++)
        if (may_add_to_name("Jan", no[i]))
            CHECK_FAIL("U+%04X is taken", no[i]);
    CHECK(!may_add_to_name("", ' '));
    CHECK(!may_add_to_name("", '-'));
    CHECK(!may_add_to_name("van ", ' '));
    CHECK(!may_add_to_name("Anne-", '-'));
    CHECK(!may_add_to_name("Anne-", ' '));
}

TEST(marks_sit_on_a_letter_and_do_not_pile_up)
{
    CHECK(!may_add_to_name("", 0x301));
    CHECK(!may_add_to_name("a ", 0x301));
    CHECK(!may_add_to_name("a'", 0x301));
    CHECK(may_add_to_name("a\xcc\x81\xcc\x81", 0x301));
    CHECK(!may_add_to_name("a\xcc\x81\xcc\x81\xcc\x81", 0x301));
    char out[PERSON_NAME_SIZE];
    CHECK_ERR(name_clean("a\xcc\x81\xcc\x81\xcc\x81\xcc\x81", out, sizeof(out)), ERR_FORMAT);
    CHECK_ERR(name_clean("\xcc\x81", out, sizeof(out)), ERR_FORMAT);
    CHECK_ERR(name_clean("a \xcc\x81", out, sizeof(out)), ERR_FORMAT);
}

TEST(the_forty_first_letter_is_refused)
{
    char name[PERSON_NAME_SIZE * 2] = "", out[PERSON_NAME_SIZE];
    for (int i = 0; i < 40; i++) {
        CHECK(may_add_to_name(name, 0x1F00 + 0x20000)); /* four bytes each */
        size_t n = strlen(name);
        name[n + utf8_put(0x21F00, name + n)] = '\0';
    }
    CHECK(!may_add_to_name(name, 'a'));
    CHECK_OK(name_clean(name, out, sizeof(out)));
    CHECK_STR(out, name);
    name[strlen(name) + 1] = '\0';
    name[strlen(name)] = 'a';
    CHECK_ERR(name_clean(name, out, sizeof(out)), ERR_LIMIT);
    CHECK_ERR(name_clean("Jan", out, 3), ERR_LIMIT);
    CHECK_OK(name_clean("Jan", out, 4));
}

TEST(a_typed_name_is_tidied)
{
    char out[PERSON_NAME_SIZE] = "";
    CHECK_OK(name_clean("  van   den  Berg ", out, sizeof(out)));
    CHECK_STR(out, "van den Berg");
    static const char *const empty[] = { "", "   ", "-", "'", "- '" };
    for (size_t i = 0; i < ARRAY_LEN(empty); i++)
        CHECK_ERR(name_clean(empty[i], out, sizeof(out)), ERR_INVAL);
    static const char *const bad[] = { "Jan2", "Jan\n", "J\tn", "\xff", "Jan\xe2\x80\xae", "<b>",
                                       "\xf0\x9f\x98\x80", "Jan\xe2\x80" };
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK_ERR(name_clean(bad[i], out, sizeof(out)), ERR_FORMAT);
    CHECK_STR(out, "van den Berg");
}

TEST(the_infix_is_split_off)
{
    static const char *const rows[][3] = {
        { "van den Berg", "van den", "Berg" },
        { "Van Der Meer", "Van Der", "Meer" },
        { "de Jong", "de", "Jong" },
        { "'t Hart", "'t", "Hart" },
        { "van \xe2\x80\x99t Hof", "van \xe2\x80\x99t", "Hof" },
        { "in 't Veld", "in 't", "Veld" },
        { "El Amrani", "El", "Amrani" },
        { "Jansen", "", "Jansen" },
        { "Van", "", "Van" },
        { "de la", "de", "la" },
        { "Jansen de Vries", "", "Jansen de Vries" },
        { "van den Berg-de Wit", "van den", "Berg-de Wit" },
        { "El-Amrani", "", "El-Amrani" },
        { "Vanderbilt", "", "Vanderbilt" },
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char infix[PERSON_INFIX_SIZE], family[PERSON_NAME_SIZE];
        name_split(rows[i][0], infix, family);
        CHECK_STR(infix, rows[i][1]);
        CHECK_STR(family, rows[i][2]);
    }
}

TEST(many_infix_words_never_overflow)
{
    char infix[PERSON_INFIX_SIZE], family[PERSON_NAME_SIZE];
    name_split("van de van de van de van de van de van B", infix, family);
    CHECK(strlen(infix) < PERSON_INFIX_SIZE);
    char joined[256];
    snprintf(joined, sizeof(joined), "%s %s", infix, family);
    CHECK_STR(joined, "van de van de van de van de van de van B");
}

TEST(only_infix_words_are_an_infix)
{
    CHECK(name_is_infix("van den") && name_is_infix("VAN") && name_is_infix("\xe2\x80\x99t"));
    CHECK(!name_is_infix("") && !name_is_infix("Berg") && !name_is_infix("van Berg") &&
          !name_is_infix("van  den") && !name_is_infix("van "));
}

static void same_key(const char *a, const char *b, bool want)
{
    char ka[PERSON_NAME_SIZE * 2], kb[PERSON_NAME_SIZE * 2];
    CHECK_OK(name_key_without_infix(a, ka, sizeof(ka)));
    CHECK_OK(name_key_without_infix(b, kb, sizeof(kb)));
    if ((strcmp(ka, kb) == 0) != want)
        CHECK_FAIL("%s (%s) and %s (%s)", a, ka, b, kb);
}

TEST(the_same_name_has_the_same_key_however_it_is_typed)
{
    static const char *const same[][2] = {
        { "van den Berg", "VAN DEN BERG" },
        { "van den Berg", "Berg" },
        { "van den Berg", "vandenberg" },
        { "van Dijk", "Vandijk" },
        { "M\xc3\xbcller", "muller" },
        { "Mu\xcc\x88ller", "m\xc3\xbcller" },
        { "O'Neill", "O\xe2\x80\x99Neill" },
        { "O'Neill", "oneill" },
        { "El-Amrani", "el amrani" },
        { "Al Hassan", "Hassan" },
        { "Jansen-de Vries", "Jansen de Vries" },
        { "\xc5\x81ukasz", "lukasz" },
        { "\xd8\xa3\xd8\xad\xd9\x85\xd8\xaf", "\xd8\xa7\xd8\xad\xd9\x85\xd8\xaf" },
        { "\xd0\x96\xd0\xa3\xd0\x9a\xd0\x9e\xd0\x92", "\xd0\xb6\xd1\x83\xd0\xba\xd0\xbe\xd0\xb2" },
        { "'t Hart", "\xe2\x80\x99T HART" },
        { "Stra\xc3\x9f""e", "Strasse" },
    };
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        same_key(same[i][0], same[i][1], true);
    static const char *const other[][2] = { { "Jansen", "Janssen" }, { "de Vries", "de Wit" },
                                            { "Van", "Berg" }, { "Ali", "Al" } };
    for (size_t i = 0; i < ARRAY_LEN(other); i++)
        same_key(other[i][0], other[i][1], false);
}

TEST(a_key_that_does_not_fit_is_refused)
{
    char out[4] = "old";
    CHECK_ERR(name_key("Jansen", out, sizeof(out)), ERR_LIMIT);
    CHECK_STR(out, "old");
    CHECK_ERR(name_key("J", out, 0), ERR_LIMIT);
    CHECK_OK(name_key("Jan", out, sizeof(out)));
    CHECK_STR(out, "jan");
}

TEST(what_the_keyboard_lets_through_is_always_a_clean_name)
{
    struct rng rng = rng_seeded(check_seed());
    static const uint32_t some[] = { 'a', 'B', ' ', '-', '\'', 0x2019, 0x301, 0x627, 0x64B, '1',
                                     0x1F600, 0x202E, 0x21F00, 0x130D };
    for (int round = 0; round < 3000; round++) {
        char name[PERSON_NAME_SIZE + 8] = "", out[PERSON_NAME_SIZE];
        for (int i = 0; i < 60; i++) {
            uint32_t cp = some[rng_below(&rng, ARRAY_LEN(some))];
            size_t n = strlen(name);
            if (may_add_to_name(name, cp))
                name[n + utf8_put(cp, name + n)] = '\0';
        }
        enum err e = name_clean(name, out, sizeof(out));
        if (e != ERR_OK && e != ERR_INVAL)
            CHECK_FAIL("\"%s\" is not clean: %s", name, err_text(e));
    }
}
