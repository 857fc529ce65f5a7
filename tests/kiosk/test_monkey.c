/*
 * Somebody who touches anything: random targets, keys, scans and pauses on the real
 * kiosk, without a display. It must never fall over, and the house must stay sound.
 */
#include "kiosk/inside.h"

#include <stdlib.h>

#include "core/pin.h"
#include "tests/flow/house.h"

#define PIN "482915"

struct monkey {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
    struct rng rng;
};

static void start(struct monkey *m, uint64_t seed)
{
    char pin[PIN_SIZE], totp[STAFF_TOTP_SIZE];
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    house_start(&m->house, NINE);
    CHECK_OK(flow_staff_add(m->house.f,
                            &(struct staff){ .id = "anna", .name = "Anna", .role = STAFF_COACH,
                                             .coach = "anna" },
                            PIN, pin, totp));
    flow_closep(&m->house.f);
    config_defaults(&m->config);
    m->rng = rng_seeded(seed);
    m->setup = (struct app_setup){ .config = &m->config, .db_path = m->house.path,
                                   .clock = &m->house.clock, .rng = &m->house.rng,
                                   .w = 1080, .h = 1920, .script = "/dev/null" };
    CHECK_OK(app_init(&m->app, &m->setup));
}

static void settle(struct monkey *m)
{
    struct app *a = &m->app;
    app_time(a);
    stack_settle(a, INT64_MAX);
    app_paint(a);
    CHECK(a->depth >= 1 && a->depth <= STACK_MAX);
    CHECK(ui_widget_count(a->ui) > 0);
}

static void tap_something(struct monkey *m)
{
    struct ui *ui = m->app.ui;
    size_t n = ui_widget_count(ui), from = rng_below(&m->rng, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        const struct ui_widget *w = ui_widget_at(ui, (from + i) % n);
        if (w->focus < 0 || w->disabled)
            continue;
        int x = w->box.x + w->box.w / 2, y = w->box.y + w->box.h / 2;
        struct sdl_event ev = { .kind = SDL_EV_POINTER,
                                .pointer = { .finger = 1, .x = x, .y = y,
                                             .ms = clock_real_mono_ms() } };
        ev.pointer.phase = UI_DOWN;
        hands_event(&m->app, &ev);
        ev.pointer.phase = UI_UP;
        hands_event(&m->app, &ev);
        return;
    }
}

static void press_key(struct monkey *m)
{
    struct sdl_event ev = { .kind = SDL_EV_KEY, .key = (enum ui_key)rng_below(&m->rng, 4),
                            .ms = clock_real_mono_ms() };
    hands_event(&m->app, &ev);
}

static void scan(struct monkey *m)
{
    static const char *const texts[] = { "1234567", "BEGIN:VEVENT\nUID:x@dynamo\nEND:VEVENT",
                                         "00000000000000000000000000", "\xff\xfe garbage", "" };
    scanner_add(&m->app.scanner, texts[rng_below(&m->rng, ARRAY_LEN(texts))], 1);
    hands_scanned(&m->app);
}

static void type_pin(struct monkey *m)
{
    for (const char *c = PIN; *c; c++) {
        struct ui_action a = { .kind = UI_TYPE, .id = "key", .text = { *c } };
        hands_act(&m->app, &a);
    }
}

static void wait_a_while(struct monkey *m)
{
    for (uint32_t n = rng_below(&m->rng, 5); n > 0; n--) {
        clock_advance(&m->house.clock, rng_below(&m->rng, 40 * 1000));
        app_time(&m->app);
    }
}

static void act(struct monkey *m)
{
    uint32_t what = rng_below(&m->rng, 100);
    if (what < 78)
        tap_something(m);
    else if (what < 88)
        press_key(m);
    else if (what < 91)
        scan(m);
    else if (what < 93 && stack_top(&m->app) == &scr_staff)
        type_pin(m);
    else if (what < 94)
        stack_go(&m->app, nav_only(&scr_staff));
    else if (what < 97)
        wait_a_while(m);
    settle(m);
}

TEST(whatever_is_touched_the_kiosk_stands_and_the_house_is_sound)
{
    static struct monkey m;
    uint64_t seed = check_seed();
    start(&m, seed);
    settle(&m);
    for (long i = check_rounds(800); i > 0; i--) {
        act(&m);
        if (m.app.quit) { /* staff restarted it */
            app_done(&m.app);
            CHECK_OK(app_init(&m.app, &m.setup));
            settle(&m);
        }
    }
    app_done(&m.app);
    struct flow *f = house_program(&m.house, "ctl");
    house_check(f);
    flow_close(f);
}
