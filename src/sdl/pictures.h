/*
 * src/sdl/pictures.h - pictograms, rasterised once per size by SDL2_image.
 */
#ifndef SDL_PICTURES_H
#define SDL_PICTURES_H

#include <stddef.h>

#include "sdl/canvas.h"

#define ICONS_MAX 160

struct pictures {
    struct {
        char name[32];
        int px;
        struct mask m; /* v NULL: there is no such icon */
    } icons[ICONS_MAX];
    size_t n_icons, next_icon;
};

void pictures_done(struct pictures *p);
/* Tinted, in box. What is missing is said on stderr once and left out. */
void pictures_icon(struct pictures *p, const struct canvas *c, const char *name,
                   struct ui_rect box, ui_colour colour);

#endif
