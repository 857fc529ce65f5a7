/*
 * Drawing: text set for a width, surfaces with their states, icons.
 */
#include "ui/page.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

int ui_u(const struct ui *ui, double u)
{
    return ui_px(&ui->frame.look, u);
}

int ui_least(const struct ui *ui)
{
    return ui_px_mm(&ui->frame.look, 12.7);
}

int ui_tight(const struct ui *ui, double roomy, double tight)
{
    double part = ui->squeeze.level / 2.0;
    return ui_u(ui, roomy + (tight - roomy) * part);
}

ui_colour ui_c(const struct ui *ui, enum ui_token t)
{
    return ui_theme_colour(ui->frame.look.theme, t);
}

struct ui_rect ui_centred(struct ui_rect in, int w, int h)
{
    return (struct ui_rect){ in.x + (in.w - w) / 2, in.y + (in.h - h) / 2, w, h };
}

/* ---- text ---- */

static int smaller(int px, int floor)
{
    int less = px * 24 / 25;
    return less < floor ? floor : less;
}

/* The size to begin with: the ones before it, at which the text is certainly too long, are not
 * tried. A font of each size would be opened, only to find that out. */
static int first_px(struct ui *ui, const char *text, struct ui_font font, int floor, int w,
                    int lines)
{
    if (font.px <= floor || strchr(text, '\n'))
        return font.px;
    double whole = ui->metrics.extent(ui->metrics.ctx, font, ui->frame.look.rtl, text,
                                      strlen(text)).w;
    int px = font.px;
    while (px > floor && whole * px / font.px > 1.03 * w * lines)
        px = smaller(px, floor);
    return px;
}

/* Sets a text, smaller down to the floor as long as it does not fit. */
static struct ui_fit set(struct ui *ui, const char *text, struct ui_font font, int floor, int w,
                         int lines)
{
    struct ui_fit f = { .font = font };
    f.font.px = text && *text ? first_px(ui, text, font, floor, w, lines) : font.px;
    for (;;) {
        ui_wrap(&ui->metrics, f.font, ui->frame.look.rtl, text ? text : "", w, &f.lines);
        f.ok = f.lines.fits && f.lines.n <= (size_t)lines;
        if (f.ok || f.font.px <= floor)
            break;
        f.font.px = smaller(f.font.px, floor);
    }
    f.line_h = ui_line_px(&ui->frame.look, f.font.px);
    if (ui->squeeze.floors)
        f.line_h = f.line_h * 9 / 10;
    f.h = (int)f.lines.n * f.line_h;
    return f;
}

static struct ui_font style_font(const struct ui *ui, enum ui_style style)
{
    struct ui_font font = { ui_style_px(&ui->frame.look, style), ui_style_bold(style) };
    if (ui->squeeze.floors && style != UI_NUMERAL && style != UI_TICKET)
        font.px = ui_style_floor_px(&ui->frame.look, style);
    return font;
}

struct ui_fit ui_fit_px(struct ui *ui, const char *text, struct ui_font font, int floor, int w,
                        int lines)
{
    struct ui_fit f = set(ui, text, font, floor, w, lines);
    ui->misfit = ui->misfit || !f.ok;
    return f;
}

struct ui_fit ui_fit(struct ui *ui, const char *text, enum ui_style style, int w, int lines)
{
    int floor = ui_style_floor_px(&ui->frame.look, style);
    return ui_fit_px(ui, text, style_font(ui, style), floor, w, lines);
}

/* Of letters that need the room of Arabic or Ethiopic lines. */
static bool tall_script(const char *text)
{
    for (; text && *text; text++) {
        unsigned char c = (unsigned char)*text;
        if ((c >= 0xD8 && c <= 0xDD) || c == 0xE1)
            return true;
    }
    return false;
}

