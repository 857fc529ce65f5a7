/* A backup in the database's place: checked first, and what was there only set aside. */
#include <sqlite3.h>
#include <unistd.h>

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
