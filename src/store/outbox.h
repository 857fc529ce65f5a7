/*
 * src/store/outbox.h - records that the case register must get, in the order of each chain.
 *
 * Kiosk and desk append; their records are encrypted at once for the uploader, who alone can
 * read them later (opened with STORE_KEYS_UPLOAD). This header is the side of the house; how
 * the uploader works through it is outbox_send.h. Neither side deletes a record.
 */
#ifndef STORE_OUTBOX_H
#define STORE_OUTBOX_H

#include <stddef.h>

#include "base/ulid.h"
#include "core/civil.h"
#include "store/appointment.h"
#include "store/store.h"

#define OUTBOX_KIND_SIZE 33
#define OUTBOX_CODE_SIZE 65
#define OUTBOX_BODY_MAX (64 * 1024)

enum outbox_state {
    OUTBOX_QUEUED,    /* never tried */
    OUTBOX_WAITING,   /* tried; not before next_try */
    OUTBOX_SENT,      /* acknowledged by the register */
    OUTBOX_DEAD,      /* refused for good; holds up its chain until somebody acts */
    OUTBOX_DISCARDED, /* given up by somebody, with a reason */
    OUTBOX_STATE_COUNT
};
const char *outbox_state_name(enum outbox_state st); /* "queued"; NULL outside */

struct outbox_row {
    int64_t seq;       /* never used again: also the register's reference number */
    struct ulid id;    /* idempotency key up to the register */
    struct ulid chain; /* one zaak */
    int place;         /* in its chain, 1.. */
    char kind[OUTBOX_KIND_SIZE];
    civil_day day;     /* business date: whose keys the body is under */
    utc_ms event;      /* strictly rising within a chain */
    enum outbox_state state;
    int attempts;
    utc_ms next_try;   /* 0: at once */
    char code[OUTBOX_CODE_SIZE]; /* of the last refusal, or "" */
    utc_ms created;
    utc_ms sent; /* 0: not yet */
    char resolved_by[STORE_ACTOR_SIZE];
    char resolved_how[STORE_REASON_SIZE]; /* "retry", or the reason for giving it up */
};
struct outbox_rows { /* owns v; all-zero is empty */
    struct outbox_row *v;
    size_t n, cap;
};
void outbox_rows_done(struct outbox_rows *l);

/* Where the next record of a chain comes, to be known before its body is written. */
struct outbox_place {
    int64_t seq;
    int place;    /* 1: the chain is new */
    utc_ms event; /* `at`, or 1 ms after the record before it */
};
NODISCARD enum err store_outbox_place(struct store *s, const struct ulid *chain, utc_ms at,
                                      struct outbox_place *ret_place);
/*
 * Stores r (seq, place and event as store_outbox_place() gave them in this transaction; id,
 * chain, kind, day, created; the rest is not read), body encrypted. ERR_EXISTS with
 * STORE_GUARD_OUTBOX_ID a retry; ERR_LIMIT over OUTBOX_BODY_MAX.
 */
NODISCARD enum err store_outbox_append(struct store *s, const struct outbox_row *r,
                                       const void *body, size_t n);

NODISCARD enum err store_outbox_get(struct store *s, const struct ulid *id,
                                    struct outbox_row *ret_row); /* ERR_NOT_FOUND */
/* Queued, waiting and dead ones, or all, by seq after `after`, at most `max`. */
NODISCARD enum err store_outbox_list(struct store *s, bool open_only, int64_t after, size_t max,
                                     struct outbox_rows *ret_list);

struct outbox_totals {
    int64_t queued, waiting, sent, dead, discarded;
    utc_ms oldest; /* created, of those queued or waiting; 0: none */
};
NODISCARD enum err store_outbox_totals(struct store *s, struct outbox_totals *ret_totals);

/* By hand: a dead or waiting one is due again at once. ERR_STATE from another state. */
NODISCARD enum err store_outbox_retry(struct store *s, const struct ulid *id, const char *by);
/* By hand: a dead one is given up, its chain goes on. ERR_STATE from another state. */
NODISCARD enum err store_outbox_discard(struct store *s, const struct ulid *id, const char *by,
                                        const char *reason);

#endif
