/*
 * src/crypt/keyring_text.h - the keyring file as text: one line per date, and a sum.
 *
 *   dynamo-keyring 1
 *   day 20778 PUBLIC HOUSE UPLOAD       hex; "-" for a wrap that was destroyed
 *   sum BLAKE2B                         of all bytes before this line
 *
 * Only of use inside crypt. The sum shows damage; what must not be forged is sealed.
 */
#ifndef CRYPT_KEYRING_TEXT_H
#define CRYPT_KEYRING_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

#define WRAP_KEY_SIZE 32
#define WRAP_HOUSE_SIZE (24 + WRAP_KEY_SIZE + 16)  /* nonce, day key, tag */
#define WRAP_UPLOAD_SIZE (WRAP_KEY_SIZE + 48)      /* crypto_box_seal of the secret half */
#define KEYRING_TEXT_MAX (4096 * 512 + 256)

struct keyring_entry {
    int32_t day;
    bool house, upload; /* whether the wrap below stands */
    unsigned char public_half[WRAP_KEY_SIZE];
    unsigned char house_wrap[WRAP_HOUSE_SIZE];
    unsigned char upload_wrap[WRAP_UPLOAD_SIZE];
};
struct keyring_entries { /* owns v; by day */
    struct keyring_entry *v;
    size_t n, cap;
};
void keyring_entries_done(struct keyring_entries *l);

/* Adds the file's text. ERR_LIMIT. */
NODISCARD enum err keyring_print(const struct keyring_entries *l, struct buf *out);
/* ERR_CORRUPT a wrong sum, form or order; ERR_VERSION another first line that begins like
 * ours; ERR_LIMIT; ERR_NOMEM. */
NODISCARD enum err keyring_parse(const char *text, size_t n, struct keyring_entries *ret_list);

#endif
