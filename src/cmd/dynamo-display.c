/*
 * dynamo-display - the waiting-room screen: who is called, and where to go.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "config/confinement.h"
#include "config/program.h"
#include "core/told_clock.h"
#include "display/display.h"
#include "i18n/lang.h"
#include "sdl/size.h"

#define PROGRAM "dynamo-display"

struct flags {
    const char *canvas, *diagonal, *theme, *lang, *shot, *tree, *said;
    bool windowed, once;
};

static bool say_wrong(const char *flag, const char *why)
{
    return program_say(PROGRAM, flag, why), false;
}

static bool canvas_of(const struct flags *f, struct display_setup *setup)
{
    setup->windowed = f->windowed;
    return sdl_canvas_size(f->canvas, f->windowed, &setup->w, &setup->h) ||
           say_wrong("--canvas", "give width x height in pixels, as 1920x1080");
}

/* Flags of the command line stand above the settings. */
static bool apply(const struct flags *f, struct config *c)
{
    char *end;

    if (f->diagonal) {
        double inch = strtod(f->diagonal, &end);
        if (*end != '\0' || !(inch >= 15 && inch <= 100))
            return say_wrong("--diagonal", "give inches between 15 and 100, as 43");
        c->display.room_diagonal_in = inch;
    }
    if (f->theme && strcmp(f->theme, "light") != 0 && strcmp(f->theme, "dark") != 0 &&
        strcmp(f->theme, "contrast") != 0)
        return say_wrong("--theme", "give light, dark or contrast");
    if (f->lang && !i18n_lang(f->lang))
        return say_wrong("--lang", "no such language");
    if (f->theme)
        snprintf(c->display.room_theme, sizeof(c->display.room_theme), "%s", f->theme);
    if (f->lang)
        snprintf(c->display.lang, sizeof(c->display.lang), "%s", f->lang);
    return true;
}

static bool clock_of(const char *now, struct clock *ret_clock)
{
    return told_clock(now, ret_clock) == ERR_OK ||
           say_wrong("--now", "give a time as 2026-03-27T09:00:00+01:00");
}

static int run(const struct display_setup *setup)
{
    static struct display display;

    if (display_init(&display, setup) != ERR_OK)
        return PROGRAM_FAILED;
    enum err e = display_run(&display);
    display_done(&display);
    if (e == ERR_DENIED)
        program_say(PROGRAM, "--now", "only for a database made with init --simulated");
    else if (e != ERR_OK)
        program_say(PROGRAM, setup->once ? setup->db_path : "picture", err_text(e));
    return e == ERR_OK ? PROGRAM_OK : PROGRAM_FAILED;
}

int main(int argc, char **argv)
{
    struct flags f = { 0 };
    const struct program p = {
        .name = PROGRAM,
        .summary = "the waiting-room screen",
        .options = (const struct program_option[]){
            { "canvas", "WxH", "size to draw at, as 1920x1080", &f.canvas, NULL },
            { "diagonal", "INCH", "of the screen, as 43", &f.diagonal, NULL },
            { "theme", "NAME", "light, dark or contrast", &f.theme, NULL },
            { "lang", "CODE", "language of the labels, as nl", &f.lang, NULL },
            { "windowed", NULL, "a window, not the whole screen", NULL, &f.windowed },
            { "once", NULL, "looks once, draws once, and ends", NULL, &f.once },
            { "shot", "FILE", "writes each picture there as PNG", &f.shot, NULL },
            { "tree", "FILE", "writes its widgets there as JSON", &f.tree, NULL },
            { "said", "FILE", "writes what it would say there, and is silent", &f.said, NULL },
            { 0 } } };
    struct program_args args;
    struct config config;
    struct clock clock;
    struct rng rng = rng_system();

    switch (program_args(&p, argc, argv, &args)) {
    case PROGRAM_DONE:
        return PROGRAM_OK;
    case PROGRAM_WRONG:
        return PROGRAM_USAGE;
    case PROGRAM_RUN:
        break;
    }
    struct display_setup setup = { .config = &config, .db_path = args.db, .clock = &clock,
                                   .rng = &rng, .once = f.once, .shot = f.shot, .tree = f.tree,
                                   .said = f.said };
    if (!canvas_of(&f, &setup) || !clock_of(args.now, &clock))
        return PROGRAM_USAGE;
    if (program_config(&p, &args, &config) != ERR_OK)
        return PROGRAM_FAILED;
    if (!apply(&f, &config))
        return PROGRAM_USAGE;
    log_init(PROGRAM, LOG_LEVEL_INFO);
    if ((f.once || f.said) && !getenv("DISPLAY") && !getenv("WAYLAND_DISPLAY"))
        setenv("SDL_VIDEODRIVER", "dummy", 0);
    program_confine(&(struct confinement){
        .program = CONFINED_DISPLAY, .config = &config, .db = args.db,
        .loose = f.windowed || f.shot || f.tree || f.said });
    return run(&setup);
}
