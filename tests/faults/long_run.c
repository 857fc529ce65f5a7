/*
 * A month in the house: 30 days of 200 visits with all programs and random faults, in minutes.
 * Memory, descriptors, the database and its journal must stay within bounds. A plain run makes
 * two days; SOAK set makes thirty.
 */
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "flow/upkeep.h"
#include "store/store.h"
#include "tests/faults/box.h"
#include "tests/faults/many.h"
#include "tests/faults/people.h"
#include "tests/lib/check.h"

#define DAYS_SHORT 2
#define DAYS_LONG 30
#define VISITS 200
#define APPOINTMENTS 20
#define WAL_MAX (STORE_WAL_MAX + 1024 * 1024)
#define DB_A_DAY (2 * 1024 * 1024) /* more than this a day is a leak */
#define HEAP_GROWTH (1024 * 1024)
#define OPEN_FILES_MAX 16

struct month {
    struct box b;
    struct rng rng;
    long visits, refused, cuts, kills;
    int64_t wal_most, db_most, heap_first, heap_last;
    int files_most;
};

static bool dead(void)
{
    return calls_power_is_off() || calls_is_killed();
}

static void come_up(struct month *m)
{
    if (calls_power_is_off()) {
        m->cuts++;
        box_power_cycle(&m->b);
    }
    if (calls_is_killed()) {
        m->kills++;
        for (int p = 0; p < BOX_PROGRAMS; p++)
            box_close(&m->b, (enum box_program)p);
        calls_revive();
    }
}

static struct flow *program(struct month *m, enum box_program p)
{
    for (int tries = 1; tries < 500; tries++) {
        enum err why = ERR_OK;
        if (m->b.programs[p] && flow_storage_failed(m->b.programs[p]))
            box_close(&m->b, p);
        struct flow *f = box_bring_up(&m->b, p, &why);
        if (f && !dead())
            return f;
        if (!f && why != ERR_IO && why != ERR_BUSY && why != ERR_CORRUPT && !dead())
            CHECK_FAIL("a program does not open: %s", err_text(why));
        come_up(m);
        if (tries % 5 == 0)
            box_power_cycle(&m->b);
    }
    CHECK_FAIL("a program does not come up");
    return NULL;
}

/* It may have failed; the next one will not have. */
static void as_it_comes(UNUSED enum err e)
{
}

static int64_t size_of(const char *path)
{
    int node = calls_disk() ? disk_find(calls_disk(), path) : DISK_NO_NODE;
    return node == DISK_NO_NODE ? 0 : (int64_t)disk_stat(calls_disk(), node).size;
}

static void measure(struct month *m)
{
    int64_t wal = size_of(BOX_DB "-wal"), db = size_of(BOX_DB);
    int files = calls_open_files();
    m->wal_most = wal > m->wal_most ? wal : m->wal_most;
    m->db_most = db > m->db_most ? db : m->db_most;
    m->files_most = files > m->files_most ? files : m->files_most;
}

/* Comes, is called, helped and done, as far as the faults let it. */
static void one_visit(struct month *m, int day, int n)
{
    struct person p = people_person((day * VISITS + n) % 9000);
    struct arrival a = { 0 };
    struct queue_line l = { 0 };
    struct ulid id = flow_new_id(program(m, BOX_KIOSK));
    enum err e = ERR_IO;
    for (int tries = 0; tries < 5 && e != ERR_OK; tries++) {
        e = flow_walk_in(program(m, BOX_KIOSK),
                         &(struct walk_in_request){ .visit = id, .person = &p }, &a);
        come_up(m);
    }
    m->visits += e == ERR_OK;
    m->refused += e != ERR_OK;
    const char *coach = people_coaches[rng_below(&m->rng, PEOPLE_COACHES)];
    e = flow_call_next(program(m, BOX_DESK), coach, &l);
    come_up(m);
    if (e == ERR_OK)
        e = flow_start(program(m, BOX_DESK), (struct visit_ref){ l.visit, 0 }, &l);
    come_up(m);
    if (e == ERR_OK)
        e = flow_finish(program(m, BOX_DESK), (struct visit_ref){ l.visit, 0 }, "", &l);
    come_up(m);
    struct queue_list list = { 0 };
    if (flow_queue(program(m, BOX_DESK), NULL, &list) == ERR_OK)
        queue_list_done(&list);
    come_up(m);
    if (n % 5 == 0)
        as_it_comes(flow_rest(program(m, BOX_KIOSK)));
    come_up(m);
    calls_advance(2 * MINUTE_MS);
}

