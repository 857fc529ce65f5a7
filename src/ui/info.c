/*
 * What tells: pairs, notices, badges, the ticket number, QR, ring, picture.
 */
#include "ui/page.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* ---- pair: label, value, change ---- */

enum { PAIR_ICON = 44 };

static struct ui_button pair_button(struct ui *ui, const struct ui_pair *p)
{
    return (struct ui_button){ .id = p->change_id, .text = p->change, .icon = "edit", .slim = true,
                               .say = ui_join(ui, p->change, ", ", p->label) };
}

static int pair_button_w(struct ui *ui, const struct ui_pair *p)
{
    struct ui_button b = pair_button(ui, p);
    return *p->change_id ? ui_button_natural(ui, &b) : 0;
}

static int pair_button_h(struct ui *ui, const struct ui_pair *p, int w)
{
    struct ui_button b = pair_button(ui, p);
    return w > 0 ? ui_button_height(ui, &b, w) : 0;
}

struct pair_form {
    int icon_w; /* px at the start, with its gap; 0: no room for it */
    int label_w, value_w, button_w, h;
    int head;    /* px: first line of label and button */
    bool under;  /* value under the label */
    bool across; /* ... and under the button */
    struct ui_fit label, value;
};

static struct pair_form pair_form(struct ui *ui, const struct ui_pair *p, int w)
{
    struct pair_form f = { .button_w = pair_button_w(ui, p) };
    bool roomy = !ui->squeeze.floors && !ui->frame.look.large && w >= ui_u(ui, 560);
    f.icon_w = roomy && *p->icon ? ui_u(ui, PAIR_ICON + 24) : 0;
    w -= f.icon_w;
    int room = w - (f.button_w ? f.button_w + ui_u(ui, 24) : 0);
    f.under = room < ui_u(ui, ui->frame.look.large ? 900 : 640) ||
              ui_word_w(ui, p->label, UI_HINT) > room * 2 / 5;
    f.label_w = f.under ? room : room * 2 / 5;
    f.value_w = f.under ? room : room - f.label_w;
    f.label = ui_fit(ui, p->label, UI_HINT, f.label_w, 3);
    enum ui_style style = p->missing ? UI_BODY : UI_BODY_BOLD;
    f.value = ui_fit_typed(ui, p->value, style, f.value_w);
    int button = pair_button_h(ui, p, f.button_w);
    f.head = f.label.h;
    if (f.under && f.button_w && f.value.lines.n > 1) {
        f.across = true; /* a long value takes the whole width, below the button */
        f.value_w = w;
        f.value = ui_fit_typed(ui, p->value, style, w);
        f.head = f.label.h > button ? f.label.h : button;
    }
    f.h = f.under ? f.head + f.value.h : f.label.h > f.value.h ? f.label.h : f.value.h;
    f.h += ui_tight(ui, 28, 10);
    int least = button + ui_px_mm(&ui->frame.look, 2.54);
    f.h = f.h > least ? f.h : least;
    return f;
}

static int pair_height(struct ui *ui, struct ui_node *n, int w)
{
    return pair_form(ui, n->props, w).h;
}

