/*
 * src/store/audit.h - who did what, in a chain that shows every change made to it.
 *
 * Each row carries a keyed hash over the row before and itself. An edited, removed,
 * inserted or moved row breaks the chain; a cut tail shows against an anchor that was kept
 * elsewhere (the nightly run's report). The old end is cut by store_audit_shorten() alone: a
 * row of the chain says how far, and meta keeps the hash that the rest hangs on.
 *
 * Where a backup was restored without its keys, the rows in it stand under a key that is lost.
 * The first row under the new key (AUDIT_NEW_KEYS) holds a digest of all of them: whether they
 * were right before, nobody can tell any more; that they stayed as they were then, it proves.
 */
#ifndef STORE_AUDIT_H
#define STORE_AUDIT_H

#include <stddef.h>

#include "store/appointment.h"
#include "store/check.h"
#include "store/store.h"

#define AUDIT_WORD_SIZE 33
#define AUDIT_OBJECT_SIZE 65
#define AUDIT_MAC_SIZE 32

struct audit_row {
    int64_t seq; /* 1..; set by the store */
    utc_ms at;
    char boot[STORE_BOOT_SIZE]; /* set by the store */
    int64_t mono;
    char actor[STORE_ACTOR_SIZE];
    char action[AUDIT_WORD_SIZE];
    char object[AUDIT_OBJECT_SIZE]; /* an id; never a name */
    char result[AUDIT_WORD_SIZE];   /* "ok" or what refused */
};
struct audit_rows { /* owns v; all-zero is empty */
    struct audit_row *v;
    size_t n, cap;
};
void audit_rows_done(struct audit_rows *l);

struct audit_anchor {
    int64_t count; /* 0: an empty table */
    unsigned char head[AUDIT_MAC_SIZE];
};

NODISCARD enum err store_audit_append(struct store *s, const struct audit_row *r);
/* Rows after seq `after`, in order, at most `max`. */
NODISCARD enum err store_audit_list(struct store *s, int64_t after, size_t max,
                                    struct audit_rows *ret_list);
NODISCARD enum err store_audit_anchor(struct store *s, struct audit_anchor *ret_anchor);
/* Whether the row of that number is there with that hash, or was removed by shortening. */
NODISCARD enum err store_audit_holds(struct store *s, const struct audit_anchor *a,
                                     bool *ret_holds);
#define AUDIT_SHORTEN "retention.audit" /* the action of the row that allows it */
struct audit_cut {
    int64_t rows;  /* that went; 0: none were old enough, nothing was written */
    int64_t until; /* seq of the last of them */
};
/* Appends `by` (its action and object are set here) and removes the rows at the old end that
 * are all from before `before`. In the caller's transaction. ERR_DENIED without the keys. */
NODISCARD enum err store_audit_shorten(struct store *s, utc_ms before, const struct audit_row *by,
                                       struct audit_cut *ret_cut);
#define AUDIT_NEW_KEYS "audit.new_keys"
/* Appends that row, made of `by`, when there are rows and the last is not under the key that
 * this store has; else nothing happens. In the caller's transaction. */
NODISCARD enum err store_audit_rekey(struct store *s, const struct audit_row *by);
/* The last row that stands under a lost key; 0: none. */
NODISCARD enum err store_audit_unproved(struct store *s, int64_t *ret_until);

/*
 * Goes through the whole chain; `kept` (may be NULL) must lie on it, unless its row was
 * shortened away. One line per finding.
 * ERR_CORRUPT when there was one; ERR_DENIED without the house's keys.
 */
NODISCARD enum err store_audit_verify(struct store *s, const struct audit_anchor *kept,
                                      store_said say, void *arg);

#endif
