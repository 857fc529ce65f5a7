/* The only place where the kiosk waits. */
#include "kiosk/driver.h"
#include "kiosk/inside.h"

#include "base/log.h"
#include "screens/chrome.h"

int64_t app_mono(const struct app *a)
{
    return clock_mono_ms(a->setup->clock);
}

static int64_t least(int64_t x, int64_t y)
{
    return x < y ? x : y;
}

/* Until the next thing that is due, for sdl_wait(); -1: nothing is. */
static int wait_ms(const struct app *a)
{
    int64_t real = clock_real_mono_ms(), at = INT64_MAX;
    int64_t ui_due = ui_next_tick(a->ui), frame_due = sdl_due(a->sdl);

    if (a->dirty || a->look)
        return 0;
    if (ui_due >= 0)
        at = least(at, ui_due);
    if (frame_due >= 0)
        at = least(at, frame_due);
    if (a->pending_at)
        at = least(at, a->pending_at);
    at = least(at, scanner_due(&a->scanner));
    at = least(at, glass_due(&a->glass));
    at = least(at, printing_due(&a->printing));
    at = least(at, voice_due(&a->voice));
    at = least(at, watchdog_due(&a->watchdog));
    if (a->driver)
        at = least(at, driver_due(a->driver));
    if (!a->setup->clock->simulated) { /* a simulated clock stands still while we wait */
        int64_t next = rest_next(a), now = app_mono(a);
        if (next != INT64_MAX)
            at = least(at, real + (next > now ? next - now : 0));
    }
    if (at == INT64_MAX)
        return -1;
    return at <= real ? 0 : at - real > MINUTE_MS ? (int)MINUTE_MS : (int)(at - real);
}

/* Somebody committed, we or another program: the page reads again what it shows. */
static void look(struct app *a)
{
    if (!a->look)
        return;
    a->look = false;
    if (flow_changed(a->host.flow))
        stack_refresh(a);
}

/* Headphones are a hand too; and who asked for a voice that there is not is told so. */
static void hear(struct app *a)
{
    struct session *s = &a->session;

    if (voice_heed(&a->voice, s)) {
        a->touched = app_mono(a);
        a->dirty = true;
    }
    if (!s->prefs.speak || !s->sound || s->voice || a->pending_at)
        return;
    s->prefs.speak = false;
    stack_go(a, nav_to(&scr_no_voice));
}

void app_time(struct app *a)
{
    int64_t real = clock_real_mono_ms();

    if (driver_taps(a->driver))
        ui_touch_late(a->ui, real);
    ui_tick(a->ui, real);
    sdl_step(a->sdl, real);
    stack_settle(a, real);
    if (scanner_due(&a->scanner) <= real)
        hands_scanned(a);
    if (glass_pass(&a->glass, real)) {
        log_event(LOG_LEVEL_ERR, "kiosk.no_touch_panel", NULL, 0);
        a->host.numb = true;
        visit_fault(a);
    }
    a->look |= watchdog_ping(&a->watchdog, real);
    rest_pass(a);
    look(a);
    hear(a);
    a->dirty |= printing_step(&a->printing, &a->session, a->ui, real);
    a->dirty |= ui_stale(a->ui);
}

void app_describe(struct app *a)
{
    const struct screen *top = stack_top(a);
    enum err e = screen_paint(a->ui, &a->session, top, stack_below(a), &a->canvas);

    if (e != ERR_OK)
        log_error("kiosk.page", e, top->name);
    a->dirty = true;
}

void app_paint(struct app *a)
{
    app_describe(a);
    sdl_paint(a->sdl, ui_draw_list(a->ui));
    voice_page(&a->voice, &a->session, a->ui, stack_top(a));
    a->dirty = a->unseen = false;
}

int app_run(struct app *a)
{
    voice_step(&a->voice, &a->session, clock_real_mono_ms());
    app_paint(a);
    watchdog_ready(&a->watchdog);
    while (!a->quit) {
        struct sdl_event ev;
        if (sdl_wait(a->sdl, wait_ms(a), &ev))
            do
                hands_event(a, &ev);
            while (!a->quit && sdl_wait(a->sdl, 0, &ev));
        app_time(a);
        if (a->dirty)
            app_paint(a);
        /* What is seen comes before what is heard. */
        a->dirty |= voice_step(&a->voice, &a->session, clock_real_mono_ms());
        if (a->driver)
            driver_step(a->driver, a);
    }
    return a->status;
}
