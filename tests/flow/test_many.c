/*
 * Eight programs at once on one database: whatever order their acts come in, no two of them
 * get the same number, person or time, nothing that was answered with success is lost, and
 * what was refused left nothing. On a machine that has no time for eight programs one of them
 * may wait longer for its turn than anybody would: that is a refusal like any other.
 */
#include <sys/mman.h>
#include <sys/wait.h>

#include "tests/flow/model.h"

#define PROGRAMS 8
#define SEQUENCES 2000 /* of all programs together */
#define PER_HOUSE 1000 /* of them on one database, which stays within one day */
#define ACTIONS 8
#define PEOPLE 60
#define QUARTERS 24 /* that times are booked in: few enough to meet, and room for some to move */
#define TICKETS 65536
#define MOVE_TRIES 6
#define PATIENCE 60 /* tries of what must come through in the end, of five seconds each */

/* What the programs tell each other and the test, in shared memory. */
struct board {
    int64_t minute;           /* of the house's clock */
    int sequences;            /* still to be done */
    int wrong;                /* programs that saw what must not be */
    char wrong_what[PROGRAMS][160];
    int arrivals, calls, starts, finishes, undone, bookings, moves, cancels, check_ins;
    unsigned char ticket[2][TICKETS]; /* given how often; series A and C */
};

struct worker {
    int number;
    struct house h;
    struct rng rng;
    struct board *b;
};

static int below(struct worker *w, int n)
{
    return (int)rng_below(&w->rng, (uint32_t)n);
}

static void add(int *count)
{
    __atomic_add_fetch(count, 1, __ATOMIC_SEQ_CST);
}

static void wrong(struct worker *w, const char *what, enum err e)
{
    snprintf(w->b->wrong_what[w->number], sizeof(w->b->wrong_what[0]), "program %d: %s: %s",
             w->number, what, err_text(e));
    add(&w->b->wrong);
}

/* One of the errors that the act may end in when others were first; all else is wrong. */
static bool fine(struct worker *w, const char *what, enum err e)
{
    switch ((int)e) {
    case ERR_OK:
        return true;
    case ERR_BUSY:
    case ERR_STALE:
    case ERR_STATE:
    case ERR_TAKEN:
    case ERR_EXISTS:
    case ERR_NONE:
    case ERR_NOT_FOUND:
    case ERR_DENIED:
    case ERR_RANGE:
    case ERR_LIMIT: /* a kiosk that booked ten in ten minutes */
        return false;
    default:
        wrong(w, what, e);
        return false;
    }
}

static void do_walk_in(struct worker *w)
{
    struct person p = somebody_for(below(w, PEOPLE), service_topics[below(w, SERVICES)]);
    struct arrival a = { 0 };
    if (!fine(w, "walk-in", flow_walk_in(w->h.f, &(struct walk_in_request){ .person = &p }, &a)) ||
        a.existing)
        return;
    add(&w->b->arrivals);
    struct ticket t;
    if (ticket_parse(a.line.ticket, &t) != ERR_OK ||
        __atomic_add_fetch(&w->b->ticket[t.series == 'C'][t.number], 1, __ATOMIC_SEQ_CST) != 1)
        wrong(w, "a number twice", ERR_EXISTS);
}

static void do_call(struct worker *w)
{
    struct queue_line l = { 0 };
    const char *coach = coach_ids[below(w, COACHES)];
    if (!fine(w, "next", flow_call_next(w->h.f, coach, &l)))
        return;
    add(&w->b->calls);
    if (l.state != VISIT_CALLED || strcmp(l.coach, coach) != 0)
        wrong(w, "called for somebody else", ERR_STATE);
}

/* Whoever is with a coach goes on: several programs try the same one. */
static void do_serve(struct worker *w)
{
    struct queue_list l = { 0 };
    if (!fine(w, "queue", flow_queue(w->h.f, NULL, &l)))
        return;
    for (size_t i = 0; i < l.n && i < COACHES; i++) {
        struct visit_ref r = { l.v[i].visit, l.v[i].version };
        if (l.v[i].state == VISIT_CALLED && fine(w, "start", flow_start(w->h.f, r, NULL)))
            add(&w->b->starts);
        if (l.v[i].state == VISIT_IN_SERVICE && below(w, 5) == 0 &&
            fine(w, "undo", flow_undo(w->h.f, r, NULL)))
            add(&w->b->undone);
        else if (l.v[i].state == VISIT_IN_SERVICE && below(w, 2) &&
                 fine(w, "finish", flow_finish(w->h.f, r, "", NULL)))
            add(&w->b->finishes);
    }
    queue_list_done(&l);
}

