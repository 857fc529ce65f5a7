/*
 * src/store/counter.h - numbers that are never used twice: tickets, people, chimes.
 */
#ifndef STORE_COUNTER_H
#define STORE_COUNTER_H

#include "core/civil.h"
#include "store/store.h"

/* Day 0 for counters that no day ends: */
#define COUNTER_FOREVER 0
#define COUNTER_PERSON "person" /* numbers people for the register; COUNTER_FOREVER */
#define COUNTER_CHIME "chime"   /* calls and recalls of a day */

/* The next number, 1 for the first; a series of tickets is its letter, "A". Take it in the
 * transaction that uses it: rolled back, it is not used up. */
NODISCARD enum err store_counter_next(struct store *s, civil_day day, const char *series,
                                      int64_t *ret_number);
/* Skips to at least this number, so that the next is greater. */
NODISCARD enum err store_counter_raise(struct store *s, civil_day day, const char *series,
                                       int64_t at_least);
/* The last one taken, 0 for none. */
NODISCARD enum err store_counter_last(struct store *s, civil_day day, const char *series,
                                      int64_t *ret_number);

#endif
