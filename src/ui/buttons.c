/*
 * What is touched: buttons, options, pills, choice cards, name tiles.
 */
#include "ui/page.h"

#include <string.h>

#include "base/mem.h"

/* The spoken form of a control with its state. */
static const char *say_state(struct ui *ui, const char *say, const char *text, bool selected,
                             bool disabled)
{
    const char *s = say && *say ? say : text;
    if (selected)
        s = ui_join(ui, s, ", ", ui->words.chosen);
    if (disabled)
        s = ui_join(ui, s, ", ", ui->words.disabled);
    return s;
}

/* A second line, but where the page has no room for any. */
static const char *second_line(const struct ui *ui, const char *hint)
{
    return ui->squeeze.bare ? "" : hint;
}

/* ---- button ---- */

enum { BUTTON_PAD = 28, BUTTON_ICON = 44, BUTTON_GAP = 18 };

static int button_extra(const struct ui *ui, const struct ui_button *b)
{
    return 2 * ui_u(ui, BUTTON_PAD) + (b->icon && *b->icon ? ui_u(ui, BUTTON_ICON + BUTTON_GAP) : 0);
}

static enum ui_style label_style(const struct ui_button *b)
{
    return b->kind == UI_CALM ? UI_LABEL_CALM : UI_LABEL;
}

int ui_button_natural(struct ui *ui, const struct ui_button *b)
{
    int text = ui_text_w(ui, b->text, label_style(b)), hint = ui_text_w(ui, b->hint, UI_HINT);
    int w = (text > hint ? text : hint) + button_extra(ui, b) + 1;
    int least = ui_least(ui);
    return w > least ? w : least;
}

/* What the text of a button may take of its width. The pads give way first. */
static int button_room(const struct ui *ui, const struct ui_button *b, int w)
{
    return w - button_extra(ui, b) + ui_u(ui, 24);
}

int ui_button_height(struct ui *ui, const struct ui_button *b, int w)
{
    int room = button_room(ui, b, w);
    int text = ui_fit_label(ui, b->text, label_style(b), room).h;
    text += b->hint && *b->hint ? ui_fit(ui, b->hint, UI_HINT, room, 2).h : 0;
    int h = text + (b->slim ? ui_u(ui, 10) : ui_tight(ui, 36, 16));
    int least = b->big ? ui_tight(ui, 140, 112) : b->slim ? 0 : ui_tight(ui, 112, 76);
    if (!b->slim && b->kind == UI_MAIN && least < ui_u(ui, 111))
        least = ui_u(ui, 111); /* 20 mm: the button of the page */
    least = least > ui_least(ui) ? least : ui_least(ui);
    return h > least ? h : least;
}

/* Icon, text and second line of a button, set out in its box. */
struct button_form {
    struct ui_fit text, hint;
    int icon, gap;
    bool stacked; /* icon above: beside it the text would not fit */
};

static struct button_form button_form(struct ui *ui, const struct ui_button *b, struct ui_rect box)
{
    struct button_form f = { .icon = *b->icon ? ui_u(ui, BUTTON_ICON) : 0 };
    f.gap = f.icon ? ui_u(ui, BUTTON_GAP) : 0;
    int room = button_room(ui, b, box.w);
    f.text = ui_fit_label(ui, b->text, label_style(b), room);
    f.hint = ui_fit(ui, b->hint, UI_HINT, room, 2);
    if (!f.icon || (f.text.ok && f.text.h + f.hint.h <= box.h))
        return f;
    f.stacked = true;
    f.gap = 0;
    f.text = ui_fit_label(ui, b->text, label_style(b), box.w - ui_u(ui, 12));
    if (f.icon + f.text.h + f.hint.h > box.h)
        f.icon = 0; /* the word says it all */
    return f;
}

