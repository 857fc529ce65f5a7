/*
 * Containers: columns, rows, grids, flows, cards, choices, and steps that fold.
 */
#include "ui/page.h"

#include <string.h>

#include "base/mem.h"

int ui_gap_px(const struct ui *ui, double u)
{
    static const double factor[] = { 1.0, 0.8, 0.55 };
    int px = ui_u(ui, u * factor[ui->squeeze.level]);
    int least = ui_px_mm(&ui->frame.look, 2.54);
    return px > least ? px : least;
}

int ui_height(struct ui *ui, struct ui_node *n, int w)
{
    if (n->memo_level == ui->squeeze.serial && n->memo_w == w)
        return n->memo_h;
    int h = n->class->height(ui, n, w);
    n->memo_level = ui->squeeze.serial;
    n->memo_w = w;
    n->memo_h = h;
    return h;
}

int ui_natural(struct ui *ui, struct ui_node *n, int most)
{
    int w = n->class->natural ? n->class->natural(ui, n) : most;
    return w < most ? w : most;
}

void ui_arrange(struct ui *ui, struct ui_node *n, struct ui_rect box)
{
    n->box = box;
    if (n->class->arrange)
        n->class->arrange(ui, n);
}

void ui_draw_node(struct ui *ui, struct ui_node *n)
{
    if (n->class->draw)
        n->class->draw(ui, n);
    else
        for (struct ui_node *c = n->first; c; c = c->next)
            ui_draw_node(ui, c);
}

/* ---- column ---- */

static int column_gap(const struct ui *ui, const struct ui_node *n, const struct ui_node *child)
{
    const struct ui_box *b = n->props;
    if (!child->next || b->gap < 0)
        return 0;
    if (child->heading)
        return ui_tight(ui, 14, 6);
    return ui_gap_px(ui, b->gap > 0 ? b->gap : 24);
}

static int column_height(struct ui *ui, struct ui_node *n, int w)
{
    int h = 0;
    for (struct ui_node *c = n->first; c; c = c->next)
        h += ui_height(ui, c, w) + column_gap(ui, n, c);
    return h;
}

static void column_arrange(struct ui *ui, struct ui_node *n)
{
    double shares = 0;
    for (struct ui_node *c = n->first; c; c = c->next)
        shares += c->weight;
    const struct ui_box *b = n->props;
    int free_h = n->box.h - ui_height(ui, n, n->box.w);
    free_h = free_h > 0 ? free_h : 0;
    int y = n->box.y + (b->middle && shares <= 0 ? free_h / 2 : 0);
    for (struct ui_node *c = n->first; c; c = c->next) {
        int h = ui_height(ui, c, n->box.w);
        if (shares > 0 && c->weight > 0)
            h += (int)(free_h * c->weight / shares);
        struct ui_rect box = { n->box.x, y, n->box.w, h };
        if (b->middle && c->natural) {
            box.w = ui_natural(ui, c, n->box.w);
            box.x += (n->box.w - box.w) / 2;
        }
        ui_arrange(ui, c, box);
        y += h + column_gap(ui, n, c);
    }
}

static int column_natural(struct ui *ui, struct ui_node *n)
{
    int w = 0;
    for (struct ui_node *c = n->first; c; c = c->next) {
        int cw = ui_natural(ui, c, n->box.w > 0 ? n->box.w : ui->frame.look.w);
        w = cw > w ? cw : w;
    }
    return w;
}

const struct ui_class ui_column_class = { column_natural, column_height, column_arrange, NULL };

/* ---- the body: a column, or two where it is wide and low ---- */

static int root_width(const struct ui *ui, const struct ui_node *n, int w, bool second)
{
    (void)n;
    int first = (w - ui_u(ui, 28)) * ui->squeeze.split / 100;
    return second ? w - ui_u(ui, 28) - first : first;
}

static int stretch_height(struct ui *ui, struct ui_node *n, const struct ui_node *from,
                          const struct ui_node *to, int w)
{
    int h = 0;
    for (struct ui_node *c = n->first, *in = NULL; c && c != to; c = c->next) {
        in = c == from ? c : in;
        if (!in)
            continue;
        h += ui_height(ui, c, w);
        h += c->next != to ? column_gap(ui, n, c) : 0;
    }
    return h;
}

