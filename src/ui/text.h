/*
 * src/ui/text.h - measuring and wrapping text.
 *
 * How wide a text is comes in by callback, so ui never sees a font. A text is
 * logical UTF-8, may hold bidi isolates (U+2066..2069), and is one paragraph
 * unless it holds '\n'. Wrapping works on logical text; bidi is per line and
 * the painter's work: a line that begins inside an isolate repeats its opener.
 */
#ifndef UI_TEXT_H
#define UI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"

struct ui_font {
    int px;    /* size of the em, 1..1000 */
    bool bold;
};

struct ui_extent {
    int w;       /* px */
    int ascent;  /* px above the baseline that the ink may reach */
    int descent; /* px below it */
};

struct ui_metrics {
    void *ctx;
    /* Extent of n bytes of text on one line; rtl is the direction of the paragraph. */
    struct ui_extent (*extent)(void *ctx, struct ui_font font, bool rtl, const char *s, size_t n);
};

#define UI_LINES_MAX 24

struct ui_line {
    size_t from, n;  /* bytes of the text, without the space it broke at */
    int w;           /* px */
    int ascent, descent; /* px, as struct ui_extent */
    unsigned open;   /* isolates still open where the line begins, 0..7 */
};

struct ui_lines {
    struct ui_line v[UI_LINES_MAX];
    size_t n;
    int w;     /* the widest */
    bool fits;  /* no word was cut between its letters, and there were lines enough */
    bool whole; /* every letter is there, inside the width, though a word may have been cut */
};

/*
 * Breaks text into lines of at most `w` px: at spaces, and after a hyphen, a
 * slash or U+200B; never at U+00A0 or inside a word that fits alone. A word
 * wider than the box is broken after one of "@._" (addresses are written so); where
 * there is none it is cut between letters, and `fits` is false then. An empty text
 * has no lines and fits.
 */
void ui_wrap(const struct ui_metrics *m, struct ui_font font, bool rtl, const char *text, int w,
             struct ui_lines *ret_lines);

#endif
