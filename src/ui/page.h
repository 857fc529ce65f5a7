/*
 * src/ui/page.h - the inside of struct ui. For files of this module only.
 *
 * A page is a tree of nodes, each of a class that knows its height for a width
 * and how to draw itself. Everything is laid out from left to right; place()
 * mirrors at the last moment, where a widget or a drawing leaves the tree.
 */
#ifndef UI_PAGE_H
#define UI_PAGE_H

#include "ui/ui.h"

#define UI_NODES_MAX 640
#define UI_WIDGETS_MAX 512
#define UI_DEPTH_MAX 16
#define UI_ARENA ((size_t)160 * 1024)

struct ui_node;

struct ui_class {
    int (*natural)(struct ui *ui, struct ui_node *n);      /* px wide if it may choose; NULL: all */
    int (*height)(struct ui *ui, struct ui_node *n, int w); /* px high when w wide */
    void (*arrange)(struct ui *ui, struct ui_node *n);      /* children into n->box; NULL: leaf */
    void (*draw)(struct ui *ui, struct ui_node *n);         /* NULL: draws its children only */
};

struct ui_node {
    const struct ui_class *class;
    const void *props; /* the widget's own struct, in the arena */
    struct ui_node *parent, *first, *last, *next;
    struct ui_rect box;
    double weight;     /* of free room; 0: none of it in a column, 1 share in a row */
    bool natural;
    bool stacked;      /* a choice: picture above the text */
    bool heading;      /* belongs to what follows: less room behind it */
    bool folded;
    struct ui_node *whole_first, *whole_next; /* the tree before it was taken apart */
    int memo_w, memo_h, memo_level; /* last measured */
};

/* How tight the page is laid out just now. */
struct ui_squeeze {
    int level;    /* 0 roomy .. 2 tight */
    bool floors;  /* text at its least size */
    bool fold;    /* parts of steps folded */
    int split;    /* body in two columns: per cent of the first; 0: one column */
    bool bare;    /* second lines left out; they are still spoken */
    int serial;   /* differs for each try: measured heights of another are not reused */
};

enum ui_align { UI_START, UI_MIDDLE, UI_END };

/* A text set for a width. */
struct ui_fit {
    struct ui_font font;
    struct ui_lines lines;
    int line_h, h; /* px of one line, of all */
    bool ok;       /* inside the width and the number of lines */
};

/* Colours and form of a surface. */
struct ui_skin {
    ui_colour fill, edge, ink, ink_2;
    int line, radius;
    bool shadow;
};

struct ui_finger {
    int64_t id, ms; /* ms: last heard of */
    bool ignored;
    char target[UI_ID_MAX];
    bool inside;    /* still over the target */
    int64_t down_ms;
};

#define UI_FINGERS 16

/* What outlives a page: fingers, focus, keyboard. */
struct ui_state {
    struct ui_finger fingers[UI_FINGERS];
    size_t n_fingers;
    int64_t now;
    char focus[UI_ID_MAX];
    bool show_focus;
    char last_id[UI_ID_MAX]; /* fired last, and when */
    int64_t last_ms;
    enum { UI_SHIFT_AUTO, UI_SHIFT_ON, UI_SHIFT_OFF } shift;
    int layer;               /* 0 letters, 1 accents, 2 digits */
    int part;                /* of a page that is shown in parts */
    char part_of[UI_ID_MAX]; /* ... its name */
    int part_caret;          /* ... the unit that had the caret; -1: none */
    char popup[UI_ID_MAX];   /* key whose accents are open, or "" */
    char released[UI_ID_MAX]; /* was let go since the page was last finished, or "" */
    bool stale;
    bool fired; /* a target was set off since the page was described */
};

struct ui {
    struct ui_metrics metrics;
    struct ui_frame frame;
    struct ui_words words;
    struct ui_page page;
    const struct ui_sheet *sheet;
    const struct ui_keyboard *keyboard;
    int keyboard_rows; /* of keys as it is laid out; 0: not counted yet */

    char *arena; /* UI_ARENA bytes: texts and props of the page */
    size_t used;
    bool failed; /* arena, nodes or widgets ran out */
    bool wrong;  /* used wrongly: block left open, an id twice */

    struct ui_node *nodes; /* UI_NODES_MAX */
    size_t n_nodes;
    struct ui_node *root, *sheet_root;
    struct ui_node *open[UI_DEPTH_MAX];
    size_t depth;

    struct ui_widget *widgets; /* UI_WIDGETS_MAX */
    size_t n_widgets;
    int n_focus;
    uint64_t ids[8]; /* a bit for each hash that an id of a target has */
    struct ui_draw draw;

    struct ui_squeeze squeeze;
    bool misfit;     /* a text was set that does not fit its box: words cut, or too many lines */
    bool behind;     /* drawing what a sheet covers: no targets */
    bool ltr;        /* drawing what is never mirrored */
    int parts;       /* the body is shown in so many parts; 0: in one */
    struct ui_rect body, help;
    struct ui_state in;
    char shown[2 * UI_ID_MAX]; /* page and sheet of the time before; "": none */
};

