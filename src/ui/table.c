/*
 * Rows of the staff's tables: cells by weight, buttons at the end. Where a row
 * is too narrow for both, the buttons stand under the cells.
 */
#include "ui/page.h"

#include <string.h>

#include "base/mem.h"

struct row_form {
    int cells_w, cells_h, buttons_w, button_h, buttons_h, gap, h;
    int col[UI_CELLS]; /* px wide */
    bool under; /* buttons under the cells, on as many lines as they need */
};

static double cell_weight(const struct ui_cell *c)
{
    return c->weight > 0 ? c->weight : 1;
}

static enum ui_style cell_style(const struct ui_line_row *r, const struct ui_cell *c)
{
    return r->head || c->small || c->tint ? UI_HINT : c->bold ? UI_LABEL : UI_BODY;
}

static int cell_pad(const struct ui *ui, const struct ui_cell *c)
{
    return ui_u(ui, c->tint ? 40 : 16);
}

/* Least width of a cell: its longest word. Names give in: they may be broken. */
static int cell_least(struct ui *ui, const struct ui_line_row *r, const struct ui_cell *c)
{
    int w = ui_word_w(ui, c->text, cell_style(r, c));
    int most = ui_u(ui, ui->frame.look.large ? 200 : 320);
    if (c->personal && w > most)
        w = most;
    return w + cell_pad(ui, c) + 1;
}

/* Widths of the columns, the same in each row of the page, so that cells stand under one
 * another: the longest word of each, the rest of the room by weight. False: no room for that. */
static bool columns(struct ui *ui, const struct ui_node *n, int w, int ret_w[UI_CELLS])
{
    const struct ui_line_row *mine = n->props;
    int sum = 0;
    double weights = 0;
    memset(ret_w, 0, UI_CELLS * sizeof(*ret_w));
    for (size_t i = 0; i < ui->n_nodes; i++) {
        const struct ui_line_row *r = ui->nodes[i].props;
        if (ui->nodes[i].class != n->class || r->n_cells != mine->n_cells)
            continue;
        for (int k = 0; k < r->n_cells; k++) {
            int least = cell_least(ui, r, &r->cells[k]);
            ret_w[k] = least > ret_w[k] ? least : ret_w[k];
        }
    }
    for (int k = 0; k < mine->n_cells; k++) {
        sum += ret_w[k];
        weights += cell_weight(&mine->cells[k]);
    }
    for (int k = 0; k < mine->n_cells; k++)
        ret_w[k] += (int)((w - sum) * cell_weight(&mine->cells[k]) / weights);
    return sum <= w;
}

static struct ui_fit cell_fit(struct ui *ui, const struct ui_line_row *r, const struct ui_cell *c,
                              int w)
{
    int room = w - cell_pad(ui, c);
    return c->personal ? ui_fit_typed(ui, c->text, cell_style(r, c), room)
                       : ui_fit(ui, c->text, cell_style(r, c), room, 3);
}

static int buttons_w(struct ui *ui, const struct ui_line_row *r, int gap)
{
    int w = 0;
    for (int i = 0; i < r->n_buttons; i++)
        w += ui_button_natural(ui, &r->buttons[i]) + (i ? gap : 0);
    return w;
}

/* Room kept for buttons, the same in each row. 0: beside them the cells would have none. */
static int reserve(struct ui *ui, const struct ui_node *n, int w, int gap)
{
    int most = 0, cols[UI_CELLS];
    for (size_t i = 0; i < ui->n_nodes; i++) {
        if (ui->nodes[i].class != n->class)
            continue;
        int bw = buttons_w(ui, ui->nodes[i].props, gap);
        most = bw > most ? bw : most;
    }
    return columns(ui, n, w - 2 * ui_u(ui, 14) - most - gap, cols) ? most : 0;
}

/* Width of a button; at most that of the row. */
static int button_w(struct ui *ui, const struct ui_button *b, int most)
{
    int w = ui_button_natural(ui, b);
    return w < most ? w : most;
}

