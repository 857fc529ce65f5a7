/*
 * src/kiosk/paper.h - from a page to the printer, after it was shown.
 *
 * Printing never holds up the loop and never costs a visit: what fails is said
 * on the page, and staff print again.
 */
#ifndef KIOSK_PAPER_H
#define KIOSK_PAPER_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "print/printer.h"
#include "screens/session.h"
#include "sdl/bitmap.h"
#include "ui/ui.h"

struct paper_desk {
    struct printer printer;
    struct sdl_fonts *fonts; /* made at the first job; NULL: the printer's own letters */
    bool fonts_tried;
    enum paper *tells;       /* where the outcome of the job goes; NULL: nobody waits for it */
    int64_t next;            /* real ms of the next step; 0: nothing under way */
};

NODISCARD enum err paper_init(struct paper_desk *p, const struct config *config);
void paper_done(struct paper_desk *p);
bool paper_there(const struct paper_desk *p); /* a printer is configured */
/* Starts what the session asks for and takes the next step; true when the page has
 * something new to say. */
bool paper_step(struct paper_desk *p, struct session *s, struct ui *ui, int64_t real_ms);
int64_t paper_due(const struct paper_desk *p); /* real ms of the next step; INT64_MAX: none */
/* The visitor is gone: the job goes on, but tells nobody any more. */
void paper_wipe(struct paper_desk *p);

#endif
