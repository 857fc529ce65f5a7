/*
 * The whole house in one thread: one seed is one history. Visitors, coaches and the clock take
 * a random walk through the product's own flow, store and upload, while the disk, the power,
 * the programs, the network and the register fail. Then everything heals and drains, and: every
 * act that somebody was told of is stored exactly once, every record is in the register exactly
 * once, and `dynamoctl check` finds nothing.
 *
 * The release build makes 20,000 histories (others a share of them), SOAK=25 half a million;
 * the seeds differ from run to run. SEED=n HISTORIES=1 repeats one.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/outbox_send.h"
#include "tests/faults/box.h"
#include "tests/faults/many.h"
#include "tests/faults/people.h"
#include "tests/lib/check.h"

#define HISTORIES 20000
#define AT_LENGTH 500000
#define ACTS 30 /* of a long history, one in LONG_ONES; the others have a few */
#define FEW_ACTS 8
#define LONG_ONES 24
#define VISITS 64
#define APPOINTMENTS 32
#define STARTS 5 /* of a unit before that */

/* ---- what people were told ---- */

struct told_visit {
    struct ulid id;
    int person;
    bool acked;   /* somebody was told the number */
    bool pending; /* nothing is known of it: the person tries again */
    char ticket[TICKET_SIZE];
    civil_day day;
    int64_t version;
    int acked_acts[VISIT_ACT_COUNT], doubted_acts[VISIT_ACT_COUNT];
};

struct told_appointment {
    struct ulid id;
    int person;
    bool booked, pending;
    bool gone;     /* cancelled or moved, as somebody was told */
    bool in_doubt; /* a change of it ended in an error */
    char code[CODE_DIGITS + 1];
    utc_ms start;
};

struct world {
    struct box b;
    struct rng rng;
    uint64_t seed;
    int acts, cuts, kills, people;
    bool moved;   /* the clock is wrong */
    utc_ms truth; /* at mono */
    struct told_visit v[VISITS];
    int n_v;
    struct told_appointment a[APPOINTMENTS];
    int n_a;
    struct call_faults faults; /* of this history */
    unsigned long failed;      /* calls that were made to fail before the present act */
    const char *what;
};

#define FAILS(w, ...)                                                                         \
    do {                                                                                      \
        fprintf(many_said, "history SEED=%llu, act %d (%s): ", (unsigned long long)(w)->seed, \
                (w)->acts, (w)->what);                                                        \
        fprintf(many_said, __VA_ARGS__);                                                      \
        fprintf(many_said, "\n");                                                             \
        fflush(many_said);                                                                    \
        _exit(1);                                                                             \
    } while (0)

static int below(struct world *w, int n)
{
    return (int)rng_below(&w->rng, (uint32_t)n);
}

static bool one_in(struct world *w, int n)
{
    return below(w, n) == 0;
}

/* ---- programs that stop and start ---- */

/* With HISTORIES set, what happens is told. */
static void trace(struct world *w, const char *who, enum err e)
{
    const char *died = calls_power_is_off() ? ", power off" : calls_is_killed() ? ", killed" : "";
    if (many_is_one())
        fprintf(many_said, "%2d %s %s: %s%s, %lu failed calls\n", w->acts, who, w->what,
                err_text(e), died, calls_failed());
}

/* Whatever died is started again. */
static void come_up(struct world *w)
{
    if (calls_power_is_off()) {
        w->cuts++;
        box_power_cycle(&w->b);
    }
    if (calls_is_killed()) { /* who was at work at that moment; both, to be short */
        w->kills++;
        for (int p = 0; p < BOX_PROGRAMS; p++)
            box_close(&w->b, (enum box_program)p);
        calls_revive();
    }
}

/* SQLite calls a medium that cannot be read damaged as well. */
static bool is_damage(struct world *w, enum err e)
{
    return e == ERR_CORRUPT && calls_failed() == w->failed;
}

