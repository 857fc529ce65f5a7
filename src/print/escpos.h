/*
 * src/print/escpos.h - the bytes of a thermal printer.
 *
 * The few ESC/POS commands that printers of all makers share: initialise, raster
 * image (GS v 0), plain text in the printer's own letters, feed, cut, and the
 * questions after its state (DLE EOT, GS r). Dots are 1/203 inch.
 */
#ifndef PRINT_ESCPOS_H
#define PRINT_ESCPOS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

/* Rows of one raster command. A printer that was cut off in the middle of one
 * waits for the rest of it: at most this many bytes for paper of 832 dots. */
#define ESCPOS_BAND_ROWS 64
#define ESCPOS_BAND_BYTES_MAX (ESCPOS_BAND_ROWS * 104)

/* Initialises, and switches off status bytes that come unasked. */
void escpos_begin(struct buf *out);
/* Feeds the ticket past the edge, cuts, and asks for a byte (GS r 1) that comes
 * when all before it was printed. */
void escpos_end(struct buf *out, bool cut);

/* A picture of w * h dots, 1 byte each, not 0 is black, with its left edge at x. */
struct escpos_dots {
    int w, h;
    const uint8_t *v;
};
void escpos_dots(struct buf *out, int paper_w, int x, struct escpos_dots dots);
void escpos_space(struct buf *out, int rows); /* blank paper */

/* One centred line in the printer's own letters, `size` 1..8 times as large. What
 * is not ASCII is written without its accent, or as '?'. */
void escpos_text(struct buf *out, const char *s, int size, bool bold);

/* What a byte that came back says. */
enum escpos_question { ESCPOS_ASK_OFFLINE = 2, ESCPOS_ASK_PAPER = 4 };
#define ESCPOS_QUESTION_BYTES 3
void escpos_question(enum escpos_question q, unsigned char out[ESCPOS_QUESTION_BYTES]);
bool escpos_is_answer(unsigned char byte); /* to DLE EOT */
bool escpos_is_printed(unsigned char byte); /* to the GS r of escpos_end() */

enum escpos_fault { ESCPOS_FINE, ESCPOS_PAPER_LOW, ESCPOS_PAPER_OUT, ESCPOS_COVER, ESCPOS_BROKEN };
enum escpos_fault escpos_answer(enum escpos_question q, unsigned char byte);

#endif
