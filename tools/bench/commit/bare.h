/*
 * tools/bench/commit/bare.h - a program of bare SQLite that writes rows which flow wrote before,
 * in the same transactions, by prepared statements.
 *
 * Rows are read from flow's file (neither timed nor counted) and kept as values. What flow seals
 * and hashes is made once more when it is written, by the same cipher over as many bytes
 * (performance.md, section 3); texts and numbers are there for the taking.
 */
#ifndef BENCH_COMMIT_BARE_H
#define BENCH_COMMIT_BARE_H

#include <sqlite3.h>

#include "base/ulid.h"

#define ROWS_MAX 16   /* of one table in one transaction */
#define COLUMNS_MAX 48
#define TABLES_MAX 6  /* rows of so many subjects in one transaction */
#define COUNTERS_MAX 3

enum table { VISIT, APPOINTMENT, CLAIM, EVENT, AUDIT, OUTBOX, TABLES };

/* Counters between BEGIN and COMMIT, then changes of a row: BOOK and CHECK_IN of an appointment,
 * CALL and LEAVE of a visit. */
enum stmts {
    BEGIN, TICKET, PERSON, ARRIVED, BOOKED, CHIME, WAITED, ATTENDED, CHECKED_IN, COMMIT,
    BOOK, CHECK_IN, CALL, LEAVE, STMTS
};

struct rows { /* copied values; owns them */
    sqlite3_value *v[ROWS_MAX][COLUMNS_MAX];
    int n, columns;
};

/* One transaction: some counters, a change, the rows of some tables. All-zero is none. */
struct work {
    enum stmts counters[COUNTERS_MAX];
    int n_counters;
    enum stmts changes; /* how `change` is written */
    struct rows change; /* n 0: none */
    enum table tables[TABLES_MAX];
    struct rows rows[TABLES_MAX];
    int n_tables;
};
void work_done(struct work *w);

struct bare {
    sqlite3 *from, *db;
    sqlite3_stmt *read[TABLES], *insert[TABLES], *stmts[STMTS];
    long walk_ins, holds, bookings, check_ins, calls; /* written */
};
/* source: flow's file, whose schema target has as well. */
void bare_open(struct bare *b, const char *source, const char *target);
void bare_close(struct bare *b); /* puts the log into the file before */
/* The rows of a subject as they are now: of events, audit lines and letters the last one. */
struct rows bare_take(struct bare *b, enum table t, const char *subject);
struct ulid bare_visit_of(const struct rows *appointment); /* checked in */
void bare_gather(struct bare *b, struct work *w, enum table t, const char *subject);
void bare_commit(struct bare *b, const struct work *w);
#endif
