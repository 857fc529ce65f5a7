/*
 * src/store/retention.h - forgetting a date by destroying its keys.
 *
 * A date has two keys (crypt/keyring.h): the house's, which opens names and notes of its
 * visits and appointments, and the uploader's, which opens what waits for the register. With
 * one destroyed the fields under it are unreadable everywhere: rows, WAL, card and backups.
 * When that may be is for flow to say; this file tells what stands in the way, and refuses
 * to take the uploader's key from a record that is not in the register.
 */
#ifndef STORE_RETENTION_H
#define STORE_RETENTION_H

#include <stddef.h>

#include "core/civil.h"
#include "store/store.h"

enum retention_key {
    RETENTION_HOUSE,
    RETENTION_UPLOAD,
    RETENTION_KEY_COUNT
};
/* Action of the audit lines that prove it: "retention.house"; NULL outside. */
const char *retention_action(enum retention_key k);

struct retention_day {
    civil_day day;
    bool stands[RETENTION_KEY_COUNT]; /* the key */
    bool proved[RETENTION_KEY_COUNT]; /* an audit line says that it was destroyed */
    int64_t open_visits;              /* neither done nor left nor closed */
    int64_t unsent;                   /* records that are queued or waiting */
    int64_t dead;
    utc_ms last_sent;     /* newest receipt of the date's records; 0: none */
    civil_day code_until; /* last day of a live appointment (held, booked, checked in, missed)
                             whose code is made of this date's key; CIVIL_DAY_NONE */
};
struct retention_days { /* owns v; all-zero is empty; by day */
    struct retention_day *v;
    size_t n, cap;
};
void retention_days_done(struct retention_days *l);

/* Every date of the keyring. Goes through whole tables in a read of one moment, which keeps
 * no writer waiting. ERR_DENIED without the house's keys. */
NODISCARD enum err store_retention_days(struct store *s, struct retention_days *ret_list);

#define RETENTION_DIGEST_SIZE 32
struct retention_proof {
    int64_t rows; /* whose fields cannot be read from now on: visits and appointments, or
                     records of the outbox */
    /* SHA-256 in a chain: of the digest before (zeros at first), the row's id and its sealed
     * fields, for each of these rows by id. Who holds a backup can work it out again. */
    unsigned char digest[RETENTION_DIGEST_SIZE];
};
/*
 * Destroys a key of a date, on disk when this returns; with the uploader's go the bodies of
 * the date's records and steps, with the house's what an undo of its visits would put back.
 * Inside a transaction, so that the audit line of the proof is committed with it: a power cut
 * between leaves the key gone and `proved` false, and the same call makes it good. Fine when
 * the key is gone already.
 * ERR_STATE      a record of the date is queued, waiting or dead (for either key a dead one)
 * ERR_NOT_FOUND  no such date
 */
NODISCARD enum err store_retention_destroy(struct store *s, civil_day day, enum retention_key k,
                                           struct retention_proof *ret_proof);

#endif
