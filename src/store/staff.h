/*
 * src/store/staff.h - people who may log in, their PINs and one-time codes.
 */
#ifndef STORE_STAFF_H
#define STORE_STAFF_H

#include <stddef.h>

#include "core/code.h"
#include "core/roster.h"
#include "store/store.h"

#define STAFF_TOTP_TEXT_SIZE 33

enum store_role { STORE_ROLE_COACH, STORE_ROLE_COORDINATOR, STORE_ROLE_ADMIN, STORE_ROLE_COUNT };
const char *store_role_name(enum store_role r); /* "coach"; NULL outside */

struct staff_row {
    char id[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    enum store_role role;
    char coach[ROSTER_ID_SIZE]; /* the roster coach, or "" */
    utc_ms created;
    utc_ms disabled; /* 0: may log in */
};
struct staff_rows { /* owns v; all-zero is empty */
    struct staff_row *v;
    size_t n, cap;
};
void staff_rows_done(struct staff_rows *l);

/* Stores a person with the hash of the PIN and a new one-time secret, told once as base 32.
 * ERR_EXISTS. */
NODISCARD enum err store_staff_add(struct store *s, const struct staff_row *r, const char *pin,
                                   char ret_totp[STAFF_TOTP_TEXT_SIZE]);
NODISCARD enum err store_staff_get(struct store *s, const char *id, struct staff_row *ret_row);
NODISCARD enum err store_staff_list(struct store *s, struct staff_rows *ret_list); /* by name */
/* ERR_NOT_FOUND; fine when disabled already (the first time stays). */
NODISCARD enum err store_staff_disable(struct store *s, const char *id, utc_ms at);
NODISCARD enum err store_staff_set_pin(struct store *s, const char *id, const char *pin);
/*
 * ERR_OK right; ERR_DENIED wrong, unknown or disabled, all after the same work; ERR_NOMEM
 * not checked: refuse. Takes about 70 ms: call it outside a transaction. Lock-outs are the
 * caller's (lockout.h).
 */
NODISCARD enum err store_staff_check_pin(struct store *s, const char *id, const char *pin);
/* The same in two parts, the slow one without the store, on any thread. */
struct staff_pin_check;
NODISCARD enum err store_staff_pin_begin(struct store *s, const char *id, const char *pin,
                                         struct staff_pin_check **ret_check);
NODISCARD enum err store_staff_pin_run(struct staff_pin_check *c);
void store_staff_pin_done(struct staff_pin_check *c); /* wipes it */
/* What stands on a person's badge: 128 bits that follow from the house's key, the person and the
 * hash of the PIN, so that nothing is stored and a new PIN makes an old badge void.
 * ERR_NOT_FOUND nobody, or disabled; ERR_DENIED without the house's keys. */
NODISCARD enum err store_staff_badge(struct store *s, const char *id, struct token *ret_token);
/* A code works once. ERR_DENIED. */
NODISCARD enum err store_staff_check_totp(struct store *s, const char *id, const char *code,
                                          utc_ms now);

#endif
