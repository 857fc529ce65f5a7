/*
 * src/register/link.h - calls with our credentials, over a port to the network.
 *
 * Makes a fresh token when the last is 30 minutes old, adds the headers that
 * every call needs, and looks up the types of a run.
 */
#ifndef REGISTER_LINK_H
#define REGISTER_LINK_H

#include "base/clock.h"
#include "net/http.h"
#include "register/call.h"
#include "register/settings.h"
#include "register/types.h"

struct register_link {
    const struct register_settings *settings; /* borrowed, as all of these */
    const struct http_port *port;
    const struct clock *clock;
    utc_ms token_at;  /* when the token was made; 0 none yet */
    char token[1024]; /* value of the Authorization header */
};

void register_link_init(struct register_link *l, const struct register_settings *s,
                        const struct http_port *port, const struct clock *clock);
void register_link_done(struct register_link *l); /* wipes the token */

/* Starts a call; errors as http_port.start. */
NODISCARD enum err register_link_start(struct register_link *l, const struct register_call *call,
                                       http_done_fn *done, void *ctx);
/* One call from start to end. */
NODISCARD enum err register_link_exchange(struct register_link *l, const struct register_call *call,
                                          struct http_answer *ret_answer);

/*
 * Looks up the types that *types does not hold yet; all-zero: all of them, of the zaaktype
 * that is valid today; with the address of a zaaktype in it: those of that one. What was found
 * stays in it on every error, so that a next try goes on from there.
 * ERR_OK: all are there. Otherwise the verdict says transient or stop, with
 * problem.code and, for a type that the catalogue does not have, its name in
 * problem.params:
 * ERR_NET no usable answer, ERR_NOT_FOUND types are missing.
 */
NODISCARD enum err register_types_load(struct register_link *l, struct register_verdict *ret_verdict,
                                       struct register_types *types);

#endif
