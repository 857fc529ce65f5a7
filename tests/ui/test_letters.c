#include "ui/letters.h"

#include <string.h>

#include "base/utf8.h"
#include "tests/lib/check.h"

TEST(capitals_and_small_letters_are_pairs)
{
    const char *small = "aáàâäãåăąćçčďđéèêëęėğíîïłñńňóòôöõøőřśšşșťțúùûüůűýÿźżž";
    for (const char *s = small; *s;) {
        uint32_t cp = utf8_next(&s, s + strlen(s)), up = ui_upper(cp, false);
        CHECK(up != cp);
        CHECK_INT(ui_lower(up, false), cp);
        CHECK_INT(ui_upper(up, false), up);
        CHECK_INT(ui_lower(cp, false), cp);
    }
}

TEST(turkish_has_two_letters_i)
{
    CHECK_INT(ui_upper('i', true), 0x130);
    CHECK_INT(ui_upper('i', false), 'I');
    CHECK_INT(ui_upper(0x131, true), 'I');
    CHECK_INT(ui_lower('I', true), 0x131);
    CHECK_INT(ui_lower(0x130, false), 'i');
}

TEST(what_has_no_capital_stays)
{
    CHECK_INT(ui_upper(0xDF, false), 0xDF);
    CHECK_INT(ui_upper('-', false), '-');
    CHECK_INT(ui_upper(0xF7, false), 0xF7);
    CHECK(ui_variants('q') == NULL);
    CHECK(ui_variants('e') != NULL);
}
