#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/inside.h"
#include "store/seen.h"

#define RESTART_WAIT_MS 2000
#define CHECKPOINT_PAUSE_NS 1000000

static const char SQL_BEGIN_WRITE[] = "BEGIN IMMEDIATE";
static const char SQL_BEGIN_READ[] = "BEGIN DEFERRED";
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_ROLLBACK[] = "ROLLBACK";
static const char SQL_PART[] = "SAVEPOINT part";
static const char SQL_PART_KEEP[] = "RELEASE part";
static const char SQL_PART_UNDO[] = "ROLLBACK TO part";
static const char SQL_DATA_VERSION[] = "PRAGMA data_version";

static enum err run(struct store *s, const char *sql)
{
    CLEANUP(stmt_done) struct stmt q = stmt_of(s, sql);
    return stmt_run(&q);
}

/* What another process dropped from the keyring must be forgotten here; a keyring that
 * cannot be read now must not stop the queue. */
static void refresh_keys(struct store *s)
{
    enum err e = s->keys ? keyring_refresh(s->keys) : ERR_OK;
    if (e != ERR_OK)
        log_error("store.keyring", e, NULL);
}

/* ---- what stands still ---- */

/* Changes with every commit, of whomever; as of the snapshot that is being read. */
static bool file_version(struct store *s, unsigned *ret)
{
    return sqlite3_file_control(s->db, "main", SQLITE_FCNTL_DATA_VERSION, ret) == SQLITE_OK;
}

static void epoch_begin(struct store *s)
{
    unsigned now = 0;
    bool same = s->version_known && file_version(s, &now) && now == s->version;
    s->epoch_over = false;
    if (same)
        return;
    s->epoch++;
    s->due_known = false;
    s->last = (struct last_written){ 0 };
}

static void epoch_settle(struct store *s, bool committed)
{
    s->version_known = committed && !s->epoch_over && file_version(s, &s->version);
}

void epoch_end(struct store *s)
{
    s->epoch_over = true;
}

uint64_t store_epoch(const struct store *s)
{
    return s->epoch;
}

/* ---- begin and end ---- */

static enum err begin(struct store *s, struct store_tx *tx, enum tx_kind kind)
{
    if (s->level > 0) {
        if (kind == TX_WRITE && s->tx == TX_READ)
            return ERR_STATE;
        *tx = (struct store_tx){ .s = s, .level = ++s->level };
        return ERR_OK;
    }
    if (kind == TX_WRITE && s->read_only)
        return ERR_DENIED;
    if (journal_is_marked(s))
        failure_count();
    if (kind == TX_WRITE && store_failed(s))
        return ERR_IO;
    refresh_keys(s);
    enum err e = run(s, kind == TX_WRITE ? SQL_BEGIN_WRITE : SQL_BEGIN_READ);
    if (e == ERR_DENIED && kind == TX_WRITE) { /* SQLite could open something for reading only */
        failure_count();
        e = ERR_IO;
    }
    if (e != ERR_OK)
        return e;
    s->tx = kind;
    s->doomed = false;
    if (kind == TX_WRITE)
        epoch_begin(s);
    *tx = (struct store_tx){ .s = s, .level = ++s->level };
    return ERR_OK;
}

enum err store_begin(struct store *s, struct store_tx *tx)
{
    return begin(s, tx, TX_WRITE);
}

enum err store_begin_read(struct store *s, struct store_tx *tx)
{
    return begin(s, tx, TX_READ);
}

enum err store_begin_part(struct store *s, struct store_tx *tx)
{
    if (s->tx != TX_WRITE)
        return ERR_STATE;
    enum err e = run(s, SQL_PART);
    if (e == ERR_OK)
        *tx = (struct store_tx){
            .s = s, .level = ++s->level, .part = true, .doomed = s->doomed
        };
    return e;
}

/* After some errors SQLite has rolled back by itself. */
static void roll_back(struct store *s)
{
    if (!sqlite3_get_autocommit(s->db) && run(s, SQL_ROLLBACK) != ERR_OK)
        log_event(LOG_LEVEL_ERR, "store.rollback", NULL, sqlite3_extended_errcode(s->db));
    envelopes_settle(s, false);
}

