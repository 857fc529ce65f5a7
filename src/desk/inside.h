/*
 * src/desk/inside.h - what the parts of the desk share; only of use in desk.
 */
#ifndef DESK_INSIDE_H
#define DESK_INSIDE_H

#include "base/watchdog.h"
#include "desk/asset.h"
#include "desk/board.h"
#include "desk/desk.h"
#include "desk/guard.h"
#include "desk/knock.h"
#include "desk/page.h"
#include "desk/stream.h"
#include "flow/flow.h"
#include "store/watch.h"

#define DESK_LOOK_MS 10000
#define METRICS_TOKEN_SIZE 129

struct MHD_Daemon;

struct desk {
    const struct desk_setup *setup;
    struct flow *flow;
    struct MHD_Daemon *daemon;
    struct guard guard;
    struct sessions sessions;
    struct board board;
    struct streams streams;
    struct assets assets;
    struct watch watch;
    struct watchdog watchdog;
    struct knocks knocks;
    char metrics_token[METRICS_TOKEN_SIZE]; /* "": loopback only */
    int listen_fd, wake_fd, signal_fd;
    int tries;         /* quick looks left after a wake-up */
    int64_t next_look; /* real ms */
    int64_t answered;  /* requests so far */
    int64_t refused;
    bool rest;         /* something was committed since the last checkpoint */
    bool looked;       /* for this turn of the loop: nothing more to learn */
    bool quit;
    bool failed;       /* a write or sync failed: no acknowledgement may follow */
};

/* Real monotonic time, on which sessions and streams run. */
int64_t desk_mono(const struct desk *d);
/* "staff:ID" acts from here on. */
void desk_act_as(struct desk *d, const struct session *s);

/* src/desk/http.c */
NODISCARD enum err http_start(struct desk *d);
void http_stop(struct desk *d);
/* Every answer carries these. */
void http_secure(const struct desk *d, struct MHD_Response *r, bool keep);

#endif
