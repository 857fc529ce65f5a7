/*
 * src/print/printer.h - sending a ticket to the printer without ever waiting.
 *
 * One job at a time. printer_step() does what can be done at once and says when
 * to come back; the loop sleeps in between. The device is opened for each job
 * and closed after it, so that a printer may be pulled out and put back.
 *
 * A printer that answers is asked before (paper, cover) and believed when it says
 * that all was printed; one that never answers is done when it has taken every
 * byte. A failed job is never sent again here: the visit is safe, its number is
 * on the screen, staff print again.
 *
 * "file:PATH" appends the bytes to a file, which is printed at once.
 */
#ifndef PRINT_PRINTER_H
#define PRINT_PRINTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"
#include "print/escpos.h"

enum printer_state {
    PRINTER_NONE,       /* no device in the settings */
    PRINTER_UNKNOWN,    /* not asked yet */
    PRINTER_READY,
    PRINTER_PAPER_LOW,  /* prints still */
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_UNPLUGGED,  /* no such device, or it went away */
    PRINTER_IN_USE,     /* another program has it open */
    PRINTER_SLOW,       /* not done within its time */
    PRINTER_BROKEN,     /* says so itself, or the device fails */
    PRINTER_STATE_COUNT
};

enum printer_job { PRINTER_IDLE, PRINTER_WORKING, PRINTER_DONE, PRINTER_FAILED };

struct printer {
    char device[256];
    int64_t timeout_ms;
    enum printer_state state; /* read these two */
    enum printer_job job;

    /* The rest is printer.c's. */
    int phase;
    int fd; /* -1 when closed */
    struct buf bytes;
    size_t sent;
    int64_t give_up_at, asked_at;
    int64_t drained_at; /* -1: bytes are on their way still */
    enum escpos_question question; /* the last one asked */
    bool heard;                    /* it answered since it was opened */
    bool answered;                 /* the last question */
    bool printed;                  /* it said that all was printed */
    bool torn;                     /* the last job ended in the middle */
};

/* `device` as in the settings; "" is no printer. ERR_LIMIT: too long. */
NODISCARD enum err printer_init(struct printer *p, const char *device, int64_t timeout_ms);
void printer_done(struct printer *p); /* closes and wipes */

/*
 * Takes a job (n bytes are copied). The next step starts it.
 * ERR_NONE   no printer
 * ERR_BUSY   a job is under way
 * ERR_LIMIT  over 256 KiB, or no memory
 */
NODISCARD enum err printer_send(struct printer *p, const void *bytes, size_t n, int64_t now_ms);
/* Asks for the state without printing. ERR_NONE, ERR_BUSY. */
NODISCARD enum err printer_ask(struct printer *p, int64_t now_ms);

/* now_ms: monotonic. Gives in how many ms to come back; -1 when nothing is under way. */
int printer_step(struct printer *p, int64_t now_ms);

/* For health and logs, never NULL: "ok", "paper out", ... */
const char *printer_state_name(enum printer_state s);
/* Whether staff should look at it. */
bool printer_needs_help(enum printer_state s);

#endif
