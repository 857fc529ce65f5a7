/*
 * src/notice/panel.h - the console's picture (fbdev), as a canvas.
 *
 * The kernel's own console draws on it; after panel_hold() it does not, until panel_leave().
 */
#ifndef NOTICE_PANEL_H
#define NOTICE_PANEL_H

#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "sdl/canvas.h"

struct panel {
    struct canvas glass; /* w and h as the panel lies; its pixels are in start */
    void *start;         /* the device's memory; NULL: none */
    size_t bytes;
};

/* ERR_NOT_FOUND: no such device; ERR_IO: it cannot be mapped; ERR_FORMAT: its pixels are not 0xXXRRGGBB. */
NODISCARD enum err panel_open(const char *device, struct panel *ret_panel);
void panel_done(struct panel *p);

/* Of the terminal; one that is not there is let be. */
void panel_hold(const char *console);
void panel_leave(const char *console);

#endif