/* Failed writes are counted in the process, which the programs share here. */
static void restart_failed(struct world *w, enum box_program p)
{
    if (!w->b.programs[p] || !flow_storage_failed(w->b.programs[p]))
        return;
    box_close(&w->b, p);
}

/* A program of the house, brought up however often that takes. */
static struct flow *program(struct world *w, enum box_program p)
{
    for (int tries = 0; tries < 200; tries++) {
        enum err why = ERR_OK;
        w->failed = calls_failed();
        restart_failed(w, p);
        struct flow *f = box_bring_up(&w->b, p, &why);
        bool died = calls_power_is_off() || calls_is_killed();
        if (f && !died)
            return f;
        trace(w, "opening for", why);
        come_up(w);
        if (!died && (is_damage(w, why) || why == ERR_NOT_FOUND || why == ERR_VERSION))
            FAILS(w, "%s does not open: %s", p == BOX_KIOSK ? "kiosk" : "desk", err_text(why));
        if (tries % STARTS == STARTS - 1 && why == ERR_IO)
            box_power_cycle(&w->b); /* the service manager starts the machine anew */
        if (tries == 100)
            calls_no_faults(); /* somebody changes the card */
    }
    FAILS(w, "a program does not come up");
}

static struct flow *some_program(struct world *w)
{
    return program(w, (enum box_program)below(w, BOX_PROGRAMS));
}

enum outcome { DONE, REFUSED, UNKNOWN };

/* How a call ended, and what its program does then. */
static enum outcome ended(struct world *w, struct flow *f, enum err e)
{
    trace(w, f == w->b.programs[BOX_KIOSK] ? "kiosk" : "desk", e);
    if (calls_power_is_off() || calls_is_killed()) {
        come_up(w);
        return UNKNOWN;
    }
    if (is_damage(w, e))
        FAILS(w, "the house says that it is damaged");
    bool failed = flow_storage_failed(f);
    if (!failed && e != ERR_IO && e != ERR_CORRUPT)
        return e == ERR_OK ? DONE : REFUSED;
    enum box_program p = f == w->b.programs[BOX_KIOSK] ? BOX_KIOSK : BOX_DESK;
    if (failed && e == ERR_OK)
        FAILS(w, "acknowledged after a failed write");
    if (failed)
        box_close(&w->b, p); /* out of order: it ends, and is started anew */
    return UNKNOWN;
}

/* ---- visitors ---- */

static struct told_visit *some_visit(struct world *w)
{
    return w->n_v ? &w->v[below(w, w->n_v)] : NULL;
}

static void note_arrival(struct world *w, struct told_visit *v, enum outcome o,
                         const struct arrival *a)
{
    v->pending = o == UNKNOWN;
    v->doubted_acts[VISIT_ARRIVE] += o == UNKNOWN;
    if (o != DONE)
        return;
    if (strcmp(a->line.visit.s, v->id.s) != 0) { /* of this person, who waits already */
        if (!a->existing)
            FAILS(w, "visit %s came out as another one", v->id.s);
        return;
    }
    if (v->acked && strcmp(v->ticket, a->line.ticket) != 0)
        FAILS(w, "visit %s has two numbers: %s, %s", v->id.s, v->ticket, a->line.ticket);
    v->acked = true;
    v->acked_acts[VISIT_ARRIVE] = 1;
    snprintf(v->ticket, sizeof(v->ticket), "%s", a->line.ticket);
    v->version = a->line.version;
}

static void try_walk_in(struct world *w, struct told_visit *v)
{
    struct flow *f = some_program(w);
    struct person p = people_person(v->person);
    struct arrival a = { 0 };
    w->what = "walk-in";
    enum err e = flow_walk_in(f,
                              &(struct walk_in_request){ .visit = v->id,
                                                         .person = &p,
                                                         .notice_shown = v->person % 2 },
                              &a);
    if (e == ERR_INVAL)
        FAILS(w, "somebody with a fine name is refused");
    note_arrival(w, v, ended(w, f, e), &a);
}

