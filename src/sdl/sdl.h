/*
 * src/sdl/sdl.h - the window: paints draw lists, hears touches and keys, waits.
 *
 * Software painting straight onto the window's surface; framebuffer
 * acceleration is off. One thread owns a struct sdl, but for sdl_wake().
 * Works with SDL_VIDEODRIVER=dummy, where pictures come out the same.
 */
#ifndef SDL_SDL_H
#define SDL_SDL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/text.h"

struct sdl;

struct sdl_setup {
    const char *title;
    int w, h;             /* canvas in px, upright; 0: the whole display */
    int turned;           /* the panel hangs turned clockwise by 0, 90, 180 or 270 degrees */
    bool windowed;        /* a window of that size; else full screen when there is a display */
    bool cursor;          /* show the mouse cursor */
    bool moves;           /* new pictures fade and slide in: see sdl_step() */
    const char *font_dir; /* NULL: /usr/share/fonts/truetype/noto */
};

/*
 * Opens the window. ERR_INVAL: sizes, turned; ERR_IO: no display, no window, pixels of another
 * form than 32 bits where it is turned;
 * ERR_NOT_FOUND: no NotoSans-Regular.ttf in font_dir; ERR_NOMEM. The reason is
 * on stderr as one line "sdl: ...".
 */
NODISCARD enum err sdl_create(const struct sdl_setup *setup, struct sdl **ret_sdl);
void sdl_destroy(struct sdl *s); /* NULL is fine */
void sdl_destroyp(struct sdl **s);

void sdl_size(const struct sdl *s, int *ret_w, int *ret_h);
const struct ui_metrics *sdl_metrics(struct sdl *s); /* lives as long as s */
/* Whether the driver can wait without polling (x11, wayland can; dummy cannot). */
bool sdl_waits(const struct sdl *s);
int sdl_touch_devices(const struct sdl *s);

/* Paints what differs from the list painted before and presents only that. */
struct sdl_painted {
    size_t rects;    /* 0: nothing changed, nothing presented */
    int64_t pixels;
};
struct sdl_painted sdl_paint(struct sdl *s, const struct ui_draw *list);
void sdl_expose(struct sdl *s);    /* paint everything at the next call */

/* Where a list says how it comes (struct ui_motion), sdl_paint() shows the first frame only; the
 * others follow by sdl_step() when sdl_due() says so, in real ms; -1: nothing moves. A list with
 * a movement of its own ends the one before. */
int64_t sdl_due(const struct sdl *s);
void sdl_step(struct sdl *s, int64_t real_ms);

/* After a visitor: zeroes and drops rendered texts and their keys, and what SDL keeps of events
 * that were taken; paints all anew. */
void sdl_text_wipe(struct sdl *s);

/* Saves the canvas as last painted, at rest. ERR_IO. */
NODISCARD enum err sdl_shot(struct sdl *s, const char *path);
/* Its pixels, 0xAARRGGBB w * h; borrowed until the next call. For tests. */
const uint32_t *sdl_pixels(struct sdl *s);

enum sdl_event_kind {
    SDL_EV_NONE,     /* the time is over */
    SDL_EV_POINTER,  /* pointer is filled in */
    SDL_EV_KEY,      /* one of the four keys: key */
    SDL_EV_TEXT,     /* a key of a real keyboard or code scanner: text; "\b" for Backspace */
    SDL_EV_EXPOSE,   /* window shown, resized or uncovered: describe and paint again */
    SDL_EV_WAKE,     /* sdl_wake(): code */
    SDL_EV_QUIT      /* window closed, SIGTERM, SIGINT */
};

struct sdl_event {
    enum sdl_event_kind kind;
    struct ui_pointer pointer;
    enum ui_key key;
    char text[33];
    int code;
    int64_t ms; /* real monotonic time */
};

/*
 * Waits for one event, at most timeout_ms (-1: for ever, 0: only looks). True
 * when there was one. Tab and arrows are next and prev, Enter and Space select,
 * Escape is back, and those of Enter and Space carry text too ("\n", " "), so that
 * a scanner that types as a keyboard and ends with Enter can be told from a key.
 */
bool sdl_wait(struct sdl *s, int timeout_ms, struct sdl_event *ret_ev);

/* From any thread: makes sdl_wait() return SDL_EV_WAKE with this code. */
void sdl_wake(struct sdl *s, int code);

/* For a driver: real SDL events, through the same path as a finger or a key. */
void sdl_inject_touch(struct sdl *s, enum ui_phase phase, int64_t finger, int x, int y);
void sdl_inject_key(struct sdl *s, enum ui_key key);
void sdl_inject_text(struct sdl *s, const char *text);

#endif
