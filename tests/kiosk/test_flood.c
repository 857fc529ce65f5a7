/* A panel that is broken or was tampered with: more events than anybody can send. */
#include "kiosk/inside.h"

#include "tests/flow/house.h"

#define MANY (1024 * 1024)
#define AT_ONCE (128 * 1024) /* more than SDL's queue holds */

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

static void touch(struct rng *rng, int x, int y)
{
    sdl_inject_touch(k.app.sdl, (enum ui_phase)rng_below(rng, UI_CANCEL), (int)rng_below(rng, 8), x, y);
}

static void lift(void)
{
    for (int finger = 0; finger < 8; finger++)
        sdl_inject_touch(k.app.sdl, UI_UP, finger, 1, 1);
    settle();
}

TEST(after_a_flood_of_touches_and_keys_the_next_visitor_is_served)
{
    struct rng rng = rng_seeded(check_seed());
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&k.house, NINE);
    flow_closep(&k.house.f);
    config_defaults(&k.config);
    k.setup = (struct app_setup){ .config = &k.config, .db_path = k.house.path,
                                  .clock = &k.house.clock, .rng = &k.house.rng, .w = 1080,
                                  .h = 1920, .script = "/dev/null" };
    CHECK_OK(app_init(&k.app, &k.setup));
    settle();
    for (int n = 0; n < MANY; n += AT_ONCE) {
        for (int i = 0; i < AT_ONCE - 4; i++) /* where no page has anything to touch */
            touch(&rng, 1 + i % 2, 1 + i % 3);
        for (int i = 0; i < 4; i++)
            sdl_inject_key(k.app.sdl, (enum ui_key)rng_below(&rng, 4));
        settle();
        lift();
    }
    stack_home(&k.app);
    settle();
    CHECK_STR(stack_top(&k.app)->name, "attract");
    const struct ui_widget *w = ui_widget_find(k.app.ui, "attract.start");
    CHECK(w);
    sdl_inject_touch(k.app.sdl, UI_DOWN, 1, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
    sdl_inject_touch(k.app.sdl, UI_UP, 1, w->box.x + w->box.w / 2, w->box.y + w->box.h / 2);
    settle();
    CHECK_STR(stack_top(&k.app)->name, "welcome");
    app_done(&k.app);
    struct flow *f = house_program(&k.house, "ctl");
    house_check(f);
    flow_close(f);
}
