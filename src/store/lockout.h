/*
 * src/store/lockout.h - wrong tries, per person, device, code entry of a kiosk, and in all.
 *
 * Locks run on monotonic time of one boot; over a reboot counts what was left. So neither a
 * reboot nor a change of the clock shortens one.
 */
#ifndef STORE_LOCKOUT_H
#define STORE_LOCKOUT_H

#include "store/store.h"

#define LOCKOUT_SUBJECT_SIZE 65

struct lockout_row {
    int wrong;        /* tries since the last right one */
    int64_t left_ms;  /* still locked for so long; 0: not locked */
};

/* mono: monotonic time now, of this boot. A subject without row: all-zero. A lock from before
 * a reboot starts to run on here, so call it inside a write. */
NODISCARD enum err store_lockout_get(struct store *s, const char *subject, int64_t mono,
                                     struct lockout_row *ret_row);
NODISCARD enum err store_lockout_put(struct store *s, const char *subject, int64_t mono,
                                     const struct lockout_row *r);
NODISCARD enum err store_lockout_clear(struct store *s, const char *subject);
/* Writes what is left of every running lock, so that a power cut costs little of it; call it
 * now and then while anything is locked. */
NODISCARD enum err store_lockout_save(struct store *s, int64_t mono);

#endif
