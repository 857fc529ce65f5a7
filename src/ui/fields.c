/*
 * What is filled in: text fields and boxes of digits.
 */
#include "ui/page.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/* ---- text field ---- */

struct field_form {
    struct ui_fit label, hint, error;
    int box_h, h;
    int beside; /* px: the label stands before the box, where a low canvas has a keyboard */
};

static struct field_form field_form(struct ui *ui, const struct ui_field *k, int w)
{
    struct field_form f = { 0 };
    int icon = ui_u(ui, 56);
    const struct ui_look *look = &ui->frame.look;
    bool low = ui->keyboard && ui_keyboard_side(ui) == 0 && (!ui_portrait(look) || look->lower);
    if (ui->squeeze.floors && low) {
        int word = ui_word_w(ui, k->label, UI_LABEL) + ui_u(ui, 20);
        f.beside = word > w * 2 / 5 ? word : w * 2 / 5;
        f.beside = f.beside < w / 2 ? f.beside : w / 2;
        if (*k->error)
            f.beside = w * 11 / 20; /* what is wrong stands in its place */
    }
    f.label = f.beside ? ui_fit_label(ui, k->label, UI_LABEL, f.beside - ui_u(ui, 16))
                       : ui_fit(ui, k->label, UI_BODY_BOLD, w, 2);
    f.hint = ui_fit(ui, ui->squeeze.bare ? "" : k->hint, UI_HINT, w, 3);
    f.error = f.beside ? ui_fit_label(ui, k->error, UI_HINT, f.beside - ui_u(ui, 16) - icon)
                       : ui_fit(ui, k->error, UI_HINT, w - icon, 3);
    int text = ui_line_px(&ui->frame.look, ui_style_px(&ui->frame.look, UI_SECTION));
    f.box_h = ui_tight(ui, 108, 76);
    f.box_h = f.box_h > text && !f.beside ? f.box_h : f.beside ? ui_least(ui) : text;
    f.box_h = f.box_h > ui_least(ui) ? f.box_h : ui_least(ui);
    if (f.beside) {
        f.h = f.box_h > f.label.h ? f.box_h : f.label.h;
        f.h = *k->error && f.error.h > f.h ? f.error.h : f.h;
        return f;
    }
    f.h = f.label.h + f.hint.h + f.box_h + ui_tight(ui, 8, 0);
    if (*k->error)
        f.h += f.error.h + ui_tight(ui, 10, 4);
    return f;
}

static int field_height(struct ui *ui, struct ui_node *n, int w)
{
    return field_form(ui, n->props, w).h;
}

static const char *dots(struct ui *ui, const char *text)
{
    size_t n = utf8_count(text);
    char *out = ui_arena(ui, 3 * n + 1);
    for (size_t i = 0; out && i < n; i++)
        memcpy(out + 3 * i, "\xE2\x80\xA2", 3);
    return out ? out : "";
}

/* The end of a text that is too long for its box: there the typing goes on. */
static const char *visible_end(struct ui *ui, const char *text, struct ui_font font, int room)
{
    const char *end = text + strlen(text);
    while (text < end &&
           ui->metrics.extent(ui->metrics.ctx, font, false, text, (size_t)(end - text)).w > room)
        (void)utf8_next(&text, end);
    return text;
}

static const char *say_field(struct ui *ui, const struct ui_field *k)
{
    const char *value = *k->text ? k->text : ui->words.empty;
    if (k->masked || k->hidden)
        value = "";
    const char *s = ui_join(ui, *k->say ? k->say : k->label, ". ", value);
    if (*k->error)
        s = ui_join(ui, s, ". ", ui_join(ui, ui->words.error, ": ", k->error));
    return s;
}

static void draw_error(struct ui *ui, struct ui_widget *w, struct ui_rect at,
                       const struct ui_fit *f, const char *text)
{
    int icon = ui_u(ui, 44);
    ui_put_icon(ui, "warning", (struct ui_rect){ at.x, at.y + (f->line_h - icon) / 2, icon, icon },
                ui_c(ui, UI_DANGER));
    at.x += ui_u(ui, 56);
    at.w -= ui_u(ui, 56);
    at.h = f->h;
    ui_put_text(ui, w, at, f, text, UI_START, ui_c(ui, UI_DANGER));
}

/* Frame of what is filled in; thicker while it is edited. */
static struct ui_skin field_skin(const struct ui *ui, bool editing, bool error)
{
    struct ui_skin skin = ui_skin_button(ui, UI_SECONDARY, false, false);
    skin.line = ui_u(ui, editing || error ? 5 : 3);
    skin.edge = ui_c(ui, error ? UI_DANGER : editing ? UI_PRIMARY : UI_LINE);
    return skin;
}

