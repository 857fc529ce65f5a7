/*
 * src/sdl/bitmap.h - text as a bitmap, for the ticket printer.
 *
 * The same fonts, fallback and bidi as on the screen, without a window.
 */
#ifndef SDL_BITMAP_H
#define SDL_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

struct sdl_bitmap {
    int w, h;        /* px */
    int baseline;    /* px from the top */
    uint8_t *v;      /* w * h bytes of coverage, 0..255; owned */
};
void sdl_bitmap_done(struct sdl_bitmap *b); /* wipes, frees */

struct sdl_fonts;
NODISCARD enum err sdl_fonts_create(const char *font_dir, struct sdl_fonts **ret_fonts);
void sdl_fonts_destroy(struct sdl_fonts *f); /* NULL is fine */
void sdl_fonts_destroyp(struct sdl_fonts **f);

/* One line. An empty text gives an empty bitmap. ERR_NOMEM, ERR_IO. */
NODISCARD enum err sdl_bitmap_text(struct sdl_fonts *f, int px, bool bold, bool rtl,
                                   const char *s, size_t n, struct sdl_bitmap *ret_bitmap);
#endif
