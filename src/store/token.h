/*
 * src/store/token.h - the hash of a login's token: who reads the memory or a dump of it finds
 * no token that opens a page. Tokens are random, so a plain hash (SHA-256) is enough.
 */
#ifndef STORE_TOKEN_H
#define STORE_TOKEN_H

#include <stddef.h>

#define STORE_TOKEN_HASH_SIZE 32

void store_token_hash(const void *token, size_t n, unsigned char ret[STORE_TOKEN_HASH_SIZE]);
/* Of one that is kept in memory alone and looked up with every request: BLAKE2b, which costs a
 * quarter. */
void store_token_quick_hash(const void *token, size_t n,
                            unsigned char ret[STORE_TOKEN_HASH_SIZE]);

#endif
