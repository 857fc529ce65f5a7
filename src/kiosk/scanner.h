/*
 * src/kiosk/scanner.h - telling a code scanner from fingers on a real keyboard.
 *
 * A scanner types a whole text faster than anybody can, and ends in silence.
 */
#ifndef KIOSK_SCANNER_H
#define KIOSK_SCANNER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/code.h"

#define SCANNER_GAP_MS 50   /* longer between two characters: a person */
#define SCANNER_END_MS 100  /* so long nothing more: the text is whole */
#define SCANNER_LEAST 5     /* bytes; a shorter burst is typed */

struct scanner {
    char text[SCAN_MAX + 1];
    size_t n;
    int64_t last;    /* real ms of the last character */
    int64_t longest; /* gap in ms */
    bool full;       /* more came than fits: no code at all */
};

void scanner_add(struct scanner *sc, const char *text, int64_t ms);
bool scanner_busy(const struct scanner *sc, int64_t ms); /* in the middle of a burst */
int64_t scanner_due(const struct scanner *sc);           /* real ms of its end; INT64_MAX: none */
bool scanner_is_scan(const struct scanner *sc);
/* Takes the next character of a typed text; false at its end. */
bool scanner_next(const char **text, char *out, size_t n);
void scanner_wipe(struct scanner *sc);

#endif
