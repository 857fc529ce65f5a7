#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "sdl/sdl.h"
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
    setenv("SDL_VIDEODRIVER", "nosuchdriver", 1);
    CHECK_ERR(sdl_create(&(struct sdl_setup){ .w = 400, .h = 400 }, &s), ERR_IO);
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    CHECK(s == NULL);
}
