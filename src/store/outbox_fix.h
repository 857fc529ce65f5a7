/*
 * src/store/outbox_fix.h - what a person put right in a record that the register refused.
 *
 * The house writes it encrypted and cannot read it back; the uploader lays it over the body.
 */
#ifndef STORE_OUTBOX_FIX_H
#define STORE_OUTBOX_FIX_H

#include "base/buf.h"
#include "store/outbox.h"

#define OUTBOX_FIX_MAX 4096

/*
 * Keeps the correction of a dead record (a JSON object; one before it is replaced) and queues
 * the record again. ERR_NOT_FOUND; ERR_STATE it is not dead; ERR_LIMIT; ERR_DENIED the keys of
 * its date are gone. Call it inside a transaction.
 */
NODISCARD enum err store_outbox_correct(struct store *s, const struct ulid *id, const char *by,
                                        utc_ms at, const struct buf *json);
/* As the uploader: adds the correction in clear. ERR_NOT_FOUND: there is none. */
NODISCARD enum err store_outbox_fix(struct store *s, int64_t seq, struct buf *out);
/* A step that was not done gets another body and is ready again; what is known of its tries
 * stays. ERR_STALE: it is done. */
NODISCARD enum err store_step_freeze_again(struct store *s, int64_t outbox, int n,
                                           const void *body, size_t n_body);

#endif
