/*
 * src/store/backup.h - a copy of the database in one file, and the way back.
 *
 * A backup is a whole database with the personal fields sealed as they are; no key is in it.
 * Without the keyring of its house it still has the queue's skeleton and the counts.
 */
#ifndef STORE_BACKUP_H
#define STORE_BACKUP_H

#include "store/audit.h"

struct backup_made {
    int64_t pages; /* of 4096 bytes */
    int schema;
};

/*
 * Copies one moment of the database to `path` in small steps while others go on writing. The
 * copy is made as PATH.new, synced, checked and renamed: a power cut leaves what was there.
 * ERR_EXISTS   there is a file that is no backup, or it is the database itself
 * ERR_BUSY     another backup to the same place is under way
 * ERR_CORRUPT  the database, or the copy, did not pass SQLite's own check: nothing was renamed
 * ERR_NOT_FOUND no such folder; ERR_DENIED
 * ERR_LIMIT    the disk would have less than 16 MiB left, or the path is too long
 */
NODISCARD enum err store_backup(struct store *s, const char *path, struct backup_made *ret_made);

/* ERR_BUSY: a program has that database open. Fine when there is none. ERR_IO. */
NODISCARD enum err store_refuse_in_use(const char *path);

struct restore_options {
    const char *backup;
    struct store_options to; /* path and keys_dir: where it goes; rng for new keys */
    bool force;              /* sets a database that is there aside */
    struct audit_row by;     /* who and when, for the log's row when the keys are new */
};
struct restored {
    struct backup_made backup; /* as it was */
    int schema;                /* that it was brought up to */
    bool new_keys;             /* no keyring was there: one was made, and what was sealed under
                                  the lost one stays unreadable; the log
                                  goes on under the new ones (audit.h) */
    char aside[1024];          /* where the database that was there is now; "": there was none */
};
/*
 * Puts a checked copy of a backup in the database's place, brought up to date. The one that is
 * there is renamed to PATH.aside-1 (the first number that is free), never deleted. Nothing is
 * changed before the copy lies complete, checked and synced beside its place.
 * ERR_NOT_FOUND  no such backup, or no folder for the database
 * ERR_CORRUPT    not a backup of ours, cut off or damaged; ERR_VERSION of a newer program
 * ERR_EXISTS     there is a database, and `force` is false
 * ERR_BUSY       a program has that database open, or another restore is under way
 * ERR_LIMIT      less free disk than it needs, or too long a path; ERR_DENIED
 */
NODISCARD enum err store_restore(const struct restore_options *o, struct restored *ret_restored);

#endif
