/*
 * Injected failure: each allocation, of ours and of SQLite, and each read, write, sync, open,
 * lock, resize and rename of a scripted day fails, once and for ever; the disk is full at each
 * step, or turned read-only; bits flip. What fails is refused or in doubt, never half done: with
 * the fault gone the same day can be finished, and all that was told is there.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sqlite3.h>

#include "base/mem.h"
#include "flow/upkeep.h"
#include "tests/faults/day.h"
#include "tests/faults/many.h"
#include "tests/faults/people.h"
#include "tests/lib/check.h"

#define OPENS 24 /* more than a program makes when it starts */
#define BUDGET_S 8 /* of each test */
#define MOST 1000000

#define FAILS(...)                       \
    do {                                 \
        fprintf(many_said, __VA_ARGS__); \
        fprintf(many_said, "\n");        \
        fflush(many_said);               \
        _exit(1);                        \
    } while (0)

/* ---- SQLite's allocations ---- */

static sqlite3_mem_methods usual;
static unsigned long lite_fail_at; /* the n-th from now; 0 never */
static bool lite_for_ever;
static unsigned long lite_count;

static bool lite_fails(void)
{
    lite_count++;
    if (lite_fail_at == 0 || --lite_fail_at > 0)
        return false;
    lite_fail_at = lite_for_ever ? 1 : 0;
    return true;
}

static void *lite_malloc(int n)
{
    return lite_fails() ? NULL : usual.xMalloc(n);
}

static void *lite_realloc(void *p, int n)
{
    return lite_fails() ? NULL : usual.xRealloc(p, n);
}

__attribute__((constructor)) static void take_over_memory(void)
{
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual) != SQLITE_OK)
        abort();
    sqlite3_mem_methods ours = usual;
    ours.xMalloc = lite_malloc;
    ours.xRealloc = lite_realloc;
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &ours) != SQLITE_OK)
        abort();
}

/* ---- a day with one fault ---- */

enum failure_kind {
    FAULT_CALL, /* and after it one for each kind of call */
    FAULT_MEMORY = FAULT_CALL + CALL_KINDS,
    FAULT_LITE_MEMORY,
    FAULT_KINDS
};

struct failure {
    enum failure_kind kind;
    unsigned long at;
    bool for_ever;
};

static const char *failure_name(const struct failure *f)
{
    return f->kind == FAULT_MEMORY        ? "allocation"
           : f->kind == FAULT_LITE_MEMORY ? "allocation of SQLite"
                                          : call_names[f->kind - FAULT_CALL];
}

static void set_fault(const struct failure *f)
{
    if (f->kind == FAULT_MEMORY) {
        if (f->for_ever)
            mem_fail_from(f->at);
        else
            mem_fail_at(f->at);
    } else if (f->kind == FAULT_LITE_MEMORY) {
        lite_fail_at = f->at;
        lite_for_ever = f->for_ever;
    } else {
        calls_faults()->at_kind = (enum call_kind)(f->kind - FAULT_CALL);
        calls_faults()->fail_at = f->at;
        calls_faults()->for_ever = f->for_ever;
    }
}

static void no_fault(void)
{
    mem_fail_at(0);
    lite_fail_at = 0;
    calls_no_faults();
}

static unsigned long count_of(enum failure_kind k)
{
    return k == FAULT_MEMORY        ? mem_count()
           : k == FAULT_LITE_MEMORY ? lite_count
                                    : calls_count((enum call_kind)(k - FAULT_CALL));
}

static void restart(struct box *b)
{
    for (int p = 0; p < BOX_PROGRAMS; p++)
        box_close(b, (enum box_program)p);
}

/* Out of order: everything ends, and starts anew when the fault is over. */
static bool must_restart(struct box *b, enum err e)
{
    bool failed = e == ERR_IO || e == ERR_CORRUPT || e == ERR_DENIED;
    for (int p = 0; p < BOX_PROGRAMS; p++)
        failed = failed || (b->programs[p] && flow_storage_failed(b->programs[p]));
    return failed;
}

/* What a step may say whose first try was stored although it ended in an error. */
static bool is_done(enum err e)
{
    return e == ERR_OK || e == ERR_STATE || e == ERR_TAKEN || e == ERR_NOT_FOUND ||
           e == ERR_RANGE || e == ERR_EXISTS;
}