static void pair_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_pair *p = n->props;
    struct pair_form f = pair_form(ui, p, n->box.w);
    struct ui_rect r = n->box;
    const char *text = ui_join(ui, p->label, " ", p->value);
    struct ui_rect text_box = { r.x, r.y, r.w - f.button_w, f.across ? f.head : r.h };
    struct ui_widget *w = ui_show(ui, p->id, UI_ROLE_TEXT, text_box, text,
                                  *p->say ? p->say : ui_join(ui, p->label, ": ", p->value));
    w->personal = p->personal;
    if (f.icon_w) {
        int side = ui_u(ui, PAIR_ICON);
        ui_put_icon(ui, p->icon, (struct ui_rect){ r.x, r.y + (r.h - side) / 2, side, side },
                    ui_c(ui, UI_PRIMARY));
        r.x += f.icon_w;
        r.w -= f.icon_w;
    }
    int whole = f.under ? f.head + f.value.h : f.label.h, top = r.y + (r.h - whole) / 2;
    struct ui_rect at = { r.x, f.under ? top + (f.head - f.label.h) / 2 : top, f.label_w,
                          f.label.h };
    ui_put_text(ui, w, at, &f.label, p->label, UI_START, ui_c(ui, UI_INK_2));
    at = f.under ? (struct ui_rect){ r.x, top + f.head, f.value_w, f.value.h }
                 : (struct ui_rect){ r.x + f.label_w, r.y + (r.h - f.value.h) / 2, f.value_w,
                                     f.value.h };
    ui_put_text(ui, w, at, &f.value, p->value, UI_START, ui_c(ui, p->missing ? UI_INK_2 : UI_INK));
    if (n->next)
        ui_put_fill(ui, ui_place(ui, (struct ui_rect){ n->box.x, r.y + r.h - ui_u(ui, 2),
                                                       n->box.w, ui_u(ui, 2) }),
                    ui_c(ui, UI_RULE));
    if (!f.button_w)
        return;
    struct ui_button b = pair_button(ui, p);
    int h = pair_button_h(ui, p, f.button_w);
    int y = f.across ? top + (f.head - h) / 2 : r.y + (r.h - h) / 2;
    ui_put_button(ui, &b, (struct ui_rect){ r.x + r.w - f.button_w, y, f.button_w, h });
}

static const struct ui_class pair_class = { NULL, pair_height, NULL, pair_draw };

void ui_pair(struct ui *ui, const struct ui_pair *p)
{
    struct ui_pair copy = *p;
    copy.id = ui_dup(ui, p->id);
    copy.label = ui_dup(ui, p->label);
    copy.value = ui_dup(ui, p->value);
    copy.say = ui_dup(ui, p->say);
    copy.change_id = ui_dup(ui, p->change_id);
    copy.change = ui_dup(ui, p->change);
    copy.icon = ui_dup(ui, p->icon);
    ui_add(ui, &pair_class, &copy, sizeof(copy));
}

/* ---- notice ---- */

static const struct {
    enum ui_token fill, ink;
    const char *icon;
} tones[] = {
    [UI_INFO] = { UI_PRIMARY_TINT, UI_INK, "info" },
    [UI_GOOD] = { UI_SUCCESS_TINT, UI_SUCCESS, "check" },
    [UI_WARN] = { UI_WARNING_TINT, UI_WARNING, "warning" },
    [UI_BAD] = { UI_DANGER_TINT, UI_DANGER, "warning" },
};

static struct ui_fit notice_fit(struct ui *ui, const char *text, enum ui_style style, int w)
{
    return ui_fit(ui, text, style, w - 2 * ui_tight(ui, 32, 20) - ui_u(ui, 72), 8);
}

static int notice_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_notice *k = n->props;
    int text = notice_fit(ui, k->title, UI_BODY_BOLD, w).h + notice_fit(ui, k->text, UI_BODY, w).h;
    int icon = ui_u(ui, 48);
    return (text > icon ? text : icon) + 2 * ui_tight(ui, 26, 12);
}

static void notice_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_notice *k = n->props;
    const char *text = ui_join(ui, k->title, " ", k->text);
    const char *warn = k->tone == UI_BAD || k->tone == UI_WARN ? ui->words.error : NULL;
    struct ui_widget *w = ui_show(ui, k->id, UI_ROLE_NOTICE, n->box, text,
                                  *k->say ? k->say : ui_join(ui, warn, ". ", text));
    w->personal = k->personal;
    w->error = k->tone == UI_BAD;
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    ui_colour ink = ui_c(ui, tones[k->tone].ink);
    int line = k->tone == UI_BAD || loud ? ui_u(ui, 3) : 0;
    ui_put_round(ui, ui_place(ui, n->box), ui_u(ui, 20), ui_c(ui, tones[k->tone].fill), ink, line);
    int pad = ui_tight(ui, 32, 20), icon = ui_u(ui, 48);
    struct ui_fit title = notice_fit(ui, k->title, UI_BODY_BOLD, n->box.w);
    struct ui_fit body = notice_fit(ui, k->text, UI_BODY, n->box.w);
    struct ui_rect at = { n->box.x + pad + ui_u(ui, 72), n->box.y, n->box.w - 2 * pad - ui_u(ui, 72),
                          0 };
    at.y += (n->box.h - title.h - body.h) / 2;
    int first = title.h ? title.line_h : body.line_h;
    ui_put_icon(ui, *k->icon ? k->icon : tones[k->tone].icon,
                (struct ui_rect){ n->box.x + pad, at.y + (first - icon) / 2, icon, icon }, ink);
    ui_put_text(ui, w, at, &title, k->title, UI_START, ink);
    at.y += title.h;
    ui_put_text(ui, w, at, &body, k->text, UI_START, ink);
}

