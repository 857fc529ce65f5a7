/*
 * src/desk/roster_edit.h - changing the roster from the desk: what changes is told first.
 */
#ifndef DESK_ROSTER_EDIT_H
#define DESK_ROSTER_EDIT_H

#include "core/roster.h"
#include "desk/page.h"

/* The roster in force, to be changed; pass *ret empty. ERR_NOT_FOUND: there is none. */
NODISCARD enum err roster_edit_begin(struct desk *d, struct roster *ret);

/*
 * Looks at a roster file and, with `keep`, stores it. The answer says what changes, which
 * appointments it hits, and every fault with its place. Other errors are returned, and *out is
 * as it was.
 */
NODISCARD enum err roster_edit_text(struct desk *d, const char *json, bool keep,
                                    struct reply *out);
/* The same of a roster that was changed here. */
NODISCARD enum err roster_edit_end(struct desk *d, const struct roster *r, bool keep,
                                   struct reply *out);

/* What tells this roster from any other, so that nobody stores over somebody else's change;
 * "" without a roster. */
#define ROSTER_SEEN_SIZE 17
void roster_edit_seen(struct desk *d, char out[ROSTER_SEEN_SIZE]);
/* "seen" of the request is the roster in force. */
bool roster_edit_fresh(struct desk *d, const struct request *r);

/* src/desk/roster_words.c: where a check found something, and what, in words for people; what it
 * does not know stays as it is. */
void roster_words_place(const char *pointer, struct buf *out);
const char *roster_words_fault(const char *said);

#endif
