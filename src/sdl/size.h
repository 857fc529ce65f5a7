/*
 * src/sdl/size.h - how large a program draws, as its command line says.
 */
#ifndef SDL_SIZE_H
#define SDL_SIZE_H

#include <stdbool.h>

/* "1080x1920", each side 320..7680. With NULL the whole display (0 x 0), or in a window one
 * that fits beside other things on a full HD screen. False: not of that form; the sizes are
 * then as they were. */
bool sdl_canvas_size(const char *text, bool windowed, int *ret_w, int *ret_h);

#endif
