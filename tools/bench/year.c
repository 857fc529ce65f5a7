/*
 * tools/bench/year.c - a year of several houses, each a process of its own on a database of its
 * own, day after day through flow: how long, how large, and a backup of it beside a plain copy.
 *
 *     year [HOUSES [DAYS [VISITS]]]      5 houses, 230 days, 200 visits a day
 *
 * A visit is five transactions: it comes in, is called, started and finished, and a tenth of
 * them booked the day before. The nights' uploads are left out: at the end everything counts as
 * sent, and the retention of the year sweeps it. One JSON object; the folder is TMPDIR's.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "flow/arrive.h"
#include "flow/booking.h"
#include "flow/house.h"
#include "flow/queue.h"
#include "flow/upkeep.h"
#include "tools/bench/rounds.h"

#define COACH(id) \
    "{\"id\":\"" id "\",\"name\":\"" id "\",\"role\":\"coach\",\"room\":\"1\",\"services\":" \
    "[\"school\"],\"availability\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"," \
    "\"sat\",\"sun\"],\"from\":\"08:00\",\"to\":\"20:00\",\"valid_from\":\"2026-01-01\"}]}"

static const char roster[] =
    "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\","
    "\"sat\",\"sun\"],\"from\":\"08:00\",\"to\":\"20:00\",\"for\":[\"walk_in\",\"appointment\"],"
    "\"valid_from\":\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":"
    "{\"nl\":\"School\"},\"minutes\":30,\"book\":true,\"walk_in\":true,\"topics\":[\"school\"],"
    "\"default\":true}],\"coaches\":[" COACH("sanne") "," COACH("amir") "," COACH("bram") "," COACH(
        "cleo") "]}";
static const char *const coaches[] = { "sanne", "amir", "bram", "cleo" };

#define FIRST_DAY INT64_C(1767600000000) /* 2026-01-05T09:00+01:00 */
#define COPIES 7

struct year {
    struct clock clock;
    struct rng rng;
    struct flow *flow;
    int days, visits, people;
    long acts;
    struct ulid booked[64]; /* for the next day */
    int n_booked;
};

static void must(enum err e, const char *what)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench year: %s: %s\n", what, err_text(e));
    exit(1);
}

static struct person somebody(int n)
{
    struct person p = { .birth = 11000 + n % 2500, .topic = TOPIC_SCHOOL };
    char family[16] = "Aa";
    for (size_t i = 2; i < 8; i++, n /= 10)
        family[i] = (char)('a' + n % 10);
    if (person_set_name(&p, "Noor", family).why != PERSON_FINE)
        must(ERR_INVAL, "a name");
    memcpy(p.municipality, "1674", 5);
    memcpy(p.lang, "nl", 3);
    return p;
}

/* Books the n-th free half hour of tomorrow. */
static void book(struct year *y, utc_ms tomorrow, int n)
{
    struct person p = somebody(y->people++);
    struct hold held;
    struct appointment_view view;
    struct hold_request r = { .service = "school", .start = tomorrow + n / 4 * 30 * MINUTE_MS };
    must(flow_hold(y->flow, &r, &held), "hold");
    must(flow_book(y->flow, &(struct book_request){ .hold = held.id, .person = &p }, &view), "book");
    y->booked[y->n_booked++] = held.id;
    y->acts += 2;
}

static void come(struct year *y, int n, int booked)
{
    struct arrival a;
    struct queue_line l;
    if (n < booked) {
        must(flow_check_in(y->flow, &y->booked[n], &a), "check-in");
    } else {
        struct person p = somebody(y->people++);
        must(flow_walk_in(y->flow, &(struct walk_in_request){ .person = &p }, &a), "walk-in");
    }
    clock_advance(&y->clock, MINUTE_MS);
    must(flow_call_next(y->flow, a.line.coach[0] ? a.line.coach : coaches[n % 4], &l), "call");
    must(flow_start(y->flow, (struct visit_ref){ l.visit, 0 }, &l), "start");
    clock_advance(&y->clock, MINUTE_MS);
    must(flow_finish(y->flow, (struct visit_ref){ l.visit, 0 }, "", &l), "finish");
    y->acts += 4;
}

static void one_day(struct year *y, utc_ms morning)
{
    struct day_closed closed;
    int booked = y->n_booked;
    clock_advance(&y->clock, morning - clock_wall_ms(&y->clock));
    must(flow_tick(y->flow), "tick");
    for (size_t i = 0; i < ARRAY_LEN(coaches); i++)
        must(flow_at_work(y->flow, coaches[i], true), "at work");
    for (int i = 0; i < y->visits; i++) {
        come(y, i, booked);
        must(flow_rest(y->flow), "rest"); /* between visitors, as the kiosk does */
    }
    y->n_booked = 0;
    for (int i = 0; i < y->visits / 10 && i < (int)ARRAY_LEN(y->booked); i++)
        book(y, morning + DAY_MS, i);
    clock_advance(&y->clock, 12 * HOUR_MS);
    must(flow_close_day(y->flow, &closed), "close of day");
}

