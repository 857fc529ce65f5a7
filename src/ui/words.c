/*
 * Running text: paragraphs, hints, headings, and the empty space between.
 */
#include "ui/page.h"

#include "base/mem.h"

#define LINES_ANY UI_LINES_MAX

static ui_colour text_ink(const struct ui *ui, const struct ui_text *t)
{
    if (t->colour != UI_BG)
        return ui_c(ui, t->colour);
    return ui_c(ui, t->style == UI_HINT ? UI_INK_2 : UI_INK);
}

static int icon_room(const struct ui *ui, const struct ui_text *t)
{
    return *t->icon ? ui_u(ui, 48 + 16) : 0;
}

static struct ui_fit set_text(struct ui *ui, const struct ui_text *t, int w)
{
    int lines = t->one_line ? 1 : LINES_ANY;
    if (t->size > 0) {
        struct ui_font font = { ui_u(ui, t->size), ui_style_bold(t->style) };
        if (t->shrink) {
            bool misfit = ui->misfit; /* only a try: it may stand on two lines */
            font.px = ui_fit_px(ui, t->text, font, font.px * 2 / 3, w, 1).font.px;
            ui->misfit = misfit;
        }
        return ui_fit_px(ui, t->text, font, font.px / 3, w, lines);
    }
    /* Long lines tire: some 45 characters of running text are the most. */
    int most = ui_style_px(&ui->frame.look, UI_BODY) * 45 * 55 / 100;
    bool running = t->style == UI_HINT || t->style == UI_BODY || t->style == UI_BODY_BOLD;
    return ui_fit(ui, t->text, t->style, running && w > most ? most : w, lines);
}

static int text_natural(struct ui *ui, struct ui_node *n)
{
    const struct ui_text *t = n->props;
    struct ui_fit f = set_text(ui, t, ui->frame.look.w);
    return f.lines.w + icon_room(ui, t) + 1;
}

static int text_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct ui_text *t = n->props;
    int h = set_text(ui, t, w - icon_room(ui, t)).h;
    return *t->icon && h < ui_u(ui, 48) ? ui_u(ui, 48) : h;
}

static void text_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_text *t = n->props;
    int room = icon_room(ui, t);
    struct ui_rect box = n->box;
    struct ui_fit f = set_text(ui, t, box.w - room);
    enum ui_role role = t->style == UI_TITLE || t->style == UI_SECTION ? UI_ROLE_TITLE : UI_ROLE_TEXT;
    struct ui_widget *w = ui_show(ui, t->id, role, box, t->text, t->say);
    w->personal = t->personal;
    if (t->silent)
        w->say = "";
    if (room) {
        int size = ui_u(ui, 48), x = box.x;
        if (t->middle)
            x += (box.w - room - f.lines.w) / 2;
        int y = box.y + (f.lines.n > 1 ? (f.line_h - size) / 2 : (box.h - size) / 2);
        ui_put_icon(ui, t->icon, (struct ui_rect){ x, y, size, size }, text_ink(ui, t));
        box.x = t->middle ? x + room : box.x + room;
        box.w = t->middle ? f.lines.w : box.w - room;
    }
    box.y += (box.h - f.h) / 2;
    ui_put_text(ui, w, box, &f, t->text, t->middle ? UI_MIDDLE : t->end ? UI_END : UI_START,
                text_ink(ui, t));
}

static const struct ui_class text_class = { text_natural, text_height, NULL, text_draw };

void ui_text(struct ui *ui, const struct ui_text *t)
{
    struct ui_text copy = *t;
    copy.id = ui_dup(ui, t->id);
    copy.text = ui_dup(ui, t->text);
    copy.say = ui_dup(ui, t->say);
    copy.icon = ui_dup(ui, t->icon);
    struct ui_node *n = ui_add(ui, &text_class, &copy, sizeof(copy));
    n->heading = t->style == UI_SECTION;
    n->natural = t->natural;
    n->weight = t->weight;
}

void ui_para(struct ui *ui, const char *text)
{
    UI_TEXT(ui, .text = text, .style = UI_BODY);
}

void ui_hint(struct ui *ui, const char *text)
{
    UI_TEXT(ui, .text = text, .style = UI_HINT);
}

void ui_section(struct ui *ui, const char *text)
{
    struct ui_text copy = { .id = "", .text = ui_dup(ui, text), .say = "", .icon = "",
                            .style = UI_BODY_BOLD };
    struct ui_node *n = ui_add(ui, &text_class, &copy, sizeof(copy));
    n->heading = true;
}

/* ---- space and rule ---- */

struct space {
    double u;
};

static int space_height(struct ui *ui, struct ui_node *n, int w)
{
    const struct space *s = n->props;
    (void)w;
    return s->u > 0 ? ui_tight(ui, s->u, s->u / 2) : 0;
}

static void space_draw(struct ui *ui, struct ui_node *n)
{
    (void)ui;
    (void)n;
}

static const struct ui_class space_class = { NULL, space_height, NULL, space_draw };

void ui_space(struct ui *ui, double u)
{
    struct space s = { u };
    ui_add(ui, &space_class, &s, sizeof(s))->weight = u > 0 ? 0 : 1;
}

static int rule_height(struct ui *ui, struct ui_node *n, int w)
{
    (void)n;
    (void)w;
    return ui_u(ui, 2);
}

static void rule_draw(struct ui *ui, struct ui_node *n)
{
    ui_put_fill(ui, ui_place(ui, n->box), ui_c(ui, UI_RULE));
}

static const struct ui_class rule_class = { NULL, rule_height, NULL, rule_draw };

void ui_rule(struct ui *ui)
{
    struct space none = { 0 };
    ui_add(ui, &rule_class, &none, sizeof(none));
}