static int button_lines(struct ui *ui, const struct ui_line_row *r, const struct row_form *f, int w)
{
    int lines = r->n_buttons > 0, x = 0, most = w - 2 * ui_u(ui, 14);
    for (int i = 0; i < r->n_buttons; i++) {
        int bw = button_w(ui, &r->buttons[i], most);
        if (x > 0 && x + bw > most) {
            lines++;
            x = 0;
        }
        x += bw + f->gap;
    }
    return lines;
}

static struct row_form row_form(struct ui *ui, const struct ui_node *n, int w)
{
    const struct ui_line_row *r = n->props;
    struct row_form f = { .gap = ui_gap_px(ui, 16) };
    int kept = reserve(ui, n, w, f.gap);
    f.buttons_w = buttons_w(ui, r, f.gap);
    f.under = r->n_buttons > 0 && kept == 0;
    f.cells_w = w - 2 * ui_u(ui, 14) - (kept ? kept + f.gap : 0);
    columns(ui, n, f.cells_w, f.col);
    for (int i = 0; i < r->n_cells; i++) {
        int h = cell_fit(ui, r, &r->cells[i], f.col[i]).h + (r->cells[i].tint ? ui_u(ui, 12) : 0);
        f.cells_h = h > f.cells_h ? h : f.cells_h;
    }
    for (int i = 0; i < r->n_buttons; i++) {
        int h = ui_button_height(ui, &r->buttons[i], ui_button_natural(ui, &r->buttons[i]));
        f.button_h = h > f.button_h ? h : f.button_h;
    }
    int lines = f.under ? button_lines(ui, r, &f, w) : r->n_buttons > 0;
    f.buttons_h = lines * f.button_h + (lines > 1 ? lines - 1 : 0) * f.gap;
    f.h = f.under ? f.cells_h + f.buttons_h + f.gap
                  : f.cells_h > f.buttons_h ? f.cells_h : f.buttons_h;
    if (r->tap && !f.under && f.h < ui_least(ui))
        f.h = ui_least(ui);
    if (r->tap && f.under && f.cells_h < ui_least(ui)) {
        f.h += ui_least(ui) - f.cells_h;
        f.cells_h = ui_least(ui);
    }
    f.h += r->head ? ui_tight(ui, 8, 4) : ui_gap_px(ui, 20);
    return f;
}

static int row_height(struct ui *ui, struct ui_node *n, int w)
{
    return row_form(ui, n, w).h;
}

static void draw_cells(struct ui *ui, const struct ui_line_row *r, const struct row_form *f,
                       struct ui_rect box, struct ui_widget *row)
{
    int x = 0;
    bool loud = ui->frame.look.theme == UI_CONTRAST;
    for (int i = 0; i < r->n_cells; i++) {
        const struct ui_cell *c = &r->cells[i];
        struct ui_fit fit = cell_fit(ui, r, c, f->col[i]);
        struct ui_rect at = { box.x + x, box.y + (f->cells_h - fit.h) / 2,
                              f->col[i] - ui_u(ui, 16), fit.h };
        x += f->col[i];
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

/* `under`: where the first line of buttons stands when it is under the cells. */
static void draw_buttons(struct ui *ui, const struct ui_line_row *r, const struct row_form *f,
                         struct ui_rect box, int under)
{
    int pad = ui_u(ui, 14), most = box.w - 2 * pad, right = box.x + box.w - pad;
    int x = f->under ? box.x + pad : right - f->buttons_w;
    int y = f->under ? under : box.y + (box.h - f->buttons_h) / 2;
    for (int i = 0; i < r->n_buttons; i++) {
        int w = button_w(ui, &r->buttons[i], most);
        if (f->under && x > box.x + pad && x + w > right) {
            x = box.x + pad;
            y += f->button_h + f->gap;
        }
        ui_put_button(ui, &r->buttons[i], (struct ui_rect){ x, y, w, f->button_h });
        x += w + f->gap;
    }
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
        /* Half of the room between two rows is left free above and below. */
        int free_h = ui_gap_px(ui, 20), h = f.under ? f.cells_h : box.h - free_h;
        struct ui_rect area = { box.x, box.y + free_h / 2, f.under ? box.w : pad + f.cells_w, h };
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
    draw_buttons(ui, r, &f, box, cells.y + f.cells_h + f.gap);
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
