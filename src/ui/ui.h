/*
 * src/ui/ui.h - a page, described each time something changed.
 *
 *     ui_begin(ui, &frame);
 *     screen->view(ui, session);      reads, describes, changes nothing
 *     ui_finish(ui);                  lays out, makes widgets and the draw list
 *     sdl_paint(sdl, ui_draw_list(ui));
 *
 * A view calls UI_PAGE first, then the widgets from top to bottom. Containers
 * are blocks: UI_ROW(ui, .gap = 16) { ... }. Every text and id is copied, so a
 * view may use buffers of its own; NULL is the same as "". Ids are "screen.thing",
 * unique on a page, at most UI_ID_MAX - 1 bytes. A widget with an id that can be
 * activated is a target: it gets the focus in the order of description.
 *
 * The page never scrolls. ui_finish() tries tighter spacing, then smaller text
 * down to the floors of readability, then folds UI_STEPS, then two columns on a
 * low canvas, then leaves out second lines. What still does not fit is shown in
 * parts, with a button "page.more" that goes round; text that is too wide for its
 * box is `clipped` in the tree.
 *
 * Texts that hold personal data say so (.personal) and are then spoken to
 * headphones only. `say` is what is spoken instead of the text.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"
#include "ui/draw.h"
#include "ui/input.h"
#include "ui/keyboard.h"
#include "ui/look.h"
#include "ui/text.h"

struct ui;

/* The fixed texts of the toolkit, already in the shown language. Borrowed
 * until ui_finish(). Any may be NULL (then the id is the only way to it). */
struct ui_words {
    const char *brand;     /* "Dynamo" */
    const char *back, *help, *next;
    const char *language, *speak, *hush, *letters, *stop;
    const char *space, *erase, *shift, *accents, *letters_key, *digits_key; /* spoken names of keys */
    const char *chosen;    /* said after a selected option: "gekozen" */
    const char *empty;     /* said of an empty field */
    const char *error;     /* said before an error: "Let op" */
    const char *disabled;  /* said after what cannot be used now */
    const char *dot;       /* said for each masked character: "stip" */
    const char *more;      /* button under a page that is shown in parts: "Meer" */
};

struct ui_frame {
    struct ui_look look;
    const struct ui_words *words;
    const char *clock;     /* "14:07", or NULL for none */
    bool speaking;         /* the page is being read aloud: the button says hush */
};

NODISCARD enum err ui_create(const struct ui_metrics *metrics, struct ui **ret_ui);
void ui_destroy(struct ui *ui);   /* wipes first; NULL is fine */
void ui_destroyp(struct ui **ui); /* for CLEANUP */
/* Zeroes every text the ui holds, drops focus, presses and layers. After a visitor. */
void ui_wipe(struct ui *ui);

void ui_begin(struct ui *ui, const struct ui_frame *frame);
/* ERR_NOMEM or ERR_LIMIT (too many widgets or too much text): the page is then
 * incomplete; show another. ERR_INVAL: two targets with one id, or a block left open. */
NODISCARD enum err ui_finish(struct ui *ui);
const struct ui_draw *ui_draw_list(const struct ui *ui);
const struct ui_look *ui_look(const struct ui *ui); /* of this page: portrait, short, large ... */

