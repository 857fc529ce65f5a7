#include "sdl/turn.h"

bool turn_known(int degrees)
{
    return degrees == 0 || degrees == 90 || degrees == 180 || degrees == 270;
}

bool turn_lies(int degrees)
{
    return degrees == 90 || degrees == 270;
}

struct ui_rect turn_rect(int degrees, struct ui_rect r, int w, int h)
{
    int right = w - r.x - r.w, below = h - r.y - r.h;
    switch (degrees) {
    case 90:
        return (struct ui_rect){ r.y, right, r.h, r.w };
    case 180:
        return (struct ui_rect){ right, below, r.w, r.h };
    case 270:
        return (struct ui_rect){ below, r.x, r.h, r.w };
    default:
        return r;
    }
}

/* Where on the glass a step to the right and a step down lead. */
static void steps(int degrees, int pitch, int *ret_right, int *ret_down)
{
    *ret_right = degrees == 0 ? 1 : degrees == 90 ? -pitch : degrees == 180 ? -1 : pitch;
    *ret_down = degrees == 0 ? pitch : degrees == 90 ? 1 : degrees == 180 ? -pitch : -1;
}

void turn_copy(int degrees, const struct canvas *upright, struct ui_rect r,
               const struct canvas *glass)
{
    int right, down;
    steps(degrees, glass->pitch, &right, &down);
    struct ui_rect at = turn_rect(degrees, (struct ui_rect){ r.x, r.y, 1, 1 }, upright->w, upright->h);
    for (int y = 0; y < r.h; y++) {
        const uint32_t *from = upright->px + (r.y + y) * upright->pitch + r.x;
        uint32_t *to = glass->px + at.y * glass->pitch + at.x + y * down;
        for (int x = 0; x < r.w; x++)
            to[x * right] = from[x];
    }
}

void turn_finger(int degrees, float *x, float *y)
{
    float across = *x, along = *y;
    switch (degrees) {
    case 90:
        *x = 1 - along;
        *y = across;
        break;
    case 180:
        *x = 1 - across;
        *y = 1 - along;
        break;
    case 270:
        *x = along;
        *y = 1 - across;
        break;
    default:
        break;
    }
}
