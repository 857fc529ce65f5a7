/*
 * src/store/meta.h - single values: site, last known wall time, flags.
 */
#ifndef STORE_META_H
#define STORE_META_H

#include "store/store.h"

#define META_KEY_SIZE 33
#define META_VALUE_SIZE 257

/* When the last run of the upload ended, well or not: UTC ms. */
#define META_UPLOADED "upload_ended_ms"

/* ERR_NOT_FOUND; ERR_LIMIT a value over META_VALUE_SIZE. */
NODISCARD enum err store_meta_get(struct store *s, const char *key, char ret[META_VALUE_SIZE]);
NODISCARD enum err store_meta_put(struct store *s, const char *key, const char *value);
/* ERR_NOT_FOUND; ERR_CORRUPT not a number. */
NODISCARD enum err store_meta_get_int(struct store *s, const char *key, int64_t *ret_value);
NODISCARD enum err store_meta_put_int(struct store *s, const char *key, int64_t value);

#endif