static void do_walk_in(struct world *w)
{
    struct told_visit *v = some_visit(w);
    if (v && v->pending) {
        try_walk_in(w, v);
        return;
    }
    if (w->n_v == VISITS)
        return;
    v = &w->v[w->n_v++];
    *v = (struct told_visit){ .id = flow_new_id(program(w, BOX_KIOSK)),
                              .person =
                                  w->people && one_in(w, 6) ? below(w, w->people) : w->people++ };
    try_walk_in(w, v);
}

/* One act of a coach or a visitor on a visit, whatever it is. */
static enum err act_on(struct world *w, struct flow *f, struct visit_ref r, enum visit_act act,
                       struct queue_line *l)
{
    const char *coach = people_coaches[below(w, PEOPLE_COACHES)];
    switch (act) {
    case VISIT_CALL:
        return flow_call(f, coach, r, l);
    case VISIT_RECALL:
        return flow_recall(f, r, l);
    case VISIT_START:
        return flow_start(f, r, l);
    case VISIT_FINISH:
        return flow_finish(f, r, "", l);
    case VISIT_MISS:
        return flow_missed(f, r, l);
    case VISIT_REQUEUE:
        return flow_requeue(f, r, l);
    case VISIT_PARK:
        return flow_park(f, r, 0, "note", l);
    case VISIT_UNPARK:
        return flow_unpark(f, r, l);
    case VISIT_REDIRECT:
        return flow_redirect(f, r, NULL, people_services[below(w, PEOPLE_SERVICES)], l);
    case VISIT_URGENT:
        return flow_urgent(f, r, "reason", l);
    case VISIT_PAUSE:
        return flow_pause(f, r, 5, l);
    case VISIT_RESUME:
        return flow_resume(f, r, l);
    case VISIT_LEAVE:
        return flow_leave(f, r, l);
    case VISIT_VOID:
        return flow_void(f, r, "mistake", l);
    case VISIT_UNDO:
        return flow_undo(f, r, l);
    case VISIT_SWITCH:
        return flow_switch_coach(f, r, one_in(w, 2) ? coach : NULL, l);
    case VISIT_ARRIVE:
    case VISIT_AUTO_MISSED:
    case VISIT_AUTO_RESUME:
    case VISIT_AUTO_UNPARK:
    case VISIT_CLOSE_UNSERVED:
    case VISIT_CLOSE_DONE:
    case VISIT_ACT_COUNT:
        break;
    }
    return ERR_INVAL;
}

static void note_act(struct world *w, struct told_visit *v, enum visit_act act, enum outcome o,
                     const struct queue_line *l)
{
    bool last_call = act == VISIT_RECALL && (o == UNKNOWN || l->state == VISIT_MISSED);
    if (o == UNKNOWN) {
        v->doubted_acts[act]++;
        v->doubted_acts[VISIT_AUTO_MISSED] += last_call;
        return;
    }
    if (o != DONE)
        return;
    v->acked_acts[last_call ? VISIT_AUTO_MISSED : act]++;
    if (l->version <= v->version)
        FAILS(w, "visit %s was at version %lld and is at %lld", v->id.s, (long long)v->version,
              (long long)l->version);
    v->version = l->version;
}

static void do_act(struct world *w, enum visit_act act)
{
    struct told_visit *v = some_visit(w);
    struct queue_line l = { 0 };
    if (!v || !v->acked)
        return;
    struct flow *f = some_program(w);
    w->what = visit_act_name(act);
    enum err e = act_on(w, f, (struct visit_ref){ v->id, 0 }, act, &l);
    if (e == ERR_NOT_FOUND && !calls_power_is_off() && !calls_is_killed())
        FAILS(w, "visit %s, %s, is gone", v->id.s, v->ticket);
    note_act(w, v, act, ended(w, f, e), &l);
}

