/*
 * src/config/value.h - checking one value and putting it into its field.
 */
#ifndef CONFIG_VALUE_H
#define CONFIG_VALUE_H

#include <stdbool.h>

#include "config/options.h"

#define REASON_MAX 200

/* Puts `value` into row's field of *config. False: *config is as it was, and
 * `reason` says what the value must be. */
NODISCARD bool value_set(const struct option_row *row, const char *value, struct config *config,
                         char reason[REASON_MAX]);

/* What a value of this row may be, in words: "a whole number from 20 to 600 (s)". */
void value_describe(const struct option_row *row, char *out, size_t n);

#endif
