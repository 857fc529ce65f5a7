/* Hands that are faster than the picture: each touch is judged by what the one before it did. */
#include "tests/kiosk/fixture.h"

static void start(const struct screen *at)
{
    kiosk_start(1080, 1920);
    stack_go(&k.app, nav_to(at));
    kiosk_settle();
}

TEST(the_second_of_two_quick_letters_is_no_capital)
{
    start(&scr_name);
    kiosk_tap("key.n");
    kiosk_tap("key.o");
    kiosk_settle();
    CHECK_STR(k.app.session.a.given, "No");
    kiosk_end();
}

TEST(two_thumbs_that_overlap_type_as_one_after_the_other)
{
    start(&scr_name);
    kiosk_touch("key.n", UI_DOWN, 1);
    kiosk_touch("key.o", UI_DOWN, 2);
    kiosk_touch("key.n", UI_UP, 1);
    kiosk_touch("key.o", UI_UP, 2);
    kiosk_settle();
    CHECK_STR(k.app.session.a.given, "No");
    kiosk_end();
}

TEST(a_key_behind_a_change_of_layer_is_one_of_the_new_layer)
{
    start(&scr_name);
    kiosk_tap("key.shift"); /* small letters from the first on */
    kiosk_tap("key.q");
    kiosk_settle();
    CHECK_STR(k.app.session.a.given, "q");
    kiosk_end();
}

TEST(a_touch_meant_for_the_page_before_sets_off_nothing_on_the_next)
{
    start(&scr_welcome);
    k.app.session.prefs.still = true; /* the next page comes without a pause */
    kiosk_tap("welcome.walk_in");
    int shots = 0;
    const struct ui_look *c = &k.app.canvas;
    for (int y = 500; y < c->h - 100; y += 60) /* wherever the days stand on the next one */
        for (int x = 100; x < c->w - 60; x += 120, shots++) {
            sdl_inject_touch(k.app.sdl, UI_DOWN, 2 + shots, x, y);
            sdl_inject_touch(k.app.sdl, UI_UP, 2 + shots, x, y);
        }
    kiosk_settle();
    CHECK_STR(kiosk_shows(), "birth");
    CHECK_INT(k.app.session.a.day, 0);
    kiosk_tap("birth.day.3");
    kiosk_settle();
    CHECK_INT(k.app.session.a.day, 3); /* once it is seen, it can be touched */
    kiosk_end();
}

TEST(a_key_pressed_ahead_is_judged_by_the_page_that_came)
{
    start(&scr_welcome);
    k.app.session.prefs.still = true;
    kiosk_tap("welcome.walk_in");
    sdl_inject_key(k.app.sdl, UI_KEY_NEXT);
    kiosk_settle();
    CHECK_STR(kiosk_shows(), "birth");
    CHECK(ui_focus(k.app.ui) != NULL);
    CHECK(ui_focus(k.app.ui) && ui_widget_find(k.app.ui, ui_focus(k.app.ui)) != NULL);
    kiosk_end();
}
