/*
 * src/display/display.h - the waiting-room program: its parts and its one loop.
 *
 * It hears of a commit by inotify and then looks until the number of changes
 * has moved; and it looks every 10 s, on whole tens of the wall clock, which is
 * also when systemd hears that it lives and the clock on the screen moves. At
 * rest nothing else wakes it. Looks, pulses and speech run on real time; what is
 * shown follows `clock`, which may be simulated.
 */
#ifndef DISPLAY_DISPLAY_H
#define DISPLAY_DISPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/watchdog.h"
#include "config/options.h"
#include "display/board.h"
#include "display/source.h"
#include "display/view.h"
#include "sdl/sdl.h"
#include "speech/speech.h"
#include "store/watch.h"
#include "ui/ui.h"

#define DISPLAY_LOOK_MS 10000
#define DISPLAY_STALE_MS 15000 /* without a look: "listen for your number" */

struct display_setup {
    const struct config *config; /* borrowed, as is all else */
    const char *db_path;
    struct clock *clock;
    struct rng *rng;
    int w, h;          /* canvas; 0: the whole screen */
    bool windowed;
    bool once;         /* one look, one picture, and the end */
    const char *shot;  /* file for a picture of each page shown; NULL: none */
    const char *tree;  /* file for its widgets */
    const char *said;  /* file that gets a line for each text said, instead of sound */
};

struct display {
    const struct display_setup *setup;
    struct sdl *sdl;
    struct ui *ui;
    struct ui_draw moved;
    struct speech *speech;
    long said;               /* texts that were written to setup->said */
    struct watch watch;
    struct watchdog watchdog;
    struct source source;
    struct view view;
    char second[8];          /* second language of the labels */

    struct board board;
    bool known;              /* a look went well since the start */
    int64_t chime;           /* called out up to here */
    civil_day chime_day;

    int64_t next_look;       /* real ms */
    int64_t good_look;       /* the last that went well */
    int tries;               /* quick looks left after a wake-up */
    int64_t pulse;           /* when the pulse began; 0: none */
    int64_t speech_due;      /* INT64_MAX: silent */
    enum err fault;          /* of the last look, so that it is logged once */
    bool dirty, quit;
};

/* Opens screen, fonts and sound; what fails is on stderr. The database may come later. */
NODISCARD enum err display_init(struct display *d, const struct display_setup *setup);
void display_done(struct display *d); /* all-zero is fine */
/* Waits and shows until the program is to end. ERR_IO: a picture or tree could not be written;
 * with `once` also what the look ended in. */
NODISCARD enum err display_run(struct display *d);

#endif
