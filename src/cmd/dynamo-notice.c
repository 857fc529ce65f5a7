/*
 * dynamo-notice - a page on the box's screen while no kiosk draws on it.
 */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "config/confinement.h"
#include "config/program.h"
#include "notice/notice.h"
#include "sdl/size.h"

#define PROGRAM "dynamo-notice"
#define NAMES_SIZE 1024

/* "  stick      asks for the house's stick" a line each. */
static const char *names(char buf[NAMES_SIZE])
{
    size_t n, at = 0;
    const struct notice *const *all = notice_all(&n);

    buf[0] = '\0';
    for (size_t i = 0; i < n && at < NAMES_SIZE; i++)
        at += (size_t)snprintf(buf + at, NAMES_SIZE - at, "  %-10s %s\n", all[i]->name, all[i]->summary);
    return buf;
}

static int run(const struct notice *n, struct notice_setup *setup)
{
    static char text[NOTICE_TEXT];

    if (n->told)
        text[fread(text, 1, sizeof(text) - 1, stdin)] = '\0';
    notice_clean(text);
    setup->text = text;
    enum err e = notice_show(n, setup);
    mem_wipe(text, sizeof(text));
    if (e != ERR_OK)
        program_say(PROGRAM, setup->shot ? setup->shot : setup->panel, err_text(e));
    return e == ERR_OK ? PROGRAM_OK : PROGRAM_FAILED;
}

int main(int argc, char **argv)
{
    char known[NAMES_SIZE];
    const char *canvas = NULL;
    struct notice_setup setup = { .panel = "/dev/fb0", .console = "/dev/tty1" };
    const struct program p = {
        .name = PROGRAM,
        .summary = "a page on the box's screen while no kiosk draws on it",
        .operands = "NOTICE",
        .more_help = names(known),
        .options = (const struct program_option[]){
            { "panel", "DEVICE", "the console's picture, as /dev/fb0", &setup.panel, NULL },
            { "console", "DEVICE", "its terminal, as /dev/tty1", &setup.console, NULL },
            { "shot", "FILE", "writes the page there as PNG, not on the panel", &setup.shot, NULL },
            { "canvas", "WxH", "its size, as 800x1280", &canvas, NULL },
            { 0 } } };
    struct program_args args;
    struct config config;

    switch (program_args(&p, argc, argv, &args)) {
    case PROGRAM_DONE:
        return PROGRAM_OK;
    case PROGRAM_WRONG:
        return PROGRAM_USAGE;
    case PROGRAM_RUN:
        break;
    }
    const struct notice *n = args.argc == 1 ? notice_named(args.argv[0]) : NULL;
    if (!n)
        return program_say(PROGRAM, args.argc ? args.argv[0] : "NOTICE", "give one of those in --help"),
               PROGRAM_USAGE;
    if (!sdl_canvas_size(canvas, true, &setup.w, &setup.h))
        return program_say(PROGRAM, "--canvas", "give width x height in pixels, as 800x1280"), PROGRAM_USAGE;
    if (program_config(&p, &args, &config) != ERR_OK)
        config_defaults(&config); /* settings that are wrong are no reason to say nothing */
    setup.config = &config;
    log_init(PROGRAM, LOG_LEVEL_INFO);
    program_confine(&(struct confinement){ .program = CONFINED_NOTICE, .config = &config, .db = args.db,
                                           .panel = setup.panel, .console = setup.console,
                                           .loose = setup.shot != NULL });
    return run(n, &setup);
}