/* The child that begins the second column: where the higher one is least high. */
static struct ui_node *root_break(struct ui *ui, struct ui_node *n, int w, int *ret_h)
{
    struct ui_node *best = NULL;
    *ret_h = column_height(ui, n, w);
    if (ui->squeeze.split == 0 || !n->first)
        return NULL;
    for (struct ui_node *c = n->first->next; c; c = c->next) {
        int a = stretch_height(ui, n, n->first, c, root_width(ui, n, w, false));
        int b = stretch_height(ui, n, c, NULL, root_width(ui, n, w, true));
        int h = a > b ? a : b;
        if (!best || h < *ret_h) {
            best = c;
            *ret_h = h;
        }
    }
    return best;
}

static int root_height(struct ui *ui, struct ui_node *n, int w)
{
    int h = 0;
    root_break(ui, n, w, &h);
    return h;
}

static void root_arrange(struct ui *ui, struct ui_node *n)
{
    int h = 0, y = n->box.y, x = n->box.x;
    struct ui_node *second = root_break(ui, n, n->box.w, &h);
    if (!second) {
        column_arrange(ui, n);
        return;
    }
    int w = root_width(ui, n, n->box.w, false);
    for (struct ui_node *c = n->first; c; c = c->next) {
        if (c == second) {
            x += w + ui_u(ui, 28);
            w = root_width(ui, n, n->box.w, true);
            y = n->box.y;
        }
        int ch = ui_height(ui, c, w);
        ui_arrange(ui, c, (struct ui_rect){ x, y, w, ch });
        y += ch + column_gap(ui, n, c);
    }
}

const struct ui_class ui_root_class = { column_natural, root_height, root_arrange, NULL };

/* ---- row ---- */

static int row_gap(const struct ui *ui, const struct ui_node *n)
{
    const struct ui_box *b = n->props;
    return b->gap < 0 ? 0 : ui_gap_px(ui, b->gap > 0 ? b->gap : 20);
}

/* Width of child c when the row is w wide: its own when natural, else its share. */
static int row_width(struct ui *ui, struct ui_node *n, struct ui_node *c, int w)
{
    int fixed = 0;
    double shares = 0;
    for (struct ui_node *k = n->first; k; k = k->next) {
        if (k->natural)
            fixed += ui_natural(ui, k, w);
        else
            shares += k->weight > 0 ? k->weight : 1;
        fixed += k->next ? row_gap(ui, n) : 0;
    }
    if (c->natural) {
        int own = ui_natural(ui, c, w);
        return fixed > w ? own * w / fixed : own;
    }
    int rest = w - fixed;
    return rest > 0 ? (int)(rest * (c->weight > 0 ? c->weight : 1) / shares) : 1;
}

static int row_height(struct ui *ui, struct ui_node *n, int w)
{
    int h = 0;
    for (struct ui_node *c = n->first; c; c = c->next) {
        int ch = ui_height(ui, c, row_width(ui, n, c, w));
        h = ch > h ? ch : h;
    }
    return h;
}

static void row_arrange(struct ui *ui, struct ui_node *n)
{
    const struct ui_box *b = n->props;
    int used = 0;
    for (struct ui_node *c = n->first; c; c = c->next)
        used += row_width(ui, n, c, n->box.w) + (c->next ? row_gap(ui, n) : 0);
    int x = n->box.x + (b->middle && used < n->box.w ? (n->box.w - used) / 2 : 0);
    for (struct ui_node *c = n->first; c; c = c->next) {
        int w = row_width(ui, n, c, n->box.w);
        ui_arrange(ui, c, (struct ui_rect){ x, n->box.y, w, n->box.h });
        x += w + row_gap(ui, n);
    }
}

static int row_natural(struct ui *ui, struct ui_node *n)
{
    int w = 0;
    for (struct ui_node *c = n->first; c; c = c->next)
        w += ui_natural(ui, c, ui->frame.look.w) + (c->next ? row_gap(ui, n) : 0);
    return w;
}

static const struct ui_class row_class = { row_natural, row_height, row_arrange, NULL };

/* ---- grid ---- */

static size_t count_children(const struct ui_node *n)
{
    size_t k = 0;
    for (const struct ui_node *c = n->first; c; c = c->next)
        k++;
    return k;
}

static int grid_gap(const struct ui *ui, const struct ui_node *n)
{
    const struct ui_box *b = n->props;
    return ui_gap_px(ui, b->gap > 0 ? b->gap : 16);
}

static int widest_cell(struct ui *ui, const struct ui_node *n, bool roughly)
{
    int widest = ui_least(ui);
    for (struct ui_node *c = n->first; c; c = c->next) {
        int cw = ui_cell_least(ui, c, roughly);
        widest = cw > widest ? cw : widest;
    }
    return widest;
}

