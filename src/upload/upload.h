/*
 * src/upload/upload.h - one run: brings what is due in the outbox to the register.
 *
 * Per chain in order, one call at a time; several chains at a time when the
 * port is wide. A step is marked in flight and committed before its call, its
 * receipt is committed before the next: whatever dies in between, the next run
 * looks at the register before it sends again. Answers that come together
 * share a commit. Memory does not grow with the backlog.
 */
#ifndef UPLOAD_UPLOAD_H
#define UPLOAD_UPLOAD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "net/http.h"
#include "register/call.h"
#include "register/settings.h"
#include "store/store.h"

struct upload_options { /* all borrowed */
    struct store *store; /* with STORE_KEYS_UPLOAD */
    struct clock *clock; /* a simulated one is moved on where the run would wait */
    struct rng *rng;     /* jitter */
    const struct http_port *port;
    const struct register_settings *settings; /* checked, and not of profile none */
    int rate_per_s;                           /* 1..1000; 1000 is no limit */
    int run_max_min;                          /* no call starts after that; 0: 120 */
    const volatile sig_atomic_t *end;         /* set: finish what is under way; may be NULL */
};

struct upload_totals {
    int64_t sent;  /* records that the register has got in this run */
    int64_t calls; /* requests made for records, not those for the types */
    int64_t left;  /* records tried, and left for the next run */
    int64_t dead;  /* records refused for good in this run */
    bool stopped;  /* the run ended before its time; `why` says so */
    struct register_problem why; /* of the answer that stopped the run, or of the last failure */
};

/*
 * ERR_OK also when the run was stopped or left records behind: the totals say.
 * ERR_NONE nothing is due; no call was made. Errors of the store, ERR_NOMEM; the
 * port must not be used after these, calls may still be under way on it.
 */
NODISCARD enum err upload_run(const struct upload_options *o, struct upload_totals *ret_totals);

#endif
