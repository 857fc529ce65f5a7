/*
 * tools/bench/commit/commit.c - a walk-in, a booking, a check-in and a call committed durably,
 * beside a bare SQLite program that writes the same rows (bare.h): rate, bytes and fdatasync
 * calls. Goals: at least 90 % of the rate, at most 1.08 times the bytes, at most 1.05 fdatasync
 * a commit.
 *
 *   commit [arrivals | appointments]    walk-ins, calls and bookings; bookings of today that
 *                                       check in; both without a word
 *
 * Both sides have a file of the same schema and settings and take turns every few people.
 * Checkpoints stand between the rounds on both sides, as they do between visitors.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "flow/arrive.h"
#include "flow/booking.h"
#include "flow/house.h"
#include "flow/queue.h"
#include "tools/bench/commit/bare.h"
#include "tools/bench/commit/side.h"
#include "tools/bench/rounds.h"

#define BATCH 4 /* people in the house at most: what is timed is the write, not the queue */
#define BATCHES 50
#define PEOPLE (BATCH * BATCHES)
#define BATCHES_TODAY 25
_Static_assert(PEOPLE <= ACTS_MAX, "each has its time");

/* ---- ours ---- */

#define COACH(id) \
    "{\"id\":\"" id "\",\"name\":\"" id "\",\"role\":\"coach\",\"room\":\"1\",\"services\":" \
    "[\"school\"],\"availability\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"," \
    "\"sat\",\"sun\"],\"from\":\"00:00\",\"to\":\"23:30\",\"valid_from\":\"2026-01-01\"}]}"

#define COACHES 5
#define HALF_HOURS 6 /* that are booked of a day in the days to come */
#define HALF_HOURS_TODAY 26
static const char roster[] =
    "{\"version\":1,\"site\":{\"id\":\"bench\",\"name\":\"Bench\",\"timezone\":\"Europe/Amsterdam\","
    "\"municipality\":\"1674\"},\"opening\":[{\"weekdays\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\","
    "\"sat\",\"sun\"],\"from\":\"00:00\",\"to\":\"23:55\",\"for\":[\"walk_in\",\"appointment\"],"
    "\"valid_from\":\"2026-01-01\"}],\"closures\":[],\"services\":[{\"id\":\"school\",\"name\":"
    "{\"nl\":\"School\"},\"minutes\":30,\"book\":true,\"walk_in\":true,\"topics\":[\"school\"],"
    "\"default\":true}],\"coaches\":[" COACH("sanne") "," COACH("amir") "," COACH("bram") ","
    COACH("cleo") "," COACH("daan") "]}";

struct house {
    struct clock clock;
    struct rng rng;
    struct flow *flow;
    int people, bookings, half_hours;
    utc_ms next_start;
};

/* To where the next booking finds a coach. */
static void go_on(struct house *h)
{
    if (++h->bookings % COACHES == 0)
        h->next_start += 30 * MINUTE_MS;
    if (h->bookings % (COACHES * h->half_hours) == 0)
        h->next_start += DAY_MS - h->half_hours * 30 * MINUTE_MS;
}

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

/* Up to the commit: the wait that is shown beside the number is read behind it, and has a row of
 * its own (queue.c). The id is the caller's, as at a kiosk. */
static void walk_in(struct house *h, const struct person *p, const struct ulid *visit)
{
    struct walk_in_request r = { .visit = *visit, .person = p };
    must(flow_walk_in(h->flow, &r, NULL), "walk-in");
}

static void hold(struct house *h, struct hold *ret)
{
    struct hold_request r = { .service = "school", .start = h->next_start };
    must(flow_hold(h->flow, &r, ret), "hold");
}

static void book(struct house *h, const struct hold *held, const struct person *p)
{
    struct appointment_view view;
    must(flow_book(h->flow, &(struct book_request){ .hold = held->id, .person = p }, &view),
         "book");
}

/* Functions of their own, so that tools/bench/run can count their instructions. */
#define COUNTED __attribute__((noinline)) static

