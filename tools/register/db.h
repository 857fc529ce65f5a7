/*
 * tools/register/db.h - what the stand-in holds: JSON things in one SQLite table.
 *
 * A thing has a kind ("zaak"), a uuid, a parent that lists ask for, and a
 * unique text where the real register has a rule of uniqueness. Everything is
 * on disk before a request is answered, so kill -9 loses nothing answered.
 */
#ifndef TOOLS_REGISTER_DB_H
#define TOOLS_REGISTER_DB_H

#include <jansson.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

#define DB_STATEMENTS 16

struct db {
    sqlite3 *sql;
    struct {
        const char *text;
        sqlite3_stmt *statement;
    } kept[DB_STATEMENTS]; /* prepared once */
};

NODISCARD enum err db_open(struct db *db, const char *file); /* "" is memory only */
void db_close(struct db *db);

bool db_begin(struct db *db);
bool db_end(struct db *db, bool keep); /* commit or roll back */

struct thing {
    const char *kind, *uuid;
    const char *parent; /* or NULL */
    const char *unique; /* or NULL */
};

/* ERR_EXISTS: the unique text is taken; ERR_IO. The body is borrowed. */
NODISCARD enum err db_put(struct db *db, const struct thing *t, const json_t *body);
NODISCARD enum err db_update(struct db *db, const char *uuid, const json_t *body);

/* New references, NULL when there is none (or the disk failed). */
json_t *db_get(struct db *db, const char *kind, const char *uuid);
json_t *db_find(struct db *db, const char *kind, const char *unique);
/* An array in order of arrival; parent NULL: all of the kind. */
json_t *db_list(struct db *db, const char *kind, const char *parent);
int64_t db_count(struct db *db, const char *kind);

void db_log(struct db *db, const char *method, const char *path, int status, const char *fault);
json_t *db_log_list(struct db *db);

#endif
