/* The page in every state, on several screens: all is there, nothing is cut, and it can be
 * read across the room. */
#include "display/view.h"

#include <stdio.h>
#include <string.h>

#include "sdl/sdl.h"
#include "tests/lib/check.h"
#include "ui/tree.h"

struct screen {
    struct sdl *sdl;
    struct ui *ui;
    struct view view;
};

static void screen_done(struct screen *s)
{
    ui_destroy(s->ui);
    sdl_destroy(s->sdl);
}

static struct screen screen_open(int w, int h, double inch)
{
    struct screen s = { .view = { .look = { .w = w, .h = h, .diagonal_in = inch,
                                            .theme = UI_DARK },
                                  .lang = "nl", .second = "en", .clock_sure = true } };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    s.view.look.scale = (w < h ? w : h) / 1080.0;
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = w, .h = h, .windowed = true }, &s.sdl));
    CHECK_OK(ui_create(sdl_metrics(s.sdl), &s.ui));
    return s;
}

static struct board calls(int n)
{
    struct board b = { .mode = n ? BOARD_CALLS : BOARD_CALM, .n = (size_t)n,
                       .n_called = (size_t)n, .minute = 14 * 60 + 7 };
    for (int i = 0; i < n; i++) {
        struct board_call *c = &b.calls[i];
        *c = (struct board_call){ .chime = n - i };
        snprintf(c->number, sizeof(c->number), "A%02d", (n - i) % 100);
        snprintf(c->room, sizeof(c->room), "%d", i + 1);
    }
    return b;
}

static const struct ui_widget *find(const struct screen *s, const char *id)
{
    const struct ui_widget *w = ui_widget_find(s->ui, id);
    if (!w)
        CHECK_FAIL("%s is not on the page", id);
    return w;
}

static double cap(const struct screen *s, const char *id)
{
    return ui_cap_mm(&s->view.look, find(s, id)->font_px);
}

static const struct {
    int w, h;
    double inch;
} screens[] = { { 1920, 1080, 43 }, { 1080, 1920, 43 }, { 1920, 1080, 55 }, { 3840, 2160, 55 },
                { 1366, 768, 32 },  { 1080, 1920, 32 }, { 1280, 1024, 19 } };

/* What the visitor's lint asks of contrast holds here too; sizes have rules of their own. */
static void check_page(const struct screen *s, const char *what)
{
    const struct ui_look *look = ui_look(s->ui);
    for (size_t i = 0; i < ui_widget_count(s->ui); i++) {
        const struct ui_widget *w = ui_widget_at(s->ui, i);
        if (w->clipped)
            CHECK_FAIL("%s %dx%d: \"%s\" is cut", what, look->w, look->h, w->text);
        if (w->font_px > 0 && ui_contrast(w->fg, w->bg) < 7)
            CHECK_FAIL("%s %s: \"%s\" has contrast %.1f", what, ui_theme_name(look->theme),
                       w->text, ui_contrast(w->fg, w->bg));
        for (size_t j = 0; j < i; j++) {
            const struct ui_widget *o = ui_widget_at(s->ui, j);
            struct ui_rect both = ui_rect_cut(w->box, o->box);
            if (w->font_px > 0 && o->font_px > 0 && both.w > 0 && both.h > 2)
                CHECK_FAIL("%s %dx%d: \"%s\" lies over \"%s\"", what, look->w, look->h, w->text,
                           o->text);
        }
    }
}

TEST(nothing_is_cut_or_lies_over_another_in_any_state_theme_and_language)
{
    static const char *const langs[] = { "nl", "pl", "ar", "xx" };
    static const int counts[] = { 0, 1, 2, 4, 5, 9, 12 };
    for (size_t k = 0; k < ARRAY_LEN(screens); k++) {
        CLEANUP(screen_done) struct screen s = screen_open(screens[k].w, screens[k].h,
                                                           screens[k].inch);
        for (size_t l = 0; l < ARRAY_LEN(langs); l++) {
            s.view.lang = langs[l];
            s.view.second = l == 2 ? NULL : "en";
            s.view.look.theme = (enum ui_theme)(l % UI_THEME_COUNT);
            for (size_t c = 0; c < ARRAY_LEN(counts); c++) {
                struct board b = calls(counts[c]);
                s.view.lit = c % 2;
                CHECK_OK(view_paint(s.ui, &s.view, &b));
                check_page(&s, "calls");
            }
            struct board closed = { .mode = BOARD_CLOSED, .next_known = true, .day = 20000,
                                    .next = { .day = 20005, .span = { 540, 1020 } } };
            CHECK_OK(view_paint(s.ui, &s.view, &closed));
            check_page(&s, "closed");
            CHECK_OK(view_paint(s.ui, &s.view, &(struct board){ .mode = BOARD_STALE }));
            check_page(&s, "stale");
        }
    }
}

