/* A disk that fails: nothing is acknowledged after it, and nothing acknowledged is lost. */
#include <sqlite3.h>
#include <stdlib.h>

#include "store/check.h"
#include "store/counter.h"
#include "store/meta.h"
#include "tests/store/fixture.h"

/* ---- a VFS that hands everything to the usual one, and fails when told ---- */

enum call { CALL_WRITE = 1, CALL_SYNC = 2, CALL_TRUNCATE = 4, CALL_READ = 8, CALL_ALL = 15 };

static struct {
    unsigned which; /* calls that may fail */
    long at;        /* the n-th of them fails; 0: none */
    bool for_ever;  /* and all after it */
    int error;      /* SQLite's code for a failed write; 0: SQLITE_IOERR_WRITE */
    long calls;
    bool failed;
} fault;

struct bad_file {
    sqlite3_file base;
    sqlite3_file *real;
};

static bool fails(enum call c)
{
    if (!(fault.which & c) || fault.at == 0)
        return false;
    fault.calls++;
    bool now = fault.calls == fault.at || (fault.for_ever && fault.calls > fault.at);
    fault.failed |= now;
    return now;
}

static sqlite3_file *real_of(sqlite3_file *f)
{
    return ((struct bad_file *)(void *)f)->real;
}

static int bad_close(sqlite3_file *f)
{
    sqlite3_file *real = real_of(f);
    int rc = real->pMethods ? real->pMethods->xClose(real) : SQLITE_OK;
    free(real);
    return rc;
}

static int bad_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
    return fails(CALL_READ) ? SQLITE_IOERR_READ
                            : real_of(f)->pMethods->xRead(real_of(f), to, n, at);
}

static int bad_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
    if (!fails(CALL_WRITE))
        return real_of(f)->pMethods->xWrite(real_of(f), from, n, at);
    int half = real_of(f)->pMethods->xWrite(real_of(f), from, n / 2, at);
    return half ? half : fault.error ? fault.error : SQLITE_IOERR_WRITE;
}

static int bad_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    return fails(CALL_TRUNCATE) ? SQLITE_IOERR_TRUNCATE
                                : real_of(f)->pMethods->xTruncate(real_of(f), n);
}

static int bad_sync(sqlite3_file *f, int flags)
{
    return fails(CALL_SYNC) ? SQLITE_IOERR_FSYNC : real_of(f)->pMethods->xSync(real_of(f), flags);
}

#define PASS(name, params, args)                                   \
    static int bad_##name params                                   \
    {                                                              \
        return real_of(f)->pMethods->name args;                    \
    }
PASS(xFileSize, (sqlite3_file * f, sqlite3_int64 *n), (real_of(f), n))
PASS(xLock, (sqlite3_file * f, int level), (real_of(f), level))
PASS(xUnlock, (sqlite3_file * f, int level), (real_of(f), level))
PASS(xCheckReservedLock, (sqlite3_file * f, int *out), (real_of(f), out))
PASS(xFileControl, (sqlite3_file * f, int op, void *arg), (real_of(f), op, arg))
PASS(xSectorSize, (sqlite3_file * f), (real_of(f)))
PASS(xDeviceCharacteristics, (sqlite3_file * f), (real_of(f)))
PASS(xShmMap, (sqlite3_file * f, int page, int size, int extend, void volatile **out),
     (real_of(f), page, size, extend, out))
PASS(xShmLock, (sqlite3_file * f, int at, int n, int flags), (real_of(f), at, n, flags))
PASS(xShmUnmap, (sqlite3_file * f, int remove), (real_of(f), remove))

static void bad_xShmBarrier(sqlite3_file *f)
{
    real_of(f)->pMethods->xShmBarrier(real_of(f));
}

static const sqlite3_io_methods bad_methods = {
    2,          bad_close,      bad_read,        bad_write,
    bad_truncate, bad_sync,     bad_xFileSize,   bad_xLock,
    bad_xUnlock, bad_xCheckReservedLock, bad_xFileControl, bad_xSectorSize,
    bad_xDeviceCharacteristics, bad_xShmMap, bad_xShmLock, bad_xShmBarrier,
    bad_xShmUnmap, NULL, NULL,
};