static const struct ui_class notice_class = { NULL, notice_height, NULL, notice_draw };

void ui_notice(struct ui *ui, const struct ui_notice *n)
{
    struct ui_notice copy = *n;
    copy.id = ui_dup(ui, n->id);
    copy.title = ui_dup(ui, n->title);
    copy.text = ui_dup(ui, n->text);
    copy.say = ui_dup(ui, n->say);
    copy.icon = ui_dup(ui, n->icon);
    ui_add(ui, &notice_class, &copy, sizeof(copy));
}

/* ---- badge ---- */

struct badge_form {
    struct ui_fit text, strong;
    int icon, gap, pad, w, h;
};

static struct badge_form badge_form(struct ui *ui, const struct ui_badge *b, int w)
{
    struct badge_form f = { 0 };
    enum ui_style style = b->large ? UI_BODY : UI_HINT;
    struct ui_font font = { b->size > 0 ? ui_u(ui, b->size) : ui_style_px(&ui->frame.look, style),
                            false };
    int floor = b->size > 0 ? font.px / 3 : ui_style_floor_px(&ui->frame.look, style);
    f.icon = *b->icon ? font.px * 6 / 5 : 0;
    f.gap = f.icon ? font.px / 2 : 0;
    f.pad = b->large ? ui_tight(ui, 40, 20) : font.px / 2;
    int room = w - f.icon - f.gap - 2 * f.pad;
    bool both = *b->text && *b->strong;
    f.text = ui_fit_px(ui, b->text, font, floor, both ? room / 2 : room, 3);
    font.bold = true;
    int space = both ? font.px / 4 : 0;
    f.strong = ui_fit_px(ui, b->strong, font, floor, room - f.text.lines.w - space, 2);
    f.w = f.text.lines.w + space + f.strong.lines.w + f.icon + f.gap + 2 * f.pad;
    f.h = (f.text.h > f.strong.h ? f.text.h : f.strong.h) + ui_tight(ui, b->large ? 46 : 16, 8);
    return f;
}

static int badge_natural(struct ui *ui, struct ui_node *n)
{
    return badge_form(ui, n->props, ui->frame.look.w).w + 1;
}

static int badge_height(struct ui *ui, struct ui_node *n, int w)
{
    return badge_form(ui, n->props, w).h;
}

static void badge_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_badge *b = n->props;
    struct badge_form f = badge_form(ui, b, n->box.w);
    int w_px = f.w < n->box.w ? f.w : n->box.w;
    struct ui_rect r = { n->box.x, n->box.y, w_px, n->box.h };
    struct ui_widget *w = ui_show(ui, b->id, UI_ROLE_STATUS, r,
                                  ui_join(ui, b->text, " ", b->strong), b->say);
    enum ui_token tint = b->tint ? b->tint : UI_PRIMARY_TINT;
    bool loud = ui->frame.look.theme == UI_CONTRAST && tint != UI_ACCENT;
    ui_colour ink = ui_c(ui, tint == UI_ACCENT ? UI_ON_ACCENT : UI_INK);
    int radius = b->large || b->size > 0 ? ui_u(ui, 24) : ui_u(ui, 12);
    ui_put_round(ui, ui_place(ui, r), radius, ui_c(ui, tint), ui_c(ui, UI_LINE),
                 loud ? ui_u(ui, 3) : 0);
    ui_put_icon(ui, b->icon, (struct ui_rect){ r.x + f.pad, r.y + (r.h - f.icon) / 2, f.icon,
                                               f.icon },
                ink);
    struct ui_rect at = { r.x + f.pad + f.icon + f.gap, r.y + (r.h - f.text.h) / 2, f.text.lines.w,
                          f.text.h };
    ui_put_text(ui, w, at, &f.text, b->text, UI_START, ink);
    at.x = r.x + r.w - f.pad - f.strong.lines.w;
    at.y = r.y + (r.h - f.strong.h) / 2;
    at.w = f.strong.lines.w;
    ui_put_text(ui, w, at, &f.strong, b->strong, UI_START, ink);
}