/* Not so for who waits with another appointment. */
static bool is_checked_in(struct worker *w, const struct ulid *appointment)
{
    struct appointment_view now = { 0 };
    enum err e = ERR_BUSY;
    for (int i = 0; e == ERR_BUSY && i < PATIENCE; i++)
        e = flow_appointment(w->h.f, appointment, &now);
    if (e != ERR_OK)
        wrong(w, "look at an appointment", e);
    return now.state == APPT_CHECKED_IN;
}

/* To the first of some later times that others have left. */
static void do_move(struct worker *w, const struct ulid *appointment, utc_ms from)
{
    for (int i = 0; i < MOVE_TRIES; i++) {
        struct appointment_view v = { 0 };
        utc_ms start = from + (1 + below(w, QUARTERS)) * 15 * MINUTE_MS;
        if (!fine(w, "move",
                  flow_move(w->h.f, &(struct move_request){ .appointment = *appointment,
                                                            .start = start }, &v)))
            continue;
        add(&w->b->moves);
        return;
    }
}

static void do_book(struct worker *w)
{
    struct hold h = { 0 };
    struct appointment_view v = { 0 };
    struct person p = somebody(below(w, PEOPLE));
    utc_ms quarter = 15 * MINUTE_MS;
    utc_ms start = (clock_wall_ms(&w->h.clock) + 3 * quarter) / quarter * quarter +
                   below(w, QUARTERS) * quarter;
    int service = below(w, SERVICES);
    if (!fine(w, "hold",
              flow_hold(w->h.f, &(struct hold_request){ .service = service_ids[service],
                                                        .start = start }, &h)))
        return;
    if (h.start != start)
        wrong(w, "held another time", ERR_RANGE);
    if (!fine(w, "book",
              flow_book(w->h.f, &(struct book_request){ .hold = h.id, .person = &p }, &v)))
        return;
    add(&w->b->bookings);
    int draw = below(w, 4);
    if (draw == 0 && fine(w, "cancel", flow_cancel(w->h.f, &v.id, true, NULL)))
        add(&w->b->cancels);
    if (draw == 1)
        do_move(w, &v.id, start);
    struct arrival a = { 0 };
    if (draw > 1 && fine(w, "check-in", flow_check_in(w->h.f, &v.id, &a))) {
        if (is_checked_in(w, &v.id))
            add(&w->b->check_ins);
        if (!a.existing)
            add(&w->b->arrivals);
    }
}

static void look_at_clock(struct worker *w)
{
    int64_t minute = __atomic_load_n(&w->b->minute, __ATOMIC_SEQ_CST);
    int64_t ms = at(NINE) + minute * MINUTE_MS - clock_wall_ms(&w->h.clock);
    if (ms > 0)
        clock_advance(&w->h.clock, ms);
}

static void work(struct worker *w)
{
    while (__atomic_sub_fetch(&w->b->sequences, 1, __ATOMIC_SEQ_CST) >= 0) {
        for (int i = 0; i < ACTIONS; i++) {
            look_at_clock(w);
            int draw = below(w, 10);
            if (draw < 3)
                do_walk_in(w);
            else if (draw < 5)
                do_call(w);
            else if (draw < 7)
                do_serve(w);
            else
                do_book(w);
        }
        if (below(w, 8) == 0) { /* between visitors */
            enum err e = flow_rest(w->h.f);
            if (e != ERR_OK && e != ERR_LIMIT) /* others read all the time: at the next rest */
                wrong(w, "rest", e);
        }
        if (below(w, 8) == 0)
            __atomic_add_fetch(&w->b->minute, 1, __ATOMIC_SEQ_CST);
    }
}