void ui_put_button(struct ui *ui, const struct ui_button *button, struct ui_rect box)
{
    struct ui_button copy = *button, *b = &copy;
    b->icon = b->icon ? b->icon : "";
    b->hint = b->hint ? b->hint : "";
    const char *text = ui_join(ui, b->text, " ", b->hint);
    struct ui_widget *w = ui_target(ui, b->id, UI_ROLE_BUTTON, box, text,
                                    say_state(ui, b->say, text, false, b->disabled));
    w->disabled = b->disabled;
    w->personal = b->personal;
    w->primary = b->kind == UI_MAIN;
    struct ui_skin skin = ui_skin_button(ui, b->kind, b->disabled, w->pressed);
    struct ui_rect r = ui_put_surface(ui, w, box, &skin);
    struct button_form f = button_form(ui, b, box);
    int text_w = f.text.lines.w > f.hint.lines.w ? f.text.lines.w : f.hint.lines.w;
    int text_h = f.text.h + f.hint.h, icon = f.icon;
    w->clipped = text_h > box.h;
    struct ui_rect in = ui_centred(r, text_w + (f.stacked ? 0 : icon + f.gap),
                                   text_h + (f.stacked ? icon : 0));
    struct ui_rect at = { b->icon_end ? in.x + text_w + f.gap : in.x, r.y + (r.h - icon) / 2, icon,
                          icon };
    if (f.stacked)
        at = (struct ui_rect){ r.x + (r.w - icon) / 2, in.y, icon, icon };
    if (icon)
        ui_put_icon(ui, b->icon, at, skin.ink);
    in.x += f.stacked || b->icon_end ? 0 : icon + f.gap;
    in.y += f.stacked ? icon : 0;
    in.w = text_w;
    ui_put_text(ui, w, in, &f.text, b->text, UI_MIDDLE, skin.ink);
    in.y += f.text.h;
    ui_put_text(ui, w, in, &f.hint, b->hint, UI_MIDDLE, skin.ink_2);
}

static int button_natural(struct ui *ui, struct ui_node *n)
{
    return ui_button_natural(ui, n->props);
}

static int button_height(struct ui *ui, struct ui_node *n, int w)
{
    return ui_button_height(ui, n->props, w);
}

static void button_draw(struct ui *ui, struct ui_node *n)
{
    ui_put_button(ui, n->props, n->box);
}

static const struct ui_class button_class = { button_natural, button_height, NULL, button_draw };

void ui_button(struct ui *ui, const struct ui_button *b)
{
    struct ui_button copy = *b;
    copy.id = ui_dup(ui, b->id);
    copy.text = ui_dup(ui, b->text);
    copy.say = ui_dup(ui, b->say);
    copy.icon = ui_dup(ui, b->icon);
    copy.hint = ui_dup(ui, b->hint);
    struct ui_node *n = ui_add(ui, &button_class, &copy, sizeof(copy));
    n->natural = b->natural;
    n->weight = 0;
    if (ui->open[ui->depth - 1]->class != &ui_column_class)
        n->weight = b->weight;
}

/* ---- option ---- */

/* Round the widest of its two lines, of which the first is text_w wide. */
static int option_width(struct ui *ui, const struct ui_option *o, int text_w)
{
    struct ui_fit hint = ui_fit(ui, second_line(ui, o->hint), UI_HINT, ui->frame.look.w, 1);
    int w = text_w > hint.lines.w ? text_w : hint.lines.w;
    w += ui_u(ui, 28) + (*o->icon ? ui_u(ui, 58) : 0);
    return w > ui_least(ui) ? w : ui_least(ui);
}

static int option_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_option *o = n->props;
    int floor = ui_style_floor_px(&ui->frame.look, UI_LABEL);
    struct ui_font font = { floor, true };
    return option_width(ui, o, ui_fit_px(ui, o->text, font, floor, ui->frame.look.w, 1).lines.w);
}

static int option_room(const struct ui *ui, const struct ui_option *o, int w)
{
    return w - ui_u(ui, 28) - (*o->icon ? ui_u(ui, 58) : 0);
}

static int option_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_option *o = n->props;
    int room = option_room(ui, o, w);
    int h = ui_fit_label(ui, o->text, UI_LABEL, room).h + ui_tight(ui, 24, 10);
    if (*second_line(ui, o->hint))
        h += ui_fit(ui, o->hint, UI_HINT, room, 2).h + ui_tight(ui, 12, 4);
    int least = ui_tight(ui, 96, 71);
    least = least > ui_least(ui) ? least : ui_least(ui);
    return h > least ? h : least;
}