struct ui_fit ui_fit_typed(struct ui *ui, const char *text, enum ui_style style, int w)
{
    int floor = ui_style_floor_px(&ui->frame.look, style);
    struct ui_fit f = set(ui, text, style_font(ui, style), floor, w, UI_LINES_MAX);
    f.ok = f.ok || f.lines.whole;
    if (f.lines.n > 1 && !tall_script(text)) { /* Latin in an Arabic page: lines of Latin */
        int latin = f.font.px * (ui->squeeze.floors ? 117 : 130) / 100;
        f.line_h = f.line_h < latin ? f.line_h : latin;
        f.h = (int)f.lines.n * f.line_h;
    }
    ui->misfit = ui->misfit || !f.ok;
    return f;
}

int ui_word_w(struct ui *ui, const char *text, enum ui_style style)
{
    struct ui_font font = { ui_style_floor_px(&ui->frame.look, style), ui_style_bold(style) };
    int widest = 0;
    for (const char *s = text ? text : ""; *s;) {
        size_t n = strcspn(s, " \n");
        /* A word with a hyphen may be broken behind it. */
        const char *hyphen = memchr(s, '-', n);
        if (hyphen && hyphen > s && hyphen + 1 < s + n)
            n = (size_t)(hyphen + 1 - s);
        int w = n ? ui->metrics.extent(ui->metrics.ctx, font, ui->frame.look.rtl, s, n).w : 0;
        widest = w > widest ? w : widest;
        s += n + strspn(s + n, " \n");
    }
    return widest;
}

/* On one line down to four fifths of the size, else on two lines that stand close, or three. */
static struct ui_fit set_label(struct ui *ui, const char *text, enum ui_style style, int w)
{
    struct ui_font font = style_font(ui, style);
    int floor = ui_style_floor_px(&ui->frame.look, style);
    int small = font.px * 4 / 5 > floor ? font.px * 4 / 5 : floor;
    struct ui_fit f = set(ui, text, font, small, w, 1);
    if (f.ok)
        return f;
    f = set(ui, text, font, floor, w, 2);
    if (!f.ok && f.lines.fits)
        f = set(ui, text, font, floor, w, 3);
    f.line_h = f.line_h * 6 / 7;
    f.h = (int)f.lines.n * f.line_h;
    return f;
}

struct ui_fit ui_fit_label(struct ui *ui, const char *text, enum ui_style style, int w)
{
    struct ui_fit f = set_label(ui, text, style, w);
    if (!f.ok && (style == UI_LABEL || style == UI_BODY_BOLD))
        f = set_label(ui, text, UI_LABEL_CALM, w); /* regular weight is narrower */
    ui->misfit = ui->misfit || !f.ok;
    return f;
}

int ui_text_w(struct ui *ui, const char *text, enum ui_style style)
{
    struct ui_font font = style_font(ui, style);
    if (!text || !*text)
        return 0;
    return ui->metrics.extent(ui->metrics.ctx, font, ui->frame.look.rtl, text, strlen(text)).w;
}

/* The bytes of one line, isolates that were open where it begins opened again. */
static const char *line_text(struct ui *ui, const char *text, const struct ui_line *l, size_t *ret_n)
{
    size_t head = 3 * (size_t)l->open;
    if (head == 0) {
        *ret_n = l->n;
        return text + l->from;
    }
    char *out = ui_arena(ui, head + l->n + 1);
    *ret_n = out ? head + l->n : 0;
    if (!out)
        return "";
    for (unsigned i = 0; i < l->open; i++)
        memcpy(out + 3 * (size_t)i, "\xE2\x81\xA8", 3); /* U+2068 */
    memcpy(out + head, text + l->from, l->n);
    return out;
}

static void put_line(struct ui *ui, struct ui_rect box, const struct ui_fit *f, const char *text,
                     const struct ui_line *l, enum ui_align align, ui_colour ink)
{
    size_t n = 0;
    const char *s = line_text(ui, text, l, &n);
    bool rtl = ui->frame.look.rtl && !ui->ltr;
    struct ui_extent e = { l->w, l->ascent, l->descent };
    if (l->open || rtl != ui->frame.look.rtl) /* measured without what was put in front */
        e = ui->metrics.extent(ui->metrics.ctx, f->font, rtl, s, n);
    if (e.w <= 0)
        return;
    int cap = (int)(f->font.px * 0.714 + 0.5);
    int baseline = box.y + (f->line_h + cap) / 2;
    int x = align == UI_START ? box.x : align == UI_END ? box.x + box.w - e.w
                                                        : box.x + (box.w - e.w) / 2;
    struct ui_rect ink_box = ui_place(
        ui, (struct ui_rect){ x, baseline - e.ascent, e.w, e.ascent + e.descent });
    ui_draw_add(&ui->draw,
                (struct ui_draw_cmd){ .kind = UI_DRAW_TEXT, .box = ink_box, .colour = ink,
                                      .font = f->font, .rtl = rtl, .x = ink_box.x,
                                      .baseline = baseline },
                s, n);
}

