#include "kiosk/inside.h"

#include "base/log.h"

#define SHOW_MS 200

const struct screen *stack_top(const struct app *a)
{
    return a->stack[a->depth - 1];
}

const struct screen *stack_below(const struct app *a)
{
    size_t i = a->depth - 1;

    if (!a->stack[i]->sheet)
        return NULL;
    while (i > 0 && a->stack[i]->sheet)
        i--;
    return a->stack[i];
}

/* The page on top is there, new or again: it reads what it shows. */
static void arrive(struct app *a, bool forward)
{
    const struct screen *top = stack_top(a);

    session_now(&a->session, app_mono(a));
    if (forward && top->enter)
        top->enter(&a->session);
    stack_refresh(a);
    ui_reset(a->ui);
    a->dirty = a->unseen = true;
}

void stack_refresh(struct app *a)
{
    const struct screen *top = stack_top(a), *below = stack_below(a);
    enum err e = ERR_OK;

    a->minute = a->session.minute;
    if (below && below->load)
        e = below->load(&a->session);
    if (e == ERR_OK && top->load)
        e = top->load(&a->session);
    a->dirty = true;
    if (e == ERR_OK)
        return;
    log_error("kiosk.load", e, top->name);
    /* A busy moment passes; the page stands as it was. */
    if (e != ERR_BUSY && e != ERR_TIMEOUT && top != &scr_out_of_order)
        visit_fault(a);
}

static void push(struct app *a, const struct screen *to)
{
    if (a->depth == STACK_MAX) { /* round and round: forget the oldest way back */
        for (size_t i = 1; i < STACK_MAX; i++)
            a->stack[i - 1] = a->stack[i];
        a->depth--;
    }
    a->stack[a->depth++] = to;
}

static void back(struct app *a)
{
    if (a->depth > 1) {
        a->depth--;
        arrive(a, false);
    } else {
        visit_end(a); /* nothing behind: the first page */
    }
}

static void back_to(struct app *a, const struct screen *to)
{
    for (size_t i = a->depth - 1; i > 0; i--)
        if (a->stack[i - 1] == to) {
            a->depth = i;
            arrive(a, false);
            return;
        }
    a->stack[a->depth - 1] = to;
    arrive(a, true);
}

static void carry_out(struct app *a, struct nav n)
{
    switch (n.kind) {
    case NAV_PASS:
    case NAV_STAY:
        a->dirty = true;
        break;
    case NAV_TO:
        push(a, n.to);
        arrive(a, true);
        break;
    case NAV_SWAP:
        a->stack[a->depth - 1] = n.to;
        arrive(a, true);
        break;
    case NAV_ONLY:
        a->stack[0] = n.to;
        a->depth = 1;
        arrive(a, true);
        break;
    case NAV_BACK:
        back(a);
        break;
    case NAV_BACK_TO:
        back_to(a, n.to);
        break;
    case NAV_END:
        visit_end(a);
        break;
    case NAV_FAULT:
        visit_fault(a);
        break;
    case NAV_RESTART:
        visit_end(a);
        a->quit = true;
        break;
    }
}

void stack_go(struct app *a, struct nav n)
{
    if (n.show && n.kind != NAV_STAY && !a->session.prefs.still) {
        a->pending = n;
        a->pending_at = clock_real_mono_ms() + SHOW_MS;
        a->dirty = true;
        return;
    }
    carry_out(a, n);
}

void stack_settle(struct app *a, int64_t real_ms)
{
    if (a->pending_at == 0 || real_ms < a->pending_at)
        return;
    a->pending_at = 0;
    carry_out(a, a->pending);
}

void stack_home(struct app *a)
{
    session_now(&a->session, app_mono(a));
    a->stack[0] = screen_home(&a->session);
    a->depth = 1;
    arrive(a, true);
}