static void do_next(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct queue_line l = { 0 };
    w->what = "next";
    enum err e = flow_call_next(f, people_coaches[below(w, PEOPLE_COACHES)], &l);
    enum outcome o = ended(w, f, e);
    for (int i = 0; i < w->n_v; i++)
        if (o == UNKNOWN)
            w->v[i].doubted_acts[VISIT_CALL]++; /* it could have been anybody */
        else if (o == DONE && strcmp(w->v[i].id.s, l.visit.s) == 0)
            note_act(w, &w->v[i], VISIT_CALL, o, &l);
}

/* ---- appointments ---- */

static struct told_appointment *some_appointment(struct world *w)
{
    return w->n_a ? &w->a[below(w, w->n_a)] : NULL;
}

static void try_book(struct world *w, struct told_appointment *a)
{
    struct flow *f = program(w, BOX_KIOSK);
    struct person p = people_person(a->person);
    struct appointment_view v = { 0 };
    w->what = "book";
    enum err e = flow_book(f,
                           &(struct book_request){ .hold = a->id, .person = &p,
                                                   .consent_reminder = a->person % 3 == 0 },
                           &v);
    enum outcome o = ended(w, f, e);
    a->pending = o == UNKNOWN;
    if (o == UNKNOWN)
        a->in_doubt = true;
    if (o != DONE)
        return;
    a->booked = true;
    snprintf(a->code, sizeof(a->code), "%s", v.code);
}

static void do_book(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    if (a && a->pending) {
        try_book(w, a);
        return;
    }
    if (w->n_a == APPOINTMENTS)
        return;
    struct flow *f = program(w, BOX_KIOSK);
    utc_ms hour = calls_wall() - calls_wall() % HOUR_MS;
    struct hold h = { 0 };
    w->what = "hold";
    enum err e =
        flow_hold(f,
                  &(struct hold_request){ .service = people_services[below(w, PEOPLE_SERVICES)],
                                          .start = hour + (1 + below(w, 26)) * HOUR_MS },
                  &h);
    if (ended(w, f, e) != DONE)
        return;
    a = &w->a[w->n_a++];
    *a = (struct told_appointment){ .id = h.id, .start = h.start, .person = w->people++ };
    if (!one_in(w, 5))
        try_book(w, a);
}

static void do_cancel(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    if (!a || !a->booked)
        return;
    struct flow *f = some_program(w);
    w->what = "cancel";
    enum outcome o = ended(w, f, flow_cancel(f, &a->id, true, NULL));
    a->in_doubt = a->in_doubt || o == UNKNOWN;
    a->gone = a->gone || o == DONE;
}

static void do_move(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    struct appointment_view v = { 0 };
    if (!a || !a->booked || a->gone || w->n_a == APPOINTMENTS)
        return;
    struct flow *f = some_program(w);
    w->what = "move";
    utc_ms start = a->start + (1 + below(w, 24)) * HOUR_MS;
    enum err e = flow_move(
        f, &(struct move_request){ .appointment = a->id, .start = start, .by_staff = true }, &v);
    enum outcome o = ended(w, f, e);
    a->in_doubt = a->in_doubt || o == UNKNOWN;
    if (o != DONE)
        return;
    if (strcmp(v.code, a->code) != 0)
        FAILS(w, "a move changed the code");
    struct told_appointment next = *a;
    a->gone = true;
    next.id = v.id;
    next.start = v.start;
    w->a[w->n_a++] = next;
}

static void do_check_in(struct world *w)
{
    struct told_appointment *a = some_appointment(w);
    struct appointment_view view = { 0 };
    struct arrival r = { 0 };
    if (!a || !a->booked || w->n_v == VISITS)
        return;
    struct flow *f = program(w, BOX_KIOSK);
    w->what = "check-in";
    enum outcome o = ended(w, f, flow_find_by_code(f, a->code, &view));
    if (o != DONE)
        return;
    for (int i = 0; i < w->n_a; i++) /* the code of one that was moved finds the other */
        w->a[i].in_doubt |= strcmp(w->a[i].id.s, view.id.s) == 0; /* it becomes a visit */
    f = program(w, BOX_KIOSK);
    o = ended(w, f, flow_check_in(f, &view.id, &r));
    if (o != DONE || r.existing)
        return;
    struct told_visit *v = &w->v[w->n_v++];
    *v = (struct told_visit){ .id = r.line.visit, .person = a->person };
    note_arrival(w, v, DONE, &r);
}

