#include "tools/bench/commit/bare.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>

#include "tools/bench/commit/side.h"

static const char *const table_names[TABLES] = { "visit", "appointment", "claim",
                                                 "event", "audit",       "outbox" };

static sqlite3_stmt *one(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    return s;
}

static void run(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

/* The settings of the store. */
static sqlite3 *open_bare(const char *path)
{
    char uri[400];
    sqlite3 *db;
    snprintf(uri, sizeof(uri), "file:%s?psow=0", path);
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    run(db, "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=0; "
            "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON");
    return db;
}

/* Reads the rows of a subject in its present state; of the events the last. */
static const char *const reads[TABLES] = {
    [VISIT] = "SELECT * FROM visit WHERE id = ?1",
    [APPOINTMENT] = "SELECT * FROM appointment WHERE id = ?1",
    [CLAIM] = "SELECT * FROM claim WHERE appointment = ?1 ORDER BY q5",
    [EVENT] = "SELECT * FROM event WHERE subject = ?1 ORDER BY seq DESC LIMIT 1",
    [AUDIT] = "SELECT * FROM audit WHERE object = ?1 ORDER BY seq DESC LIMIT 1",
    [OUTBOX] = "SELECT * FROM outbox WHERE chain = ?1 ORDER BY seq DESC LIMIT 1",
};

static void prepare(struct bare *b)
{
    for (int t = 0; t < TABLES; t++) {
        char sql[400];
        b->read[t] = one(b->from, reads[t]);
        int n = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (", table_names[t]);
        for (int c = 0; c < sqlite3_column_count(b->read[t]); c++)
            n += snprintf(sql + n, sizeof(sql) - (size_t)n, "%s?", c ? "," : "");
        snprintf(sql + n, sizeof(sql) - (size_t)n, ")");
        b->insert[t] = one(b->db, sql);
    }
    static const char *const sql[STMTS] = {
        [BEGIN] = "BEGIN IMMEDIATE",
        [TICKET] = "INSERT INTO counter VALUES (1, 'A', 1) ON CONFLICT DO UPDATE SET "
                   "last = last + 1",
        [PERSON] = "INSERT INTO counter VALUES (0, 'person', 1) ON CONFLICT DO UPDATE SET "
                   "last = last + 1",
        [ARRIVED] = "INSERT INTO daily_count VALUES (1, 'bench', 'arrived', '1674', 'school', '', "
                    "9, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        [BOOKED] = "INSERT INTO daily_count VALUES (1, 'bench', 'booked', '1674', 'school', '', 9, "
                   "1) ON CONFLICT DO UPDATE SET n = n + 1",
        [CHIME] = "INSERT INTO counter VALUES (1, 'chime', 1) ON CONFLICT DO UPDATE SET "
                  "last = last + 1",
        [WAITED] = "INSERT INTO daily_count VALUES (1, 'bench', 'wait_walk_in_000', '1674', "
                   "'school', '', -1, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        [ATTENDED] = "INSERT INTO daily_count VALUES (1, 'bench', 'attended', '1674', 'school', "
                     "'sanne', 9, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        [CHECKED_IN] = "INSERT INTO daily_count VALUES (1, 'bench', 'check_in', '1674', 'school', "
                       "'', 9, 1) ON CONFLICT DO UPDATE SET n = n + 1",
        [COMMIT] = "COMMIT",
        /* what changes; numbers are the columns of the row */
        [BOOK] = "UPDATE appointment SET state = ?11, version = ?12, held_by = ?13, "
                 "held_until_ms = ?14, code_day = ?16, code_count = ?17, code_mac = ?18, "
                 "token_mac = ?19, person = ?20, person_mac = ?21, person_no = ?22, "
                 "municipality = ?23, topic = ?24, lang = ?25 WHERE id = ?1",
        [CHECK_IN] = "UPDATE appointment SET state = ?11, version = ?12, visit = ?27 WHERE id = ?1",
        [CALL] = "UPDATE visit SET state = ?7, version = ?8, with_coach = ?13, calls = ?18, "
                 "chime = ?19, called_ms = ?20, first_call_ms = ?21, block_until_ms = ?22 "
                 "WHERE id = ?1",
        [LEAVE] = "UPDATE visit SET state = ?7, version = ?8, ended_ms = ?24 WHERE id = ?1",
    };
    for (int i = 0; i < STMTS; i++)
        b->stmts[i] = one(b->db, sql[i]);
}

static void put(sqlite3_stmt *s)
{
    if (sqlite3_step(s) != SQLITE_DONE)
        die(sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
}

void bare_open(struct bare *b, const char *source, const char *target)
{
    char attach[400];
    b->from = open_bare(source);
    b->db = open_bare(target);
    snprintf(attach, sizeof(attach), "ATTACH '%s' AS s", source);
    run(b->db, attach);
    run(b->db, "INSERT INTO outbox_key SELECT * FROM s.outbox_key");
    run(b->db, "DETACH s");
    prepare(b);
    for (int i = BEGIN; i <= COMMIT; i++) /* the first ones of the day make the counters */
        put(b->stmts[i]);
}

void bare_close(struct bare *b)
{
    run(b->db, "PRAGMA wal_checkpoint(PASSIVE)");
    for (int t = 0; t < TABLES; t++) {
        sqlite3_finalize(b->read[t]);
        sqlite3_finalize(b->insert[t]);
    }
    for (int i = 0; i < STMTS; i++)
        sqlite3_finalize(b->stmts[i]);
    sqlite3_close(b->from);
    sqlite3_close(b->db);
}

struct rows bare_take(struct bare *b, enum table t, const char *subject)
{
    struct rows r = { .columns = sqlite3_column_count(b->read[t]) };
    sqlite3_bind_text(b->read[t], 1, subject, -1, SQLITE_STATIC);
    for (; r.n < ROWS_MAX && sqlite3_step(b->read[t]) == SQLITE_ROW; r.n++)
        for (int c = 0; c < r.columns; c++)
            r.v[r.n][c] = sqlite3_value_dup(sqlite3_column_value(b->read[t], c));
    sqlite3_reset(b->read[t]);
    if (r.n == 0)
        die(table_names[t]);
    return r;
}

struct ulid bare_visit_of(const struct rows *appointment)
{
    enum { COLUMN = 26 };
    struct ulid visit = { 0 };
    const unsigned char *text = sqlite3_value_text(appointment->v[0][COLUMN]);
    if (!text)
        die("a check-in without a visit");
    snprintf(visit.s, sizeof(visit.s), "%s", (const char *)text);
    return visit;
}

static void drop(struct rows *r)
{
    for (int i = 0; i < r->n; i++)
        for (int c = 0; c < r->columns; c++)
            sqlite3_value_free(r->v[i][c]);
}

#define SEAL_BYTES (crypto_aead_xchacha20poly1305_ietf_NPUBBYTES + \
                    crypto_aead_xchacha20poly1305_ietf_ABYTES)
#define HASHED 100 /* bytes under a hash: a name with a birth date, a line of the audit log */
#define BLOB_MAX 8192

/* A blob of that size as it came to be: sealed, or a keyed hash. */
static void make_blob(size_t n)
{
    static unsigned char key[32], nonce[crypto_aead_xchacha20poly1305_ietf_NPUBBYTES];
    static unsigned char plain[BLOB_MAX], made[BLOB_MAX];
    if (n > SEAL_BYTES && n <= BLOB_MAX) {
        sodium_increment(nonce, sizeof(nonce));
        crypto_aead_xchacha20poly1305_ietf_encrypt(made, NULL, plain, n - SEAL_BYTES, NULL, 0,
                                                   NULL, nonce, key);
    } else if (n >= crypto_generichash_BYTES_MIN && n <= crypto_generichash_BYTES_MAX) {
        crypto_generichash(made, n, plain, HASHED, key, sizeof(key));
    }
}

/* A change binds the columns that it names, an insert all. */
static void put_rows(sqlite3_stmt *s, const struct rows *r, bool all)
{
    int most = sqlite3_bind_parameter_count(s);
    for (int i = 0; i < r->n; i++) {
        for (int c = 0; c < r->columns && c < most; c++) {
            if (!all && !sqlite3_bind_parameter_name(s, c + 1))
                continue;
            if (sqlite3_value_type(r->v[i][c]) == SQLITE_BLOB)
                make_blob((size_t)sqlite3_value_bytes(r->v[i][c]));
            sqlite3_bind_value(s, c + 1, r->v[i][c]);
        }
        put(s);
    }
}

void bare_gather(struct bare *b, struct work *w, enum table t, const char *subject)
{
    if (w->n_tables == TABLES_MAX)
        die("more tables than a work has");
    w->tables[w->n_tables] = t;
    w->rows[w->n_tables++] = bare_take(b, t, subject);
}

void bare_commit(struct bare *b, const struct work *w)
{
    put(b->stmts[BEGIN]);
    for (int i = 0; i < w->n_counters; i++)
        put(b->stmts[w->counters[i]]);
    if (w->change.n > 0)
        put_rows(b->stmts[w->changes], &w->change, false);
    for (int i = 0; i < w->n_tables; i++)
        put_rows(b->insert[w->tables[i]], &w->rows[i], true);
    put(b->stmts[COMMIT]);
}

void work_done(struct work *w)
{
    for (int i = 0; i < w->n_tables; i++)
        drop(&w->rows[i]);
    drop(&w->change);
}