/* page.c */
void *ui_arena(struct ui *ui, size_t n);                 /* zeroed; NULL when full */
const char *ui_dup(struct ui *ui, const char *s);        /* never NULL */
struct ui_node *ui_add(struct ui *ui, const struct ui_class *class, const void *props, size_t n);
struct ui_node *ui_open(struct ui *ui, struct ui_node *n); /* children go into n until the end */
struct ui_rect ui_place(const struct ui *ui, struct ui_rect r);
struct ui_widget *ui_show(struct ui *ui, const char *id, enum ui_role role, struct ui_rect box,
                          const char *text, const char *say);
/* As ui_show(), and takes touch and focus. */
struct ui_widget *ui_target(struct ui *ui, const char *id, enum ui_role role, struct ui_rect box,
                            const char *text, const char *say);
const char *ui_join(struct ui *ui, const char *a, const char *sep, const char *b);

/* layout.c */
int ui_height(struct ui *ui, struct ui_node *n, int w);
int ui_natural(struct ui *ui, struct ui_node *n, int most);
void ui_arrange(struct ui *ui, struct ui_node *n, struct ui_rect box);
void ui_draw_node(struct ui *ui, struct ui_node *n);
int ui_gap_px(const struct ui *ui, double u); /* a gap of u, less when tight, never under 2.54 mm */
extern const struct ui_class ui_column_class, ui_root_class;

bool ui_may_split(const struct ui *ui, const struct ui_node *n); /* between its children */
bool ui_is_open_part(const struct ui_node *n);                   /* the step that is asked now */

/* paging.c */
void ui_page_apart(struct ui *ui); /* leaves the part to be shown in the tree */
void ui_more_draw(struct ui *ui);
struct ui_slot ui_more_slot(struct ui *ui);
int ui_more_room(struct ui *ui); /* px that the button takes from the foot of the body */

/* fields.c */
bool ui_has_caret(const struct ui_node *n); /* a field that is being edited, or a block with one */

/* chrome.c */
bool ui_more_in_rail(const struct ui *ui); /* the tools' column has the button "more" */
void ui_chrome_layout(struct ui *ui);
void ui_chrome_draw(struct ui *ui);
void ui_sheet_draw(struct ui *ui);

/* keyboard.c */
int ui_keyboard_height(struct ui *ui, int room);
/* A keypad in landscape stands beside the body, this wide; else 0: below it. */
int ui_keyboard_side(struct ui *ui);
void ui_keyboard_draw(struct ui *ui, struct ui_rect box);
/* What a key of the shown keyboard types or does; false: no key of this name. */
bool ui_keyboard_action(struct ui *ui, const char *id, struct ui_action *ret);
bool ui_keyboard_accents(struct ui *ui, const char *id); /* opens them; false: it has none */

/* paint.c */
int ui_u(const struct ui *ui, double u);
int ui_least(const struct ui *ui);                           /* smallest side of a target, px */
int ui_tight(const struct ui *ui, double roomy, double tight); /* px between the two, by level */
ui_colour ui_c(const struct ui *ui, enum ui_token t);
struct ui_fit ui_fit(struct ui *ui, const char *text, enum ui_style style, int w, int lines);
/* For what people typed: never cut off; as a last resort a word is broken between letters. */
struct ui_fit ui_fit_typed(struct ui *ui, const char *text, enum ui_style style, int w);
/* Width of the longest word at the style's least size: narrower it cannot be set. */
int ui_word_w(struct ui *ui, const char *text, enum ui_style style);
/* For labels: rather a little smaller than on two lines, whose lines stand close; bold ones
 * rather in regular weight than cut. */
struct ui_fit ui_fit_label(struct ui *ui, const char *text, enum ui_style style, int w);
struct ui_fit ui_fit_px(struct ui *ui, const char *text, struct ui_font font, int floor, int w,
                        int lines);
int ui_text_w(struct ui *ui, const char *text, enum ui_style style);
/* Draws a fitted text from the top of box down; tells the widget its look. */
void ui_put_text(struct ui *ui, struct ui_widget *w, struct ui_rect box, const struct ui_fit *f,
                 const char *text, enum ui_align align, ui_colour ink);
void ui_put_icon(struct ui *ui, const char *name, struct ui_rect box, ui_colour ink);
void ui_put_fill(struct ui *ui, struct ui_rect box, ui_colour c);
void ui_put_round(struct ui *ui, struct ui_rect box, int radius, ui_colour fill, ui_colour edge,
                  int line);
void ui_put_shadow(struct ui *ui, struct ui_rect box, int radius);
/* Surface of a widget with its state: shrunk when pressed, ringed when focused. Gives its box. */
struct ui_rect ui_put_surface(struct ui *ui, const struct ui_widget *w, struct ui_rect box,
                              const struct ui_skin *skin);
struct ui_skin ui_skin_button(const struct ui *ui, enum ui_kind kind, bool disabled, bool pressed);
struct ui_skin ui_skin_card(const struct ui *ui, bool primary, bool selected, bool pressed);
struct ui_rect ui_centred(struct ui_rect in, int w, int h);

/* buttons.c: one button in a box, for the bar, sheets and rows too. */
void ui_put_button(struct ui *ui, const struct ui_button *b, struct ui_rect box);
int ui_button_natural(struct ui *ui, const struct ui_button *b);
int ui_button_height(struct ui *ui, const struct ui_button *b, int w);
/* The least width of a widget as a cell of a grid, px. A button may be set on two lines. Roughly:
 * from its letters in full size, which are measured anyway; never less than the true one. */
int ui_cell_least(struct ui *ui, struct ui_node *n, bool roughly);

#endif
