/*
 * tools/bench/backup.c - what a backup of a year costs those who commit meanwhile. Walk-ins are
 * committed one after the other while a process of its own makes the backup, and the slowest is
 * set beside the slowest of a while without a backup. The witness is the same beside a plain copy
 * of the file with one sync at its end: what the disk alone does to whoever shares it. How long
 * both take is told too, and how much of the backup is SQLite's check of the file.
 * Goals: no commit is delayed by more than 50 ms; the backup takes at most twice the copy.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "flow/arrive.h"
#include "flow/house.h"
#include "flow/upkeep.h"
#include "tools/bench/rounds.h"

#define MOST_MS 50.0
#define LEAST_ACTS 50 /* also when the backup is quicker than they are */
#define PAUSE_US 5000 /* between two people: more than any house sees */
#define ALONE_MS 1500

static void die(const char *what)
{
    fprintf(stderr, "bench backup: %s\n", what);
    exit(1);
}

static void must(enum err e, const char *what)
{
    if (e != ERR_OK)
        die(what);
}

/* ---- a house with a year in it ---- */

static const char roster[] =
    "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\","
    "\"sat\",\"sun\"],\"from\":\"00:00\",\"to\":\"23:55\",\"for\":[\"walk_in\"],"
    "\"valid_from\":\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":"
    "{\"nl\":\"School\"},\"minutes\":30,\"book\":false,\"walk_in\":true,\"topics\":[\"school\"],"
    "\"default\":true}],\"coaches\":[]}";

/* 50,000 visits of 2.9 kB (performance.md, 6), nearly all of them records as they are sent. */
static const char year[] =
    "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 50000)"
    " INSERT INTO outbox (id, chain, place, kind, day, event_ms, key, body, state, created_ms)"
    " SELECT printf('%026d', i), printf('%026d', i), 1, 'walkin_registered', 20000, i,"
    " (SELECT min(id) FROM outbox_key), randomblob(2600), 'sent', i FROM n";

struct house {
    struct clock clock;
    struct rng rng;
    struct flow *flow;
    int people;
};

static double ms_since(int64_t began)
{
    return (double)(bench_now_ns() - began) / 1e6;
}

/* Somebody comes and leaves: two commits. Returns the milliseconds of the slower. */
static double walk_in(struct house *h)
{
    struct person p = { .birth = 11000 + h->people % 2500, .topic = TOPIC_SCHOOL };
    struct arrival a;
    char family[16] = "Aa";
    int n = h->people++;
    for (size_t i = 2; i < 8; i++, n /= 10)
        family[i] = (char)('a' + n % 10);
    if (person_set_name(&p, "Noor", family).why != PERSON_FINE)
        die("a name");
    memcpy(p.municipality, "1674", 5);
    memcpy(p.lang, "nl", 3);
    clock_advance(&h->clock, 100);
    int64_t began = bench_now_ns();
    must(flow_walk_in(h->flow, &(struct walk_in_request){ .person = &p }, &a), "walk-in");
    double came = ms_since(began);
    began = bench_now_ns();
    must(flow_leave(h->flow, (struct visit_ref){ a.line.visit, 0 }, NULL), "leave");
    double left = ms_since(began);
    return came > left ? came : left;
}

static void open_house(struct house *h, const char *path)
{
    *h = (struct house){ .clock = clock_at(INT64_C(1774339200000)), .rng = rng_system() };
    must(flow_open(&(struct flow_options){ .db_path = path, .device = "kiosk:1",
                                           .clock = &h->clock, .rng = &h->rng },
                   &h->flow),
         "open");
}

static void fill_a_year(const char *path)
{
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, year, NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    sqlite3_close(db);
}

static void make_house(struct house *h, const char *path)
{
    struct roster_notes notes = { 0 };
    h->clock = clock_at(INT64_C(1774339200000));
    h->rng = rng_system();
    must(flow_init(path, true, &h->clock, &h->rng), "init");
    open_house(h, path);
    must(flow_roster_import(h->flow, roster, strlen(roster), &notes), "roster");
    roster_notes_done(&notes);
    walk_in(h); /* makes the keys of the day */
    flow_close(h->flow);
    fill_a_year(path);
}

/* ---- beside whom ---- */

