/*
 * Somebody who touches anything: fingers, palms, keys, scans, headphones and pauses at
 * random on the real kiosk, without a display. It must never fall over or hang, and the
 * house must stay sound. Most steps go for a target that is there, so that visits,
 * bookings and staff's acts happen; the rest are as wild as a panel can make them.
 *
 * A run tells how far it came: a monkey that gets nowhere tests nothing.
 */
#include "kiosk/inside.h"

#include <stdlib.h>

#include "core/pin.h"
#include "screens/chrome.h"
#include "tests/flow/house.h"

#define PIN "482915"
#define ROUNDS 40000    /* more than 100,000 events */
#define LIFE 700          /* rounds between two starts of the program */
#define PAINT_EVERY 12    /* a page is always laid out and said; painted so often */
#define FINGERS 6
#define CODES 16

struct monkey {
    struct house house;
    struct config config;
    struct app_setup setup;
    struct app app;
    struct rng rng;
    char paper[220];
    char codes[CODES][SCREEN_QR_TEXT]; /* seen on tickets: what is scanned later */
    size_t n_codes;
    unsigned down;                     /* fingers that lie on the glass, a bit each */
    long events;                       /* touches, keys and characters that were heard */
    long tickets, bookings, staff, help; /* pages reached */
    const struct screen *was;
};

static void open_app(struct monkey *m)
{
    static const int canvas[][2] = { { 1080, 1920 }, { 1920, 1080 }, { 800, 1280 }, { 1280, 800 } };
    static const char *const langs[] = { "nl", "en", "ar", "ti", "uk", "fa" };
    size_t c = rng_below(&m->rng, ARRAY_LEN(canvas)), l = rng_below(&m->rng, ARRAY_LEN(langs));

    m->setup.w = canvas[c][0];
    m->setup.h = canvas[c][1];
    snprintf(m->config.display.lang, sizeof(m->config.display.lang), "%s", langs[l]);
    (void)unlink(m->paper);
    m->down = 0;
    CHECK_OK(app_init(&m->app, &m->setup));
}

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
    snprintf(m->paper, sizeof(m->paper), "%.200s/paper", check_tmpdir());
    snprintf(m->config.printer.device, sizeof(m->config.printer.device), "file:%.210s", m->paper);
    m->rng = rng_seeded(seed);
    m->setup = (struct app_setup){ .config = &m->config, .db_path = m->house.path,
                                   .clock = &m->house.clock, .rng = &m->house.rng,
                                   .script = "/dev/null" };
    open_app(m);
}

/* What stands on a ticket can be scanned. */
static void remember(struct monkey *m)
{
    const struct screen *top = stack_top(&m->app);

    m->tickets += top == &scr_ticket && m->was != top;
    m->bookings += top == &scr_ticket && m->was != top && m->app.session.result == RESULT_BOOKED;
    m->staff += top == &scr_visitor && m->was != top;
    m->help += top == &scr_help && m->was != top;
    if (top == &scr_ticket && m->was != top && m->app.session.qr_text[0])
        memcpy(m->codes[m->n_codes++ % CODES], m->app.session.qr_text, SCREEN_QR_TEXT);
    m->was = top;
}

static void settle(struct monkey *m)
{
    struct app *a = &m->app;
    struct sdl_event ev;

    for (; !a->quit && sdl_wait(a->sdl, 0, &ev); m->events++)
        hands_event(a, &ev);
    app_time(a);
    stack_settle(a, INT64_MAX);
    if (rng_below(&m->rng, PAINT_EVERY) == 0) {
        app_paint(a);
    } else {
        enum err e = screen_paint(a->ui, &a->session, stack_top(a), stack_below(a), &a->canvas);
        if (e != ERR_OK)
            CHECK_FAIL("%s: %s", stack_top(a)->name, err_text(e));
        voice_page(&a->voice, &a->session, a->ui, stack_top(a));
        a->unseen = false;
    }
    voice_step(&a->voice, &a->session, clock_real_mono_ms());
    CHECK(a->depth >= 1 && a->depth <= STACK_MAX);
    CHECK(ui_widget_count(a->ui) > 0);
    remember(m);
}

/* ---- fingers ---- */

static void tap(struct monkey *m, const struct ui_widget *w)
{
    int x = w->box.x + w->box.w / 2, y = w->box.y + w->box.h / 2;

    sdl_inject_touch(m->app.sdl, UI_DOWN, 100, x, y);
    sdl_inject_touch(m->app.sdl, UI_UP, 100, x, y);
}