static int program(const struct house *house, struct board *b, int number, uint64_t seed)
{
    struct worker w = { .number = number, .b = b, .rng = rng_seeded(seed + (uint64_t)number) };
    char device[24];
    snprintf(device, sizeof(device), "%s:%d", number % 2 ? "desk" : "kiosk", number + 1);
    w.h.clock = house->clock;
    w.h.rng = rng_system();
    snprintf(w.h.path, sizeof(w.h.path), "%s", house->path);
    enum err e = ERR_BUSY;
    for (int i = 0; e == ERR_BUSY && i < PATIENCE; i++)
        e = flow_open(&(struct flow_options){ .db_path = w.h.path, .device = device,
                                              .clock = &w.h.clock, .rng = &w.h.rng },
                      &w.h.f);
    if (e != ERR_OK)
        wrong(&w, "open", e);
    else
        work(&w);
    flow_closep(&w.h.f);
    return 0;
}

/* ---- what the history says ---- */

struct tally {
    int arrivals, calls, starts, finishes, undone, bookings, moves, cancels, check_ins;
};

static struct tally all; /* of every house */

static void count_line(void *arg, const struct audit_line *l)
{
    struct tally *t = arg;
    t->arrivals += strcmp(l->action, "visit.arrive") == 0;
    t->calls += strcmp(l->action, "visit.call") == 0;
    t->starts += strcmp(l->action, "visit.start") == 0;
    t->finishes += strcmp(l->action, "visit.finish") == 0;
    t->undone += strcmp(l->action, "visit.undo") == 0;
    t->moves += strcmp(l->action, "appointment.move") == 0;
    t->bookings += strcmp(l->action, "appointment.book") == 0;
    t->cancels += strcmp(l->action, "appointment.cancel") == 0;
    t->check_ins += strcmp(l->action, "appointment.check_in") == 0;
}

static void run_programs(const struct house *h, struct board *b, uint64_t seed)
{
    pid_t pids[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
        pids[i] = fork();
        CHECK(pids[i] >= 0);
        if (pids[i] == 0)
            _exit(program(h, b, i, seed));
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status = -1;
        CHECK(waitpid(pids[i], &status, 0) == pids[i]);
        CHECK_INT(status, 0);
    }
    for (int i = 0; i < PROGRAMS; i++)
        if (b->wrong_what[i][0])
            print_error("%s\n", b->wrong_what[i]);
    CHECK_INT(b->wrong, 0);
}

/* What every program was told is what the audit lines say. */
static void check_tally(struct flow *f, const struct board *b)
{
    struct tally t = { 0 };
    CHECK_OK(flow_audit(f, 0, 0, count_line, &t));
    CHECK_OK(flow_audit(f, 0, 0, count_line, &all));
    CHECK_INT(t.arrivals, b->arrivals);
    CHECK_INT(t.calls, b->calls);
    CHECK_INT(t.starts, b->starts);
    CHECK_INT(t.finishes, b->finishes);
    CHECK_INT(t.undone, b->undone);
    CHECK_INT(t.bookings, b->bookings + b->moves); /* a successor is booked, too */
    CHECK_INT(t.moves, b->moves);
    CHECK_INT(t.cancels, b->cancels);
    CHECK_INT(t.check_ins, b->check_ins);
}

static void run_house(int sequences, uint64_t seed)
{
    static struct house h;
    struct board *b = mmap(NULL, sizeof(*b), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                           -1, 0);
    CHECK(b != MAP_FAILED);
    b->sequences = sequences;
    house_start_with(&h, NINE, MODEL_ROSTER);
    flow_closep(&h.f); /* a connection must not cross a fork */
    run_programs(&h, b, seed);
    clock_advance(&h.clock, b->minute * MINUTE_MS);
    h.f = house_program(&h, "ctl");
    check_tally(h.f, b);
    munmap(b, sizeof(*b));
    house_end(&h); /* as `dynamoctl check` does */
    unlink(h.path);
}

TEST(eight_programs_at_once_lose_nothing_and_give_nothing_twice)
{
    uint64_t seed = check_seed();
    long rounds = check_rounds(SEQUENCES);
    for (long done = 0; done < rounds; done += PER_HOUSE)
        run_house(PER_HOUSE, seed + (uint64_t)done);
    /* It was about something; which of the eight comes when is never the same. */
    printf("%d arrivals, %d calls, %d finished, %d bookings, %d moves, %d checked in\n", all.arrivals,
           all.calls, all.finishes, all.bookings, all.moves, all.check_ins);
    CHECK(all.arrivals > 0 && all.calls > 0 && all.finishes > 0 && all.moves > 0 && all.check_ins > 0);
}
