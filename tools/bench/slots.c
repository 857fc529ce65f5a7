/*
 * tools/bench/slots.c - free starts of one service over 60 days, 8 coaches, 2,000
 * booked, beside a program that only reads those rows by the covering index. Goals:
 * at most 1.5 times that, and with a million past appointments the instructions of none.
 *
 *   slots                   a house of its own, without a past; then one day of another,
 *                           with 100,000 past appointments
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
#include "tools/bench/house.h"
#include "tools/bench/rounds.h"

#define COACHES 8 /* c0, c1, ... */
#define DAYS 60
#define BOOKED 2000
#define PAST 100000L /* of the one day */

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

static size_t list_free(struct flow *f, civil_day from, int days)
{
    struct free_list list = { 0 };
    enum err e = flow_free(f, "school", NULL, from, from + days, &list);
    if (e != ERR_OK)
        bench_die("slots: free", e);
    size_t n = list.n;
    free_list_done(&list);
    return n;
}

/* A function of its own, so that its instructions can be counted. */
__attribute__((noinline)) static double time_ours(struct flow *f, size_t *ret_n)
{
    int64_t start = bench_now_ns();
    *ret_n = list_free(f, flow_today(f), DAYS);
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
        bench_die("slots: bare", ERR_IO);
    double ours[99];
    double peer[99];
    size_t starts = 0;
    int rows = 0;
    int n = bench_rounds();
    time_bare(s, midnight, midnight + (DAYS + 2) * DAY_MS, &rows); /* pages come into memory */
    list_free(f, flow_today(f), DAYS);
    for (int i = 0; i < n; i++) {
        peer[i] = time_bare(s, midnight, midnight + (DAYS + 2) * DAY_MS, &rows);
        ours[i] = time_ours(f, &starts);
    }
    bench_report("free starts, 8 coaches, 60 days, 2,000 booked", "us", ours, peer, n);
    fprintf(stderr, "bench slots: %zu free starts, %d rows read\n", starts, rows);
    sqlite3_finalize(s);
    sqlite3_close(db);
}

/* The starts of tomorrow, as somebody at a kiosk asks for them. */
static void measure_day(struct flow *f)
{
    double us[99];
    int n = bench_rounds();
    civil_day day = flow_today(f) + 1;
    size_t starts = list_free(f, day, 0);
    for (int i = 0; i < n; i++) {
        int64_t start = bench_now_ns();
        starts = list_free(f, day, 0);
        us[i] = (double)(bench_now_ns() - start) / 1000.0;
    }
    printf("{\"name\":\"free starts of one day, 100,000 past appointments\",\"unit\":\"us\","
           "\"ours\":%.1f}\n",
           bench_median(us, n));
    fprintf(stderr, "bench slots: %zu free starts that day\n", starts);
}

static struct flow *new_house(const char *path, utc_ms midnight, long past, struct clock *clock,
                              struct rng *rng)
{
    struct flow *f = bench_house(path, COACHES, clock, rng);
    book(path, midnight, past);
    return f;
}

int main(int argc, char **argv)
{
    utc_ms midnight = INT64_C(1774306800000); /* 2026-03-24T00:00+01:00 */
    struct clock clock = clock_at(midnight + 8 * HOUR_MS);
    struct rng rng = rng_seeded(1);
    char path[300];
    struct flow *f;
    if (argc > 2 && strcmp(argv[1], "make") == 0) {
        f = new_house(argv[2], midnight, argc > 3 ? strtol(argv[3], NULL, 10) : 0, &clock, &rng);
        flow_close(f);
        return 0;
    }
    snprintf(path, sizeof(path), "%s/d.db", bench_folder());
    const char *file = argc > 2 ? argv[2] : path;
    f = argc > 2 ? bench_open(file, &clock, &rng) : new_house(file, midnight, 0, &clock, &rng);
    measure(f, file, midnight);
    flow_close(f);
    if (argc > 2)
        return 0;
    snprintf(path, sizeof(path), "%s/past.db", bench_folder());
    f = new_house(path, midnight, PAST, &clock, &rng);
    measure_day(f);
    flow_close(f);
    return 0;
}