static void tap_something(struct monkey *m, bool main_act)
{
    struct ui *ui = m->app.ui;
    size_t n = ui_widget_count(ui), from = rng_below(&m->rng, (uint32_t)n);

    for (size_t i = 0; i < n; i++) {
        const struct ui_widget *w = ui_widget_at(ui, (from + i) % n);
        if (w->focus < 0 || w->disabled || (main_act && !w->primary))
            continue;
        tap(m, w);
        return;
    }
}

/* Any finger does anything anywhere, also beside the glass. */
static void fumble(struct monkey *m)
{
    int finger = (int)rng_below(&m->rng, FINGERS);
    int x = (int)rng_below(&m->rng, (uint32_t)m->setup.w + 40) - 20;
    int y = (int)rng_below(&m->rng, (uint32_t)m->setup.h + 40) - 20;

    sdl_inject_touch(m->app.sdl, (enum ui_phase)rng_below(&m->rng, UI_CANCEL), finger, x, y);
}

/* A finger that stays on a letter until its accents open, or for ever. */
static void hold(struct monkey *m)
{
    struct ui *ui = m->app.ui;
    size_t n = ui_widget_count(ui);
    const struct ui_widget *w = ui_widget_at(ui, rng_below(&m->rng, (uint32_t)n));
    int64_t now = clock_real_mono_ms(), age = rng_below(&m->rng, 2) ? UI_LONG_PRESS_MS : UI_STUCK_MS;
    struct sdl_event ev = { .kind = SDL_EV_POINTER,
                            .pointer = { .finger = 50, .phase = UI_DOWN, .ms = now - age,
                                         .x = w->box.x + w->box.w / 2,
                                         .y = w->box.y + w->box.h / 2 } };
    hands_event(&m->app, &ev);
    app_time(&m->app);
    if (rng_below(&m->rng, 4) == 0)
        return; /* it never comes up again */
    ev.pointer.phase = UI_UP;
    ev.pointer.ms = now;
    hands_event(&m->app, &ev);
}

/* ---- somebody who means it ---- */

static void tap_id(struct monkey *m, const char *id)
{
    const struct ui_widget *w = ui_widget_find(m->app.ui, id);

    if (w && w->focus >= 0)
        tap(m, w);
}

static void type(struct monkey *m, const char *text)
{
    for (const char *c = text; *c; c++) {
        struct ui_action a = { .kind = UI_TYPE, .id = "key", .text = { *c } };
        hands_act(&m->app, &a);
        m->events++;
    }
}

static void type_name(struct monkey *m)
{
    char name[] = "Ab";

    name[0] = (char)('A' + rng_below(&m->rng, 26));
    name[1] = (char)('a' + rng_below(&m->rng, 26));
    type(m, name);
    settle(m);
    tap_id(m, "name.family");
    settle(m);
    type(m, name);
    settle(m);
    tap_id(m, "nav.next");
}

static void log_in(struct monkey *m)
{
    tap_id(m, "staff.who.anna");
    settle(m);
    type(m, PIN);
}

/* A while; where the house is shut, until it opens again. */
static void wait_a_while(struct monkey *m)
{
    bool shut = stack_top(&m->app) == &scr_closed;

    for (uint32_t n = rng_below(&m->rng, 5); n > 0; n--) {
        clock_advance(&m->house.clock, rng_below(&m->rng, shut ? 6 * HOUR_MS : 40 * SECOND_MS));
        app_time(&m->app);
    }
}

