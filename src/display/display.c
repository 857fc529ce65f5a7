#include "display/inside.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "i18n/i18n.h"
#include "ui/tree.h"

#define TREE_MAX (512u * 1024)

static enum ui_theme theme_of(const char *name)
{
    for (int t = 0; t < UI_THEME_COUNT; t++)
        if (strcmp(name, ui_theme_name((enum ui_theme)t)) == 0)
            return (enum ui_theme)t;
    return UI_DARK;
}

static enum err open_window(struct display *d)
{
    const struct display_setup *o = d->setup;
    const char *fonts = o->config->paths.fonts;

    return sdl_create(&(struct sdl_setup){ .title = "Dynamo", .w = o->w, .h = o->h,
                                           .windowed = o->windowed,
                                           .font_dir = fonts[0] ? fonts : NULL },
                      &d->sdl);
}

static enum err make_ui(struct display *d)
{
    return ui_create(sdl_metrics(d->sdl), &d->ui);
}

static enum err make_speech(struct display *d)
{
    d->speech_due = INT64_MAX;
    return speech_create(d->setup->said != NULL, &d->speech);
}

/* The first of the spoken languages that is another than that of the labels, and runs the
 * same way. */
static void find_second(struct display *d)
{
    const char *langs = d->setup->config->display.room_langs;
    const struct i18n_lang *first = i18n_lang(d->view.lang);
    char code[8];

    while (config_list_next(&langs, ' ', code, sizeof(code))) {
        const struct i18n_lang *l = i18n_lang(code);
        if (l && first && l != first && l->rtl == first->rtl) {
            snprintf(d->second, sizeof(d->second), "%s", code);
            d->view.second = d->second;
            return;
        }
    }
}

static enum err set_view(struct display *d)
{
    const struct config *c = d->setup->config;

    d->view = (struct view){ .lang = c->display.lang,
                             .look = { .diagonal_in = c->display.room_diagonal_in,
                                       .theme = theme_of(c->display.room_theme),
                                       .still = c->display.room_still } };
    sdl_size(d->sdl, &d->view.look.w, &d->view.look.h);
    int side = d->view.look.w < d->view.look.h ? d->view.look.w : d->view.look.h;
    d->view.look.scale = side / 1080.0;
    find_second(d);
    return ERR_OK;
}

static void woke(void *arg)
{
    sdl_wake(arg, 0);
}

/* Not watching is no reason to stand still: the look every 10 s remains. */
static enum err watch(struct display *d)
{
    enum err e = d->setup->once ? ERR_OK
                                : watch_start(&d->watch, d->setup->db_path, woke, d->sdl);

    if (e != ERR_OK)
        log_error("display.watch", e, NULL);
    watchdog_init(&d->watchdog);
    return ERR_OK;
}

static const struct {
    const char *what;
    enum err (*step)(struct display *d);
} steps[] = {
    { "screen", open_window }, { "screen", make_ui }, { "sound", make_speech },
    { "screen", set_view },    { "watch", watch },
};

enum err display_init(struct display *d, const struct display_setup *setup)
{
    *d = (struct display){ .setup = setup, .dirty = true };
    source_init(&d->source, setup->db_path, setup->clock, setup->rng);
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        enum err e = steps[i].step(d);
        if (e == ERR_OK)
            continue;
        fprintf(stderr, "dynamo-display: %s: %s\n", steps[i].what, err_text(e));
        display_done(d);
        return e;
    }
    return ERR_OK;
}

void display_done(struct display *d)
{
    watch_stop(&d->watch);
    speech_destroy(d->speech);
    ui_draw_done(&d->moved);
    ui_destroy(d->ui);
    sdl_destroy(d->sdl);
    source_done(&d->source);
    *d = (struct display){ 0 };
}

/* Under another name first: who reads it finds a whole one. */
static enum err write_tree(struct display *d, const char *path)
{
    char fresh[4096];
    CLEANUP(buf_done) struct buf json = buf_make(TREE_MAX);

    ui_tree_json(d->ui, &json);
    int n = snprintf(fresh, sizeof(fresh), "%s.new", path);
    if (buf_err(&json) != ERR_OK || n < 0 || (size_t)n >= sizeof(fresh))
        return ERR_LIMIT;
    FILE *f = fopen(fresh, "we");
    if (!f)
        return ERR_IO;
    bool good = fwrite(json.v, 1, json.n, f) == json.n;
    good = fclose(f) == 0 && good;
    return good && rename(fresh, path) == 0 ? ERR_OK : ERR_IO;
}

static enum err paint(struct display *d)
{
    int dx, dy;
    enum err e = view_paint(d->ui, &d->view, &d->board);

    d->dirty = false;
    if (e != ERR_OK)
        log_error("display.page", e, NULL);
    view_drift(d->board.minute, &dx, &dy);
    if (view_moved(ui_draw_list(d->ui), dx, dy, &d->moved) == ERR_OK)
        sdl_paint(d->sdl, &d->moved);
    e = ERR_OK;
    if (d->setup->shot)
        e = sdl_shot(d->sdl, d->setup->shot);
    if (e == ERR_OK && d->setup->tree)
        e = write_tree(d, d->setup->tree);
    return e;
}

static void handle(struct display *d, const struct sdl_event *ev)
{
    switch (ev->kind) {
    case SDL_EV_EXPOSE:
        sdl_expose(d->sdl);
        d->dirty = true;
        break;
    case SDL_EV_WAKE:
        look_wake(d, ev->ms);
        break;
    case SDL_EV_QUIT:
        d->quit = true;
        break;
    case SDL_EV_NONE:
    case SDL_EV_POINTER:
    case SDL_EV_KEY:
    case SDL_EV_TEXT:
        break; /* nobody operates it */
    }
}

static int wait_ms(const struct display *d)
{
    int64_t real = clock_real_mono_ms(), at = look_due(d), call = call_due(d);

    at = call < at ? call : at;
    return at <= real ? 0 : (int)(at - real);
}

static enum err run_once(struct display *d)
{
    enum err e = look_now(d, clock_real_mono_ms());
    enum err painted = paint(d);

    return e == ERR_OK ? painted : e;
}

enum err display_run(struct display *d)
{
    if (d->setup->once)
        return run_once(d);
    enum err e = look_now(d, clock_real_mono_ms());
    if (e == ERR_DENIED)
        return e; /* a set clock on a real house */
    e = paint(d);
    watchdog_ready(&d->watchdog);
    while (!d->quit && e == ERR_OK) {
        struct sdl_event ev;
        if (sdl_wait(d->sdl, wait_ms(d), &ev))
            do
                handle(d, &ev);
            while (!d->quit && sdl_wait(d->sdl, 0, &ev));
        int64_t real = clock_real_mono_ms();
        look_pass(d, real);
        call_pass(d, real);
        if (d->dirty)
            e = paint(d);
    }
    return e;
}