TEST(on_a_screen_of_43_inch_it_can_be_read_from_4_and_6_metres)
{
    for (int portrait = 0; portrait < 2; portrait++) {
        CLEANUP(screen_done) struct screen s = portrait ? screen_open(1080, 1920, 43)
                                                        : screen_open(1920, 1080, 43);
        for (int n = 1; n <= 4; n++) {
            struct board b = calls(n);
            CHECK_OK(view_paint(s.ui, &s.view, &b));
            CHECK(cap(&s, "display.number") >= 80);
            CHECK(cap(&s, "display.room") >= 26);
            CHECK(cap(&s, "display.clock") >= 25.9);
            if (n == 4)
                CHECK(cap(&s, "display.call.3") >= (portrait ? 35 : 38));
        }
    }
}

TEST(everyone_called_is_on_the_page_also_when_that_are_many)
{
    CLEANUP(screen_done) struct screen s = screen_open(1920, 1080, 43);
    struct board b = calls(14);
    CHECK_OK(view_paint(s.ui, &s.view, &b));
    CHECK_STR(find(&s, "display.number")->text, "A14");
    for (int i = 1; i < 14; i++) {
        char id[32];
        snprintf(id, sizeof(id), "display.call.%d", i);
        CHECK_STR(find(&s, id)->text, b.calls[i].number);
    }
}

TEST(when_the_data_may_be_old_no_number_stands_there)
{
    CLEANUP(screen_done) struct screen s = screen_open(1920, 1080, 43);
    CHECK_OK(view_paint(s.ui, &s.view, &(struct board){ .mode = BOARD_STALE }));
    CHECK_STR(ui_page_name(s.ui), "stale");
    CHECK_STR(find(&s, "display.message")->text, "Luister naar je nummer");
    CHECK(ui_widget_find(s.ui, "display.number") == NULL);
}

TEST(at_night_it_is_black)
{
    CLEANUP(screen_done) struct screen s = screen_open(480, 320, 43);
    CHECK_OK(view_paint(s.ui, &s.view, &(struct board){ .mode = BOARD_NIGHT }));
    sdl_paint(s.sdl, ui_draw_list(s.ui));
    const uint32_t *px = sdl_pixels(s.sdl);
    for (int i = 0; i < 480 * 320; i++)
        CHECK_INT(px[i] & 0xFFFFFF, 0);
}

TEST(without_a_sure_clock_no_time_is_shown)
{
    CLEANUP(screen_done) struct screen s = screen_open(1920, 1080, 43);
    struct board b = calls(1);
    CHECK_OK(view_paint(s.ui, &s.view, &b));
    CHECK_STR(find(&s, "display.clock")->text, "14:07");
    s.view.clock_sure = false;
    CHECK_OK(view_paint(s.ui, &s.view, &b));
    CHECK(ui_widget_find(s.ui, "display.clock") == NULL);
}

TEST(the_picture_wanders_a_few_pixels_and_comes_back)
{
    int dx, dy, moved = 0;
    for (int minute = 0; minute < 1440; minute++) {
        view_drift(minute, &dx, &dy);
        CHECK(dx >= -8 && dx <= 8 && dy >= -8 && dy <= 8);
        moved += dx != 0 || dy != 0;
    }
    CHECK(moved > 1000);
    view_drift(40, &dx, &dy);
    CHECK(dx == 0 && dy == 0);
}

TEST(a_moved_page_is_the_same_page_on_the_same_ground)
{
    CLEANUP(screen_done) struct screen s = screen_open(960, 540, 43);
    CLEANUP(ui_draw_done) struct ui_draw moved = { 0 };
    struct board b = calls(3);
    CHECK_OK(view_paint(s.ui, &s.view, &b));
    const struct ui_draw *list = ui_draw_list(s.ui);
    CHECK_OK(view_moved(list, 6, -4, &moved));
    CHECK_INT(moved.n, list->n);
    for (size_t i = 0; i < list->n; i++) {
        bool ground = i == 0;
        CHECK_INT(moved.v[i].box.x, list->v[i].box.x + (ground ? 0 : 6));
        CHECK_INT(moved.v[i].box.y, list->v[i].box.y - (ground ? 0 : 4));
        CHECK_STR(ui_draw_bytes(&moved, &moved.v[i]), ui_draw_bytes(list, &list->v[i]));
    }
}