static void option_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_option *o = n->props;
    const char *hint_text = second_line(ui, o->hint);
    struct ui_widget *w = ui_target(ui, o->id, UI_ROLE_OPTION, n->box,
                                    ui_join(ui, o->text, " ", hint_text),
                                    say_state(ui, o->say, ui_join(ui, o->text, " ", o->hint),
                                              o->selected, o->disabled));
    w->selected = o->selected;
    w->disabled = o->disabled;
    w->personal = o->personal;
    struct ui_skin skin = ui_skin_button(ui, o->selected ? UI_MAIN : UI_SECONDARY, o->disabled,
                                         w->pressed);
    struct ui_rect r = ui_put_surface(ui, w, n->box, &skin);
    int room = option_room(ui, o, n->box.w);
    struct ui_fit f = ui_fit_label(ui, o->text, UI_LABEL, room);
    struct ui_fit hint = ui_fit(ui, hint_text, UI_HINT, room, 2);
    w->clipped = f.h + hint.h > r.h;
    int icon = *o->icon ? ui_u(ui, 44) : 0, gap = icon ? ui_u(ui, 14) : 0;
    struct ui_rect in = ui_centred(r, room + icon + gap, f.h + hint.h);
    int wide = f.lines.w > hint.lines.w ? f.lines.w : hint.lines.w;
    if (icon)
        in = ui_centred(r, wide + icon + gap, f.h + hint.h);
    ui_put_icon(ui, o->icon, (struct ui_rect){ in.x, r.y + (r.h - icon) / 2, icon, icon }, skin.ink);
    in.x += icon + gap;
    in.w -= icon + gap;
    ui_put_text(ui, w, in, &f, o->text, UI_MIDDLE, skin.ink);
    in.y += f.h;
    ui_put_text(ui, w, in, &hint, hint_text, UI_MIDDLE, skin.ink_2);
}

static const struct ui_class option_class = { option_natural, option_height, NULL, option_draw };

void ui_option(struct ui *ui, const struct ui_option *o)
{
    struct ui_option copy = *o;
    copy.id = ui_dup(ui, o->id);
    copy.text = ui_dup(ui, o->text);
    copy.hint = ui_dup(ui, o->hint);
    copy.say = ui_dup(ui, o->say);
    copy.icon = ui_dup(ui, o->icon);
    ui_add(ui, &option_class, &copy, sizeof(copy));
}

/* ---- cells of a grid ---- */

static int button_least(struct ui *ui, const struct ui_button *b)
{
    int extra = button_extra(ui, b) - ui_u(ui, 24);
    int word = ui_word_w(ui, b->text, label_style(b));
    int half = ui_text_w(ui, b->text, label_style(b)) * 11 / 20; /* on two lines, not quite even */
    int least = (word > half ? word : half) + extra + 1;
    return least > ui_least(ui) ? least : ui_least(ui);
}

/* As option_natural(), its letters not set in their smallest size but scaled to it: each may be
 * rounded up to the next pixel, and so may the space before it. */
static int option_roughly(struct ui *ui, const struct ui_option *o)
{
    const struct ui_look *look = &ui->frame.look;
    int px = ui_style_px(look, UI_LABEL), floor = ui_style_floor_px(look, UI_LABEL);
    int w = ui_text_w(ui, o->text, UI_LABEL);
    if (!ui->squeeze.floors)
        w = w * floor / px + 1 + 2 * (int)strlen(o->text);
    return option_width(ui, o, w);
}

int ui_cell_least(struct ui *ui, struct ui_node *n, bool roughly)
{
    if (n->class == &button_class)
        return button_least(ui, n->props);
    if (n->class == &option_class && roughly)
        return option_roughly(ui, n->props);
    return n->class->natural ? n->class->natural(ui, n) : ui_least(ui);
}

/* ---- pill ---- */

static enum ui_style pill_style(const struct ui_pill *p)
{
    return p->selected ? UI_BODY_BOLD : UI_BODY;
}

static int pill_pad(const struct ui *ui)
{
    return ui_tight(ui, 36, 24);
}

static int pill_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_pill *p = n->props;
    int text = ui_text_w(ui, p->text, pill_style(p)), half = text * 11 / 20;
    int word = ui_word_w(ui, p->text, pill_style(p));
    if (ui->squeeze.floors && text > ui_u(ui, 450))
        text = half > word ? half : word; /* on two lines it leaves room for another beside it */
    int w = text + 2 * pill_pad(ui) + 1 + (*p->icon ? ui_u(ui, 54) : 0);
    int least = ui_u(ui, 120);
    return w > least ? w : least;
}

