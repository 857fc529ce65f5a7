/*
 * src/store/inside.h - the connection and its prepared statements; only of use in store.
 *
 * Queries are `static const char` arrays at the top of the file that uses them; stmt_of()
 * prepares one at its first use and keeps it. Bind by name, then stmt_run() or a loop on
 * stmt_row(); the first error sticks and comes out there.
 *
 *   CLEANUP(stmt_done) struct stmt q = stmt_of(s, SQL_GET);
 *   bind_text(&q, ":id", id);
 *   enum err e = stmt_one(&q);
 */
#ifndef STORE_INSIDE_H
#define STORE_INSIDE_H

#include <stddef.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "base/ulid.h"
#include "crypt/envelope.h"
#include "crypt/keyring.h"
#include "crypt/mac.h"
#include "store/due.h"
#include "store/store.h"

#define STMT_CACHE 256 /* places; a power of two, twice the number of queries */
#define ENVELOPES 8    /* dates whose outbox key is kept; the oldest gives way */
#define LOOKUP_SIZE 16 /* bytes of a keyed hash that are stored for looking up */

/* A statement and, in the order of its calls of bind_...(), what each name's place is: SQLite
 * looks a name up by comparing it with one after the other. */
struct kept_bind {
    const char *name; /* by address */
    int at;
};
struct kept_stmt {
    const char *sql; /* by address */
    sqlite3_stmt *v;
    struct kept_bind *binds; /* as many as the statement has places; NULL: no memory for it */
    size_t n_binds;
};

/* The key under which this run encrypts the outbox records of a date. */
struct kept_envelope {
    int64_t id; /* outbox_key.id; 0: empty place */
    bool fresh; /* its row is not committed yet */
    struct envelope e;
};

/* The last number of a counter that this store gave: a guess at what is stored. */
#define KEPT_NUMBERS 4
struct kept_number {
    civil_day day;
    char series[8]; /* "": empty place */
    int64_t last;
};

/* The ends of the two tables that only ever grow at the end. */
struct last_written {
    int64_t audit; /* seq; 0: not known */
    unsigned char audit_mac[MAC_SIZE];
    int64_t outbox; /* seq; 0: not known */
};

enum tx_kind { TX_NONE, TX_READ, TX_WRITE };

struct store {
    sqlite3 *db;
    char *path;
    char *mark; /* PATH.failed; NULL: not for us */
    char *keys_dir;
    struct rng *rng;
    struct keyring *keys; /* NULL: none */
    bool house;           /* keys of the house are open */
    bool read_only, simulated, foreign_vfs;
    bool older;   /* than what was seen: seen.h */
    int64_t seen; /* the last audit row that this store kept there; 0: none */
    char boot[STORE_BOOT_SIZE];
    int schema;
    enum tx_kind tx;
    int level;    /* of nested transactions */
    bool doomed;  /* an inner one failed: the outermost cannot commit */
    enum store_guard guard;
    unsigned long failures; /* storage_failures() when it was opened */
    struct store *next;     /* of those that are open in this process */
    int64_t busy_since;     /* real monotonic time at which the present wait for a lock began */
    int64_t busy_ms;        /* how long such a wait may last */
    struct kept_stmt stmts[STMT_CACHE];
    struct kept_envelope envelopes[ENVELOPES];
    size_t next_envelope;
    uint64_t epoch;         /* store_epoch() */
    unsigned version;       /* of the database file behind this store's last commit */
    bool version_known;     /* false: something must be read anew */
    bool epoch_over;        /* this transaction wrote meta or roster */
    struct last_written last; /* in this epoch */
    bool due_known;         /* in this epoch, and: */
    struct store_due due;   /* nothing is due earlier; something may be due later only */
    struct kept_number numbers[KEPT_NUMBERS];
    size_t next_number;
};

/* ---- errors (error.c) ---- */

/* Write, sync and truncate errors of this process so far. */
unsigned long storage_failures(void);
/* From here on a failed sync of its files is marked at once; until failure_unwatch(). */
void failure_watch(struct store *s);
void failure_unwatch(struct store *s);
bool failure_watches(const char *path); /* a store of this process, opened by that path */
/* A failure that another program met counts as ours. */
void failure_count(void);
/* What an SQLite result means; sets the guard of a constraint. */
NODISCARD enum err store_err(struct store *s, int rc);

/* ---- statements (stmt.c) ---- */

