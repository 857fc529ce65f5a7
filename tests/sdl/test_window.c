#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "base/clock.h"
#include "sdl/sdl.h"
#include "sdl/turn.h"
#include "tests/lib/check.h"

static struct sdl *open_window(void)
{
    struct sdl *s = NULL;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = 1080, .h = 1920, .windowed = true }, &s));
    struct sdl_event ev;
    while (sdl_wait(s, 0, &ev))
        ; /* what opening a window brings */
    return s;
}

TEST(a_touch_comes_out_in_pixels)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window();
    static const enum ui_phase phases[] = { UI_DOWN, UI_MOVE, UI_UP };
    for (size_t i = 0; i < ARRAY_LEN(phases); i++)
        sdl_inject_touch(s, phases[i], 5, 1079, (int)(700 + i));
    struct sdl_event ev;
    for (size_t i = 0; i < ARRAY_LEN(phases); i++) {
        CHECK(sdl_wait(s, 100, &ev));
        CHECK_INT(ev.kind, SDL_EV_POINTER);
        CHECK_INT(ev.pointer.finger, 5);
        CHECK_INT(ev.pointer.phase, phases[i]);
        CHECK_INT(ev.pointer.x, 1079);
        CHECK_INT(ev.pointer.y, 700 + i);
    }
}

/* A pixel as the window holds it. */
static uint32_t on_the_glass(int x, int y)
{
    SDL_Window *window = NULL;
    for (Uint32 id = 1; !window; id++)
        window = SDL_GetWindowFromID(id);
    const SDL_Surface *glass = SDL_GetWindowSurface(window);
    return ((const uint32_t *)glass->pixels)[y * glass->pitch / 4 + x] & 0xFFFFFF;
}

TEST(on_a_panel_that_hangs_turned_page_and_fingers_stand_upright)
{
    static const int degrees[] = { 90, 180, 270 };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    for (size_t i = 0; i < ARRAY_LEN(degrees); i++) {
        CLEANUP(sdl_destroyp) struct sdl *s = NULL;
        CHECK_OK(sdl_create(&(struct sdl_setup){ .w = 400, .h = 640, .windowed = true,
                                                 .turned = degrees[i] }, &s));
        int w = 0, h = 0;
        sdl_size(s, &w, &h);
        CHECK_INT(w, 400);
        CHECK_INT(h, 640);
        struct sdl_event ev;
        while (sdl_wait(s, 0, &ev))
            ;
        sdl_inject_touch(s, UI_DOWN, 5, 399, 7);
        CHECK(sdl_wait(s, 100, &ev));
        CHECK_INT(ev.kind, SDL_EV_POINTER);
        CHECK_INT(ev.pointer.x, 399);
        CHECK_INT(ev.pointer.y, 7);

        CLEANUP(ui_draw_done) struct ui_draw d = { 0 };
        ui_draw_clear(&d, w, h);
        ui_draw_add(&d, (struct ui_draw_cmd){ .kind = UI_DRAW_FILL, .box = { 0, 0, w, h },
                                              .colour = 0xFFFFFFFF }, NULL, 0);
        ui_draw_add(&d, (struct ui_draw_cmd){ .kind = UI_DRAW_FILL, .box = { 10, 600, 30, 20 },
                                              .colour = 0xFF1F3097 }, NULL, 0);
        CHECK_INT(sdl_paint(s, &d).pixels, 400 * 640);
        const uint32_t *px = sdl_pixels(s);
        CHECK_INT(px[601 * 400 + 11] & 0xFFFFFF, 0x1F3097);
        CHECK_INT(px[11 * 400 + 300] & 0xFFFFFF, 0xFFFFFF);
        struct ui_rect at = turn_rect(degrees[i], (struct ui_rect){ 11, 601, 1, 1 }, w, h);
        CHECK_INT(on_the_glass(at.x, at.y), 0x1F3097);
        at = turn_rect(degrees[i], (struct ui_rect){ 300, 11, 1, 1 }, w, h);
        CHECK_INT(on_the_glass(at.x, at.y), 0xFFFFFF);
    }
}

TEST(four_keys_and_a_scanner_are_told_apart)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window();
    struct sdl_event ev;
    sdl_inject_key(s, UI_KEY_BACK);
    CHECK(sdl_wait(s, 100, &ev));
    CHECK_INT(ev.kind, SDL_EV_KEY);
    CHECK_INT(ev.key, UI_KEY_BACK);
    sdl_inject_text(s, "48213é7\n");
    CHECK(sdl_wait(s, 100, &ev));
    CHECK_INT(ev.kind, SDL_EV_TEXT);
    CHECK_STR(ev.text, "48213é7");
    CHECK(sdl_wait(s, 100, &ev));
    CHECK_INT(ev.kind, SDL_EV_KEY);
    CHECK_STR(ev.text, "\n");
}

TEST(a_wake_up_from_elsewhere_ends_the_wait)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window();
    struct sdl_event ev;
    sdl_wake(s, 42);
    CHECK(sdl_wait(s, -1, &ev));
    CHECK_INT(ev.kind, SDL_EV_WAKE);
    CHECK_INT(ev.code, 42);
}

TEST(a_wait_ends_at_its_deadline)
{
    CLEANUP(sdl_destroyp) struct sdl *s = open_window();
    struct sdl_event ev;
    int64_t before = clock_real_mono_ms();
    CHECK(!sdl_wait(s, 30, &ev));
    CHECK_INT(ev.kind, SDL_EV_NONE);
    CHECK(clock_real_mono_ms() - before >= 29);
}

TEST(wrong_sizes_and_missing_fonts_are_refused)
{
    struct sdl *s = NULL;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK_ERR(sdl_create(&(struct sdl_setup){ .w = -1, .h = 5 }, &s), ERR_INVAL);
    CHECK_ERR(sdl_create(&(struct sdl_setup){ .w = 400, .h = 400, .font_dir = "/nonexistent" }, &s),
              ERR_NOT_FOUND);
    CHECK_ERR(sdl_create(&(struct sdl_setup){ .w = 400, .h = 400, .turned = 45 }, &s), ERR_INVAL);
    setenv("SDL_VIDEODRIVER", "nosuchdriver", 1);
    CHECK_ERR(sdl_create(&(struct sdl_setup){ .w = 400, .h = 400 }, &s), ERR_IO);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK(s == NULL);
}
