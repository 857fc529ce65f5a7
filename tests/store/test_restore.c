/* A backup in the database's place: checked first, and what was there only set aside. */
#include <sqlite3.h>
#include <unistd.h>

#include "crypt/keyring.h"
#include "store/backup.h"
#include "store/meta.h"
#include "store/migrations.h"
#include "tests/store/fixture.h"

struct site {
    struct house *h;
    char backup[300], place[300], keys[300];
    struct visit_row visit;
    struct restore_options o;
};

/* A house with one visit, its backup, and an empty place for it. */
static struct site site_make(void)
{
    struct site t = { .h = house_open() };
    struct person p = a_person("Noor", "Berg");
    struct backup_made made;
    t.visit = a_visit(t.h, 1);
    CHECK_OK(store_visit_insert(t.h->s, &t.visit, &p));
    snprintf(t.backup, sizeof(t.backup), "%s.b", t.h->path);
    snprintf(t.place, sizeof(t.place), "%s.other", t.h->path);
    snprintf(t.keys, sizeof(t.keys), "%s.keys", t.h->path);
    CHECK_OK(store_backup(t.h->s, t.backup, &made));
    t.o = (struct restore_options){ .to = { .rng = &t.h->rng, .keys = STORE_KEYS_HOUSE } };
    return t;
}

static enum err restore(struct site *t, const char *keys, bool force, struct restored *r)
{
    t->o.backup = t->backup;
    t->o.to.path = t->place;
    t->o.to.keys_dir = keys;
    t->o.force = force;
    return store_restore(&t->o, r);
}

static bool exists(const char *path, const char *suffix)
{
    char name[1100];
    snprintf(name, sizeof(name), "%s%s", path, suffix);
    return access(name, F_OK) == 0;
}

TEST(with_its_keys_a_restored_house_is_as_it_was)
{
    struct site t = site_make();
    struct restored r;
    struct store *s = NULL;
    struct person p;
    CHECK_OK(restore(&t, t.keys, false, &r));
    CHECK(!r.new_keys);
    CHECK_STR(r.aside, "");
    CHECK_INT(r.schema, r.backup.schema);
    CHECK(!exists(t.place, ".new"));
    CHECK(!exists(t.place, ".new-wal"));
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK_OK(store_visit_person(s, &t.visit.id, &p));
    CHECK_STR(p.given, "Noor");
    CHECK_OK(store_meta_put_int(s, "x", 1));
    CHECK(exists(t.place, "-wal"));
    store_close(s);
    house_close(t.h);
}

TEST(without_them_queue_and_counts_work_and_names_say_so)
{
    struct site t = site_make();
    struct restored r;
    struct store *s = NULL;
    struct person p = a_person("Daan", "Li");
    CLEANUP(visit_rows_done) struct visit_rows l = { 0 };
    CHECK_OK(restore(&t, NULL, false, &r));
    CHECK(r.new_keys);
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK_OK(store_visits_open(s, DAY1, &l));
    CHECK_INT(l.n, 1);
    CHECK_INT(l.v[0].number, 1);
    CHECK_ERR(store_visit_person(s, &t.visit.id, &p), ERR_DENIED);
    struct visit_row next = a_visit(t.h, 2);
    CHECK_OK(store_visit_insert(s, &next, &p)); /* the day goes on */
    CHECK_ERR(store_visit_person(s, &t.visit.id, &p), ERR_DENIED);
    CHECK_OK(store_visit_person(s, &next.id, &p));
    store_close(s);
    house_close(t.h);
}

static void write_log(struct store *s, int n)
{
    struct audit_row r = { .at = NOON, .actor = "staff:sanne", .action = "visit.call", .result = "ok" };
    for (int i = 0; i < n; i++, r.at++)
        CHECK_OK(store_audit_append(s, &r));
}

/* Restores a house of `n` lines without its keys, and opens it. */
static struct store *restored_without_keys(struct site *t, int n)
{
    struct restored r;
    struct store *s = NULL;
    struct backup_made made;
    write_log(t->h->s, n);
    unlink(t->backup);
    CHECK_OK(store_backup(t->h->s, t->backup, &made));
    t->o.by = (struct audit_row){ .at = NOON, .actor = "ctl", .result = "ok" };
    CHECK_OK(restore(t, NULL, false, &r));
    CHECK(r.new_keys);
    CHECK_OK(store_open(&t->o.to, &s));
    return s;
}

static struct said verify(struct store *s, enum err want)
{
    struct said said = { 0 };
    CHECK_ERR(store_audit_verify(s, NULL, gather, &said), want);
    return said;
}

static int64_t unproved(struct store *s)
{
    int64_t until = -1;
    CHECK_OK(store_audit_unproved(s, &until));
    return until;
}