/* ---- time, and what happens by itself ---- */

static void do_time(struct world *w)
{
    static const int64_t steps[] = { 1000, 5000, 61000, 181000, 600000, 2700000, 5400000 };
    calls_advance(steps[below(w, (int)ARRAY_LEN(steps))]);
}

/* The wall clock is wrong for a while; the real time goes on with the monotonic one. */
static void do_clock_step(struct world *w)
{
    utc_ms real = w->truth + clock_mono_ms(&w->b.clock);
    calls_set_wall(w->moved ? real : real + (utc_ms)(below(w, 200001) - 100000) * SECOND_MS);
    w->moved = !w->moved;
}

static void ignore_retention(UNUSED void *arg, UNUSED const struct retention_line *l)
{
}

static void upload_once(struct world *w)
{
    bool unsure = false;
    w->b.near.server.clock.sim_wall = w->truth + clock_mono_ms(&w->b.clock);
    w->what = "upload";
    w->failed = calls_failed();
    enum err e = box_upload(&w->b, &unsure);
    trace(w, "upload", e);
    bool died = calls_power_is_off() || calls_is_killed();
    w->kills += calls_is_killed();
    calls_revive();
    come_up(w);
    if (!died && is_damage(w, e))
        FAILS(w, "the upload says that the house is damaged");
}

static void do_rest(struct world *w)
{
    struct flow *f = some_program(w);
    w->what = "rest";
    (void)ended(w, f, flow_rest(f));
}

static void do_retention(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct retention_terms t = { .follow_up_days = below(w, 3), .sent_days = below(w, 3) };
    w->what = "retention";
    (void)ended(w, f, flow_retention_run(f, &t, ignore_retention, NULL));
}

static void do_backup(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    int64_t pages = 0;
    w->what = "backup";
    (void)ended(w, f, flow_backup(f, DISK_ROOT "/backup.db", &pages));
}

static void do_night(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct day_closed closed;
    w->what = "close of day";
    (void)ended(w, f, flow_close_day(f, &closed));
    if (one_in(w, 3)) {
        w->b.near.down = !w->b.near.down;
        w->b.near.fault = NEAR_DNS;
    }
    upload_once(w);
    if (one_in(w, 2))
        do_retention(w);
    if (one_in(w, 8))
        do_backup(w);
    calls_advance((2 + below(w, 40)) * HOUR_MS);
}

static void do_kill(struct world *w)
{
    if (one_in(w, 3))
        box_power_cycle(&w->b);
    else
        box_kill(&w->b, (enum box_program)below(w, BOX_PROGRAMS));
}

static void one_act(struct world *w)
{
    int draw = below(w, 100);
    if (draw < 22)
        do_walk_in(w);
    else if (draw < 31)
        do_next(w);
    else if (draw < 55)
        do_act(w, (enum visit_act)(VISIT_CALL + below(w, VISIT_UNDO + 1 - VISIT_CALL)));
    else if (draw < 64)
        do_book(w);
    else if (draw < 67)
        do_cancel(w);
    else if (draw < 70)
        do_move(w);
    else if (draw < 76)
        do_check_in(w);
    else if (draw < 85)
        do_time(w);
    else if (draw < 90)
        do_night(w);
    else if (draw < 93)
        upload_once(w);
    else if (draw < 96)
        do_rest(w);
    else if (draw < 98)
        do_kill(w);
    else
        do_clock_step(w);
}

/* ---- a history ---- */

