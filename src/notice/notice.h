/*
 * src/notice/notice.h - what the screen of a box says while no kiosk draws on it.
 *
 * Pages for whoever installs a box (Dutch, English under it), and for visitors when the kiosk does not
 * stay up. They are drawn by the processor alone and put into the console's own picture
 * (notice/panel.h): where the way through the graphics card fails, they still stand.
 */
#ifndef NOTICE_NOTICE_H
#define NOTICE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"
#include "config/options.h"
#include "ui/ui.h"

#define NOTICE_TEXT 16384 /* bytes of what a notice is told, its NUL included */

struct notice {
    const char *name;    /* on the command line: "refused" */
    const char *summary; /* one line */
    bool told;           /* view gets a text; else "" */
    bool visitors;       /* read it, in the house's first language; else installers, in Dutch and English */
    void (*view)(struct ui *ui, const char *text);
};

extern const struct notice notice_stick, notice_refused, notice_paper, notice_broken, notice_empty;

const struct notice *const *notice_all(size_t *ret_n);
/* NULL: there is none of that name. */
const struct notice *notice_named(const char *name);

/* Describes the page in ui, in the language that is in use; smaller than the look says where else it would be shown in
 * parts: nobody can touch it. ERR_LIMIT: it does not stand on one page at all; else as ui_finish(). */
NODISCARD enum err notice_describe(struct ui *ui, const struct notice *n, const char *text, struct ui_look look);

/* The code of the language that it is drawn in. */
const char *notice_lang(const struct notice *n, const struct config *config);

struct notice_setup {
    const struct config *config; /* the panel's size and how it hangs; the fonts */
    const char *text;            /* UTF-8, as notice_clean() leaves it */
    const char *panel;           /* the console's picture, "/dev/fb0" */
    const char *console;         /* its terminal, "/dev/tty1": it writes nothing more over the picture */
    const char *shot;            /* a PNG instead, w x h px upright; NULL: on the panel */
    int w, h;
};

/* Makes a text that may hold anything one line or more of plain UTF-8: what is neither becomes '?'. */
void notice_clean(char *text);

/* On failure the console writes again. ERR_NOT_FOUND, ERR_IO: no such panel or file; ERR_FORMAT: its pixels
 * are not ours; ERR_LIMIT: the text is too long for the page; ERR_NOMEM; else as sdl_create(). */
NODISCARD enum err notice_show(const struct notice *n, const struct notice_setup *setup);

#endif
