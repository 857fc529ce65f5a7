/*
 * tests/faults/many.h - a random test on all cores, for a number of rounds or a given time.
 *
 * Each worker is a process of its own with one thread. The product's log goes nowhere there;
 * what a worker has to say it says on many_said.
 */
#ifndef TESTS_FAULTS_MANY_H
#define TESTS_FAULTS_MANY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct many_share { /* of one worker: from, from + step ... below most, until the time is over */
    uint64_t seed;
    long from, step, most;
    int64_t until; /* many_real_ms() */
};
struct many_totals {
    long done, a, b; /* a, b: what the test counts beside */
};
typedef struct many_totals (*many_work)(const struct many_share *s);

extern FILE *many_said;
int64_t many_real_ms(void); /* the clocks of the product stand still here */

/* How many rounds a run makes: the usual ones in the release build, where they cost least, and a
 * share of them in others; with $SOAK so many times as many, up to `at_length`. */
long many_rounds(long usual, long at_length);
/* Runs up to `most` rounds for `budget_s` seconds (times $SOAK; 0: without a limit); with
 * $HISTORIES=n exactly n, and the product's log is shown. False when a worker failed; it has
 * said why. */
bool many_run(many_work work, long most, int budget_s, struct many_totals *ret_totals);
void many_be_quiet(void); /* for a test without workers: the product's log goes nowhere */
bool many_is_one(void);   /* $HISTORIES is set: somebody looks at it */

#endif
