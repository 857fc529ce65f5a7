/*
 * src/base/watchdog.h - tells systemd that the loop still turns.
 *
 * The protocol is one datagram of text to $NOTIFY_SOCKET (sd_notify(3)); it is
 * spoken here by ourselves, as libsystemd costs more memory than the whole page
 * cache of texts. Without the socket all of this does nothing.
 */
#ifndef BASE_WATCHDOG_H
#define BASE_WATCHDOG_H

#include <stdbool.h>
#include <stdint.h>

struct watchdog {
    char socket[108]; /* "" none; a leading '@' is the abstract name space */
    int64_t every_ms; /* 0: no pings wanted */
    int64_t next;     /* real monotonic ms */
};

void watchdog_init(struct watchdog *w);          /* reads NOTIFY_SOCKET and WATCHDOG_USEC */
void watchdog_ready(struct watchdog *w);         /* the first page is on the screen */
int64_t watchdog_due(const struct watchdog *w);  /* real ms; INT64_MAX: never */
bool watchdog_ping(struct watchdog *w, int64_t real_ms); /* true when it was due and pinged */

#endif
