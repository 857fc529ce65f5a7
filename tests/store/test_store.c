#include "store/store.h"

#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/meta.h"
#include "store/migrations.h"
#include "tests/store/fixture.h"

/* Runs SQL past the store, as somebody with the file in hands could. */
static void meddle(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(path, &db), SQLITE_OK);
    char *why = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK)
        CHECK_FAIL("%s: %s", sql, why);
    sqlite3_close(db);
}

TEST(a_new_database_opens_with_the_newest_schema)
{
    struct house *h = house_open();
    CHECK_INT(store_schema(h->s), store_migrations_n);
    CHECK(store_simulated(h->s));
    CHECK_STR(store_boot(h->s), "boot-one");
    CHECK_ERR(store_create(&h->options, false), ERR_EXISTS);
    struct stat st;
    CHECK_INT(stat(h->path, &st), 0);
    CHECK_INT(st.st_mode & 07777, 0660);
    house_close(h);
}

TEST(no_database_is_told_from_a_wrong_one)
{
    struct house *h = house_open();
    house_close(h);
    struct store *s = NULL;
    struct store_options o = h->options;
    o.path = "/nowhere/house.db";
    CHECK_ERR(store_open(&o, &s), ERR_NOT_FOUND);
    CHECK_ERR(store_create(&o, false), ERR_NOT_FOUND);

    char other[300];
    snprintf(other, sizeof(other), "%s.other", h->path);
    meddle(other, "CREATE TABLE t (x); INSERT INTO t VALUES (1)");
    o.path = other;
    o.keys = STORE_KEYS_NONE;
    CHECK_ERR(store_open(&o, &s), ERR_CORRUPT);
    CHECK_ERR(store_create(&o, false), ERR_CORRUPT);

    FILE *f = fopen(other, "wb");
    for (int i = 0; i < 5000; i++)
        fputs("garbage ", f);
    fclose(f);
    CHECK_ERR(store_open(&o, &s), ERR_CORRUPT);
}

TEST(a_newer_schema_is_refused_and_nothing_is_written)
{
    struct house *h = house_open();
    house_close(h);
    char sql[64];
    snprintf(sql, sizeof(sql), "PRAGMA user_version = %d", store_migrations_n + 1);
    meddle(h->path, sql);
    char *before = check_read_file(h->path);
    struct stat st;
    CHECK_INT(stat(h->path, &st), 0);
    struct store *s = NULL;
    int from, to;
    CHECK_ERR(store_open(&h->options, &s), ERR_VERSION);
    CHECK_ERR(store_migrate(&h->options, &from, &to), ERR_VERSION);
    char *after = check_read_file(h->path);
    CHECK(memcmp(before, after, (size_t)st.st_size) == 0);
    free(before);
    free(after);
}

TEST(the_pragmas_of_the_reliability_rules_are_in_force)
{
    /* Looked at from inside would need the connection; what they do shows from outside. */
    struct house *h = house_open();
    CHECK_OK(store_meta_put(h->s, "canary", "a value that was here"));
    CHECK_OK(store_meta_put(h->s, "canary", "x"));
    struct stat st;
    char wal[300];
    snprintf(wal, sizeof(wal), "%s-wal", h->path);
    CHECK_INT(stat(wal, &st), 0); /* WAL, and no checkpoint by itself */
    CHECK(st.st_size > 0);
    CHECK_INT(st.st_mode & 0777, 0660);
    CHECK_OK(store_checkpoint(h->s));
    house_close(h);
    CHECK(stat(wal, &st) != 0); /* the last one to close takes it along */
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open(h->path, &db), SQLITE_OK);
    sqlite3_stmt *q = NULL;
    CHECK_INT(sqlite3_prepare_v2(db, "PRAGMA application_id", -1, &q, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_step(q), SQLITE_ROW);
    CHECK_INT(sqlite3_column_int(q, 0), STORE_APPLICATION_ID);
    sqlite3_finalize(q);
    sqlite3_close(db);
}

TEST(foreign_keys_and_value_checks_hold)
{
    struct house *h = house_open();
    struct claim_span c = { .coach = "sanne", .quanta = { 100, 1 }, .appointment = new_id(h) };
    CHECK_ERR(store_claim_take(h->s, &c), ERR_INVAL); /* no such appointment */
    struct appointment_row r = a_hold(h, "sanne", NOON);
    r.end = r.start - 1;
    CHECK_ERR(store_appointment_insert(h->s, &r, NULL), ERR_INVAL);
    house_close(h);
}

