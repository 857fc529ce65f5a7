#include "ui/look.h"

#include <math.h>

#include "base/attr.h"
#include "tests/lib/check.h"

static const struct ui_look portrait = { .w = 1080, .h = 1920, .diagonal_in = 15.6, .lang = "nl" };

TEST(scale_follows_the_diagonal_within_its_bounds)
{
    struct ui_look l = portrait;
    CHECK(fabs(ui_scale(&l) - 1.0) < 0.01);
    l.diagonal_in = 13.3;
    CHECK(fabs(ui_scale(&l) - 1.175) < 0.01);
    CHECK_INT((int)lround(1080 / ui_scale(&l)), 919);
    l.diagonal_in = 10.1;
    CHECK(fabs(ui_scale(&l) - 1.547) < 0.01);
    l.diagonal_in = 23.8;
    CHECK(ui_scale(&l) == 1.0);
    l.diagonal_in = 5;
    CHECK(ui_scale(&l) == 1.6);
    l.scale = 0.5;
    CHECK(ui_scale(&l) == 0.5);
}

TEST(millimetres_are_rounded_up_to_whole_pixels)
{
    CHECK_INT(ui_px_mm(&portrait, 12.7), 71);
    struct ui_look l = { .w = 1920, .h = 1080, .diagonal_in = 10.1 };
    CHECK_INT(ui_px_mm(&l, 12.7), 110);
    CHECK(ui_px_mm(&l, 12.7) * ui_mm_per_px(&l) >= 12.7);
}

TEST(text_is_high_enough_to_read)
{
    struct ui_look l = portrait;
    CHECK(ui_cap_mm(&l, ui_style_px(&l, UI_BODY)) >= 4.8);
    CHECK(ui_cap_mm(&l, ui_style_px(&l, UI_HINT)) >= 4.0);
    for (int s = 0; s < UI_STYLE_COUNT; s++)
        CHECK(ui_cap_mm(&l, ui_style_floor_px(&l, (enum ui_style)s)) >= 4.0);
    l.large = true; /* 0.7 degree at 550 mm */
    for (int s = 0; s < UI_STYLE_COUNT; s++)
        CHECK(ui_cap_mm(&l, ui_style_floor_px(&l, (enum ui_style)s)) >= 6.7);
}

TEST(lines_stand_further_apart_in_arabic_and_tigrinya)
{
    struct ui_look l = portrait;
    CHECK_INT(ui_line_px(&l, 100), 130);
    l.lang[0] = 'a';
    l.lang[1] = 'r';
    CHECK_INT(ui_line_px(&l, 100), 160);
    l.lang[0] = 't';
    l.lang[1] = 'i';
    CHECK_INT(ui_line_px(&l, 100), 140);
}

/* Text on ground, and the least ratio of the design. */
static void pair(enum ui_theme t, enum ui_token text, enum ui_token ground, double least)
{
    double got = ui_contrast(ui_theme_colour(t, text), ui_theme_colour(t, ground));
    if (got < least)
        CHECK_FAIL("%s: token %d on %d is %.2f, wanted %.1f", ui_theme_name(t), (int)text,
                   (int)ground, got, least);
}

TEST(every_pair_of_colours_stands_out)
{
    static const enum ui_token tints[] = { UI_TINT_SCHOOL, UI_TINT_WORK,  UI_TINT_ABSENCE,
                                           UI_TINT_MONEY,  UI_TINT_HOUSING, UI_TINT_OTHER,
                                           UI_PRIMARY_TINT, UI_QUIET, UI_QUIET_DOWN,
                                           UI_SURFACE_DOWN };
    for (int i = 0; i < UI_THEME_COUNT; i++) {
        enum ui_theme t = (enum ui_theme)i;
        double text = t == UI_CONTRAST ? 10 : 7;
        pair(t, UI_INK, UI_BG, 10);
        pair(t, UI_INK, UI_SURFACE, 10);
        pair(t, UI_INK_2, UI_BG, text);
        pair(t, UI_INK_2, UI_SURFACE, text);
        pair(t, UI_INK_2, UI_SURFACE_DOWN, text);
        pair(t, UI_ON_PRIMARY, UI_PRIMARY, t == UI_DARK ? 9 : 10);
        pair(t, UI_ON_PRIMARY, UI_PRIMARY_DOWN, 10);
        pair(t, UI_ON_PRIMARY_2, UI_PRIMARY, text);
        pair(t, UI_PRIMARY, UI_BG, text);
        pair(t, UI_PRIMARY, UI_SURFACE, text);
        pair(t, UI_PRIMARY, UI_PRIMARY_TINT, t == UI_DARK ? 5.5 : text);
        pair(t, UI_ON_ACCENT, UI_ACCENT, 10);
        pair(t, UI_SUCCESS, UI_SUCCESS_TINT, text);
        pair(t, UI_DANGER, UI_DANGER_TINT, text);
        pair(t, UI_DANGER, UI_BG, text);
        pair(t, UI_WARNING, UI_WARNING_TINT, text);
        pair(t, UI_LINE, UI_BG, 3);
        pair(t, UI_LINE, UI_SURFACE, 3);
        pair(t, UI_DISABLED, UI_DISABLED_BG, 4.5);
        for (size_t k = 0; k < ARRAY_LEN(tints); k++)
            pair(t, UI_INK, tints[k], 9);
    }
    CHECK(fabs(ui_contrast(0xFF000000, 0xFFFFFFFF) - 21) < 0.01);
}

static double better(enum ui_theme t, enum ui_token ground)
{
    double in = ui_contrast(ui_theme_colour(t, UI_FOCUS_IN), ui_theme_colour(t, ground));
    double out = ui_contrast(ui_theme_colour(t, UI_FOCUS_OUT), ui_theme_colour(t, ground));
    return in > out ? in : out;
}

TEST(the_focus_ring_stands_out_on_every_ground)
{
    static const enum ui_token grounds[] = { UI_BG, UI_SURFACE, UI_PRIMARY, UI_ACCENT, UI_QUIET,
                                             UI_PRIMARY_TINT };
    for (int i = 0; i < UI_THEME_COUNT; i++) {
        enum ui_theme t = (enum ui_theme)i;
        pair(t, UI_FOCUS_IN, UI_FOCUS_OUT, 3); /* two tones: one of them is seen anywhere */
        for (size_t k = 0; k < ARRAY_LEN(grounds); k++)
            if (better(t, grounds[k]) < 3)
                CHECK_FAIL("theme %d, ground %zu: the ring is %.2f", i, k, better(t, grounds[k]));
    }
}

TEST(rectangles_join_and_cut)
{
    struct ui_rect a = { 0, 0, 10, 10 }, b = { 5, 5, 10, 10 };
    CHECK_INT(ui_rect_join(a, b).w, 15);
    CHECK_INT(ui_rect_cut(a, b).w, 5);
    CHECK_INT(ui_rect_cut(a, (struct ui_rect){ 20, 0, 5, 5 }).w, 0);
    CHECK_INT(ui_rect_join((struct ui_rect){ 0 }, b).x, 5);
    CHECK_INT(ui_rect_inset(a, 7).w, 0);
    CHECK(ui_rect_has(a, 9, 9) && !ui_rect_has(a, 10, 9));
}