/* How many columns of cells that need `widest` px find room, at most as many as are asked for. */
static int cols_of(const struct ui *ui, const struct ui_node *n, int w, int widest)
{
    const struct ui_box *b = n->props;
    int gap = grid_gap(ui, n), most = b->cols > 0 ? b->cols : (int)count_children(n);
    int cell = b->cols > 0 || b->cell <= 0 ? widest : ui_u(ui, b->cell);
    int fit = (w + gap) / ((cell > widest ? cell : widest) + gap);
    int cols = fit < most ? fit : most;
    return cols > 0 ? cols : 1;
}

/* The columns asked for, fewer where a cell's text would not fit. The rough width of the cells is
 * enough where it leaves room for as many columns as cells of the least width would; else they are
 * measured again in their smallest letters. */
static int grid_cols(struct ui *ui, struct ui_node *n, int w)
{
    int roughly = cols_of(ui, n, w, widest_cell(ui, n, true));
    if (roughly == cols_of(ui, n, w, ui_least(ui)))
        return roughly;
    return cols_of(ui, n, w, widest_cell(ui, n, false));
}

static int grid_cell_height(struct ui *ui, struct ui_node *n, int cw)
{
    int h = 0;
    for (struct ui_node *c = n->first; c; c = c->next) {
        int ch = ui_height(ui, c, cw);
        h = ch > h ? ch : h;
    }
    return h;
}

static int grid_height(struct ui *ui, struct ui_node *n, int w)
{
    if (!n->first)
        return 0;
    int cols = grid_cols(ui, n, w), gap = grid_gap(ui, n);
    int rows = ((int)count_children(n) + cols - 1) / cols;
    return rows * grid_cell_height(ui, n, (w - (cols - 1) * gap) / cols) + (rows - 1) * gap;
}

static void grid_arrange(struct ui *ui, struct ui_node *n)
{
    if (!n->first)
        return;
    const struct ui_box *b = n->props;
    int cols = grid_cols(ui, n, n->box.w), gap = grid_gap(ui, n), i = 0;
    int cw = (n->box.w - (cols - 1) * gap) / cols;
    int h = grid_cell_height(ui, n, cw);
    int rows = ((int)count_children(n) + cols - 1) / cols;
    if (b->weight > 0 && n->box.h > rows * h + (rows - 1) * gap)
        h = (n->box.h - (rows - 1) * gap) / rows;
    for (struct ui_node *c = n->first; c; c = c->next, i++) {
        /* From exact positions, so that rounding never adds up. */
        int x0 = n->box.x + (i % cols) * (n->box.w + gap) / cols;
        int x1 = n->box.x + (i % cols + 1) * (n->box.w + gap) / cols - gap;
        int y = n->box.y + (i / cols) * (h + gap);
        ui_arrange(ui, c, (struct ui_rect){ x0, y, x1 - x0, h });
    }
}

static const struct ui_class grid_class = { NULL, grid_height, grid_arrange, NULL };

/* ---- flow: natural widths, wrapped ---- */

static int flow_run(struct ui *ui, struct ui_node *n, struct ui_rect box, bool arrange)
{
    const struct ui_box *b = n->props;
    int gap = ui_gap_px(ui, b->gap > 0 ? b->gap : 20), x = 0, y = 0, row_h = 0;
    for (struct ui_node *c = n->first; c; c = c->next) {
        int w = ui_natural(ui, c, box.w);
        if (x > 0 && x + w > box.w) {
            x = 0;
            y += row_h + gap;
            row_h = 0;
        }
        int h = ui_height(ui, c, w);
        row_h = h > row_h ? h : row_h;
        if (arrange)
            ui_arrange(ui, c, (struct ui_rect){ box.x + x, box.y + y, w, h });
        x += w + gap;
    }
    return y + row_h;
}

static int flow_height(struct ui *ui, struct ui_node *n, int w)
{
    return flow_run(ui, n, (struct ui_rect){ 0, 0, w, 0 }, false);
}

static void flow_arrange(struct ui *ui, struct ui_node *n)
{
    flow_run(ui, n, n->box, true);
}

static const struct ui_class flow_class = { NULL, flow_height, flow_arrange, NULL };

/* ---- card: a panel with a column in it ---- */

