#include "kiosk/glass.h"

#include "tests/kiosk/fixture.h"

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

TEST(a_dead_glass_says_that_the_screen_is_broken_and_a_touch_brings_the_house_back)
{
    kiosk_start(540, 960);
    CHECK_STR(ui_page_name(k.app.ui), "attract");
    glass_start(&k.app.glass, 0, clock_real_mono_ms() - GLASS_MS);
    kiosk_settle();
    CHECK_STR(ui_page_name(k.app.ui), "out_of_order");
    CHECK_STR(ui_widget_find(k.app.ui, "out_of_order.code")->text, "T1");
    clock_advance(&k.house.clock, 61 * SECOND_MS); /* trying again does not mend a panel */
    kiosk_settle();
    CHECK_STR(ui_page_name(k.app.ui), "out_of_order");
    sdl_inject_touch(k.app.sdl, UI_DOWN, 1, 200, 200);
    kiosk_settle();
    CHECK_STR(ui_page_name(k.app.ui), "attract");
    kiosk_end();
}
