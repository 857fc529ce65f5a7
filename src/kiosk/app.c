#include "kiosk/app.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "config/facts.h"
#include "kiosk/driver.h"
#include "kiosk/inside.h"
#include "print/qr.h"
#include "sdl/panels.h"

static bool make_qr(const char *text, struct qr_picture *ret_picture)
{
    CLEANUP(qr_done) struct qr qr = { 0 };

    if (qr_make(text, &qr) != ERR_OK || qr.n > SCREEN_QR_SIDE)
        return false;
    memcpy(ret_picture->modules, qr.modules, (size_t)qr.n * (size_t)qr.n);
    ret_picture->side = qr.n;
    return true;
}

static void name_box(struct box_name *ret_name)
{
    CLEANUP(buf_done) struct buf facts = buf_make(FACTS_MAX);

    *ret_name = (struct box_name){ 0 };
    if (facts_read("", &facts) != ERR_OK)
        return;
    facts_get(buf_str(&facts), "version", ret_name->version, sizeof(ret_name->version));
    facts_get(buf_str(&facts), "slot", ret_name->slot, sizeof(ret_name->slot));
}

static void woke(void *arg)
{
    sdl_wake(arg, 0);
}

/* A crash must not write what somebody typed to a disk. The limit does not hold where the
 * system hands dumps to a program: for that one, no kind of memory belongs in a dump. */
static enum err no_core(struct app *a)
{
    struct rlimit none = { 0, 0 };
    int fd = open("/proc/self/coredump_filter", O_WRONLY | O_CLOEXEC);

    (void)a;
    bool filtered = fd >= 0 && write(fd, "0", 1) == 1;
    if (fd >= 0)
        close(fd);
    if (!filtered)
        log_event(LOG_LEVEL_WARN, "kiosk.core_filter", NULL, 0);
    return setrlimit(RLIMIT_CORE, &none) == 0 ? ERR_OK : ERR_IO;
}

static enum err open_flow(struct app *a)
{
    const struct app_setup *o = a->setup;

    snprintf(a->device, sizeof(a->device), "kiosk:%d", o->config->site.kiosk);
    return flow_open(&(struct flow_options){ .db_path = o->db_path,
                                             .keys_dir = o->config->paths.keys,
                                             .device = a->device, .clock = o->clock, .rng = o->rng },
                     &a->host.flow);
}

/* What this screen held before it died is free again. */
static enum err let_go(struct app *a)
{
    enum err e = flow_release_device(a->host.flow);
    return e == ERR_OK ? flow_tick(a->host.flow) : e;
}

static enum err open_window(struct app *a)
{
    const struct app_setup *o = a->setup;
    const char *fonts = o->config->paths.fonts;
    enum err e = sdl_create(&(struct sdl_setup){ .title = "Dynamo", .w = o->w, .h = o->h,
                                                 .windowed = o->windowed,
                                                 .turned = (int)strtol(o->config->display.turned, NULL, 10),
                                                 .cursor = o->windowed, .moves = true,
                                                 .font_dir = fonts[0] ? fonts : NULL },
                            &a->sdl);
    if (e != ERR_OK)
        return e;
    a->canvas = (struct ui_look){ .diagonal_in = o->config->display.diagonal_in,
                                  .mount_bottom_mm = o->config->display.mount_bottom_mm };
    sdl_size(a->sdl, &a->canvas.w, &a->canvas.h);
    return ERR_OK;
}

static enum err make_ui(struct app *a)
{
    return ui_create(sdl_metrics(a->sdl), &a->ui);
}

static enum err find_voice(struct app *a)
{
    return voice_init(&a->voice, a->setup->config, a->setup->script != NULL, woke, a->sdl);
}

static enum err find_printer(struct app *a)
{
    enum err e = printing_init(&a->printing, a->setup->config);

    a->host.printer = e == ERR_OK && printing_there(&a->printing);
    return e;
}

/* Not watching is no reason to stand still: the watchdog's look remains. */
static enum err watch(struct app *a)
{
    enum err e = watch_start(&a->watch, flow_db_path(a->host.flow), woke, a->sdl);

    if (e != ERR_OK)
        log_error("kiosk.watch", e, NULL);
    watchdog_init(&a->watchdog);
    return ERR_OK;
}

static enum err first_page(struct app *a)
{
    session_init(&a->session, &a->host);
    a->touched = app_mono(a);
    a->fresh = true;
    if (!a->setup->script && sdl_lists_panels())
        glass_start(&a->glass, sdl_touch_devices(a->sdl), clock_real_mono_ms());
    stack_home(a);
    return ERR_OK;
}

static enum err open_driver(struct app *a)
{
    return a->setup->script ? driver_create(a->setup->script, &a->driver) : ERR_OK;
}

static const struct {
    const char *what;
    enum err (*step)(struct app *a);
} steps[] = {
    { "script", open_driver },
    { "core dumps", no_core },
    { "database", open_flow },
    { "database", let_go },
    { "screen", open_window },
    { "screen", make_ui },
    { "voice", find_voice },
    { "printer", find_printer },
    { "watch", watch },
    { "first page", first_page },
};

enum err app_init(struct app *a, const struct app_setup *setup)
{
    mem_keep_little();
    *a = (struct app){ .setup = setup };
    a->printing.printer.fd = -1;
    a->host = (struct host){ .config = setup->config, .device = a->device, .box = name_box,
                               .qr = make_qr };
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        enum err e = steps[i].step(a);
        if (e == ERR_OK)
            continue;
        if (e != ERR_FORMAT || steps[i].step != open_driver) /* the driver has said where */
            fprintf(stderr, "dynamo-kiosk: %s: %s\n", steps[i].what, err_text(e));
        app_done(a);
        return e;
    }
    return ERR_OK;
}

void app_done(struct app *a)
{
    watch_stop(&a->watch);
    if (a->session.host)
        session_wipe(&a->session);
    printing_done(&a->printing);
    voice_done(&a->voice);
    ui_destroy(a->ui);
    sdl_destroy(a->sdl);
    flow_close(a->host.flow);
    driver_destroy(a->driver);
    *a = (struct app){ 0 };
}
