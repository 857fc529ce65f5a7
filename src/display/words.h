/*
 * src/display/words.h - what a call says, in the language of the moment.
 */
#ifndef DISPLAY_WORDS_H
#define DISPLAY_WORDS_H

#include "base/buf.h"
#include "display/board.h"

/* "kamer 2", "Atelier"; nothing when there is no room. A room that is a number gets the word. */
void words_room(struct buf *b, const char *room);
/* "Nummer A 14, kamer 2.": the letter apart, so that it is said as one. */
void words_call(struct buf *b, const struct board_call *call);
/* "Maandag 30 november om 09:00 weer open", near days by their word. */
void words_opening(struct buf *b, const struct board *board);

#endif
