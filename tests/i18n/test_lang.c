#include "i18n/lang.h"

#include <string.h>

#include "base/utf8.h"
#include "tests/lib/check.h"

TEST(dutch_is_first_and_twelve_languages_can_be_chosen)
{
    size_t n;
    const struct i18n_lang *v = i18n_langs(&n);
    CHECK_STR(v[0].code, "nl");
    int chosen = 0, shown = 0;
    for (size_t i = 0; i < n; i++) {
        chosen += !v[i].pseudo;
        shown += !v[i].more;
        CHECK(utf8_valid(v[i].own_name, strlen(v[i].own_name)));
        CHECK_INT(strlen(v[i].iso639), 3);
        CHECK(i18n_lang(v[i].code) == &v[i]);
    }
    CHECK_INT(chosen, 12);
    CHECK_INT(shown, 7);
}

TEST(arabic_and_farsi_run_from_right_to_left)
{
    size_t n;
    const struct i18n_lang *v = i18n_langs(&n);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(v[i].rtl, strcmp(v[i].code, "ar") == 0 || strcmp(v[i].code, "fa") == 0);
}

TEST(tigrinya_has_no_voice)
{
    CHECK(i18n_lang("ti")->voice == NULL);
    CHECK_STR(i18n_lang("nl")->voice, "nl");
    CHECK_STR(i18n_lang("nl")->iso639, "nld");
}

TEST(a_code_that_is_none_gives_none)
{
    CHECK(i18n_lang("NL") == NULL);
    CHECK(i18n_lang("") == NULL);
    CHECK(i18n_lang(NULL) == NULL);
}
