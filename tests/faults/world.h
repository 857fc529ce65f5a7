/*
 * tests/faults/world.h - one history of the simulated house: what its people did and were told.
 *
 * simulate.c draws the acts, visitors.c and appointments.c do them, the_end.c looks at what is
 * left. A program that dies on the way is started again here.
 */
#ifndef TESTS_FAULTS_WORLD_H
#define TESTS_FAULTS_WORLD_H

#include <stdio.h>
#include <unistd.h>

#include "tests/faults/box.h"
#include "tests/faults/many.h"

#define VISITS 64
#define APPOINTMENTS 32

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

UNUSED static int below(struct world *w, int n)
{
    return (int)rng_below(&w->rng, (uint32_t)n);
}

UNUSED static bool one_in(struct world *w, int n)
{
    return below(w, n) == 0;
}

/* ---- programs that stop and start (world.c) ---- */

/* With HISTORIES set, what happens is told. */
void trace(struct world *w, const char *who, enum err e);
void come_up(struct world *w); /* whatever died is started again */
bool is_damage(struct world *w, enum err e);
/* A program of the house, brought up however often that takes. */
struct flow *program(struct world *w, enum box_program p);
struct flow *some_program(struct world *w);

enum outcome { DONE, REFUSED, UNKNOWN };
/* How a call ended, and what its program does then. */
enum outcome ended(struct world *w, struct flow *f, enum err e);

/* ---- visits (visitors.c) ---- */

void do_walk_in(struct world *w);
void do_act(struct world *w, enum visit_act act); /* of a coach or a visitor, on some visit */
void do_next(struct world *w);
void note_arrival(struct world *w, struct told_visit *v, enum outcome o, const struct arrival *a);

/* ---- appointments (appointments.c) ---- */

void do_book(struct world *w);
void try_book(struct world *w, struct told_appointment *a); /* once more */
void do_cancel(struct world *w);
void do_move(struct world *w);
void do_check_in(struct world *w);

/* ---- is everything there, once? (the_end.c) ---- */

void check_all(struct world *w);

#endif