/* Text made for this page, printf-like; lives until the next ui_begin(). Never NULL. */
const char *ui_fmt(struct ui *ui, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* ---- what a finished page holds ---- */

enum ui_role {
    UI_ROLE_TEXT, UI_ROLE_TITLE, UI_ROLE_BUTTON, UI_ROLE_OPTION, UI_ROLE_FIELD, UI_ROLE_KEY,
    UI_ROLE_NOTICE, UI_ROLE_PICTURE, UI_ROLE_QR, UI_ROLE_TIMER, UI_ROLE_SHEET, UI_ROLE_STATUS,
    UI_ROLE_COUNT
};
const char *ui_role_name(enum ui_role role); /* "text", "title", "button" ... */

struct ui_widget {
    const char *id;      /* "" for texts without one */
    enum ui_role role;
    struct ui_rect box;  /* for a target the area that takes the touch */
    const char *text;    /* all that is to be read on it, lines joined by spaces */
    const char *say;     /* what is spoken for it, with its state; "" for what repeats */
    int font_px;         /* the smallest text on it; 0: none */
    ui_colour fg, bg;    /* of that text */
    int focus;           /* place in the order from 0, or -1: no target */
    bool selected, error, disabled, clipped, personal, pressed, focused;
    bool primary;
};

size_t ui_widget_count(const struct ui *ui);
const struct ui_widget *ui_widget_at(const struct ui *ui, size_t i);
const struct ui_widget *ui_widget_find(const struct ui *ui, const char *id); /* or NULL */
const char *ui_page_name(const struct ui *ui); /* of the sheet where one is open */

/* ---- the page ---- */

enum ui_kind { UI_SECONDARY, UI_MAIN, UI_CALM, UI_DANGEROUS, UI_YELLOW }; /* of a button */

struct ui_slot {      /* one place of the bottom bar; no text: nothing there */
    const char *id;
    const char *text;
    const char *say;
    const char *icon; /* name in assets/icons without .svg */
    enum ui_kind kind;
    bool icon_end;    /* the icon behind the text, as on Next */
    bool disabled;
};

enum ui_chrome {
    UI_CHROME_QUESTION, /* header, title, tools (language, speak, letters, stop), bar */
    UI_CHROME_WELCOME,  /* header, title, bar of speak, help, letters: no tools */
    UI_CHROME_RESULT,   /* as a question, title and subtitle in the middle */
    UI_CHROME_STAFF,    /* header, title, bar without help; no tools */
    UI_CHROME_BARE      /* nothing but the body */
};

struct ui_page {
    const char *name;     /* screen name of the tree: "birth" */
    enum ui_chrome chrome;
    const char *title, *subtitle;
    const char *step;     /* "Stap 1 van 5" */
    bool back;            /* nav.back in the bar */
    const char *next;     /* its text: nav.next as the main button; "": the usual; NULL: none */
    bool next_disabled;
    struct ui_slot start, end; /* instead of back and next */
    bool no_tools;        /* a question without the tool row */
    bool top;             /* the body sticks to the top; else free room is shared out by spacers */
};
/* Ids: nav.back nav.help nav.next tool.language tool.speak tool.letters tool.stop. */
void ui_page(struct ui *ui, const struct ui_page *page);
#define UI_PAGE(ui, ...) ui_page((ui), &(struct ui_page){ __VA_ARGS__ })

/* ---- containers ---- */

enum ui_block { UI_IN_COLUMN, UI_IN_ROW, UI_IN_GRID, UI_IN_FLOW, UI_IN_CARD, UI_IN_CHOICES,
                UI_IN_SPLIT };
struct ui_box {
    enum ui_block block; /* set by the macros */
    double gap;       /* u between children; 0: what fits the place; -1: none */
    double pad;       /* u inside; 0: what fits the kind */
    int cols;         /* grid: columns; 0: as many as fit `cell` */
    double cell;      /* grid: least width of a cell in u */
    double weight;    /* in a row: share of the width (0: 1); in a column: share of free height */
    bool natural;     /* in a row: no share, as wide as its text */
    bool middle;      /* children in the middle, not at the start */
    const char *id;   /* shown in the tree when given */
    enum ui_token fill; /* card: its colour; 0 (UI_BG): surface */
    bool edge_mark;   /* card: yellow line at the start edge */
    bool flat;        /* card: no shadow */
};
bool ui_block_begin(struct ui *ui, enum ui_block kind, const struct ui_box *box);
bool ui_block_end(struct ui *ui); /* always false */
#define UI_BLOCK_CAT2(a, b) a##b
#define UI_BLOCK_CAT(a, b) UI_BLOCK_CAT2(a, b)
#define UI_BLOCK(kind, ui, ...)                                                               \
    for (bool UI_BLOCK_CAT(in_block_, __LINE__) =                                             \
             ui_block_begin((ui), (kind), &(struct ui_box){ .block = (kind), __VA_ARGS__ });  \
         UI_BLOCK_CAT(in_block_, __LINE__);                                                   \
         UI_BLOCK_CAT(in_block_, __LINE__) = ui_block_end(ui))
/* The arguments are the ui and then fields of struct ui_box, none or more. */
#define UI_COLUMN(...) UI_BLOCK(UI_IN_COLUMN, __VA_ARGS__, ) /* one under another */
#define UI_ROW(...) UI_BLOCK(UI_IN_ROW, __VA_ARGS__, )       /* side by side, equally high */
#define UI_GRID(...) UI_BLOCK(UI_IN_GRID, __VA_ARGS__, )     /* equal cells */
#define UI_FLOW(...) UI_BLOCK(UI_IN_FLOW, __VA_ARGS__, )     /* natural widths, wraps: pills */
#define UI_CARD(...) UI_BLOCK(UI_IN_CARD, __VA_ARGS__, )     /* a white panel, a column in it */
#define UI_CHOICES(...) UI_BLOCK(UI_IN_CHOICES, __VA_ARGS__, ) /* column; row in landscape */
#define UI_SPLIT(...) UI_BLOCK(UI_IN_SPLIT, __VA_ARGS__, )   /* column; two columns in landscape */

/*
 * Parts of one question, each a labelled block: day, month, year. Where not all
 * fit, only the open one shows its content; the others become a line with label
 * and value, a target with the part's own id.
 */
struct ui_part {
    const char *id;     /* "birth.month": also the target when folded, and of the value */
    const char *label;
    const char *value;  /* chosen so far, or NULL */
    const char *say;
    bool open;          /* show this one when only one can be */
};
bool ui_steps_begin(struct ui *ui);
bool ui_part_begin(struct ui *ui, const struct ui_part *part);
#define UI_STEPS(ui)                                                                          \
    for (bool UI_BLOCK_CAT(in_steps_, __LINE__) = ui_steps_begin(ui);                         \
         UI_BLOCK_CAT(in_steps_, __LINE__); UI_BLOCK_CAT(in_steps_, __LINE__) = ui_block_end(ui))
#define UI_PART(ui, ...)                                                                      \
    for (bool UI_BLOCK_CAT(in_part_, __LINE__) =                                              \
             ui_part_begin((ui), &(struct ui_part){ __VA_ARGS__ });                           \
         UI_BLOCK_CAT(in_part_, __LINE__); UI_BLOCK_CAT(in_part_, __LINE__) = ui_block_end(ui))

/* A sheet over the page: only what is in it can be touched; the page behind is
 * dimmed. Two ways out at most stand in it as buttons. `name` becomes the screen name. */
struct ui_sheet {
    const char *name;   /* "idle" */
    const char *title, *text;
    const char *icon;
    const char *back;   /* id that the back key taps, "idle.stay" */
};
bool ui_sheet_begin(struct ui *ui, const struct ui_sheet *sheet);
#define UI_SHEET(ui, ...)                                                                     \
    for (bool UI_BLOCK_CAT(in_sheet_, __LINE__) =                                             \
             ui_sheet_begin((ui), &(struct ui_sheet){ __VA_ARGS__ });                         \
         UI_BLOCK_CAT(in_sheet_, __LINE__); UI_BLOCK_CAT(in_sheet_, __LINE__) = ui_block_end(ui))

/* ---- widgets ---- */

struct ui_text {
    const char *id, *text, *say;
    enum ui_style style;
    enum ui_token colour;  /* 0 (UI_BG): ink, or ink-2 for hints */
    double size;           /* u; 0: the style's. For the waiting display */
    const char *icon;      /* before the text */
    bool middle, end;      /* where it stands; else the start */
    bool one_line;         /* never wrapped: shrunk, at last clipped */
    bool shrink;           /* with size: rather up to a third smaller than on two lines */
    bool personal, silent; /* silent: not read with the page */
    double weight;         /* in a row */
    bool natural;          /* in a row: as wide as its text */
};
void ui_text(struct ui *ui, const struct ui_text *t);
#define UI_TEXT(ui, ...) ui_text((ui), &(struct ui_text){ __VA_ARGS__ })
void ui_para(struct ui *ui, const char *text);    /* body text */
void ui_hint(struct ui *ui, const char *text);
void ui_section(struct ui *ui, const char *text); /* heading of a group */
void ui_space(struct ui *ui, double u);           /* fixed; 0: takes a share of the free height */
void ui_rule(struct ui *ui);                      /* thin line across */

struct ui_button {
    const char *id, *text, *say;
    const char *icon;
    const char *hint;      /* second, smaller line */
    enum ui_kind kind;
    bool icon_end, disabled;
    bool big;              /* the main act of a page: 140 u high */
    bool slim;             /* no higher than a target must be: in rows of a table */
    bool natural;          /* in a row: as wide as its text */
    double weight;
    bool personal;
};
void ui_button(struct ui *ui, const struct ui_button *b);
#define UI_BUTTON(ui, ...) ui_button((ui), &(struct ui_button){ __VA_ARGS__ })

/* A large card with a picture: the choices of welcome, topic, municipality. */
struct ui_choice {
    const char *id, *title, *hint, *say;
    const char *icon;
    enum ui_token tint;    /* of the picture's tile: UI_TINT_..., UI_SUCCESS_TINT, UI_ACCENT */
    bool primary;          /* filled: the usual way */
    bool selected, disabled;
    bool compact;          /* less high, for six of them */
    bool hint_first;       /* the small line above the title */
    bool personal;
};
void ui_choice(struct ui *ui, const struct ui_choice *c);
#define UI_CHOICE(ui, ...) ui_choice((ui), &(struct ui_choice){ __VA_ARGS__ })

/* One of many: day, month, year, time, coach. Filled when selected. */
struct ui_option {
    const char *id, *text, *hint, *say;
    const char *icon;
    bool selected, disabled, personal;
};
void ui_option(struct ui *ui, const struct ui_option *o);
#define UI_OPTION(ui, ...) ui_option((ui), &(struct ui_option){ __VA_ARGS__ })

/* Rounded pill: languages, filters. `rtl_text` and `lang` for a name in its own script. */
struct ui_pill {
    const char *id, *text, *say, *icon;
    const char *lang;      /* language the text is in, for speech; NULL: the page's */
    bool selected;
};
void ui_pill(struct ui *ui, const struct ui_pill *p);
#define UI_PILL(ui, ...) ui_pill((ui), &(struct ui_pill){ __VA_ARGS__ })

struct ui_field {
    const char *id, *label, *text, *say;
    const char *hint;        /* under the label */
    const char *placeholder; /* shown while empty */
    const char *error;       /* what is wrong and how to put it right */
    bool editing;            /* has the caret */
    bool masked;             /* PIN: dots; never spoken */
    bool hidden;             /* the eye button hid it */
    bool ltr;                /* phone, e-mail, code: left to right in every language */
    bool personal;
};
void ui_field(struct ui *ui, const struct ui_field *f); /* shows the end of a long text */
#define UI_FIELD(ui, ...) ui_field((ui), &(struct ui_field){ __VA_ARGS__ })

/* One box per digit, for codes and PINs; always left to right. */
struct ui_code {
    const char *id, *label, *text, *error, *say;
    int length;       /* boxes, 1..10 */
    int group;        /* a wider gap after every so many; 0: none */
    bool masked;
};
void ui_code(struct ui *ui, const struct ui_code *c);
#define UI_CODE(ui, ...) ui_code((ui), &(struct ui_code){ __VA_ARGS__ })

/* Goes to the bottom of the body, as wide as it may. One on a page. */
void ui_keyboard(struct ui *ui, const struct ui_keyboard *k);
#define UI_KEYBOARD(ui, ...) ui_keyboard((ui), &(struct ui_keyboard){ __VA_ARGS__ })

/* "Naam   Amina B.   [wijzig]" of a check page; the rule under it is drawn too. */
struct ui_pair {
    const char *id;          /* of the value's text; NULL: none */
    const char *label, *value, *say;
    const char *change_id, *change; /* button at the end; NULL: none */
    const char *icon;
    bool missing;            /* "Niet ingevuld": shown as a hint */
    bool personal;
};
void ui_pair(struct ui *ui, const struct ui_pair *p);
#define UI_PAIR(ui, ...) ui_pair((ui), &(struct ui_pair){ __VA_ARGS__ })

enum ui_tone { UI_INFO, UI_GOOD, UI_WARN, UI_BAD };
struct ui_notice {
    const char *id, *title, *text, *say;
    const char *icon;        /* NULL: of the tone */
    enum ui_tone tone;
    bool personal;
};
void ui_notice(struct ui *ui, const struct ui_notice *n);
#define UI_NOTICE(ui, ...) ui_notice((ui), &(struct ui_notice){ __VA_ARGS__ })

/* A short word in a tinted box, with icon: "ongeveer 15 minuten", "Pools". `strong` is
 * the part set bold after `text`. */
struct ui_badge {
    const char *id, *text, *strong, *say, *icon;
    enum ui_token tint;      /* 0: the primary tint */
    bool large;              /* section size: on the ticket, on the waiting display */
    double size;             /* u; 0: of the above */
    bool natural;
};
void ui_badge(struct ui *ui, const struct ui_badge *b);
#define UI_BADGE(ui, ...) ui_badge((ui), &(struct ui_badge){ __VA_ARGS__ })

/* The ticket: label, huge number in the middle. */
struct ui_number {
    const char *id, *label, *text, *say;
    double size;             /* u; 0: 240 */
    enum ui_token colour;    /* 0: primary */
};
void ui_number(struct ui *ui, const struct ui_number *n);
#define UI_NUMBER(ui, ...) ui_number((ui), &(struct ui_number){ __VA_ARGS__ })

struct ui_qr {
    const char *id, *say;
    const uint8_t *modules;  /* side * side bytes, bit 0 set is dark: as libqrencode gives them */
    int side;                /* 21..177 */
    double size;             /* u of the picture with its quiet zone; 0: 216 */
    const char *title, *text; /* beside it */
};
void ui_qr(struct ui *ui, const struct ui_qr *q); /* drawn dark on white in every theme */
#define UI_QR(ui, ...) ui_qr((ui), &(struct ui_qr){ __VA_ARGS__ })

/* A ring that empties, seconds in the middle. */
struct ui_ring {
    const char *id, *say;
    int left, total;         /* s */
    double size;             /* u; 0: 200 */
};
void ui_ring(struct ui *ui, const struct ui_ring *r);
#define UI_RING(ui, ...) ui_ring((ui), &(struct ui_ring){ __VA_ARGS__ })

struct ui_picture {
    const char *id, *say;
    const char *icon;        /* large, on its tile */
    enum ui_token tint;      /* tile under the icon; 0: the primary tint */
    double size;             /* u; 0: 240 */
};
void ui_picture(struct ui *ui, const struct ui_picture *p);
#define UI_PICTURE(ui, ...) ui_picture((ui), &(struct ui_picture){ __VA_ARGS__ })

/* Name tiles: who logs in. */
struct ui_tile {
    const char *id, *text, *hint, *say;
    const char *initials;    /* in the circle; NULL: an icon of a person */
    bool selected;
};
void ui_tile(struct ui *ui, const struct ui_tile *t);
#define UI_TILE(ui, ...) ui_tile((ui), &(struct ui_tile){ __VA_ARGS__ })

/* A row of the staff queue. Cells share the width by weight, the same in each row. */
#define UI_CELLS 8
#define UI_ROW_BUTTONS 5
struct ui_cell {
    const char *text;
    double weight;           /* 0: 1 */
    bool bold, small;
    enum ui_token tint;      /* not 0: the text stands in a chip of this colour */
    bool personal;
};
struct ui_line_row {
    const char *id;          /* "queue.row.0"; a target when `tap` */
    struct ui_cell cells[UI_CELLS];
    int n_cells;
    struct ui_button buttons[UI_ROW_BUTTONS];
    int n_buttons;
    bool head;               /* the heading of the table */
    bool tap;
    bool marked;             /* called or in service: tinted */
    const char *say;
};
void ui_line_row(struct ui *ui, const struct ui_line_row *r);
#define UI_LINE_ROW(ui, ...) ui_line_row((ui), &(struct ui_line_row){ __VA_ARGS__ })

#endif
