/*
 * src/kiosk/driving.h - the inside of the driver: what a command does, and what it sees.
 */
#ifndef KIOSK_DRIVING_H
#define KIOSK_DRIVING_H

#include "base/buf.h"
#include "kiosk/inside.h"
#include "kiosk/script.h"

#define DRIVER_NAMES_MAX 32

struct kept {
    char name[32];
    char *text;
};

enum driver_hands { BY_TOUCH, BY_KEYS, BY_EARS };

struct driver {
    char path[256];
    struct script script;
    size_t at;
    int64_t due;       /* real ms */
    int64_t since;     /* real ms at which the command began; 0: not begun */
    int looks;         /* at whether it can be done, since then */
    bool down;         /* a finger is on the glass ... */
    int x, y;          /* ... here */
    int phase;         /* of the command */
    const char *typed; /* what is left of DO_TYPE */
    enum driver_hands by;
    int steps;         /* next and prev pressed on the way to one target */
    int taps;          /* of DO_TAP_UNTIL */
    bool asked;        /* the page was read once more for this command */
    struct kept kept[DRIVER_NAMES_MAX];
    size_t n_kept;
    struct buf words[3]; /* the command's words with $NAMES put in */
};

enum outcome { GO_ON, NOT_YET, BROKEN }; /* done; look again; can never be */

static inline const char *driver_word(const struct driver *d, size_t i)
{
    return buf_str(&d->words[i]);
}

/* driver_do.c: touches, keys, time, files */
enum outcome driver_do(struct driver *d, struct app *a, const struct command *c);
/* driver_walk.c: chooses a target with next, prev and select; GO_ON when it was set off */
enum outcome driver_walk(struct driver *d, struct app *a, const char *id);
/* driver_see.c: whether the visitor heard it; a chime is "*success*" or "*attention*" */
bool driver_heard(const struct app *a, const char *part);
/* expectations, and what is told when one fails */
enum outcome driver_expect(struct driver *d, struct app *a, enum verb verb);
void driver_say_shown(const struct app *a);
/* A text as a person reads it, without the marks that steer its direction; the caller frees. */
char *driver_plain(const char *text);

#endif
