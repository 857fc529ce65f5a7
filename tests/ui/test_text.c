#include "ui/text.h"

#include <stdio.h>
#include <string.h>

#include "base/rng.h"
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

/* Words of 1 to 9 letters of one byte or two, with wider letters at one end of the text. */
static void random_text(struct rng *r, char *out, size_t cap)
{
    size_t n = 0, words = 2 + rng_below(r, 28);
    for (size_t i = 0; i < words && n + 24 < cap; i++) {
        const char *letter = rng_below(r, (uint32_t)words) < i ? "\u00E9" : "e";
        for (size_t k = 1 + rng_below(r, 9); k > 0; k--)
            n += (size_t)snprintf(out + n, cap - n, "%s", letter);
        n += (size_t)snprintf(out + n, cap - n, " ");
    }
    out[n - 1] = '\0';
}

TEST(every_line_takes_as_many_words_as_fit_whatever_their_letters)
{
    struct rng r = rng_seeded(check_seed());
    char text[1024];
    for (int round = 0; round < 300; round++) {
        struct ui_lines l;
        random_text(&r, text, sizeof(text));
        int chars = 20 + (int)rng_below(&r, 30);
        wrap(text, chars, &l);
        CHECK(l.fits && l.n > 0);
        for (size_t i = 0; i + 1 < l.n; i++) {
            size_t next = l.v[i + 1].from, word = strcspn(text + next, " ");
            struct ui_font font = { 20, false };
            CHECK(l.v[i].w <= chars * 10);
            const char *line = text + l.v[i].from;
            size_t longer = next + word - l.v[i].from;
            CHECK(fake_metrics.extent(NULL, font, false, line, longer).w > chars * 10);
        }
        CHECK_INT(l.v[l.n - 1].from + l.v[l.n - 1].n, strlen(text));
    }
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
