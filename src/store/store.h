/*
 * src/store/store.h - the house's database: opening, transactions, checkpoints.
 *
 * One SQLite file in WAL mode that every program of the house opens. This file wraps the
 * connection; each aggregate has a file of its own (visit.h, appointment.h, outbox.h ...)
 * with typed calls on a struct store. Personal fields go in and come out in clear, are
 * sealed on the way in, and are opened only by the calls that say so.
 *
 * Each call may end, beside what its own comment says, in
 *   ERR_BUSY     another process holds the database for longer than busy_ms
 *   ERR_IO       disk full, or a read, write or sync failed. After a failed write or sync
 *                store_failed() stays true and every later write is refused: acknowledge
 *                nothing, close, start again, look up what is stored, then retry
 *   ERR_CORRUPT  the file is damaged, or a row contradicts its schema
 *   ERR_DENIED   written to a read-only store, or a key is gone or not there
 *   ERR_NOMEM
 *
 * Not for threads: a store belongs to the thread that opened it.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"

#define STORE_APPLICATION_ID 0x44594E4F /* "DYNO" */
/* How long a program waits for the others' locks: one before which a person stands, and one that
 * has nobody to keep (a command, a nightly run), which rather waits than gives up. */
#define STORE_BUSY_MS 5000
#define STORE_PATIENT_MS 60000
#define STORE_BOOT_SIZE 37 /* text of a boot id */

struct store;

enum store_keys {
    STORE_KEYS_HOUSE,  /* seals and opens personal fields: kiosk, desk, dynamoctl */
    STORE_KEYS_UPLOAD, /* opens the outbox only: dynamo-upload */
    STORE_KEYS_BOTH,   /* tests and simulation */
    STORE_KEYS_NONE    /* neither: the waiting-room display */
};

struct store_options {
    const char *path;
    const char *vfs;      /* name of a registered SQLite VFS; NULL: the usual one */
    const char *keys_dir; /* NULL or "": PATH.keys beside the database. A secret key that systemd hands
                             over ($CREDENTIALS_DIRECTORY/device.key ...) goes before its file */
    const char *boot;     /* boot id for audit and lock-outs; NULL: the kernel's */
    struct rng *rng;      /* borrowed until store_close() */
    enum store_keys keys;
    bool read_only;
    int64_t busy_ms; /* 0: STORE_BUSY_MS */
};

/*
 * Makes a database of the newest schema, and its keys unless the folder is there (a restore).
 * `simulated` marks it for good: a set clock, cheap PIN hashes, no upload but to loopback.
 * ERR_EXISTS, ERR_IO.
 */
NODISCARD enum err store_create(const struct store_options *o, bool simulated);

/*
 * ERR_NOT_FOUND  no database, or its keys are missing
 * ERR_VERSION    made by a newer program: nothing was written
 * ERR_STATE      an older schema: store_migrate() first
 * ERR_CORRUPT    not our database, or damaged
 * ERR_DENIED     a secret key file is open to others
 */
NODISCARD enum err store_open(const struct store_options *o, struct store **ret_store);
/* Rolls back what is open, checkpoints, wipes the keys. NULL is fine. */
void store_close(struct store *s);
void store_closep(struct store **s); /* for CLEANUP */

/*
 * Brings a database up to date, each migration in a transaction of its own that also sets
 * the version. *ret_from and *ret_to are versions, equal when there was nothing to do.
 * ERR_LIMIT  less free disk than the database's size and 16 MiB; nothing was changed
 * ERR_NOT_FOUND, ERR_VERSION, ERR_CORRUPT as store_open()
 */
NODISCARD enum err store_migrate(const struct store_options *o, int *ret_from, int *ret_to);

