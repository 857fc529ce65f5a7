#include "sdl/panels.h"

#include <string.h>

#include <SDL.h>

bool sdl_lists_panels(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && (!strcmp(driver, "wayland") || !strcmp(driver, "KMSDRM"));
}
