/*
 * src/store/outbox_send.h - the uploader's side of the outbox.
 *
 * For each chain the oldest open record is its head; only a head may be sent. At its first
 * try a record is expanded into steps, one HTTP call each, with frozen bodies. Mark a step in
 * flight and commit before sending; write its receipt and commit after. Several chains may
 * share a commit: open a transaction around the calls. Needs STORE_KEYS_UPLOAD (or BOTH)
 * where a body is read or written, no key elsewhere.
 */
#ifndef STORE_OUTBOX_SEND_H
#define STORE_OUTBOX_SEND_H

#include "base/buf.h"
#include "store/outbox.h"

#define OUTBOX_STEP_NAME_SIZE 49
#define OUTBOX_STEP_KEY_SIZE 65
#define OUTBOX_METHOD_SIZE 9
#define OUTBOX_URL_SIZE 513
#define OUTBOX_PARAMS_SIZE 257
#define OUTBOX_INSTANCE_SIZE 129
#define OUTBOX_API_VERSION_SIZE 33
#define OUTBOX_DIGEST_SIZE 32

/*
 * The head of the first chain whose id is greater than `after` (all-zero: from the start) and
 * whose head is due: queued, or waiting with next_try <= now. ERR_NONE: no more. One index
 * seek per chain passed over; nothing else is loaded.
 */
NODISCARD enum err store_outbox_next(struct store *s, const struct ulid *after, utc_ms now,
                                     struct outbox_row *ret_row);
/* The head of one chain, due or not. ERR_NONE: all sent or given up. */
NODISCARD enum err store_outbox_head(struct store *s, const struct ulid *chain,
                                     struct outbox_row *ret_row);
/* Adds the record's body in clear. ERR_DENIED the key of its date is gone; ERR_CORRUPT. */
NODISCARD enum err store_outbox_body(struct store *s, int64_t seq, struct buf *out);
/* Writes state, attempts, next_try, code and sent. ERR_STALE when it is not in state `was`. */
NODISCARD enum err store_outbox_update(struct store *s, const struct outbox_row *r,
                                       enum outbox_state was);

enum outbox_step_state {
    OUTBOX_STEP_READY,
    OUTBOX_STEP_IN_FLIGHT,
    OUTBOX_STEP_DONE,
    OUTBOX_STEP_REFUSED,
    OUTBOX_STEP_STATE_COUNT
};

struct outbox_step {
    int64_t outbox; /* the record's seq */
    int n;          /* 1.. */
    char name[OUTBOX_STEP_NAME_SIZE];       /* unique in its record */
    char key[OUTBOX_STEP_KEY_SIZE];         /* what the register knows it by, or "" */
    char depends_on[OUTBOX_STEP_NAME_SIZE]; /* or "" */
    enum outbox_step_state state;
    bool unsure; /* an earlier try may have arrived */
    int attempts;
    utc_ms first_try, last_try; /* of these instants 0 is none */
    char method[OUTBOX_METHOD_SIZE]; /* of the last try, as what follows */
    char path[OUTBOX_URL_SIZE];
    int last_status; /* HTTP, 0: no answer */
    char code[OUTBOX_CODE_SIZE];
    char params[OUTBOX_PARAMS_SIZE];     /* names and codes of what was refused */
    char instance[OUTBOX_INSTANCE_SIZE]; /* the error's urn in the register's log */
    char api_version[OUTBOX_API_VERSION_SIZE];
    char result_url[OUTBOX_URL_SIZE];
    unsigned char digest[OUTBOX_DIGEST_SIZE]; /* of the body as sent; all-zero: none */
    utc_ms done;
};
struct outbox_steps { /* owns v; all-zero is empty */
    struct outbox_step *v;
    size_t n, cap;
};
void outbox_steps_done(struct outbox_steps *l);

/* Freezes one step; of the rest only outbox, n, name, key, depends_on, state, attempts,
 * first_try and last_try are read. */
NODISCARD enum err store_step_insert(struct store *s, const struct outbox_step *step,
                                     const void *body, size_t n);
/* The same for all steps of one record, each with its text in `bodies`. ERR_LIMIT: none is. */
NODISCARD enum err store_steps_insert(struct store *s, const struct outbox_steps *steps,
                                      const char *const *bodies);
/* The steps of a record by n; none before its first try. */
NODISCARD enum err store_steps(struct store *s, int64_t outbox, struct outbox_steps *ret_list);
NODISCARD enum err store_step_body(struct store *s, int64_t outbox, int n, struct buf *out);
/* Writes all but name, key, depends_on and body. ERR_STALE when it is not in state `was`. */
NODISCARD enum err store_step_update(struct store *s, const struct outbox_step *step,
                                     enum outbox_step_state was);
/* How many steps are in flight: after a crash their outcome is unknown. */
NODISCARD enum err store_steps_in_flight(struct store *s, int64_t *ret_n);

/* What a chain has got in the register, for the steps of later records. */
NODISCARD enum err store_url_put(struct store *s, const struct ulid *chain, const char *name,
                                 const char *url);
NODISCARD enum err store_url_get(struct store *s, const struct ulid *chain, const char *name,
                                 char ret_url[OUTBOX_URL_SIZE]); /* ERR_NOT_FOUND */

/* ---- comparing with the register afterwards ---- */

/* The records of one chain, by place. */
NODISCARD enum err store_outbox_chain(struct store *s, const struct ulid *chain,
                                      struct outbox_rows *ret_list);
/* Records of any state by falling seq, below `before` (0: from the newest), at most `max`. */
NODISCARD enum err store_outbox_before(struct store *s, int64_t before, size_t max,
                                       struct outbox_rows *ret_list);
/* Code of a sent record that the register does not hold any more, until somebody says whether it
 * is to be sent again; and of one whose loss was accepted. */
#define OUTBOX_LOST "lost_there"
#define OUTBOX_GONE "gone_there"

/* Marks the sent records of a chain from `place` on as lost. *ret_n: how many are. */
NODISCARD enum err store_outbox_lose(struct store *s, const struct ulid *chain, int place,
                                     int64_t *ret_n);
/* The first lost record of each chain, at most `max`. */
NODISCARD enum err store_outbox_lost(struct store *s, size_t max, struct outbox_rows *ret_list);
/* By hand: the loss of a record, and of what follows it in its chain, is as it should be.
 * ERR_STATE it is not lost. */
NODISCARD enum err store_outbox_accept_loss(struct store *s, const struct outbox_row *row,
                                            const char *by, const char *reason);
/*
 * By hand: the sent records of a chain from `place` on are queued again, and the addresses that
 * the chain had there are forgotten when it is to go as a whole (place 1). Their steps keep
 * their frozen bodies and are marked unsure, so that each is looked for before it is sent.
 * *ret_n: how many. Needs no key.
 */
NODISCARD enum err store_outbox_again(struct store *s, const struct ulid *chain, int place,
                                      int64_t *ret_n);

#endif
