/*
 * Three houses of a region, a line that fails at any call, programs that are killed, a region
 * that comes back from an old backup, days that change hands, clocks that disagree: after
 * everything healed, no seat is sold twice, nothing that was acknowledged is lost or doubled,
 * every sealed appointment arrived once, and all agree. One seed is one history.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "core/quantum.h"
#include "flow/house.h"
#include "flow/region.h"
#include "sync/sync.h"
#include "tests/lib/check.h"
#include "tests/sync/fake_region.h"

#define ACTS 30
#define ACKED_MAX 64
#define HEAL_ROUNDS 30

__attribute__((constructor)) static void in_memory(void)
{
    if (!getenv("TMPDIR") && access("/dev/shm", W_OK) == 0)
        setenv("TMPDIR", "/dev/shm", 1);
}

struct box {
    int i;
    char path[300];
    struct clock clock;
    struct rng rng;
    struct flow *flow;
    struct store *store; /* of its dynamo-sync */
    struct sync sync;
    int patience; /* looks while the region is waited for */
};

struct acked {
    struct ulid id;
    int site;
    bool gone; /* cancelled */
};

static struct box box[FAKE_SITES];
static struct acked acked[ACKED_MAX];
static int n_acked, people;
static struct rng dice;
static uint64_t seed;
static struct fake_state backup;
static bool has_backup;

static int below(int n)
{
    return (int)rng_below(&dice, (uint32_t)n);
}

/* ---- a house ---- */

static void step(struct box *b)
{
    enum err e;
    b->sync.retry_at = 0;
    sync_hurry(&b->sync);
    e = sync_step(&b->sync);
    if (e != ERR_OK)
        CHECK_FAIL("seed %llu: a step of site %d: %s", (unsigned long long)seed, b->i, err_text(e));
}

/* While the house waits, its dynamo-sync works, and maybe another house's. */
static bool meanwhile(void *arg, UNUSED int ms)
{
    struct box *b = arg;
    if (below(4) == 0)
        step(&box[below(FAKE_SITES)]);
    step(b);
    return --b->patience > 0;
}

static void open_sync(struct box *b)
{
    static const char *const names[FAKE_SITES] = { "alpha", "beta", "gamma" };
    CHECK_OK(store_open(&(struct store_options){ .path = b->path, .rng = &b->rng,
                                                 .keys = STORE_KEYS_HOUSE },
                        &b->store));
    b->sync = (struct sync){ .store = b->store, .clock = &b->clock, .rng = &b->rng,
                             .options = { .conninfo = names[b->i], .wait_ms = 1000 } };
}

/* It ends anywhere: nothing is said to anybody. */
static void kill_sync(struct box *b)
{
    region_close(b->sync.r);
    store_close(b->store);
    open_sync(b);
}

static void open_flow(struct box *b)
{
    CHECK_OK(flow_open(&(struct flow_options){ .db_path = b->path, .device = "ctl",
                                               .clock = &b->clock, .rng = &b->rng, .patient = true },
                       &b->flow));
    flow_set_region_idle(b->flow, meanwhile, b);
}

#define HOURS \
    "[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],\"from\":\"09:00\",\"to\":\"15:00\"," \
    "\"valid_from\":\"2026-01-01\"}]"

/* Two coaches at home, and the first of the next site as a guest. */
static void roster_text(int i, struct buf *b)
{
    static const char ids[] = "abc";
    buf_addf(b, "{\"version\":1,\"site\":{\"id\":\"%s\",\"name\":\"%s\",\"timezone\":"
                "\"Europe/Amsterdam\",\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":"
                "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"],\"from\":\"09:00\",\"to\":\"17:00\","
                "\"for\":[\"walk_in\",\"appointment\"],\"valid_from\":\"2026-01-01\"}],"
                "\"closures\":[],\"services\":[{\"id\":\"talk\",\"name\":{\"nl\":\"x\"},"
                "\"minutes\":30,\"buffer_minutes\":0,\"book\":true,\"walk_in\":true,\"topics\":[],"
                "\"default\":true}],\"coaches\":[",
             world.now.site[i].name, world.now.site[i].name);
    for (int k = 0; k < 3; k++)
        buf_addf(b, "%s{\"id\":\"%c%d\",\"name\":\"x\",\"role\":\"coach\",\"room\":\"1\","
                    "\"services\":[\"talk\"],\"availability\":" HOURS "}",
                 k ? "," : "", k < 2 ? ids[i] : ids[(i + 1) % FAKE_SITES], k % 2);
    buf_adds(b, "],\"rules\":{\"step_minutes\":30,\"hold_seconds\":900}}");
}

