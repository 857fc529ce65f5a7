/*
 * src/store/sign.h - signing what leaves the house, with the keys that the store has open.
 */
#ifndef STORE_SIGN_H
#define STORE_SIGN_H

#include "crypt/sign.h"
#include "store/store.h"

/* As sign_as_upload(); ERR_DENIED without the uploader's keys. */
NODISCARD enum err store_sign(struct store *s, const void *bytes, size_t n,
                              unsigned char ret_signature[SIGN_SIZE],
                              unsigned char ret_public[SIGN_PUBLIC_SIZE]);

#endif
