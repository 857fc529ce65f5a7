/*
 * src/core/names.h - the rules of a name as people type it.
 *
 * Which characters a name may have, tidying, the split of a Dutch infix ("van
 * den"), and the key by which the same name is recognised. Text is UTF-8.
 */
#ifndef CORE_NAMES_H
#define CORE_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

#define PERSON_NAME_LETTERS 40 /* code points in a name, marks and spaces counted */
#define PERSON_NAME_SIZE (PERSON_NAME_LETTERS * 4 + 1)
#define PERSON_INFIX_SIZE 33

/*
 * Whether one more code point may follow `current` in a name field: refused
 * while typing are digits, signs, emoji, control and direction characters, a
 * space or hyphen at the start or twice in a row, a mark without a letter
 * before it, and all beyond 40 code points.
 */
bool may_add_to_name(const char *current, uint32_t cp);

/*
 * Tidies a typed name: trims, makes one space of many. ERR_LIMIT over 40 code
 * points or n bytes, ERR_FORMAT a character that a name cannot have,
 * ERR_INVAL nothing left (no letter).
 */
NODISCARD enum err name_clean(const char *typed, char *out, size_t n);

/*
 * Splits a tidy surname as typed ("van den Berg") into infix and family. All
 * leading words that are known infix words go to the infix, in the case typed,
 * as long as one word stays. No infix: empty string.
 */
void name_split(const char *surname, char infix[PERSON_INFIX_SIZE], char family[PERSON_NAME_SIZE]);

/* Whether all words of s are infix words. */
bool name_is_infix(const char *s);

/*
 * Folds a name for recognising it: no case, accents, spaces, hyphens and
 * apostrophes. The second form leaves out leading infix words too, and a "van
 * den" that is written fast to the name. ERR_LIMIT over n bytes.
 */
NODISCARD enum err name_key(const char *name, char *out, size_t n);
NODISCARD enum err name_key_without_infix(const char *name, char *out, size_t n);

#endif
