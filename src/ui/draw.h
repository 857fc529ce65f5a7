/*
 * src/ui/draw.h - the draw list: what a page looks like, as flat commands.
 *
 * A painter runs through the commands in order, each painted over the ones
 * before it. Text and pictures lie in the list itself, so a list stands alone.
 * Two lists are compared to find what has to be painted again.
 */
#ifndef UI_DRAW_H
#define UI_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "ui/look.h"
#include "ui/text.h"

enum ui_draw_kind {
    UI_DRAW_FILL,   /* box in colour */
    UI_DRAW_ROUND,  /* rounded box in colour, opaque; with `line` px of border in edge */
    UI_DRAW_SHADOW, /* soft shadow round a rounded box that is painted over it next: box is that
                     * one, grown by blur and moved `line` px down */
    UI_DRAW_TEXT,   /* one line; see x, baseline */
    UI_DRAW_ICON,   /* icon by name, tinted, square in box */
    UI_DRAW_MODULES,/* QR: side x side modules in box, dark in colour, light left alone */
    UI_DRAW_ARC     /* ring in box, `line` px thick, from the top clockwise by `turn`/1000 */
};

struct ui_draw_cmd {
    enum ui_draw_kind kind;
    struct ui_rect box;   /* all that it can touch */
    ui_colour colour;
    ui_colour edge;
    int radius, line, blur, turn;
    struct ui_font font;  /* text */
    bool rtl;             /* text: direction of its paragraph */
    int x, baseline;      /* text: left end of the line and its baseline */
    uint32_t data, n;     /* text, name or modules: offset and bytes in the list's data */
    int side;             /* modules on a side; one byte each, 0 light, 1 dark */
};

/* How what changed comes into sight. ms 0: at once. */
struct ui_motion {
    struct ui_rect box; /* changes outside it come at once */
    int ms;
    int dx, dy;         /* px that it slides in from */
};

struct ui_draw {
    int w, h;                /* canvas */
    struct ui_motion motion; /* from the list before to this one */
    struct ui_draw_cmd *v;
    size_t n, cap;
    char *data;              /* texts and modules */
    size_t n_data, cap_data;
    bool failed;             /* something did not go in: no memory or over the cap */
};

void ui_draw_done(struct ui_draw *d);   /* zeroes, frees; all-zero is fine */
void ui_draw_clear(struct ui_draw *d, int w, int h); /* zeroes the texts, keeps the memory */
/* Adds a command; `bytes` (n of them, NULL: none) are copied and a NUL put behind. */
void ui_draw_add(struct ui_draw *d, struct ui_draw_cmd cmd, const void *bytes, size_t n);
const char *ui_draw_bytes(const struct ui_draw *d, const struct ui_draw_cmd *cmd);

/*
 * What changed between two pictures. Keeps a hash of each command and its box; the text itself
 * is not kept.
 */
#define UI_DIFF_CELL 32
#define UI_DIFF_RECTS 64

struct ui_diff_cmd {
    uint64_t hash;
    struct ui_rect box;
};

struct ui_diff {
    struct ui_diff_cmd *v; /* of the list of the call before; NULL: none */
    size_t n;
    int cols, rows, w, h;
};

void ui_diff_done(struct ui_diff *d);
void ui_diff_forget(struct ui_diff *d); /* the next comparison finds everything changed */
/* Compares with the list of the call before, remembers this one. Gives up to
 * UI_DIFF_RECTS rectangles that do not overlap and cover every change; 0: equal. */
size_t ui_diff_next(struct ui_diff *d, const struct ui_draw *list,
                    struct ui_rect ret_rects[UI_DIFF_RECTS]);

#endif
