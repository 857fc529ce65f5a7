/*
 * tools/bench/slots.c - free starts of one service over 60 days, 8 coaches, 2,000
 * booked, beside a program that only reads those rows by the covering index. Goals:
 * at most 1.5 times that, and with a million past appointments the instructions of none.
 *
 *   slots                   a house of its own, without a past
 *   slots make FILE PAST    only makes it, with so many past appointments
 *   slots read FILE         only measures: tools/bench/run counts the instructions of this
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "flow/booking.h"
#include "flow/house.h"
#include "tools/bench/rounds.h"

#define COACHES 8
#define DAYS 60
#define BOOKED 2000

static void die(const char *what, enum err e)
{
    fprintf(stderr, "bench slots: %s: %s\n", what, err_text(e));
    exit(1);
}

static char *roster_text(void)
{
    struct buf b = buf_make(ROSTER_JSON_MAX);
    buf_adds(&b, "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":"
                 "\"Europe/Amsterdam\",\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":"
                 "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],\"from\":\"08:00\","
                 "\"to\":\"18:00\",\"for\":[\"walk_in\",\"appointment\"],\"valid_from\":"
                 "\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":"
                 "{\"nl\":\"School\"},\"minutes\":30,\"book\":true,\"walk_in\":true,\"topics\":"
                 "[\"school\"],\"default\":true}],\"coaches\":[");
    for (int i = 0; i < COACHES; i++)
        buf_addf(&b,
                 "%s{\"id\":\"c%d\",\"name\":\"C%d\",\"role\":\"trajectbegeleider\",\"room\":"
                 "\"%d\",\"services\":[\"school\"],\"availability\":[{\"weekdays\":[\"mon\","
                 "\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],\"from\":\"09:00\",\"to\":"
                 "\"17:00\",\"valid_from\":\"2026-01-01\"}],\"breaks\":[{\"weekdays\":[\"mon\","
                 "\"tue\",\"wed\",\"thu\",\"fri\",\"sat\",\"sun\"],\"from\":\"12:00\",\"to\":"
                 "\"13:00\"}]}",
                 i ? "," : "", i, i, i);
    buf_adds(&b, "],\"rules\":{\"lead_minutes\":0}}");
    return buf_take(&b);
}

static void sql(sqlite3 *db, const char *text)
{
    char *why = NULL;
    if (sqlite3_exec(db, text, NULL, NULL, &why) != SQLITE_OK) {
        fprintf(stderr, "bench slots: %s\n", why);
        exit(1);
    }
}

/* 2,000 half hours in the coming 60 days and `past` of them before. */
static void book(const char *path, utc_ms midnight, long past)
{
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK)
        exit(1);
    char text[1000];
    sql(db, "BEGIN");
    snprintf(text, sizeof(text),
             "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %d) "
             "INSERT INTO appointment (id, chain, site, day, coach, service, start_ms, end_ms, "
             "stop_ms, state, created_ms) SELECT printf('F%%010d', i), printf('F%%010d', i), "
             "'bench', 0, 'c' || (i %% 8), 'school', s, s + 1800000, s + 1800000, 'booked', 0 "
             "FROM (SELECT i, %" PRId64 " + (i / 8 / 5 + 1) * 86400000 + 32400000 + "
             "(i / 8 %% 5) * 3600000 AS s FROM n)",
             BOOKED, midnight);
    sql(db, text);
    if (past > 0) {
        snprintf(text, sizeof(text),
                 "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %ld) "
                 "INSERT INTO appointment (id, chain, site, day, coach, service, start_ms, end_ms, "
                 "stop_ms, state, created_ms) SELECT printf('P%%010d', i), printf('P%%010d', i), "
                 "'bench', 0, 'c' || (i %% 8), 'school', s, s + 1800000, s + 1800000, "
                 "'checked_in', 0 FROM (SELECT i, %" PRId64
                 " - (i / 8 / 14 + 1) * 86400000 + 32400000 + (i / 8 %% 14) * 1800000 AS s FROM n)",
                 past, midnight);
        sql(db, text);
    }
    sql(db, "COMMIT");
    sqlite3_close(db);
}

