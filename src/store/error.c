#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "store/inside.h"

/*
 * SQLite swallows some errors (of a checkpoint at close, of a sync whose result it has no
 * use for), but it tells all of them to the log callback. A failed write or sync means that
 * nothing more may be acknowledged by this process.
 */
static atomic_ulong failures;

static bool is_storage_failure(int extended)
{
    switch (extended) {
    case SQLITE_IOERR_WRITE:
    case SQLITE_IOERR_FSYNC:
    case SQLITE_IOERR_DIR_FSYNC:
    case SQLITE_IOERR_TRUNCATE:
    case SQLITE_IOERR_CLOSE:
        return true;
    default:
        return false;
    }
}

/* The stores that are open in this process. */
static pthread_mutex_t watching = PTHREAD_MUTEX_INITIALIZER;
static struct store *watched;

void failure_watch(struct store *s)
{
    pthread_mutex_lock(&watching);
    s->next = watched;
    watched = s;
    pthread_mutex_unlock(&watching);
}

void failure_unwatch(struct store *s)
{
    pthread_mutex_lock(&watching);
    for (struct store **at = &watched; *at; at = &(*at)->next)
        if (*at == s) {
            *at = s->next;
            break;
        }
    pthread_mutex_unlock(&watching);
}

bool failure_watches(const char *path)
{
    bool found = false;
    pthread_mutex_lock(&watching);
    for (struct store *s = watched; s && !found; s = s->next)
        found = strcmp(s->path, path) == 0;
    pthread_mutex_unlock(&watching);
    return found;
}

/* "os_unix.c:N: (5) full_fsync(/var/lib/dynamo/dynamo.db-wal) - ..." names the file. */
static bool is_of(const char *text, struct store *s)
{
    const char *path = s->db ? sqlite3_db_filename(s->db, "main") : NULL;
    const char *at = path && *path ? strstr(text, path) : NULL;
    return at && (at[strlen(path)] == ')' || at[strlen(path)] == '-');
}

/* At once, before anything else can go wrong. */
static void mark_failed_sync(const char *text)
{
    pthread_mutex_lock(&watching);
    for (struct store *s = watched; s; s = s->next)
        if (is_of(text, s))
            journal_mark(s);
    pthread_mutex_unlock(&watching);
}

static void on_log(UNUSED void *arg, int code, const char *text)
{
    int primary = code & 0xFF;
    if (is_storage_failure(code))
        atomic_fetch_add(&failures, 1);
    if (code == SQLITE_IOERR_FSYNC)
        mark_failed_sync(text);
    /* The text may quote a value, so only the number is told. */
    if (primary != SQLITE_NOTICE && primary != SQLITE_WARNING && primary != SQLITE_SCHEMA &&
        primary != SQLITE_CONSTRAINT && primary != SQLITE_BUSY)
        log_event(LOG_LEVEL_WARN, "store.sqlite", NULL, code);
}

/* Must come before SQLite's first use, also by who registers a VFS. */
__attribute__((constructor)) static void watch_sqlite(void)
{
    sqlite3_config(SQLITE_CONFIG_LOG, on_log, (void *)0);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

void failure_count(void)
{
    atomic_fetch_add(&failures, 1);
}

unsigned long storage_failures(void)
{
    return atomic_load(&failures);
}

/* SQLite names the columns of a unique index, not the index. */
static const struct {
    const char *columns;
    enum store_guard guard;
    enum err e;
} guards[] = {
    { "visit.id", STORE_GUARD_VISIT_ID, ERR_EXISTS },
    { "visit.day, visit.series, visit.number", STORE_GUARD_TICKET, ERR_EXISTS },
    { "visit.with_coach", STORE_GUARD_VISIT_COACH, ERR_TAKEN },
    { "visit.day, visit.person_mac", STORE_GUARD_VISIT_PERSON, ERR_EXISTS },
    { "appointment.id", STORE_GUARD_APPOINTMENT_ID, ERR_EXISTS },
    { "appointment.code_mac", STORE_GUARD_CODE, ERR_EXISTS },
    { "claim.coach, claim.q5, claim.seat", STORE_GUARD_CLAIM, ERR_TAKEN },
    { "outbox.id", STORE_GUARD_OUTBOX_ID, ERR_EXISTS },
};

static enum err constraint(struct store *s, int extended)
{
    if (extended != SQLITE_CONSTRAINT_UNIQUE && extended != SQLITE_CONSTRAINT_PRIMARYKEY)
        return ERR_INVAL; /* a CHECK, a type, a foreign key, an append-only table */
    const char *text = sqlite3_errmsg(s->db);
    const char *columns = strstr(text, ": ");
    s->guard = STORE_GUARD_OTHER;
    for (size_t i = 0; columns && i < ARRAY_LEN(guards); i++)
        if (strcmp(columns + 2, guards[i].columns) == 0) {
            s->guard = guards[i].guard;
            return guards[i].e;
        }
    return ERR_EXISTS;
}

enum err store_err(struct store *s, int rc)
{
    if (rc == SQLITE_OK || rc == SQLITE_ROW || rc == SQLITE_DONE)
        return ERR_OK;
    int extended = s->db ? sqlite3_extended_errcode(s->db) : rc;
    switch (rc & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_CONSTRAINT:
        return constraint(s, extended);
    case SQLITE_IOERR:
        if (is_storage_failure(extended))
            atomic_fetch_add(&failures, 1);
        return extended == SQLITE_IOERR_NOMEM ? ERR_NOMEM : ERR_IO;
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
        return ERR_IO;
    case SQLITE_NOMEM:
        return ERR_NOMEM;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return ERR_DENIED;
    case SQLITE_TOOBIG:
        return ERR_LIMIT;
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
        return ERR_INVAL;
    default: /* CORRUPT, NOTADB, and a schema that lacks what we ask for */
        return ERR_CORRUPT;
    }
}

enum store_guard store_guard(const struct store *s)
{
    return s->guard;
}

bool store_failed(const struct store *s)
{
    return storage_failures() != s->failures;
}
