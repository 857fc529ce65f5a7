#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/inside.h"
#include "store/meta.h"
#include "store/migrations.h"
#include "store/seen.h"

#define PATH_SIZE_MAX 900
#define ROW_BYTES_MAX (4 * 1024 * 1024)
#define BUSY_PAUSE_NS 500000
#define EMPTY_BUSY_MS 20 /* who opens beside others holds nobody up for longer */
#define EMPTY_WAIT_MS 2000 /* a try of who thought it was alone while others opened too */
#define EMPTY_TRIES 15
#define META_SIMULATED "simulated"

/*
 * WAL with FULL loses no acknowledged commit at a power cut. psow=0, in the file's name,
 * keeps that so where a cut damages the whole flash page under the last write.
 */
static const char SQL_PRAGMAS[] =
    "PRAGMA synchronous = FULL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA secure_delete = ON;"
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA wal_autocheckpoint = 0;"
    "PRAGMA journal_size_limit = 0;";
static const char SQL_WAL[] = "PRAGMA journal_mode = WAL";
static const char SQL_APPLICATION[] = "PRAGMA application_id";
static const char SQL_VERSION[] = "PRAGMA user_version";
static const char SQL_TABLES[] = "SELECT count(*) FROM sqlite_schema";

/* ---- the connection ---- */

/* "file:PATH?psow=0", with what has a meaning in a URI escaped. */
static char *uri_of(const char *path)
{
    CLEANUP(buf_done) struct buf b = buf_make(4 * PATH_SIZE_MAX);
    buf_adds(&b, "file:");
    for (; *path; path++)
        if (strchr("?#%", *path))
            buf_addf(&b, "%%%02X", (unsigned)(unsigned char)*path);
        else
            buf_addc(&b, *path);
    buf_adds(&b, "?psow=0");
    return buf_take(&b);
}

/* SQLite's own timeout sleeps ever longer, up to 100 ms, and starves beside seven programs
 * that are quicker; a short even pause gives everybody a turn. */
static int wait_turn(void *arg, int tries)
{
    struct store *s = arg;
    int64_t now = clock_real_mono_ms();
    if (tries == 0)
        s->busy_since = now;
    if (now - s->busy_since >= s->busy_ms)
        return 0;
    nanosleep(&(struct timespec){ .tv_nsec = BUSY_PAUSE_NS }, NULL);
    return 1;
}

static void limit(struct store *s)
{
    sqlite3 *db = s->db;
    sqlite3_busy_handler(db, wait_turn, s);
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, ROW_BYTES_MAX);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
}

static enum err open_file(struct store *s, const struct store_options *o, bool create)
{
    CLEANUP(mem_freep) char *uri = uri_of(o->path);
    if (!uri)
        return ERR_NOMEM; /* too long a path was refused before */
    int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
    flags |= o->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= create ? SQLITE_OPEN_CREATE : 0;
    int rc = sqlite3_open_v2(uri, &s->db, flags, o->vfs);
    if (rc != SQLITE_OK)
        return store_err(s, rc);
    sqlite3_extended_result_codes(s->db, 1);
    limit(s);
    return store_err(s, sqlite3_exec(s->db, SQL_PRAGMAS, NULL, NULL, NULL));
}

/* Audit lines and lock-outs say in which run of the machine they were written. */
static void read_boot(struct store *s, const char *given)
{
    CLEANUP(buf_done) struct buf b = buf_make(64);
    if (!given && buf_read_file(&b, "/proc/sys/kernel/random/boot_id") != ERR_OK)
        log_event(LOG_LEVEL_WARN, "store.boot_id", NULL, 0);
    snprintf(s->boot, sizeof(s->boot), "%.36s", given ? given : buf_str(&b));
    s->boot[strcspn(s->boot, "\n")] = '\0';
}

static char *keys_path(const struct store_options *o)
{
    if (o->keys_dir && o->keys_dir[0])
        return mem_dup_str(o->keys_dir);
    CLEANUP(buf_done) struct buf b = buf_make(PATH_SIZE_MAX + 8);
    buf_addf(&b, "%s.keys", o->path);
    return buf_take(&b);
}

static char *mark_path(const char *path)
{
    CLEANUP(buf_done) struct buf b = buf_make(PATH_SIZE_MAX + 8);
    buf_addf(&b, "%s.failed", path);
    return buf_take(&b);
}