static size_t list_free(struct flow *f)
{
    struct free_list list = { 0 };
    civil_day today = flow_today(f);
    enum err e = flow_free(f, "school", NULL, today, today + DAYS, &list);
    if (e != ERR_OK)
        die("free", e);
    size_t n = list.n;
    free_list_done(&list);
    return n;
}

/* A function of its own, so that its instructions can be counted. */
__attribute__((noinline)) static double time_ours(struct flow *f, size_t *ret_n)
{
    int64_t start = bench_now_ns();
    *ret_n = list_free(f);
    return (double)(bench_now_ns() - start) / 1000.0;
}

/* The bare reader: the rows of the eight coaches in that span, added up. A function of its own,
 * so that its instructions can be counted. */
__attribute__((noinline)) static double time_bare(sqlite3_stmt *s, utc_ms from, utc_ms to, int *ret_rows)
{
    int64_t start = bench_now_ns();
    int64_t sum = 0;
    int rows = 0;
    for (int i = 0; i < COACHES; i++) {
        char coach[8];
        snprintf(coach, sizeof(coach), "c%d", i);
        sqlite3_bind_text(s, 1, coach, -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(s, 2, from);
        sqlite3_bind_int64(s, 3, to);
        while (sqlite3_step(s) == SQLITE_ROW) {
            sum += sqlite3_column_int64(s, 0) ^ sqlite3_column_int64(s, 1);
            rows++;
        }
        sqlite3_reset(s);
    }
    double us = (double)(bench_now_ns() - start) / 1000.0;
    *ret_rows = rows + (sum == 1);
    return us;
}

/* A house at 8 in the morning; a new one unless there is a file. */
static struct flow *open_house(const char *path, bool make, struct clock *clock, struct rng *rng)
{
    struct flow *f = NULL;
    enum err e = make ? flow_init(path, true, clock, rng) : ERR_OK;
    if (e == ERR_OK)
        e = flow_open(&(struct flow_options){ .db_path = path, .device = "bench", .clock = clock,
                                              .rng = rng },
                      &f);
    char *text = roster_text();
    struct roster_notes notes = { 0 };
    if (e == ERR_OK && make)
        e = flow_roster_import(f, text, strlen(text), &notes);
    if (e != ERR_OK)
        die("set-up", e);
    roster_notes_done(&notes);
    mem_free(text);
    return f;
}

static void measure(struct flow *f, const char *path, utc_ms midnight)
{
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) !=
            SQLITE_OK ||
        sqlite3_prepare_v2(db,
                           "SELECT start_ms, stop_ms FROM appointment INDEXED BY "
                           "appointment_busy WHERE coach = ?1 AND "
                           "start_ms >= ?2 AND start_ms < ?3 AND (state = 'held' OR state = "
                           "'booked' OR state = 'checked_in')",
                           -1, &s, NULL) != SQLITE_OK)
        die("bare", ERR_IO);
    double ours[99];
    double peer[99];
    size_t starts = 0;
    int rows = 0;
    int n = bench_rounds();
    time_bare(s, midnight, midnight + (DAYS + 2) * DAY_MS, &rows); /* pages come into memory */
    list_free(f);
    for (int i = 0; i < n; i++) {
        peer[i] = time_bare(s, midnight, midnight + (DAYS + 2) * DAY_MS, &rows);
        ours[i] = time_ours(f, &starts);
    }
    bench_report("free starts, 8 coaches, 60 days, 2,000 booked", "us", ours, peer, n);
    fprintf(stderr, "bench slots: %zu free starts, %d rows read\n", starts, rows);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

int main(int argc, char **argv)
{
    bool make = argc < 3 || strcmp(argv[1], "make") == 0;
    bool read = argc < 3 || strcmp(argv[1], "read") == 0;
    utc_ms midnight = INT64_C(1774306800000); /* 2026-03-24T00:00+01:00 */
    struct clock clock = clock_at(midnight + 8 * HOUR_MS);
    struct rng rng = rng_seeded(1);
    char path[300];
    if (argc < 3)
        snprintf(path, sizeof(path), "%s/d.db", bench_folder());
    else
        snprintf(path, sizeof(path), "%s", argv[2]);
    struct flow *f = open_house(path, make, &clock, &rng);
    if (make)
        book(path, midnight, argc > 3 ? strtol(argv[3], NULL, 10) : 0);
    if (read)
        measure(f, path, midnight);
    flow_close(f);
    return 0;
}
