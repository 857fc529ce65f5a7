/*
 * src/screens/typing.h - keys of the on-screen keyboard into an answer.
 */
#ifndef SCREENS_TYPING_H
#define SCREENS_TYPING_H

#include "screens/session.h"
#include "ui/ui.h"

/* Applies a typed or erased key; what the field cannot have is refused here, while
 * typing. False: nothing changed. */
bool typing_apply(const struct session *s, char *text, size_t size, const struct ui_action *a,
                  enum ui_keys keys);
/* Letters of the shown language that deserve a row of their own; NULL: none. */
const char *typing_letters(const struct session *s);

#endif
