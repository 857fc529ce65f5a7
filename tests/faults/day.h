/*
 * tests/faults/day.h - a scripted day in the house: what every visitor and coach does, step by
 * step, with ids that are made before the first try so that any step can be tried again.
 */
#ifndef TESTS_FAULTS_DAY_H
#define TESTS_FAULTS_DAY_H

#include "tests/faults/box.h"

#define DAY_VISITS 3

struct day {
    struct box *b;
    struct ulid visits[DAY_VISITS];
    char tickets[DAY_VISITS][TICKET_SIZE]; /* as told; "" not yet */
    struct hold hold;
    struct appointment_view booked;
};

/* Ids and all: nothing of it is stored yet. */
void day_begin(struct day *d, struct box *b);

int day_steps(void);
const char *day_step_name(int step);
/* The whole of one step. A step that was done already answers ERR_OK or ERR_STATE or ERR_TAKEN
 * (there is nothing left to do); anything else is a refusal or a fault. */
enum err day_step(struct day *d, int step);
/* Nothing of what was told is missing; false and *ret_what says what. */
bool day_holds(struct day *d, const char **ret_what);

#endif
