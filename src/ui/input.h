/*
 * src/ui/input.h - touches, four keys and what they set off.
 *
 * Pure: the caller passes every event with its real monotonic time. The rules:
 * a touch fires on lift, inside the target it went down on; sliding off
 * cancels; on the keyboard a second finger commits the first; a touch that
 * starts in the outer 4 mm, a fourth contact and everything while four are
 * down is ignored (a palm); a finger that says nothing for 5 s is dropped; the
 * same target fires once per 150 ms (double strike), but for keys of the
 * keyboard, which have 60 ms; all of them once per 500 ms for a visitor who
 * wants it (look.steady). Holding a letter for 450 ms opens its accents.
 */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include "ui/look.h"

#define UI_ID_MAX 48 /* bytes of a widget id with its NUL */

#define UI_LONG_PRESS_MS 450
#define UI_STRIKE_MS 150
#define UI_STRIKE_KEY_MS 60
#define UI_STRIKE_STEADY_MS 500
#define UI_STUCK_MS 5000
#define UI_EDGE_MM 4.0
#define UI_CONTACTS_MAX 3

struct ui;

enum ui_phase { UI_DOWN, UI_MOVE, UI_UP, UI_CANCEL };

struct ui_pointer {
    int64_t finger; /* which contact; the mouse is one too */
    enum ui_phase phase;
    int x, y;       /* px of the canvas */
    int64_t ms;     /* real monotonic time */
};

enum ui_key { UI_KEY_PREV, UI_KEY_NEXT, UI_KEY_SELECT, UI_KEY_BACK };

enum ui_action_kind {
    UI_NOTHING,
    UI_TAP,   /* id was activated */
    UI_TYPE,  /* text is to be added to the field being edited; id is the key */
    UI_ERASE, /* the last character is to be taken off; id "key.delete" */
    UI_DONE   /* the keyboard's closing key; id "key.done" */
};

struct ui_action {
    enum ui_action_kind kind;
    char id[UI_ID_MAX];
    char text[24]; /* UI_TYPE: what the key says, capitals already applied */
};

/* Feeds one touch event; at most one action comes of it. The page may look
 * different afterwards: see ui_stale(). */
struct ui_action ui_touch(struct ui *ui, const struct ui_pointer *p);

/* Four-key operation. BACK gives a tap of "nav.back" or of the sheet's way out
 * when the page has one. The first press of another key shows the focus. */
struct ui_action ui_press(struct ui *ui, enum ui_key key, int64_t ms);

/* Real time has come to `ms`: opens accents, drops stuck fingers. */
void ui_tick(struct ui *ui, int64_t ms);
/* The fingers that are down came only at `ms`: for a script, whose taps are short however long
 * the machine takes over what lies between press and lift. */
void ui_touch_late(struct ui *ui, int64_t ms);
/* When ui_tick() is next due, or -1. */
int64_t ui_next_tick(const struct ui *ui);

/* Press, focus or keyboard changed what is to be seen since ui_finish(). */
bool ui_stale(const struct ui *ui);
/* A target was set off since ui_begin()'s page was finished: what the page shows may be another
 * by now. The next touch or key is to be judged by it described anew. */
bool ui_outdated(const struct ui *ui);

/* Drops fingers, focus, press and keyboard layer: a new visitor, a new screen. */
void ui_reset(struct ui *ui);
const char *ui_focus(const struct ui *ui);                /* id or NULL; only once keys are used */
void ui_set_focus(struct ui *ui, const char *id);         /* e.g. a field with an error */
/* When the id could fire again, in the same real ms; for a driver that waits. */
int64_t ui_strike_until(const struct ui *ui, const char *id);

#endif