COUNTED void ours_walk_in(struct house *h, const struct person *p, const struct ulid *visit)
{
    walk_in(h, p, visit);
}

COUNTED void ours_booking_hold(struct house *h, struct hold *ret)
{
    hold(h, ret);
}

COUNTED void ours_booking_book(struct house *h, const struct hold *held, const struct person *p)
{
    book(h, held, p);
}

/* Up to the commit, as a walk-in. */
COUNTED void ours_check_in(struct house *h, const struct ulid *appointment)
{
    must(flow_check_in(h->flow, appointment, NULL), "check-in");
}

COUNTED void ours_call(struct house *h, const char *coach, const struct ulid *visit)
{
    must(flow_call(h->flow, coach, (struct visit_ref){ *visit, 0 }, NULL), "call");
}

/* Each counts its own, or the compiler makes one function of them. */
COUNTED void bare_walk_in(struct bare *b, const struct work *w)
{
    b->walk_ins++;
    bare_commit(b, w);
}

COUNTED void bare_booking_hold(struct bare *b, const struct work *w)
{
    b->holds++;
    bare_commit(b, w);
}

COUNTED void bare_booking_book(struct bare *b, const struct work *w)
{
    b->bookings++;
    bare_commit(b, w);
}

COUNTED void bare_check_in(struct bare *b, const struct work *w)
{
    b->check_ins++;
    bare_commit(b, w);
}

COUNTED void bare_call(struct bare *b, const struct work *w)
{
    b->calls++;
    bare_commit(b, w);
}

/* ---- in turn ---- */

/* Each side writes its people one after the other; what is read or copied for the other side
 * comes after that, so that neither has its caches and its disk upset more than the other. */
struct pair {
    struct side ours, bare;
};

static void bare_turns(struct bare *b, struct side *t, struct work work[BATCH],
                       void write(struct bare *, const struct work *))
{
    for (int i = 0; i < BATCH; i++) {
        side_start(t);
        write(b, &work[i]);
        side_stop(t);
        side_acted(t);
    }
    for (int i = 0; i < BATCH; i++)
        work_done(&work[i]);
}

static void walk_ins(struct house *h, struct bare *b, struct pair *t, struct ulid there[BATCH])
{
    struct work work[BATCH];
    for (int i = 0; i < BATCH; i++) {
        struct person p = somebody(h->people++);
        clock_advance(&h->clock, 100);
        there[i] = flow_new_id(h->flow);
        side_start(&t->ours);
        ours_walk_in(h, &p, &there[i]);
        side_stop(&t->ours);
        side_acted(&t->ours);
    }
    for (int i = 0; i < BATCH; i++) {
        work[i] = (struct work){ .n_counters = 3, .counters = { TICKET, PERSON, ARRIVED } };
        bare_gather(b, &work[i], VISIT, there[i].s);
        for (enum table of = EVENT; of <= OUTBOX; of++)
            bare_gather(b, &work[i], of, there[i].s);
    }
    bare_turns(b, &t->bare, work, bare_walk_in);
}

/* What changed of a visit, with its event and its line of the audit log. */
static void gather_change(struct bare *b, struct work *w, enum stmts how, const struct ulid *visit)
{
    w->changes = how;
    w->change = bare_take(b, VISIT, visit->s);
    bare_gather(b, w, EVENT, visit->s);
    bare_gather(b, w, AUDIT, visit->s);
}

/* A coach each. */
static void calls(struct house *h, struct bare *b, struct pair *t, const struct ulid there[BATCH])
{
    static const char *const coaches[BATCH] = { "sanne", "amir", "bram", "cleo" };
    struct work work[BATCH];
    for (int i = 0; i < BATCH; i++) {
        clock_advance(&h->clock, 100);
        side_start(&t->ours);
        ours_call(h, coaches[i], &there[i]);
        side_stop(&t->ours);
        side_acted(&t->ours);
    }
    for (int i = 0; i < BATCH; i++) {
        work[i] = (struct work){ .n_counters = 2, .counters = { CHIME, WAITED } };
        gather_change(b, &work[i], CALL, &there[i]);
    }
    bare_turns(b, &t->bare, work, bare_call);
}