TEST(a_read_only_store_reads_and_refuses_to_write)
{
    struct house *h = house_open();
    CHECK_OK(store_meta_put(h->s, "site", "roosendaal"));
    struct store_options o = h->options;
    o.read_only = true;
    o.keys = STORE_KEYS_NONE;
    CLEANUP(store_closep) struct store *s = NULL;
    CHECK_OK(store_open(&o, &s));
    char value[META_VALUE_SIZE];
    CHECK_OK(store_meta_get(s, "site", value));
    CHECK_STR(value, "roosendaal");
    struct store_tx tx = { 0 };
    CHECK_ERR(store_begin(s, &tx), ERR_DENIED);
    CHECK_ERR(store_meta_put(s, "site", "breda"), ERR_DENIED);
    CHECK_ERR(store_checkpoint(s), ERR_DENIED);
    house_close(h);
}

TEST(others_see_a_commit_by_the_change_count)
{
    struct house *h = house_open();
    CLEANUP(store_closep) struct store *display = NULL;
    struct store_options o = h->options;
    o.read_only = true;
    o.keys = STORE_KEYS_NONE;
    CHECK_OK(store_open(&o, &display));
    int64_t before, same, after, own_before, own_after;
    CHECK_OK(store_changes(display, &before));
    CHECK_OK(store_changes(display, &same));
    CHECK_INT(same, before);
    CHECK_OK(store_changes(h->s, &own_before));
    CHECK_OK(store_meta_put(h->s, "a", "b"));
    CHECK_OK(store_changes(display, &after));
    CHECK(after != before);
    CHECK_OK(store_changes(h->s, &own_after)); /* our own commit counts too */
    CHECK(own_after != own_before);
    house_close(h);
}

TEST(a_database_with_odd_letters_in_its_path_opens)
{
    struct house *h = house_open();
    house_close(h);
    char path[300];
    snprintf(path, sizeof(path), "%s/what? 100%% #1 é.db", check_tmpdir());
    struct store_options o = h->options;
    o.path = path;
    CHECK_OK(store_create(&o, false));
    CLEANUP(store_closep) struct store *s = NULL;
    CHECK_OK(store_open(&o, &s));
    CHECK(!store_simulated(s));
    CHECK_INT(access(path, F_OK), 0);
}

TEST(missing_keys_stop_the_house_but_not_the_display)
{
    struct house *h = house_open();
    house_close(h);
    char cmd_path[300];
    snprintf(cmd_path, sizeof(cmd_path), "%s.keys/device.key", h->path);
    CHECK_INT(unlink(cmd_path), 0);
    struct store *s = NULL;
    CHECK_ERR(store_open(&h->options, &s), ERR_NOT_FOUND);
    struct store_options o = h->options;
    o.keys = STORE_KEYS_UPLOAD;
    CHECK_OK(store_open(&o, &s)); /* the uploader needs no device key */
    store_close(s);
    o.keys = STORE_KEYS_NONE;
    CHECK_OK(store_open(&o, &s));
    store_close(s);
}

TEST(a_key_file_that_others_can_read_is_refused)
{
    struct house *h = house_open();
    house_close(h);
    char key[300];
    struct store *s = NULL;
    const char *names[] = { "device.key", "audit.key", "upload.key" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        snprintf(key, sizeof(key), "%s.keys/%s", h->path, names[i]);
        CHECK_INT(chmod(key, 0640), 0);
        CHECK_ERR(store_open(&h->options, &s), ERR_DENIED);
        CHECK_INT(chmod(key, 0604), 0);
        CHECK_ERR(store_open(&h->options, &s), ERR_DENIED);
        CHECK_INT(chmod(key, 0400), 0);
    }
    CHECK_OK(store_open(&h->options, &s));
    store_close(s);
}

TEST(a_half_made_database_is_made_whole_by_the_next_try)
{
    struct house *h = house_open();
    house_close(h);
    char path[300];
    snprintf(path, sizeof(path), "%s/half.db", check_tmpdir());
    FILE *f = fopen(path, "wb"); /* a power cut left an empty file */
    fclose(f);
    struct store_options o = h->options;
    o.path = path;
    struct store *s = NULL;
    CHECK_ERR(store_open(&o, &s), ERR_NOT_FOUND);
    CHECK_OK(store_create(&o, false));
    CHECK_OK(store_open(&o, &s));
    store_close(s);
}

TEST(checkpoints_keep_the_wal_small)
{
    struct house *h = house_open();
    char wal[300], value[16];
    snprintf(wal, sizeof(wal), "%s-wal", h->path);
    for (int i = 0; i < 300; i++) {
        snprintf(value, sizeof(value), "%d", i);
        CHECK_OK(store_meta_put(h->s, "n", value));
        if (i % 20 == 19)
            CHECK_OK(store_checkpoint(h->s));
    }
    struct stat st;
    CHECK_INT(stat(wal, &st), 0);
    CHECK(st.st_size < 60 * 4120); /* 300 commits of a frame or two, over and over */
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    CHECK_ERR(store_checkpoint(h->s), ERR_STATE);
    store_tx_done(&tx);
    house_close(h);
}
