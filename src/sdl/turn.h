/*
 * src/sdl/turn.h - a panel that hangs turned: where the upright picture lies on its glass.
 *
 * Degrees are those by which the panel was turned clockwise, seen from the front: 0, 90, 180 or
 * 270. Sizes are the upright picture's; at 90 and 270 the glass is as wide as the picture is high.
 */
#ifndef SDL_TURN_H
#define SDL_TURN_H

#include <stdbool.h>

#include "sdl/canvas.h"

bool turn_known(int degrees);
/* Width and height change places. */
bool turn_lies(int degrees);
/* Where a rectangle of the upright picture, w by h, lies on the glass. */
struct ui_rect turn_rect(int degrees, struct ui_rect r, int w, int h);
/* Copies the rectangle, which lies within the picture, to its place on the glass. */
void turn_copy(int degrees, const struct canvas *upright, struct ui_rect r,
               const struct canvas *glass);
/* A place on the glass, 0..1 each way, becomes that of the upright picture. */
void turn_finger(int degrees, float *x, float *y);

#endif
