/*
 * src/display/view.h - D01, the waiting-room screen, as a page of the toolkit.
 *
 * Sizes are the larger of what looks right on the canvas and what can be read
 * across the room: 26 mm capitals (4 m) for every text, 38 mm (6 m) for the
 * list, 80 mm and up for who is called now; less only where a screen is too
 * small for it. No names, no topics.
 */
#ifndef DISPLAY_VIEW_H
#define DISPLAY_VIEW_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"
#include "display/board.h"
#include "ui/ui.h"

struct view {
    struct ui_look look;   /* canvas, diagonal; the theme is the view's for the night */
    const char *lang;      /* of the labels */
    const char *second;    /* a second language beside it, or NULL */
    bool lit;              /* the light half of a pulse */
    bool clock_sure;       /* else no clock is shown: a wrong one is worse */
};

/* Describes and finishes the page; errors as ui_finish(). */
NODISCARD enum err view_paint(struct ui *ui, const struct view *v, const struct board *b);

/* How far the picture is moved against burn-in at this minute: a few px, in both directions. */
void view_drift(int minute, int *ret_dx, int *ret_dy);
/* Copies a draw list moved by dx, dy; the ground stays. ERR_NOMEM. */
NODISCARD enum err view_moved(const struct ui_draw *from, int dx, int dy, struct ui_draw *to);

#endif
