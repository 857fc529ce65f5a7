/* The box's notices: whole on every screen, telling what they must, and a panel that is none is told. */
#include "notice/notice.h"

#include <fcntl.h>
#include <linux/fb.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "i18n/i18n.h"
#include "notice/panel.h"
#include "sdl/sdl.h"
#include "tests/lib/check.h"

#define CODE "DYNR1-04NMFKYD-79XHKDEG-J4KVF9KV-CS77YFTM-KMVEMZNP-YHTQQQH3-R76XB54C"
#define PAPER "what stands above it\n\n    " CODE "\n\nPrint this, put it into the safe.\n"
#define WHY "roster.json: /: line 69, column 11: unexpected token near end of file\n"

struct screen {
    struct sdl *sdl;
    struct ui *ui;
};

static void screen_done(struct screen *s)
{
    ui_destroy(s->ui);
    sdl_destroy(s->sdl);
}

static struct screen screen_open(int w, int h)
{
    struct screen s = { 0 };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = w, .h = h, .windowed = true }, &s.sdl));
    CHECK_OK(ui_create(sdl_metrics(s.sdl), &s.ui));
    return s;
}

static void draw(struct screen *s, const struct notice *n, const char *text, const char *lang)
{
    struct ui_look look = { .diagonal_in = 15.6, .theme = UI_LIGHT };
    sdl_size(s->sdl, &look.w, &look.h);
    i18n_use(lang);
    look.rtl = i18n_current()->rtl;
    CHECK_OK(notice_describe(s->ui, n, text, look));
}

static const struct ui_widget *find(const struct screen *s, const char *id)
{
    const struct ui_widget *w = ui_widget_find(s->ui, id);
    if (!w)
        CHECK_FAIL("%s is not on the page", id);
    return w;
}

static int of_role(const struct screen *s, enum ui_role role)
{
    int n = 0;
    for (size_t i = 0; i < ui_widget_count(s->ui); i++)
        n += ui_widget_at(s->ui, i)->role == role;
    return n;
}

static void check_page(const struct screen *s, const char *what)
{
    const struct ui_look *look = ui_look(s->ui);
    if (of_role(s, UI_ROLE_BUTTON) > 0)
        CHECK_FAIL("%s %dx%d: it is shown in parts, and nobody can touch it", what, look->w, look->h);
    for (size_t i = 0; i < ui_widget_count(s->ui); i++) {
        const struct ui_widget *w = ui_widget_at(s->ui, i);
        if (w->clipped)
            CHECK_FAIL("%s %dx%d: \"%s\" is cut", what, look->w, look->h, w->text);
        if (w->font_px > 0 && ui_contrast(w->fg, w->bg) < 7)
            CHECK_FAIL("%s: \"%s\" has contrast %.1f", what, w->text, ui_contrast(w->fg, w->bg));
        if (w->box.x < 0 || w->box.y < 0 || w->box.x + w->box.w > look->w || w->box.y + w->box.h > look->h)
            CHECK_FAIL("%s %dx%d: \"%s\" lies outside", what, look->w, look->h, w->text);
    }
}

TEST(every_notice_is_whole_on_every_screen_in_every_direction)
{
    static const int sizes[][2] = { { 800, 1280 }, { 1280, 800 }, { 1080, 1920 },
                                    { 1920, 1080 }, { 1366, 768 }, { 1024, 600 } };
    static const char *const langs[] = { "nl", "en", "ar", "xx" };
    char long_why[NOTICE_TEXT] = "";
    size_t n;
    const struct notice *const *all = notice_all(&n);

    for (int i = 0; i < 8; i++)
        snprintf(long_why + strlen(long_why), sizeof(long_why) - strlen(long_why),
                 "roster.json: /coaches/%d/weeks/1/days/friday: this lies outside the hours in which the "
                 "house takes appointments, and that goes on and on until nobody reads it any more\n", i);
    for (size_t k = 0; k < ARRAY_LEN(sizes); k++) {
        CLEANUP(screen_done) struct screen s = screen_open(sizes[k][0], sizes[k][1]);
        for (size_t l = 0; l < ARRAY_LEN(langs); l++)
            for (size_t i = 0; i < n; i++) {
                draw(&s, all[i], all[i] == &notice_paper ? PAPER : long_why, langs[l]);
                check_page(&s, all[i]->name);
            }
    }
}