static const struct ui_class badge_class = { badge_natural, badge_height, NULL, badge_draw };

void ui_badge(struct ui *ui, const struct ui_badge *b)
{
    struct ui_badge copy = *b;
    copy.id = ui_dup(ui, b->id);
    copy.text = ui_dup(ui, b->text);
    copy.strong = ui_dup(ui, b->strong);
    copy.say = ui_dup(ui, b->say);
    copy.icon = ui_dup(ui, b->icon);
    ui_add(ui, &badge_class, &copy, sizeof(copy))->natural = true;
}

/* ---- the ticket number ---- */

static struct ui_fit number_fit(struct ui *ui, const struct ui_number *k, int w)
{
    int floor = ui_style_floor_px(&ui->frame.look, UI_TICKET);
    int px = k->size > 0 ? ui_u(ui, k->size) : ui_style_px(&ui->frame.look, UI_TICKET);
    if (ui->squeeze.level == 2)
        px = px * 2 / 3 > floor || k->size > 0 ? px * 2 / 3 : floor;
    floor = floor < px ? floor : px;
    struct ui_fit f = ui_fit_px(ui, k->text, (struct ui_font){ px, true }, floor, w, 1);
    f.line_h = f.h = f.font.px * (ui->squeeze.level == 2 ? 85 : 110) / 100; /* capitals: no tails */
    return f;
}

static int number_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_number *k = n->props;
    return ui_fit(ui, k->label, UI_BODY, w, 2).h + number_fit(ui, k, w).h + ui_tight(ui, 24, 0);
}

static void number_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_number *k = n->props;
    struct ui_fit label = ui_fit(ui, k->label, UI_BODY, n->box.w, 2);
    struct ui_fit f = number_fit(ui, k, n->box.w);
    struct ui_rect at = { n->box.x, n->box.y, n->box.w, label.h };
    if (*k->label)
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, at, k->label, NULL), at, &label, k->label,
                    UI_MIDDLE, ui_c(ui, UI_INK_2));
    at.y += label.h + ui_tight(ui, 12, 0);
    at.h = f.h;
    struct ui_widget *w = ui_show(ui, k->id, UI_ROLE_STATUS, at, k->text, k->say);
    ui_put_text(ui, w, at, &f, k->text, UI_MIDDLE, ui_c(ui, k->colour ? k->colour : UI_PRIMARY));
}

static const struct ui_class number_class = { NULL, number_height, NULL, number_draw };

void ui_number(struct ui *ui, const struct ui_number *k)
{
    struct ui_number copy = *k;
    copy.id = ui_dup(ui, k->id);
    copy.label = ui_dup(ui, k->label);
    copy.text = ui_dup(ui, k->text);
    copy.say = ui_dup(ui, k->say);
    ui_add(ui, &number_class, &copy, sizeof(copy));
}

/* ---- QR ---- */

/* Whole pixels per module, so that a camera sees sharp edges; a quiet zone of 4. */
static int qr_module(const struct ui *ui, const struct ui_qr *q)
{
    int want = ui_tight(ui, q->size > 0 ? q->size : 260, (q->size > 0 ? q->size : 260) * 0.7);
    int px = want / (q->side + 8);
    return px > 0 ? px : 1;
}

