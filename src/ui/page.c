/*
 * The life of a page: memory, the tree being described, and the widgets and
 * draw list that come of it.
 */
#include "ui/page.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum err ui_create(const struct ui_metrics *metrics, struct ui **ret_ui)
{
    CLEANUP(ui_destroyp) struct ui *ui = mem_calloc(1, sizeof(*ui));
    if (!ui)
        return ERR_NOMEM;
    ui->metrics = *metrics;
    ui->arena = mem_calloc(1, UI_ARENA);
    ui->nodes = mem_calloc(UI_NODES_MAX, sizeof(*ui->nodes));
    ui->widgets = mem_calloc(UI_WIDGETS_MAX, sizeof(*ui->widgets));
    if (!ui->arena || !ui->nodes || !ui->widgets)
        return ERR_NOMEM;
    *ret_ui = TAKE(ui);
    return ERR_OK;
}

void ui_wipe(struct ui *ui)
{
    ui_reset(ui);
    if (ui->arena)
        mem_wipe(ui->arena, UI_ARENA);
    if (ui->nodes)
        mem_wipe(ui->nodes, UI_NODES_MAX * sizeof(*ui->nodes));
    if (ui->widgets)
        mem_wipe(ui->widgets, UI_WIDGETS_MAX * sizeof(*ui->widgets));
    ui->used = ui->n_nodes = ui->n_widgets = ui->depth = 0;
    ui->root = ui->sheet_root = NULL;
    ui->sheet = NULL;
    ui->keyboard = NULL;
    ui->page = (struct ui_page){ 0 };
    ui->words = (struct ui_words){ 0 };
    ui->shown[0] = '\0';
    ui_draw_done(&ui->draw);
}

void ui_destroy(struct ui *ui)
{
    if (!ui)
        return;
    ui_wipe(ui);
    mem_free(ui->arena);
    mem_free(ui->nodes);
    mem_free(ui->widgets);
    mem_free(ui);
}

void ui_destroyp(struct ui **ui)
{
    ui_destroy(*ui);
    *ui = NULL;
}

void *ui_arena(struct ui *ui, size_t n)
{
    size_t start = (ui->used + 15) & ~(size_t)15;
    if (start > UI_ARENA || n > UI_ARENA - start) {
        ui->failed = true;
        return NULL;
    }
    ui->used = start + n;
    return memset(ui->arena + start, 0, n);
}

const char *ui_dup(struct ui *ui, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    if (n == 0)
        return "";
    if (n >= UI_ARENA - ui->used) {
        ui->failed = true;
        return "";
    }
    char *copy = memcpy(ui->arena + ui->used, s, n + 1);
    ui->used += n + 1;
    return copy;
}

const char *ui_fmt(struct ui *ui, const char *fmt, ...)
{
    size_t room = UI_ARENA - ui->used;
    char *out = ui->arena + ui->used;
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(out, room, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= room) {
        ui->failed = true;
        return "";
    }
    ui->used += (size_t)n + 1;
    return out;
}

const char *ui_join(struct ui *ui, const char *a, const char *sep, const char *b)
{
    if (!a || !*a)
        return b ? b : "";
    if (!b || !*b)
        return a;
    return ui_fmt(ui, "%s%s%s", a, sep, b);
}

/* ---- describing ---- */

static struct ui_words dup_words(struct ui *ui, const struct ui_words *w)
{
    struct ui_words out = { 0 };
    if (!w)
        return out;
    out = (struct ui_words){
        ui_dup(ui, w->brand),    ui_dup(ui, w->back),    ui_dup(ui, w->help),
        ui_dup(ui, w->next),     ui_dup(ui, w->language), ui_dup(ui, w->speak),
        ui_dup(ui, w->hush),     ui_dup(ui, w->letters), ui_dup(ui, w->stop),
        ui_dup(ui, w->space),    ui_dup(ui, w->erase),   ui_dup(ui, w->shift),
        ui_dup(ui, w->accents),  ui_dup(ui, w->letters_key), ui_dup(ui, w->digits_key),
        ui_dup(ui, w->chosen),   ui_dup(ui, w->empty),   ui_dup(ui, w->error),
        ui_dup(ui, w->disabled), ui_dup(ui, w->dot),     ui_dup(ui, w->more),
    };
    return out;
}

static struct ui_node *new_node(struct ui *ui, const struct ui_class *class, const void *props)
{
    if (ui->n_nodes == UI_NODES_MAX) {
        ui->failed = true;
        return NULL;
    }
    struct ui_node *n = &ui->nodes[ui->n_nodes++];
    *n = (struct ui_node){ .class = class, .props = props, .memo_level = -1 };
    return n;
}

