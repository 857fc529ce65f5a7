/*
 * src/sdl/textcache.h - measured and rendered lines, kept for the next paint.
 *
 * 256 sets of 4; the one used longest ago makes room. Rendered coverage is held
 * to a number of bytes. Wiping zeroes keys and pixels.
 */
#ifndef SDL_TEXTCACHE_H
#define SDL_TEXTCACHE_H

#include "base/err.h"
#include "sdl/canvas.h"
#include "sdl/fonts.h"

struct textcache;

NODISCARD enum err textcache_create(struct sdl_fonts *fonts, struct textcache **ret_cache);
void textcache_destroy(struct textcache *t);
void textcache_wipe(struct textcache *t);
struct ui_extent textcache_extent(struct textcache *t, struct ui_font font, bool rtl, const char *s,
                                  size_t n);
/* The line as a mask with its baseline; borrowed until the next call. False: no memory. */
bool textcache_mask(struct textcache *t, struct ui_font font, bool rtl, const char *s, size_t n,
                    struct mask *ret_mask, int *ret_ascent);

#endif
