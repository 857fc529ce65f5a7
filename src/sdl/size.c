#include "sdl/size.h"

#include <stdio.h>

#define WINDOW_W 1536
#define WINDOW_H 864
#define LEAST 320
#define MOST 7680

static bool side_fits(int px)
{
    return px >= LEAST && px <= MOST;
}

bool sdl_canvas_size(const char *text, bool windowed, int *ret_w, int *ret_h)
{
    int w = windowed ? WINDOW_W : 0, h = windowed ? WINDOW_H : 0;
    char more;

    if (text && (sscanf(text, "%dx%d%c", &w, &h, &more) != 2 || !side_fits(w) || !side_fits(h)))
        return false;
    *ret_w = w;
    *ret_h = h;
    return true;
}
