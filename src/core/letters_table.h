/*
 * src/core/letters_table.h - the tables behind letters.h, made by tools/make-letters.
 *
 * All rising. ASCII is not in them.
 */
#ifndef CORE_LETTERS_TABLE_H
#define CORE_LETTERS_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct letter_range {
    uint32_t from, to; /* inclusive */
};

struct letter_folding {
    uint16_t from;
    uint16_t to[2]; /* 0: nothing there */
};

extern const struct letter_range letter_ranges[];
extern const size_t n_letter_ranges;
extern const struct letter_range mark_ranges[];
extern const size_t n_mark_ranges;
extern const struct letter_folding letter_foldings[];
extern const size_t n_letter_foldings;

#endif
