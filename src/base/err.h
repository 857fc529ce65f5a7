/*
 * src/base/err.h - how a call can end.
 *
 * One enum for the whole tree, so that a result can be handed up unchanged.
 * On every value but ERR_OK the outputs of a call are left as they were.
 * Nothing here is text for visitors: screens choose their own words.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum err {
    ERR_OK = 0,
    ERR_INVAL,     /* an argument is out of its range */
    ERR_NOMEM,     /* no memory */
    ERR_IO,        /* disk or device failed; see reliability rules for storage */
    ERR_FORMAT,    /* input is not of the form it must have */
    ERR_NOT_FOUND, /* no such thing */
    ERR_EXISTS,    /* there is one already */
    ERR_TAKEN,     /* a seat, hold or coach is taken by somebody else */
    ERR_STALE,     /* somebody was first: the row changed since it was read */
    ERR_STATE,     /* the move is not allowed from the present state */
    ERR_CLOSED,    /* outside the opening hours, or a closed day */
    ERR_AGE_LOW,   /* younger than the ages of the rules on that day */
    ERR_AGE_HIGH,  /* older than the ages of the rules on that day */
    ERR_RANGE,     /* a date or time outside lead and horizon, or of another day */
    ERR_LIMIT,     /* over a cap: length, count, tries */
    ERR_LOCKED,    /* locked out for now */
    ERR_DENIED,    /* this person or program may not do that */
    ERR_BUSY,      /* another process holds it; try again */
    ERR_CORRUPT,   /* stored data contradicts itself */
    ERR_VERSION,   /* made by a newer program */
    ERR_TIMEOUT,   /* took longer than its bound */
    ERR_NET,       /* no answer over the network */
    ERR_TLS,       /* the other side could not prove who it is */
    ERR_CLOCK,     /* the clock is unsure, and this needs a sure one */
    ERR_NONE,      /* nothing to do: nobody waits, nothing is due */
    ERR_COUNT
};

/* A few English words for logs and stderr, never NULL: "no such thing". */
const char *err_text(enum err e);

#endif