/* The ground a text stands on: the last filled surface that holds its box. */
static ui_colour ground(const struct ui *ui, struct ui_rect box)
{
    int x = box.x + box.w / 2, y = box.y + box.h / 2;
    for (size_t i = ui->draw.n; i-- > 0;) {
        const struct ui_draw_cmd *c = &ui->draw.v[i];
        bool fills = c->kind == UI_DRAW_FILL || c->kind == UI_DRAW_ROUND;
        if (fills && c->colour >> 24 == 0xFF && ui_rect_has(c->box, x, y))
            return c->colour;
    }
    return ui_c(ui, UI_BG);
}

void ui_put_text(struct ui *ui, struct ui_widget *w, struct ui_rect box, const struct ui_fit *f,
                 const char *text, enum ui_align align, ui_colour ink)
{
    if (!text || f->lines.n == 0)
        return;
    if (w && (w->font_px == 0 || f->font.px < w->font_px)) {
        w->font_px = f->font.px;
        w->fg = ink;
        w->bg = ground(ui, ui_place(ui, (struct ui_rect){ box.x, box.y, box.w, f->h }));
    }
    if (w && !f->ok)
        w->clipped = true;
    int y = box.y;
    for (size_t i = 0; i < f->lines.n; i++, y += f->line_h)
        put_line(ui, (struct ui_rect){ box.x, y, box.w, f->line_h }, f, text, &f->lines.v[i], align,
                 ink);
}

/* ---- shapes ---- */

void ui_put_fill(struct ui *ui, struct ui_rect box, ui_colour c)
{
    ui_draw_add(&ui->draw, (struct ui_draw_cmd){ .kind = UI_DRAW_FILL, .box = box, .colour = c },
                NULL, 0);
}

void ui_put_round(struct ui *ui, struct ui_rect box, int radius, ui_colour fill, ui_colour edge,
                  int line)
{
    int most = (box.w < box.h ? box.w : box.h) / 2;
    ui_draw_add(&ui->draw,
                (struct ui_draw_cmd){ .kind = UI_DRAW_ROUND, .box = box, .colour = fill,
                                      .edge = edge, .line = line,
                                      .radius = radius < most ? radius : most },
                NULL, 0);
}

void ui_put_shadow(struct ui *ui, struct ui_rect box, int radius)
{
    ui_colour c = ui_c(ui, UI_SHADOW);
    if (c >> 24 == 0)
        return;
    int blur = ui_u(ui, 16), down = ui_u(ui, 4);
    struct ui_rect reach = { box.x - blur, box.y - blur + down, box.w + 2 * blur,
                             box.h + 2 * blur };
    ui_draw_add(&ui->draw,
                (struct ui_draw_cmd){ .kind = UI_DRAW_SHADOW, .box = reach, .colour = c,
                                      .radius = radius, .blur = blur, .line = down },
                NULL, 0);
}

void ui_put_icon(struct ui *ui, const char *name, struct ui_rect box, ui_colour ink)
{
    if (!name || !*name)
        return;
    bool mirror = ui->frame.look.rtl && !ui->ltr;
    if (mirror && !strcmp(name, "arrow-end"))
        name = "arrow-start";
    else if (mirror && !strcmp(name, "arrow-start"))
        name = "arrow-end";
    ui_draw_add(&ui->draw,
                (struct ui_draw_cmd){ .kind = UI_DRAW_ICON, .box = ui_place(ui, box),
                                      .colour = ink },
                name, strlen(name));
}

