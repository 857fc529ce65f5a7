/*
 * src/crypt/keyring.h - the keys of one house, in a folder beside its database.
 *
 *   device.key   32 bytes, secret of the house (kiosk, desk, dynamoctl)
 *   audit.key    32 bytes, secret of the house: the chain of the audit table
 *   upload.key   32 bytes, secret of the uploader (X25519); upload.pub its public half
 *   keyring      per business date: a random day key wrapped under device.key, and an
 *                X25519 pair whose public half is in clear and whose secret half is
 *                sealed to upload.pub
 *   lock         locked (flock) while the keyring file is rewritten
 *
 * Destroying both wraps of a date makes its personal fields unreadable everywhere,
 * backups included; the keyring is therefore never part of one. Secret files that a
 * group or others may read are refused. The keyring file is replaced whole (write,
 * fsync, rename, fsync of the folder) before the first use of a new key, so a power cut
 * leaves the old or the new one. Another process's change is seen by keyring_refresh().
 *
 * Opened keys lie in locked memory and are wiped by keyring_close(). A day is days
 * since 1970-01-01. Not for threads. crypto_box_seal() draws its one-time key from
 * libsodium; all other random bytes come from the rng that is handed in.
 */
#ifndef CRYPT_KEYRING_H
#define CRYPT_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "base/rng.h"
#include "crypt/keyfile.h"

#define KEYRING_DAYS_MAX 4096 /* dates in one keyring */

struct keyring;

struct keyring_options {
    const char *dir;
    struct rng *rng;         /* borrowed until keyring_close() */
    bool house;              /* opens device.key and audit.key */
    bool upload;             /* opens upload.key */
    const char *credentials; /* folder of systemd credentials, or NULL: a secret that lies
                                there is taken from there, else from dir */
    int64_t busy_ms;         /* how long to wait for who writes it; 0: five seconds */
    const struct file_ops *files; /* NULL: the real calls */
};

/*
 * Makes the folder (0770, its group kept for new files) and every file in it.
 * ERR_EXISTS   a keyring is there already; nothing is changed
 * ERR_IO       the folder or a file cannot be made
 */
NODISCARD enum err keyring_create(const char *dir, struct rng *rng);

/*
 * ERR_NOT_FOUND  no folder, or a file that is asked for is missing
 * ERR_DENIED     a secret file is readable or writable by group or others, or not by us
 * ERR_CORRUPT    a file has the wrong size, sum or form; ERR_VERSION made by a newer program
 * ERR_IO, ERR_NOMEM
 */
NODISCARD enum err keyring_open(const struct keyring_options *o, struct keyring **ret_keyring);
void keyring_close(struct keyring *k); /* NULL is fine */

/* Reads the file again when another process has replaced it: as keyring_open(). A date that
 * was dropped there is forgotten here too. Cheap when nothing changed: one stat(). */
NODISCARD enum err keyring_refresh(struct keyring *k);

/* Makes sure that this date has its keys, on disk when this returns. ERR_LIMIT over
 * KEYRING_DAYS_MAX; ERR_DENIED when the house's wrap of it was destroyed: a date does not
 * get a second key; ERR_INVAL not opened for the house. */
NODISCARD enum err keyring_make_day(struct keyring *k, int32_t day);

struct keyring_day {
    int32_t day;
    bool house, upload; /* which wraps still stand */
};
size_t keyring_count(const struct keyring *k);
struct keyring_day keyring_at(const struct keyring *k, size_t i); /* by day; i < count */

/* Destroys a wrap, on disk when this returns. ERR_NOT_FOUND: no such date. Fine when it is
 * gone already. Both gone: the date stays listed, so that it never gets a key again. */
NODISCARD enum err keyring_drop_house(struct keyring *k, int32_t day);
NODISCARD enum err keyring_drop_upload(struct keyring *k, int32_t day);

#endif
