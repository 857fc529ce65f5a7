/*
 * What changed: of each command of a list a hash is kept, and its box. Commands that the next
 * list has in the same order still stand as they did; where any other one stood or stands, the
 * cells of the canvas are painted again.
 */
#include <string.h>

#include "base/mem.h"
#include "ui/draw.h"

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)

void ui_diff_done(struct ui_diff *d)
{
    mem_free(d->v);
    *d = (struct ui_diff){ 0 };
}

void ui_diff_forget(struct ui_diff *d)
{
    ui_diff_done(d);
}

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
    const unsigned char *p = bytes;
    for (size_t i = 0; i < n; i++)
        h = (h ^ p[i]) * FNV_PRIME;
    return h;
}

static uint64_t mix_int(uint64_t h, int64_t v)
{
    return (h ^ (uint64_t)v) * FNV_PRIME ^ (h >> 29);
}

static uint64_t hash_cmd(const struct ui_draw *list, const struct ui_draw_cmd *c)
{
    const int64_t parts[] = { (int64_t)c->kind, c->box.x,  c->box.y, c->box.w, c->box.h,
                              c->colour,        c->edge,   c->radius, c->line, c->blur,
                              c->turn,          c->font.px, c->font.bold, c->rtl, c->x,
                              c->baseline,      c->side };
    uint64_t h = FNV_START;
    for (size_t i = 0; i < ARRAY_LEN(parts); i++)
        h = mix_int(h, parts[i]);
    return mix(h, ui_draw_bytes(list, c), c->n);
}

/* Marks every cell that a box touches. */
static void mark(bool *changed, const struct ui_diff *d, struct ui_rect box)
{
    struct ui_rect r = ui_rect_cut(box, (struct ui_rect){ 0, 0, d->w, d->h });
    if (r.w <= 0 || r.h <= 0)
        return;
    int from = r.x / UI_DIFF_CELL, to = (r.x + r.w - 1) / UI_DIFF_CELL;
    for (int y = r.y / UI_DIFF_CELL; y <= (r.y + r.h - 1) / UI_DIFF_CELL; y++)
        memset(&changed[y * d->cols + from], true, (size_t)(to - from + 1) * sizeof(*changed));
}

/* How far to go in one of two lists until they meet again; 0: they do not, within AHEAD. */
struct skip {
    size_t old, new;
};

enum { AHEAD = 64 };

static struct skip find_skip(const struct ui_diff_cmd *old, size_t n_old,
                             const struct ui_diff_cmd *new, size_t n_new)
{
    for (size_t k = 1; k <= AHEAD && (k < n_old || k < n_new); k++) {
        if (k < n_old && old[k].hash == new[0].hash)
            return (struct skip){ k, 0 };
        if (k < n_new && new[k].hash == old[0].hash)
            return (struct skip){ 0, k };
    }
    return (struct skip){ 0 };
}

static void mark_all(bool *changed, const struct ui_diff *d, const struct ui_diff_cmd *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        mark(changed, d, v[i].box);
}

static void compare(const struct ui_diff *old, const struct ui_diff *new, bool *changed)
{
    size_t i = 0, j = 0;
    while (i < old->n && j < new->n) {
        if (old->v[i].hash == new->v[j].hash) {
            i++;
            j++;
            continue;
        }
        struct skip s = find_skip(old->v + i, old->n - i, new->v + j, new->n - j);
        if (s.old == 0 && s.new == 0)
            s = (struct skip){ 1, 1 }; /* one instead of the other */
        mark_all(changed, new, old->v + i, s.old);
        mark_all(changed, new, new->v + j, s.new);
        i += s.old;
        j += s.new;
    }
    mark_all(changed, new, old->v + i, old->n - i);
    mark_all(changed, new, new->v + j, new->n - j);
}

/* Takes the largest block of changed cells that starts at (x, y): first to the
 * right, then down as long as the whole row has changed. Unmarks them. */
static struct ui_rect take_block(bool *changed, const struct ui_diff *d, int x, int y)
{
    int w = 1, h = 1;
    while (x + w < d->cols && changed[y * d->cols + x + w])
        w++;
    for (bool full = true; full && y + h < d->rows; h += full)
        for (int i = 0; i < w && full; i++)
            full = changed[(y + h) * d->cols + x + i];
    for (int j = 0; j < h; j++)
        memset(&changed[(y + j) * d->cols + x], 0, (size_t)w * sizeof(*changed));
    struct ui_rect r = { x * UI_DIFF_CELL, y * UI_DIFF_CELL, w * UI_DIFF_CELL, h * UI_DIFF_CELL };
    return ui_rect_cut(r, (struct ui_rect){ 0, 0, d->w, d->h });
}

static size_t collect(bool *changed, const struct ui_diff *d, struct ui_rect *out)
{
    size_t n = 0, cells = (size_t)d->cols * (size_t)d->rows;
    struct ui_rect rest = { 0 };
    const bool *at = changed;
    /* Nearly all cells are as they were: memchr() passes many of them at a time. */
    while ((at = memchr(at, true, cells - (size_t)(at - changed))) != NULL) {
        int cell = (int)(at - changed);
        struct ui_rect r = take_block(changed, d, cell % d->cols, cell / d->cols);
        if (n < UI_DIFF_RECTS)
            out[n++] = r;
        else
            rest = ui_rect_join(rest, r);
    }
    if (rest.w == 0)
        return n;
    /* Too many to tell apart: one rectangle over all of them. */
    for (size_t i = 0; i < n; i++)
        rest = ui_rect_join(rest, out[i]);
    out[0] = rest;
    return 1;
}

size_t ui_diff_next(struct ui_diff *d, const struct ui_draw *list,
                    struct ui_rect ret_rects[UI_DIFF_RECTS])
{
    struct ui_diff next = { .w = list->w, .h = list->h, .n = list->n,
                            .cols = (list->w + UI_DIFF_CELL - 1) / UI_DIFF_CELL,
                            .rows = (list->h + UI_DIFF_CELL - 1) / UI_DIFF_CELL };
    ret_rects[0] = (struct ui_rect){ 0, 0, list->w, list->h };
    next.v = mem_calloc(list->n + 1, sizeof(*next.v));
    bool *changed = mem_calloc((size_t)(next.cols * next.rows), sizeof(*changed));
    if (!next.v || !changed) {
        /* Without memory to compare, paint everything. */
        mem_free(next.v);
        mem_free(changed);
        ui_diff_done(d);
        return 1;
    }
    for (size_t i = 0; i < list->n; i++)
        next.v[i] = (struct ui_diff_cmd){ hash_cmd(list, &list->v[i]), list->v[i].box };
    bool same_shape = d->v && d->w == next.w && d->h == next.h;
    if (same_shape)
        compare(d, &next, changed);
    size_t rects = same_shape ? collect(changed, &next, ret_rects) : 1;
    mem_free(changed);
    ui_diff_done(d);
    *d = next;
    return rects;
}
