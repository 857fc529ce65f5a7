/*
 * src/ui/tree.h - a finished page as text: for tests, scripts and speech.
 */
#ifndef UI_TREE_H
#define UI_TREE_H

#include <stdbool.h>

#include "base/buf.h"
#include "ui/ui.h"

/* The widget tree as one JSON object, in the form of the kiosk's contract. */
void ui_tree_json(const struct ui *ui, struct buf *out);

/* What reading the page aloud says: title, texts, then each control, sentences
 * closed by a full stop. With `personal` false, personal parts are left out. */
void ui_say_page(const struct ui *ui, bool personal, struct buf *out);

/* Every text a visitor can read, one widget a line. */
void ui_page_text(const struct ui *ui, struct buf *out);

/*
 * The rules of the house, checked on a finished page; each break is a line in
 * `out`: target size and gap, safe area, overlap, clipping, cap height,
 * contrast, icon without word, control without speech, reach. True: none.
 */
bool ui_lint(const struct ui *ui, struct buf *out);

#endif