/* Runs the day's steps; a fault may hit any, and is over when the step has been tried once
 * (for ever: when it has been tried three times). */
static void day_with(struct box *b, const struct failure *f, uint64_t seed)
{
    struct day d;
    const char *what = "";
    box_begin(b, seed);
    day_begin(&d, b);
    unsigned long before = count_of(f->kind);
    set_fault(f);
    for (int i = 0; i < day_steps(); i++) {
        enum err e = day_step(&d, i);
        for (int tries = 0; e != ERR_OK && tries < 3; tries++) {
            if (must_restart(b, e))
                restart(b);
            if (tries == 1)
                no_fault();
            e = day_step(&d, i);
        }
        if (!is_done(e))
            FAILS("%s %lu%s: %s: %s", failure_name(f), f->at, f->for_ever ? " and all after" : "",
                  day_step_name(i), err_text(e));
        if (count_of(f->kind) - before >= f->at)
            no_fault();
        calls_advance(MINUTE_MS);
    }
    no_fault();
    restart(b);
    if (!day_holds(&d, &what))
        FAILS("%s %lu%s: %s", failure_name(f), f->at, f->for_ever ? " and all after" : "", what);
    box_done(b);
    if (calls_open_files() != 0)
        FAILS("%s %lu: %d files are left open", failure_name(f), f->at, calls_open_files());
}

static unsigned long points[FAULT_KINDS]; /* how many of each kind the day has */

/* Round n: each kind in turn, all its points spread over the rounds, once and for ever. */
static struct many_totals fail_everywhere(const struct many_share *s)
{
    struct many_totals t = { 0 };
    static struct box b;
    struct rng r = rng_seeded(s->seed + (uint64_t)s->from);
    for (long n = s->from; n < s->most && (t.done == 0 || many_real_ms() < s->until);
         n += s->step) {
        struct failure f = { .kind = (enum failure_kind)(n % FAULT_KINDS),
                             .for_ever = rng_below(&r, 2) };
        f.at = 1 + rng_below(&r, (uint32_t)points[f.kind]);
        day_with(&b, &f, 1 + (uint64_t)(n % 2));
        t.done++;
        t.a += f.for_ever;
    }
    return t;
}

static void count_points(void)
{
    static struct box b;
    struct day d;
    unsigned long before[FAULT_KINDS];
    box_begin(&b, 1);
    for (int k = 0; k < FAULT_KINDS; k++)
        before[k] = count_of((enum failure_kind)k);
    day_begin(&d, &b);
    for (int i = 0; i < day_steps(); i++)
        CHECK_OK(day_step(&d, i));
    for (int k = 0; k < FAULT_KINDS; k++) {
        points[k] = count_of((enum failure_kind)k) - before[k];
        CHECK(points[k] > 0);
    }
    box_done(&b);
}

TEST(any_call_and_any_allocation_may_fail_once_or_for_ever)
{
    struct many_totals t;
    unsigned long all = 0;
    count_points();
    for (int k = 0; k < FAULT_KINDS; k++)
        all += points[k];
    bool good = many_run(fail_everywhere, check_rounds(MOST), 2 * BUDGET_S, &t);
    print_message("%ld days with a fault, %ld of them for ever; a day has %lu points\n", t.done,
                  t.a, all);
    CHECK(good);
}

/* ---- a full disk, and one that takes no writes ---- */

/* Whether this step could have written and says that it did. */
static void refuse_or_do(struct box *b, struct day *d, int step, const char *why)
{
    enum err e = day_step(d, step);
    if (e != ERR_OK && must_restart(b, e))
        restart(b);
    calls_faults()->room = 0;
    calls_faults()->read_only = false;
    for (int tries = 0; e != ERR_OK && tries < 3; tries++) {
        e = day_step(d, step);
        if (e != ERR_OK && must_restart(b, e))
            restart(b);
    }
    if (!is_done(e))
        FAILS("%s at \"%s\": %s", why, day_step_name(step), err_text(e));
}

