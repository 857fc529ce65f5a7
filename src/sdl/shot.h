/*
 * src/sdl/shot.h - a picture of the screen as a PNG file.
 */
#ifndef SDL_SHOT_H
#define SDL_SHOT_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

/* w x h pixels 0xXXRRGGBB, `pitch` of them from row to row. ERR_IO, ERR_NOMEM. */
NODISCARD enum err shot_write(const char *path, const uint32_t *px, int w, int h, int pitch);

#endif
