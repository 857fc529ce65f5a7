/*
 * src/ui/look.h - the canvas, its units, and the colours and sizes of a theme.
 *
 * Three measures: px is a pixel of the canvas; mm is on the glass; u is the
 * design unit, 1 px at 141 ppi (0.18 mm), that all sizes of the design are
 * written in. px = u * scale, scale = ppi / 141 held in 1.0 .. 1.6, so that a
 * coarse large screen never draws smaller than designed. Pure: no state.
 */
#ifndef UI_LOOK_H
#define UI_LOOK_H

#include <stdbool.h>
#include <stdint.h>

struct ui_rect {
    int x, y, w, h; /* px; from the top left of the canvas, w and h are 0 or more */
};

typedef uint32_t ui_colour; /* 0xAARRGGBB, straight alpha */

enum ui_theme { UI_LIGHT, UI_DARK, UI_CONTRAST, UI_THEME_COUNT };

/* How a visitor wants the screen, and what the screen is. All-zero is not valid. */
struct ui_look {
    int w, h;            /* canvas in px, 320..7680 each */
    double diagonal_in;  /* of the glass, in inch; > 0 */
    double scale;        /* px per u; 0: from the diagonal. Set it for a small window */
    enum ui_theme theme;
    bool large;          /* large text: x 1.4 and nothing under 0.7 degree */
    bool rtl;            /* the page runs from right to left */
    bool lower;          /* wheelchair: all controls in the lower half */
    bool still;          /* reduced motion: changes cut */
    bool steady;         /* the same target twice within half a second is once */
    char lang[12];       /* "nl", "ar", "ti"; chooses the line height */
    int mount_bottom_mm; /* floor to the lower edge of the picture; 0: not known */
};

/* Named colours. A widget names one; the theme says what it is. */
enum ui_token {
    UI_BG,            /* the page */
    UI_SURFACE,       /* cards, bars, keys */
    UI_INK,           /* text */
    UI_INK_2,         /* hints */
    UI_LINE,          /* borders of controls, at least 3:1 */
    UI_RULE,          /* thin separators that carry no meaning */
    UI_PRIMARY,       /* fill of the one main button; also accent text on bg and surface */
    UI_PRIMARY_DOWN,  /* ... pressed */
    UI_ON_PRIMARY,    /* text on it */
    UI_ON_PRIMARY_2,  /* a hint on it */
    UI_PRIMARY_TINT,  /* fill of what is selected in a calm way; ink on it */
    UI_ACCENT,        /* yellow; never a text colour on light */
    UI_ON_ACCENT,
    UI_SUCCESS,       /* text or icon */
    UI_SUCCESS_TINT,  /* fill under it */
    UI_DANGER,
    UI_DANGER_TINT,
    UI_ON_DANGER,     /* text on a fill of UI_DANGER */
    UI_WARNING,       /* text on the tint */
    UI_WARNING_TINT,
    UI_QUIET,         /* fill of a quiet button */
    UI_QUIET_DOWN,
    UI_SURFACE_DOWN,  /* a pressed card, key or secondary button */
    UI_DISABLED_BG,
    UI_DISABLED,
    UI_FOCUS_IN,      /* the two tones of the focus ring */
    UI_FOCUS_OUT,
    UI_TINT_SCHOOL,   /* topic tints, ink on each */
    UI_TINT_WORK,
    UI_TINT_ABSENCE,
    UI_TINT_MONEY,
    UI_TINT_HOUSING,
    UI_TINT_OTHER,
    UI_SCRIM,         /* over the page, under a sheet */
    UI_SHADOW,
    UI_TOKEN_COUNT
};

ui_colour ui_theme_colour(enum ui_theme theme, enum ui_token token);
const char *ui_theme_name(enum ui_theme theme); /* "light", "dark", "contrast" */

/* Contrast of two opaque colours by WCAG 2: 1.0 .. 21.0. */
double ui_contrast(ui_colour a, ui_colour b);

/* Text styles; sizes in u at normal text are in the table of look.c. */
enum ui_style {
    UI_HINT,       /* 32 */
    UI_BODY,       /* 38 */
    UI_BODY_BOLD,  /* 38 bold */
    UI_LABEL,      /* 40 bold: buttons and options */
    UI_SECTION,    /* 46 bold */
    UI_TITLE,      /* 60 bold */
    UI_NUMERAL,    /* 120 bold */
    UI_TICKET,     /* 240 bold */
    UI_LABEL_CALM, /* 38: buttons that step back */
    UI_STYLE_COUNT
};

double ui_ppi(const struct ui_look *look);
double ui_scale(const struct ui_look *look);             /* px per u */
double ui_mm_per_px(const struct ui_look *look);
int ui_px(const struct ui_look *look, double u);         /* rounded; never 0 for u > 0 */
int ui_px_mm(const struct ui_look *look, double mm);     /* rounded up: at least these mm */
bool ui_portrait(const struct ui_look *look);
/* Too low for a page with room to spare: under 900 u high. */
bool ui_short(const struct ui_look *look);
/* The size of a style in px, large text included, and the least it may be shrunk to. */
int ui_style_px(const struct ui_look *look, enum ui_style style);
int ui_style_floor_px(const struct ui_look *look, enum ui_style style);
bool ui_style_bold(enum ui_style style);
/* Line height of a text size: 1.30, for Arabic and Farsi 1.60, for Tigrinya 1.40. */
int ui_line_px(const struct ui_look *look, int font_px);
/* Cap height in mm of a font size; the cap height of Noto Sans is 0.714 em. */
double ui_cap_mm(const struct ui_look *look, int font_px);

static inline bool ui_rect_has(struct ui_rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}
struct ui_rect ui_rect_join(struct ui_rect a, struct ui_rect b);  /* an empty one joins as nothing */
struct ui_rect ui_rect_cut(struct ui_rect a, struct ui_rect b);   /* what both cover */
struct ui_rect ui_rect_inset(struct ui_rect r, int by);           /* never below empty */

#endif