TEST(without_its_key_the_log_goes_on_and_holds_the_lines_before_to_what_they_were)
{
    struct site t = site_make();
    CHECK_INT(unproved(t.h->s), 0);
    struct store *s = restored_without_keys(&t, 6);
    CHECK_INT(unproved(s), 6);
    write_log(s, 3);
    verify(s, ERR_OK);
    CLEANUP(audit_rows_done) struct audit_rows l = { 0 };
    CHECK_OK(store_audit_list(s, 6, 1, &l));
    CHECK_INT(l.n, 1);
    CHECK_STR(l.v[0].action, AUDIT_NEW_KEYS);
    CHECK_STR(l.v[0].actor, "ctl");
    store_close(s);
    house_close(t.h);
}

TEST(a_line_under_a_lost_key_that_is_edited_removed_or_vouched_for_falsely_is_found)
{
    static const char *const edits[] = {
        "UPDATE audit SET actor = 'staff:amir' WHERE seq = 1",
        "UPDATE audit SET object = 'x' WHERE seq = 6",
        "UPDATE audit SET mac = randomblob(32) WHERE seq = 3",
        "DELETE FROM audit WHERE seq = 1",
        "DELETE FROM audit WHERE seq = 6",
        "DELETE FROM audit WHERE seq > 6",
        "UPDATE audit SET object = replace(object, substr(object, 1, 1), 'g') WHERE seq = 7",
        "UPDATE audit SET object = 'y', mac = (SELECT mac FROM audit WHERE seq = 3) WHERE seq = 2",
        "UPDATE meta SET value = '8' WHERE key = 'audit_old'",
        "UPDATE meta SET value = '5' WHERE key = 'audit_old'",
        "DELETE FROM meta WHERE key = 'audit_old'",
        "UPDATE meta SET value = replace(value, '0', '1') WHERE key = 'audit_old_digest'",
        "UPDATE meta SET value = '' WHERE key = 'audit_old_digest'",
    };
    for (size_t i = 0; i < ARRAY_LEN(edits); i++) {
        struct site t = site_make();
        struct store *s = restored_without_keys(&t, 6);
        sqlite3 *db = NULL;
        write_log(s, 3);
        store_close(s);
        CHECK_INT(sqlite3_open(t.place, &db), SQLITE_OK);
        CHECK_INT(sqlite3_exec(db, "DROP TRIGGER audit_stays; DROP TRIGGER audit_keeps", NULL, NULL,
                               NULL), SQLITE_OK);
        CHECK_INT(sqlite3_exec(db, edits[i], NULL, NULL, NULL), SQLITE_OK);
        CHECK(sqlite3_total_changes(db) > 0);
        sqlite3_close(db);
        CHECK_OK(store_open(&t.o.to, &s));
        verify(s, ERR_CORRUPT);
        store_close(s);
        house_close(t.h);
    }
}

TEST(a_log_that_was_restored_twice_and_shortened_in_between_still_verifies)
{
    struct site t = site_make();
    struct store *s = restored_without_keys(&t, 6);
    struct audit_row by = { .at = NOON + DAY_MS, .actor = "ctl", .result = "ok" };
    struct audit_row late = { .at = NOON + DAY_MS, .actor = "staff:sanne", .action = "x", .result = "ok" };
    struct restored r;
    struct backup_made made;
    struct audit_cut cut;
    static const int64_t after[] = { 3, 100 }; /* into the old lines, over them */
    for (size_t i = 0; i < ARRAY_LEN(after); i++) {
        CHECK_OK(store_audit_append(s, &late));
        struct store_tx tx = { 0 };
        CHECK_OK(store_begin(s, &tx));
        CHECK_OK(store_audit_shorten(s, NOON + after[i], &by, &cut));
        CHECK_OK(store_commit(&tx));
        verify(s, ERR_OK);
        CHECK_INT(cut.until, i == 0 ? 3 : 7);
    }
    CHECK_INT(unproved(s), 0);
    unlink(t.backup);
    CHECK_OK(store_backup(s, t.backup, &made));
    store_close(s);
    snprintf(t.place, sizeof(t.place), "%s.third", t.h->path);
    t.o.by = late;
    CHECK_OK(restore(&t, NULL, false, &r));
    CHECK(r.new_keys);
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK(unproved(s) > 7);
    write_log(s, 1);
    verify(s, ERR_OK);
    store_close(s);
    house_close(t.h);
}

TEST(keys_that_a_power_cut_left_of_a_restore_count_as_new)
{
    struct site t = site_make();
    char dir[400];
    struct restored r;
    struct store *s = NULL;
    snprintf(dir, sizeof(dir), "%s.keys", t.place);
    CHECK_OK(keyring_create(dir, &t.h->rng));
    write_log(t.h->s, 2);
    unlink(t.backup);
    CHECK_OK(store_backup(t.h->s, t.backup, &r.backup));
    t.o.by = (struct audit_row){ .at = NOON, .actor = "ctl", .result = "ok" };
    CHECK_OK(restore(&t, NULL, false, &r));
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK_INT(unproved(s), 2);
    verify(s, ERR_OK);
    store_close(s);
    house_close(t.h);
}

