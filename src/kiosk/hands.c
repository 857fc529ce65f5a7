#include "kiosk/inside.h"

#include <string.h>

#define CORNER_MM 20.0
#define CORNER_MS 3000

bool hands_typing(const struct app *a)
{
    size_t n = ui_widget_count(a->ui);

    for (size_t i = 0; i < n; i++)
        if (ui_widget_at(a->ui, i)->role == UI_ROLE_KEY)
            return true;
    return false;
}

static void touched(struct app *a)
{
    a->touched = app_mono(a);
    a->fresh = false;
}

void hands_act(struct app *a, const struct ui_action *action)
{
    if (action->kind == UI_NOTHING || a->pending_at != 0)
        return;
    touched(a);
    voice_tick(&a->voice, &a->session);
    if (action->kind == UI_TYPE || action->kind == UI_ERASE)
        voice_typed(&a->voice, action);
    session_now(&a->session, app_mono(a));
    stack_go(a, screen_act(stack_top(a), &a->session, action));
    a->look = true;
}

/* Five taps in the top left corner within three seconds: the way in for staff, from every page. */
static bool corner(struct app *a, const struct ui_pointer *p)
{
    int side = ui_px_mm(&a->canvas, CORNER_MM);

    if (p->phase != UI_DOWN)
        return false;
    if (p->x >= side || p->y >= side || p->ms - a->corner.first > CORNER_MS)
        a->corner.n = 0;
    if (p->x >= side || p->y >= side)
        return false;
    if (a->corner.n == 0)
        a->corner.first = p->ms;
    if (++a->corner.n < CORNER_TAPS)
        return false;
    visit_end(a);
    a->fresh = false;
    stack_go(a, nav_only(&scr_staff));
    return true;
}

/* What several hands do between two pictures is judged one after the other, each by the page as
 * the one before left it: a second letter is no capital. */
static void catch_up(struct app *a)
{
    if (a->unseen || ui_outdated(a->ui))
        app_describe(a);
}

static struct ui_action tap_of(const char *id)
{
    struct ui_action tap = { .kind = UI_TAP };

    memcpy(tap.id, id, strlen(id) + 1);
    return tap;
}

static void pointer(struct app *a, const struct ui_pointer *p)
{
    if (corner(a, p) || a->unseen) /* nobody can mean what has not been shown */
        return;
    catch_up(a);
    if (p->phase == UI_DOWN) {
        a->touched = app_mono(a);
        voice_hush(&a->voice);
    }
    const char *any = stack_top(a)->any_touch;
    struct ui_action action = { .kind = UI_NOTHING };
    if (!any)
        action = ui_touch(a->ui, p);
    else if (p->phase == UI_UP)
        action = tap_of(any);
    hands_act(a, &action);
}

/* Where there is no way back, the key for it reads the page once more: a number, help. */
static void repeat(struct app *a)
{
    a->session.say_again = a->session.prefs.speak;
    a->dirty = true;
}

static void key(struct app *a, const struct sdl_event *ev)
{
    if (ev->text[0] && scanner_busy(&a->scanner, ev->ms)) {
        scanner_add(&a->scanner, ev->text, ev->ms);
        return;
    }
    catch_up(a);
    touched(a);
    voice_hush(&a->voice);
    struct ui_action action = ui_press(a->ui, ev->key, ev->ms);
    if (ev->key == UI_KEY_BACK && action.kind == UI_NOTHING)
        repeat(a);
    hands_act(a, &action);
}

void hands_scanned(struct app *a)
{
    struct ui_action type = { .kind = UI_TYPE, .id = "key" };

    if (scanner_is_scan(&a->scanner)) {
        touched(a);
        session_now(&a->session, app_mono(a));
        stack_go(a, screen_scan(stack_top(a), &a->session, a->scanner.text));
        a->look = true;
    } else if (hands_typing(a)) {
        const char *next = a->scanner.text;
        while (scanner_next(&next, type.text, sizeof(type.text))) {
            type.kind = strcmp(type.text, "\b") == 0 ? UI_ERASE : UI_TYPE;
            hands_act(a, &type);
        }
    }
    scanner_wipe(&a->scanner);
}

/* Something was felt: the screen is not broken after all. */
static void feel(struct app *a, const struct sdl_event *ev)
{
    bool hand = ev->kind == SDL_EV_POINTER || ev->kind == SDL_EV_KEY || ev->kind == SDL_EV_TEXT;

    if (!hand || !glass_felt(&a->glass))
        return;
    a->host.numb = false;
    visit_mend(a);
}

void hands_event(struct app *a, const struct sdl_event *ev)
{
    feel(a, ev);
    switch (ev->kind) {
    case SDL_EV_NONE:
        break;
    case SDL_EV_POINTER:
        pointer(a, &ev->pointer);
        break;
    case SDL_EV_KEY:
        key(a, ev);
        break;
    case SDL_EV_TEXT:
        scanner_add(&a->scanner, ev->text, ev->ms);
        break;
    case SDL_EV_EXPOSE:
        sdl_expose(a->sdl);
        a->dirty = true;
        break;
    case SDL_EV_WAKE:
        a->look = true;
        break;
    case SDL_EV_QUIT:
        a->quit = true;
        break;
    }
}
