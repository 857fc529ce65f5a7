/*
 * src/display/board.h - what the waiting room is to see, and what it is to hear.
 *
 * Pure: rows of the database, the roster and the time go in, a board comes out.
 * A board holds numbers and rooms and nothing else of a visit.
 */
#ifndef DISPLAY_BOARD_H
#define DISPLAY_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/roster.h"
#include "core/ticket.h"
#include "core/zone.h"
#include "store/visit.h"

#define BOARD_CALLS_MAX ROSTER_COACHES_MAX /* a coach calls one at a time */
#define BOARD_LAST 4          /* that many numbers stand, when so many were called */
#define BOARD_NIGHT_LATE 60   /* minutes behind the last closing until it is dark */
#define BOARD_NIGHT_EARLY 30  /* minutes before the next opening until it is light */

enum board_mode {
    BOARD_CALLS,  /* somebody is called */
    BOARD_CALM,   /* open, nobody is called just now */
    BOARD_CLOSED, /* says when we open again */
    BOARD_NIGHT,  /* dark */
    BOARD_STALE   /* what is known may be old: "listen for your number" */
};

struct board_call {
    char number[TICKET_SIZE];
    char room[ROSTER_NAME_SIZE]; /* "" when the roster does not tell */
    int64_t chime;               /* of the last call or recall; rises within a day */
    bool inside;                 /* went in already */
};

struct board { /* all-zero is a board that shows nothing yet */
    enum board_mode mode;
    /* Newest first: everyone who is called, then who went in last, up to BOARD_LAST in all. */
    struct board_call calls[BOARD_CALLS_MAX];
    size_t n, n_called;
    civil_day day;
    int minute;
    bool next_known; /* BOARD_CLOSED: the next opening */
    struct roster_opening_at next;
};

/* `rows` are the open visits of the day that `now` says. */
void board_make(const struct roster *roster, const struct visit_rows *rows, struct local_time now,
                struct board *ret_board);

/*
 * Whom to call out: those called whose chime is above `since`, in the order of
 * the calls; at most `max`, the newest of them. Gives how many.
 */
size_t board_news(const struct board *b, int64_t since, const struct board_call **ret, size_t max);
int64_t board_chime(const struct board *b); /* the highest on it; 0: none */

#endif
