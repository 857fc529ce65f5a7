/*
 * dynamo-kiosk - the touchscreen of the house: visitors, and staff behind a PIN.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/told_clock.h"
#include "i18n/lang.h"
#include "kiosk/app.h"
#include "sdl/size.h"

#define PROGRAM "dynamo-kiosk"

struct flags {
    const char *script, *canvas, *diagonal, *lang, *theme, *text;
    bool windowed;
};

static bool one_of(const char *value, const char *const *allowed, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(value, allowed[i]) == 0)
            return true;
    return false;
}

static bool say_wrong(const char *flag, const char *why)
{
    return program_say(PROGRAM, flag, why), false;
}

static bool canvas_of(const struct flags *f, struct app_setup *setup)
{
    setup->windowed = f->windowed;
    return sdl_canvas_size(f->canvas, f->windowed, &setup->w, &setup->h) ||
           say_wrong("--canvas", "give width x height in pixels, as 1080x1920");
}

/* Flags of the command line stand above the settings. */
static bool apply(const struct flags *f, struct config *c)
{
    static const char *const themes[] = { "light", "dark", "contrast" };
    static const char *const texts[] = { "normal", "large" };
    char *end;

    if (f->diagonal) {
        double inch = strtod(f->diagonal, &end);
        if (*end != '\0' || !(inch >= 5 && inch <= 100))
            return say_wrong("--diagonal", "give inches between 5 and 100, as 15.6");
        c->display.diagonal_in = inch;
    }
    if (f->lang && !i18n_lang(f->lang))
        return say_wrong("--lang", "no such language");
    if (f->theme && !one_of(f->theme, themes, ARRAY_LEN(themes)))
        return say_wrong("--theme", "give light, dark or contrast");
    if (f->text && !one_of(f->text, texts, ARRAY_LEN(texts)))
        return say_wrong("--text", "give normal or large");
    if (f->lang)
        snprintf(c->display.lang, sizeof(c->display.lang), "%s", f->lang);
    if (f->theme)
        snprintf(c->display.theme, sizeof(c->display.theme), "%s", f->theme);
    if (f->text)
        snprintf(c->display.text, sizeof(c->display.text), "%s", f->text);
    return true;
}

/* A script needs no display; without one SDL's dummy driver draws the same pictures. */
static void go_headless(const struct flags *f)
{
    if (f->script && !f->windowed && !getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY"))
        setenv("SDL_VIDEODRIVER", "dummy", 0);
}

static bool clock_of(const char *now, struct clock *ret_clock)
{
    return told_clock(now, ret_clock) == ERR_OK ||
           say_wrong("--now", "give a time as 2026-03-27T09:00:00+01:00");
}

static int run(struct app_setup *setup)
{
    static struct app app;

    if (app_init(&app, setup) != ERR_OK)
        return PROGRAM_FAILED;
    int status = app_run(&app);
    app_done(&app);
    return status;
}

int main(int argc, char **argv)
{
    struct flags f = { 0 };
    const struct program p = {
        .name = PROGRAM,
        .summary = "the touchscreen of the house",
        .options = (const struct program_option[]){
            { "script", "FILE", "plays a script, - is stdin, and ends", &f.script, NULL },
            { "canvas", "WxH", "size to draw at, as 1080x1920", &f.canvas, NULL },
            { "diagonal", "INCH", "of the glass, as 15.6", &f.diagonal, NULL },
            { "lang", "CODE", "first language, as nl", &f.lang, NULL },
            { "theme", "NAME", "light, dark or contrast", &f.theme, NULL },
            { "text", "SIZE", "normal or large", &f.text, NULL },
            { "windowed", NULL, "a window, not the whole screen", NULL, &f.windowed },
            { 0 } } };
    struct program_args args;
    struct config config;
    struct clock clock;
    struct rng rng = rng_system();

    enum program_next next = program_args(&p, argc, argv, &args);
    if (next != PROGRAM_RUN)
        return next == PROGRAM_DONE ? PROGRAM_OK : PROGRAM_USAGE;
    struct app_setup setup = { .config = &config, .db_path = args.db, .clock = &clock,
                               .rng = &rng, .script = f.script };
    if (!canvas_of(&f, &setup) || !clock_of(args.now, &clock))
        return PROGRAM_USAGE;
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    if (!apply(&f, &config))
        return PROGRAM_USAGE;
    log_init(PROGRAM, LOG_LEVEL_INFO);
    go_headless(&f);
    program_confine(&(struct confinement){ .program = CONFINED_KIOSK, .config = &config,
                                           .db = args.db, .loose = f.script || f.windowed });
    return run(&setup);
}
