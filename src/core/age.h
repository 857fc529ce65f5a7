/*
 * src/core/age.h - whom Dynamo may help: dated rules.
 *
 * From 2026-01-01 from the 18th up to the 27th birthday (Doorstroompunt),
 * before that up to the 23rd. Somebody born on 29 February has a birthday on
 * 1 March in other years.
 */
#ifndef CORE_AGE_H
#define CORE_AGE_H

#include <stddef.h>

#include "base/attr.h"
#include "core/civil.h"

struct age_rule {
    civil_day from; /* holds from this day until the next rule's day */
    int least;      /* years; this birthday and later is old enough */
    int below;      /* years; this birthday and later is too old */
};

const struct age_rule *age_rule_on(civil_day day); /* never NULL */
int age_on(civil_day birth, civil_day day); /* whole years; negative before birth */

/* ERR_AGE_LOW, ERR_AGE_HIGH; ERR_INVAL born after that day or before 1900. */
NODISCARD enum err ages_check(civil_day birth, civil_day on_day);

#endif