static void draw_value(struct ui *ui, struct ui_widget *w, const struct ui_field *k,
                       struct ui_rect box)
{
    int pad = ui_u(ui, 24), caret = ui_u(ui, 4);
    bool empty = !*k->text;
    bool low = box.h <= ui_least(ui);
    enum ui_style style = empty || low ? UI_BODY : UI_SECTION;
    struct ui_font font = { ui_style_px(&ui->frame.look, style), false };
    int room = box.w - 2 * pad - 2 * caret;
    const char *text = k->masked || k->hidden ? dots(ui, k->text) : k->text;
    text = empty ? k->placeholder : visible_end(ui, text, font, room);
    struct ui_fit f = ui_fit_px(ui, text, font, font.px, room, 1);
    struct ui_rect at = ui_centred(box, box.w - 2 * pad, f.h);
    bool was = ui->ltr;
    if (k->ltr && ui->frame.look.rtl) {
        at = ui_place(ui, at);
        ui->ltr = true;
    }
    ui_put_text(ui, w, at, &f, text, UI_START, ui_c(ui, empty ? UI_INK_2 : UI_INK));
    w->clipped = false; /* a long text shows its end */
    if (k->editing) {
        int h = font.px * 11 / 10;
        struct ui_rect line = { at.x + (empty ? 0 : f.lines.w + caret), box.y + (box.h - h) / 2,
                                caret, h };
        ui_put_fill(ui, ui_place(ui, line), ui_c(ui, UI_PRIMARY));
    }
    ui->ltr = was;
}

static void draw_box(struct ui *ui, const struct ui_field *k, struct ui_rect at)
{
    const char *shown = k->masked || k->hidden ? dots(ui, k->text) : k->text;
    struct ui_widget *w = ui_target(ui, k->id, UI_ROLE_FIELD, at, shown, say_field(ui, k));
    w->personal = k->personal && *k->text;
    w->selected = k->editing;
    w->error = *k->error != '\0';
    struct ui_skin skin = field_skin(ui, k->editing, w->error);
    draw_value(ui, w, k, ui_put_surface(ui, w, at, &skin));
}

static struct ui_widget *show_error(struct ui *ui, const struct ui_field *k, struct ui_rect row)
{
    return ui_show(ui, ui_join(ui, k->id, ".", "error"), UI_ROLE_NOTICE, row, k->error, " ");
}

/* Label, or what is wrong, at the start; the box at the end. */
static void draw_beside(struct ui *ui, const struct ui_field *k, const struct field_form *f,
                        struct ui_rect box)
{
    struct ui_rect at = { box.x, box.y, f->beside - ui_u(ui, 16), box.h };
    const struct ui_fit *fit = *k->error ? &f->error : &f->label;
    at.y += (box.h - fit->h) / 2;
    at.h = fit->h;
    if (*k->error)
        draw_error(ui, show_error(ui, k, at), at, fit, k->error);
    else
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, at, k->label, " "), at, fit, k->label,
                    UI_START, ui_c(ui, UI_INK));
    draw_box(ui, k, (struct ui_rect){ box.x + f->beside, box.y + (box.h - f->box_h) / 2,
                                      box.w - f->beside, f->box_h });
}

static void field_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_field *k = n->props;
    struct field_form f = field_form(ui, k, n->box.w);
    if (f.beside) {
        draw_beside(ui, k, &f, n->box);
        return;
    }
    struct ui_rect at = { n->box.x, n->box.y, n->box.w, f.label.h };
    ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, at, k->label, " "), at, &f.label, k->label,
                UI_START, ui_c(ui, UI_INK));
    at.y += f.label.h;
    if (f.hint.h > 0) {
        at.h = f.hint.h;
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, at, k->hint, NULL), at, &f.hint, k->hint,
                    UI_START, ui_c(ui, UI_INK_2));
        at.y += f.hint.h;
    }
    at.y += ui_tight(ui, 8, 0);
    at.h = f.box_h;
    draw_box(ui, k, at);
    at.y += f.box_h + ui_tight(ui, 10, 4);
    at.h = f.error.h;
    if (*k->error)
        draw_error(ui, show_error(ui, k, at), at, &f.error, k->error);
}

static const struct ui_class field_class = { NULL, field_height, NULL, field_draw };

bool ui_has_caret(const struct ui_node *n)
{
    if (n->class == &field_class)
        return ((const struct ui_field *)n->props)->editing;
    for (const struct ui_node *c = n->first; c; c = c->next)
        if (ui_has_caret(c))
            return true;
    return false;
}

void ui_field(struct ui *ui, const struct ui_field *f)
{
    struct ui_field copy = *f;
    copy.id = ui_dup(ui, f->id);
    copy.label = ui_dup(ui, f->label);
    copy.text = ui_dup(ui, f->text);
    copy.say = ui_dup(ui, f->say);
    copy.hint = ui_dup(ui, f->hint);
    copy.placeholder = ui_dup(ui, f->placeholder);
    copy.error = ui_dup(ui, f->error);
    ui_add(ui, &field_class, &copy, sizeof(copy));
}

/* ---- code: a box for each digit ---- */

struct code_form {
    struct ui_fit label, error;
    int box_w, box_h, gap, group_gap, h;
};