/* Two rings round a widget, in the tones that stand out on any ground. */
static void put_focus(struct ui *ui, struct ui_rect box, int radius)
{
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    int in = ui_u(ui, 4), out = in + ui_u(ui, loud ? 6 : 4);
    ui_put_round(ui, ui_rect_inset(box, -out), radius + out, ui_c(ui, UI_FOCUS_OUT), 0, 0);
    ui_put_round(ui, ui_rect_inset(box, -in), radius + in, ui_c(ui, UI_FOCUS_IN), 0, 0);
}

struct ui_rect ui_put_surface(struct ui *ui, const struct ui_widget *w, struct ui_rect box,
                              const struct ui_skin *skin)
{
    struct ui_rect r = box;
    if (w->pressed) {
        int by = r.h / 100 + 1; /* 2 % of the height, whatever the width */
        r = ui_rect_inset(r, by);
    }
    struct ui_rect at = ui_place(ui, r);
    if (w->focused)
        put_focus(ui, at, skin->radius);
    else if (skin->shadow && !w->pressed)
        ui_put_shadow(ui, at, skin->radius);
    ui_put_round(ui, at, skin->radius, skin->fill, skin->edge, skin->line);
    return r;
}

static const struct {
    enum ui_token fill, down, ink, ink_2, edge;
    bool line;
} kinds[] = {
    [UI_SECONDARY] = { UI_SURFACE, UI_SURFACE_DOWN, UI_INK, UI_INK_2, UI_LINE, true },
    [UI_MAIN] = { UI_PRIMARY, UI_PRIMARY_DOWN, UI_ON_PRIMARY, UI_ON_PRIMARY_2, UI_PRIMARY, false },
    [UI_CALM] = { UI_QUIET, UI_QUIET_DOWN, UI_INK, UI_INK_2, UI_LINE, false },
    [UI_DANGEROUS] = { UI_SURFACE, UI_DANGER_TINT, UI_DANGER, UI_DANGER, UI_DANGER, true },
    [UI_YELLOW] = { UI_ACCENT, UI_ACCENT, UI_ON_ACCENT, UI_ON_ACCENT, UI_ACCENT, false },
};

struct ui_skin ui_skin_button(const struct ui *ui, enum ui_kind kind, bool disabled, bool pressed)
{
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    struct ui_skin s = {
        .fill = ui_c(ui, pressed ? kinds[kind].down : kinds[kind].fill),
        .ink = ui_c(ui, kinds[kind].ink), .ink_2 = ui_c(ui, kinds[kind].ink_2),
        .edge = ui_c(ui, kinds[kind].edge), .radius = ui_u(ui, 20),
        .line = kinds[kind].line || loud ? ui_u(ui, 3) : 0,
    };
    if (disabled) {
        s.fill = ui_c(ui, UI_DISABLED_BG);
        s.ink = s.ink_2 = s.edge = ui_c(ui, UI_DISABLED);
        s.line = loud ? s.line : 0;
    }
    return s;
}

struct ui_skin ui_skin_card(const struct ui *ui, bool primary, bool selected, bool pressed)
{
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    struct ui_skin s = {
        .fill = ui_c(ui, pressed ? UI_SURFACE_DOWN : UI_SURFACE), .ink = ui_c(ui, UI_INK),
        .ink_2 = ui_c(ui, UI_INK_2), .edge = ui_c(ui, UI_LINE), .radius = ui_u(ui, 28),
        .line = loud ? ui_u(ui, 3) : 0, .shadow = true,
    };
    if (primary) {
        s.fill = ui_c(ui, pressed ? UI_PRIMARY_DOWN : UI_PRIMARY);
        s.ink = ui_c(ui, UI_ON_PRIMARY);
        s.ink_2 = ui_c(ui, UI_ON_PRIMARY_2);
    } else if (selected) {
        s.fill = ui_c(ui, UI_PRIMARY_TINT);
        s.edge = ui_c(ui, UI_PRIMARY);
        s.line = ui_u(ui, 4);
    }
    return s;
}
