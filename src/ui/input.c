/*
 * Fingers and keys become actions. The rules are in ui/input.h.
 */
#include "ui/input.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ui/page.h"

/* ---- targets ---- */

static const struct ui_widget *target_at(const struct ui *ui, int x, int y)
{
    for (size_t i = ui->n_widgets; i-- > 0;) {
        const struct ui_widget *w = &ui->widgets[i];
        if (w->focus >= 0 && ui_rect_has(w->box, x, y))
            return w;
    }
    return NULL;
}

static const struct ui_widget *target_of(const struct ui *ui, const char *id)
{
    const struct ui_widget *w = ui_widget_find(ui, id);
    return w && w->focus >= 0 ? w : NULL;
}

static int64_t strike_ms(const struct ui *ui, const char *id)
{
    if (ui->frame.look.steady)
        return UI_STRIKE_STEADY_MS;
    return !strncmp(id, "key.", 4) ? UI_STRIKE_KEY_MS : UI_STRIKE_MS;
}

int64_t ui_strike_until(const struct ui *ui, const char *id)
{
    if (!*id || strcmp(ui->in.last_id, id))
        return 0;
    return ui->in.last_ms + strike_ms(ui, id);
}

/* Sets off a target, unless it was just set off or cannot be used now. */
static struct ui_action fire(struct ui *ui, const char *id, int64_t ms)
{
    struct ui_action a = { .kind = UI_NOTHING };
    const struct ui_widget *w = target_of(ui, id);
    ui->in.stale = true;
    if (!w || w->disabled || ms < ui_strike_until(ui, id))
        return a;
    ui->in.fired = true;
    snprintf(ui->in.last_id, sizeof(ui->in.last_id), "%s", id);
    ui->in.last_ms = ms;
    if (ui_keyboard_action(ui, id, &a))
        return a;
    if (!strcmp(id, "page.more")) {
        ui->in.part++; /* past the last one it is the first again */
        return a;
    }
    a.kind = UI_TAP;
    snprintf(a.id, sizeof(a.id), "%s", id);
    return a;
}

/* ---- fingers ---- */

static struct ui_finger *find_finger(struct ui *ui, int64_t id)
{
    for (size_t i = 0; i < ui->in.n_fingers; i++)
        if (ui->in.fingers[i].id == id)
            return &ui->in.fingers[i];
    return NULL;
}

static void drop_finger(struct ui *ui, struct ui_finger *f)
{
    *f = ui->in.fingers[--ui->in.n_fingers];
    mem_wipe(&ui->in.fingers[ui->in.n_fingers], sizeof(*f));
    ui->in.stale = true;
}

static void ignore_all(struct ui *ui)
{
    for (size_t i = 0; i < ui->in.n_fingers; i++)
        ui->in.fingers[i].ignored = true;
    ui->in.stale = true;
}

static bool at_edge(const struct ui *ui, int x, int y)
{
    const struct ui_look *look = &ui->frame.look;
    int edge = (int)(UI_EDGE_MM / ui_mm_per_px(look));
    return x < edge || y < edge || x >= look->w - edge || y >= look->h - edge;
}

/* A second finger on the keyboard commits the key under the first: two thumbs. */
static struct ui_action commit_first(struct ui *ui, int64_t ms)
{
    for (size_t i = 0; i < ui->in.n_fingers; i++) {
        struct ui_finger *f = &ui->in.fingers[i];
        if (f->ignored || !f->inside || strncmp(f->target, "key.", 4))
            continue;
        f->ignored = true; /* its lift does nothing more */
        return fire(ui, f->target, ms);
    }
    return (struct ui_action){ .kind = UI_NOTHING };
}

static struct ui_action finger_down(struct ui *ui, const struct ui_pointer *p)
{
    struct ui_action a = { .kind = UI_NOTHING };
    if (find_finger(ui, p->finger) || ui->in.n_fingers == UI_FINGERS)
        return a; /* DOWN twice: the panel stutters */
    struct ui_finger *f = &ui->in.fingers[ui->in.n_fingers++];
    *f = (struct ui_finger){ .id = p->finger, .ms = p->ms, .down_ms = p->ms };
    ui->in.show_focus = false;
    ui->in.stale = true;
    if (ui->in.n_fingers > UI_CONTACTS_MAX) {
        ignore_all(ui);
        return a;
    }
    const struct ui_widget *w = target_at(ui, p->x, p->y);
    if (*ui->in.popup && (!w || strncmp(w->id, "key.", 4))) {
        ui->in.popup[0] = '\0'; /* beside the accents: they close */
        f->ignored = true;
        return a;
    }
    if (at_edge(ui, p->x, p->y) || !w) {
        f->ignored = true;
        return a;
    }
    snprintf(f->target, sizeof(f->target), "%s", w->id);
    f->inside = true;
    if (!strncmp(w->id, "key.", 4)) {
        f->ignored = true; /* not to be found as the first itself */
        a = commit_first(ui, p->ms);
        f->ignored = false;
    } else if (ui->in.n_fingers > 1) {
        f->ignored = true; /* one button at a time */
    }
    return a;
}

static void finger_move(struct ui *ui, struct ui_finger *f, const struct ui_pointer *p)
{
    f->ms = p->ms;
    const struct ui_widget *w = f->ignored ? NULL : target_of(ui, f->target);
    bool inside = w && ui_rect_has(w->box, p->x, p->y);
    if (inside != f->inside)
        ui->in.stale = true;
    f->inside = inside;
    if (!inside)
        f->ignored = true; /* slid off: it does not come back */
}

