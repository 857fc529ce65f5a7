/*
 * src/desk/layout.h - what every page has around it: head, navigation, who is logged in.
 */
#ifndef DESK_LAYOUT_H
#define DESK_LAYOUT_H

#include "desk/page.h"

/* Opens the page up to its <main>; `here` is the path that the navigation marks. When only a
 * part is asked for, a heading alone. */
void layout_begin(struct desk *d, const struct request *r, const char *here, const char *title,
                  struct buf *out);
void layout_end(const struct request *r, struct buf *out);
/* A page that says what went wrong and where to go on. */
void layout_fault(struct desk *d, const struct request *r, int status, const char *text,
                  struct reply *out);

/* Where there is nothing yet: what that means, and what makes it otherwise ("" none). */
void layout_empty(struct buf *out, const char *what, const char *help);
/* In the middle of a page: this part could not be read. */
void layout_problem(struct buf *out, enum err e);

#endif
