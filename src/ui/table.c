/*
 * Rows of the staff's tables: cells by weight, buttons at the end. Where a row
 * is too narrow for both, the buttons stand under the cells.
 */
#include "ui/page.h"

#include "base/mem.h"

struct row_form {
    int cells_w, cells_h, buttons_w, buttons_h, gap, h;
    bool under;
};

static double cell_weight(const struct ui_cell *c)
{
    return c->weight > 0 ? c->weight : 1;
}

static double weights(const struct ui_line_row *r)
{
    double sum = 0;
    for (int i = 0; i < r->n_cells; i++)
        sum += cell_weight(&r->cells[i]);
    return sum > 0 ? sum : 1;
}

static struct ui_fit cell_fit(struct ui *ui, const struct ui_line_row *r, const struct ui_cell *c,
                              int cells_w)
{
    int w = (int)(cells_w * cell_weight(c) / weights(r)) - ui_u(ui, c->tint ? 40 : 16);
    enum ui_style style = r->head || c->small || c->tint ? UI_HINT : c->bold ? UI_LABEL : UI_BODY;
    return ui_fit(ui, c->text, style, w, 2);
}

static int buttons_w(struct ui *ui, const struct ui_line_row *r, int gap)
{
    int w = 0;
    for (int i = 0; i < r->n_buttons; i++)
        w += ui_button_natural(ui, &r->buttons[i]) + (i ? gap : 0);
    return w;
}

/* Room kept for buttons, the same in each row of a table, so that cells stand
 * under one another. 0: cells would be too narrow beside them. */
static int reserve(struct ui *ui, const struct ui_node *n, int w, int gap)
{
    int most = 0, cells = 0;
    for (const struct ui_node *c = n->parent->first; c; c = c->next) {
        if (c->class != n->class)
            continue;
        const struct ui_line_row *r = c->props;
        int bw = buttons_w(ui, r, gap);
        most = bw > most ? bw : most;
        cells = r->n_cells > cells ? r->n_cells : cells;
    }
    int per_cell = ui_style_px(&ui->frame.look, UI_BODY) * 9 / 2;
    return w - most - gap >= cells * per_cell ? most : 0;
}

static struct row_form row_form(struct ui *ui, const struct ui_node *n, int w)
{
    const struct ui_line_row *r = n->props;
    struct row_form f = { .gap = ui_gap_px(ui, 16) };
    int kept = reserve(ui, n, w, f.gap);
    f.buttons_w = buttons_w(ui, r, f.gap);
    f.under = r->n_buttons > 0 && kept == 0;
    f.cells_w = w - 2 * ui_u(ui, 14) - (kept ? kept + f.gap : 0);
    for (int i = 0; i < r->n_cells; i++) {
        int h = cell_fit(ui, r, &r->cells[i], f.cells_w).h + (r->cells[i].tint ? ui_u(ui, 12) : 0);
        f.cells_h = h > f.cells_h ? h : f.cells_h;
    }
    for (int i = 0; i < r->n_buttons; i++) {
        int h = ui_button_height(ui, &r->buttons[i], ui_button_natural(ui, &r->buttons[i]));
        f.buttons_h = h > f.buttons_h ? h : f.buttons_h;
    }
    f.h = f.under ? f.cells_h + f.buttons_h + f.gap
                  : f.cells_h > f.buttons_h ? f.cells_h : f.buttons_h;
    f.h += r->head ? ui_tight(ui, 8, 4) : ui_gap_px(ui, 20);
    if (r->tap && f.h < ui_least(ui))
        f.h = ui_least(ui);
    return f;
}

static int row_height(struct ui *ui, struct ui_node *n, int w)
{
    return row_form(ui, n, w).h;
}

