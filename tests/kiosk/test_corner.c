/* Five taps in the corner bring staff in from wherever the screen stands, also when it is broken. */
#include "tests/kiosk/fixture.h"

TEST(staff_come_in_from_every_screen)
{
    const struct screen *scr;
    kiosk_start(540, 960);
    int at = ui_px_mm(&k.app.canvas, 10);
    for (size_t i = 0; (scr = screen_at(i)) != NULL; i++) {
        k.app.stack[0] = scr;
        k.app.depth = 1;
        app_paint(&k.app);
        kiosk_tap_at(at, at, CORNER_TAPS);
        if (stack_top(&k.app) != &scr_staff)
            CHECK_FAIL("%s: staff are locked out", scr->name);
        visit_end(&k.app);
    }
    kiosk_end();
}

TEST(four_taps_or_taps_elsewhere_show_nothing)
{
    kiosk_start(540, 960);
    int at = ui_px_mm(&k.app.canvas, 10);
    visit_fault(&k.app);
    kiosk_settle();
    kiosk_tap_at(at, at, CORNER_TAPS - 1);
    CHECK_STR(kiosk_shows(), "out_of_order");
    kiosk_tap_at(k.setup.w - at, at, CORNER_TAPS);
    CHECK_STR(kiosk_shows(), "out_of_order");
    kiosk_tap_at(at, at, 1); /* the count began anew */
    CHECK_STR(kiosk_shows(), "out_of_order");
    kiosk_end();
}
