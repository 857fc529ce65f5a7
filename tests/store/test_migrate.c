#include "store/migrations.h"

#include <sqlite3.h>

#include "store/meta.h"
#include "tests/store/fixture.h"

static sqlite3 *open_raw(const char *path)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    return db;
}

static void run(sqlite3 *db, const char *sql)
{
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why))
        CHECK_FAIL("%s: %s", sql, why);
}

/* What a released program of that version had made. */
static void make_version(const char *path, int version)
{
    char sql[128];
    sqlite3 *db = open_raw(path);
    run(db, "PRAGMA journal_mode = WAL");
    for (int i = 0; i < version; i++)
        run(db, store_migrations[i].sql);
    snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d",
             STORE_APPLICATION_ID, version);
    run(db, sql);
    sqlite3_close(db);
}

static char *schema_of(const char *path)
{
    sqlite3 *db = open_raw(path);
    sqlite3_stmt *q = NULL;
    CHECK_INT(sqlite3_prepare_v2(db, "SELECT group_concat(sql, char(10)) FROM"
                                     " (SELECT sql FROM sqlite_schema ORDER BY type, name)",
                                 -1, &q, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_step(q), SQLITE_ROW);
    char *text = strdup((const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    sqlite3_close(db);
    return text;
}

TEST(migrations_are_numbered_from_one_without_a_gap)
{
    CHECK(store_migrations_n >= 1);
    for (int i = 0; i < store_migrations_n; i++)
        CHECK_INT(store_migrations[i].version, i + 1);
}

TEST(every_older_schema_ends_as_a_new_one)
{
    struct house *h = house_open();
    house_close(h);
    char *fresh = schema_of(h->path);
    for (int version = 1; version <= store_migrations_n; version++) {
        char path[300];
        snprintf(path, sizeof(path), "%s.v%d", h->path, version);
        make_version(path, version);
        struct store_options o = h->options;
        struct store *s = NULL;
        int from = 0, to = 0;
        o.path = path;
        o.keys_dir = NULL;
        o.keys = STORE_KEYS_NONE;
        if (version < store_migrations_n)
            CHECK_ERR(store_open(&o, &s), ERR_STATE);
        CHECK_OK(store_migrate(&o, &from, &to));
        CHECK_INT(from, version);
        CHECK_INT(to, store_migrations_n);
        char *now = schema_of(path);
        CHECK_STR(now, fresh);
        free(now);
        CHECK_OK(store_open(&o, &s));
        store_close(s);
    }
    free(fresh);
}

TEST(migrating_what_is_not_a_database_of_ours_is_refused)
{
    struct house *h = house_open();
    house_close(h);
    char path[300];
    int from, to;
    struct store_options o = h->options;
    snprintf(path, sizeof(path), "%s.none", h->path);
    o.path = path;
    CHECK_ERR(store_migrate(&o, &from, &to), ERR_NOT_FOUND);
    sqlite3 *db = open_raw(path);
    run(db, "CREATE TABLE t (x)");
    sqlite3_close(db);
    CHECK_ERR(store_migrate(&o, &from, &to), ERR_CORRUPT);
}
