/*
 * src/store/outbox_key.h - the keys under which outbox bodies are encrypted; only of use in
 * store.
 */
#ifndef STORE_OUTBOX_KEY_H
#define STORE_OUTBOX_KEY_H

#include "base/buf.h"
#include "core/civil.h"
#include "store/inside.h"

/* The key of this run for a date: made, sealed and stored at its first use. */
NODISCARD enum err outbox_key_for(struct store *s, civil_day day,
                                  const struct kept_envelope **ret_key);
/* The key of a stored record, opened as the uploader. */
NODISCARD enum err outbox_key_open(struct store *s, int64_t id,
                                   const struct kept_envelope **ret_key);
/* The key of the record of that number. ERR_NOT_FOUND. */
NODISCARD enum err outbox_key_of(struct store *s, int64_t seq,
                                 const struct kept_envelope **ret_key);

/* Where a body belongs: "outbox 17/0", "outbox_step 17/2". */
struct outbox_where {
    char s[48];
};
struct outbox_where outbox_where(const char *table, int64_t seq, int n);

/* n + ENVELOPE_OVERHEAD bytes, to be freed; NULL without memory. */
NODISCARD unsigned char *outbox_seal(struct store *s, const struct kept_envelope *k,
                                     struct outbox_where where, const void *body, size_t n);
/* Adds the body in clear to `out`. ERR_CORRUPT, ERR_LIMIT. */
NODISCARD enum err outbox_open(const struct kept_envelope *k, struct outbox_where where,
                               const void *sealed, size_t n, struct buf *out);
/* The same of a query's one row (key, body). ERR_NOT_FOUND. */
NODISCARD enum err outbox_open_row(struct stmt *q, struct outbox_where where, struct buf *out);

#endif