static int card_pad(const struct ui *ui, const struct ui_node *n)
{
    const struct ui_box *b = n->props;
    if (ui->squeeze.floors)
        return ui_u(ui, 12);
    return b->pad > 0 ? ui_tight(ui, b->pad, b->pad * 0.6) : ui_tight(ui, 36, 20);
}

static int card_height(struct ui *ui, struct ui_node *n, int w)
{
    int pad = card_pad(ui, n);
    return ui_height(ui, n->first, w - 2 * pad) + 2 * pad;
}

static void card_arrange(struct ui *ui, struct ui_node *n)
{
    struct ui_rect in = ui_rect_inset(n->box, card_pad(ui, n));
    bool alone = n->first->first && !n->first->first->next && n->first->first->weight <= 0;
    int h = alone ? ui_height(ui, n->first, in.w) : in.h;
    ui_arrange(ui, n->first, ui_centred(in, in.w, h < in.h ? h : in.h));
}

static void card_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_box *b = n->props;
    struct ui_skin skin = ui_skin_card(ui, b->fill == UI_PRIMARY, false, false);
    if (b->fill != UI_BG)
        skin.fill = ui_c(ui, b->fill);
    skin.shadow = skin.shadow && !b->flat;
    struct ui_widget none = { 0 };
    ui_put_surface(ui, &none, n->box, &skin);
    if (b->edge_mark)
        ui_put_round(ui, ui_place(ui, (struct ui_rect){ n->box.x, n->box.y + ui_u(ui, 20),
                                                        ui_u(ui, 8), n->box.h - ui_u(ui, 40) }),
                     ui_u(ui, 4), ui_c(ui, UI_ACCENT), 0, 0);
    if (b->id && *b->id)
        ui_show(ui, b->id, UI_ROLE_STATUS, n->box, "", NULL);
    for (struct ui_node *c = n->first; c; c = c->next)
        ui_draw_node(ui, c);
}

static int card_natural(struct ui *ui, struct ui_node *n)
{
    return column_natural(ui, n->first) + 2 * card_pad(ui, n);
}

static const struct ui_class card_class = { card_natural, card_height, card_arrange, card_draw };

/* ---- choices: cards under one another, side by side where the page is wide ---- */

/* Columns and whether the picture stands above the text. */
static int choices_cols(struct ui *ui, struct ui_node *n, int w, bool *ret_stacked)
{
    int kids = (int)count_children(n);
    bool wide = !ui_portrait(&ui->frame.look);
    bool stack = wide ? kids <= 4 && (!ui->squeeze.floors || ui->squeeze.bare) : kids > 4;
    *ret_stacked = stack;
    if (!wide)
        return kids > 4 && !ui->frame.look.large && w >= ui_u(ui, 700) ? 2 : 1;
    if (ui->squeeze.split || (!stack && kids <= 4))
        return 1;
    int most = w / ui_u(ui, ui->frame.look.large ? 440 : 300);
    int cols = kids <= 4 ? kids : 3;
    cols = cols < most ? cols : most;
    return cols > 0 ? cols : 1;
}

static int choices_cell(struct ui *ui, struct ui_node *n, int cw, bool stacked)
{
    int h = 0;
    for (struct ui_node *c = n->first; c; c = c->next) {
        if (c->stacked != stacked)
            c->memo_level = -1;
        c->stacked = stacked;
        int ch = ui_height(ui, c, cw);
        h = ch > h ? ch : h;
    }
    return h;
}

static int choices_gap(const struct ui *ui)
{
    return ui_gap_px(ui, 28);
}

static int choices_height(struct ui *ui, struct ui_node *n, int w)
{
    bool stacked = false;
    int cols = choices_cols(ui, n, w, &stacked), gap = choices_gap(ui);
    stacked = stacked && cols > 1;
    int rows = ((int)count_children(n) + cols - 1) / cols;
    if (rows == 0)
        return 0;
    int cell = choices_cell(ui, n, (w - (cols - 1) * gap) / cols, stacked);
    if (cols > 1)
        return rows * cell + (rows - 1) * gap;
    int h = (rows - 1) * gap;
    for (struct ui_node *c = n->first; c; c = c->next)
        h += ui_height(ui, c, w);
    return h;
}

