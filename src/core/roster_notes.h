/*
 * src/core/roster_notes.h - collecting what is wrong with a roster.
 */
#ifndef CORE_ROSTER_NOTES_H
#define CORE_ROSTER_NOTES_H

#include "core/roster.h"

/* A place in the file: a key of an object, or an index of a list, below `up`. */
struct roster_place {
    const struct roster_place *up; /* NULL: the whole file */
    const char *key;               /* NULL: index counts */
    size_t index;
};

/* One more note; past ROSTER_NOTES_MAX only counted. */
void roster_fault(struct roster_notes *notes, const struct roster_place *at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
void roster_warn(struct roster_notes *notes, const struct roster_place *at, const char *fmt, ...)
    PRINTF_LIKE(3, 4);

/*
 * Adds the faults of `checked`, found between the parts of a file whose values have the faults
 * in *notes; but none that may only follow from those: in the same entry, or for what two
 * entries do together in the same list. An id, a default and the whole list of services are
 * judged by themselves. Warnings are left out.
 */
void roster_notes_join(struct roster_notes *notes, const struct roster_notes *checked);

#endif