static struct many_totals fill_up(const struct many_share *s)
{
    struct many_totals t = { 0 };
    static struct box b;
    for (long n = s->from; n < s->most && (t.done == 0 || many_real_ms() < s->until);
         n += s->step) {
        struct day d;
        const char *what = "";
        int64_t spare = n / 2 % 100 * DISK_PAGE;
        bool full = n % 2 == 0;
        box_begin(&b, (uint64_t)n);
        day_begin(&d, &b);
        for (int i = 0; i < day_steps(); i++) {
            calls_faults()->room = full ? disk_bytes(calls_disk()) + spare : 0;
            calls_faults()->read_only = !full && (n / 2 + i) % 3 == 0;
            refuse_or_do(&b, &d, i, full ? "a full disk" : "a read-only disk");
            calls_advance(MINUTE_MS);
        }
        restart(&b);
        if (!day_holds(&d, &what))
            FAILS("%s, %lld bytes spare: %s", full ? "full" : "read-only", (long long)spare, what);
        box_done(&b);
        t.done++;
    }
    return t;
}

TEST(a_full_or_read_only_disk_refuses_and_goes_on_later)
{
    struct many_totals t;
    bool good = many_run(fill_up, check_rounds(MOST), BUDGET_S, &t);
    print_message("%ld days\n", t.done);
    CHECK(good);
}

/* ---- bits that flip ---- */

/* A damaged record is passed over or refused: nobody crashes, and no other name is shown. */
static void read_everything(struct box *b, struct day *d)
{
    enum err e = ERR_OK;
    struct flow *f = box_bring_up(b, BOX_DESK, &e);
    if (!f)
        return;
    struct queue_list l = { 0 };
    if (flow_queue(f, NULL, &l) == ERR_OK)
        for (size_t i = 0; i < l.n; i++)
            for (int n = 0; n < DAY_VISITS; n++)
                if (strcmp(l.v[i].visit.s, d->visits[n].s) == 0 && d->tickets[n][0] &&
                    strlen(l.v[i].ticket) > 8)
                    FAILS("a flipped bit: a ticket of another form");
    queue_list_done(&l);
    for (int n = 0; n < DAY_VISITS; n++) {
        struct person p = { 0 };
        if (flow_visit_person(f, &d->visits[n], &p) != ERR_OK)
            continue;
        if (strncmp(p.family, "Jansen", 6) != 0)
            FAILS("a flipped bit: another name");
    }
    (void)box_is_sound(b, &e);
    (void)day_step(d, 1);
}

static struct many_totals flip_bits(const struct many_share *s)
{
    struct many_totals t = { 0 };
    static struct box b;
    static struct disk *after;
    static struct day d;
    box_begin(&b, 1);
    day_begin(&d, &b);
    for (int i = 0; i < day_steps(); i++)
        if (day_step(&d, i) != ERR_OK)
            FAILS("the day itself");
    restart(&b);
    after = disk_copy(calls_disk());
    for (long n = s->from; n < s->most && (t.done == 0 || many_real_ms() < s->until);
         n += s->step) {
        struct rng r = rng_seeded(s->seed + (uint64_t)n);
        calls_mount(disk_copy(after), s->seed);
        int node = disk_find(calls_disk(), BOX_DB);
        for (uint32_t k = 1 + rng_below(&r, 3); k > 0; k--)
            disk_flip(calls_disk(), node,
                      (off_t)rng_below(&r, (uint32_t)disk_stat(calls_disk(), node).size),
                      (int)rng_below(&r, 8));
        enum err e = ERR_OK;
        t.a += !box_is_sound(&b, &e);
        read_everything(&b, &d);
        restart(&b);
        t.done++;
    }
    disk_destroy(after);
    near_close(&b.near);
    return t;
}

TEST(flipped_bits_crash_nothing_and_show_no_wrong_name)
{
    struct many_totals t;
    bool good = many_run(flip_bits, check_rounds(MOST), BUDGET_S, &t);
    print_message("%ld databases with flipped bits, %ld of them found by check or not opened\n",
                  t.done, t.a);
    CHECK(good);
}

/* ---- a database that cannot be opened ---- */

static void garble(struct rng *r, int node)
{
    off_t size = disk_stat(calls_disk(), node).size;
    unsigned char noise[512];
    rng_fill(r, noise, sizeof(noise));
    disk_write(calls_disk(), node, noise, sizeof(noise), 0); /* its header at least */
    for (int i = 0; i < 20; i++)
        disk_write(calls_disk(), node, noise, sizeof(noise), (off_t)rng_below(r, (uint32_t)size));
    disk_sync(calls_disk(), node);
}