/* One line where the row has room for it. */
static struct ui_fit pill_fit(struct ui *ui, const struct ui_pill *p, int w)
{
    int room = w - ui_u(ui, 24) - (*p->icon ? ui_u(ui, 54) : 0);
    struct ui_fit f = ui_fit_typed(ui, p->text, pill_style(p), room);
    if (f.lines.n > 1) {
        f.line_h = f.line_h * 6 / 7;
        f.h = (int)f.lines.n * f.line_h;
    }
    return f;
}

static int pill_height(struct ui *ui, struct ui_node *n, int w)
{
    int least = ui_u(ui, 83), h = ui_tight(ui, 92, 83);
    int text = pill_fit(ui, n->props, w).h + ui_u(ui, 16);
    h = h > text ? h : text;
    return h > least ? h : least;
}

static void pill_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_pill *p = n->props;
    struct ui_widget *w = ui_target(ui, p->id, UI_ROLE_OPTION, n->box, p->text,
                                    say_state(ui, p->say, p->text, p->selected, false));
    w->selected = p->selected;
    struct ui_skin skin = ui_skin_button(ui, UI_SECONDARY, false, w->pressed);
    skin.radius = n->box.h / 2 < ui_u(ui, 60) ? n->box.h / 2 : ui_u(ui, 60);
    if (p->selected) {
        skin.fill = ui_c(ui, UI_PRIMARY_TINT);
        skin.edge = ui_c(ui, UI_PRIMARY);
        skin.line = ui_u(ui, ui->frame.look.theme == UI_CONTRAST ? 6 : 4);
    }
    struct ui_rect r = ui_put_surface(ui, w, n->box, &skin);
    int icon = *p->icon ? ui_u(ui, 40) : 0, gap = icon ? ui_u(ui, 14) : 0;
    struct ui_fit f = pill_fit(ui, p, n->box.w);
    struct ui_rect in = ui_centred(r, f.lines.w + icon + gap, f.h);
    ui_put_icon(ui, p->icon, (struct ui_rect){ in.x, r.y + (r.h - icon) / 2, icon, icon }, skin.ink);
    in.x += icon + gap;
    in.w = f.lines.w;
    ui_put_text(ui, w, in, &f, p->text, UI_START, skin.ink);
}

static const struct ui_class pill_class = { pill_natural, pill_height, NULL, pill_draw };

void ui_pill(struct ui *ui, const struct ui_pill *p)
{
    struct ui_pill copy = *p;
    copy.id = ui_dup(ui, p->id);
    copy.text = ui_dup(ui, p->text);
    copy.say = ui_dup(ui, p->say);
    copy.icon = ui_dup(ui, p->icon);
    copy.lang = ui_dup(ui, p->lang);
    ui_add(ui, &pill_class, &copy, sizeof(copy))->natural = true;
}

/* ---- choice card ---- */

/* Measures of a choice in a width: tile, texts, height. */
struct choice_form {
    int pad, tile, arrow, gap, text_w, h;
    struct ui_fit title, hint;
};

static struct choice_form choice_form(struct ui *ui, const struct ui_choice *c, int w, bool stacked)
{
    struct choice_form f = { 0 };
    bool compact = c->compact || ui->squeeze.level == 2;
    f.pad = ui_tight(ui, stacked ? 44 : 48, 22);
    f.tile = *c->icon ? (compact ? ui_tight(ui, 112, 92) : ui_tight(ui, 148, 112)) : 0;
    if (ui->squeeze.level == 2 && ui_short(&ui->frame.look))
        f.tile = f.tile ? ui_u(ui, 84) : 0;
    f.arrow = stacked || ui->squeeze.level < 2 || c->selected ? ui_u(ui, 48) : 0;
    f.gap = f.tile ? ui_tight(ui, 44, 22) : 0;
    f.text_w = stacked ? w - 2 * f.pad : w - 2 * f.pad - f.tile - f.gap - f.arrow - (f.arrow ? ui_u(ui, 16) : 0);
    f.title = ui_fit(ui, c->title, compact ? UI_LABEL : UI_SECTION, f.text_w, 4);
    f.hint = ui_fit(ui, second_line(ui, c->hint), UI_HINT, f.text_w, 5);
    int text = f.title.h + f.hint.h;
    int inner = stacked ? f.tile + (f.tile ? ui_tight(ui, 28, 12) : 0) + text
                        : (text > f.tile ? text : f.tile);
    f.h = inner + (stacked ? 2 * f.pad : ui_tight(ui, 88, ui->squeeze.floors ? 16 : 28));
    int least = ui_u(ui, compact && ui->squeeze.level == 2 ? ui->squeeze.floors ? 83 : 111 : 160);
    if (c->primary && least < ui_u(ui, 111))
        least = ui_u(ui, 111); /* 20 mm: the usual way on */
    f.h = f.h > least ? f.h : least;
    return f;
}

