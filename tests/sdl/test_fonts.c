#include "sdl/fonts.h"

#include <string.h>

#include <SDL_ttf.h>

#include "base/mem.h"
#include "sdl/textcache.h"
#include "tests/lib/check.h"

static struct sdl_fonts *open_fonts(void)
{
    struct sdl_fonts *f = NULL;
    CHECK_OK(sdl_fonts_create(NULL, &f));
    return f;
}

/* The runs of a line from left to right, as "[text]" each. */
static const char *runs_of(struct sdl_fonts *f, bool rtl, const char *s)
{
    static char out[4096];
    struct line line;
    fonts_line(f, (struct ui_font){ 40, false }, rtl, s, strlen(s), &line);
    out[0] = '\0';
    for (size_t i = 0; i < line.n; i++) {
        strncat(out, "[", sizeof(out) - strlen(out) - 1);
        strncat(out, line.text + line.runs[i].from, sizeof(out) - strlen(out) - 1);
        strncat(out, "]", sizeof(out) - strlen(out) - 1);
    }
    return out;
}

TEST(a_time_in_arabic_keeps_its_order)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    /* From left to right on the screen: the end of the sentence, the time, its start. */
    CHECK_STR(runs_of(f, true, "موعدك 14:30 اليوم"), "[اليوم][ ][14:30][موعدك ]");
}

TEST(a_ticket_number_in_arabic_keeps_its_order)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    CHECK_STR(runs_of(f, true, "رقمك A12"), "[A12][رقمك ]");
}

TEST(an_isolated_name_does_not_pull_the_time_before_it)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    /* Dutch page, Arabic name in FSI ... PDI: the time stays behind the name. */
    CHECK_STR(runs_of(f, false, "Coach: \u2068أحمد\u2069 (14:30)"), "[Coach: ][أحمد][ ][(14:30)]");
}

TEST(marks_that_only_steer_are_not_drawn)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    CHECK_STR(runs_of(f, false, "\u2068abc\u2069\u200B\u200Edef"), "[abc][def]");
    struct line line;
    fonts_line(f, (struct ui_font){ 40, false }, false, "\u2068\u2069", 6, &line);
    CHECK_INT(line.n, 0);
    CHECK_INT(line.extent.w, 0);
}

TEST(each_script_gets_a_face_that_has_it)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    struct line line;
    const char *s = "Aż العربية ትግርኛ Їжак";
    fonts_line(f, (struct ui_font){ 40, true }, false, s, strlen(s), &line);
    int seen[3] = { 0 };
    for (size_t i = 0; i < line.n; i++)
        seen[line.runs[i].face]++;
    CHECK(line.extent.w > 0);
    CHECK(seen[0] > 0 && seen[1] > 0 && seen[2] > 0);
}

TEST(a_line_that_was_only_cut_renders_as_the_measured_one)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    const struct ui_font font = { 40, false };
    const char *s = "Aż العربية 10:30 ትግርኛ";
    struct line measured, cut;
    fonts_line(f, font, true, s, strlen(s), &measured);
    fonts_cut(true, s, strlen(s), &cut);
    cut.extent = measured.extent;
    size_t size = (size_t)measured.extent.w * (size_t)(measured.extent.ascent + measured.extent.descent);
    unsigned char *a = fonts_render(f, font, &measured), *b = fonts_render(f, font, &cut);
    CHECK(a && b && memcmp(a, b, size) == 0);
    mem_free(a);
    mem_free(b);
}

TEST(arabic_words_are_shaped_together_with_their_spaces)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    CHECK_STR(runs_of(f, true, "أهلاً بك في دينامو"), "[أهلاً بك في دينامو]");
}

TEST(bad_utf_8_is_drawn_and_not_trusted)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    CHECK_STR(runs_of(f, false, "a\xC3(b\xFF"), "[a\uFFFD(b\uFFFD]");
}

TEST(a_line_longer_than_any_page_is_cut)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    char text[4000];
    for (size_t i = 0; i + 1 < sizeof(text); i++)
        text[i] = i % 2 ? 'x' : (char)('a' + i % 26);
    text[sizeof(text) - 1] = '\0';
    struct line line;
    fonts_line(f, (struct ui_font){ 30, false }, true, text, strlen(text), &line);
    CHECK(line.runs[0].n <= LINE_CHARS);
    /* Many changes of script: no more runs than there is room for. */
    for (size_t i = 0; i + 3 < sizeof(text); i += 3)
        memcpy(text + i, i % 2 ? "\u1200" : "aa ", 3);
    text[3990] = '\0';
    fonts_line(f, (struct ui_font){ 30, false }, false, text, strlen(text), &line);
    CHECK(line.n <= LINE_RUNS);
}

TEST(text_becomes_a_bitmap_for_the_printer)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    struct sdl_bitmap b = { 0 };
    CHECK_OK(sdl_bitmap_text(f, 48, true, true, "رقمك A12", strlen("رقمك A12"), &b));
    CHECK(b.w > 100 && b.h >= 48 && b.baseline > 0 && b.baseline < b.h);
    long ink = 0;
    for (int i = 0; i < b.w * b.h; i++)
        ink += b.v[i] > 128;
    CHECK(ink > 500);
    sdl_bitmap_done(&b);
    CHECK_OK(sdl_bitmap_text(f, 48, true, false, "", 0, &b));
    CHECK_INT(b.w, 0);
    sdl_bitmap_done(&b);
    CHECK_ERR(sdl_bitmap_text(f, 0, true, false, "a", 1, &b), ERR_INVAL);
}

TEST(a_folder_without_fonts_is_refused)
{
    struct sdl_fonts *f = NULL;
    CHECK_ERR(sdl_fonts_create("/nonexistent", &f), ERR_NOT_FOUND);
    CHECK(f == NULL);
}

TEST(the_cache_gives_what_was_measured_and_keeps_within_its_bounds)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = open_fonts();
    struct textcache *t = NULL;
    CHECK_OK(textcache_create(f, &t));
    struct ui_font font = { 40, false };
    int first = textcache_extent(t, font, false, "Verder", 6).w;
    for (int i = 0; i < 400; i++) {
        char text[32];
        int n = snprintf(text, sizeof(text), "regel %d", i);
        struct mask m;
        int ascent = 0;
        CHECK(textcache_mask(t, (struct ui_font){ 300, true }, false, text, (size_t)n, &m, &ascent));
        CHECK(m.w > 0 && ascent > 0);
    }
    CHECK_INT(textcache_extent(t, font, false, "Verder", 6).w, first);
    textcache_wipe(t);
    CHECK_INT(textcache_extent(t, font, false, "Verder", 6).w, first);
    textcache_destroy(t);
}