static struct code_form code_form(struct ui *ui, const struct ui_code *k, int w)
{
    struct code_form f = { 0 };
    f.label = ui_fit(ui, k->label, UI_BODY_BOLD, w, 2);
    f.error = ui_fit(ui, k->error, UI_HINT, w - ui_u(ui, 56), 3);
    f.gap = ui_u(ui, 14);
    f.group_gap = k->group > 0 ? ui_u(ui, 22) : 0;
    int groups = k->group > 0 ? (k->length - 1) / k->group : 0;
    f.box_w = (w - (k->length - 1) * f.gap - groups * f.group_gap) / k->length;
    int most = ui_tight(ui, 112, 84);
    f.box_w = f.box_w > most ? most : f.box_w;
    f.box_h = ui_tight(ui, 136, 92);
    f.h = f.label.h + f.box_h + (*k->label ? ui_tight(ui, 8, 0) : 0);
    if (*k->error)
        f.h += f.error.h + ui_tight(ui, 10, 4);
    return f;
}

static int code_height(struct ui *ui, struct ui_node *n, int w)
{
    return code_form(ui, n->props, w).h;
}

static const char *say_code(struct ui *ui, const struct ui_code *k)
{
    const char *s = *k->say ? k->say : k->label;
    for (size_t i = 0; k->masked && i < strlen(k->text); i++)
        s = ui_join(ui, s, i ? " " : ". ", ui->words.dot);
    if (!k->masked)
        s = ui_join(ui, s, ". ", *k->text ? k->text : ui->words.empty);
    if (*k->error)
        s = ui_join(ui, s, ". ", ui_join(ui, ui->words.error, ": ", k->error));
    return s;
}

static void draw_digit(struct ui *ui, struct ui_widget *w, const struct ui_code *k,
                       struct ui_rect box, size_t i)
{
    size_t n = strlen(k->text);
    struct ui_skin skin = field_skin(ui, i == n, w->error);
    ui_put_round(ui, box, skin.radius, skin.fill, skin.edge, skin.line);
    if (i >= n)
        return;
    if (k->masked) {
        int dot = ui_u(ui, 26);
        ui_put_round(ui, ui_centred(box, dot, dot), dot / 2, ui_c(ui, UI_INK), 0, 0);
        return;
    }
    char digit[2] = { k->text[i], '\0' };
    int least = ui_style_floor_px(&ui->frame.look, UI_LABEL);
    struct ui_font font = { box.h / 2 > least ? box.h / 2 : least, true };
    struct ui_fit f = ui_fit_px(ui, digit, font, least, box.w, 1);
    ui_put_text(ui, w, ui_centred(box, box.w, f.h), &f, digit, UI_MIDDLE, ui_c(ui, UI_INK));
}

static void code_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_code *k = n->props;
    struct code_form f = code_form(ui, k, n->box.w);
    struct ui_rect at = { n->box.x, n->box.y, n->box.w, f.label.h };
    if (*k->label)
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, at, k->label, " "), at, &f.label, k->label,
                    UI_START, ui_c(ui, UI_INK));
    at.y += f.label.h + (*k->label ? ui_tight(ui, 8, 0) : 0);
    at.h = f.box_h;
    int groups = k->group > 0 ? (k->length - 1) / k->group : 0;
    at.w = k->length * f.box_w + (k->length - 1) * f.gap + groups * f.group_gap;
    struct ui_widget *w = ui_show(ui, k->id, UI_ROLE_FIELD, at, k->masked ? dots(ui, k->text) : k->text,
                                  say_code(ui, k));
    w->error = *k->error != '\0';
    w->font_px = 0;
    at = ui_place(ui, at);
    ui->ltr = true; /* digits are read from left to right in every language */
    int x = at.x;
    for (int i = 0; i < k->length; i++) {
        draw_digit(ui, w, k, (struct ui_rect){ x, at.y, f.box_w, f.box_h }, (size_t)i);
        x += f.box_w + f.gap;
        if (k->group > 0 && (i + 1) % k->group == 0)
            x += f.group_gap;
    }
    ui->ltr = false;
    if (!*k->error)
        return;
    struct ui_rect row = { n->box.x, at.y + f.box_h + ui_tight(ui, 10, 4), n->box.w, f.error.h };
    draw_error(ui, ui_show(ui, ui_join(ui, k->id, ".", "error"), UI_ROLE_NOTICE, row, k->error, " "),
               row, &f.error, k->error);
}

static const struct ui_class code_class = { NULL, code_height, NULL, code_draw };

void ui_code(struct ui *ui, const struct ui_code *c)
{
    struct ui_code copy = *c;
    copy.length = c->length < 1 ? 1 : c->length > 10 ? 10 : c->length;
    copy.id = ui_dup(ui, c->id);
    copy.label = ui_dup(ui, c->label);
    copy.text = ui_dup(ui, c->text);
    copy.error = ui_dup(ui, c->error);
    copy.say = ui_dup(ui, c->say);
    ui_add(ui, &code_class, &copy, sizeof(copy));
}
