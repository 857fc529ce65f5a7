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

/* How many kinds of wrong answers are given at any of the three moments: see near.c. */
#define NEAR_SAME_COUNT 14

/* What goes wrong, and when: before the register stores what it was sent, while it does (its
 * commit comes after we gave up), or after. */
enum near_fault {
    NEAR_NONE,
    /* before: nothing is stored */
    NEAR_DNS,
    NEAR_CONNECT,
    NEAR_TLS,            /* no handshake */
    NEAR_CERT,           /* a certificate that is not to be trusted */
    NEAR_LOST,           /* the request is lost on its way, the connection breaks */
    NEAR_SILENCE,        /* nobody answers */
    NEAR_PORTAL,         /* a captive portal: 200 and a page of HTML */
    NEAR_NOTHING,        /* 204 from something in between */
    NEAR_REDIRECT,
    NEAR_401,
    NEAR_403,            /* a token fault */
    NEAR_409,
    NEAR_425,
    NEAR_429,
    NEAR_500,            /* the register fails and undoes it */
    NEAR_503,
    NEAR_KILL_BEFORE,    /* we die before it arrives */
    /* during: stored by the time of our next call */
    NEAR_TIMEOUT_DURING,
    NEAR_504_DURING,
    NEAR_KILL_DURING,
    /* after: stored */
    NEAR_UNANSWERED,     /* the answer is lost */
    NEAR_TIMEOUT,        /* and silence */
    NEAR_GARBAGE,        /* and a page of HTML for an answer */
    NEAR_CREATED_EMPTY,  /* 201 without a body */
    NEAR_OTHER_ID,       /* 201 with the receipt of something else */
    NEAR_TOO_BIG,        /* an answer without an end */
    NEAR_PROTOCOL,       /* an answer that is no HTTP */
    NEAR_408,
    NEAR_500_AFTER,      /* it fails after its commit */
    NEAR_502,            /* a proxy says that it failed */
    NEAR_503_AFTER,
    NEAR_504,
    NEAR_KILL_AFTER,     /* we die before we know */
    NEAR_PLAIN_COUNT,
    /* the rest of the product: each of these before, while and after it is stored */
    NEAR_SAME_BEFORE = NEAR_PLAIN_COUNT,
    NEAR_SAME_DURING = NEAR_SAME_BEFORE + NEAR_SAME_COUNT,
    NEAR_SAME_AFTER = NEAR_SAME_DURING + NEAR_SAME_COUNT,
    NEAR_FAULT_COUNT = NEAR_SAME_AFTER + NEAR_SAME_COUNT
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
    const char *refuse;         /* what holds this text in its body is never taken; NULL: none */
    bool killed;
    struct near_late {          /* of a fault during: it arrives before our next call */
        char method[8], url[1700], token[1100], *body;
    } late;
};

void near_open(struct near *n, utc_ms now, unsigned width, uint64_t seed);
void near_close(struct near *n);
/* The process died: what was under way on its connections is gone with it. */
void near_drop(struct near *n);
/* What GET /_dump gives; a new reference. */
json_t *near_dump(struct near *n);

#endif
