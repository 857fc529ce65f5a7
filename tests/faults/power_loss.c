/*
 * Power loss on the real store. The log of all that reached the disk in a scripted day, and in
 * each migration, is cut at every point, with the unsynced part kept, dropped, reordered, torn,
 * and with the flash page under a write destroyed. Each image must open with exactly the last
 * commit that was done, or the one that was under way. A second cut finds what the first left.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "store/audit.h"
#include "store/inside.h"
#include "store/migrations.h"
#include "tests/faults/day.h"
#include "tests/faults/many.h"
#include "tests/lib/check.h"

#define IMAGES 96000
#define IMAGES_AT_LENGTH 960000
#define MIGRATION_IMAGES 4000
#define MIGRATION_IMAGES_AT_LENGTH 40000
#define COMMITS_MAX 400
#define OPEN_EVERY 7   /* one image in so many is opened by the store itself, the others are read */
#define SOUND_EVERY 21 /* and the long check is made of one in so many */
#define STEPS_BETWEEN 4 /* of the day, between two cuts */
#define VERSIONS_MAX 32

#define FAILS(...)                       \
    do {                                 \
        fprintf(many_said, __VA_ARGS__); \
        fprintf(many_said, "\n");        \
        fflush(many_said);               \
        _exit(1);                        \
    } while (0)

/* ---- what a database holds, in one number ---- */

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ b[i]) * UINT64_C(1099511628211); /* FNV-1a */
    return h;
}

static uint64_t mix_schema(sqlite3 *db, bool *ret_good)
{
    static const char sql[] = "SELECT type, name, sql FROM sqlite_schema ORDER BY name";
    uint64_t h = UINT64_C(14695981039346656037);
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &q, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(q); i++)
            h = mix(h, sqlite3_column_blob(q, i), (size_t)sqlite3_column_bytes(q, i));
        rc = SQLITE_OK;
    }
    *ret_good = rc == SQLITE_DONE;
    sqlite3_finalize(q);
    return h;
}

/* Every byte of every page, but for what a copy has of its own: how it keeps its journal, and
 * how often it was changed (https://www.sqlite.org/fileformat.html, 1.3). */
static uint64_t digest(unsigned char *pages, sqlite3_int64 size)
{
    static const struct {
        int at, n;
    } own[] = { { 18, 2 }, { 24, 4 }, { 40, 4 }, { 92, 8 } };
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < ARRAY_LEN(own) && size > 100; i++)
        memset(pages + own[i].at, 0, (size_t)own[i].n);
    for (sqlite3_int64 i = 0; i + 8 <= size; i += 8) {
        uint64_t word;
        memcpy(&word, pages + i, sizeof(word));
        h = (h ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        h ^= h >> 32;
    }
    return h;
}

/* As SQLite reads them through the journal; 0: it cannot. */
static uint64_t digest_of(sqlite3 *db)
{
    sqlite3_int64 size = 0;
    unsigned char *pages = sqlite3_serialize(db, "main", &size, 0);
    uint64_t h = pages ? digest(pages, size) : 0;
    sqlite3_free(pages);
    return h;
}

