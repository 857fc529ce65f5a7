/* Hands that are faster than the picture: each touch is judged by what the one before it did. */
#include "kiosk/inside.h"

#include "tests/flow/house.h"

static struct {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
} k;

static void settle(void)
{
    struct sdl_event ev;

    while (sdl_wait(k.app.sdl, 0, &ev))
        hands_event(&k.app, &ev);
    app_time(&k.app);
    stack_settle(&k.app, INT64_MAX);
    app_paint(&k.app);
}

static void start(const struct screen *at)
{
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&k.house, NINE);
    flow_closep(&k.house.f);
    config_defaults(&k.config);
    k.setup = (struct app_setup){ .config = &k.config, .db_path = k.house.path,
                                  .clock = &k.house.clock, .rng = &k.house.rng, .w = 1080,
                                  .h = 1920, .script = "/dev/null" };
    CHECK_OK(app_init(&k.app, &k.setup));
    settle();
    stack_go(&k.app, nav_to(at));
    settle();
}

static void end(void)
{
    app_done(&k.app);
    struct flow *f = house_program(&k.house, "ctl");
    house_check(f);
    flow_close(f);
}

static void touch(const char *id, enum ui_phase phase, int finger)
{
    const struct ui_widget *w = ui_widget_find(k.app.ui, id);
    if (!w)
        CHECK_FAIL("%s is not there", id);
    else
        sdl_inject_touch(k.app.sdl, phase, finger, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
}

static void tap(const char *id)
{
    touch(id, UI_DOWN, 1);
    touch(id, UI_UP, 1);
}

TEST(the_second_of_two_quick_letters_is_no_capital)
{
    start(&scr_name);
    tap("key.n");
    tap("key.o");
    settle();
    CHECK_STR(k.app.session.a.given, "No");
    end();
}

TEST(two_thumbs_that_overlap_type_as_one_after_the_other)
{
    start(&scr_name);
    touch("key.n", UI_DOWN, 1);
    touch("key.o", UI_DOWN, 2);
    touch("key.n", UI_UP, 1);
    touch("key.o", UI_UP, 2);
    settle();
    CHECK_STR(k.app.session.a.given, "No");
    end();
}

TEST(a_key_behind_a_change_of_layer_is_one_of_the_new_layer)
{
    start(&scr_name);
    tap("key.shift"); /* small letters from the first on */
    tap("key.q");
    settle();
    CHECK_STR(k.app.session.a.given, "q");
    end();
}

TEST(a_touch_meant_for_the_page_before_sets_off_nothing_on_the_next)
{
    start(&scr_welcome);
    k.app.session.prefs.still = true; /* the next page comes without a pause */
    tap("welcome.walk_in");
    int shots = 0;
    const struct ui_look *c = &k.app.canvas;
    for (int y = 500; y < c->h - 100; y += 60) /* wherever the days stand on the next one */
        for (int x = 100; x < c->w - 60; x += 120, shots++) {
            sdl_inject_touch(k.app.sdl, UI_DOWN, 2 + shots, x, y);
            sdl_inject_touch(k.app.sdl, UI_UP, 2 + shots, x, y);
        }
    settle();
    CHECK_STR(stack_top(&k.app)->name, "birth");
    CHECK_INT(k.app.session.a.day, 0);
    tap("birth.day.3");
    settle();
    CHECK_INT(k.app.session.a.day, 3); /* once it is seen, it can be touched */
    end();
}

TEST(a_key_pressed_ahead_is_judged_by_the_page_that_came)
{
    start(&scr_welcome);
    k.app.session.prefs.still = true;
    tap("welcome.walk_in");
    sdl_inject_key(k.app.sdl, UI_KEY_NEXT);
    settle();
    CHECK_STR(stack_top(&k.app)->name, "birth");
    CHECK(ui_focus(k.app.ui) != NULL);
    CHECK(ui_focus(k.app.ui) && ui_widget_find(k.app.ui, ui_focus(k.app.ui)) != NULL);
    end();
}