static void draw_faults(struct world *w)
{
    static const uint32_t cuts[] = { 0, 300, 1500, 5000 };
    static const uint32_t often[] = { 0, 0, 500, 5000 };
    struct call_faults *f = &w->faults;
    *f = (struct call_faults){ .cut = cuts[below(w, 4)], .kill = cuts[below(w, 4)] };
    for (int k = 0; k < CALL_KINDS; k++)
        f->fail[k] = often[below(w, 4)];
    f->fail[CALL_SYNC] *= 20; /* there are few of them */
    f->partly = one_in(w, 3) ? 20000 : 0;
    f->pages = one_in(w, 2);
    w->b.near.p_percent = one_in(w, 3) ? 0 : (unsigned)below(w, 40);
    *calls_faults() = *f;
}

/* The disk is full for a while. */
static void draw_room(struct world *w)
{
    struct call_faults *f = calls_faults();
    if (f->room)
        f->room = 0;
    else if (one_in(w, 12))
        f->room = disk_bytes(calls_disk()) + below(w, 20) * DISK_PAGE;
}

static void heal(struct world *w)
{
    w->what = "healing";
    calls_no_faults();
    w->b.near.p_percent = 0;
    w->b.near.down = false;
    if (one_in(w, 2))
        box_power_cycle(&w->b);
    calls_set_wall(w->truth + clock_mono_ms(&w->b.clock) + 9 * DAY_MS);
    w->truth += 9 * DAY_MS; /* whatever a wrong clock wrote is past */
    struct flow *f = program(w, BOX_DESK);
    enum err e = flow_clock_confirm(f);
    if (e != ERR_OK)
        FAILS(w, "the clock: %s", err_text(e));
    for (int i = 0; i < w->n_a; i++)
        if (w->a[i].pending)
            try_book(w, &w->a[i]);
    e = flow_tick(program(w, BOX_DESK));
    if (e != ERR_OK)
        FAILS(w, "what time brought: %s", err_text(e));
}

static void retry_dead(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct outbox_list l = { 0 };
    enum err e = flow_outbox(f, true, &l);
    for (size_t i = 0; e == ERR_OK && i < l.n; i++)
        if (strcmp(l.v[i].state, "dead") == 0)
            e = flow_outbox_retry(f, &l.v[i].id);
    if (e != ERR_OK)
        FAILS(w, "trying a dead letter again: %s", err_text(e));
    outbox_list_done(&l);
}

static void drain(struct world *w)
{
    struct outbox_status s = { 0 };
    for (int i = 0; i < 12; i++) {
        upload_once(w);
        w->what = "draining";
        enum err e = flow_outbox_status(program(w, BOX_DESK), &s);
        if (e != ERR_OK)
            FAILS(w, "outbox: %s", err_text(e));
        if (s.queued + s.waiting + s.dead == 0)
            return;
        if (s.dead)
            retry_dead(w);
        calls_advance(6 * HOUR_MS);
    }
    struct outbox_list l = { 0 };
    if (flow_outbox(program(w, BOX_DESK), true, &l) == ERR_OK)
        for (size_t i = 0; i < l.n; i++)
            fprintf(many_said, "%s of %s, %s: %s\n", l.v[i].kind, l.v[i].chain.s, l.v[i].state,
                    l.v[i].code);
    FAILS(w, "the outbox does not drain: %lld queued, %lld waiting, %lld dead", (long long)s.queued,
          (long long)s.waiting, (long long)s.dead);
}

/* ---- is everything there, once? ---- */

struct seen {
    int acts[VISIT_ACT_COUNT];
};

static void see_event(void *arg, const struct visit_event *ev)
{
    struct seen *seen = arg;
    enum visit_act act;
    if (visit_act_of(ev->act, &act) == ERR_OK)
        seen->acts[act]++;
}

