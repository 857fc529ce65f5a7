/*
 * src/upload/probe.h - what is wrong with the way to the register, check by check.
 *
 * Asks the register as a run would, but for nothing of anybody: a search for a number that
 * no case has, and a case that cannot be valid, so that only the permission to make one is
 * tried. Nothing is stored on either side.
 */
#ifndef UPLOAD_PROBE_H
#define UPLOAD_PROBE_H

#include <stdbool.h>

#include "base/clock.h"
#include "config/options.h"
#include "net/http.h"

enum probe_state {
    PROBE_OK,
    PROBE_WRONG,
    PROBE_SKIPPED /* an earlier check must be right first, or the profile has no such thing */
};
const char *probe_state_name(enum probe_state s); /* "ok", "wrong", "skipped" */

struct probe_finding {
    const char *check; /* "settings", "address", "certificate", ... */
    enum probe_state state;
    char found[400]; /* a sentence; never a secret, never the register's prose */
    char ask[400];   /* what to do, or to ask the register's administrator for; "" when ok */
};

#define PROBE_CHECKS 7

struct probe_options { /* all borrowed */
    const struct config *config;
    const struct clock *clock;
    bool simulated;               /* the database is: only this machine, and the clock is its own */
    bool clock_unsure;            /* by our own rules */
    const struct http_port *port; /* NULL: a client as the configuration says */
};

/* Fills every finding, in the order in which a person should mend them. */
void probe_run(const struct probe_options *o, struct probe_finding ret_findings[PROBE_CHECKS]);

#endif
