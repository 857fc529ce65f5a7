/*
 * src/sdl/panels.h - which drivers can say that there is no touch panel.
 */
#ifndef SDL_PANELS_H
#define SDL_PANELS_H

#include <stdbool.h>

/* Whether the driver lists touch panels from the start: wayland and KMSDRM do. On x11 a panel
 * may be a mouse that is there once it moved. */
bool sdl_lists_panels(void);

#endif