TEST(a_wrong_stick_says_why_in_plain_words_and_each_reason_once)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    draw(&s, &notice_refused, WHY "fault: /: line 69, column 11: unexpected token near end of file\n", "nl");
    CHECK(strstr(find(&s, "refused.title")->text, "De stick klopt niet."));
    CHECK(strstr(find(&s, "refused.why")->text, "line 69, column 11"));
    CHECK_INT(of_role(&s, UI_ROLE_NOTICE), 1);
    draw(&s, &notice_refused, "fault: one\nfault: two\n\nfault: three\nfault: four\n", "nl");
    CHECK_INT(of_role(&s, UI_ROLE_NOTICE), 3);
    draw(&s, &notice_refused, "", "nl");
    CHECK_INT(of_role(&s, UI_ROLE_NOTICE), 0);
}

TEST(a_long_reason_is_cut_between_letters)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    char text[400] = "a";
    for (int i = 0; i < 150; i++)
        strcat(text, "\u00e9"); /* two bytes each, and the limit falls within one */
    draw(&s, &notice_refused, text, "nl");
    CHECK(strstr(find(&s, "refused.why")->text, "\u00e9\u2026"));
}

TEST(the_paper_for_the_safe_is_a_code_to_scan_and_to_type)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    draw(&s, &notice_paper, PAPER, "nl");
    CHECK_INT(of_role(&s, UI_ROLE_QR), 1);
    CHECK(strstr(find(&s, "paper.code")->text, "DYNR1-04NMFKYD"));
    CHECK(strstr(find(&s, "paper.code")->text, "R76XB54C"));
}

TEST(without_a_code_there_is_no_code)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    draw(&s, &notice_paper, "dynamoctl: keys: no such thing", "nl");
    CHECK_INT(of_role(&s, UI_ROLE_QR), 0);
}

TEST(a_broken_screen_sends_people_to_the_desk_in_their_languages)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    size_t n, shown = 0;
    const struct i18n_lang *langs = i18n_langs(&n);
    for (size_t i = 0; i < n; i++)
        shown += !langs[i].more && !langs[i].pseudo;
    draw(&s, &notice_broken, "", "nl");
    CHECK_STR(find(&s, "broken.title")->text, "Dit scherm is kapot.");
    CHECK_INT(of_role(&s, UI_ROLE_TEXT) + of_role(&s, UI_ROLE_TITLE), shown + 1);
    CHECK_STR(i18n_current()->code, "nl");
}

TEST(in_a_house_that_speaks_arabic_the_other_lines_keep_their_full_stops)
{
    CLEANUP(screen_done) struct screen s = screen_open(800, 1280);
    int marked = 0;
    draw(&s, &notice_broken, "", "ar");
    for (size_t i = 0; i < ui_widget_count(s.ui); i++)
        marked += strstr(ui_widget_at(s.ui, i)->text, ".\u200e") != NULL;
    CHECK(marked >= 4); /* Dutch, English, Polish, Turkish: all that end in one */
}

TEST(installers_read_dutch_and_visitors_the_houses_language)
{
    struct config config;
    config_defaults(&config);
    snprintf(config.display.lang, sizeof(config.display.lang), "ar");
    CHECK_STR(notice_lang(&notice_broken, &config), "ar");
    CHECK_STR(notice_lang(&notice_stick, &config), "nl");
}

TEST(what_a_stick_brings_is_made_plain)
{
    char text[] = "a\x1b[2J\tb\xff\xc3\xa9\nc\x7f";
    notice_clean(text);
    CHECK_STR(text, "a?[2J?b?\xc3\xa9\nc?");
}

TEST(an_unknown_notice_is_none)
{
    CHECK(notice_named("broken") == &notice_broken);
    CHECK(notice_named("brok") == NULL);
}