static void choices_arrange(struct ui *ui, struct ui_node *n)
{
    bool stacked = false;
    int cols = choices_cols(ui, n, n->box.w, &stacked), gap = choices_gap(ui), i = 0, y = n->box.y;
    int cw = (n->box.w - (cols - 1) * gap) / cols;
    int cell = choices_cell(ui, n, cw, stacked && cols > 1);
    for (struct ui_node *c = n->first; c; c = c->next, i++) {
        int h = cols > 1 ? cell : ui_height(ui, c, cw);
        int x0 = n->box.x + (i % cols) * (n->box.w + gap) / cols;
        int x1 = n->box.x + (i % cols + 1) * (n->box.w + gap) / cols - gap;
        ui_arrange(ui, c, (struct ui_rect){ x0, y, x1 - x0, h });
        if (i % cols == cols - 1)
            y += h + gap;
    }
}

static const struct ui_class choices_class = { NULL, choices_height, choices_arrange, NULL };

/* ---- split: two columns in landscape, but where large text has no room for two ---- */

static bool split_stacked(const struct ui *ui)
{
    const struct ui_look *look = &ui->frame.look;
    return ui_portrait(look) || (look->large && ui_short(look));
}

static int split_height(struct ui *ui, struct ui_node *n, int w)
{
    return split_stacked(ui) ? column_height(ui, n, w) : row_height(ui, n, w);
}

static void split_arrange(struct ui *ui, struct ui_node *n)
{
    if (split_stacked(ui))
        column_arrange(ui, n);
    else
        row_arrange(ui, n);
}

static const struct ui_class split_class = { NULL, split_height, split_arrange, NULL };

/* A block that frames a column: what is described next goes into the column. */
static void open_inside(struct ui *ui, struct ui_node *frame, const struct ui_box *box)
{
    ui_open(ui, frame);
    struct ui_node *inner = ui_add(ui, &ui_column_class, box, sizeof(*box));
    ui->depth--;
    ui_open(ui, inner);
}

bool ui_block_begin(struct ui *ui, enum ui_block kind, const struct ui_box *box)
{
    static const struct ui_class *const classes[] = {
        [UI_IN_COLUMN] = &ui_column_class, [UI_IN_ROW] = &row_class,
        [UI_IN_GRID] = &grid_class,        [UI_IN_FLOW] = &flow_class,
        [UI_IN_CARD] = &card_class,        [UI_IN_CHOICES] = &choices_class,
        [UI_IN_SPLIT] = &split_class,
    };
    struct ui_box b = *box;
    b.id = ui_dup(ui, b.id);
    struct ui_node *n = ui_add(ui, classes[kind], &b, sizeof(b));
    n->weight = b.weight;
    n->natural = b.natural;
    if (kind == UI_IN_CARD)
        open_inside(ui, n, &(struct ui_box){ .gap = b.gap < 0 || b.gap > 0 ? b.gap : 12,
                                             .middle = b.middle });
    else
        ui_open(ui, n);
    return true;
}

/* ---- steps and parts ---- */

static const struct ui_class part_class;

/* Room for labels and values beside the parts: the same for all of them, and the widest
 * label in it. */
static int part_label_w(struct ui *ui, const struct ui_node *n)
{
    int widest = ui_u(ui, ui->frame.look.large ? 300 : 200);
    for (const struct ui_node *c = n->parent->first; c; c = c->next) {
        const struct ui_part *p = c->props;
        int w = c->class == &part_class
                    ? ui_text_w(ui, p->label, UI_BODY_BOLD) + ui_u(ui, 20) : 0;
        widest = w > widest ? w : widest;
    }
    return widest;
}

/* In landscape the label stands beside the content. */
static bool part_beside(const struct ui *ui)
{
    return !ui_portrait(&ui->frame.look);
}

static bool folded(const struct ui *ui, const struct ui_node *n)
{
    const struct ui_part *p = n->props;
    return ui->squeeze.fold && !p->open;
}

static int part_label_h(struct ui *ui)
{
    return ui_line_px(&ui->frame.look, ui_style_px(&ui->frame.look, UI_BODY_BOLD)) +
           ui_tight(ui, 8, 2);
}

static int part_height(struct ui *ui, struct ui_node *n, int w)
{
    int line = ui_tight(ui, 88, 72);
    if (folded(ui, n))
        return line > ui_least(ui) ? line : ui_least(ui);
    if (!part_beside(ui))
        return part_label_h(ui) + ui_height(ui, n->first, w);
    int inner = ui_height(ui, n->first, w - part_label_w(ui, n));
    int label = 2 * part_label_h(ui);
    return inner > label ? inner : label;
}

