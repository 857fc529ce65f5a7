/*
 * The n-th allocation fails, for every n: the use case is refused, nothing of it is stored,
 * and the same call works right after.
 */
#include "base/mem.h"
#include "tests/flow/house.h"

struct trial {
    struct house h;
    int walked_in;
    struct person person;
    struct hold hold;
    struct arrival arrival;
};

typedef enum err (*use_case)(struct trial *t);

/* Somebody else each time that it went well, so that there is always all of it to do. */
static enum err take_walk_in(struct trial *t)
{
    struct person p = somebody(100 + t->walked_in);
    enum err e = flow_walk_in(t->h.f, &(struct walk_in_request){ .person = &p }, &t->arrival);
    t->walked_in += e == ERR_OK;
    return e;
}

static enum err take_hold(struct trial *t)
{
    return flow_hold(t->h.f,
                     &(struct hold_request){ .service = "school",
                                             .start = at("2026-03-23T11:00:00+01:00") },
                     &t->hold);
}

static enum err take_booking(struct trial *t)
{
    struct appointment_view v;
    return flow_book(t->h.f, &(struct book_request){ .hold = t->hold.id, .person = &t->person },
                     &v);
}

static enum err list_queue(struct trial *t)
{
    struct queue_list l = { 0 };
    enum err e = flow_queue(t->h.f, NULL, &l);
    queue_list_done(&l);
    return e;
}

static enum err list_free(struct trial *t)
{
    struct free_list l = { 0 };
    enum err e = flow_free(t->h.f, "school", NULL, day(MONDAY), day(MONDAY) + 7, &l);
    free_list_done(&l);
    return e;
}

static enum err list_appointments(struct trial *t)
{
    struct appointment_list l = { 0 };
    enum err e = flow_appointments(t->h.f, NULL, day(MONDAY), day(MONDAY), &l);
    appointment_list_done(&l);
    return e;
}

static enum err call_next(struct trial *t)
{
    return flow_call_next(t->h.f, "anna", &t->arrival.line);
}

static enum err close_the_day(struct trial *t)
{
    struct day_closed c;
    return flow_close_day(t->h.f, &c);
}

static enum err import(struct trial *t)
{
    struct roster_notes notes = { 0 };
    enum err e = flow_roster_import(t->h.f, HOUSE_ROSTER, strlen(HOUSE_ROSTER), &notes);
    roster_notes_done(&notes);
    return e;
}

static enum err open_again(struct trial *t)
{
    struct flow *f = NULL;
    enum err e = flow_open(&(struct flow_options){ .db_path = t->h.path, .device = "ctl",
                                                   .clock = &t->h.clock, .rng = &t->h.rng },
                           &f);
    flow_closep(&f);
    return e;
}

/* Runs it with each of its allocations failing, until it needs no more of them; `once` stops at
 * the first success, for what cannot be done again; `before_it`, unless NULL, is done each time, so
 * that there is something to do, and a first time goes well, so that statements are kept already (one
 * that cannot be kept is made again, which refuses nothing). SQLite has an allocator of its own, which
 * is not touched. */
static void try_all(struct trial *t, use_case before_it, use_case run, bool once, const char *what)
{
    int refused = 0;
    if (before_it) {
        CHECK_OK(before_it(t));
        CHECK_OK(run(t));
    }
    for (unsigned long n = 1;; n++) {
        CHECK(n < 5000);
        if (before_it)
            CHECK_OK(before_it(t));
        unsigned long before = mem_count();
        mem_fail_at(n);
        enum err e = run(t);
        mem_fail_at(0);
        bool reached = mem_count() - before >= n;
        if (e != ERR_OK && e != ERR_NOMEM && e != ERR_LIMIT) /* a text that could not grow */
            CHECK_FAIL("%s, allocation %lu: %s", what, n, err_text(e));
        refused += e != ERR_OK;
        if (e == ERR_OK && (once || !reached))
            break;
    }
    if (refused == 0)
        CHECK_FAIL("%s: no allocation of it failed", what);
    house_check(t->h.f);
}

TEST(memory_that_runs_out_refuses_and_breaks_nothing)
{
    static struct trial t;
    t = (struct trial){ .person = somebody(1) };
    house_start(&t.h, NINE);
    walk_in(t.h.f, 7, TOPIC_SCHOOL);
    try_all(&t, NULL, take_walk_in, false, "walk-in");
    char last[TICKET_SIZE];
    ticket_format((struct ticket){ 'A', 1 + t.walked_in }, last);
    CHECK_STR(t.arrival.line.ticket, last); /* who was refused took no number */
    try_all(&t, NULL, list_queue, false, "queue");
    try_all(&t, NULL, call_next, true, "next");
    CHECK_STR(t.arrival.line.ticket, "A01");
    try_all(&t, NULL, list_free, false, "free");
    CHECK_OK(take_hold(&t));
    try_all(&t, NULL, take_hold, false, "hold"); /* lets the one before go */
    try_all(&t, NULL, take_booking, false, "book");
    try_all(&t, NULL, list_appointments, false, "appointments");
    try_all(&t, NULL, import, false, "import");
    try_all(&t, NULL, open_again, false, "open");
    try_all(&t, take_walk_in, close_the_day, false, "close");
    CHECK_STR(queue_text(t.h.f, NULL), "");
    house_end(&t.h);
}
