/*
 * src/crypt/hmac.h - HMAC-SHA256 and base64url, as RFC 7515 (JWS) needs them;
 * SHA-256 for receipts, BLAKE2b for what is hashed often and stays in memory.
 */
#ifndef CRYPT_HMAC_H
#define CRYPT_HMAC_H

#include <stddef.h>

#include "base/buf.h"

#define CRYPT_HMAC_SIZE 32

/* RFC 2104 with SHA-256; any key length, 0 included. */
void crypt_hmac_sha256(const void *key, size_t n_key, const void *data, size_t n,
                       unsigned char ret[CRYPT_HMAC_SIZE]);

#define CRYPT_SHA256_SIZE 32
void crypt_sha256(const void *data, size_t n, unsigned char ret[CRYPT_SHA256_SIZE]);
void crypt_blake2b(const void *data, size_t n, unsigned char ret[CRYPT_SHA256_SIZE]);

/* Appends base64 with the URL alphabet and without padding (RFC 4648 section 5). */
void crypt_base64url(struct buf *out, const void *data, size_t n);

/* Appends the bytes of such a text: ERR_FORMAT when it is none, ERR_LIMIT. */
NODISCARD enum err crypt_base64url_open(struct buf *out, const char *text, size_t n);

/* Compares in constant time. */
int crypt_same(const void *a, const void *b, size_t n);

#endif