static sqlite3_vfs *usual;

static int bad_open(UNUSED sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    struct bad_file *bad = (struct bad_file *)(void *)f;
    bad->real = calloc(1, (size_t)usual->szOsFile);
    int rc = bad->real ? usual->xOpen(usual, name, bad->real, flags, out) : SQLITE_NOMEM;
    bad->base.pMethods = rc == SQLITE_OK ? &bad_methods : NULL;
    if (rc != SQLITE_OK)
        free(bad->real);
    return rc;
}

static void register_bad_vfs(void)
{
    static sqlite3_vfs bad;
    if (usual)
        return;
    usual = sqlite3_vfs_find(NULL);
    bad = *usual;
    bad.zName = "bad";
    bad.szOsFile = (int)sizeof(struct bad_file);
    bad.xOpen = bad_open;
    sqlite3_vfs_register(&bad, 0);
}

static struct house *bad_house(void)
{
    register_bad_vfs();
    memset(&fault, 0, sizeof(fault));
    struct house *h = house_open();
    house_close(h);
    h->options.vfs = "bad";
    CHECK_OK(store_open(&h->options, &h->s));
    CHECK_OK(store_make_day(h->s, DAY1));
    return h;
}

static enum err walk_in_on(struct store *s, civil_day day, const struct ulid *id, char letter)
{
    char family[8];
    snprintf(family, sizeof(family), "Berg%c", letter);
    struct person p = a_person("Noor", family);
    int64_t number = 0;
    struct visit_row r = { .id = *id, .chain = *id, .site = "roosendaal", .day = day,
                           .series = 'A', .state = VISIT_WAITING, .service = "school",
                           .arrived = NOON };
    struct event_row ev = { .subject = *id, .at = NOON, .act = "arrive", .to_state = "waiting",
                            .actor = "kiosk:1" };
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(s, &tx);
    if (e == ERR_OK)
        e = store_counter_next(s, day, "A", &number);
    r.number = (int)number;
    if (e == ERR_OK)
        e = store_visit_insert(s, &r, &p);
    if (e == ERR_OK)
        e = store_event_append(s, &ev, NULL);
    return e == ERR_OK ? store_commit(&tx) : e;
}

static enum err walk_in(struct store *s, const struct ulid *id, char letter)
{
    return walk_in_on(s, DAY1, id, letter);
}

TEST(a_failed_sync_stops_every_later_write_of_this_process)
{
    struct house *h = bad_house();
    struct ulid id = new_id(h), next = new_id(h);
    struct visit_row r;
    fault.which = CALL_SYNC;
    fault.at = 1;
    CHECK_ERR(walk_in(h->s, &id, 'A'), ERR_IO);
    CHECK(store_failed(h->s));
    CHECK_ERR(walk_in(h->s, &next, 'B'), ERR_IO); /* the disk is well again: still no */
    CHECK_ERR(store_meta_put(h->s, "a", "b"), ERR_IO);
    CHECK_ERR(store_checkpoint(h->s), ERR_IO);
    CHECK_ERR(store_visit_get(h->s, &next, &r), ERR_NOT_FOUND); /* reading goes on */
    house_reopen(h);
    CHECK(!store_failed(h->s));
    /* Refused may be stored all the same: look first, then the same id again. */
    enum err e = store_visit_get(h->s, &id, &r);
    CHECK(e == ERR_OK || e == ERR_NOT_FOUND);
    if (e == ERR_NOT_FOUND)
        CHECK_OK(walk_in(h->s, &id, 'A'));
    CHECK_OK(walk_in(h->s, &next, 'B'));
    house_close(h);
}

