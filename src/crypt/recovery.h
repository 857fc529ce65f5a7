/*
 * src/crypt/recovery.h - the way back when a house's keys are lost.
 *
 *   recovery.sealed  device.key, audit.key and upload.key, sealed to a pair whose secret half
 *                    is on no machine: it is printed once, for the safe
 *   copy             a folder, or a link to one on another medium: the keyring file is written
 *                    there too whenever it changes, beside recovery.sealed
 *
 * Whoever has the copy and the paper has the house's keys; either alone opens nothing. A date
 * whose keys were destroyed is gone in the copy as well: it is written first, and when that
 * fails the date keeps its keys and the caller is told.
 */
#ifndef CRYPT_RECOVERY_H
#define CRYPT_RECOVERY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/rng.h"

#define RECOVERY_TEXT_SIZE 96 /* "DYNR1-XXXXXXXX-...", its NUL included */

/*
 * Makes a new pair, seals the secrets to it and gives its secret half as text: capital letters
 * and digits in groups, with a sum that shows a slip of the pen. What an older paper opened is
 * replaced, in the copy too. The caller wipes the text.
 * ERR_NOT_FOUND, ERR_DENIED, ERR_CORRUPT as keyring_open(); ERR_IO
 */
NODISCARD enum err recovery_make(const char *keys_dir, const char *credentials, struct rng *rng,
                                 char ret_text[RECOVERY_TEXT_SIZE]);

struct recovery_options {
    const char *from; /* folder with keyring and recovery.sealed: a copy, or keys_dir itself */
    const char *keys_dir;
    const char *text; /* as printed; case, spaces and hyphens do not count */
    bool force;       /* a keyring that is there is set aside, as KEYS_DIR.aside-1 */
};
/*
 * Puts the house's keys into keys_dir; each wrap that stands in the copy stands there then.
 * ERR_FORMAT     the text is none, or was copied wrongly
 * ERR_DENIED     it is the text of other keys
 * ERR_NOT_FOUND  `from` has no such files; ERR_CORRUPT they are damaged
 * ERR_EXISTS     there is a keyring, and `force` is false
 * ERR_IO
 * On an error the keys that were there are as they were, or lie aside.
 */
NODISCARD enum err recovery_open(const struct recovery_options *o);

/* Begins a second copy in `folder`, from here on kept up. ERR_NOT_FOUND no such folder, or no
 * recovery.sealed yet: a copy that nobody can open helps nobody; ERR_IO. */
NODISCARD enum err recovery_copy_to(const char *keys_dir, const char *folder);

struct recovery_state {
    bool made;   /* there is a recovery.sealed */
    bool copied; /* a second copy is kept */
    bool same;   /* and it is as the first; false also when its medium is not there */
};
NODISCARD enum err recovery_look(const char *keys_dir, struct recovery_state *ret_state);

#endif
