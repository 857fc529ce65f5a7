/*
 * The rules of the house on a finished page, A01 to A14 of the design and their
 * like. Written exceptions: disabled controls keep their own contrast (they are
 * exempt in WCAG too, and are avoided); a keyboard on a narrow canvas may stand
 * 4 mm from the edge, as its keys would be under 12.7 mm otherwise; keys carry a
 * symbol alone (shift, delete), as on every keyboard, and have a spoken name; an
 * empty field has its word in the label beside it. Where a canvas is too low for
 * large text over a keyboard the page keeps normal text (page.c), and is held to that.
 */
#include <string.h>

#include "ui/page.h"
#include "ui/tree.h"

struct lint {
    const struct ui *ui;
    const struct ui_look *look;
    struct buf *out;
    bool clean;
    double mm; /* per px */
};

static void say(struct lint *l, const struct ui_widget *w, const char *what, double got, double want)
{
    l->clean = false;
    buf_addf(l->out, "%s: %s: %s: %.2f, wanted %.2f\n", ui_page_name(l->ui),
             *w->id ? w->id : w->text, what, got, want);
}

static void check_text(struct lint *l, const struct ui_widget *w)
{
    if (w->clipped)
        say(l, w, "clipped", 1, 0);
    if (w->font_px == 0)
        return;
    double cap = ui_cap_mm(l->look, w->font_px);
    double least = l->look->large ? 6.7 : w->role == UI_ROLE_KEY ? 3.5 : 4.0;
    if (l->look->large && w->role == UI_ROLE_KEY)
        least = 3.5;
    if (cap < least - 0.01)
        say(l, w, "cap height mm", cap, least);
    double ratio = ui_contrast(w->fg, w->bg);
    double want = l->look->theme == UI_CONTRAST ? 10 : 7;
    if (w->disabled)
        want = 4.5;
    if (ratio < want)
        say(l, w, "contrast", ratio, want);
}

static void check_target(struct lint *l, const struct ui_widget *w)
{
    const struct ui_look *k = l->look;
    int least = ui_px_mm(k, 12.7);
    if (w->box.w < least || w->box.h < least)
        say(l, w, "target mm", (w->box.w < w->box.h ? w->box.w : w->box.h) * l->mm, 12.7);
    double edge = w->role == UI_ROLE_KEY ? 4.0 : 8.0;
    int x = w->box.x < k->w - w->box.x - w->box.w ? w->box.x : k->w - w->box.x - w->box.w;
    int y = k->h - w->box.y - w->box.h;
    y = w->box.y < y ? w->box.y : y;
    if ((x < y ? x : y) * l->mm < edge - 0.01)
        say(l, w, "mm from the edge", (x < y ? x : y) * l->mm, edge);
    if (!*w->text && w->role != UI_ROLE_FIELD)
        say(l, w, "no word", 0, 1);
    if (!*w->say)
        say(l, w, "nothing spoken", 0, 1);
    double above_floor = k->mount_bottom_mm + (k->h - w->box.y) * l->mm;
    if (k->mount_bottom_mm > 0 && above_floor > 1220 + 0.5)
        say(l, w, "mm above the floor", above_floor, 1220);
}

/* Distance of two boxes, px; under 0 where they overlap. */
static int distance(struct ui_rect a, struct ui_rect b)
{
    int dx = a.x < b.x ? b.x - a.x - a.w : a.x - b.x - b.w;
    int dy = a.y < b.y ? b.y - a.y - a.h : a.y - b.y - b.h;
    return dx > dy ? dx : dy;
}

static void check_gaps(struct lint *l, size_t i)
{
    const struct ui_widget *a = &l->ui->widgets[i];
    int least = ui_px_mm(l->look, 2.54);
    for (size_t j = i + 1; j < l->ui->n_widgets; j++) {
        const struct ui_widget *b = &l->ui->widgets[j];
        if (b->focus >= 0 && distance(a->box, b->box) < least - 1)
            say(l, b, "mm from another target", distance(a->box, b->box) * l->mm, 2.54);
    }
}

bool ui_lint(const struct ui *ui, struct buf *out)
{
    struct lint l = { ui, &ui->frame.look, out, true, ui_mm_per_px(&ui->frame.look) };
    for (size_t i = 0; i < ui->n_widgets; i++) {
        check_text(&l, &ui->widgets[i]);
        if (ui->widgets[i].focus < 0)
            continue;
        check_target(&l, &ui->widgets[i]);
        check_gaps(&l, i);
    }
    return l.clean;
}
