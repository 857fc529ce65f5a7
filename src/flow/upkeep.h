/*
 * src/flow/upkeep.h - what keeps the house's data in order: forgetting, backup, restore.
 */
#ifndef FLOW_UPKEEP_H
#define FLOW_UPKEEP_H

#include "flow/flow.h"

struct retention_terms {
    int follow_up_days; /* house and desk can open a date's names for so long after it */
    int sent_days;      /* so long after its receipt a record can be sent again */
    int audit_days;     /* audit lines older than this go; 0: they stay */
};
#define RETENTION_DIGEST_TEXT 65
struct retention_line {
    civil_day day;
    const char *key;      /* "house" or "upload"; "audit": the log up to this day */
    const char *kept_for; /* NULL: destroyed; else what it stays for: "dead letter", "unsent",
                             "open visit", "appointment" */
    int64_t rows;         /* that nobody can read from now on */
    char digest[RETENTION_DIGEST_TEXT]; /* of their sealed fields, hex; "" when kept or audit */
};
typedef void (*flow_retention_said)(void *arg, const struct retention_line *line);
/*
 * Destroys the keys whose terms are over: the house's of a date after the follow-up term, the
 * uploader's when every record of the date was sent or given up and `sent_days` have passed
 * since. Then the audit log is shortened. Each date in a transaction of its own with an audit line as proof; a line is said for
 * each key destroyed and for each that is kept past its term. ERR_CLOCK: the clock is unsure,
 * nothing was done. Stops at the first error; what was said stands.
 */
NODISCARD enum err flow_retention_run(struct flow *f, const struct retention_terms *t,
                                      flow_retention_said say, void *arg);

/*
 * Copies the database to one file while the programs go on, checked before it gets its name;
 * an audit line follows. The names in it stay sealed, and no key is in it.
 * ERR_EXISTS   the file is there and is no backup; ERR_BUSY a backup to it is under way
 * ERR_LIMIT    the disk would have less than 16 MiB left; ERR_CORRUPT the check failed
 * ERR_NOT_FOUND no such folder; ERR_DENIED
 */
NODISCARD enum err flow_backup(struct flow *f, const char *path, int64_t *ret_pages);

/* An audit line about the house's keys: "keys.recovery", "keys.copy", "keys.recover",
 * "keys.rotate". */
NODISCARD enum err flow_keys_note(struct flow *f, const char *action);

struct restore_request {
    const char *backup;
    const char *db_path;
    const char *keys_dir; /* as in flow_options */
    bool force; /* a database that is there is renamed, never deleted */
    struct clock *clock;
    struct rng *rng;
};
struct restore_done {
    int from, to;     /* schema versions of the backup and now */
    bool new_keys;    /* its keys are lost, new ones were made: names and unsent records of the
                         backup stay unreadable, staff need new PINs */
    int64_t unsent;   /* records that the register has not got, as the backup knows */
    char aside[1024]; /* where the database that was there is now, or "" */
    enum err noted;   /* whether it opened and its log says so; else why not */
};
/*
 * ERR_NOT_FOUND no such backup or folder; ERR_CORRUPT no backup, cut off or damaged; ERR_VERSION
 * of a newer program; ERR_EXISTS a database is there and `force` is false; ERR_BUSY a program
 * has it open; ERR_LIMIT no room on the disk; ERR_DENIED. On any of these the database that is
 * there is as it was.
 */
NODISCARD enum err flow_restore(const struct restore_request *r, struct restore_done *ret_done);

#endif
