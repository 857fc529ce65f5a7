/*
 * src/sdl/pictures.h - icons and picture files, rasterised once per size.
 */
#ifndef SDL_PICTURES_H
#define SDL_PICTURES_H

#include <SDL.h>

#include "sdl/canvas.h"

#define ICONS_MAX 160
#define IMAGES_MAX 4

struct pictures {
    struct {
        char name[32];
        int px;
        struct mask m; /* v NULL: there is no such icon */
    } icons[ICONS_MAX];
    size_t n_icons, next_icon;
    struct {
        char name[96];
        int w, h;
        SDL_Surface *s; /* scaled, 32 bit with alpha; NULL: no such file */
    } images[IMAGES_MAX];
    size_t next_image;
};

void pictures_done(struct pictures *p);
/* Tinted, in box. What is missing is said on stderr once and left out. */
void pictures_icon(struct pictures *p, const struct canvas *c, const char *name,
                   struct ui_rect box, ui_colour colour);
void pictures_image(struct pictures *p, const struct canvas *c, const char *name,
                    struct ui_rect box);

#endif
