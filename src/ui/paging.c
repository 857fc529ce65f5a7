/*
 * When a page does not fit at its tightest: its body is shown in parts, with a
 * button "more" under them that goes round (over a keyboard: a key of it). A page is taken apart between the
 * widgets of columns, grids and cards; a heading stays with what it heads.
 */
#include "ui/page.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define PARTS_MAX 16

/* What a part shows: the units from..to of the body, counted in order. */
struct range {
    int from, to;
};

static void remember(struct ui_node *n)
{
    n->whole_first = n->first;
    for (struct ui_node *c = n->first; c; c = c->next) {
        c->whole_next = c->next;
        remember(c);
    }
}

/* A block of one piece: a widget, or a container that is never taken apart. */
static bool is_unit(const struct ui *ui, const struct ui_node *n)
{
    return !n->whole_first || !ui_may_split(ui, n);
}

/* Links in only the units of the range and the containers round them. *at
 * counts units; false: nothing of n is in the range. */
static bool keep(struct ui *ui, struct ui_node *n, struct range r, int *at)
{
    if (is_unit(ui, n)) {
        int mine = (*at)++;
        return mine >= r.from && mine < r.to;
    }
    n->first = n->last = NULL;
    for (struct ui_node *c = n->whole_first; c; c = c->whole_next) {
        if (!keep(ui, c, r, at))
            continue;
        c->next = NULL;
        if (n->last)
            n->last->next = c;
        else
            n->first = c;
        n->last = c;
    }
    return n->first != NULL;
}

static int height_of(struct ui *ui, struct range r)
{
    int at = 0;
    ui->squeeze.serial++; /* nothing measured before is true of the new tree */
    keep(ui, ui->root, r, &at);
    return ui_height(ui, ui->root, ui->body.w);
}

static int count_units(struct ui *ui)
{
    int at = 0;
    keep(ui, ui->root, (struct range){ 0, 0 }, &at);
    return at;
}

/* Whether unit i is a heading: it does not close a part. */
static bool heading_at(struct ui *ui, const struct ui_node *n, int i, int *at)
{
    if (is_unit(ui, n))
        return (*at)++ == i && n->heading;
    bool found = false;
    for (const struct ui_node *c = n->whole_first; c; c = c->whole_next)
        found = heading_at(ui, c, i, at) || found;
    return found;
}

/* The longest part from `from` on that fits; one unit at least. */
static struct range next_part(struct ui *ui, int from, int units, int room)
{
    struct range r = { from, from + 1 };
    while (r.to < units && height_of(ui, (struct range){ from, r.to + 1 }) <= room)
        r.to++;
    int at = 0;
    if (r.to < units && r.to > from + 1 && heading_at(ui, ui->root, r.to - 1, &at))
        r.to--;
    return r;
}

/* The unit in which the field is that has the caret, or where the open step begins; -1: none. */
static int edited_unit(const struct ui *ui, const struct ui_node *n, int *at)
{
    if (is_unit(ui, n)) {
        int mine = (*at)++;
        return ui_has_caret(n) ? mine : -1;
    }
    int found = ui_is_open_part(n) ? *at : -1;
    for (const struct ui_node *c = n->whole_first; c; c = c->whole_next) {
        int in = edited_unit(ui, c, at);
        found = in >= 0 ? in : found;
    }
    return found;
}

/* Where the typing goes is shown when the caret comes there; a touch turns on from it. */
static void follow_caret(struct ui *ui, const struct range *parts, int n, int unit)
{
    if (unit == ui->in.part_caret)
        return;
    ui->in.part_caret = unit;
    for (int i = 0; i < n; i++)
        if (unit >= parts[i].from && unit < parts[i].to)
            ui->in.part = i;
}

/* Over a keyboard its own key turns the parts. */
static bool key_turns(struct ui *ui)
{
    return ui->keyboard && ui_keyboard_side(ui) == 0;
}

static int more_height(const struct ui *ui)
{
    int h = ui_u(ui, 83), least = ui_least(ui);
    return h > least ? h : least;
}

int ui_more_room(struct ui *ui)
{
    if (ui->parts < 2 || key_turns(ui) || ui_more_in_rail(ui))
        return 0;
    return more_height(ui) + ui_gap_px(ui, 16);
}

void ui_page_apart(struct ui *ui)
{
    struct range parts[PARTS_MAX];
    int room = ui->body.h, units, n = 0, at = 0;
    ui->parts = 2; /* of at least so many, for where the button stands */
    room -= ui_more_room(ui);
    if (strncmp(ui->in.part_of, ui->page.name, sizeof(ui->in.part_of) - 1)) {
        ui->in.part = 0;
        ui->in.part_caret = -1;
        snprintf(ui->in.part_of, sizeof(ui->in.part_of), "%s", ui->page.name);
    }
    remember(ui->root);
    units = count_units(ui);
    for (int from = 0; from < units && n < PARTS_MAX; from = parts[n++].to)
        parts[n] = next_part(ui, from, units, room);
    follow_caret(ui, parts, n, edited_unit(ui, ui->root, &at));
    if (ui->in.part >= n)
        ui->in.part = 0;
    ui->parts = n;
    (void)height_of(ui, n > 0 ? parts[ui->in.part] : (struct range){ 0, units });
}

struct ui_slot ui_more_slot(struct ui *ui)
{
    const char *count = ui_fmt(ui, "\xE2\x81\xA6%d / %d\xE2\x81\xA9", ui->in.part + 1, ui->parts);
    return (struct ui_slot){ .id = "page.more", .text = ui_join(ui, ui->words.more, "  ", count),
                             .icon = "arrow-down", .kind = UI_CALM };
}

void ui_more_draw(struct ui *ui)
{
    if (ui_more_room(ui) == 0)
        return;
    struct ui_slot s = ui_more_slot(ui);
    struct ui_button b = { .id = s.id, .text = s.text, .icon = s.icon, .kind = s.kind };
    int h = more_height(ui);
    ui_put_button(ui, &b, (struct ui_rect){ ui->body.x, ui->body.y + ui->body.h - h, ui->body.w, h });
}