static void check_visit(struct world *w, const struct told_visit *v)
{
    struct flow *f = program(w, BOX_DESK);
    struct queue_line l = { 0 };
    struct seen seen = { 0 };
    enum err e = flow_visit(f, &v->id, &l);
    if (e == ERR_NOT_FOUND && !v->acked)
        return;
    if (e != ERR_OK)
        FAILS(w, "visit %s, who was told %s: %s", v->id.s, v->ticket, err_text(e));
    if (v->acked && (strcmp(l.ticket, v->ticket) != 0 || l.version < v->version))
        FAILS(w, "visit %s was told %s and version %lld, and is %s, %lld", v->id.s, v->ticket,
              (long long)v->version, l.ticket, (long long)l.version);
    e = flow_visit_events(f, &v->id, see_event, &seen);
    if (e != ERR_OK)
        FAILS(w, "events of %s: %s", v->id.s, err_text(e));
    for (int act = VISIT_ARRIVE; act <= VISIT_SWITCH; act++) {
        bool by_time = act >= VISIT_AUTO_RESUME && act <= VISIT_CLOSE_DONE;
        /* Who scans or walks in again is put back in line without a word of ours. */
        bool by_others = act == VISIT_REQUEUE || act == VISIT_RESUME || act == VISIT_UNPARK;
        if (by_time)
            continue;
        if (seen.acts[act] < v->acked_acts[act])
            FAILS(w, "visit %s: %s was acknowledged %d times, stored %d times", v->id.s,
                  visit_act_name((enum visit_act)act), v->acked_acts[act], seen.acts[act]);
        if (!by_others && seen.acts[act] > v->acked_acts[act] + v->doubted_acts[act])
            FAILS(w,
                  "visit %s: %s was stored %d times, but acknowledged %d times and %d times "
                  "in doubt",
                  v->id.s, visit_act_name((enum visit_act)act), seen.acts[act], v->acked_acts[act],
                  v->doubted_acts[act]);
    }
}

static void check_appointment(struct world *w, const struct told_appointment *a)
{
    struct appointment_view v = { 0 };
    if (!a->booked)
        return;
    enum err e = flow_appointment(program(w, BOX_DESK), &a->id, &v);
    if (e != ERR_OK)
        FAILS(w, "appointment %s, who was told %s: %s", a->id.s, a->code, err_text(e));
    if (v.start != a->start || (v.code[0] && strcmp(v.code, a->code) != 0))
        FAILS(w, "appointment %s is not what was told", a->id.s);
    bool stands = v.state == APPT_BOOKED || v.state == APPT_NO_SHOW;
    bool gone = v.state == APPT_CANCELLED || v.state == APPT_MOVED;
    if (!a->in_doubt && (a->gone ? !gone : !stands))
        FAILS(w, "appointment %s is in state %d", a->id.s, (int)v.state);
}

static bool told_by_status(const char *kind)
{
    return strcmp(kind, "privacy_notice_shown") != 0 && strcmp(kind, "consent_reminder") != 0;
}

static void check_zaken(struct world *w, const json_t *dump, const struct outbox_list *l)
{
    const json_t *zaken = json_object_get(dump, "zaken");
    size_t i, chains = 0;
    json_t *zaak;
    json_array_foreach((json_t *)zaken, i, zaak)
    {
        const char *chain = json_string_value(json_object_get(zaak, "identificatie")) + 7;
        size_t told = 0, statuses = json_array_size(json_object_get(zaak, "statussen"));
        for (size_t k = 0; k < l->n; k++)
            told += strcmp(l->v[k].chain.s, chain) == 0 && told_by_status(l->v[k].kind);
        if (told != statuses)
            FAILS(w, "zaak %s has %zu statuses for %zu records", chain, statuses, told);
        if (json_array_size(json_object_get(zaak, "rollen")) != 2)
            FAILS(w, "zaak %s has not its two roles", chain);
    }
    for (size_t k = 0; k < l->n; k++) {
        size_t before = 0;
        while (strcmp(l->v[before].chain.s, l->v[k].chain.s) != 0)
            before++;
        chains += before == k;
    }
    if (chains != json_array_size(zaken))
        FAILS(w, "%zu zaken for %zu chains", json_array_size(zaken), chains);
}

