/*
 * src/ui/letters.h - capitals of the letters that names in Europe need.
 */
#ifndef UI_LETTERS_H
#define UI_LETTERS_H

#include <stdbool.h>
#include <stdint.h>

/* The capital of a small letter, else cp itself. Turkish: i -> I with dot. */
uint32_t ui_upper(uint32_t cp, bool turkish);
/* The small letter of a capital, else cp itself. */
uint32_t ui_lower(uint32_t cp, bool turkish);
/* Accented forms of a basic letter, most usual first; NULL: none. */
const char *ui_variants(uint32_t letter);

#endif