/* The same without reading the schema, which costs five times as much as all the rest. */
static uint64_t digest_at_a_glance(void)
{
    static sqlite3 *copy;
    sqlite3_int64 size = 0;
    sqlite3 *db = NULL;
    if (!copy && (sqlite3_open(":memory:", &copy) != SQLITE_OK ||
                  sqlite3_deserialize(copy, "main", sqlite3_malloc64(DISK_PAGE), 0, DISK_PAGE,
                                      SQLITE_DESERIALIZE_RESIZEABLE |
                                          SQLITE_DESERIALIZE_FREEONCLOSE) != SQLITE_OK))
        return 0;
    bool good = sqlite3_open_v2(BOX_DB, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK;
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_backup *b = sqlite3_backup_init(copy, "main", db, "main");
    good = good && sqlite3_backup_step(b, -1) == SQLITE_DONE;
    good = sqlite3_backup_finish(b) == SQLITE_OK && good;
    sqlite3_close(db);
    unsigned char *pages = sqlite3_serialize(copy, "main", &size, SQLITE_SERIALIZE_NOCOPY);
    return good && pages ? digest(pages, size) : 0;
}

/* ---- the day, written down ---- */

static struct {
    struct disk *before;
    struct disk_log *log;
    uint64_t commits[COMMITS_MAX]; /* what each left behind; 0 is what was there before */
    int n;
    sqlite3 *reader;
} day;

static void forget_log(void)
{
    disk_log_destroy(day.log);
    disk_destroy(day.before);
    day.log = NULL;
    day.before = NULL;
}

static void note_commit(void)
{
    CHECK(day.n < COMMITS_MAX);
    CHECK((day.commits[day.n] = digest_of(day.reader)) != 0);
    disk_log_mark(day.log, day.n);
    day.n++;
}

static int on_commit(UNUSED void *arg, UNUSED sqlite3 *db, UNUSED const char *name,
                     UNUSED int pages)
{
    note_commit();
    return SQLITE_OK;
}

static void hear_of_commits(struct store *s)
{
    sqlite3_wal_hook(s->db, on_commit, NULL);
}

static void write_down_a_day(void)
{
    static struct box b;
    struct day d;
    box_begin(&b, 3);
    day.before = disk_copy(calls_disk());
    day.log = disk_log_begin(calls_disk());
    CHECK_INT(sqlite3_open_v2(BOX_DB, &day.reader, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    note_commit();
    box_opened = hear_of_commits;
    day_begin(&d, &b);
    for (int i = 0; i < day_steps(); i++) {
        enum err e = day_step(&d, i);
        if (e != ERR_OK)
            CHECK_FAIL("%s: %s", day_step_name(i), err_text(e));
        calls_advance(MINUTE_MS);
    }
    CHECK_INT(sqlite3_close(day.reader), SQLITE_OK);
    box_opened = NULL;
    box_done(&b);
    disk_log_end(calls_disk());
    CHECK_INT(day.log != NULL && day.n > 20, true);
    CHECK(digest_at_a_glance() == day.commits[day.n - 1]);
}

/* ---- the images ---- */

static void nothing_said(void *arg, const char *line)
{
    fprintf(arg, "check: %s\n", line);
}

static void check_digest(size_t at, int done, uint64_t got)
{
    bool next = done + 1 < day.n && got == day.commits[done + 1];
    if (got != day.commits[done] && !next)
        FAILS("change %zu: commit %d was done, and what is there is neither that nor the next", at,
              done);
}

/* Opened by the store, which empties the journal before anything else. */
static void check_image(size_t at, int done, bool long_check)
{
    struct rng r = rng_seeded(at);
    struct store_options o = { .path = BOX_DB, .rng = &r, .keys = STORE_KEYS_HOUSE };
    struct store *s = NULL;
    enum err e = store_open(&o, &s);
    if (e != ERR_OK)
        FAILS("change %zu: the database does not open: %s", at, err_text(e));
    check_digest(at, done, digest_of(s->db));
    if (long_check && store_check(s, nothing_said, many_said) != ERR_OK)
        FAILS("change %zu: dynamoctl check finds something", at);
    if (long_check && store_audit_verify(s, NULL, nothing_said, many_said) != ERR_OK)
        FAILS("change %zu: the audit chain is broken", at);
    store_close(s);
}

static void cut_here(const struct disk *d, uint64_t seed, size_t at, int done, long n)
{
    struct rng r = rng_seeded(seed + (uint64_t)n);
    struct disk *image = disk_copy(d);
    disk_cut(image, (enum disk_cut)rng_below(&r, DISK_CUT_KINDS), &r);
    calls_mount(image, seed);
    if (n % OPEN_EVERY == 0)
        check_image(at, done, n % SOUND_EVERY == 0);
    else
        check_digest(at, done, digest_at_a_glance());
}

/* One pass cuts at every change; a worker makes pass after pass. */
static struct many_totals cut_day(const struct many_share *s)
{
    struct many_totals t = { 0 };
    long n = s->from;
    while (n < s->most) {
        struct disk *d = disk_copy(day.before);
        int64_t done = 0;
        for (size_t i = 0; i < disk_log_count(day.log); i++) {
            (void)disk_log_apply(day.log, i, d, &done);
            if (n >= s->most)
                break;
            cut_here(d, s->seed, i, (int)done, n);
            n += s->step;
            t.done++;
        }
        t.a++;
        disk_destroy(d);
    }
    forget_log();
    return t;
}

TEST(a_day_cut_anywhere_keeps_every_commit)
{
    struct many_totals t;
    write_down_a_day();
    bool good = many_run(cut_day, many_rounds(IMAGES, IMAGES_AT_LENGTH), 0, &t);
    print_message("%ld images of %zu changes and %d commits\n", t.done, disk_log_count(day.log),
                  day.n - 1);
    CHECK(good);
    forget_log();
}

/* ---- two cuts, and a journal between them ---- */

#define WAL BOX_DB "-wal"
#define WAL_HEADER 32
#define WAL_FRAME (24 + 4096) /* https://www.sqlite.org/fileformat.html, 4.1 */

/* Brings what was synced and nothing else. */
static void cut_the_power(struct box *b)
{
    struct rng r = rng_seeded(1);
    calls_power_off();
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(b, (enum box_program)p);
    struct disk *d = calls_unmount();
    disk_cut(d, DISK_CUT_NONE, &r);
    calls_mount(d, 1);
}

/* Where the last whole frame of the journal ends. */
static off_t journal_end(void)
{
    int wal = disk_find(calls_disk(), WAL);
    CHECK(wal != DISK_NO_NODE);
    off_t size = disk_stat(calls_disk(), wal).size;
    CHECK(size > WAL_HEADER + WAL_FRAME);
    return size - (size - WAL_HEADER) % WAL_FRAME;
}

/* More of the day; told[n] is what people had been told by mark n. */
static void write_down_steps(struct day *d, int first, struct day *told)
{
    day.before = disk_copy(calls_disk());
    day.log = disk_log_begin(calls_disk());
    told[0] = *d;
    for (int i = 0; i < STEPS_BETWEEN; i++) {
        CHECK_OK(day_step(d, first + i));
        told[i + 1] = *d;
        disk_log_mark(day.log, i + 1);
    }
    disk_log_end(calls_disk());
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(d->b, (enum box_program)p);
}

/* At each change while that page is being written; how many there were. Takes the image. */
static int cut_in_page(struct disk *image, size_t at, off_t place, struct day told)
{
    const char *what = "";
    struct rng r = rng_seeded(at);
    int wal = disk_find(image, WAL);
    enum disk_cut rest = at % 2 ? DISK_CUT_ALL : DISK_CUT_NONE;
    if (wal == DISK_NO_NODE || !disk_cut_in_page(image, wal, place, rest, &r))
        return disk_destroy(image), 0;
    calls_mount(image, at);
    if (!day_holds(&told, &what))
        CHECK_FAIL("change %zu: %s", at, what);
    box_close(told.b, BOX_DESK);
    return 1;
}

/* The journal that the first cut leaves ends in the middle of a flash page; the second cut
 * destroys that page whenever it is written again. */
TEST(a_page_that_a_cut_left_half_full_takes_no_visit_along_at_the_next_cut)
{
    static struct box b;
    static struct day d, told[STEPS_BETWEEN + 1];
    int64_t mark = 0;
    int images = 0;
    box_begin(&b, 1);
    day_begin(&d, &b);
    CHECK_OK(day_step(&d, 0));
    cut_the_power(&b);
    off_t end = journal_end();
    CHECK(end % DISK_PAGE != 0);
    write_down_steps(&d, 1, told);
    struct disk *now = disk_copy(day.before);
    for (size_t i = 0; i < disk_log_count(day.log); i++) {
        (void)disk_log_apply(day.log, i, now, &mark);
        images += cut_in_page(disk_copy(now), i, end, told[mark]);
    }
    print_message("%d images\n", images);
    CHECK(images > 0);
    disk_destroy(now);
    box_done(&b);
    forget_log();
    calls_mount(NULL, 0);
}

/* ---- migrations ---- */

static uint64_t schemas[VERSIONS_MAX]; /* of each version */

static int64_t number_of(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q = NULL;
    int64_t n = -1;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

/* A database as the program of that version made it. */
static void make_version(int version)
{
    sqlite3 *db = NULL;
    char sql[200];
    bool good = true;
    calls_mount(disk_create(), 1);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    CHECK_INT(sqlite3_open_v2(BOX_DB, &db, flags, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, "PRAGMA journal_mode = WAL", NULL, NULL, NULL), SQLITE_OK);
    for (int i = 0; i < version; i++)
        CHECK_INT(sqlite3_exec(db, store_migrations[i].sql, NULL, NULL, NULL), SQLITE_OK);
    snprintf(sql, sizeof(sql),
             "PRAGMA application_id = %d; PRAGMA user_version = %d;"
             "INSERT INTO meta VALUES ('last_wall_ms', '1780293600000')",
             STORE_APPLICATION_ID, version);
    CHECK_INT(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    schemas[version] = mix_schema(db, &good);
    CHECK(good);
    CHECK_INT(sqlite3_close(db), SQLITE_OK);
}

static struct store_options old_one(struct rng *r)
{
    *r = rng_seeded(1);
    return (struct store_options){ .path = BOX_DB, .rng = r, .keys = STORE_KEYS_NONE };
}

static void check_version(size_t at, int from, bool may_be_none)
{
    struct rng r;
    struct store_options o = old_one(&r);
    sqlite3 *db = NULL;
    bool good = true;
    int a = 0, b = 0;
    sqlite3_open_v2(BOX_DB, &db, SQLITE_OPEN_READWRITE, NULL);
    int64_t version = number_of(db, "PRAGMA user_version");
    uint64_t schema = mix_schema(db, &good);
    sqlite3_close(db);
    if (may_be_none && version <= 0)
        return; /* cut before there was a database */
    if (!good || version < from || version > store_migrations_n || schema != schemas[version])
        FAILS("migration from %d, change %zu: version %lld has another schema", from, at,
              (long long)version);
    enum err e = store_migrate(&o, &a, &b);
    if (e != ERR_OK || b != store_migrations_n)
        FAILS("migration from %d, change %zu: it does not go on: %s", from, at, err_text(e));
}

static int migrating_from; /* 0: making the database */

static struct many_totals cut_migration(const struct many_share *s)
{
    struct many_totals t = { 0 };
    for (long n = s->from; n < s->most; t.a++) {
        struct disk *d = disk_copy(day.before);
        int64_t mark = 0;
        for (size_t i = 0; i < disk_log_count(day.log); i++, n += s->step) {
            struct rng r = rng_seeded(s->seed + (uint64_t)n);
            (void)disk_log_apply(day.log, i, d, &mark);
            struct disk *image = disk_copy(d);
            disk_cut(image, (enum disk_cut)rng_below(&r, DISK_CUT_KINDS), &r);
            calls_mount(image, s->seed);
            check_version(i, migrating_from, migrating_from == 0);
            t.done++;
        }
        disk_destroy(d);
    }
    forget_log();
    return t;
}

static void record_migration(int from)
{
    struct rng r;
    struct store_options o = old_one(&r);
    int a = 0, b = 0;
    if (from > 0)
        make_version(from);
    else
        calls_mount(disk_create(), 1);
    day.before = disk_copy(calls_disk());
    day.log = disk_log_begin(calls_disk());
    if (from > 0)
        CHECK_OK(store_migrate(&o, &a, &b));
    else
        CHECK_OK(store_create(&o, false));
    disk_log_end(calls_disk());
}

TEST(a_migration_cut_anywhere_leaves_one_schema_or_the_other)
{
    long images = 0;
    long each = many_rounds(MIGRATION_IMAGES, MIGRATION_IMAGES_AT_LENGTH) / store_migrations_n;
    CHECK(store_migrations_n < VERSIONS_MAX);
    for (int v = 1; v <= store_migrations_n; v++)
        make_version(v);
    for (int from = 0; from < store_migrations_n; from++) {
        struct many_totals t;
        record_migration(from);
        migrating_from = from;
        bool good = many_run(cut_migration, each, 0, &t);
        images += t.done;
        CHECK(good);
        forget_log();
    }
    print_message("%ld images of %d migrations\n", images, store_migrations_n);
}