static void check_contacts(struct world *w, const json_t *dump, const struct outbox_list *l)
{
    const json_t *all = json_object_get(dump, "klantcontacten");
    if (json_array_size(all) != l->n)
        FAILS(w, "%zu contacts for %zu records", json_array_size(all), l->n);
    for (size_t k = 0; k < l->n; k++) {
        size_t i, found = 0;
        json_t *one;
        json_array_foreach((json_t *)all, i, one)
        {
            const json_t *data = json_object_get(one, "metadata");
            const char *id = json_string_value(json_object_get(data, "kioskRecord"));
            found += id && strcmp(id, l->v[k].id.s) == 0;
        }
        if (found != 1)
            FAILS(w, "record %s is in the register %zu times", l->v[k].id.s, found);
    }
}

static void check_case_register(struct world *w)
{
    struct outbox_list l = { 0 };
    enum err e = flow_outbox(program(w, BOX_DESK), false, &l);
    if (e != ERR_OK)
        FAILS(w, "outbox: %s", err_text(e));
    for (int i = 0; i < w->n_v; i++) {
        size_t n = 0;
        for (size_t k = 0; k < l.n; k++)
            n += strcmp(l.v[k].chain.s, w->v[i].id.s) == 0 &&
                 strcmp(l.v[k].kind, "walkin_registered") == 0;
        if (n > 1)
            FAILS(w, "visit %s is told %zu times", w->v[i].id.s, n);
    }
    json_t *d = near_dump(&w->b.near);
    if (w->b.settings.profile == REGISTER_ZGW)
        check_zaken(w, d, &l);
    else
        check_contacts(w, d, &l);
    json_decref(d);
    outbox_list_done(&l);
}

static void check_all(struct world *w)
{
    enum err e = ERR_OK;
    w->what = "the end";
    for (int i = 0; i < w->n_v; i++)
        check_visit(w, &w->v[i]);
    for (int i = 0; i < w->n_a; i++)
        check_appointment(w, &w->a[i]);
    for (int i = 0; i < w->n_v; i++)
        for (int k = 0; k < i; k++)
            if (w->v[i].acked && w->v[k].acked && strcmp(w->v[i].id.s, w->v[k].id.s) == 0)
                FAILS(w, "a visit twice in the book of the test");
    check_case_register(w);
    if (!box_is_sound(&w->b, &e))
        FAILS(w, "dynamoctl check: %s (its lines are shown with HISTORIES=1)", err_text(e));
}

static void history(struct world *w, uint64_t seed)
{
    *w = (struct world){ .seed = seed, .rng = rng_seeded(seed ^ 0x5eed), .what = "start" };
    box_begin(&w->b, seed);
    calls_advance(below(w, 10) * HOUR_MS);
    w->truth = calls_wall() - clock_mono_ms(&w->b.clock);
    draw_faults(w);
    int acts = one_in(w, LONG_ONES) ? ACTS : 1 + below(w, FEW_ACTS);
    for (w->acts = 0; w->acts < acts; w->acts++) {
        one_act(w);
        if (one_in(w, 10))
            draw_room(w);
    }
    heal(w);
    drain(w);
    check_all(w);
    box_done(&w->b);
    if (calls_open_files() != 0)
        FAILS(w, "%d files are left open", calls_open_files());
}

/* ---- many of them ---- */

static struct many_totals work(const struct many_share *s)
{
    static struct world w;
    struct many_totals t = { 0 };
    for (long n = s->from; n < s->most; n += s->step) {
        history(&w, s->seed + (uint64_t)n);
        t.done++;
        t.a += w.cuts;
        t.b += w.kills;
    }
    return t;
}

TEST(every_acknowledged_act_survives_any_history_of_faults)
{
    struct many_totals t;
    bool good = many_run(work, many_rounds(HISTORIES, AT_LENGTH), 0, &t);
    print_message("%ld histories: %ld power cuts, %ld kills\n", t.done, t.a, t.b);
    CHECK(good);
}
