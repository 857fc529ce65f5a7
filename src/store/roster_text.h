/*
 * src/store/roster_text.h - the rosters that were imported, newest in force.
 */
#ifndef STORE_ROSTER_TEXT_H
#define STORE_ROSTER_TEXT_H

#include "base/buf.h"
#include "store/store.h"

/* Stores a roster as the next version. */
NODISCARD enum err store_roster_put(struct store *s, const char *json, size_t n, utc_ms at,
                                    int64_t *ret_version);
/* Version in force; ERR_NOT_FOUND: none yet. */
NODISCARD enum err store_roster_version(struct store *s, int64_t *ret_version);
/* Adds its JSON. ERR_NOT_FOUND no such version; ERR_LIMIT does not fit `out`. */
NODISCARD enum err store_roster_get(struct store *s, int64_t version, struct buf *out);

#endif