enum err store_connect(const struct store_options *o, bool create, struct store **ret)
{
    if (strlen(o->path) >= PATH_SIZE_MAX)
        return ERR_LIMIT;
    CLEANUP(store_closep) struct store *s = mem_calloc(1, sizeof(*s));
    if (!s)
        return ERR_NOMEM;
    s->failures = storage_failures();
    s->busy_ms = o->busy_ms > 0 ? o->busy_ms : STORE_BUSY_MS;
    s->rng = o->rng;
    s->read_only = o->read_only;
    s->foreign_vfs = o->vfs != NULL;
    s->path = mem_dup_str(o->path);
    s->keys_dir = keys_path(o);
    if (!s->path || !s->keys_dir || (!o->vfs && !o->read_only && !(s->mark = mark_path(o->path))))
        return ERR_NOMEM;
    failure_watch(s);
    read_boot(s, o->boot);
    enum err e = open_file(s, o, create);
    if (e == ERR_OK)
        *ret = TAKE(s);
    return e;
}

enum err store_read_version(struct store *s, int *ret_version)
{
    int64_t application = 0, version = 0, tables = 0;
    enum err e = store_query_int(s, SQL_APPLICATION, &application);
    if (e == ERR_OK)
        e = store_query_int(s, SQL_VERSION, &version);
    if (e == ERR_OK)
        e = store_query_int(s, SQL_TABLES, &tables);
    if (e != ERR_OK)
        return e;
    bool empty = application == 0 && version == 0 && tables == 0;
    if (!empty && (application != STORE_APPLICATION_ID || version < 1))
        return ERR_CORRUPT;
    if (version > store_migrations_n)
        return ERR_VERSION;
    *ret_version = (int)version;
    return ERR_OK;
}

/* ---- making ---- */

bool store_there(const struct store_options *o)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(o->vfs);
    int found = 0;
    return vfs && vfs->xAccess(vfs, o->path, SQLITE_ACCESS_EXISTS, &found) == SQLITE_OK && found;
}

/* The programs of a house run under users of one group; SQLite gives -wal and -shm the
 * rights of the database. */