static void house(struct year *y, const char *path)
{
    struct roster_notes notes = { 0 };
    y->clock = clock_at(FIRST_DAY);
    y->rng = rng_seeded(7);
    must(flow_init(path, true, &y->clock, &y->rng), "init");
    must(flow_open(&(struct flow_options){ .db_path = path, .device = "bench", .clock = &y->clock,
                                           .rng = &y->rng },
                   &y->flow),
         "open");
    must(flow_roster_import(y->flow, roster, strlen(roster), &notes), "roster");
    roster_notes_done(&notes);
    for (int day = 0; day < y->days; day++)
        one_day(y, FIRST_DAY + day * DAY_MS);
    must(flow_rest(y->flow), "rest");
}

static double size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (double)st.st_size : 0;
}

static double ms_since(int64_t from)
{
    return (double)(bench_now_ns() - from) / 1e6;
}

static double time_backup(struct year *y, const char *to)
{
    int64_t pages, from = bench_now_ns();
    must(flow_backup(y->flow, to, &pages), "backup");
    double ms = ms_since(from);
    (void)unlink(to);
    return ms;
}

/* What is the least that a backup can do: the bytes, durably. */
static double time_copy(const char *from, const char *to)
{
    static char block[1 << 20];
    int64_t began = bench_now_ns();
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ssize_t n = 0;
    while (in >= 0 && out >= 0 && (n = read(in, block, sizeof(block))) > 0)
        if (write(out, block, (size_t)n) != n)
            must(ERR_IO, "copy");
    if (in < 0 || out < 0 || n < 0 || fdatasync(out) != 0)
        must(ERR_IO, "copy");
    (void)close(in);
    (void)close(out);
    double ms = ms_since(began);
    (void)unlink(to);
    return ms;
}

static void sql(const char *path, const char *text)
{
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK ||
        sqlite3_exec(db, text, NULL, NULL, NULL) != SQLITE_OK)
        must(ERR_IO, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void swept(UNUSED void *arg, UNUSED const struct retention_line *line)
{
}

/* Bytes of a visit once the register has everything and the terms are over. */
static double sweep(struct year *y, const char *path)
{
    char small[320], text[420];
    struct retention_terms terms = { .follow_up_days = 1, .sent_days = 1, .audit_days = 1 };
    sql(path, "UPDATE outbox SET state = 'sent'");
    clock_advance(&y->clock, 30 * DAY_MS);
    must(flow_retention_run(y->flow, &terms, swept, NULL), "retention");
    snprintf(small, sizeof(small), "%s.small", path);
    snprintf(text, sizeof(text), "VACUUM INTO '%s'", small);
    sql(path, text);
    return size_of(small);
}

/* The first house after its year; says the rest of the JSON object. */
static void look_back(struct year *y, const char *path)
{
    double backups[COPIES], copies[COPIES], visits = (double)y->days * y->visits;
    char to[320];
    double live = size_of(path);
    snprintf(to, sizeof(to), "%s.copy", path);
    for (int i = 0; i < COPIES; i++) {
        copies[i] = time_copy(path, to);
        backups[i] = time_backup(y, to);
    }
    printf("\"live\":%.0f,\"backup_ms\":%.1f,\"copy_ms\":%.1f,", live / visits,
           bench_median(backups, COPIES), bench_median(copies, COPIES));
    printf("\"swept\":%.0f,", sweep(y, path) / visits);
}

int main(int argc, char **argv)
{
    struct year y = { .days = argc > 2 ? atoi(argv[2]) : 230, .visits = argc > 3 ? atoi(argv[3]) : 200 };
    int houses = argc > 1 ? atoi(argv[1]) : 5, status = 0;
    const char *folder = bench_folder();
    int64_t from = bench_now_ns();
    for (int i = 1; i < houses; i++)
        if (fork() == 0) {
            char path[300];
            snprintf(path, sizeof(path), "%s/%d.db", folder, i);
            house(&y, path);
            flow_close(y.flow);
            _exit(0);
        }
    char path[300];
    snprintf(path, sizeof(path), "%s/0.db", folder);
    house(&y, path);
    bool whole = true;
    for (int i = 1; i < houses; i++)
        whole = wait(&status) > 0 && status == 0 && whole;
    double seconds = ms_since(from) / 1000;
    printf("{\"houses\":%d,\"days\":%d,\"visits\":%d,", houses, y.days, y.visits);
    look_back(&y, path);
    printf("\"acts\":%ld,\"seconds\":%.1f}\n", y.acts * houses, seconds);
    flow_close(y.flow);
    return whole ? 0 : 1;
}
