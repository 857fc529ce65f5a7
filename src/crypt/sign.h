/*
 * src/crypt/sign.h - the uploader's signature (Ed25519) under what leaves the house.
 *
 * The signing pair is derived from upload.key by a keyed BLAKE2b, so it needs no file of its
 * own; whoever has kept the public half can check a signature without any secret.
 */
#ifndef CRYPT_SIGN_H
#define CRYPT_SIGN_H

#include "crypt/keyring.h"

#define SIGN_SIZE 64
#define SIGN_PUBLIC_SIZE 32

/* ERR_INVAL the keyring is not opened for the upload. */
NODISCARD enum err sign_as_upload(struct keyring *k, const void *bytes, size_t n,
                                  unsigned char ret_signature[SIGN_SIZE],
                                  unsigned char ret_public[SIGN_PUBLIC_SIZE]);

bool sign_is_good(const unsigned char signature[SIGN_SIZE],
                  const unsigned char public_half[SIGN_PUBLIC_SIZE], const void *bytes, size_t n);

#endif
