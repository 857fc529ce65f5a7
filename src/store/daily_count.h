/*
 * src/store/daily_count.h - anonymous counts, written with the event that they count; they
 * outlive the names.
 */
#ifndef STORE_DAILY_COUNT_H
#define STORE_DAILY_COUNT_H

#include <stddef.h>

#include "core/person.h"
#include "core/roster.h"
#include "store/store.h"

#define COUNT_MEASURE_SIZE 41 /* "outcome_" and 32 letters */

struct count_row {
    civil_day day;
    char site[ROSTER_ID_SIZE];
    char measure[COUNT_MEASURE_SIZE]; /* "walk_in", "turned_away_young" ... */
    char municipality[MUNICIPALITY_SIZE]; /* or "" */
    char topic[16];                       /* or "" */
    char coach[ROSTER_ID_SIZE];           /* or "" */
    int hour;                             /* 0..23, or -1 */
    int64_t n;
};
struct count_rows { /* owns v; all-zero is empty */
    struct count_row *v;
    size_t n, cap;
};
void count_rows_done(struct count_rows *l);

/* Adds r->n (may be negative, after an undo) to the count of that key. */
NODISCARD enum err store_count_add(struct store *s, const struct count_row *r);
/* All of both days and between, by key. */
NODISCARD enum err store_counts(struct store *s, civil_day first, civil_day last,
                                struct count_rows *ret_list);

#endif