static void make_box(int i, utc_ms now)
{
    struct box *b = &box[i];
    CLEANUP(buf_done) struct buf text = buf_make(16384);
    CLEANUP(roster_notes_done) struct roster_notes notes = { 0 };
    *b = (struct box){ .i = i, .clock = clock_at(now + (below(5) - 2) * 2 * MINUTE_MS),
                       .rng = rng_seeded(rng_u64(&dice)) };
    static int count;
    snprintf(b->path, sizeof(b->path), "%s/r%d.db", check_tmpdir(), count++);
    CHECK_OK(flow_init(b->path, true, &b->clock, &b->rng));
    open_flow(b);
    roster_text(i, &text);
    CHECK_OK(flow_roster_import(b->flow, buf_str(&text), text.n, &notes));
    open_sync(b);
    struct region_row row = { .joined_at = now, .rule = world.rule };
    memcpy(row.site, world.now.site[i].name, sizeof(row.site));
    CHECK_OK(store_region_key(b->store, row.key));
    memcpy(world.now.site[i].key, row.key, sizeof(row.key));
    world.now.site[i].joined = world.now.site[i].asserted = true;
    CHECK_OK(store_region_join(b->store, &row));
}

static void drop_box(struct box *b)
{
    char name[400];
    static const char *const tails[] = { "", "-wal", "-shm" };
    region_close(b->sync.r);
    store_close(b->store);
    flow_close(b->flow);
    for (size_t i = 0; i < ARRAY_LEN(tails); i++) {
        snprintf(name, sizeof(name), "%s%s", b->path, tails[i]);
        unlink(name);
    }
}

/* ---- what people do ---- */

static struct person somebody(void)
{
    static const char letters[] = "abcdefghij";
    struct person p = { .birth = 12555, .municipality = "1674", .topic = TOPIC_SCHOOL,
                        .lang = "nl" };
    int n = people++;
    snprintf(p.given, sizeof(p.given), "Noor");
    snprintf(p.family, sizeof(p.family), "Berg%c%c%c", letters[n / 100 % 10],
             letters[n / 10 % 10], letters[n % 10]);
    return p;
}

static void acknowledge(const struct ulid *id, int site)
{
    CHECK(n_acked < ACKED_MAX);
    acked[n_acked++] = (struct acked){ *id, site, false };
}

static void book_here(struct box *b)
{
    CLEANUP(free_list_done) struct free_list l = { 0 };
    struct hold h;
    struct appointment_view v;
    b->patience = 1 + below(4);
    civil_day day = flow_today(b->flow) + 1;
    if (flow_free(b->flow, "talk", NULL, day, day + 1, &l) != ERR_OK || l.n == 0)
        return;
    const struct slot *s = &l.v[below((int)l.n)];
    struct hold_request r = { .service = "talk", .start = s->start,
                              .coach = flow_roster(b->flow)->coaches[s->coach].id };
    if (flow_hold(b->flow, &r, &h) != ERR_OK)
        return;
    if (below(5) == 0)
        return; /* the visitor walks off */
    struct person p = somebody();
    if (flow_book(b->flow, &(struct book_request){ .hold = h.id, .person = &p }, &v) == ERR_OK)
        acknowledge(&v.id, b->i);
}

static void book_there(struct box *b)
{
    CLEANUP(region_offer_done) struct region_offer o = { 0 };
    int to = (b->i + 1 + below(FAKE_SITES - 1)) % FAKE_SITES;
    struct region_booked done;
    civil_day day = flow_today(b->flow) + 1;
    b->patience = 1 + below(4);
    if (flow_region_free(b->flow, world.now.site[to].name, "talk", NULL, day, day + 1, &o) != ERR_OK ||
        o.free.n == 0)
        return;
    const struct slot *s = &o.free.v[below((int)o.free.n)];
    struct person p = somebody();
    b->patience = 1 + below(4);
    struct region_request r = { .site = world.now.site[to].name, .service = "talk",
                                .coach = o.roster.coaches[s->coach].id, .start = s->start,
                                .person = &p };
    if (flow_region_book(b->flow, &r, &done) == ERR_OK)
        acknowledge(&done.appointment, to);
}

static void cancel_one(void)
{
    if (n_acked == 0)
        return;
    struct acked *a = &acked[below(n_acked)];
    if (!a->gone && flow_cancel(box[a->site].flow, &a->id, true, NULL) == ERR_OK)
        a->gone = true;
}