static void back_up(const char *from, const char *to)
{
    struct house h;
    int64_t pages;
    open_house(&h, from);
    must(flow_backup(h.flow, to, &pages), "backup");
    flow_close(h.flow);
}

static void plain_copy(const char *from, const char *to)
{
    static char bytes[1 << 16];
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    ssize_t n;
    while ((n = read(in, bytes, sizeof(bytes))) > 0)
        if (write(out, bytes, (size_t)n) != n)
            die("copy");
    if (n < 0 || fdatasync(out) != 0)
        die("copy");
    close(in);
    close(out);
}

/* The part of a backup that a copy does not have. */
static double check_alone(const char *path)
{
    sqlite3 *db;
    int64_t began = bench_now_ns();
    if (sqlite3_open(path, &db) != SQLITE_OK ||
        sqlite3_exec(db, "PRAGMA integrity_check(1); PRAGMA foreign_key_check", NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
    sqlite3_close(db);
    return ms_since(began);
}

typedef void (*other)(const char *from, const char *to);

/* Before this process opens the database: SQLite's locks do not survive a fork. */
static pid_t start_other(other what, const char *from, const char *to, int go[2])
{
    if (pipe(go) != 0)
        die("pipe");
    pid_t pid = fork();
    if (pid < 0)
        die("fork");
    if (pid > 0)
        return pid;
    char c;
    close(go[1]);
    if (read(go[0], &c, 1) == 1)
        what(from, to);
    _exit(0);
}

struct slowest {
    double ms;
    int acts;
    double took_ms; /* the other */
};

static void commits_until(struct house *h, pid_t pid, struct slowest *r)
{
    int64_t began = bench_now_ns();
    bool over = false;
    while (!over || r->acts < LEAST_ACTS) {
        double ms = walk_in(h);
        r->ms = ms > r->ms ? ms : r->ms;
        r->acts++;
        r->took_ms = over ? r->took_ms : ms_since(began);
        over = over || (pid ? waitpid(pid, NULL, WNOHANG) == pid : r->took_ms > ALONE_MS);
        usleep(PAUSE_US);
    }
}

static struct slowest beside(other what, const char *path, int *people)
{
    struct house h;
    struct slowest r = { 0 };
    char copy[320];
    int go[2];
    snprintf(copy, sizeof(copy), "%s.copy", path);
    pid_t pid = what ? start_other(what, path, copy, go) : 0;
    open_house(&h, path);
    h.people = *people;
    walk_in(&h);
    if (what && write(go[1], "g", 1) != 1)
        die("go");
    commits_until(&h, pid, &r);
    must(flow_rest(h.flow), "checkpoint");
    *people = h.people;
    flow_close(h.flow);
    if (what) {
        close(go[0]);
        close(go[1]);
    }
    unlink(copy);
    return r;
}

int main(void)
{
    char path[300];
    double alone[99], copied[99], backed[99], over[99], took[99], copy_took[99];
    int n = bench_rounds() < 3 ? bench_rounds() : 3; /* of ten seconds and more */
    int people = 1, acts = 0;
    struct house h = { 0 };
    snprintf(path, sizeof(path), "%s/year.db", bench_folder());
    make_house(&h, path);
    for (int i = 0; i < n; i++) {
        alone[i] = beside(NULL, path, &people).ms;
        struct slowest b = beside(back_up, path, &people);
        struct slowest c = beside(plain_copy, path, &people);
        copied[i] = c.ms;
        copy_took[i] = c.took_ms;
        backed[i] = b.ms;
        took[i] = b.took_ms;
        acts += b.acts;
        over[i] = b.ms > alone[i] ? b.ms - alone[i] : 0;
    }
    double delay = bench_median(over, n);
    printf("{\"name\":\"slowest commit beside a backup of a year\",\"unit\":\"ms\",\"ours\":%.1f,"
           "\"alone\":%.1f,\"copy\":%.1f,\"delay\":%.1f,\"took\":%.0f,\"copy_took\":%.0f,"
           "\"check\":%.0f,\"acts\":%d,\"met\":%s}\n",
           bench_median(backed, n), bench_median(alone, n), bench_median(copied, n), delay,
           bench_median(took, n), bench_median(copy_took, n), check_alone(path), acts / n,
           delay <= MOST_MS ? "true" : "false");
    return 0;
}