static struct ui_action finger_up(struct ui *ui, struct ui_finger *f, const struct ui_pointer *p)
{
    finger_move(ui, f, p);
    char id[UI_ID_MAX];
    memcpy(id, f->target, sizeof(id));
    bool live = !f->ignored && f->inside;
    if (live)
        memcpy(ui->in.released, id, sizeof(id));
    drop_finger(ui, f);
    return live ? fire(ui, id, p->ms) : (struct ui_action){ .kind = UI_NOTHING };
}

struct ui_action ui_touch(struct ui *ui, const struct ui_pointer *p)
{
    ui_tick(ui, p->ms);
    if (p->phase == UI_DOWN)
        return finger_down(ui, p);
    struct ui_finger *f = find_finger(ui, p->finger);
    if (!f)
        return (struct ui_action){ .kind = UI_NOTHING };
    if (p->phase == UI_UP)
        return finger_up(ui, f, p);
    if (p->phase == UI_CANCEL)
        drop_finger(ui, f);
    else
        finger_move(ui, f, p);
    return (struct ui_action){ .kind = UI_NOTHING };
}

/* ---- time ---- */

static bool may_open(const struct ui *ui, const struct ui_finger *f)
{
    return !f->ignored && f->inside && !*ui->in.popup && !strncmp(f->target, "key.", 4) &&
           f->target[4] && (f->target[5] == '\0');
}

void ui_tick(struct ui *ui, int64_t ms)
{
    ui->in.now = ms;
    for (size_t i = 0; i < ui->in.n_fingers;) {
        struct ui_finger *f = &ui->in.fingers[i];
        if (ms - f->ms >= UI_STUCK_MS) {
            drop_finger(ui, f);
            continue;
        }
        if (may_open(ui, f) && ms - f->down_ms >= UI_LONG_PRESS_MS &&
            ui_keyboard_accents(ui, f->target)) {
            f->ignored = true; /* lifting types nothing: a form is to be chosen */
            ui->in.stale = true;
        }
        i++;
    }
}

void ui_touch_late(struct ui *ui, int64_t ms)
{
    for (size_t i = 0; i < ui->in.n_fingers; i++)
        ui->in.fingers[i].ms = ui->in.fingers[i].down_ms = ms;
}

int64_t ui_next_tick(const struct ui *ui)
{
    int64_t next = -1;
    for (size_t i = 0; i < ui->in.n_fingers; i++) {
        const struct ui_finger *f = &ui->in.fingers[i];
        int64_t at = f->ms + UI_STUCK_MS;
        if (may_open(ui, f) && f->down_ms + UI_LONG_PRESS_MS > ui->in.now)
            at = f->down_ms + UI_LONG_PRESS_MS;
        next = next < 0 || at < next ? at : next;
    }
    return next;
}

bool ui_stale(const struct ui *ui)
{
    return ui->in.stale;
}

bool ui_outdated(const struct ui *ui)
{
    return ui->in.fired;
}

void ui_reset(struct ui *ui)
{
    mem_wipe(&ui->in, sizeof(ui->in));
    ui->in.stale = true;
}

/* ---- four keys ---- */

static int focus_count(const struct ui *ui)
{
    return ui->n_focus;
}

static const struct ui_widget *by_focus(const struct ui *ui, int focus)
{
    for (size_t i = 0; i < ui->n_widgets; i++)
        if (ui->widgets[i].focus == focus)
            return &ui->widgets[i];
    return NULL;
}

static void move_focus(struct ui *ui, int step)
{
    int n = focus_count(ui);
    if (n == 0)
        return;
    const struct ui_widget *now = target_of(ui, ui->in.focus);
    int at = now ? now->focus : 0;
    if (now && ui->in.show_focus)
        at = (at + step + n) % n;
    const struct ui_widget *to = by_focus(ui, at);
    if (to)
        snprintf(ui->in.focus, sizeof(ui->in.focus), "%s", to->id);
}

static struct ui_action press_back(struct ui *ui, int64_t ms)
{
    if (*ui->in.popup) {
        ui->in.popup[0] = '\0';
        ui->in.stale = true;
        return (struct ui_action){ .kind = UI_NOTHING };
    }
    const char *id = ui->sheet ? ui->sheet->back : "nav.back";
    return target_of(ui, id) ? fire(ui, id, ms) : (struct ui_action){ .kind = UI_NOTHING };
}

struct ui_action ui_press(struct ui *ui, enum ui_key key, int64_t ms)
{
    struct ui_action none = { .kind = UI_NOTHING };
    ui_tick(ui, ms);
    ui->in.stale = true;
    if (key == UI_KEY_BACK)
        return press_back(ui, ms);
    if (key == UI_KEY_SELECT && ui->in.show_focus)
        return fire(ui, ui->in.focus, ms);
    move_focus(ui, key == UI_KEY_PREV ? -1 : key == UI_KEY_NEXT ? 1 : 0);
    ui->in.show_focus = true;
    return none;
}

const char *ui_focus(const struct ui *ui)
{
    return ui->in.show_focus && *ui->in.focus ? ui->in.focus : NULL;
}

void ui_set_focus(struct ui *ui, const char *id)
{
    snprintf(ui->in.focus, sizeof(ui->in.focus), "%s", id ? id : "");
    ui->in.stale = true;
}
