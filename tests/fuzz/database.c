/*
 * A database file as untrusted input: a good one with a day's visits, with bytes changed. The
 * input is a list of changes, five bytes each: page, place in it, what, new byte. What opens is
 * read as the programs read it, checked, and restored from; nothing may crash, and a restore
 * never gives a file that does not open.
 */
#include "tests/fuzz/fuzz.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "core/civil.h"
#include "flow/arrive.h"
#include "flow/flow.h"
#include "flow/house.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/check.h"
#include "store/outbox.h"
#include "store/visit.h"

#define PAGE 4096
#define FILE_MAX (2 * 1024 * 1024)
#define NOW 1774342800000 /* 2026-03-24T09:00:00Z */

static char folder[64], good[96], bad[96], restored[96];
static uint8_t bytes[FILE_MAX], changed[FILE_MAX];
static size_t size;
static struct clock now;
static struct rng rng;

static void remove_all(const char *path)
{
    static const char *const sides[] = { "", "-wal", "-shm", "-journal", ".new" };
    char side[128];
    for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++) {
        snprintf(side, sizeof(side), "%s%s", path, sides[i]);
        unlink(side);
    }
}

static void clean_up(void)
{
    char path[128];
    static const char *const keys[] = { "device.key", "audit.key", "upload.key", "upload.pub",
                                        "lock", "keyring" };
    const char *const dbs[] = { good, bad, restored };
    for (int d = 0; d < 3; d++) {
        remove_all(dbs[d]);
        for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
            snprintf(path, sizeof(path), "%s.keys/%s", dbs[d], keys[i]);
            unlink(path);
        }
        snprintf(path, sizeof(path), "%s.keys", dbs[d]);
        rmdir(path);
    }
    rmdir(folder);
}

static void say_nothing(void *arg, const char *line)
{
    (void)arg;
    MUST(line && line[0]);
}

static void visitors(struct flow *f)
{
    for (int i = 0; i < 6; i++) {
        struct person p = { .birth = 12555 + i, .topic = TOPIC_SCHOOL };
        snprintf(p.given, sizeof(p.given), "Noor");
        snprintf(p.family, sizeof(p.family), "Berg");
        snprintf(p.municipality, sizeof(p.municipality), "1674");
        snprintf(p.lang, sizeof(p.lang), "nl");
        MUST(flow_walk_in(f, &(struct walk_in_request){ .person = &p, .notice_shown = true },
                          NULL) == ERR_OK);
    }
}

static void make_good(void)
{
    struct flow *f = NULL;
    struct roster_notes notes = { 0 };
    struct buf roster = buf_make(ROSTER_JSON_MAX);
    MUST(buf_read_file(&roster, "assets/sample/roster.json") == ERR_OK);
    MUST(flow_init(good, true, &now, &rng) == ERR_OK);
    MUST(flow_open(&(struct flow_options){ .db_path = good, .device = "kiosk:1", .clock = &now,
                                           .rng = &rng }, &f) == ERR_OK);
    MUST(flow_roster_import(f, roster.v, roster.n, &notes) == ERR_OK);
    visitors(f);
    flow_close(f);
    roster_notes_done(&notes);
    buf_done(&roster);
}

static void read_good(void)
{
    int fd = open(good, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, bytes, sizeof(bytes));
    MUST(n > 0 && n < FILE_MAX);
    close(fd);
    size = (size_t)n;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    now = clock_at(NOW);
    rng = rng_seeded(1);
    snprintf(folder, sizeof(folder), "%s/dynamo-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(folder));
    snprintf(good, sizeof(good), "%s/good.db", folder);
    snprintf(bad, sizeof(bad), "%s/bad.db", folder);
    snprintf(restored, sizeof(restored), "%s/restored.db", folder);
    atexit(clean_up);
    make_good();
    read_good();
    return 0;
}

static size_t change(const uint8_t *data, size_t n)
{
    size_t len = size;
    memcpy(changed, bytes, size);
    for (size_t i = 0; i + 4 < n; i += 5) {
        size_t at = (data[i] % (size / PAGE)) * PAGE +
                    (((size_t)data[i + 1] << 8 | data[i + 2]) % PAGE);
        if (data[i + 3] == 0xff)
            len = at + 1;
        else if (data[i + 3] == 0xfe)
            memset(changed + at / PAGE * PAGE, data[i + 4], PAGE);
        else
            changed[at] = data[i + 4];
    }
    return len;
}

static void put(const char *path, const uint8_t *v, size_t n)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    MUST(fd >= 0 && write(fd, v, n) == (ssize_t)n);
    close(fd);
}

static void look(void)
{
    struct store *s = NULL;
    struct visit_rows visits = { 0 };
    struct audit_rows lines = { 0 };
    struct outbox_totals totals;
    if (store_open(&(struct store_options){ .path = bad, .rng = &rng, .keys = STORE_KEYS_NONE,
                                            .read_only = true }, &s) != ERR_OK)
        return;
    (void)!store_visits_open(s, (civil_day)(NOW / 86400000), &visits);
    (void)!store_audit_list(s, 0, 50, &lines);
    (void)!store_outbox_totals(s, &totals);
    (void)!store_check(s, say_nothing, NULL);
    visit_rows_done(&visits);
    audit_rows_done(&lines);
    store_close(s);
}

/* What a restore takes opens afterwards. */
static void restore(void)
{
    struct restored got;
    struct store *s = NULL;
    const struct restore_options o = { .backup = bad, .to = { .path = restored, .rng = &rng } };
    if (store_restore(&o, &got) == ERR_OK) {
        const struct store_options to = { .path = restored, .rng = &rng,
                                          .keys = STORE_KEYS_NONE, .read_only = true };
        MUST(store_open(&to, &s) == ERR_OK);
        store_close(s);
    }
    remove_all(restored);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    put(bad, changed, change(data, n));
    look();
    unsigned sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += data[i];
    if (sum % 32 == 0) /* a restore takes its time, so that others can write */
        restore();
    remove_all(bad);
    return 0;
}
