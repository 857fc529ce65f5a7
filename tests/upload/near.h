/*
 * tests/upload/near.h - the stand-in register in the test's own process.
 *
 * A port to it obeys the same rules as the program over HTTP does, without a
 * socket, and can fail at a chosen call or by chance, before or after the
 * register has stored what it was sent. NEAR_KILL ends the run at that point
 * as a SIGKILL would: the call fails with an error and nothing is written.
 */
#ifndef TESTS_UPLOAD_NEAR_H
#define TESTS_UPLOAD_NEAR_H

#include <jansson.h>

#include "base/rng.h"
#include "net/http.h"
#include "tools/register/serve.h"

enum near_fault {
    NEAR_NONE,
    NEAR_DNS,        /* no connection: nothing arrives */
    NEAR_LOST,       /* the request is lost on its way, the connection breaks */
    NEAR_UNANSWERED, /* stored, the answer is lost */
    NEAR_TIMEOUT,    /* stored, and silence */
    NEAR_GARBAGE,    /* stored, and a page of HTML for an answer */
    NEAR_500,        /* the register fails and undoes it */
    NEAR_502,        /* stored, but a proxy says that it failed */
    NEAR_503,
    NEAR_429,
    NEAR_CREATED_EMPTY, /* stored, 201 without a body */
    NEAR_KILL_BEFORE,   /* we die before it arrives */
    NEAR_KILL_AFTER,    /* we die when it is stored, before we know */
    NEAR_FAULT_COUNT
};

#define NEAR_WIDTH_MAX 8

struct near_call {
    struct http_answer answer;
    http_done_fn *done;
    void *ctx;
    bool busy;
};

struct near {
    struct server server;
    struct http_port port;
    struct rng rng;
    struct near_call calls[NEAR_WIDTH_MAX];
    int n_calls;                /* requests made */
    int fault_at;               /* the n-th request meets `fault`; 0: none does */
    enum near_fault fault;
    unsigned p_percent;         /* else any fault by chance, one in so many hundred */
    bool down;                  /* every request meets `fault` */
    int64_t retry_after_s;      /* with 429 and 503; -1 none */
    bool killed;
};

void near_open(struct near *n, utc_ms now, unsigned width, uint64_t seed);
void near_close(struct near *n);
/* The process died: what was under way on its connections is gone with it. */
void near_drop(struct near *n);
/* What GET /_dump gives; a new reference. */
json_t *near_dump(struct near *n);

#endif
