#include "db.h"

#include <string.h>

static const char schema[] =
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "CREATE TABLE IF NOT EXISTS thing ("
    " n INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, uuid TEXT NOT NULL UNIQUE,"
    " parent TEXT, uniq TEXT, body TEXT NOT NULL);"
    "CREATE UNIQUE INDEX IF NOT EXISTS thing_uniq ON thing (kind, uniq) WHERE uniq IS NOT NULL;"
    "CREATE INDEX IF NOT EXISTS thing_parent ON thing (kind, parent);"
    "CREATE TABLE IF NOT EXISTS log ("
    " n INTEGER PRIMARY KEY, method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL,"
    " fault TEXT NOT NULL);";

enum err db_open(struct db *db, const char *file)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_FULLMUTEX;
    if (sqlite3_open_v2(file[0] ? file : ":memory:", &db->sql, flags, NULL) != SQLITE_OK ||
        sqlite3_busy_timeout(db->sql, 5000) != SQLITE_OK ||
        sqlite3_exec(db->sql, schema, NULL, NULL, NULL) != SQLITE_OK) {
        db_close(db);
        return ERR_IO;
    }
    return ERR_OK;
}

void db_close(struct db *db)
{
    for (size_t i = 0; i < DB_STATEMENTS; i++) {
        sqlite3_finalize(db->kept[i].statement);
        db->kept[i].statement = NULL;
    }
    sqlite3_close(db->sql);
    db->sql = NULL;
}

/* The statement of a text, which is a literal: prepared at its first use, and kept. */
static sqlite3_stmt *statement(struct db *db, const char *text)
{
    size_t i = 0;
    while (i < DB_STATEMENTS && db->kept[i].statement && db->kept[i].text != text)
        i++;
    if (i == DB_STATEMENTS)
        return NULL;
    if (!db->kept[i].statement) {
        db->kept[i].text = text;
        if (sqlite3_prepare_v3(db->sql, text, -1, SQLITE_PREPARE_PERSISTENT,
                               &db->kept[i].statement, NULL) != SQLITE_OK)
            return NULL;
    }
    return db->kept[i].statement;
}

/* Leaves it as if it had never been used; what was bound may be gone already. */
static void put_back(sqlite3_stmt *s)
{
    if (!s)
        return;
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
}

/* Binds up to five texts; NULL binds NULL. */
static sqlite3_stmt *ask(struct db *db, const char *text, const char *const args[], int n)
{
    sqlite3_stmt *s = statement(db, text);
    for (int i = 0; s && i < n; i++)
        sqlite3_bind_text(s, i + 1, args[i], -1, SQLITE_STATIC);
    return s;
}

static enum err run(sqlite3_stmt *s)
{
    int rc = sqlite3_step(s);
    int extended = sqlite3_extended_errcode(sqlite3_db_handle(s));
    put_back(s);
    if (rc == SQLITE_DONE)
        return ERR_OK;
    return extended == SQLITE_CONSTRAINT_UNIQUE ? ERR_EXISTS : ERR_IO;
}

static bool do_it(struct db *db, const char *text)
{
    sqlite3_stmt *s = ask(db, text, NULL, 0);
    return s && run(s) == ERR_OK;
}

bool db_begin(struct db *db)
{
    return do_it(db, "BEGIN IMMEDIATE");
}

bool db_end(struct db *db, bool keep)
{
    bool ok = do_it(db, keep ? "COMMIT" : "ROLLBACK");
    if (keep && !ok)
        (void)do_it(db, "ROLLBACK");
    return ok;
}

enum err db_put(struct db *db, const struct thing *t, const json_t *body)
{
    char *text = json_dumps(body, JSON_COMPACT);
    const char *args[] = { t->kind, t->uuid, t->parent, t->unique, text };
    sqlite3_stmt *s =
        ask(db, "INSERT INTO thing (kind, uuid, parent, uniq, body) VALUES (?, ?, ?, ?, ?)", args, 5);
    enum err e = text && s ? run(s) : ERR_IO;
    free(text);
    return e;
}

enum err db_update(struct db *db, const char *uuid, const json_t *body)
{
    char *text = json_dumps(body, JSON_COMPACT);
    const char *args[] = { text, uuid };
    sqlite3_stmt *s = ask(db, "UPDATE thing SET body = ? WHERE uuid = ?", args, 2);
    enum err e = text && s ? run(s) : ERR_IO;
    free(text);
    return e;
}

static json_t *column_json(sqlite3_stmt *s, int column)
{
    return json_loads((const char *)sqlite3_column_text(s, column), 0, NULL);
}

static json_t *one(sqlite3_stmt *s)
{
    json_t *found = s && sqlite3_step(s) == SQLITE_ROW ? column_json(s, 0) : NULL;
    put_back(s);
    return found;
}

json_t *db_get(struct db *db, const char *kind, const char *uuid)
{
    const char *args[] = { kind, uuid };
    return one(ask(db, "SELECT body FROM thing WHERE kind = ? AND uuid = ?", args, 2));
}

json_t *db_find(struct db *db, const char *kind, const char *unique)
{
    const char *args[] = { kind, unique };
    return one(ask(db, "SELECT body FROM thing WHERE kind = ? AND uniq = ?", args, 2));
}

json_t *db_list(struct db *db, const char *kind, const char *parent)
{
    const char *args[] = { kind, parent };
    sqlite3_stmt *s = ask(db,
                          parent ? "SELECT body FROM thing WHERE kind = ?1 AND parent = ?2 ORDER BY n"
                                 : "SELECT body FROM thing WHERE kind = ?1 ORDER BY n",
                          args, parent ? 2 : 1);
    json_t *list = json_array();
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, column_json(s, 0));
    put_back(s);
    return list;
}

int64_t db_count(struct db *db, const char *kind)
{
    const char *args[] = { kind };
    sqlite3_stmt *s = ask(db, "SELECT count(*) FROM thing WHERE kind = ?", args, 1);
    int64_t n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : -1;
    put_back(s);
    return n;
}

void db_log(struct db *db, const char *method, const char *path, int status, const char *fault)
{
    const char *args[] = { method, path, fault };
    sqlite3_stmt *s = ask(
        db, "INSERT INTO log (method, path, fault, status) VALUES (?, ?, ?, ?)", args, 3);
    if (!s)
        return;
    sqlite3_bind_int(s, 4, status);
    (void)run(s); /* a lost log line is no reason to refuse */
}

json_t *db_log_list(struct db *db)
{
    sqlite3_stmt *s =
        ask(db, "SELECT method, path, status, fault FROM log ORDER BY n", NULL, 0);
    json_t *list = json_array();
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:i, s:s}", "method", sqlite3_column_text(s, 0), "path",
                            sqlite3_column_text(s, 1), "status", sqlite3_column_int(s, 2), "fault",
                            sqlite3_column_text(s, 3)));
    put_back(s);
    return list;
}
