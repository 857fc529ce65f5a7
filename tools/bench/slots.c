/*
 * tools/bench/slots.c - free starts of one service over 60 days, 8 coaches, 2,000
 * booked, beside a program that only reads those rows by the covering index. Goals:
 * at most 1.5 times that, and with a million past appointments the instructions of
 * none (tools/bench/run counts them; argument: how many past appointments).
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

static double time_ours(struct flow *f, civil_day today, size_t *ret_n)
{
    struct free_list list = { 0 };
    int64_t start = bench_now_ns();
    enum err e = flow_free(f, "school", NULL, today, today + DAYS, &list);
    double us = (double)(bench_now_ns() - start) / 1000.0;
    if (e != ERR_OK)
        die("free", e);
    *ret_n = list.n;
    free_list_done(&list);
    return us;
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

int main(int argc, char **argv)
{
    long past = argc > 1 ? strtol(argv[1], NULL, 10) : 0;
    const char *folder = bench_folder();
    char path[300];
    snprintf(path, sizeof(path), "%s/d.db", folder);
    utc_ms midnight = INT64_C(1774306800000); /* 2026-03-24T00:00+01:00 */
    struct clock clock = clock_at(midnight + 8 * HOUR_MS);
    struct rng rng = rng_seeded(1);
    enum err e = flow_init(path, true, &clock, &rng);
    struct flow *f = NULL;
    if (e == ERR_OK)
        e = flow_open(&(struct flow_options){ .db_path = path, .device = "bench", .clock = &clock,
                                              .rng = &rng },
                      &f);
    char *text = roster_text();
    struct roster_notes notes = { 0 };
    if (e == ERR_OK)
        e = flow_roster_import(f, text, strlen(text), &notes);
    if (e != ERR_OK)
        die("set-up", e);
    book(path, midnight, past);

    sqlite3 *db;
    sqlite3_stmt *s;
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
    for (int i = -1; i < n; i++) {
        double b = time_bare(s, midnight, midnight + (DAYS + 2) * DAY_MS, &rows);
        double o = time_ours(f, flow_today(f), &starts);
        if (i < 0)
            continue;
        peer[i] = b;
        ours[i] = o;
    }
    bench_report("free starts, 8 coaches, 60 days, 2,000 booked", "us", ours, peer, n);
    fprintf(stderr, "bench slots: %zu free starts, %d rows read, %ld past\n", starts, rows, past);
    sqlite3_finalize(s);
    sqlite3_close(db);
    roster_notes_done(&notes);
    mem_free(text);
    flow_close(f);
    return 0;
}
