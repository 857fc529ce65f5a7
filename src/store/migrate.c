#include <stdio.h>

#include "base/log.h"
#include "store/inside.h"
#include "store/migrations.h"

#define ROOM_TO_SPARE (INT64_C(16) * 1024 * 1024)

static const char SQL_KEYS_OFF[] = "PRAGMA foreign_keys = OFF"; /* tables are made anew */
static const char SQL_KEYS_ON[] = "PRAGMA foreign_keys = ON";
static const char SQL_BEGIN[] = "BEGIN EXCLUSIVE";
static const char SQL_ROLLBACK[] = "ROLLBACK";
static const char SQL_COMMIT[] = "COMMIT";
static const char SQL_KEYS_CHECK[] = "SELECT count(*) FROM pragma_foreign_key_check";
static const char SQL_PAGES[] = "PRAGMA page_count";

static enum err run(struct store *s, const char *sql)
{
    return store_err(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

/* Pragmas take no bound values; these are two whole numbers. */
static enum err set_version(struct store *s, int version)
{
    char sql[96];
    snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION_ID, version);
    return run(s, sql);
}

static enum err keys_hold(struct store *s)
{
    int64_t broken = 0;
    enum err e = store_query_int(s, SQL_KEYS_CHECK, &broken);
    return e == ERR_OK && broken > 0 ? ERR_CORRUPT : e;
}

static enum err apply(struct store *s, const struct migration *m)
{
    int now = 0;
    enum err e = store_read_version(s, &now); /* somebody may just have done it */
    if (e != ERR_OK || now >= m->version)
        return e;
    e = run(s, m->sql);
    if (e == ERR_OK)
        e = keys_hold(s);
    return e == ERR_OK ? set_version(s, m->version) : e;
}

static enum err step(struct store *s, const struct migration *m)
{
    enum err e = run(s, SQL_BEGIN);
    if (e != ERR_OK)
        return e;
    e = apply(s, m);
    if (e == ERR_OK)
        e = run(s, SQL_COMMIT);
    if (!sqlite3_get_autocommit(s->db) && run(s, SQL_ROLLBACK) != ERR_OK)
        log_event(LOG_LEVEL_ERR, "store.rollback", NULL, m->version);
    if (e != ERR_OK)
        log_error("store.migrate", e, m->name);
    return e;
}

enum err migrate_up(struct store *s, int from)
{
    enum err e = run(s, SQL_KEYS_OFF);
    for (int i = from; e == ERR_OK && i < store_migrations_n; i++)
        e = step(s, &store_migrations[i]);
    if (e == ERR_OK)
        e = run(s, SQL_KEYS_ON);
    if (e == ERR_OK)
        s->schema = store_migrations_n;
    return e;
}

/* A migration may write every page once into the WAL. A simulated disk has no statvfs(). */
static enum err enough_room(struct store *s)
{
    int64_t pages = 0, room = 0;
    if (s->foreign_vfs)
        return ERR_OK;
    enum err e = store_query_int(s, SQL_PAGES, &pages);
    if (e == ERR_OK)
        e = store_free_bytes(s, &room);
    return e == ERR_OK && room < pages * 4096 + ROOM_TO_SPARE ? ERR_LIMIT : e;
}

enum err store_migrate(const struct store_options *o, int *ret_from, int *ret_to)
{
    if (!store_there(o))
        return ERR_NOT_FOUND;
    CLEANUP(store_closep) struct store *s = NULL;
    int from = 0;
    bool alone = false;
    enum err e = journal_look_at_disk(o, &alone);
    if (e == ERR_OK)
        e = store_connect(o, false, &s);
    if (e == ERR_OK)
        e = store_read_version(s, &from);
    if (e == ERR_OK && from == 0)
        e = ERR_CORRUPT;
    if (e == ERR_OK && from < store_migrations_n)
        e = enough_room(s);
    if (e == ERR_OK && from < store_migrations_n)
        e = store_prepare(s, alone);
    if (e == ERR_OK && from < store_migrations_n)
        e = migrate_up(s, from);
    if (e != ERR_OK)
        return e;
    *ret_from = from;
    *ret_to = store_migrations_n;
    return ERR_OK;
}