static void draw_cells(struct ui *ui, const struct ui_line_row *r, const struct row_form *f,
                       struct ui_rect box, struct ui_widget *row)
{
    double x = 0, sum = weights(r);
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    for (int i = 0; i < r->n_cells; i++) {
        const struct ui_cell *c = &r->cells[i];
        struct ui_fit fit = cell_fit(ui, r, c, f->cells_w);
        struct ui_rect at = { box.x + (int)x, box.y + (f->cells_h - fit.h) / 2,
                              (int)(f->cells_w * cell_weight(c) / sum) - ui_u(ui, 16), fit.h };
        x += f->cells_w * cell_weight(c) / sum;
        if (!c->text || !*c->text)
            continue;
        if (c->tint) {
            struct ui_rect chip = { at.x, at.y - ui_u(ui, 6), fit.lines.w + ui_u(ui, 24),
                                    fit.h + ui_u(ui, 12) };
            ui_put_round(ui, ui_place(ui, chip), ui_u(ui, 12), ui_c(ui, c->tint), ui_c(ui, UI_LINE),
                         loud ? ui_u(ui, 2) : 0);
            at.x += ui_u(ui, 12);
        }
        struct ui_widget *w = row;
        if (!w) {
            w = ui_show(ui, ui_fmt(ui, "%s.%d", r->id, i), UI_ROLE_TEXT, at, c->text, NULL);
            w->personal = c->personal;
        }
        ui_put_text(ui, w, at, &fit, c->text, UI_START, ui_c(ui, r->head ? UI_INK_2 : UI_INK));
    }
}

static const char *row_text(struct ui *ui, const struct ui_line_row *r)
{
    const char *s = "";
    for (int i = 0; i < r->n_cells; i++)
        s = ui_join(ui, s, " ", r->cells[i].text);
    return s;
}

static void row_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_line_row *r = n->props;
    struct row_form f = row_form(ui, n, n->box.w);
    struct ui_rect box = n->box;
    struct ui_widget *row = NULL;
    int pad = ui_u(ui, 14);
    if (r->marked)
        ui_put_round(ui, ui_place(ui, box), ui_u(ui, 12), ui_c(ui, UI_PRIMARY_TINT),
                     ui_c(ui, UI_PRIMARY), ui_u(ui, 2));
    if (r->tap) {
        struct ui_rect area = { box.x, box.y, f.under ? box.w : pad + f.cells_w,
                                f.under ? f.cells_h + pad : box.h };
        row = ui_target(ui, r->id, UI_ROLE_BUTTON, area, row_text(ui, r), r->say);
        for (int i = 0; i < r->n_cells; i++)
            row->personal = row->personal || r->cells[i].personal;
        if (row->pressed || row->focused) {
            struct ui_skin skin = ui_skin_button(ui, UI_CALM, false, row->pressed);
            ui_put_surface(ui, row, area, &skin);
        }
    }
    int whole = f.under ? f.cells_h + f.gap + f.buttons_h : f.cells_h;
    struct ui_rect cells = { box.x + pad, box.y + (box.h - whole) / 2, f.cells_w, f.cells_h };
    draw_cells(ui, r, &f, cells, row);
    if (n->next && !r->marked)
        ui_put_fill(ui, ui_place(ui, (struct ui_rect){ box.x, box.y + box.h - ui_u(ui, 2), box.w,
                                                       ui_u(ui, 2) }),
                    ui_c(ui, UI_RULE));
    int x = f.under ? box.x + pad : box.x + box.w - f.buttons_w - pad;
    int y = f.under ? cells.y + f.cells_h + f.gap : box.y + (box.h - f.buttons_h) / 2;
    for (int i = 0; i < r->n_buttons; i++) {
        int w = ui_button_natural(ui, &r->buttons[i]);
        ui_put_button(ui, &r->buttons[i], (struct ui_rect){ x, y, w, f.buttons_h });
        x += w + f.gap;
    }
}

static const struct ui_class line_row_class = { NULL, row_height, NULL, row_draw };

void ui_line_row(struct ui *ui, const struct ui_line_row *r)
{
    struct ui_line_row copy = *r;
    copy.n_cells = r->n_cells < UI_CELLS ? r->n_cells : UI_CELLS;
    copy.n_buttons = r->n_buttons < UI_ROW_BUTTONS ? r->n_buttons : UI_ROW_BUTTONS;
    copy.id = ui_dup(ui, r->id);
    copy.say = ui_dup(ui, r->say);
    for (int i = 0; i < copy.n_cells; i++)
        copy.cells[i].text = ui_dup(ui, r->cells[i].text);
    for (int i = 0; i < copy.n_buttons; i++) {
        struct ui_button *b = &copy.buttons[i];
        b->id = ui_dup(ui, b->id);
        b->text = ui_dup(ui, b->text);
        b->say = ui_dup(ui, b->say);
        b->icon = ui_dup(ui, b->icon);
        b->hint = ui_dup(ui, b->hint);
        b->slim = true;
    }
    ui_add(ui, &line_row_class, &copy, sizeof(copy));
}
