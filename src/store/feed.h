/*
 * src/store/feed.h - the secret addresses of the coaches' calendars: one each, kept as a hash.
 */
#ifndef STORE_FEED_H
#define STORE_FEED_H

#include "core/roster.h"
#include "store/store.h"
#include "store/token.h"

/* The coach's only address from now on. */
NODISCARD enum err store_feed_put(struct store *s, const char *coach,
                                  const unsigned char hash[STORE_TOKEN_HASH_SIZE], utc_ms at);
/* Whose address that is. ERR_NOT_FOUND. */
NODISCARD enum err store_feed_coach(struct store *s,
                                    const unsigned char hash[STORE_TOKEN_HASH_SIZE],
                                    char ret_coach[ROSTER_ID_SIZE]);
/* When it was made. ERR_NOT_FOUND: the coach has none. */
NODISCARD enum err store_feed_made(struct store *s, const char *coach, utc_ms *ret_at);
NODISCARD enum err store_feed_clear(struct store *s, const char *coach);

#endif
