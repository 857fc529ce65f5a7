/*
 * tools/bench/commit.c - a walk-in committed durably, beside a bare SQLite program that
 * writes the same rows: rate, bytes and fdatasync calls. Goals: at least 90 % of the rate,
 * at most 1.08 times the bytes, at most 1.05 fdatasync each.
 *
 * The rows that flow wrote are read back and written once more by prepared inserts in one
 * BEGIN IMMEDIATE .. COMMIT each, into a file of the same schema and settings. Checkpoints
 * stand between the rounds on both sides, as they do between visitors.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"
#include "flow/arrive.h"
#include "flow/house.h"
#include "tools/bench/rounds.h"

#define BATCH 4 /* people in the house at most: what is timed is the write, not the queue */
#define BATCHES 50
#define VISITS (BATCH * BATCHES)

int fdatasync(int fd); /* SQLite's calls land here and are counted */
static long syncs;
int fdatasync(int fd)
{
    syncs++;
    return (int)syscall(SYS_fdatasync, fd);
}

static void die(const char *what)
{
    fprintf(stderr, "bench commit: %s\n", what);
    exit(1);
}

static void must(enum err e, const char *what)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench commit: %s: %s\n", what, err_text(e));
    exit(1);
}

static long written(void)
{
    FILE *f = fopen("/proc/self/io", "r");
    char line[80];
    long n = 0;
    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, "wchar:", 6) == 0)
            n = atol(line + 6);
    if (f)
        fclose(f);
    return n;
}

struct side {
    double us;    /* a walk-in */
    double bytes; /* a walk-in */
    double syncs; /* a walk-in */
};

/* ---- ours ---- */

static const char roster[] =
    "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\","
    "\"sat\",\"sun\"],\"from\":\"00:00\",\"to\":\"23:55\",\"for\":[\"walk_in\",\"appointment\"],"
    "\"valid_from\":\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":"
    "{\"nl\":\"School\"},\"minutes\":30,\"book\":true,\"walk_in\":true,\"topics\":[\"school\"],"
    "\"default\":true}],\"coaches\":[{\"id\":\"sanne\",\"name\":\"Sanne\",\"role\":\"coach\","
    "\"room\":\"1\",\"services\":[\"school\"],\"availability\":[]}]}";

struct house {
    struct clock clock;
    struct rng rng;
    struct flow *flow;
    int people;
};

static struct person somebody(int n)
{
    struct person p = { .birth = 11000 + n % 2500, .topic = TOPIC_SCHOOL };
    char family[16] = "Aa";
    for (size_t i = 2; i < 8; i++, n /= 10)
        family[i] = (char)('a' + n % 10);
    if (person_set_name(&p, "Noor", family).why != PERSON_FINE)
        die("a name");
    memcpy(p.municipality, "1674", 5);
    memcpy(p.lang, "nl", 3);
    return p;
}

static struct side round_ours(struct house *h)
{
    int64_t ns = 0;
    long bytes = 0;
    long calls = 0;
    for (int b = 0; b < BATCHES; b++) {
        struct ulid there[BATCH];
        for (int i = 0; i < BATCH; i++) {
            struct person p = somebody(h->people++);
            struct arrival a;
            clock_advance(&h->clock, 100);
            long before = written();
            long syncs_before = syncs;
            int64_t start = bench_now_ns();
            must(flow_walk_in(h->flow, &(struct walk_in_request){ .person = &p }, &a), "walk-in");
            ns += bench_now_ns() - start;
            bytes += written() - before;
            calls += syncs - syncs_before;
            there[i] = a.line.visit;
        }
        for (int i = 0; i < BATCH; i++)
            must(flow_leave(h->flow, (struct visit_ref){ there[i], 0 }, NULL), "leave");
    }
    must(flow_rest(h->flow), "checkpoint");
    return (struct side){ (double)ns / 1000.0 / VISITS, (double)bytes / VISITS,
                          (double)calls / VISITS };
}

/* ---- bare ---- */

struct table {
    const char *name, *which; /* rows of walk-ins, in order */
    sqlite3_value **values;   /* all columns of all rows */
    int columns, rows;
    sqlite3_stmt *insert;
};

