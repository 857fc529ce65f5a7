#include "ui/text.h"

#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tests/ui/fake_metrics.h"

/* Wraps to so many characters; the lines joined by '|'. */
static const char *wrap(const char *text, int chars, struct ui_lines *lines)
{
    static char out[2048];
    ui_wrap(&fake_metrics, (struct ui_font){ 20, false }, false, text, chars * 10, lines);
    out[0] = '\0';
    for (size_t i = 0; i < lines->n; i++) {
        size_t at = strlen(out);
        snprintf(out + at, sizeof(out) - at, "%s%.*s", i ? "|" : "", (int)lines->v[i].n,
                 text + lines->v[i].from);
    }
    return out;
}

TEST(text_breaks_at_spaces_that_are_left_out)
{
    struct ui_lines l;
    CHECK_STR(wrap("Afspraak maken of veranderen", 17, &l), "Afspraak maken of|veranderen");
    CHECK(l.fits);
    CHECK_INT(l.w, 170);
    CHECK_STR(wrap("een  twee", 4, &l), "een|twee");
    CHECK_STR(wrap("kort", 10, &l), "kort");
    CHECK_STR(wrap("", 10, &l), "");
    CHECK_INT(l.n, 0);
    CHECK_STR(wrap("twee ", 4, &l), "twee");
    CHECK_STR(wrap("  vooraan", 7, &l), "vooraan");
}

TEST(text_breaks_after_hyphen_and_slash_but_not_in_numbers)
{
    struct ui_lines l;
    CHECK_STR(wrap("Noord-Brabant", 8, &l), "Noord-|Brabant");
    CHECK_STR(wrap("en/of", 4, &l), "en/|of");
    CHECK_STR(wrap("op 06-12345678", 11, &l), "op|06-12345678");
    CHECK_STR(wrap("min -5 graden", 6, &l), "min -5|graden");
}

TEST(a_hard_space_holds_and_a_new_line_breaks)
{
    struct ui_lines l;
    CHECK_STR(wrap("om 10\u00A0uur", 7, &l), "om|10\u00A0uur");
    CHECK_STR(wrap("een\ntwee drie", 20, &l), "een|twee drie");
    CHECK_STR(wrap("een\n\ntwee", 20, &l), "een||twee");
    CHECK_INT(l.n, 3);
}

TEST(a_word_too_wide_is_cut_and_said_so)
{
    struct ui_lines l;
    CHECK_STR(wrap("hottentottententen", 7, &l), "hottent|ottente|nten");
    CHECK(!l.fits);
    CHECK_STR(wrap("ok hottentotten ja", 7, &l), "ok|hottent|otten|ja");
    CHECK(!l.fits);
}

TEST(a_line_inside_an_isolate_knows_it)
{
    struct ui_lines l;
    (void)wrap("Hoi \u2068van den Berg\u2069 kom", 9, &l);
    CHECK_INT(l.n, 3);
    CHECK_INT(l.v[0].open, 0);
    CHECK_INT(l.v[1].open, 1); /* den Berg */
    CHECK_INT(l.v[2].open, 0);
}

TEST(more_lines_than_a_page_holds_do_not_fit)
{
    char text[200] = "";
    for (int i = 0; i < 60; i++)
        strcat(text, "a ");
    struct ui_lines l;
    (void)wrap(text, 1, &l);
    CHECK_INT(l.n, UI_LINES_MAX);
    CHECK(!l.fits);
}
