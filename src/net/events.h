/*
 * src/net/events.h - waits for the sockets of a libcurl multi handle.
 *
 * Inside the module only. curl_multi_perform() looks at every handle and every socket each time it
 * is called; here only what has something to say is looked at, so that a call costs the same
 * whether one is under way or sixty.
 */
#ifndef NET_EVENTS_H
#define NET_EVENTS_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

struct events {
    CURLM *multi; /* borrowed */
    int poller;
    int64_t timer_at; /* monotonic ms at which curl wants to be called; -1: it does not */
};

/* False: no descriptor, or no memory. Ends with events_done(), behind curl_multi_cleanup(). */
bool events_init(struct events *w, CURLM *multi);
void events_done(struct events *w);
/* Lets curl do what is due, then waits once, at most that long, for a socket or for what curl
 * wants to do next, and lets it. ERR_TIMEOUT: that long has passed; ERR_NOMEM. */
NODISCARD enum err events_turn(struct events *w, int64_t max_ms);

#endif
