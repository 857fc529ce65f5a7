/*
 * src/screens/check.h - a part of the check page that another page shows too.
 */
#ifndef SCREENS_CHECK_H
#define SCREENS_CHECK_H

#include "screens/screen.h"

/* How a surname is split, as a pill that can be touched; nothing where there is no infix. */
void check_view_infix(struct ui *ui, const struct session *s, const char *id);

#endif
