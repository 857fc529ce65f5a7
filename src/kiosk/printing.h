/*
 * src/kiosk/printing.h - from a page to the printer, after it was shown.
 *
 * Printing never holds up the loop and never costs a visit: what fails is said
 * on the page, and staff print again.
 */
#ifndef KIOSK_PRINTING_H
#define KIOSK_PRINTING_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "print/printer.h"
#include "screens/session.h"
#include "sdl/bitmap.h"
#include "ui/ui.h"

struct printing {
    struct printer printer;
    struct sdl_fonts *fonts; /* made at the first job; NULL: the printer's own letters */
    bool fonts_tried;
    enum printer_state told; /* the state that staff were told last */
    enum paper *tells;       /* where the outcome of the job goes; NULL: nobody waits for it */
    int64_t next;            /* real ms of the next step; 0: nothing under way */
};

NODISCARD enum err printing_init(struct printing *p, const struct config *config);
void printing_done(struct printing *p);
bool printing_there(const struct printing *p); /* a printer is configured */
/* Starts what the session asks for and takes the next step; true when the page has
 * something new to say. */
bool printing_step(struct printing *p, struct session *s, struct ui *ui, int64_t real_ms);
int64_t printing_due(const struct printing *p); /* real ms of the next step; INT64_MAX: none */
/* The visitor is gone: the job goes on, but tells nobody any more. */
void printing_wipe(struct printing *p);

#endif
