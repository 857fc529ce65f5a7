/*
 * src/sdl/fonts.h - the faces, and one line of text as runs.
 *
 * A line is cut into runs of one bidi level and one face, set in visual order
 * on one baseline. Isolates and other marks that are not to be seen steer the
 * order and are left out. Fonts open when first needed, one per face and size.
 */
#ifndef SDL_FONTS_H
#define SDL_FONTS_H

#include <stdbool.h>
#include <stddef.h>

#include "sdl/bitmap.h"
#include "ui/text.h"

#define LINE_CHARS 512 /* of one line; more are cut off */
#define LINE_RUNS 64

struct run {
    size_t from, n;  /* bytes in line.text */
    int level, face; /* face: 0 Latin, 1 Arabic, 2 Ethiopic */
};

struct line {
    char text[LINE_CHARS * 4 + LINE_RUNS]; /* each run closed by a NUL, in logical order */
    struct run runs[LINE_RUNS];            /* in visual order, left to right */
    size_t n;
    struct ui_extent extent;
};

/* Cuts and orders, without measuring: the extent is zero. */
void fonts_cut(bool rtl, const char *s, size_t n, struct line *ret_line);
/* Cuts, orders and measures. What no font can show becomes the base face's box. */
void fonts_line(struct sdl_fonts *f, struct ui_font font, bool rtl, const char *s, size_t n,
                struct line *ret_line);
/* Coverage of a line whose extent is set, extent.w x (ascent + descent) bytes; NULL: no memory. */
unsigned char *fonts_render(struct sdl_fonts *f, struct ui_font font, const struct line *line);

#endif