static void leave(struct house *h, struct bare *b, const struct ulid there[BATCH])
{
    for (int i = 0; i < BATCH; i++) {
        struct work w = { .n_counters = 1, .counters = { ARRIVED } };
        must(flow_leave(h->flow, (struct visit_ref){ there[i], 0 }, NULL), "leave");
        gather_change(b, &w, LEAVE, &there[i]);
        bare_commit(b, &w);
        work_done(&w);
    }
}

static void nobody_came(struct house *h, struct bare *b, const struct ulid there[BATCH])
{
    for (int i = 0; i < BATCH; i++) {
        struct work w = { .n_counters = 1, .counters = { ARRIVED } };
        must(flow_missed(h->flow, (struct visit_ref){ there[i], 0 }, NULL), "missed");
        gather_change(b, &w, LEAVE, &there[i]);
        bare_commit(b, &w);
        work_done(&w);
    }
}

struct booking { /* one, as both sides write it */
    struct ulid id;
    struct work held, booked;
};

static void gather_hold(struct bare *b, struct work *w, const struct ulid *id)
{
    for (enum table t = APPOINTMENT; t <= AUDIT; t++)
        bare_gather(b, w, t, id->s);
}

/* A kiosk holds one time and books it, so the rows of the hold are read between the two. */
static void our_turn(struct house *h, struct bare *b, struct side *t, struct booking *k)
{
    struct person p = somebody(h->people++);
    struct hold got;
    clock_advance(&h->clock, 100);
    side_start(t);
    ours_booking_hold(h, &got);
    side_stop(t);
    k->id = got.id;
    k->held = (struct work){ 0 };
    gather_hold(b, &k->held, &k->id);
    side_start(t);
    ours_booking_book(h, &got, &p);
    side_stop(t);
    side_acted(t);
    k->booked = (struct work){ .n_counters = 2, .counters = { PERSON, BOOKED }, .changes = BOOK,
                               .change = bare_take(b, APPOINTMENT, k->id.s) };
    for (enum table of = EVENT; of <= OUTBOX; of++)
        bare_gather(b, &k->booked, of, k->id.s);
    go_on(h);
}

/* Reads between its writes as much as ours had read between, so that caches are upset alike. */
static void read_alike(struct bare *b, const struct booking *k)
{
    struct work w = { 0 };
    gather_hold(b, &w, &k->id);
    work_done(&w);
}

static void bare_turn(struct bare *b, struct side *t, struct booking *k)
{
    side_start(t);
    bare_booking_hold(b, &k->held);
    side_stop(t);
    read_alike(b, k);
    side_start(t);
    bare_booking_book(b, &k->booked);
    side_stop(t);
    side_acted(t);
    read_alike(b, k);
    work_done(&k->held);
    work_done(&k->booked);
}

static void bookings(struct house *h, struct bare *b, struct pair *t, struct ulid made[BATCH])
{
    static struct booking k[BATCH];
    for (int i = 0; i < BATCH; i++)
        our_turn(h, b, &t->ours, &k[i]);
    for (int i = 0; i < BATCH; i++) {
        made[i] = k[i].id;
        bare_turn(b, &t->bare, &k[i]);
    }
}

/* The visit's rows and the appointment's. */
static struct work of_check_in(struct bare *b, const struct ulid *appointment, struct ulid *ret_visit)
{
    struct work w = { .n_counters = 3, .counters = { TICKET, ATTENDED, CHECKED_IN },
                      .changes = CHECK_IN, .change = bare_take(b, APPOINTMENT, appointment->s) };
    *ret_visit = bare_visit_of(&w.change);
    bare_gather(b, &w, VISIT, ret_visit->s);
    bare_gather(b, &w, EVENT, ret_visit->s);
    bare_gather(b, &w, AUDIT, ret_visit->s);
    for (enum table t = EVENT; t <= OUTBOX; t++)
        bare_gather(b, &w, t, appointment->s);
    return w;
}