static void restore_region(void)
{
    if (!has_backup)
        return;
    /* Houses that joined stay; the owner says that something was lost, before anybody calls. */
    world.now = backup;
    for (int i = 0; i < FAKE_SITES; i++)
        world.now.site[i].asserted = false;
    for (int i = 0; i < FAKE_SITES; i++) {
        region_close(box[i].sync.r);
        box[i].sync.r = NULL;
    }
}

static void act(void)
{
    struct box *b = &box[below(FAKE_SITES)];
    int what = below(100);
    if (what < 25)
        book_here(b);
    else if (what < 50)
        book_there(b);
    else if (what < 58)
        cancel_one();
    else if (what < 80)
        step(b);
    else if (what < 86)
        world.cut[b->i] = !world.cut[b->i];
    else if (what < 90)
        kill_sync(b);
    else if (what < 92)
        fake_move_day(below(2) ? "a0" : "b0", flow_today(b->flow) + 1 + below(2),
                      below(FAKE_SITES));
    else if (what < 94)
        backup = world.now, has_backup = true;
    else if (what < 95)
        restore_region();
    else
        clock_advance(&b->clock, below(40) * SECOND_MS);
}

/* ---- the check ---- */

struct seat {
    char key[64];
    char id[ULID_LEN + 1];
};
static struct seat seats[4000];
static int n_seats;

static int take_seat(UNUSED void *arg, UNUSED int n, char **v, UNUSED char **names)
{
    for (int i = 0; i < n_seats; i++)
        if (strcmp(seats[i].key, v[0]) == 0 && strcmp(seats[i].id, v[1]) != 0)
            CHECK_FAIL("seed %llu: %s is %s's and %s's", (unsigned long long)seed, v[0], v[1],
                       seats[i].id);
    CHECK(n_seats < (int)ARRAY_LEN(seats));
    snprintf(seats[n_seats].key, sizeof(seats[0].key), "%s", v[0]);
    snprintf(seats[n_seats++].id, sizeof(seats[0].id), "%s", v[1]);
    return 0;
}

static int take_number(void *arg, UNUSED int n, char **v, UNUSED char **names)
{
    *(long long *)arg = strtoll(v[0], NULL, 10);
    return 0;
}