static enum err end_outermost(struct store *s, bool commit)
{
    enum err e = ERR_OK;
    if (commit && s->doomed)
        e = ERR_STATE;
    else if (commit && sqlite3_get_autocommit(s->db))
        e = ERR_IO; /* rolled back under our feet by an error that the caller passed over */
    else if (commit && s->tx == TX_WRITE && store_failed(s))
        e = ERR_IO;
    else if (commit)
        e = run(s, SQL_COMMIT);
    bool committed = commit && e == ERR_OK;
    if (committed)
        envelopes_settle(s, true);
    else
        roll_back(s);
    if (s->tx == TX_WRITE)
        epoch_settle(s, committed);
    if (!committed)
        s->last = (struct last_written){ 0 };
    s->tx = TX_NONE;
    return e;
}

/* What failed inside a part is undone with it, and the rest may still commit. */
static enum err end_part(struct store *s, bool commit, bool doomed_before)
{
    bool undo = !commit || (s->doomed && !doomed_before);
    enum err e = ERR_OK;
    if (undo) {
        e = run(s, SQL_PART_UNDO);
        envelopes_settle(s, false);
        s->last = (struct last_written){ 0 };
    }
    if (e == ERR_OK)
        e = run(s, SQL_PART_KEEP);
    s->doomed = e != ERR_OK || doomed_before;
    return e == ERR_OK && undo && commit ? ERR_STATE : e;
}

static enum err end(struct store_tx *tx, bool commit)
{
    struct store *s = tx->s;
    bool part = tx->part, doomed = tx->doomed;
    if (!s || tx->level != s->level)
        return ERR_STATE; /* ended already, or not the innermost */
    *tx = (struct store_tx){ 0 };
    s->level--;
    if (s->level == 0)
        return end_outermost(s, commit);
    if (part)
        return end_part(s, commit, doomed);
    s->doomed = s->doomed || !commit;
    return ERR_OK;
}

enum err store_commit(struct store_tx *tx)
{
    return end(tx, true);
}

void store_tx_done(struct store_tx *tx)
{
    if (!tx->s)
        return;
    enum err e = end(tx, false);
    if (e != ERR_OK)
        log_error("store.undo", e, NULL);
}

enum err store_changes(struct store *s, int64_t *ret_changes)
{
    int64_t others = 0;
    if (journal_is_marked(s)) {
        failure_count();
        return ERR_IO;
    }
    enum err e = store_query_int(s, SQL_DATA_VERSION, &others);
    /* data_version tells of other connections only; our own changes are counted beside. */
    if (e == ERR_OK)
        *ret_changes = (int64_t)((uint64_t)sqlite3_total_changes64(s->db) << 32 ^ (uint64_t)others);
    return e;
}

/* Beside another checkpoint SQLite gives up at once, without asking how long to wait. */
int store_checkpoint_within(struct store *s, int mode, int64_t busy_ms)
{
    int64_t usual = s->busy_ms, until = clock_real_mono_ms() + busy_ms, left = busy_ms;
    int rc = SQLITE_BUSY;
    for (; rc == SQLITE_BUSY && left > 0; left = until - clock_real_mono_ms()) {
        s->busy_ms = left;
        rc = sqlite3_wal_checkpoint_v2(s->db, NULL, mode, NULL, NULL);
        if (rc == SQLITE_BUSY)
            nanosleep(&(struct timespec){ .tv_nsec = CHECKPOINT_PAUSE_NS }, NULL);
    }
    s->busy_ms = usual;
    return rc;
}

static enum err checkpoint(struct store *s)
{
    if (s->level > 0)
        return ERR_STATE;
    if (s->read_only)
        return ERR_DENIED;
    if (journal_is_marked(s))
        failure_count();
    if (store_failed(s))
        return ERR_IO;
    int frames = 0, done = 0;
    enum err e = store_err(s, sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                                        &frames, &done));
    if (e == ERR_BUSY)
        return ERR_OK; /* somebody else checkpoints at this moment */
    if (e != ERR_OK)
        return e;
    if (frames <= done || (int64_t)frames * 4096 <= STORE_WAL_MAX)
        return ERR_OK;
    /* Others read or write all the time: wait for a gap, so that the journal starts anew. */
    e = store_err(s, store_checkpoint_within(s, SQLITE_CHECKPOINT_RESTART, RESTART_WAIT_MS));
    return e == ERR_BUSY ? ERR_LIMIT : e;
}

enum err store_checkpoint(struct store *s)
{
    enum err e = checkpoint(s);
    if (e == ERR_OK)
        seen_write(s);
    return e;
}

void store_let_go(struct store *s)
{
    (void)sqlite3_db_release_memory(s->db);
}
