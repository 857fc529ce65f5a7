/*
 * src/store/audit_chain.h - what append, shorten, rekey and verify share; only of use in store.
 *
 * A row's hash is over the row before and its own bytes. Two points stand in meta: where the chain
 * begins since it was shortened, and the last row that stands under a lost key.
 */
#ifndef STORE_AUDIT_CHAIN_H
#define STORE_AUDIT_CHAIN_H

#include "store/audit.h"
#include "store/inside.h"

#define AUDIT_COLUMNS "seq, at_ms, boot, mono_ms, actor, action, object, result"
#define AUDIT_ALL "SELECT " AUDIT_COLUMNS ", mac FROM audit ORDER BY seq"
#define AUDIT_ALL_MAC 8 /* its column */

/* The hash of a row behind that one (all-zero: the first). */
NODISCARD enum err audit_chain(struct store *s, const unsigned char before[MAC_SIZE],
                               const struct audit_row *r, unsigned char ret[MAC_SIZE]);
/* One step of the digest of rows under a lost key: a row and the hash that is stored of it. */
void audit_digest(unsigned char digest[MAC_SIZE], const struct audit_row *r,
                  const unsigned char mac[MAC_SIZE]);

/* AUDIT_COLUMNS, and a hash. ERR_CORRUPT: it is none. */
void audit_read_row(struct stmt *q, struct audit_row *r);
NODISCARD enum err audit_read_mac(struct stmt *q, int i, unsigned char ret[MAC_SIZE]);
/* The stored hash of one row. ERR_NOT_FOUND. */
NODISCARD enum err audit_mac_of(struct store *s, int64_t seq, unsigned char ret[MAC_SIZE]);

/* The row that the chain hangs on since it was shortened, and its hash. Of this and the next:
 * nothing is set where there is none; ERR_CORRUPT it cannot be read. */
NODISCARD enum err audit_floor(struct store *s, int64_t *ret_seq, unsigned char ret_mac[MAC_SIZE]);
NODISCARD enum err audit_put_floor(struct store *s, int64_t seq, const unsigned char mac[MAC_SIZE]);
/* The last row under a lost key, and the digest up to the floor while that lies below it. */
NODISCARD enum err audit_old(struct store *s, int64_t *ret_until,
                             unsigned char ret_digest[MAC_SIZE]);
NODISCARD enum err audit_put_old(struct store *s, int64_t until,
                                 const unsigned char digest[MAC_SIZE]);

#endif
