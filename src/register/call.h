/*
 * src/register/call.h - one step as an HTTP request, and what its answer means.
 *
 * A try at a step is a short conversation. register_first_move() says how it
 * opens; every answer goes to register_judge(), which says that the step is
 * done, which move comes next, or why the try is over:
 *
 *     move = register_first_move(&t);
 *     while (v = register_judge(&t, move, exchange(...)), v.kind == VERDICT_GO_ON)
 *         move = v.move;
 *
 * Roles and statuses are looked for in their zaak, found by its number and expanded: the
 * published document of Open Zaak calls the filter rollen?zaak= an integer, while every server
 * wants an address there, so no such call is right by both. Only a server that does not expand,
 * which each has to since Zaken 1.5, is asked for these lists.
 *
 * Both are pure. The classes are those of register.md 3.4. A conversation ends
 * by itself: after REGISTER_MOVES_MAX moves it is "unsettled", which is transient.
 */
#ifndef REGISTER_CALL_H
#define REGISTER_CALL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "net/http.h"
#include "register/step.h"
#include "register/types.h"

enum register_move {
    MOVE_SEND,   /* POST, or PATCH for a STEP_TASK_DONE */
    MOVE_LOOK,   /* GET: is it there already? */
    MOVE_LIST,   /* GET: the same, of a server that does not expand a zaak */
    MOVE_CHANGE, /* PATCH what a look found with another value */
    MOVE_FIND    /* GET the chain's zaak, whose address is not known here */
};

#define REGISTER_MOVES_MAX 8

struct register_try {
    const struct register_settings *settings;
    const struct register_types *types; /* of this run; not read by klantinteracties */
    const struct register_step *step;
    struct register_refs *refs; /* MOVE_FIND puts the zaak in */
    const char *chain;          /* ULID of the chain */
    const char *record;         /* ULID of the record */
    const char *zaak_key;       /* identificatie of the chain's zaak */
    bool unsure;                /* an earlier try may have arrived; judge keeps it true to fact */
    bool always_look;           /* the server ignores our reference (Open Klant before 2.16) */
    bool fresh_types;           /* `types` were looked up again because one was refused */
    /* the conversation so far; all-zero at its start */
    int moves;
    bool refused;                   /* we look because the register said "not unique" */
    bool sought_version;            /* the zaak was asked for because a type is not of its version */
    char target[REGISTER_URL_SIZE]; /* MOVE_CHANGE: what the look found */
};

enum register_move register_first_move(const struct register_try *t);

#define REGISTER_CALL_URL_SIZE 1600
#define REGISTER_DIGEST_SIZE 32

struct register_call {
    const char *method;
    char url[REGISTER_CALL_URL_SIZE];
    char *body; /* owned; NULL for GET */
    unsigned char digest[REGISTER_DIGEST_SIZE]; /* SHA-256 of the body */
};

/* ERR_NOT_FOUND a placeholder has no url, ERR_FORMAT the body is no JSON object,
 * ERR_LIMIT the url does not fit, ERR_NOMEM. */
NODISCARD enum err register_call_make(const struct register_try *t, enum register_move move,
                                      struct register_call *ret_call);
void register_call_done(struct register_call *c);

enum verdict_kind {
    VERDICT_DONE,      /* the register has it, at `result` */
    VERDICT_GO_ON,     /* make `move` now */
    VERDICT_TRANSIENT, /* try later; `retry_after_s` when the register said so */
    VERDICT_STOP,      /* end the run, nothing failed: an operator must look */
    VERDICT_PERMANENT  /* this record will never be taken: dead letter */
};

/* What the register said, without its prose, which may quote a person. */
struct register_problem {
    int status;         /* HTTP status, 0 when no answer came */
    char code[64];      /* "permission_denied", "key_conflict", "timeout" */
    char params[256];   /* "identificatie:identificatie-niet-uniek rsin:invalid" */
    char instance[80];  /* "urn:uuid:..." for the register's own log */
    char api_version[32];
};

struct register_verdict {
    enum verdict_kind kind;
    enum register_move move;
    char result[REGISTER_URL_SIZE];
    int64_t retry_after_s; /* -1: none said; else 0..21600 */
    bool unsure;           /* TRANSIENT: it may have arrived; look first next time */
    bool refresh_types;    /* TRANSIENT: a type is refused, look the types up again */
    bool ignores_reference; /* DONE, but the server did not keep our reference */
    bool covered; /* GO_ON to MOVE_SEND: somebody's later status stands where ours would be seen */
    struct register_problem problem;
};

struct register_verdict register_judge(struct register_try *t, enum register_move move,
                                       const struct http_answer *answer);

/* "done" and so on; never NULL. */
const char *register_verdict_name(enum verdict_kind k);

/* Reads a problem+json body; a body that is none leaves the status alone. False then. */
bool register_problem_read(const struct http_answer *a, struct register_problem *ret);

#endif