TEST(a_database_that_does_not_open_is_set_aside_and_the_backup_put_there)
{
    static struct box b;
    struct rng r = rng_seeded(check_seed());
    for (int n = 0; n < 20; n++) {
        struct day d;
        const char *what = "";
        box_begin(&b, 1);
        day_begin(&d, &b);
        for (int i = 0; i < day_steps(); i++)
            CHECK_OK(day_step(&d, i));
        int64_t pages = 0;
        CHECK_OK(flow_backup(b.programs[BOX_DESK], DISK_ROOT "/backup.db", &pages));
        restart(&b);
        garble(&r, disk_find(calls_disk(), BOX_DB));
        enum err e = ERR_OK;
        CHECK(!box_bring_up(&b, BOX_KIOSK, &e));
        CHECK_ERR(e, ERR_CORRUPT);
        struct restore_done done = { 0 };
        CHECK_OK(flow_restore(&(struct restore_request){ .backup = DISK_ROOT "/backup.db",
                                                         .db_path = BOX_DB,
                                                         .force = true,
                                                         .clock = &b.clock,
                                                         .rng = &b.rng },
                              &done));
        CHECK(disk_find(calls_disk(), done.aside) != DISK_NO_NODE);
        if (!day_holds(&d, &what))
            CHECK_FAIL("restored: %s", what);
        box_done(&b);
    }
}

/* ---- a card that lies about its syncs ---- */

/* On one medium its newest records are lost; but the house is found whole and older, or damaged,
 * and then the backup brings it back. */
static struct many_totals lie_and_cut(const struct many_share *s)
{
    struct many_totals t = { 0 };
    static struct box b;
    for (long n = s->from; n < s->most && (t.done == 0 || many_real_ms() < s->until);
         n += s->step) {
        struct day d;
        const char *what = "";
        int64_t pages = 0;
        enum err e = ERR_OK;
        struct rng r = rng_seeded(s->seed + (uint64_t)n);
        box_begin(&b, s->seed + (uint64_t)n);
        day_begin(&d, &b);
        int backup = (int)rng_below(&r, (uint32_t)day_steps()), at = backup;
        struct day then = d; /* what was told before the backup */
        for (int i = 0; i < day_steps() && at < day_steps(); i++) {
            if (i == backup) {
                struct flow *f = box_bring_up(&b, BOX_DESK, &e);
                if (!f || flow_backup(f, DISK_ROOT "/safe.db", &pages) != ERR_OK)
                    FAILS("no backup before a card lies: %s", err_text(e));
                then = d;
                calls_faults()->lie = 500000;
                at = backup + (int)rng_below(&r, (uint32_t)(day_steps() - backup)) + 1;
            }
            if (i < at && day_step(&d, i) != ERR_OK)
                FAILS("%s fails on a card that lies", day_step_name(i));
        }
        box_power_cycle(&b);
        calls_no_faults();
        bool sound = box_is_sound(&b, &e);
        restart(&b);
        t.a += !sound;
        const struct restore_request back = { .backup = DISK_ROOT "/safe.db", .db_path = BOX_DB,
                                              .force = true, .clock = &b.clock, .rng = &b.rng };
        struct restore_done done = { 0 };
        if (!sound && (flow_restore(&back, &done) != ERR_OK || !day_holds(&then, &what)))
            FAILS("a card that lied: the backup does not bring it back: %s", what);
        box_done(&b);
        t.done++;
    }
    return t;
}

TEST(a_card_that_lies_is_found_out_and_the_backup_brings_the_house_back)
{
    struct many_totals t;
    bool good = many_run(lie_and_cut, check_rounds(MOST), BUDGET_S / 2, &t);
    print_message("%ld days, %ld of them found damaged\n", t.done, t.a);
    CHECK(good);
}

/* ---- a card that takes seconds ---- */

