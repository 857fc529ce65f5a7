/*
 * src/print/ticket.h - what stands on the paper, as the bytes of a printer.
 *
 * Texts come translated. They are drawn by a callback in the letters of the
 * screen, so that every script prints on every printer; a line that the callback
 * cannot draw, or all of them without one, comes in the printer's own letters.
 * The QR code is a picture too, as printers differ in their QR commands.
 */
#ifndef PRINT_TICKET_H
#define PRINT_TICKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

#define PRINT_LINES_MAX 6
#define PRINT_BYTES_MAX (256u * 1024)

/* From top to bottom. A NULL or empty text takes no room. Texts may hold isolates; a space
 * that must not become the end of a line is U+00A0. */
struct print_ticket {
    bool rtl;
    const char *house;  /* "Dynamo Roosendaal" */
    const char *label;  /* "Jouw nummer" */
    const char *number; /* "A01"; never empty */
    const char *wait;   /* "ongeveer 10 tot 15 minuten" */
    const char *lines[PRINT_LINES_MAX];  /* of an appointment: time, coach, address */
    const char *advice[PRINT_LINES_MAX]; /* "Ga zitten. We roepen je nummer." */
    const char *qr;      /* text of the QR code */
    const char *qr_hint; /* "Scan met je telefoon." */
    const char *date;   /* "dinsdag 24 november, 14:07" */
};

/* One line of text as coverage, 0 white .. 255 black, row by row. */
struct print_bitmap {
    int w, h;
    uint8_t *v; /* from mem_alloc(); the ticket frees it */
};
struct print_font {
    int px; /* size of the em in dots */
    bool bold, rtl;
};
struct print_painter {
    void *ctx;
    /* Draws n bytes of text on one line. On an error *ret is left alone. */
    enum err (*draw)(void *ctx, const char *s, size_t n, struct print_font font,
                     struct print_bitmap *ret);
};

struct print_paper {
    int width_dots; /* 256..832 */
    bool cut;
};

/*
 * Adds the ticket's bytes to `out`. painter may be NULL.
 * ERR_INVAL  no number, or a width out of range
 * ERR_LIMIT  over out's cap; give PRINT_BYTES_MAX
 * ERR_NOMEM
 */
NODISCARD enum err print_ticket(const struct print_ticket *t, struct print_paper paper,
                                const struct print_painter *painter, struct buf *out);

/* A page to see whether printer and fonts work: a frame as wide as the paper, the
 * given texts, a QR code of `qr`. */
NODISCARD enum err print_test_page(const char *const *texts, size_t n, const char *qr,
                                   struct print_paper paper, const struct print_painter *painter,
                                   struct buf *out);

#endif
