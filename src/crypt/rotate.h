/*
 * src/crypt/rotate.h - new secrets for a house, for when somebody may have seen the old ones.
 *
 * device.key gets another half for wrapping and upload.key becomes another pair; each wrap that
 * stands in the keyring is sealed for them anew. So who kept the old secrets, or an old backup
 * of them, opens no keyring that is written from here on. What cannot change without the people
 * stays: the pepper of PINs, the keys of what belongs to no date (names and one-time codes of
 * staff, hashes of codes), and the audit key. A PIN or one-time code that may be known is set
 * anew by itself.
 *
 * Everything is made beside the folder, which is then exchanged in one step: a power cut leaves
 * the old keys or the new ones, whole. The old files are overwritten. The paper of recovery.h
 * opens the old secrets only, so it goes, and the second copy is no longer kept: make both anew.
 */
#ifndef CRYPT_ROTATE_H
#define CRYPT_ROTATE_H

#include "base/attr.h"
#include "base/err.h"
#include "base/rng.h"

/*
 * No other program may have the keys open: it would go on with the old ones, and find each date
 * closed.
 * ERR_NOT_FOUND, ERR_CORRUPT, ERR_VERSION as keyring_open(); ERR_DENIED also when a wrap is not
 * ours to open; ERR_BUSY the keyring is being written; ERR_IO. On an error nothing has changed,
 * but for ERR_IO of the very end, when the new keys are in place and the old files could not be
 * destroyed: the next call destroys them first.
 */
NODISCARD enum err keyring_rotate(const char *dir, const char *credentials, struct rng *rng);

#endif
