/*
 * src/desk/stream.h - event streams: each open page hears that the day changed.
 *
 * A stream sends "id: BOOT-SERIAL" and the serial of the board; the page then fetches what it
 * shows. Nothing is lost by a break: who comes back names the last id it saw, and hears at
 * once when that is not the present one. A beat every 10 s lets a page see that it is stale.
 */
#ifndef DESK_STREAM_H
#define DESK_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define STREAMS_MAX 256 /* those that a page left without a word, until the next beat, too */
#define STREAMS_PER_SESSION 8

struct desk;
struct stream;

struct streams {
    struct stream *v[STREAMS_MAX]; /* open ones, in any order */
    size_t n;
    bool woken;    /* one was, since the server last ran */
    uint64_t last; /* number of the newest */
    uint64_t boot; /* random: serials of another start of this program are others */
};

/* The board has another serial: all hear it. */
void streams_say(struct desk *d);
/* The beat; those whose session is over end. */
void streams_beat(struct desk *d);
/* Before the program ends: no stream may be left suspended. */
void streams_end(struct desk *d);

#endif
