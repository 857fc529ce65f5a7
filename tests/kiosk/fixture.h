/*
 * tests/kiosk/fixture.h - the kiosk at work in a sample house, on SDL's dummy driver: what it
 * hears comes through SDL's own queue, and each step ends painted.
 *
 * One kiosk a test program, `k`: it is too large for a stack. Its script is empty, since a test
 * has hands of its own.
 */
#ifndef TESTS_KIOSK_FIXTURE_H
#define TESTS_KIOSK_FIXTURE_H

#include <stdlib.h>

#include "kiosk/inside.h"
#include "tests/flow/house.h"

static struct {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
} k;

/* A house at nine o'clock and its settings, which a test may still change. */
UNUSED static void kiosk_prepare(int w, int h)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&k.house, NINE);
    flow_closep(&k.house.f);
    config_defaults(&k.config);
    k.setup = (struct app_setup){ .config = &k.config, .db_path = k.house.path,
                                  .clock = &k.house.clock, .rng = &k.house.rng, .w = w, .h = h,
                                  .script = "/dev/null" };
}

/* Everything that has happened is heard, carried out and painted. */
UNUSED static void kiosk_settle(void)
{
    struct sdl_event ev;

    while (sdl_wait(k.app.sdl, 0, &ev))
        hands_event(&k.app, &ev);
    app_time(&k.app);
    stack_settle(&k.app, INT64_MAX);
    app_paint(&k.app);
    voice_step(&k.app.voice, &k.app.session, clock_real_mono_ms());
}

UNUSED static void kiosk_start(int w, int h)
{
    kiosk_prepare(w, h);
    CHECK_OK(app_init(&k.app, &k.setup));
    kiosk_settle();
}

/* The house that it leaves behind is sound. */
UNUSED static void kiosk_end(void)
{
    app_done(&k.app);
    struct flow *f = house_program(&k.house, "ctl");
    house_check(f);
    flow_close(f);
}

/* A finger at the middle of what is shown; heard with the next kiosk_settle(). */
UNUSED static void kiosk_touch(const char *id, enum ui_phase phase, int finger)
{
    const struct ui_widget *w = ui_widget_find(k.app.ui, id);

    if (!w)
        CHECK_FAIL("%s is not there", id);
    else
        sdl_inject_touch(k.app.sdl, phase, finger, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
}

UNUSED static void kiosk_tap(const char *id)
{
    kiosk_touch(id, UI_DOWN, 1);
    kiosk_touch(id, UI_UP, 1);
}

UNUSED static void kiosk_tap_at(int x, int y, int times)
{
    for (int i = 0; i < times; i++) {
        sdl_inject_touch(k.app.sdl, UI_DOWN, 1, x, y);
        sdl_inject_touch(k.app.sdl, UI_UP, 1, x, y);
    }
    kiosk_settle();
}

/* Which screen is on top. */
UNUSED static const char *kiosk_shows(void)
{
    return stack_top(&k.app)->name;
}

#endif