/* Whoever lost patience and tried again finds what he did the first time. */
TEST(on_a_card_that_takes_five_seconds_for_a_sync_the_day_goes_on_and_nothing_is_doubled)
{
    static struct box b;
    const char *what = "";
    struct day d;
    box_begin(&b, 1);
    day_begin(&d, &b);
    calls_faults()->sync_ms = 5000;
    utc_ms before = calls_wall();
    for (int i = 0; i < day_steps(); i++) {
        struct day told = d;
        CHECK_OK(day_step(&d, i));
        enum err again = day_step(&d, i);
        CHECK(again == ERR_OK || again == ERR_STATE || again == ERR_TAKEN || again == ERR_RANGE);
        for (int n = 0; n < DAY_VISITS; n++)
            CHECK(!told.tickets[n][0] || strcmp(told.tickets[n], d.tickets[n]) == 0);
    }
    CHECK(calls_wall() - before >= 5000 * day_steps());
    calls_faults()->sync_ms = 0;
    if (!day_holds(&d, &what))
        CHECK_FAIL("%s", what);
    box_done(&b);
}

/* ---- the power fails at noon ---- */

static void note_queue(struct box *b, char *text, size_t room)
{
    enum err e = ERR_OK;
    struct queue_list l = { 0 };
    struct flow *f = box_bring_up(b, BOX_DESK, &e);
    CHECK(f != NULL);
    CHECK_OK(flow_queue(f, NULL, &l));
    CHECK(l.n > 0);
    for (size_t i = 0, n = 0; i < l.n && n < room; i++)
        n += (size_t)snprintf(text + n, room - n, "%s %s %d\n", l.v[i].ticket, l.v[i].visit.s,
                              (int)l.v[i].state);
    queue_list_done(&l);
}

TEST(after_a_power_cut_at_noon_the_queue_stands_as_it_did)
{
    static struct box b;
    char before[2048], after[2048];
    int looked = 0;
    for (int steps = 1; steps < day_steps(); steps++) {
        struct day d;
        box_begin(&b, (uint64_t)steps);
        day_begin(&d, &b);
        for (int i = 0; i < steps; i++)
            CHECK_OK(day_step(&d, i));
        if (strcmp(day_step_name(steps - 1), "the day is closed") == 0) {
            box_done(&b);
            break;
        }
        note_queue(&b, before, sizeof(before));
        box_power_cycle(&b);
        note_queue(&b, after, sizeof(after));
        CHECK_STR(after, before);
        box_done(&b);
        looked++;
    }
    CHECK(looked > 10);
}

/* ---- a failed sync, and the programs beside the one that met it ---- */

/* Until all have let go, the kernel shows what may never reach the disk: nobody may send it. */
TEST(after_a_failed_sync_nobody_opens_until_everybody_let_go)
{
    static struct box b;
    struct day d;
    enum err why = ERR_OK;
    bool unsure = false;
    box_begin(&b, 1);
    day_begin(&d, &b);
    CHECK_OK(day_step(&d, 0));
    struct flow *kiosk = box_bring_up(&b, BOX_KIOSK, &why);
    CHECK(kiosk != NULL);
    *calls_faults() = (struct call_faults){ .at_kind = CALL_SYNC, .fail_at = 1 };
    CHECK_ERR(flow_at_work(kiosk, people_coaches[0], false), ERR_IO);
    CHECK(flow_storage_failed(kiosk));
    calls_no_faults();
    box_close(&b, BOX_DESK);
    CHECK_ERR(box_upload(&b, &unsure), ERR_IO); /* the kiosk is still there */
    CHECK(!box_bring_up(&b, BOX_DESK, &why));
    CHECK_ERR(why, ERR_IO);
    json_t *register_has = near_dump(&b.near);
    CHECK_INT(json_array_size(json_object_get(register_has, "zaken")), 0);
    json_decref(register_has);
    box_close(&b, BOX_KIOSK);
    CHECK(box_bring_up(&b, BOX_DESK, &why) != NULL);
    CHECK_OK(box_upload(&b, &unsure));
    box_done(&b);
}

/* ---- a file that SQLite could open for reading only ---- */

TEST(what_opens_can_be_written_whichever_open_failed)
{
    static struct box b;
    int opened = 0;
    for (unsigned long n = 1; n <= OPENS; n++) {
        enum err why = ERR_OK;
        box_begin(&b, n);
        *calls_faults() = (struct call_faults){ .at_kind = CALL_OPEN, .fail_at = n };
        struct flow *f = box_bring_up(&b, BOX_DESK, &why);
        calls_no_faults();
        opened += f != NULL;
        if (f)
            CHECK_OK(flow_at_work(f, people_coaches[0], true));
        box_done(&b);
    }
    CHECK(opened > 0 && opened < OPENS);
    calls_mount(NULL, 0);
}
