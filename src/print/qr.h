/*
 * src/print/qr.h - a QR code as squares, for paper and for the screen.
 *
 * Error correction level M (ISO/IEC 18004): a creased ticket and a screen with a
 * fingerprint still scan.
 */
#ifndef PRINT_QR_H
#define PRINT_QR_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

/* Empty squares that must surround a code on every side. */
#define QR_QUIET 4

struct qr {
    int n;                  /* squares a side, 21..177, without the quiet zone; 0 is empty */
    unsigned char *modules; /* n * n, row by row, 1 is dark; owned */
};

/* ERR_INVAL: empty text; ERR_LIMIT: over 2,331 bytes; ERR_NOMEM. */
NODISCARD enum err qr_make(const char *text, struct qr *ret_qr);
void qr_done(struct qr *qr); /* wipes, as a code may say who comes when */
bool qr_dark(const struct qr *qr, int x, int y); /* false outside the code */

#endif