struct stmt {
    struct store *s;
    sqlite3_stmt *v;
    enum err e;
    struct kept_stmt *kept; /* NULL: not from the cache, where it is in use further out */
    size_t bound;           /* calls of bind_...() so far */
    bool began;             /* it was stepped */
};
struct stmt stmt_of(struct store *s, const char *sql);
void stmt_done(struct stmt *q);
void stmts_close(struct store *s);

void bind_int(struct stmt *q, const char *name, int64_t v);
void bind_ms(struct stmt *q, const char *name, utc_ms v); /* 0 is stored as NULL */
void bind_text(struct stmt *q, const char *name, const char *v); /* borrowed until stmt_done() */
void bind_opt(struct stmt *q, const char *name, const char *v);  /* NULL or "" is NULL */
void bind_ulid(struct stmt *q, const char *name, const struct ulid *v); /* none is NULL */
void bind_blob(struct stmt *q, const char *name, const void *v, size_t n); /* v NULL is NULL */

NODISCARD enum err stmt_run(struct stmt *q); /* to its end; rows are passed over */
NODISCARD enum err stmt_row(struct stmt *q); /* ERR_OK a row, ERR_NONE no more */
NODISCARD enum err stmt_one(struct stmt *q); /* ERR_OK the first row, ERR_NOT_FOUND */
/* Runs it, and ERR_STALE when it changed no row. */
NODISCARD enum err stmt_change(struct stmt *q);
/* The one integer of a one-row query. */
NODISCARD enum err store_query_int(struct store *s, const char *sql, int64_t *ret);

/* One more place in a list { v, n, cap }. */
#define ROWS_GROW(l) mem_grow(&(l)->v, &(l)->cap, (l)->n, sizeof(*(l)->v))
/* True when the row just read does not hold what it must: logged and passed over, so that one
 * damaged row does not take the rest of a list with it. */
bool stmt_pass_over(struct stmt *q);

/* NULL is 0, "" or all-zero. Text that does not fit sets q->e to ERR_CORRUPT. */
int64_t col_int(struct stmt *q, int i);
bool col_set(struct stmt *q, int i); /* not NULL */
void col_text(struct stmt *q, int i, char *out, size_t n);
void col_ulid(struct stmt *q, int i, struct ulid *out);
const void *col_blob(struct stmt *q, int i, size_t *ret_n); /* until the next call on q */

/* ---- opening (store.c, migrate.c) ---- */

/* Whether there is a file that is not empty. */
bool store_there(const struct store_options *o);
/* Opens the file with all pragmas, whatever its schema. */
NODISCARD enum err store_connect(const struct store_options *o, bool create, struct store **ret);
/* application_id and user_version: ERR_CORRUPT not ours, ERR_VERSION newer. 0: empty file. */
NODISCARD enum err store_read_version(struct store *s, int *ret_version);
/* Before the first write: may it write, is the journal's name safe, is the journal empty.
 * ERR_DENIED, ERR_IO; ERR_BUSY: alone, and somebody who came after us reads. */
NODISCARD enum err store_prepare(struct store *s, bool alone);
/* A checkpoint of SQLite's that waits for others, holding up whoever writes, for so long only. */
int store_checkpoint_within(struct store *s, int mode, int64_t busy_ms);
NODISCARD enum err migrate_up(struct store *s, int from);

/* ---- a sync that failed (journal.c) ---- */

/* Before opening: forgets what the page cache shows of the journal but the disk does not hold.
 * ERR_IO: a sync failed and others still have the database open. *ret_alone: nobody has it open. */
NODISCARD enum err journal_look_at_disk(const struct store_options *o, bool *ret_alone);
/* Once it is open: its name is on the disk. SQLite does not read the result of that. */
NODISCARD enum err journal_name_safe(const struct store *s);
void journal_mark(const struct store *s); /* for all programs: nobody goes on */
bool journal_is_marked(const struct store *s);

/* ---- transactions (tx.c) ---- */

/* The epoch ends with this transaction, however it ends. */
void epoch_end(struct store *s);
/* What was just written may be due earlier than all that was known (due.c). */
struct visit_row;
struct appointment_row;
void due_lower_by_visit(struct store *s, const struct visit_row *r);
void due_lower_by_appointment(struct store *s, const struct appointment_row *r);

void envelopes_settle(struct store *s, bool committed); /* outbox_key.c */

#endif