void ui_begin(struct ui *ui, const struct ui_frame *frame)
{
    mem_wipe(ui->arena, ui->used);
    ui->used = ui->n_nodes = ui->n_widgets = ui->depth = 0;
    ui->n_focus = ui->parts = 0;
    ui->failed = ui->wrong = false;
    ui->sheet = NULL;
    ui->sheet_root = NULL;
    ui->keyboard = NULL;
    ui_page(ui, &(struct ui_page){ .name = "" });
    ui->frame = *frame;
    ui->words = dup_words(ui, frame->words);
    ui->frame.words = NULL;
    ui->frame.clock = ui_dup(ui, frame->clock);
    ui->root = new_node(ui, &ui_root_class, ui_arena(ui, sizeof(struct ui_box)));
    ui->open[ui->depth++] = ui->root;
}

void ui_page(struct ui *ui, const struct ui_page *page)
{
    struct ui_page p = *page;
    p.name = ui_dup(ui, p.name);
    p.title = ui_dup(ui, p.title);
    p.subtitle = ui_dup(ui, p.subtitle);
    p.step = ui_dup(ui, p.step);
    p.next = ui_dup(ui, p.next && !*p.next ? ui->words.next : p.next);
    for (int i = 0; i < 2; i++) {
        struct ui_slot *s = i ? &p.end : &p.start;
        s->id = ui_dup(ui, s->id);
        s->text = ui_dup(ui, s->text);
        s->say = ui_dup(ui, s->say);
        s->icon = ui_dup(ui, s->icon);
    }
    ui->page = p;
}

static void append(struct ui_node *parent, struct ui_node *n)
{
    n->parent = parent;
    if (parent->last)
        parent->last->next = n;
    else
        parent->first = n;
    parent->last = n;
}

struct ui_node *ui_add(struct ui *ui, const struct ui_class *class, const void *props, size_t n)
{
    static struct ui_node spare; /* where what does not fit goes; the page has failed then */
    void *copy = ui_arena(ui, n);
    struct ui_node *node = copy ? new_node(ui, class, copy) : NULL;
    if (!node) {
        spare = (struct ui_node){ 0 };
        return &spare;
    }
    memcpy(copy, props, n);
    append(ui->open[ui->depth - 1], node);
    return node;
}

struct ui_node *ui_open(struct ui *ui, struct ui_node *n)
{
    if (ui->depth == UI_DEPTH_MAX) {
        ui->failed = true;
        return n;
    }
    ui->open[ui->depth++] = n;
    return n;
}

bool ui_block_end(struct ui *ui)
{
    if (ui->depth > 1)
        ui->depth--;
    else
        ui->wrong = true;
    return false;
}

bool ui_sheet_begin(struct ui *ui, const struct ui_sheet *sheet)
{
    struct ui_sheet *s = ui_arena(ui, sizeof(*s));
    ui->sheet_root = new_node(ui, &ui_column_class, ui_arena(ui, sizeof(struct ui_box)));
    if (!s || !ui->sheet_root)
        return false;
    s->name = ui_dup(ui, sheet->name);
    s->title = ui_dup(ui, sheet->title);
    s->text = ui_dup(ui, sheet->text);
    s->icon = ui_dup(ui, sheet->icon);
    s->back = ui_dup(ui, sheet->back);
    ui->sheet = s;
    ui_open(ui, ui->sheet_root);
    return true;
}

/* ---- finishing ---- */

struct ui_rect ui_place(const struct ui *ui, struct ui_rect r)
{
    if (ui->frame.look.rtl && !ui->ltr)
        r.x = ui->frame.look.w - r.x - r.w;
    return r;
}

/* Marks the hash of an id as taken; true when it was. Comparing each id with all others would
 * take longer than drawing them: only those of the same hash are compared. */