TEST(a_page_is_written_as_a_picture_of_the_size_asked_for)
{
    char shot[512];
    struct config config;
    unsigned char head[24] = { 0 };
    config_defaults(&config);
    snprintf(shot, sizeof(shot), "%s/shot.png", check_tmpdir());
    CHECK_OK(notice_show(&notice_stick, &(struct notice_setup){ .config = &config, .text = "", .shot = shot,
                                                                .w = 800, .h = 1280 }));
    FILE *f = fopen(shot, "rb");
    CHECK(f && fread(head, 1, sizeof(head), f) == sizeof(head));
    fclose(f);
    CHECK(memcmp(head, "\x89PNG", 4) == 0);
    CHECK_INT(head[18] << 8 | head[19], 800);
    CHECK_INT(head[22] << 8 | head[23], 1280);
}

TEST(a_panel_of_16_bits_gets_the_same_colours)
{
    uint32_t painted[4] = { 0xFFFFFF, 0xFF0000, 0x00FF00, 0x0000FF };
    uint16_t shown[6] = { 0 }; /* its rows are longer than they are seen */
    panel_show(&(struct panel){ .glass = { .px = painted, .w = 2, .h = 2, .pitch = 2 },
                                .narrow = shown, .narrow_pitch = 3 });
    CHECK_INT(shown[0], 0xFFFF);
    CHECK_INT(shown[1], 0xF800);
    CHECK_INT(shown[2], 0);
    CHECK_INT(shown[3], 0x07E0);
    CHECK_INT(shown[4], 0x001F);
}

TEST(a_panel_of_32_bits_is_painted_on_as_it_lies)
{
    uint32_t memory[4 * 3] = { 0 };
    const struct fb_var_screeninfo var = { .xres = 3, .yres = 2, .yoffset = 1, .bits_per_pixel = 32,
                                           .red = { 16, 8, 0 }, .green = { 8, 8, 0 } };
    const struct fb_fix_screeninfo fix = { .line_length = 16, .smem_len = sizeof(memory) };
    struct panel panel = { .start = memory };
    CHECK(panel_fits(&var, &fix));
    CHECK_OK(panel_place(&panel, &var, &fix));
    CHECK(panel.glass.px == memory + 4 && panel.narrow == NULL);
    CHECK_INT(panel.glass.pitch, 4);
    CHECK_INT(panel.glass.w, 3);
    CHECK_INT(panel.glass.h, 2);
}

TEST(a_panel_whose_rows_or_pixels_are_not_ours_is_refused)
{
    const struct fb_var_screeninfo good = { .xres = 3, .yres = 2, .bits_per_pixel = 16,
                                            .red = { 11, 5, 0 }, .green = { 5, 6, 0 } };
    const struct fb_fix_screeninfo fix = { .line_length = 6, .smem_len = 12 };
    struct fb_var_screeninfo var = good;
    CHECK(panel_fits(&var, &fix));
    var.yoffset = 1; /* the last row would lie behind the device's memory */
    CHECK(!panel_fits(&var, &fix));
    var = good;
    var.red.offset = 0;
    CHECK(!panel_fits(&var, &fix));
    var = good;
    var.bits_per_pixel = 8;
    CHECK(!panel_fits(&var, &fix));
    CHECK(!panel_fits(&good, &(struct fb_fix_screeninfo){ .line_length = 4, .smem_len = 12 }));
}

TEST(a_panel_that_is_not_there_or_none_is_told)
{
    char file[512];
    struct panel panel = { 0 };
    struct config config;
    config_defaults(&config);
    snprintf(file, sizeof(file), "%s/file", check_tmpdir());
    close(open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
    CHECK_ERR(panel_open("/nowhere/fb0", &panel), ERR_NOT_FOUND);
    CHECK_ERR(panel_open(file, &panel), ERR_IO);
    CHECK(panel.start == NULL);
    CHECK_ERR(notice_show(&notice_broken, &(struct notice_setup){ .config = &config, .text = "",
                                                                  .panel = file, .console = file }), ERR_IO);
}