static int qr_side(const struct ui *ui, const struct ui_qr *q)
{
    return qr_module(ui, q) * (q->side + 8);
}

/* The text stands beside the picture, or under it where a word would not fit beside. */
static bool qr_under(struct ui *ui, const struct ui_qr *q, int w)
{
    int room = w - qr_side(ui, q) - ui_u(ui, 32);
    return ui_word_w(ui, q->title, UI_SECTION) > room || ui_word_w(ui, q->text, UI_HINT) > room;
}

static int qr_text_w(struct ui *ui, const struct ui_qr *q, int w)
{
    return qr_under(ui, q, w) ? w : w - qr_side(ui, q) - ui_u(ui, 32);
}

static int qr_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_qr *q = n->props;
    int side = qr_side(ui, q), text_w = qr_text_w(ui, q, w);
    int text = ui_fit(ui, q->title, UI_SECTION, text_w, 3).h + ui_fit(ui, q->text, UI_HINT, text_w, 6).h;
    if (qr_under(ui, q, w))
        return side + text;
    return side > text ? side : text;
}

static int qr_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_qr *q = n->props;
    return *q->title || *q->text ? ui->frame.look.w : qr_side(ui, q);
}

static void qr_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_qr *q = n->props;
    int side = qr_side(ui, q), quiet = 4 * qr_module(ui, q), text_w = qr_text_w(ui, q, n->box.w);
    struct ui_rect box = { n->box.x, n->box.y + (n->box.h - side) / 2, side, side };
    bool alone = !*q->title && !*q->text, under = !alone && qr_under(ui, q, n->box.w);
    if (under)
        box.y = n->box.y;
    if (alone)
        box.x += (n->box.w - side) / 2;
    ui_show(ui, q->id, UI_ROLE_QR, box, "", q->say);
    struct ui_rect at = ui_place(ui, box);
    ui_put_round(ui, at, ui_u(ui, 8), 0xFFFFFFFF, ui_c(ui, UI_RULE), ui_u(ui, 2));
    ui_draw_add(&ui->draw,
                (struct ui_draw_cmd){ .kind = UI_DRAW_MODULES, .box = ui_rect_inset(at, quiet),
                                      .colour = 0xFF000000u, .side = q->side },
                q->modules, (size_t)q->side * (size_t)q->side);
    if (alone)
        return;
    struct ui_fit title = ui_fit(ui, q->title, UI_SECTION, text_w, 3);
    struct ui_fit text = ui_fit(ui, q->text, UI_HINT, text_w, 6);
    struct ui_rect to = { n->box.x + side + ui_u(ui, 32),
                          n->box.y + (n->box.h - title.h - text.h) / 2, text_w, title.h };
    if (under)
        to = (struct ui_rect){ n->box.x, n->box.y + side, text_w, title.h };
    if (*q->title)
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, to, q->title, NULL), to, &title, q->title,
                    UI_START, ui_c(ui, UI_INK));
    to.y += title.h;
    to.h = text.h;
    if (*q->text)
        ui_put_text(ui, ui_show(ui, "", UI_ROLE_TEXT, to, q->text, NULL), to, &text, q->text,
                    UI_START, ui_c(ui, UI_INK_2));
}

static const struct ui_class qr_class = { qr_natural, qr_height, NULL, qr_draw };

void ui_qr(struct ui *ui, const struct ui_qr *q)
{
    if (q->side < 21 || q->side > 177) {
        ui->wrong = true;
        return;
    }
    struct ui_qr copy = *q;
    size_t n = (size_t)q->side * (size_t)q->side;
    uint8_t *modules = ui_arena(ui, n);
    if (!modules)
        return;
    for (size_t i = 0; i < n; i++)
        modules[i] = q->modules[i] & 1;
    copy.modules = modules;
    copy.id = ui_dup(ui, q->id);
    copy.say = ui_dup(ui, q->say);
    copy.title = ui_dup(ui, q->title);
    copy.text = ui_dup(ui, q->text);
    ui_add(ui, &qr_class, &copy, sizeof(copy))->natural = !*copy.title && !*copy.text;
}