static bool mark_id(struct ui *ui, const char *id)
{
    uint32_t h = UINT32_C(2166136261);
    for (const char *s = id; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT32_C(16777619);
    uint64_t *word = &ui->ids[h >> 29], bit = UINT64_C(1) << (h >> 23 & 63);
    bool known = *word & bit;
    *word |= bit;
    return known;
}

static struct ui_widget *add_widget(struct ui *ui, const char *id, enum ui_role role,
                                    struct ui_rect box, const char *text, const char *say)
{
    static struct ui_widget spare;
    struct ui_widget *w = ui->n_widgets < UI_WIDGETS_MAX ? &ui->widgets[ui->n_widgets++] : &spare;
    ui->failed = ui->failed || w == &spare;
    *w = (struct ui_widget){ .id = id ? id : "", .role = role, .box = ui_place(ui, box),
                             .text = text ? text : "", .focus = -1 };
    w->say = say && *say ? say : w->text;
    return w;
}

struct ui_widget *ui_show(struct ui *ui, const char *id, enum ui_role role, struct ui_rect box,
                          const char *text, const char *say)
{
    (void)mark_id(ui, id ? id : "");
    return add_widget(ui, id, role, box, text, say);
}

static bool pressed(const struct ui *ui, const char *id)
{
    for (size_t i = 0; i < ui->in.n_fingers; i++) {
        const struct ui_finger *f = &ui->in.fingers[i];
        if (!f->ignored && f->inside && !strcmp(f->target, id))
            return true;
    }
    return false;
}

struct ui_widget *ui_target(struct ui *ui, const char *id, enum ui_role role, struct ui_rect box,
                            const char *text, const char *say)
{
    bool known = mark_id(ui, id ? id : "");
    bool twice = known && id && *id && !ui->behind && ui_widget_find(ui, id);
    struct ui_widget *w = add_widget(ui, id, role, box, text, say);
    if (ui->behind || !*w->id)
        return w;
    ui->wrong = ui->wrong || twice || strlen(id) >= UI_ID_MAX;
    w->focus = ui->n_focus++;
    w->pressed = pressed(ui, id);
    w->focused = ui->in.show_focus && !strcmp(ui->in.focus, id);
    return w;
}

/* The roomiest layout in which the body fits with all its texts, or the tightest in parts. */
static void choose_squeeze(struct ui *ui)
{
    static const struct ui_squeeze tries[] = {
        { .level = 0 },
        { .level = 1 },
        { .level = 2 },
        { .level = 2, .floors = true },
        { .level = 0, .fold = true },
        { .level = 1, .fold = true },
        { .level = 2, .fold = true },
        { .level = 2, .split = 50 },
        { .level = 2, .split = 60 },
        { .level = 2, .fold = true, .floors = true },
        { .level = 2, .split = 60, .floors = true },
        { .level = 2, .fold = true, .floors = true, .bare = true },
        { .level = 2, .split = 50, .floors = true, .bare = true },
        { .level = 2, .split = 60, .floors = true, .bare = true },
        { .level = 2, .fold = true, .floors = true, .bare = true },
    };
    for (size_t i = 0; i < ARRAY_LEN(tries); i++) {
        if (tries[i].split && ui_portrait(&ui->frame.look))
            continue;
        ui->squeeze = tries[i];
        ui->squeeze.serial = (int)i;
        ui_chrome_layout(ui);
        ui->misfit = false;
        if (ui_height(ui, ui->root, ui->body.w) <= ui->body.h && !ui->misfit)
            return;
    }
    bool poor = ui->frame.look.large && ui_short(&ui->frame.look);
    if (!ui->keyboard && !poor) {
        ui->squeeze.bare = false; /* in parts there is room for second lines */
        ui->squeeze.serial++;
        ui_chrome_layout(ui);
    }
    ui_page_apart(ui);
}

static void check_inside(struct ui *ui, size_t from)
{
    struct ui_rect canvas = { 0, 0, ui->frame.look.w, ui->frame.look.h };
    for (size_t i = from; i < ui->n_widgets; i++) {
        struct ui_widget *w = &ui->widgets[i];
        struct ui_rect in = ui_rect_cut(w->box, canvas);
        if (in.w != w->box.w || in.h != w->box.h)
            w->clipped = true;
    }
}

/* The focus stays on its widget; when that is gone, on the first one. */
static void keep_focus(struct ui *ui)
{
    if (!ui->in.show_focus)
        return;
    const struct ui_widget *w = ui_widget_find(ui, ui->in.focus);
    if (w && w->focus >= 0)
        return;
    for (size_t i = 0; i < ui->n_widgets; i++)
        if (ui->widgets[i].focus == 0)
            snprintf(ui->in.focus, sizeof(ui->in.focus), "%s", ui->widgets[i].id);
}

/* Over a keyboard the fields stand close to it; else the body fills its room. */
static struct ui_rect body_box(struct ui *ui)
{
    struct ui_rect box = ui->body;
    box.h -= ui_more_room(ui);
    if (!ui->keyboard || ui_keyboard_side(ui) > 0 || (ui->page.top && ui->parts < 2))
        return box;
    int h = ui_height(ui, ui->root, box.w);
    if (h < box.h) {
        box.y += box.h - h;
        box.h = h;
    }
    return box;
}

static void draw_all(struct ui *ui)
{
    ui->n_widgets = 0;
    ui->n_focus = 0;
    memset(ui->ids, 0, sizeof(ui->ids));
    ui_draw_clear(&ui->draw, ui->frame.look.w, ui->frame.look.h);
    ui->behind = ui->sheet != NULL;
    ui_put_fill(ui, (struct ui_rect){ 0, 0, ui->frame.look.w, ui->frame.look.h },
                ui_c(ui, UI_BG));
    ui_chrome_draw(ui);
    ui->behind = false;
    if (ui->sheet)
        ui_sheet_draw(ui);
}

enum { PAGE_MS = 200, SHEET_MS = 250, RELEASE_MS = 120, SLIDE_U = 16 };

/* A page fades in and slides from the end, always the same way; a sheet from below; a button
 * that was let go comes back softly. What was not there before, and with less movement asked
 * for, everything, comes at once. */
static void set_motion(struct ui *ui)
{
    char now[sizeof(ui->shown)];
    bool sheet = ui->sheet != NULL, first = !ui->shown[0];
    snprintf(now, sizeof(now), "%s/%s", ui->page.name, sheet ? ui->sheet->name : "");
    const struct ui_widget *w = ui_widget_find(ui, ui->in.released);
    struct ui_motion m = { .box = { 0, 0, ui->frame.look.w, ui->frame.look.h } };
    size_t page = strlen(ui->page.name) + 1;
    if (strncmp(now, ui->shown, page)) {
        m.ms = PAGE_MS;
        m.dx = ui->frame.look.rtl ? -ui_u(ui, SLIDE_U) : ui_u(ui, SLIDE_U);
    } else if (strcmp(now, ui->shown)) {
        m.ms = sheet ? SHEET_MS : PAGE_MS;
        m.dy = sheet ? ui_u(ui, SLIDE_U) : 0;
    } else if (w && !w->pressed) {
        m.ms = RELEASE_MS;
        m.box = ui_rect_inset(w->box, -ui_u(ui, 8));
    }
    if (!first && !ui->frame.look.still)
        ui->draw.motion = m;
    memcpy(ui->shown, now, sizeof(now));
    ui->in.released[0] = '\0';
}

enum err ui_finish(struct ui *ui)
{
    ui->wrong = ui->wrong || ui->depth != 1;
    if (ui->failed || !ui->root)
        return ERR_LIMIT;
    /* Keys of 12.7 mm leave a low canvas no room for large text over them. */
    if (ui->keyboard && ui_short(&ui->frame.look))
        ui->frame.look.large = false;
    choose_squeeze(ui);
    ui_arrange(ui, ui->root, body_box(ui));
    draw_all(ui);
    char before[UI_ID_MAX];
    memcpy(before, ui->in.focus, sizeof(before));
    keep_focus(ui);
    if (strcmp(before, ui->in.focus))
        draw_all(ui); /* the ring goes to another widget */
    check_inside(ui, 0);
    set_motion(ui);
    ui->in.stale = ui->in.fired = false;
    if (ui->failed || ui->draw.failed)
        return ERR_LIMIT;
    return ui->wrong ? ERR_INVAL : ERR_OK;
}

/* ---- reading ---- */

const struct ui_draw *ui_draw_list(const struct ui *ui)
{
    return &ui->draw;
}

const struct ui_look *ui_look(const struct ui *ui)
{
    return &ui->frame.look;
}

size_t ui_widget_count(const struct ui *ui)
{
    return ui->n_widgets;
}

const struct ui_widget *ui_widget_at(const struct ui *ui, size_t i)
{
    return i < ui->n_widgets ? &ui->widgets[i] : NULL;
}

const struct ui_widget *ui_widget_find(const struct ui *ui, const char *id)
{
    /* From the end: what lies on top of the page, as a sheet, comes last. */
    for (size_t i = ui->n_widgets; i-- > 0;)
        if (*id && !strcmp(ui->widgets[i].id, id))
            return &ui->widgets[i];
    return NULL;
}

const char *ui_page_name(const struct ui *ui)
{
    const char *name = ui->sheet ? ui->sheet->name : ui->page.name;
    return name ? name : "";
}

const char *ui_role_name(enum ui_role role)
{
    static const char *const names[UI_ROLE_COUNT] = {
        "text", "title", "button", "option", "field", "key", "notice", "picture", "qr", "timer",
        "sheet", "status",
    };
    return names[role];
}