static void check_ins(struct house *h, struct bare *b, struct pair *t, const struct ulid made[BATCH])
{
    struct ulid there[BATCH];
    struct work work[BATCH];
    for (int i = 0; i < BATCH; i++) {
        clock_advance(&h->clock, 100);
        side_start(&t->ours);
        ours_check_in(h, &made[i]);
        side_stop(&t->ours);
        side_acted(&t->ours);
    }
    for (int i = 0; i < BATCH; i++)
        work[i] = of_check_in(b, &made[i], &there[i]);
    bare_turns(b, &t->bare, work, bare_check_in);
    leave(h, b, there);
}

/* ---- a round: a new house of both sides ---- */

struct files {
    char ours[300], bare[300];
};

static void open_ours(struct house *h, const char *path)
{
    h->clock = clock_at(INT64_C(1774339200000)); /* 2026-03-24T09:00+01:00 */
    h->rng = rng_seeded(7);
    must(flow_init(path, true, &h->clock, &h->rng), "init");
    must(flow_open(&(struct flow_options){ .db_path = path, .device = "desk:1",
                                           .clock = &h->clock, .rng = &h->rng },
                   &h->flow),
         "open");
    struct roster_notes notes = { 0 };
    must(flow_roster_import(h->flow, roster, strlen(roster), &notes), "roster");
    roster_notes_done(&notes);
}

/* The first ones make the keys of their days, which is done once a day. */
static void warm_up(struct house *h, int days)
{
    struct person p = somebody(999999);
    struct ulid visit = flow_new_id(h->flow);
    struct hold got;
    walk_in(h, &p, &visit);
    must(flow_void(h->flow, (struct visit_ref){ visit, 0 }, "bench", NULL), "void");
    utc_ms first = h->next_start;
    for (int day = 0; day < days; day++) {
        h->next_start = first + day * DAY_MS - 30 * MINUTE_MS;
        hold(h, &got);
        book(h, &got, &p);
    }
    h->next_start = first;
}

static void open_both(const char *folder, int number, int days, struct files *f, struct house *h,
                      struct bare *b)
{
    snprintf(f->ours, sizeof(f->ours), "%s/ours%d.db", folder, number);
    snprintf(f->bare, sizeof(f->bare), "%s/bare%d.db", folder, number);
    open_ours(h, f->ours);
    must(flow_init(f->bare, true, &h->clock, &h->rng), "init");
    warm_up(h, days);
    bare_open(b, f->ours, f->bare);
}

static void close_both(const struct files *f, struct house *h, struct bare *b)
{
    must(flow_rest(h->flow), "checkpoint");
    bare_close(b);
    flow_close(h->flow);
    unlink(f->ours);
    unlink(f->bare);
}

static void round_of(const char *folder, int number, struct pair *walk, struct pair *call,
                     struct pair *book)
{
    struct files f;
    struct house h = { .half_hours = HALF_HOURS,
                       .next_start = INT64_C(1774422000000) }; /* 2026-03-25T08:00+01:00 */
    struct bare b = { 0 };
    struct ulid ids[BATCH];
    open_both(folder, number, PEOPLE / (COACHES * HALF_HOURS) + 1, &f, &h, &b);
    for (int i = 0; i < BATCHES; i++) {
        walk_ins(&h, &b, walk, ids);
        calls(&h, &b, call, ids);
        nobody_came(&h, &b, ids);
        leave(&h, &b, ids);
        bookings(&h, &b, book, ids);
    }
    close_both(&f, &h, &b);
}

