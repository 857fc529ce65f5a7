/*
 * tools/register/fault.h - misbehaviour to order: --fault KIND[@RULE].
 *
 * RULE is a comma list: every=N (each N-th request), nth=N (only that one),
 * p=P (with that chance; seed=S repeats it), path=WORD (only requests whose
 * path holds it), method=M. Without every, nth or p each request that matches
 * is hit. Requests are counted by each rule on its own; drop-before and
 * drop-after are about a commit, so without method= they count only requests
 * that write.
 */
#ifndef TOOLS_REGISTER_FAULT_H
#define TOOLS_REGISTER_FAULT_H

#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/rng.h"

enum fault {
    FAULT_NONE,
    FAULT_DROP_BEFORE,  /* the connection ends, nothing is stored */
    FAULT_DROP_AFTER,   /* stored, then the connection ends without an answer */
    FAULT_429,          /* refused with Retry-After: 1 */
    FAULT_408,          /* nothing stored, as for these */
    FAULT_409,
    FAULT_425,
    FAULT_500,
    FAULT_502,
    FAULT_503,
    FAULT_504,
    FAULT_STALL,        /* stored, then silence */
    FAULT_TRICKLE,      /* stored, then a byte each 200 ms */
    FAULT_GARBAGE,      /* stored, then 200 with a page of HTML */
    FAULT_WRONG_LENGTH, /* stored, then fewer bytes than Content-Length says */
    FAULT_REDIRECT,     /* 302 to another address, nothing stored */
    FAULT_CLOSE,        /* a right answer, then the connection is closed */
    FAULT_COUNT
};

const char *fault_name(enum fault f); /* "" for none */

#define FAULT_RULES_MAX 16

struct fault_rule {
    enum fault fault;
    long every, nth;
    double p; /* negative: not set */
    char path[64], method[8];
    long seen;
    struct rng rng;
};

struct fault_plan {
    struct fault_rule v[FAULT_RULES_MAX];
    int n;
};

/* ERR_FORMAT a word that is none of these, ERR_LIMIT too many rules. */
NODISCARD enum err fault_add(struct fault_plan *plan, const char *text);

/* What happens to this request: the first rule that hits; all rules count it. */
enum fault fault_next(struct fault_plan *plan, const char *method, const char *path);

#endif
