/*
 * src/core/holidays.h - Dutch public holidays and carnival of a year.
 *
 * Offered as closures to copy into a roster, never assumed. Easter by the
 * Gregorian computus; King's Day moves to 26 April when the 27th is a Sunday;
 * Liberation Day is listed every year (whether it is a day off is the
 * employer's choice); carnival as in Brabant: Sunday to Tuesday before Ash
 * Wednesday.
 */
#ifndef CORE_HOLIDAYS_H
#define CORE_HOLIDAYS_H

#include <stddef.h>

#include "core/civil.h"

struct holiday {
    civil_day from, to; /* inclusive */
    const char *name;   /* Dutch: "Koningsdag" */
};

#define HOLIDAYS_MAX 12
civil_day easter_sunday(int year);
/* Writes the year's holidays by date and gives how many; year 1583..9999, else 0. */
size_t holidays_of(int year, struct holiday ret[HOLIDAYS_MAX]);

#endif