static void one_booking(struct month *m, int day, int n)
{
    struct hold h = { 0 };
    struct appointment_view v = { 0 };
    struct person p = people_person((day * APPOINTMENTS + n) % 2500 + 9100);
    utc_ms hour = calls_wall() - calls_wall() % HOUR_MS;
    utc_ms start = hour + (20 + (int)rng_below(&m->rng, 50)) * HOUR_MS;
    enum err e = flow_hold(program(m, BOX_KIOSK),
                           &(struct hold_request){ .service = "school", .start = start }, &h);
    come_up(m);
    if (e == ERR_OK)
        e = flow_book(program(m, BOX_KIOSK), &(struct book_request){ .hold = h.id, .person = &p },
                      &v);
    come_up(m);
}

static void ignore(UNUSED void *arg, UNUSED const struct retention_line *l)
{
}

static void one_night(struct month *m)
{
    struct day_closed c;
    int64_t pages = 0;
    bool unsure = false;
    as_it_comes(flow_close_day(program(m, BOX_DESK), &c));
    come_up(m);
    for (int i = 0; i < 3; i++) {
        m->b.near.server.clock.sim_wall = calls_wall();
        (void)box_upload(&m->b, &unsure);
        calls_revive();
        come_up(m);
        measure(m);
    }
    const struct retention_terms t = { .follow_up_days = 7, .sent_days = 14 };
    as_it_comes(flow_retention_run(program(m, BOX_DESK), &t, ignore, NULL));
    come_up(m);
    as_it_comes(flow_backup(program(m, BOX_DESK), DISK_ROOT "/backup.db", &pages));
    come_up(m);
}

/* Until 8 o'clock of the next day. */
static void sleep_until_morning(int day)
{
    utc_ms morning = BOX_START + (day + 1) * DAY_MS;
    if (calls_wall() < morning)
        calls_advance(morning - calls_wall());
}

static int64_t heap(void)
{
    struct mallinfo2 i = mallinfo2();
    return (int64_t)(i.uordblks + i.hblkhd);
}

/* What the programs hold in memory at the end of a day (without ASan, which has no count of it):
 * so much is free when they close. */
static void measure_heap(struct month *m, int day)
{
    (void)program(m, BOX_KIOSK);
    (void)program(m, BOX_DESK);
    int64_t open = heap();
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(&m->b, (enum box_program)p);
    m->heap_last = open - heap();
    if (day == 1)
        m->heap_first = m->heap_last;
}

static void with_faults(struct month *m)
{
    struct call_faults *f = calls_faults();
    *f = (struct call_faults){ .cut = 20, .kill = 40, .partly = 1000 };
    f->fail[CALL_READ] = f->fail[CALL_WRITE] = f->fail[CALL_LOCK] = f->fail[CALL_OPEN] = 20;
    f->fail[CALL_SYNC] = 500;
    m->b.near.p_percent = 2;
}

TEST(a_month_of_faults_leaves_memory_files_and_journal_bounded)
{
    static struct month m;
    int days = getenv("SOAK") ? DAYS_LONG : DAYS_SHORT;
    enum err e = ERR_OK;
    int64_t start = many_real_ms();
    many_be_quiet();
    m.rng = rng_seeded(check_seed());
    box_begin(&m.b, 5);
    for (int day = 0; day < days; day++) {
        with_faults(&m);
        for (int n = 0; n < VISITS; n++) {
            one_visit(&m, day, n);
            if (n % (VISITS / APPOINTMENTS) == 0)
                one_booking(&m, day, n / (VISITS / APPOINTMENTS));
            measure(&m);
        }
        one_night(&m);
        calls_no_faults();
        m.b.near.p_percent = 0;
        measure_heap(&m, day);
        sleep_until_morning(day);
    }
    CHECK(box_is_sound(&m.b, &e));
    print_message(
        "%d days in %lld s: %ld visits, %ld refused, %ld power cuts, %ld kills; journal at "
        "most %lld KiB, database %lld KiB, %d files open, the programs hold %lld KiB, "
        "on the second day %lld\n",
        days, (long long)(many_real_ms() - start) / 1000, m.visits, m.refused, m.cuts, m.kills,
        (long long)m.wal_most / 1024, (long long)m.db_most / 1024, m.files_most,
        (long long)m.heap_last / 1024, (long long)m.heap_first / 1024);
    CHECK(m.visits >= days * VISITS * 9 / 10);
    CHECK(m.wal_most <= WAL_MAX);
    CHECK(m.db_most <= (int64_t)days * DB_A_DAY + DB_A_DAY);
    CHECK(m.files_most <= OPEN_FILES_MAX);
    if (days > 2)
        CHECK(m.heap_last - m.heap_first < HEAP_GROWTH);
    box_done(&m.b);
    CHECK_INT(calls_open_files(), 0);
    calls_mount(NULL, 0);
}