/* In a grid: no narrower than its longest word needs beside the picture. */
static int choice_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_choice *c = n->props;
    bool compact = c->compact || ui->squeeze.level == 2;
    struct choice_form f = choice_form(ui, c, ui->frame.look.w, false);
    int beside = ui->frame.look.w - f.text_w;
    int title = ui_word_w(ui, c->title, compact ? UI_LABEL : UI_SECTION);
    int hint = ui_word_w(ui, second_line(ui, c->hint), UI_HINT);
    return beside + (title > hint ? title : hint) + 1;
}

static int choice_height(struct ui *ui, struct ui_node *n, int w)
{
    return choice_form(ui, n->props, w, n->stacked).h;
}

static void draw_tile(struct ui *ui, const struct ui_choice *c, struct ui_rect tile)
{
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    enum ui_token tint = c->tint ? c->tint : c->primary ? UI_ACCENT : UI_PRIMARY_TINT;
    ui_colour ink = ui_c(ui, UI_INK);
    if (tint == UI_ACCENT)
        ink = ui_c(ui, UI_ON_ACCENT);
    else if (tint == UI_SUCCESS_TINT || tint == UI_TINT_WORK)
        ink = ui_c(ui, UI_SUCCESS);
    else if (tint == UI_PRIMARY_TINT || tint == UI_TINT_SCHOOL)
        ink = ui_c(ui, UI_PRIMARY);
    else if (tint == UI_WARNING_TINT || tint == UI_TINT_ABSENCE)
        ink = ui_c(ui, UI_WARNING);
    if (loud && c->primary) {
        tint = UI_BG; /* black on yellow: the card itself is yellow */
        ink = ui_c(ui, UI_PRIMARY);
    }
    ui_put_round(ui, ui_place(ui, tile), tile.w / 4, ui_c(ui, tint), ui_c(ui, UI_LINE),
                 loud ? ui_u(ui, 3) : 0);
    ui_put_icon(ui, c->icon, ui_rect_inset(tile, tile.w / 6), ink);
}

static void draw_choice_text(struct ui *ui, struct ui_widget *w, const struct ui_choice *c,
                             const struct choice_form *f, struct ui_rect at,
                             const struct ui_skin *skin)
{
    at.w = f->text_w;
    at.h = f->title.h;
    if (c->hint_first) {
        ui_put_text(ui, w, at, &f->hint, c->hint, UI_START, skin->ink_2);
        at.y += f->hint.h;
    }
    ui_put_text(ui, w, at, &f->title, c->title, UI_START, skin->ink);
    at.y += f->title.h;
    if (!c->hint_first)
        ui_put_text(ui, w, at, &f->hint, c->hint, UI_START, skin->ink_2);
}

static void choice_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_choice *c = n->props;
    const char *text = ui_join(ui, c->title, " ", second_line(ui, c->hint));
    struct ui_widget *w = ui_target(ui, c->id, UI_ROLE_BUTTON, n->box, text,
                                    say_state(ui, c->say, ui_join(ui, c->title, ". ", c->hint),
                                              c->selected, c->disabled));
    w->selected = c->selected;
    w->disabled = c->disabled;
    w->personal = c->personal;
    w->primary = c->primary;
    struct ui_skin skin = ui_skin_card(ui, c->primary, c->selected, w->pressed);
    struct choice_form f = choice_form(ui, c, n->box.w, n->stacked);
    w->clipped = f.h > n->box.h;
    struct ui_rect r = ui_put_surface(ui, w, n->box, &skin);
    ui_colour arrow = c->primary ? skin.ink : ui_c(ui, UI_PRIMARY);
    const char *sign = c->selected ? "check" : "arrow-end";
    struct ui_rect tile = { r.x + f.pad, r.y + (r.h - f.tile) / 2, f.tile, f.tile };
    struct ui_rect sign_at = { r.x + r.w - f.pad - f.arrow, r.y + (r.h - f.arrow) / 2, f.arrow,
                               f.arrow };
    struct ui_rect at = { tile.x + f.tile + f.gap, r.y + (r.h - f.title.h - f.hint.h) / 2, 0, 0 };
    if (n->stacked) {
        tile.y = r.y + f.pad;
        sign_at.y = tile.y + (f.tile ? (f.tile - f.arrow) / 2 : 0);
        at = (struct ui_rect){ r.x + f.pad, tile.y + f.tile + (f.tile ? ui_tight(ui, 28, 12) : 0),
                               0, 0 };
    }
    if (f.tile)
        draw_tile(ui, c, tile);
    if (f.arrow && (!n->stacked || f.tile))
        ui_put_icon(ui, sign, sign_at, arrow);
    draw_choice_text(ui, w, c, &f, at, &skin);
}

