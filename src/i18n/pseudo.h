/*
 * src/i18n/pseudo.h - English that shows what a translation will do to a screen.
 *
 * "Your number is {n}." becomes "[Ýóúŕ ñúḿƀéŕ íš {n}. öñé ţŵö]": accents show
 * a text that was not marked, the length (about half as much again) shows a box
 * that is too small, the brackets show a text that was cut or glued together.
 */
#ifndef I18N_PSEUDO_H
#define I18N_PSEUDO_H

#include "base/buf.h"

/* Adds the pseudo form; placeholders stay. Texts of one or two bytes stay too:
 * they are keys of the keyboard, not words. */
void pseudo_write(struct buf *b, const char *english);
/* The same, kept for the life of the process; `english` itself without memory.
 * For any thread. */
const char *pseudo_text(const char *english);

#endif
