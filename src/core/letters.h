/*
 * src/core/letters.h - which code points are letters, and how they fold.
 *
 * Letters and marks as in Unicode 14 (general categories L, Mn and Mc). Folding is
 * for recognising a name, not for showing it: case and accents go, "ß" gives
 * "ss", Arabic alef with hamza gives alef.
 */
#ifndef CORE_LETTERS_H
#define CORE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool letter_is(uint32_t cp);      /* a letter of any script */
bool letter_is_mark(uint32_t cp); /* a mark that sits on a letter */

/* Writes the folded code points of one, and gives how many: 0 for an accent, 2 for "ß". */
#define LETTER_FOLD_MAX 2
size_t letter_fold(uint32_t cp, uint32_t ret[LETTER_FOLD_MAX]);

/* 0..9 for a digit of ASCII, Arabic-Indic or Persian; -1 for all else. */
int digit_value(uint32_t cp);

#endif
