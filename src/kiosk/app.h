/*
 * src/kiosk/app.h - the kiosk as a whole: the house, the visitor, the pages behind
 * each other, and the one loop that waits.
 *
 * Two clocks: `clock` may be simulated and rules sessions, deadlines and the
 * house; press states, guards and driving run on real monotonic time. One thread,
 * but for the watcher of the database's files, which only wakes the loop.
 */
#ifndef KIOSK_APP_H
#define KIOSK_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/watchdog.h"
#include "config/options.h"
#include "kiosk/glass.h"
#include "kiosk/printing.h"
#include "kiosk/scanner.h"
#include "kiosk/voice.h"
#include "screens/screen.h"
#include "sdl/sdl.h"
#include "store/watch.h"
#include "ui/ui.h"

#define STACK_MAX 32
#define CORNER_TAPS 5

struct driver;

struct app_setup {
    const struct config *config;
    const char *db_path;
    struct clock *clock; /* borrowed, as is all else */
    struct rng *rng;
    int w, h;            /* canvas; 0: the whole display */
    bool windowed;
    const char *script;  /* file of a script, "-" for stdin; NULL: people touch */
};

struct app {
    const struct app_setup *setup;
    char device[24];
    struct host host;
    struct session session;
    struct ui *ui;
    struct sdl *sdl;
    struct ui_look canvas;

    const struct screen *stack[STACK_MAX]; /* the last is on top */
    size_t depth;
    bool fresh;          /* nobody has touched since the wipe: nothing to wipe again */
    bool dirty, quit;
    bool unseen;         /* the page on top has not been painted yet */
    int status;          /* exit status when quit */

    int64_t touched;     /* monotonic ms of the last action */
    int minute;          /* of the day, when the page was last loaded */
    int64_t tick_again;  /* monotonic ms before which a failed tick is not tried again */
    struct nav pending;  /* a choice is being shown ... */
    int64_t pending_at;  /* ... until this real ms; 0: none */
    bool look;           /* somebody committed */

    struct {
        int64_t first;   /* real ms of the first of the taps */
        int n;
    } corner;
    struct glass glass;
    struct scanner scanner;
    struct printing printing;
    struct voice voice;
    struct watch watch;
    struct watchdog watchdog;
    struct driver *driver;
};

/* Opens everything, in order; what fails is on stderr. On an error nothing stays open. */
NODISCARD enum err app_init(struct app *a, const struct app_setup *setup);
void app_done(struct app *a); /* wipes the visitor; all-zero is fine */
/* Waits and works until the program is to end; gives the exit status. */
int app_run(struct app *a);

#endif
