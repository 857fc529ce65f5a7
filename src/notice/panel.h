/*
 * src/notice/panel.h - the console's picture (fbdev), as a canvas.
 *
 * Pixels are 0xXXRRGGBB or, as on a Raspberry Pi (the kernel's vc4_drv.c), 5 bits of red, 6 of green, 5 of
 * blue. The kernel's own console draws there too; after panel_hold() it does not, until panel_leave().
 */
#ifndef NOTICE_PANEL_H
#define NOTICE_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "sdl/canvas.h"

struct panel {
    struct canvas glass;  /* to paint on; w and h as the panel lies */
    void *start;          /* the device's memory; NULL: none */
    size_t bytes;
    uint16_t *narrow;     /* in it, the first pixel that is seen; NULL: glass is that memory itself */
    size_t narrow_pitch;  /* pixels from row to row */
};

/* ERR_NOT_FOUND: no such device; ERR_IO: it cannot be opened or mapped; ERR_FORMAT: its pixels have another form;
 * ERR_NOMEM. */
NODISCARD enum err panel_open(const char *device, struct panel *ret_panel);
struct fb_var_screeninfo;
struct fb_fix_screeninfo;
/* The two steps of it, for tests: whether such a device can be drawn on, and where its canvas is in p->start. */
bool panel_fits(const struct fb_var_screeninfo *v, const struct fb_fix_screeninfo *f);
NODISCARD enum err panel_place(struct panel *p, const struct fb_var_screeninfo *var,
                               const struct fb_fix_screeninfo *fix);

/* What was painted is on the panel at the latest now. */
void panel_show(const struct panel *p);
void panel_done(struct panel *p);

/* Of the terminal; one that is not there is let be. */
void panel_hold(const char *console);
void panel_leave(const char *console);

#endif
