/* A panel that is broken or was tampered with: more events than anybody can send. */
#include "tests/kiosk/fixture.h"

#define MANY (1024 * 1024)
#define AT_ONCE (128 * 1024) /* more than SDL's queue holds */

static void touch(struct rng *rng, int x, int y)
{
    sdl_inject_touch(k.app.sdl, (enum ui_phase)rng_below(rng, UI_CANCEL), (int)rng_below(rng, 8), x, y);
}

static void lift(void)
{
    for (int finger = 0; finger < 8; finger++)
        sdl_inject_touch(k.app.sdl, UI_UP, finger, 1, 1);
    kiosk_settle();
}

TEST(after_a_flood_of_touches_and_keys_the_next_visitor_is_served)
{
    struct rng rng = rng_seeded(check_seed());
    kiosk_start(1080, 1920);
    for (int n = 0; n < MANY; n += AT_ONCE) {
        for (int i = 0; i < AT_ONCE - 4; i++) /* where no page has anything to touch */
            touch(&rng, 1 + i % 2, 1 + i % 3);
        for (int i = 0; i < 4; i++)
            sdl_inject_key(k.app.sdl, (enum ui_key)rng_below(&rng, 4));
        kiosk_settle();
        lift();
    }
    stack_home(&k.app);
    kiosk_settle();
    CHECK_STR(kiosk_shows(), "attract");
    kiosk_tap("attract.start");
    kiosk_settle();
    CHECK_STR(kiosk_shows(), "welcome");
    kiosk_end();
}