TEST(a_full_disk_is_no_broken_one)
{
    struct house *h = bad_house();
    struct ulid id = new_id(h);
    fault.which = CALL_WRITE;
    fault.error = SQLITE_FULL;
    fault.at = 3;
    CHECK_ERR(walk_in(h->s, &id, 'A'), ERR_IO);
    CHECK(!store_failed(h->s));
    CHECK_OK(walk_in(h->s, &id, 'A'));
    house_close(h);
}

TEST(a_checkpoint_tells_its_failure)
{
    struct house *h = bad_house();
    struct ulid id = new_id(h);
    CHECK_OK(walk_in(h->s, &id, 'A'));
    fault.which = CALL_WRITE;
    fault.at = 1;
    fault.for_ever = true;
    CHECK_ERR(store_checkpoint(h->s), ERR_IO);
    CHECK(store_failed(h->s));
    store_close(h->s); /* does not try again behind our back */
    fault.at = 0;
    CHECK_OK(store_open(&h->options, &h->s));
    struct visit_row r;
    CHECK_OK(store_visit_get(h->s, &id, &r));
    house_close(h);
}

/* Two walk-ins on a day of their own and a checkpoint, with the n-th call failing; then a
 * healthy look at it all. */
static bool one_history(struct house *h, civil_day day, long n, unsigned which, bool for_ever)
{
    struct ulid ids[2] = { new_id(h), new_id(h) };
    bool acknowledged[2] = { false, false };
    CHECK_OK(store_make_day(h->s, day));
    memset(&fault, 0, sizeof(fault));
    fault.which = which;
    fault.at = n;
    fault.for_ever = for_ever;
    for (int i = 0; i < 2; i++)
        acknowledged[i] = walk_in_on(h->s, day, &ids[i], (char)('A' + i)) == ERR_OK;
    enum err unused = store_checkpoint(h->s);
    (void)unused;
    store_close(h->s);
    bool reached = fault.failed;
    fault.at = 0;

    CHECK_OK(store_open(&h->options, &h->s));
    struct said said = { 0 };
    enum err checked = store_check(h->s, gather, &said);
    if (checked != ERR_OK)
        CHECK_FAIL("call %ld: %s", n, said.text);
    for (int i = 0; i < 2; i++) {
        struct visit_row r;
        enum err e = store_visit_get(h->s, &ids[i], &r);
        if (acknowledged[i])
            CHECK_OK(e);
        else if (e == ERR_NOT_FOUND)
            CHECK_OK(walk_in_on(h->s, day, &ids[i], (char)('A' + i)));
    }
    int64_t last = 0;
    CHECK_OK(store_counter_last(h->s, day, "A", &last));
    CHECK_INT(last, 2); /* nobody twice, no number skipped */
    return reached;
}

TEST(whatever_call_fails_nothing_acknowledged_is_lost)
{
    struct house *h = bad_house();
    civil_day day = DAY1;
    const unsigned kinds[] = { CALL_WRITE, CALL_SYNC, CALL_TRUNCATE, CALL_READ };
    for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
        for (int for_ever = 0; for_ever < 2; for_ever++) {
            long n = 1;
            while (one_history(h, ++day, n, kinds[k], for_ever) && n < 200)
                n++;
            CHECK(n > 1 && n < 200);
        }
    house_close(h);
}

TEST(constraints_name_the_rule_and_leave_the_transaction_usable)
{
    struct house *h = house_open();
    struct ulid id = new_id(h), other = new_id(h);
    CHECK_OK(walk_in(h->s, &id, 'A'));
    struct store_tx tx = { 0 };
    CHECK_OK(store_begin(h->s, &tx));
    struct person p = a_person("Noor", "BergA");
    struct visit_row r = a_visit(h, 5);
    CHECK_ERR(store_visit_insert(h->s, &r, &p), ERR_EXISTS);
    CHECK_INT(store_guard(h->s), STORE_GUARD_VISIT_PERSON);
    CHECK_OK(store_meta_put(h->s, "after", "1"));
    CHECK_OK(store_commit(&tx));
    CHECK_OK(walk_in(h->s, &other, 'B'));
    house_close(h);
}
