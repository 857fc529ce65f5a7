/*
 * src/core/pin.h - six-digit PINs of staff, weak ones excluded.
 */
#ifndef CORE_PIN_H
#define CORE_PIN_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/rng.h"

#define PIN_DIGITS 6
#define PIN_SIZE (PIN_DIGITS + 1)

bool pin_form_valid(const char *s); /* exactly six ASCII digits */
/*
 * One that others try first: fewer than three different digits, a group that
 * repeats (121212, 123123), a run up or down, also over 9-0 (123456, 876543,
 * 890123), digits in pairs that run (112233), a mirrored run (123321), or a
 * pattern of the keypad (147258, 159753 ...). s must have the form of a PIN.
 */
bool pin_weak(const char *s);
void pin_make(struct rng *rng, char out[PIN_SIZE]); /* random, never weak */

#endif