TEST(a_database_that_is_there_is_kept_and_by_force_set_aside)
{
    struct site t = site_make();
    struct restored r;
    struct store *s = NULL;
    int64_t n = 0;
    CHECK_OK(restore(&t, NULL, false, &r));
    CHECK_ERR(restore(&t, NULL, false, &r), ERR_EXISTS);
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK_OK(store_meta_put_int(s, "mine", 5));
    CHECK_ERR(restore(&t, NULL, true, &r), ERR_BUSY); /* not under the feet of a program */
    store_close(s);
    for (int i = 1; i <= 2; i++) {
        CHECK_OK(restore(&t, NULL, true, &r));
        CHECK(!r.new_keys); /* those of the house that was there */
        CHECK_INT(r.aside[strlen(r.aside) - 1], '0' + i);
    }
    char first[400];
    snprintf(first, sizeof(first), "%s.aside-1", t.place);
    t.o.to.path = first;
    t.o.to.keys = STORE_KEYS_NONE;
    CHECK_OK(store_open(&t.o.to, &s));
    CHECK_OK(store_meta_get_int(s, "mine", &n));
    CHECK_INT(n, 5);
    store_close(s);
    house_close(t.h);
}

/* Else SQLite would play it into the restored database. */
TEST(a_wal_without_its_database_is_set_aside_too)
{
    struct site t = site_make();
    struct restored r;
    char wal[320];
    snprintf(wal, sizeof(wal), "%s-wal", t.place);
    FILE *f = fopen(wal, "w");
    fputs("left over", f);
    fclose(f);
    CHECK_ERR(restore(&t, NULL, false, &r), ERR_EXISTS);
    CHECK_OK(restore(&t, NULL, true, &r));
    CHECK(!exists(wal, ""));
    CHECK(exists(r.aside, "-wal"));
    house_close(t.h);
}

static long size_of(const char *path)
{
    FILE *f = fopen(path, "r");
    CHECK_INT(fseek(f, 0, SEEK_END), 0);
    long n = ftell(f);
    fclose(f);
    return n;
}

static void check_refused(struct site *t, enum err want)
{
    struct restored r;
    CHECK_ERR(restore(t, NULL, true, &r), want);
    CHECK(!exists(t->place, ""));
    CHECK(!exists(t->place, ".new"));
    CHECK(!exists(t->place, ".keys"));
}

TEST(a_backup_that_was_cut_anywhere_is_refused)
{
    struct site t = site_make();
    long whole = size_of(t.backup);
    for (long n = whole - 1; n > 0; n = n > 8192 ? n / 4096 * 4096 - 4096 + 17 : n / 2) {
        CHECK_INT(truncate(t.backup, n), 0);
        check_refused(&t, ERR_CORRUPT);
    }
    CHECK_INT(truncate(t.backup, 0), 0);
    check_refused(&t, ERR_CORRUPT);
    CHECK_INT(unlink(t.backup), 0);
    check_refused(&t, ERR_NOT_FOUND);
    house_close(t.h);
}

TEST(a_damaged_a_foreign_and_a_newer_file_are_refused)
{
    struct site t = site_make();
    FILE *f = fopen(t.backup, "r+");
    CHECK_INT(fseek(f, 4 * 4096 + 8, SEEK_SET), 0); /* a page in the middle */
    for (int i = 0; i < 16 * 4096; i++)
        fputc(0x5A, f);
    fclose(f);
    check_refused(&t, ERR_CORRUPT);
    const char *const sql[] = { "PRAGMA application_id = 7", "PRAGMA user_version = 999" };
    for (size_t i = 0; i < ARRAY_LEN(sql); i++) {
        struct backup_made made;
        sqlite3 *db = NULL;
        CHECK_INT(unlink(t.backup), 0);
        CHECK_OK(store_backup(t.h->s, t.backup, &made));
        CHECK_INT(sqlite3_open(t.backup, &db), SQLITE_OK);
        CHECK_INT(sqlite3_exec(db, sql[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        check_refused(&t, i == 0 ? ERR_CORRUPT : ERR_VERSION);
    }
    house_close(t.h);
}

/* As a released program had made it; with one version only there is nothing to bring up. */
TEST(an_older_backup_is_brought_up_to_date)
{
    for (int version = 1; version <= store_migrations_n; version++) {
        struct site t = site_make();
        struct restored r;
        struct store *s = NULL;
        sqlite3 *db = NULL;
        char sql[96];
        CHECK_INT(unlink(t.backup), 0);
        CHECK_INT(sqlite3_open(t.backup, &db), SQLITE_OK);
        for (int i = 0; i < version; i++)
            CHECK_INT(sqlite3_exec(db, store_migrations[i].sql, NULL, NULL, NULL), SQLITE_OK);
        snprintf(sql, sizeof(sql), "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 STORE_APPLICATION_ID, version);
        CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        CHECK_OK(restore(&t, NULL, false, &r));
        CHECK_INT(r.backup.schema, version);
        CHECK_INT(r.schema, store_migrations_n);
        CHECK_OK(store_open(&t.o.to, &s));
        CHECK_INT(store_schema(s), store_migrations_n);
        store_close(s);
        house_close(t.h);
    }
}
