#include "i18n/pseudo.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/lib/check.h"

static void check_pseudo(const char *english, const char *want)
{
    CLEANUP(buf_done) struct buf b = buf_make(1000);
    pseudo_write(&b, english);
    CHECK_STR(buf_str(&b), want);
}

TEST(letters_get_accents_and_placeholders_stay)
{
    check_pseudo("Your number is {number}.", "[Ýóúŕ ñúḿƀéŕ íš {number}. öñé ţŵö ţĥŕéé]");
}

TEST(a_word_on_a_button_stays_one_word)
{
    check_pseudo("Back", "[Ɓáçķ~~]");
}

TEST(keys_of_the_keyboard_stay)
{
    check_pseudo("é", "é");
    check_pseudo("a", "a");
    check_pseudo("", "");
}

TEST(a_text_grows_by_half_or_more)
{
    const char *english = "We call your number. Please take a seat until then.";
    CLEANUP(buf_done) struct buf b = buf_make(1000);
    pseudo_write(&b, english);
    CHECK(utf8_count(buf_str(&b)) >= strlen(english) * 14 / 10);
}

TEST(many_texts_are_kept_apart)
{
    const char *kept[2000];
    char english[40];
    for (int i = 0; i < 2000; i++) {
        (void)snprintf(english, sizeof(english), "text %d", i);
        kept[i] = pseudo_text(english);
    }
    for (int i = 0; i < 2000; i++) {
        (void)snprintf(english, sizeof(english), "text %d", i);
        CHECK(pseudo_text(english) == kept[i]);
        CLEANUP(buf_done) struct buf b = buf_make(100);
        pseudo_write(&b, english);
        CHECK_STR(kept[i], buf_str(&b));
    }
}