/* ---- ring ---- */

static int ring_side(const struct ui *ui, const struct ui_ring *r)
{
    double u = r->size > 0 ? r->size : 200;
    return ui_tight(ui, u, u * 0.7);
}

static int ring_height(struct ui *ui, struct ui_node *n, int w)
{
    (void)w;
    return ring_side(ui, n->props);
}

static int ring_natural(struct ui *ui, struct ui_node *n)
{
    return ring_side(ui, n->props);
}

static void ring_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_ring *r = n->props;
    int side = ring_side(ui, r), line = side / 12;
    struct ui_rect box = ui_centred(n->box, side, side), at = ui_place(ui, box);
    const char *text = ui_fmt(ui, "%d", r->left > 0 ? r->left : 0);
    struct ui_widget *w = ui_show(ui, r->id, UI_ROLE_TIMER, box, text, r->say);
    int turn = r->total > 0 ? 1000 * r->left / r->total : 0;
    turn = turn < 0 ? 0 : turn > 1000 ? 1000 : turn;
    struct ui_draw_cmd arc = { .kind = UI_DRAW_ARC, .box = at, .line = line, .turn = 1000,
                               .colour = ui_c(ui, UI_RULE) };
    if (ui->frame.look.theme != UI_CONTRAST)
        ui_draw_add(&ui->draw, arc, NULL, 0);
    arc.turn = turn;
    arc.colour = ui_c(ui, UI_PRIMARY);
    ui_draw_add(&ui->draw, arc, NULL, 0);
    struct ui_fit f = ui_fit_px(ui, text, (struct ui_font){ side * 2 / 5, true }, side / 5,
                                side - 4 * line, 1);
    ui_put_text(ui, w, ui_centred(box, side, f.h), &f, text, UI_MIDDLE, ui_c(ui, UI_INK));
}

static const struct ui_class ring_class = { ring_natural, ring_height, NULL, ring_draw };

void ui_ring(struct ui *ui, const struct ui_ring *r)
{
    struct ui_ring copy = *r;
    copy.id = ui_dup(ui, r->id);
    copy.say = ui_dup(ui, r->say);
    ui_add(ui, &ring_class, &copy, sizeof(copy))->natural = true;
}

/* ---- picture ---- */

static int picture_side(const struct ui *ui, const struct ui_picture *p)
{
    double u = p->size > 0 ? p->size : 240;
    return ui_tight(ui, u, u * 0.5);
}

static int picture_height(struct ui *ui, struct ui_node *n, int w)
{
    (void)w;
    return picture_side(ui, n->props);
}

static int picture_natural(struct ui *ui, struct ui_node *n)
{
    return picture_side(ui, n->props);
}

static void picture_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_picture *p = n->props;
    int side = picture_side(ui, p);
    struct ui_rect box = ui_centred(n->box, side, side);
    (void)ui_show(ui, p->id, UI_ROLE_PICTURE, box, "", p->say);
    enum ui_token tint = p->tint ? p->tint : UI_PRIMARY_TINT;
    ui_colour ink = ui_c(ui, tint == UI_ACCENT ? UI_ON_ACCENT : UI_INK);
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    ui_put_round(ui, ui_place(ui, box), side / 4, ui_c(ui, tint), ui_c(ui, UI_LINE),
                 loud ? ui_u(ui, 3) : 0);
    ui_put_icon(ui, p->icon, ui_rect_inset(box, side / 6), ink);
}

static const struct ui_class picture_class = { picture_natural, picture_height, NULL, picture_draw };

void ui_picture(struct ui *ui, const struct ui_picture *p)
{
    struct ui_picture copy = *p;
    copy.id = ui_dup(ui, p->id);
    copy.say = ui_dup(ui, p->say);
    copy.icon = ui_dup(ui, p->icon);
    ui_add(ui, &picture_class, &copy, sizeof(copy))->natural = true;
}