static sqlite3 *open_bare(const char *path)
{
    char uri[400];
    sqlite3 *db;
    snprintf(uri, sizeof(uri), "file:%s?psow=0", path);
    if (sqlite3_open_v2(uri, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI, NULL) != SQLITE_OK ||
        sqlite3_exec(db,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                     "PRAGMA wal_autocheckpoint=0; PRAGMA secure_delete=ON; "
                     "PRAGMA temp_store=MEMORY",
                     NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    return db;
}

static void load(sqlite3 *db, struct table *t)
{
    char sql[400];
    sqlite3_stmt *s;
    snprintf(sql, sizeof(sql), "SELECT * FROM %s %s", t->name, t->which);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    t->columns = sqlite3_column_count(s);
    t->values = calloc((size_t)t->columns * VISITS * 4, sizeof(sqlite3_value *));
    while (sqlite3_step(s) == SQLITE_ROW && t->rows < VISITS * 4) {
        for (int c = 0; c < t->columns; c++)
            t->values[t->rows * t->columns + c] = sqlite3_value_dup(sqlite3_column_value(s, c));
        t->rows++;
    }
    sqlite3_finalize(s);
    if (t->rows == 0 || t->rows % VISITS)
        die(t->name);
}

static void prepare(sqlite3 *db, struct table *t)
{
    char sql[400];
    int n = snprintf(sql, sizeof(sql), "INSERT INTO %s VALUES (", t->name);
    for (int c = 0; c < t->columns; c++)
        n += snprintf(sql + n, sizeof(sql) - (size_t)n, "%s?", c ? "," : "");
    snprintf(sql + n, sizeof(sql) - (size_t)n, ")");
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &t->insert, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static void put(sqlite3_stmt *s)
{
    if (sqlite3_step(s) != SQLITE_DONE)
        die(sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
}

static void write_visit(struct table *tables, size_t n, int visit)
{
    for (size_t t = 0; t < n; t++) {
        int each = tables[t].rows / VISITS;
        for (int r = visit * each; r < (visit + 1) * each; r++) {
            for (int c = 0; c < tables[t].columns; c++)
                sqlite3_bind_value(tables[t].insert, c + 1,
                                   tables[t].values[r * tables[t].columns + c]);
            put(tables[t].insert);
        }
    }
}

static sqlite3_stmt *one(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    return s;
}

enum { BEGIN, TICKET, PERSON, COUNT, COMMIT, STMTS };

/* A function of its own, so that its instructions can be counted. */
__attribute__((noinline)) static void bare_walk_ins(struct table *tables, size_t n,
                                                    sqlite3_stmt *stmts[STMTS])
{
    for (int i = 0; i < VISITS; i++) {
        put(stmts[BEGIN]);
        put(stmts[TICKET]);
        put(stmts[PERSON]);
        write_visit(tables, n, i);
        put(stmts[COUNT]);
        put(stmts[COMMIT]);
    }
}

/* Writes what `source` holds of walk-ins, from `target`, a fresh file of the same schema. */
static struct side round_bare(const char *source, const char *target)
{
    struct table tables[] = {
        { .name = "visit", .which = "ORDER BY id" },
        { .name = "event", .which = "WHERE act = 'arrive' ORDER BY subject" },
        { .name = "audit", .which = "WHERE action = 'visit.arrive' ORDER BY seq" },
        { .name = "outbox", .which = "ORDER BY seq" },
    };
    sqlite3 *from = open_bare(source);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        load(from, &tables[i]);
    sqlite3 *db = open_bare(target);
    char attach[400];
    snprintf(attach, sizeof(attach), "ATTACH '%s' AS s", source);
    if (sqlite3_exec(db, attach, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, "INSERT INTO outbox_key SELECT * FROM s.outbox_key; DETACH s", NULL, NULL,
                     NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    sqlite3_close(from);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++)
        prepare(db, &tables[i]);
    sqlite3_stmt *stmts[STMTS] = {
        [BEGIN] = one(db, "BEGIN IMMEDIATE"),
        [TICKET] = one(db, "INSERT INTO counter VALUES (1, 'A', 1) ON CONFLICT DO UPDATE SET "
                           "last = last + 1"),
        [PERSON] = one(db, "INSERT INTO counter VALUES (0, 'person', 1) ON CONFLICT DO UPDATE SET "
                           "last = last + 1"),
        [COUNT] = one(db, "INSERT INTO daily_count VALUES (1, 'bench', 'arrived', '1674', "
                          "'school', '', 9, 1) ON CONFLICT DO UPDATE SET n = n + 1"),
        [COMMIT] = one(db, "COMMIT"),
    };
    long bytes = written();
    long calls = syncs;
    int64_t start = bench_now_ns();
    bare_walk_ins(tables, ARRAY_LEN(tables), stmts);
    int64_t ns = bench_now_ns() - start;
    struct side side = { (double)ns / 1000.0 / VISITS, (double)(written() - bytes) / VISITS,
                         (double)(syncs - calls) / VISITS };
    for (size_t i = 0; i < STMTS; i++)
        sqlite3_finalize(stmts[i]);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        sqlite3_finalize(tables[i].insert);
        for (int v = 0; v < tables[i].rows * tables[i].columns; v++)
            sqlite3_value_free(tables[i].values[v]);
        free(tables[i].values);
    }
    sqlite3_close(db);
    return side;
}

/* ---- in turn ---- */

static void row(const char *name, const char *unit, const double *ours, const double *peer, int n,
                const char *goal, double most)
{
    double o[99];
    double p[99];
    double ratio[99];
    for (int i = 0; i < n; i++) {
        o[i] = ours[i];
        p[i] = peer[i];
        ratio[i] = ours[i] / peer[i];
    }
    double middle = bench_median(ratio, n);
    printf("{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f,\"peer\":%.3f,\"ratio\":%.4f,"
           "\"goal\":\"%s\",\"met\":%s}\n",
           name, unit, bench_median(o, n), bench_median(p, n), middle, goal,
           middle <= most ? "true" : "false");
}

int main(void)
{
    const char *folder = bench_folder();
    double us[2][99];
    double bytes[2][99];
    double sync[2][99];
    int n = bench_rounds();
    for (int i = -1; i < n; i++) {
        char ours[300];
        char bare[300];
        snprintf(ours, sizeof(ours), "%s/ours%d.db", folder, i);
        snprintf(bare, sizeof(bare), "%s/bare%d.db", folder, i);
        struct house h = { .clock = clock_at(INT64_C(1774339200000)), .rng = rng_seeded(7) };
        must(flow_init(ours, true, &h.clock, &h.rng), "init");
        must(flow_init(bare, true, &h.clock, &h.rng), "init");
        must(flow_open(&(struct flow_options){ .db_path = ours, .device = "kiosk:1",
                                               .clock = &h.clock, .rng = &h.rng },
                       &h.flow),
             "open");
        struct roster_notes notes = { 0 };
        must(flow_roster_import(h.flow, roster, strlen(roster), &notes), "roster");
        roster_notes_done(&notes);
        struct person first = somebody(999999); /* makes the day's keys */
        struct arrival a;
        must(flow_walk_in(h.flow, &(struct walk_in_request){ .person = &first }, &a), "first");
        must(flow_void(h.flow, (struct visit_ref){ a.line.visit, 0 }, "bench", NULL), "void");
        struct side o = round_ours(&h);
        flow_close(h.flow);
        sqlite3 *db = open_bare(ours); /* the first visit is no part of it */
        sqlite3_exec(db, "PRAGMA foreign_keys=OFF; DROP TRIGGER event_stays; DROP TRIGGER audit_keeps; "
                         "DELETE FROM event WHERE subject = (SELECT min(id) FROM visit); DELETE FROM "
                         "audit WHERE object = (SELECT min(id) FROM visit); DELETE FROM outbox WHERE "
                         "chain = (SELECT min(id) FROM visit); DELETE FROM visit WHERE id = (SELECT "
                         "min(id) FROM visit); UPDATE visit SET state = 'waiting', version = 1, ended_ms = NULL",
                     NULL, NULL, NULL);
        sqlite3_close(db);
        struct side b = round_bare(ours, bare);
        if (i < 0)
            continue;
        us[0][i] = o.us;
        us[1][i] = b.us;
        bytes[0][i] = o.bytes / 1024;
        bytes[1][i] = b.bytes / 1024;
        sync[0][i] = o.syncs;
        sync[1][i] = b.syncs;
    }
    row("a walk-in committed durably", "us", us[0], us[1], n, "at least 90 % of bare's rate", 1 / 0.9);
    row("bytes written for a walk-in", "KiB", bytes[0], bytes[1], n, "at most 1.08 x bare", 1.08);
    row("fdatasync for a walk-in", "", sync[0], sync[1], n, "at most 1.05", 1.05);
    return 0;
}
