/* Five taps in the corner bring staff in from wherever the screen stands, also when it is broken. */
#include "kiosk/inside.h"

#include "tests/flow/house.h"

static struct {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
} k;

static void start(void)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&k.house, NINE);
    flow_closep(&k.house.f);
    config_defaults(&k.config);
    k.setup = (struct app_setup){ .config = &k.config, .db_path = k.house.path,
                                  .clock = &k.house.clock, .rng = &k.house.rng, .w = 540,
                                  .h = 960, .script = "/dev/null" };
    CHECK_OK(app_init(&k.app, &k.setup));
}

static void end(void)
{
    app_done(&k.app);
    struct flow *f = house_program(&k.house, "ctl");
    house_check(f);
    flow_close(f);
}

static void settle(void)
{
    struct sdl_event ev;

    while (sdl_wait(k.app.sdl, 0, &ev))
        hands_event(&k.app, &ev);
    app_time(&k.app);
    stack_settle(&k.app, INT64_MAX);
    app_paint(&k.app);
}

static void tap_at(int x, int y, int times)
{
    for (int i = 0; i < times; i++) {
        sdl_inject_touch(k.app.sdl, UI_DOWN, 1, x, y);
        sdl_inject_touch(k.app.sdl, UI_UP, 1, x, y);
    }
    settle();
}

TEST(staff_come_in_from_every_screen)
{
    const struct screen *scr;
    start();
    int at = ui_px_mm(&k.app.canvas, 10);
    for (size_t i = 0; (scr = screen_at(i)) != NULL; i++) {
        k.app.stack[0] = scr;
        k.app.depth = 1;
        app_paint(&k.app);
        tap_at(at, at, CORNER_TAPS);
        if (stack_top(&k.app) != &scr_staff)
            CHECK_FAIL("%s: staff are locked out", scr->name);
        visit_end(&k.app);
    }
    end();
}

TEST(four_taps_or_taps_elsewhere_show_nothing)
{
    start();
    int at = ui_px_mm(&k.app.canvas, 10);
    visit_fault(&k.app);
    settle();
    tap_at(at, at, CORNER_TAPS - 1);
    CHECK_STR(stack_top(&k.app)->name, "out_of_order");
    tap_at(k.setup.w - at, at, CORNER_TAPS);
    CHECK_STR(stack_top(&k.app)->name, "out_of_order");
    tap_at(at, at, 1); /* the count began anew */
    CHECK_STR(stack_top(&k.app)->name, "out_of_order");
    end();
}
