/*
 * src/report/derive.h - what follows from published figures, and from nothing else. Inside
 * report only.
 */
#ifndef REPORT_DERIVE_H
#define REPORT_DERIVE_H

#include "report/report.h"

#define TENTHS_ALL 1000 /* 100.0% */
#define TENTHS_NONE (-1)

bool figure_known(struct figure f);
/* Whole percent of a whole, rounded to the nearest; of nothing it is 0. */
int64_t percent_of(int64_t part, int64_t all);

struct shares {
    int tenths[REPORT_SLOTS]; /* tenths of a percent, TENTHS_NONE for a row that is not shown */
    int hidden;               /* of the hidden rows together; TENTHS_NONE: none are hidden */
};
/* Shares of a split's total that add up to exactly 100.0% (largest remainders first; equal ones
 * in the order of rows). False: the total is not shown, or there was nobody. */
bool shares_of(const struct report_split *s, struct shares *ret_shares);

/* The row with the largest shown figure; false when none is shown, or another is as large. */
bool largest_row(const struct report_split *s, size_t *ret_row);

#endif