static enum err make_file(const struct store_options *o)
{
    if (o->vfs)
        return ERR_OK;
    int fd = open(o->path, O_RDWR | O_CREAT | O_CLOEXEC, 0660);
    if (fd < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : errno == EACCES ? ERR_DENIED : ERR_IO;
    bool right = fchmod(fd, 0660) == 0;
    close(fd);
    return right ? ERR_OK : ERR_IO;
}

static enum err fill_new(struct store *s, bool simulated)
{
    int version = 0;
    enum err e = store_read_version(s, &version);
    if (e == ERR_OK && version > 0)
        e = ERR_EXISTS;
    CLEANUP(stmt_done) struct stmt wal = stmt_of(s, SQL_WAL);
    if (e == ERR_OK)
        e = stmt_run(&wal);
    if (e == ERR_OK)
        e = migrate_up(s, 0);
    return e == ERR_OK && simulated ? store_meta_put(s, META_SIMULATED, "1") : e;
}

enum err store_create(const struct store_options *o, bool simulated)
{
    CLEANUP(mem_freep) char *keys = keys_path(o);
    if (!keys)
        return ERR_NOMEM;
    CLEANUP(store_closep) struct store *s = NULL;
    enum err e = store_there(o) ? ERR_OK : make_file(o); /* an empty leftover is no file yet */
    if (e == ERR_OK)
        e = store_connect(o, true, &s);
    int version = 0;
    if (e == ERR_OK)
        e = store_read_version(s, &version);
    if (e == ERR_OK && version > 0)
        e = ERR_EXISTS;
    if (e != ERR_OK)
        return e;
    seen_forget(o->path);
    e = keyring_create(keys, o->rng);
    return e == ERR_OK || e == ERR_EXISTS ? fill_new(s, simulated) : e;
}

/* ---- opening and closing ---- */

static enum err open_keys(struct store *s, enum store_keys keys)
{
    if (keys == STORE_KEYS_NONE)
        return ERR_OK;
    s->house = keys != STORE_KEYS_UPLOAD;
    struct keyring_options o = { .dir = s->keys_dir,
                                 .rng = s->rng,
                                 .house = s->house,
                                 .upload = keys != STORE_KEYS_HOUSE,
                                 .busy_ms = s->busy_ms,
                                 .credentials = getenv("CREDENTIALS_DIRECTORY") };
    return keyring_open(&o, &s->keys);
}

static enum err read_simulated(struct store *s)
{
    char value[META_VALUE_SIZE];
    enum err e = store_meta_get(s, META_SIMULATED, value);
    s->simulated = e == ERR_OK && strcmp(value, "1") == 0;
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

/* SQLite makes do with reading when it cannot open a file for writing, for whatever passing
 * reason; who is to write must not find that out from visitor to visitor. */
static enum err prove_writable(struct store *s)
{
    if (s->read_only)
        return ERR_OK;
    if (sqlite3_db_readonly(s->db, NULL) == 1) /* BEGIN IMMEDIATE would only begin to read */
        return !s->foreign_vfs && access(s->path, W_OK) == 0 ? ERR_IO : ERR_DENIED;
    struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    store_tx_done(&tx);
    return e == ERR_BUSY ? ERR_OK : e; /* who waits for a writer may write */
}

/*
 * A journal that outlived its programs may end in the middle of a flash page: whoever wrote on
 * behind it would put stored commits at stake once more. So it is emptied first, and wholly:
 * one that only has been copied is written on when a reader is in the way. Who is not alone
 * finds a journal that was emptied, or a program that only reads and lets go soon.
 */
static enum err empty_journal(struct store *s, bool alone)
{
    if (s->read_only)
        return ERR_OK;
    int rc = SQLITE_OK, frames = 0;
    if (!alone)
        rc = sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &frames, NULL);
    bool more = rc == SQLITE_OK && (alone || frames > 0);
    for (int tries = 0; more && tries < (alone ? EMPTY_TRIES : 1); tries++) {
        rc = store_checkpoint_within(s, SQLITE_CHECKPOINT_TRUNCATE,
                                     alone ? EMPTY_WAIT_MS : EMPTY_BUSY_MS);
        more = rc == SQLITE_BUSY;
    }
    enum err e = store_err(s, rc);
    return e == ERR_BUSY && !alone ? ERR_OK : e;
}

enum err store_prepare(struct store *s, bool alone)
{
    enum err e = journal_name_safe(s);
    if (e == ERR_OK)
        e = prove_writable(s);
    return e == ERR_OK ? empty_journal(s, alone) : e;
}

enum err store_open(const struct store_options *o, struct store **ret_store)
{
    if (!store_there(o))
        return ERR_NOT_FOUND;
    CLEANUP(store_closep) struct store *s = NULL;
    bool alone = false;
    enum err e = journal_look_at_disk(o, &alone);
    if (e == ERR_OK)
        e = store_connect(o, false, &s);
    if (e == ERR_OK)
        e = store_read_version(s, &s->schema);
    if (e == ERR_OK && s->schema < store_migrations_n)
        e = s->schema == 0 ? ERR_CORRUPT : ERR_STATE;
    if (e == ERR_OK)
        e = store_prepare(s, alone);
    if (e == ERR_OK)
        e = read_simulated(s);
    if (e == ERR_OK)
        e = open_keys(s, o->keys);
    if (e == ERR_OK)
        e = seen_look(s);
    if (e == ERR_OK)
        *ret_store = TAKE(s);
    return e;
}

/* SQLite's own checkpoint at the last close swallows its errors, so ours comes before it and,
 * if that fails, SQLite's does not happen. */
static void settle_wal(struct store *s)
{
    if (s->read_only || s->schema == 0)
        return;
    enum err e = store_failed(s) ? ERR_IO : store_checkpoint(s);
    if (e == ERR_OK)
        return;
    log_error("store.checkpoint", e, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->db) {
        s->level = 0;
        s->tx = TX_NONE;
        stmts_close(s); /* a transaction that is still open ends with the connection */
        if (sqlite3_get_autocommit(s->db))
            settle_wal(s);
        stmts_close(s);
        sqlite3_close(s->db);
    }
    failure_unwatch(s);
    keyring_close(s->keys);
    mem_free(s->path);
    mem_free(s->mark);
    mem_free(s->keys_dir);
    mem_wipe(s->envelopes, sizeof(s->envelopes));
    mem_free(s);
}

void store_closep(struct store **s)
{
    store_close(*s);
    *s = NULL;
}

/* ---- what it is ---- */

bool store_simulated(const struct store *s)
{
    return s->simulated;
}

const char *store_path(const struct store *s)
{
    return s->path;
}

const char *store_boot(const struct store *s)
{
    return s->boot;
}

int store_schema(const struct store *s)
{
    return s->schema;
}

enum err store_free_bytes(const struct store *s, int64_t *ret_bytes)
{
    struct statvfs v;
    if (statvfs(s->path, &v) != 0)
        return ERR_IO;
    *ret_bytes = (int64_t)v.f_bavail * (int64_t)v.f_frsize;
    return ERR_OK;
}

enum err store_make_day(struct store *s, int32_t day)
{
    return s->house ? keyring_make_day(s->keys, day) : ERR_DENIED;
}
