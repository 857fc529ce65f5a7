/* Finding the way to a target without touching: by the keys next, prev and select. */
#include <string.h>

#include "base/mem.h"
#include "kiosk/driving.h"
#include "ui/tree.h"

#define ROUND_TRIP 2 /* presses over the number of targets: the first only shows the focus */

static const struct ui_widget *focused(const struct app *a)
{
    const char *id = ui_focus(a->ui);
    const struct ui_widget *w = id ? ui_widget_find(a->ui, id) : NULL;

    return w && w->focus >= 0 ? w : NULL;
}

static int targets(const struct app *a)
{
    int n = 0;

    for (size_t i = 0; i < ui_widget_count(a->ui); i++)
        n += ui_widget_at(a->ui, i)->focus >= 0;
    return n;
}

/* The shorter way round. */
static enum ui_key towards(const struct app *a, const struct ui_widget *to)
{
    const struct ui_widget *from = focused(a);

    if (!from)
        return UI_KEY_NEXT;
    int n = targets(a), ahead = (to->focus - from->focus + n) % n;
    return ahead * 2 <= n ? UI_KEY_NEXT : UI_KEY_PREV;
}

/* Another target says the very same: by ear one cannot tell which it is. The keyboard is a
 * place of its own: its "next" may be called as the page's, as both go on. */
static bool ambiguous(const struct app *a, const struct ui_widget *w)
{
    for (size_t i = 0; i < ui_widget_count(a->ui); i++) {
        const struct ui_widget *other = ui_widget_at(a->ui, i);
        if (other != w && other->focus >= 0 && strcmp(other->say, w->say) == 0 &&
            (other->role == UI_ROLE_KEY) == (w->role == UI_ROLE_KEY))
            return true;
    }
    return false;
}

/* Somebody who only hears knows where the focus stands. */
static bool known_by_ear(const struct app *a, const struct ui_widget *w)
{
    return *w->say && driver_heard(a, w->say) && !ambiguous(a, w);
}

enum outcome driver_walk(struct driver *d, struct app *a, const char *id)
{
    const struct ui_widget *to = ui_widget_find(a->ui, id);

    if (!to || to->focus < 0 || to->disabled || ui_strike_until(a->ui, id) > clock_real_mono_ms())
        return NOT_YET;
    if (focused(a) == to) {
        if (d->by == BY_EARS && !known_by_ear(a, to))
            return BROKEN;
        sdl_inject_key(a->sdl, UI_KEY_SELECT);
        return GO_ON;
    }
    if (d->steps++ > targets(a) + ROUND_TRIP)
        return BROKEN; /* the focus is trapped */
    sdl_inject_key(a->sdl, towards(a, to));
    return NOT_YET;
}