static const struct ui_class choice_class = { choice_natural, choice_height, NULL, choice_draw };

void ui_choice(struct ui *ui, const struct ui_choice *c)
{
    struct ui_choice copy = *c;
    copy.id = ui_dup(ui, c->id);
    copy.title = ui_dup(ui, c->title);
    copy.hint = ui_dup(ui, c->hint);
    copy.say = ui_dup(ui, c->say);
    copy.icon = ui_dup(ui, c->icon);
    ui_add(ui, &choice_class, &copy, sizeof(copy));
}

/* ---- tile: who ---- */

static int tile_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_tile *t = n->props;
    int room = w - ui_u(ui, 32);
    int h = ui_tight(ui, 112, 84) + ui_fit(ui, t->text, UI_LABEL, room, 2).h +
            ui_fit(ui, t->hint, UI_HINT, room, 2).h + ui_tight(ui, 64, 28);
    return h;
}

static int tile_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_tile *t = n->props;
    int name = ui_word_w(ui, t->text, UI_LABEL), hint = ui_word_w(ui, t->hint, UI_HINT);
    int w = (name > hint ? name : hint) + ui_u(ui, 34), least = ui_u(ui, 240);
    return w > least ? w : least;
}

static void tile_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_tile *t = n->props;
    const char *text = ui_join(ui, t->text, " ", t->hint);
    struct ui_widget *w = ui_target(ui, t->id, UI_ROLE_BUTTON, n->box, text,
                                    say_state(ui, t->say, text, t->selected, false));
    w->selected = t->selected;
    struct ui_skin skin = ui_skin_card(ui, false, t->selected, w->pressed);
    struct ui_rect r = ui_put_surface(ui, w, n->box, &skin);
    int disc = ui_tight(ui, 112, 84), room = r.w - ui_u(ui, 32);
    struct ui_fit f = ui_fit(ui, t->text, UI_LABEL, room, 2);
    struct ui_fit hint = ui_fit(ui, t->hint, UI_HINT, room, 2);
    int gap = ui_tight(ui, 12, 4);
    struct ui_rect in = ui_centred(r, room, disc + gap + f.h + hint.h);
    struct ui_rect round = { in.x + (room - disc) / 2, in.y, disc, disc };
    ui_put_round(ui, ui_place(ui, round), disc / 2, ui_c(ui, UI_PRIMARY), 0, 0);
    if (*t->initials) {
        struct ui_fit i = ui_fit_px(ui, t->initials, (struct ui_font){ disc * 2 / 5, true },
                                    disc / 4, disc, 1);
        ui_put_text(ui, NULL, ui_centred(round, disc, i.h), &i, t->initials, UI_MIDDLE,
                    ui_c(ui, UI_ON_PRIMARY));
    } else {
        ui_put_icon(ui, "person", ui_rect_inset(round, disc / 5), ui_c(ui, UI_ON_PRIMARY));
    }
    in.y += disc + gap;
    ui_put_text(ui, w, in, &f, t->text, UI_MIDDLE, skin.ink);
    in.y += f.h;
    ui_put_text(ui, w, in, &hint, t->hint, UI_MIDDLE, skin.ink_2);
}

static const struct ui_class tile_class = { tile_natural, tile_height, NULL, tile_draw };

void ui_tile(struct ui *ui, const struct ui_tile *t)
{
    struct ui_tile copy = *t;
    copy.id = ui_dup(ui, t->id);
    copy.text = ui_dup(ui, t->text);
    copy.hint = ui_dup(ui, t->hint);
    copy.say = ui_dup(ui, t->say);
    copy.initials = ui_dup(ui, t->initials);
    ui_add(ui, &tile_class, &copy, sizeof(copy));
}
