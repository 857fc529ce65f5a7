/*
 * src/sdl/canvas.h - painting onto 32-bit pixels, inside a clip.
 *
 * Every pixel comes out the same whatever the clip is, so that painting a part
 * of a page again leaves no seam.
 */
#ifndef SDL_CANVAS_H
#define SDL_CANVAS_H

#include <stdint.h>

#include "ui/draw.h"

struct canvas {
    uint32_t *px;  /* 0xXXRRGGBB */
    int w, h;
    int pitch;     /* pixels from row to row */
    struct ui_rect clip;
};

/* Coverage, 0..255 for each pixel; owned by who made it. */
struct mask {
    int w, h;
    uint8_t *v;
};

void canvas_fill(const struct canvas *c, struct ui_rect box, ui_colour colour);
void canvas_mask(const struct canvas *c, int x, int y, const struct mask *m, ui_colour colour);

/* Corner and shadow masks, made once per radius. */
#define SHAPES_MAX 48
struct shape {
    int radius, blur;
    struct mask m;
    uint16_t *first; /* of each row: the first pixel that is covered */
};
struct shapes {
    struct shape v[SHAPES_MAX];
    int n;
};
void shapes_done(struct shapes *s);
void canvas_round(const struct canvas *c, struct shapes *s, struct ui_rect box, int radius,
                  ui_colour colour);
void canvas_shadow(const struct canvas *c, struct shapes *s, const struct ui_draw_cmd *cmd);
/* n pixels of `from` over those of `to`, as much of them as w of 256. */
void canvas_blend_row(uint32_t *restrict to, const uint32_t *restrict from, int n, uint32_t w);
void canvas_arc(const struct canvas *c, const struct ui_draw_cmd *cmd);
void canvas_modules(const struct canvas *c, const struct ui_draw_cmd *cmd, const uint8_t *modules);

#endif