/*
 * A transaction. Nested ones join the outermost: only its commit reaches the disk, and one
 * that ends without commit undoes the whole. Use:
 *
 *   CLEANUP(store_tx_done) struct store_tx tx = { 0 };
 *   enum err e = store_begin(s, &tx);
 *   if (e == ERR_OK)
 *       e = ...;
 *   return e == ERR_OK ? store_commit(&tx) : e;
 *
 * store_begin() takes the write lock at once (BEGIN IMMEDIATE). A commit that ends in an
 * error may be stored all the same: whoever retries must look first.
 */
struct store_tx {
    struct store *s; /* NULL: not open */
    int level;       /* 1: the outermost */
    bool part;
    bool doomed; /* as the whole was when this part began */
};
NODISCARD enum err store_begin(struct store *s, struct store_tx *tx);
/* A part of an open transaction that can be undone alone (a savepoint): without commit only
 * what happened since is undone, and the rest goes on. ERR_STATE outside a transaction. */
NODISCARD enum err store_begin_part(struct store *s, struct store_tx *tx);
/* Several reads of one moment; refuses writes (ERR_STATE). Inside a write it joins that. */
NODISCARD enum err store_begin_read(struct store *s, struct store_tx *tx);
NODISCARD enum err store_commit(struct store_tx *tx);
void store_tx_done(struct store_tx *tx); /* rolls back unless committed */

/* Which guard an ERR_EXISTS or ERR_TAKEN of the last call was. */
enum store_guard {
    STORE_GUARD_NONE,
    STORE_GUARD_VISIT_ID,       /* this visit is stored already: a retry */
    STORE_GUARD_TICKET,         /* (day, series, number) */
    STORE_GUARD_VISIT_COACH,    /* the coach has a visit called or in service: ERR_TAKEN */
    STORE_GUARD_VISIT_PERSON,   /* this person has an open visit on that day */
    STORE_GUARD_APPOINTMENT_ID, /* a retry */
    STORE_GUARD_CODE,           /* another booked appointment has this code */
    STORE_GUARD_CLAIM,          /* the coach's time: ERR_TAKEN */
    STORE_GUARD_OUTBOX_ID,      /* a retry */
    STORE_GUARD_OTHER
};
enum store_guard store_guard(const struct store *s);

/* Rises when anybody, this store included, committed: compare two for "changed". */
NODISCARD enum err store_changes(struct store *s, int64_t *ret_changes);

/*
 * Within a write transaction, a number that stands while nobody but this store changed the
 * database and this store changed neither meta nor roster: what a caller read of those two under
 * the same number needs no second look. Never 0.
 */
uint64_t store_epoch(const struct store *s);

/* True for good once a write, sync or truncate failed in this process since store_open(). */
bool store_failed(const struct store *s);

/*
 * Moves what is committed from the WAL into the database, between visitors: never inside a
 * transaction (ERR_STATE). Readers may keep some of it in the WAL, which is fine until it
 * holds STORE_WAL_MAX: then it waits for them, so that the file starts anew; ERR_LIMIT when they
 * stay for two seconds, and staff should know.
 */
#define STORE_WAL_MAX (16 * 1024 * 1024)
NODISCARD enum err store_checkpoint(struct store *s);
/* Frees the pages of the database that are kept in memory; they are read again when they are needed.
 * Without it a program comes to hold 2 MB of them, as its house grows. */
void store_let_go(struct store *s);

/* Of a store with the house's keys: it opened a database that holds less than a program of this
 * house saw stored: an older copy, or a card that lost something. It works, and goes on saying so
 * to whoever opens it, until somebody wrote that down and said so by the second call. */
bool store_is_older(const struct store *s);
void store_older_noted(struct store *s);

bool store_simulated(const struct store *s);
const char *store_path(const struct store *s);
const char *store_boot(const struct store *s);
int store_schema(const struct store *s);
/* Of the disk that holds the database. */
NODISCARD enum err store_free_bytes(const struct store *s, int64_t *ret_bytes);

/* Sees that this date has its keys. Sealing does so by itself, but inside the transaction;
 * doing it before keeps the keyring's fsync out of the write lock. */
NODISCARD enum err store_make_day(struct store *s, int32_t day);

#endif