static void round_today(const char *folder, int number, struct pair *in)
{
    static struct pair aside;
    struct files f;
    struct house h = { .half_hours = HALF_HOURS_TODAY,
                       .next_start = INT64_C(1774344600000) }; /* 2026-03-24T10:30+01:00 */
    struct bare b = { 0 };
    struct ulid ids[BATCH];
    aside = (struct pair){ 0 };
    open_both(folder, number, 0, &f, &h, &b);
    for (int i = 0; i < BATCHES_TODAY; i++) {
        bookings(&h, &b, &aside, ids);
        check_ins(&h, &b, in, ids);
    }
    close_both(&f, &h, &b);
}

struct figures {
    double ours[99], bare[99];
};

static void row(const char *name, const char *unit, struct figures *f, int n, const char *goal,
                double most)
{
    double ratio[99];
    for (int i = 0; i < n; i++)
        ratio[i] = f->ours[i] / f->bare[i];
    double middle = bench_median(ratio, n);
    printf("{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f,\"peer\":%.3f,\"ratio\":%.4f,"
           "\"goal\":\"%s\",\"met\":%s}\n",
           name, unit, bench_median(f->ours, n), bench_median(f->bare, n), middle, goal,
           middle <= most ? "true" : "false");
    fflush(stdout);
}

/* Of one act: the middle, and what 99 of 100 stay under. A neighbour on the disk holds up a few
 * acts for many times their length, whosoever they are; the sum would measure the neighbour. */
static double middle_of(struct side *s)
{
    return bench_median(s->us, s->acts); /* sorted behind it */
}

static double p99_of(struct side *s)
{
    return s->us[s->acts * 99 / 100];
}

static void report(const char *what, struct pair *t, int n, int commits)
{
    struct figures us, p99, bytes, calls;
    char name[80];
    for (int i = 0; i < n; i++) {
        us.ours[i] = middle_of(&t[i].ours);
        us.bare[i] = middle_of(&t[i].bare);
        p99.ours[i] = p99_of(&t[i].ours);
        p99.bare[i] = p99_of(&t[i].bare);
        bytes.ours[i] = (double)t[i].ours.bytes / 1024 / t[i].ours.acts;
        bytes.bare[i] = (double)t[i].bare.bytes / 1024 / t[i].ours.acts;
        calls.ours[i] = (double)t[i].ours.syncs / t[i].ours.acts / commits;
        calls.bare[i] = (double)t[i].bare.syncs / t[i].bare.acts / commits;
    }
    snprintf(name, sizeof(name), "%s committed durably", what);
    row(name, "us", &us, n, "at least 90 % of bare's rate", 1 / 0.9);
    snprintf(name, sizeof(name), "%s committed durably, p99", what);
    row(name, "us", &p99, n, "at most 1.2 x bare", 1.2);
    snprintf(name, sizeof(name), "bytes written for %s", what);
    row(name, "KiB", &bytes, n, "at most 1.08 x bare", 1.08);
    snprintf(name, sizeof(name), "fdatasync a commit of %s", what);
    row(name, "", &calls, n, "at most 1.05", 1.05);
}

static bool wanted(int argc, char **argv, const char *word)
{
    return argc < 2 || strcmp(argv[1], word) == 0;
}

int main(int argc, char **argv)
{
    static struct pair walk[99], call[99], book[99], in[99], warm[3];
    const char *folder = bench_folder();
    int n = bench_rounds();
    bool arrivals = wanted(argc, argv, "arrivals"), appointments = wanted(argc, argv, "appointments");
    for (int i = -1; i < n; i++) {
        if (arrivals && i < 0)
            round_of(folder, i, &warm[0], &warm[1], &warm[2]);
        else if (arrivals)
            round_of(folder, i, &walk[i], &call[i], &book[i]);
        if (appointments && i >= 0)
            round_today(folder, n + i, &in[i]);
    }
    if (arrivals) {
        report("a walk-in", walk, n, 1);
        report("a booking", book, n, 2);
        report("a call", call, n, 1);
    }
    if (appointments)
        report("a check-in", in, n, 1);
    return 0;
}