static void ask_box(const struct box *b, const char *sql, sqlite3_callback f, void *arg)
{
    sqlite3 *db = NULL;
    CHECK_INT(sqlite3_open_v2(b->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    CHECK_INT(sqlite3_exec(db, sql, f, arg, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static long long number(const struct box *b, const char *sql)
{
    long long n = -1;
    ask_box(b, sql, take_number, &n);
    return n;
}

static void heal(void)
{
    world.fail_permille = 0;
    for (int i = 0; i < FAKE_SITES; i++) {
        world.cut[i] = false;
        clock_advance(&box[i].clock, 60 * SECOND_MS); /* what nobody came back for is let go */
    }
    for (int round = 0; round < HEAL_ROUNDS; round++)
        for (int i = 0; i < FAKE_SITES; i++) {
            step(&box[i]);
            CHECK_OK(flow_tick(box[i].flow));
        }
}

static void check_acked(void)
{
    for (int i = 0; i < n_acked; i++)
        for (int k = 0; k < FAKE_SITES; k++) {
            char sql[200];
            snprintf(sql, sizeof(sql), "SELECT count(*) FROM appointment WHERE id = '%.26s'%s",
                     acked[i].id.s, acked[i].gone ? "" : " AND state = 'booked'");
            long long n = number(&box[k], sql);
            if (n != (k == acked[i].site))
                CHECK_FAIL("seed %llu: %s is %lld times in site %d, should be in %d",
                           (unsigned long long)seed, acked[i].id.s, n, k, acked[i].site);
        }
}

/* The coordinator sees exactly what stands. */
static void check_agenda(const struct box *b)
{
    CHECK_INT(number(b, "SELECT count(*) FROM appointment WHERE state IN"
                        " ('booked', 'checked_in', 'no_show')"), world.now.site[b->i].n_agenda);
    for (int i = 0; i < world.now.site[b->i].n_agenda; i++) {
        const struct agenda_row *a = &world.now.site[b->i].agenda[i];
        char sql[240];
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM appointment WHERE id = '%.26s' AND coach ="
                 " '%s' AND start_ms = %lld AND state IN ('booked', 'checked_in', 'no_show')",
                 a->id.s, a->coach, (long long)a->start);
        CHECK_INT(number(b, sql), 1);
    }
}

static void check_box(const struct box *b)
{
    static const char *const none[] = {
        "SELECT count(*) FROM claim WHERE seat > 0", /* put beside somebody */
        "SELECT count(*) FROM region_out",
        "SELECT count(*) FROM region_in WHERE state <> 'told'",
        "SELECT count(*) FROM region_seat WHERE state <> 'granted'", /* nobody was sold twice */
        "SELECT count(*) FROM region_event WHERE n > (SELECT sent FROM region)",
    };
    for (size_t i = 0; i < ARRAY_LEN(none); i++) {
        long long n = number(b, none[i]);
        if (n != 0)
            CHECK_FAIL("seed %llu: site %d: %lld of %s", (unsigned long long)seed, b->i, n, none[i]);
    }
    CHECK_INT(number(b, "SELECT count(*) FROM region_event"), world.now.site[b->i].n_events);
    for (int i = 1; i < world.now.site[b->i].n_events; i++)
        CHECK(world.now.site[b->i].events[i - 1].n < world.now.site[b->i].events[i].n);
    check_agenda(b);
    ask_box(b, "SELECT coach || ' ' || q5 || ' ' || seat, appointment FROM claim", take_seat, NULL);
    CHECK_OK(flow_check(b->flow, NULL, NULL));
}

/* Whatever is claimed in the region belongs to somebody. */
static void check_claims(void)
{
    for (int i = 0; i < world.now.n_claims; i++) {
        char sql[120];
        long long n = 0;
        snprintf(sql, sizeof(sql), "SELECT count(*) FROM region_seat WHERE id = '%s'",
                 world.now.claim[i].id.s);
        for (int k = 0; k < FAKE_SITES; k++)
            n += number(&box[k], sql);
        if (n == 0)
            CHECK_FAIL("seed %llu: a claim is nobody's", (unsigned long long)seed);
    }
    CHECK_INT(world.now.n_parcels, 0);
    for (int i = 0; i < FAKE_SITES; i++)
        CHECK(world.now.site[i].asserted); /* else nobody could claim any more */
}

static void check_all(void)
{
    check_acked();
    for (int i = 0; i < FAKE_SITES; i++)
        check_box(&box[i]);
    check_claims();
    for (int i = 0; i < FAKE_SITES; i++)
        drop_box(&box[i]);
}

static void begin_world(void)
{
    static const char *const names[FAKE_SITES] = { "alpha", "beta", "gamma" };
    utc_ms now = 0;
    CHECK_OK(rfc3339_parse("2026-03-23T10:00:00+01:00", &now));
    dice = rng_seeded(seed);
    memset(&world, 0, sizeof(world));
    world.rule = (struct shared_rule){ 60, 2 };
    world.rng = rng_seeded(seed ^ 77);
    has_backup = false;
    n_acked = people = n_seats = 0;
    for (int i = 0; i < FAKE_SITES; i++)
        snprintf(world.now.site[i].name, ROSTER_ID_SIZE, "%s", names[i]);
    for (int i = 0; i < FAKE_SITES; i++)
        make_box(i, now);
    for (int i = 0; i < 4 * FAKE_SITES; i++)
        step(&box[i % FAKE_SITES]);
}

static void history(void)
{
    begin_world();
    world.fail_permille = below(3) == 0 ? 0 : below(80);
    for (int i = 0; i < ACTS; i++)
        act();
    heal();
    check_all();
}

TEST(no_seat_is_sold_twice_and_nothing_is_lost_whatever_fails)
{
    uint64_t first = check_seed();
    long rounds = check_rounds(40); /* SOAK=50: two thousand */
    int booked = 0;
    for (long i = 0; i < rounds; i++) {
        seed = first + (uint64_t)i;
        history();
        booked += n_acked;
    }
    CHECK(booked > rounds); /* the histories are about something */
}

/* Holds some time of a shared block: its seat is claimed in the region. */
static struct ulid hold_shared(struct box *b)
{
    CLEANUP(free_list_done) struct free_list l = { 0 };
    struct hold h = { .id = { "" } };
    civil_day day = flow_today(b->flow) + 1;
    b->patience = 20;
    CHECK_OK(flow_free(b->flow, "talk", NULL, day, day + 1, &l));
    for (size_t i = 0; i < l.n && world.now.n_claims == 0; i++) {
        if (h.id.s[0])
            CHECK_OK(flow_release(b->flow, &h.id));
        CHECK_OK(flow_hold(b->flow,
                           &(struct hold_request){ .service = "talk", .start = l.v[i].start }, &h));
    }
    CHECK(world.now.n_claims > 0);
    return h.id;
}

/* Seed 851758594282801 of the histories. */
TEST(a_seat_that_only_the_old_copy_of_the_region_knows_is_let_go)
{
    seed = 1;
    begin_world();
    struct ulid hold = hold_shared(&box[0]);
    backup = world.now, has_backup = true;
    CHECK_OK(flow_release(box[0].flow, &hold));
    heal();
    CHECK_INT(world.now.n_claims, 0);
    restore_region();
    CHECK(world.now.n_claims > 0);
    heal();
    CHECK_INT(world.now.n_claims, 0);
    for (int i = 0; i < FAKE_SITES; i++)
        drop_box(&box[i]);
}

/* The first shared time that another house offers. */
static struct region_booked book_first(struct box *b, int to)
{
    CLEANUP(region_offer_done) struct region_offer o = { 0 };
    struct region_booked done = { .start = 0 };
    struct person p = somebody();
    civil_day day = flow_today(b->flow) + 1;
    b->patience = 20;
    CHECK_OK(flow_region_free(b->flow, world.now.site[to].name, "talk", NULL, day, day + 1, &o));
    CHECK(o.free.n > 0);
    b->patience = 20;
    CHECK_OK(flow_region_book(b->flow,
                              &(struct region_request){
                                  .site = world.now.site[to].name, .service = "talk",
                                  .coach = o.roster.coaches[o.free.v[0].coach].id,
                                  .start = o.free.v[0].start, .person = &p },
                              &done));
    acknowledge(&done.appointment, to);
    step(b); /* it is sent */
    return done;
}

static void take_in(struct box *b)
{
    step(b);
    CHECK_OK(flow_tick(b->flow));
    step(b);
}

static void cancel_there(struct box *b, const struct ulid *id)
{
    CHECK_OK(flow_cancel(b->flow, id, true, NULL));
    clock_advance(&b->clock, 60 * SECOND_MS); /* nobody takes it back any more */
    step(b);
}

static void check_same_time(const struct region_booked *a, const struct region_booked *b)
{
    CHECK_STR(a->coach, b->coach);
    CHECK_INT(a->start, b->start);
}

/* Alpha booked at beta, and has not heard yet that it arrived there, was given up and its time sold
 * again, when the region comes back as it was before all that. `order`: who tells first. */
static void forget_a_cancelled_one(const int order[FAKE_SITES])
{
    seed = 1;
    begin_world();
    backup = world.now, has_backup = true;
    struct region_booked first = book_first(&box[0], 1);
    world.cut[0] = true;
    take_in(&box[1]);
    cancel_there(&box[1], &first.appointment);
    acked[0].gone = true;
    struct region_booked second = book_first(&box[2], 1);
    check_same_time(&first, &second);
    take_in(&box[1]);
    restore_region();
    for (int i = 0; i < FAKE_SITES; i++)
        world.cut[i] = true;
    for (int i = 0; i < FAKE_SITES; i++) {
        world.cut[order[i]] = false;
        step(&box[order[i]]);
        step(&box[order[i]]);
    }
    heal();
    check_all();
}

TEST(a_cancelled_appointment_that_the_region_forgot_alarms_nobody)
{
    forget_a_cancelled_one((int[]){ 0, 1, 2 });
    forget_a_cancelled_one((int[]){ 1, 2, 0 });
    forget_a_cancelled_one((int[]){ 2, 0, 1 });
}

#define ALARMS "SELECT count(*) FROM region_seat WHERE state = 'refused' AND until_ms IS NULL"

/* Nobody noticed that the region forgot a seat, and its time was sold again: then two people will
 * come, and the house where they will knows both. */
TEST(one_whose_seat_was_sold_again_arrives_beside_and_is_told_until_one_of_them_is_cancelled)
{
    seed = 1;
    begin_world();
    world.cut[1] = true;
    step(&box[1]);
    backup = world.now;
    struct region_booked first = book_first(&box[0], 1);
    world.now = backup;
    struct region_booked second = book_first(&box[2], 1);
    check_same_time(&first, &second);
    world.cut[1] = false;
    take_in(&box[1]);
    kill_sync(&box[0]);
    heal();
    check_acked();
    CHECK_INT(number(&box[0], ALARMS), 0);
    CHECK_INT(number(&box[1], ALARMS), 1);
    CHECK_INT(number(&box[1], "SELECT count(*) FROM claim WHERE seat = 1"), 6);
    CHECK_INT(world.now.n_parcels, 0);
    cancel_there(&box[1], &second.appointment);
    heal();
    CHECK_INT(number(&box[1], ALARMS), 0);
    for (int i = 0; i < FAKE_SITES; i++)
        drop_box(&box[i]);
}
