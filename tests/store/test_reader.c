/* A reader that never ends: the journal cannot start anew, and that is said. */
#include "store/store.h"

#include <sqlite3.h>

#include "store/meta.h"

#include "tests/store/fixture.h"

static sqlite3 *raw(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    return db;
}

TEST(a_reader_who_keeps_sixteen_mebibytes_of_journal_is_told_of_until_he_ends)
{
    struct house *h = house_open();
    sqlite3 *reader = raw(h->path, "BEGIN; SELECT * FROM meta");
    CHECK_OK(store_meta_put(h->s, "n", "1"));
    CHECK_OK(store_checkpoint(h->s)); /* so little may stay */
    sqlite3 *writer = raw(h->path, "CREATE TABLE big (v); INSERT INTO big VALUES (zeroblob(17825792)); "
                                   "DROP TABLE big");
    CHECK_ERR(store_checkpoint(h->s), ERR_LIMIT);
    CHECK(!store_failed(h->s)); /* the house goes on */
    CHECK_OK(store_meta_put(h->s, "n", "2"));
    CHECK_ERR(store_checkpoint(h->s), ERR_LIMIT);
    CHECK_INT(sqlite3_close(reader), SQLITE_OK);
    CHECK_OK(store_checkpoint(h->s));
    CHECK_INT(sqlite3_close(writer), SQLITE_OK);
    house_close(h);
}