/* What brings a visitor on from each page. */
static void go_on(struct monkey *m)
{
    static const struct {
        const struct screen *scr;
        const char *ids[3];
    } ways[] = {
        { &scr_attract, { "attract.start" } },
        { &scr_welcome, { "welcome.walk_in", "welcome.appointment", "welcome.walk_in" } },
        { &scr_manage, { "manage.new" } },
        { &scr_birth, { "birth.day.3", "birth.month.5", "birth.year.2004" } },
        { &scr_municipality, { "municipality.1674" } },
        { &scr_topic, { "topic.school", "topic.work", "topic.money" } },
        { &scr_day, { "day.first_free" } },
        { &scr_contact, { "contact.none", "nav.next" } },
        { &scr_check, { "check.confirm" } },
        { &scr_idle, { "idle.stay" } },
        { &scr_stop, { "stop.no" } },
        { &scr_settings, { "nav.next" } },
        { &scr_help, { "nav.back" } },
        { &scr_queue, { "queue.row.0", "queue.row.0.call", "queue.row.1" } },
        { &scr_visitor, { "visitor.start", "visitor.finish", "nav.back" } },
    };
    const struct screen *top = stack_top(&m->app);

    if (top == &scr_name)
        type_name(m);
    if (top == &scr_staff)
        log_in(m);
    if (top == &scr_closed)
        wait_a_while(m);
    for (size_t i = 0; i < ARRAY_LEN(ways); i++)
        for (size_t k = 0; ways[i].scr == top && k < 3; k++)
            if (ways[i].ids[k] && (top == &scr_birth || rng_below(&m->rng, 2)))
                tap_id(m, ways[i].ids[k]);
}

/* ---- keys, scans, plugs, time ---- */

static void press_key(struct monkey *m)
{
    sdl_inject_key(m->app.sdl, (enum ui_key)rng_below(&m->rng, 4));
}

static void random_text(struct monkey *m, char *out, size_t n)
{
    size_t len = rng_below(&m->rng, (uint32_t)n);

    for (size_t i = 0; i < len; i++)
        out[i] = (char)(1 + rng_below(&m->rng, 255));
    out[len] = '\0';
}

static void scan(struct monkey *m)
{
    static const char *const texts[] = { "1234567", "0000000", "\xff\xfe garbage", "",
                                         "BEGIN:VEVENT\nUID:x@dynamo\nEND:VEVENT" };
    uint32_t what = rng_below(&m->rng, 8);
    char text[1200];

    if (what < ARRAY_LEN(texts))
        snprintf(text, sizeof(text), "%s", texts[what]);
    else if (what == 5)
        random_text(m, text, sizeof(text));
    else
        snprintf(text, sizeof(text), "%s", m->codes[rng_below(&m->rng, CODES)]);
    sdl_inject_text(m->app.sdl, text);
    settle(m);
    hands_scanned(&m->app); /* its silence is over */
}

static void staff_come(struct monkey *m)
{
    int at = ui_px_mm(&m->app.canvas, 10);

    for (int i = 0; i < CORNER_TAPS; i++) {
        sdl_inject_touch(m->app.sdl, UI_DOWN, 90, at, at);
        sdl_inject_touch(m->app.sdl, UI_UP, 90, at, at);
    }
}

static void act(struct monkey *m)
{
    uint32_t what = rng_below(&m->rng, 1000);

    if (what < 160)
        tap_something(m, false);
    else if (what < 220)
        tap_something(m, true);
    else if (what < 720)
        go_on(m);
    else if (what < 800)
        fumble(m);
    else if (what < 820)
        hold(m);
    else if (what < 910)
        press_key(m);
    else if (what < 935)
        scan(m);
    else if (what < 945)
        voice_plug(&m->app.voice, rng_below(&m->rng, 2));
    else if (what < 965 && stack_top(&m->app) == &scr_staff)
        log_in(m);
    else if (what < 968)
        staff_come(m);
    else if (what < 980 || stack_top(&m->app) == &scr_closed)
        wait_a_while(m);
    settle(m);
}

static void tell(const struct monkey *m, long rounds)
{
    printf("%ld rounds, %ld events: %ld tickets, %ld of bookings, %ld staff pages, %ld calls for help\n",
           rounds, m->events, m->tickets, m->bookings, m->staff, m->help);
    fflush(stdout);
}

TEST(whatever_is_touched_the_kiosk_stands_and_the_house_is_sound)
{
    static struct monkey m;
    long rounds = check_rounds(ROUNDS);

    start(&m, check_seed());
    settle(&m);
    for (long i = 1; i <= rounds; i++) {
        act(&m);
        if (m.app.quit || i % LIFE == 0) { /* staff restarted it, or the power went */
            app_done(&m.app);
            open_app(&m);
            settle(&m);
        }
        if (i % 10000 == 0)
            tell(&m, i);
    }
    app_done(&m.app);
    struct flow *f = house_program(&m.house, "ctl");
    house_check(f);
    flow_close(f);
    tell(&m, rounds);
    CHECK(m.tickets > rounds / 2000);
}