static void part_arrange(struct ui *ui, struct ui_node *n)
{
    n->folded = folded(ui, n);
    if (n->folded)
        return;
    int dx = part_beside(ui) ? part_label_w(ui, n) : 0, dy = dx ? 0 : part_label_h(ui);
    ui_arrange(ui, n->first, (struct ui_rect){ n->box.x + dx, n->box.y + dy, n->box.w - dx,
                                               n->box.h - dy });
}

/* One line: label, value, and an arrow that says it opens. */
static void draw_folded(struct ui *ui, const struct ui_node *n, const struct ui_part *p)
{
    const char *text = ui_join(ui, p->label, " ", p->value);
    struct ui_widget *w = ui_target(ui, p->id, UI_ROLE_BUTTON, n->box, text, p->say);
    struct ui_skin skin = ui_skin_button(ui, UI_SECONDARY, false, w->pressed);
    struct ui_rect r = ui_put_surface(ui, w, n->box, &skin);
    int pad = ui_u(ui, 28), icon = ui_u(ui, 40);
    struct ui_fit label = ui_fit(ui, p->label, UI_BODY_BOLD, r.w / 2, 1);
    ui_put_text(ui, w, (struct ui_rect){ r.x + pad, r.y + (r.h - label.h) / 2, r.w / 2, label.h },
                &label, p->label, UI_START, skin.ink);
    int room = r.w - label.lines.w - 4 * pad - icon;
    struct ui_fit value = ui_fit(ui, p->value, UI_BODY_BOLD, room, 1);
    ui_put_text(ui, w, (struct ui_rect){ r.x + r.w - 2 * pad - icon - room,
                                         r.y + (r.h - value.h) / 2, room, value.h },
                &value, p->value, UI_END, ui_c(ui, UI_PRIMARY));
    ui_put_icon(ui, "chevron-down", (struct ui_rect){ r.x + r.w - pad - icon,
                                                      r.y + (r.h - icon) / 2, icon, icon },
                skin.ink_2);
}

static void part_draw(struct ui *ui, struct ui_node *n)
{
    const struct ui_part *p = n->props;
    if (n->folded) {
        draw_folded(ui, n, p);
        return;
    }
    int lw = part_beside(ui) ? part_label_w(ui, n) - ui_u(ui, 16) : n->box.w;
    struct ui_fit label = ui_fit(ui, p->label, UI_BODY_BOLD, lw, 1);
    struct ui_rect box = { n->box.x, n->box.y, lw, label.h };
    const char *text = ui_join(ui, p->label, " ", p->value);
    struct ui_widget *w = ui_show(ui, p->id, UI_ROLE_STATUS, box, text, p->say);
    ui_put_text(ui, w, box, &label, p->label, UI_START, ui_c(ui, UI_INK));
    int floor = ui_style_floor_px(&ui->frame.look, UI_HINT);
    struct ui_font font = { ui_style_px(&ui->frame.look, UI_BODY_BOLD), true };
    struct ui_fit value = ui_fit_px(ui, p->value, font, floor, lw, 1);
    if (part_beside(ui))
        box.y += label.h;
    ui_put_text(ui, w, box, &value, p->value, part_beside(ui) ? UI_START : UI_END,
                ui_c(ui, UI_PRIMARY));
    for (struct ui_node *c = n->first; c; c = c->next)
        ui_draw_node(ui, c);
}

static const struct ui_class part_class = { NULL, part_height, part_arrange, part_draw };

bool ui_is_open_part(const struct ui_node *n)
{
    return n->class == &part_class && ((const struct ui_part *)n->props)->open;
}

/* A row and a part that is folded stay in one piece. */
bool ui_may_split(const struct ui *ui, const struct ui_node *n)
{
    const struct ui_class *c = n->class;
    if (c == &part_class)
        return !folded(ui, n);
    return c == &ui_root_class || c == &ui_column_class || c == &grid_class || c == &flow_class ||
           c == &card_class || c == &choices_class || c == &split_class;
}

bool ui_steps_begin(struct ui *ui)
{
    struct ui_box b = { .gap = 24 };
    ui_open(ui, ui_add(ui, &ui_column_class, &b, sizeof(b)));
    return true;
}

bool ui_part_begin(struct ui *ui, const struct ui_part *part)
{
    struct ui_part p = *part;
    p.id = ui_dup(ui, p.id);
    p.label = ui_dup(ui, p.label);
    p.value = ui_dup(ui, p.value);
    p.say = ui_dup(ui, p.say);
    open_inside(ui, ui_add(ui, &part_class, &p, sizeof(p)), &(struct ui_box){ .gap = 16 });
    return true;
}
