/*
 * tests/lib/paper.h - a ticket printer that keeps its paper.
 *
 * Reads ESC/POS as a printer does and burns dots, so that a test can look at the
 * paper, and a person too: paper_write_pbm(). It answers questions about its
 * state, and can be out of paper, open, mute or stuck. What it does not know it
 * counts: a test expects that to be 0.
 */
#ifndef TESTS_LIB_PAPER_H
#define TESTS_LIB_PAPER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct paper {
    int width;        /* dots */
    int rows;         /* printed so far */
    uint8_t *dots;    /* rows * width, 1 is black; owned */
    struct buf text;  /* lines in the printer's own letters, each with '\n' */
    int cuts;
    int initialised;  /* times ESC @ came */
    int unknown;      /* bytes that were no command, text or picture */

    bool paper_out, paper_low, cover_open; /* set by the test */
    bool mute;        /* answers nothing */
    bool no_receipt;  /* does not know the question "all printed" */

    struct buf in;    /* bytes of a command that is not whole yet */
    struct buf reply; /* answers, for the test to take */
    int letter_times; /* size of the next letters */
};

void paper_init(struct paper *p, int width);
void paper_done(struct paper *p);
void paper_feed(struct paper *p, const void *bytes, size_t n);
/* Forgets what came and was not printed, as switching off and on does. */
void paper_power_cycle(struct paper *p);

bool paper_black(const struct paper *p, int x, int y);
/* The next thing printed at or below row `from`: its first and last row with a dot.
 * It may have up to `gap` white rows together inside. False: none left. */
bool paper_next_block(const struct paper *p, int from, int gap, int *ret_top, int *ret_bottom);
/* The outermost black dots of those rows. */
void paper_extent(const struct paper *p, int top, int bottom, int *ret_left, int *ret_right);
bool paper_write_pbm(const struct paper *p, const char *path);

#endif
