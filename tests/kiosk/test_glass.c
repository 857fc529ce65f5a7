#include "kiosk/glass.h"

#include "kiosk/inside.h"
#include "tests/flow/house.h"

TEST(a_panel_that_is_there_is_alive)
{
    struct glass g;
    glass_start(&g, 1, 1000);
    CHECK(glass_due(&g) == INT64_MAX);
    CHECK(!glass_pass(&g, 1000000));
    CHECK(!glass_felt(&g));
}

TEST(without_a_panel_it_is_dead_after_five_seconds_until_something_is_felt)
{
    struct glass g;
    glass_start(&g, 0, 1000);
    CHECK_INT(glass_due(&g), 1000 + GLASS_MS);
    CHECK(!glass_pass(&g, 1000 + GLASS_MS - 1));
    CHECK(glass_pass(&g, 1000 + GLASS_MS));
    CHECK(!glass_pass(&g, 1000 + 2 * GLASS_MS)); /* told once */
    CHECK(glass_felt(&g));
    CHECK(!glass_felt(&g));
}

TEST(a_touch_in_time_keeps_it_alive)
{
    struct glass g;
    glass_start(&g, 0, 1000);
    CHECK(!glass_felt(&g));
    CHECK(!glass_pass(&g, 1000 + GLASS_MS));
}

static void step(struct app *a)
{
    struct sdl_event ev;

    while (sdl_wait(a->sdl, 0, &ev))
        hands_event(a, &ev);
    app_time(a);
    stack_settle(a, INT64_MAX);
    app_paint(a);
}

TEST(a_dead_glass_says_that_the_screen_is_broken_and_a_touch_brings_the_house_back)
{
    static struct house h;
    static struct config config;
    static struct app app;
    struct app_setup setup = { .config = &config, .clock = &h.clock, .rng = &h.rng, .w = 540,
                               .h = 960, .script = "/dev/null" };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&h, NINE);
    flow_closep(&h.f);
    config_defaults(&config);
    setup.db_path = h.path;
    CHECK_OK(app_init(&app, &setup));
    step(&app);
    CHECK_STR(ui_page_name(app.ui), "attract");
    glass_start(&app.glass, 0, clock_real_mono_ms() - GLASS_MS);
    step(&app);
    CHECK_STR(ui_page_name(app.ui), "out_of_order");
    CHECK_STR(ui_widget_find(app.ui, "out_of_order.code")->text, "T1");
    clock_advance(&h.clock, 61 * SECOND_MS); /* trying again does not mend a panel */
    step(&app);
    CHECK_STR(ui_page_name(app.ui), "out_of_order");
    sdl_inject_touch(app.sdl, UI_DOWN, 1, 200, 200);
    step(&app);
    CHECK_STR(ui_page_name(app.ui), "attract");
    app_done(&app);
    struct flow *f = house_program(&h, "ctl");
    house_check(f);
    flow_close(f);
}
