/*
 * src/screens/chrome.h - what every page has in common: words of the toolkit, clock.
 */
#ifndef SCREENS_CHROME_H
#define SCREENS_CHROME_H

#include "screens/screen.h"

/* Describes a screen, below it the page that a sheet stands on (NULL: none), for a canvas. The
 * language is set here, so that all texts of the page are in it. ui_finish() has run. */
NODISCARD enum err screen_paint(struct ui *ui, const struct session *s, const struct screen *scr,
                                const struct screen *below, const struct ui_look *canvas);

#endif
