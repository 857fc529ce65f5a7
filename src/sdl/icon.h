/*
 * src/sdl/icon.h - a pictogram's coverage, drawn from its SVG.
 *
 * Our pictograms are one family (tests/e2e/test_icons holds them to it): strokes of width 2 with
 * round caps and joins on a grid of 24, and nothing filled. Such a stroke is all that lies within
 * 1 of its line, so a pixel is covered by its distance to the nearest piece of line. That needs no
 * library of picture formats, each of which would cost every start of the program.
 *
 * Understood are <path> with M L H V C S A Z and their relative forms, <circle>, <ellipse> and
 * <rect rx>; other elements are passed over.
 */
#ifndef SDL_ICON_H
#define SDL_ICON_H

#include "base/attr.h"
#include "base/err.h"
#include "sdl/canvas.h"

#define ICON_FILE_MAX 4096 /* bytes of SVG */

/* The file at path, px pixels wide and high (1..4096). The mask is the caller's: mem_free(v).
 * ERR_NOT_FOUND, ERR_IO; ERR_LIMIT: longer than ICON_FILE_MAX; ERR_FORMAT as icon_draw(). */
NODISCARD enum err icon_load(const char *path, int px, struct mask *ret_mask);
/* The same from text. ERR_FORMAT: a path that is not understood; ERR_INVAL: px. */
NODISCARD enum err icon_draw(const char *svg, int px, struct mask *ret_mask);

#endif
