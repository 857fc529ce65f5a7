/* What the commands of a script do to the running kiosk. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "kiosk/driver.h"
#include "kiosk/driving.h"
#include "ui/tree.h"

#define CORNER_AT_MM 10.0
#define SLIDE_STEPS 8
#define FINGER 1
#define TAPS_MAX 10

/* ---- touching ---- */

static bool spot(const struct app *a, const char *id, int *ret_x, int *ret_y)
{
    if (strcmp(id, "corner") == 0) {
        *ret_x = *ret_y = ui_px_mm(&a->canvas, CORNER_AT_MM);
        return true;
    }
    const struct ui_widget *w = ui_widget_find(a->ui, id);
    if (!w || w->box.w == 0 || w->box.h == 0)
        return false;
    *ret_x = w->box.x + w->box.w / 2;
    *ret_y = w->box.y + w->box.h / 2;
    return true;
}

static void touch(struct driver *d, struct app *a, enum ui_phase phase)
{
    if (driver_taps(d))
        ui_touch_late(a->ui, clock_real_mono_ms());
    sdl_inject_touch(a->sdl, phase, FINGER, d->x, d->y);
    d->down = phase != UI_UP;
}

/* Lays the finger on a target that can fire: there, and its lock-out over. */
static enum outcome lay_on(struct driver *d, struct app *a, const char *id)
{
    if (!spot(a, id, &d->x, &d->y))
        return NOT_YET;
    if (strcmp(id, "corner") != 0 && ui_widget_find(a->ui, id)->disabled)
        return NOT_YET;
    int64_t until = ui_strike_until(a->ui, id), now = clock_real_mono_ms();
    if (until > now)
        return NOT_YET;
    if (strcmp(id, "corner") == 0)
        a->corner.first = now; /* its five taps belong together */
    touch(d, a, UI_DOWN);
    return GO_ON;
}

static enum outcome do_tap(struct driver *d, struct app *a, const char *id)
{
    if (d->by != BY_TOUCH && strcmp(id, "corner") != 0)
        return driver_walk(d, a, id);
    if (d->phase == 0) {
        enum outcome o = lay_on(d, a, id);
        d->phase = o == GO_ON;
        return o == GO_ON ? NOT_YET : o;
    }
    touch(d, a, UI_UP);
    return GO_ON;
}

/*
 * Taps until it led where it should; each tap has its own patience. The page stands still
 * between two looks (see driver_step), so that what came of a tap is seen before the next.
 */
static enum outcome do_tap_until(struct driver *d, struct app *a)
{
    if (d->phase == 0 && strcmp(ui_page_name(a->ui), driver_word(d, 1)) == 0)
        return GO_ON;
    if (d->phase == 0 && d->taps == TAPS_MAX)
        return BROKEN;
    enum outcome o = do_tap(d, a, driver_word(d, 0));
    if (o != GO_ON)
        return o;
    d->taps++;
    d->phase = d->steps = 0;
    d->since = clock_real_mono_ms();
    d->looks = 0;
    return NOT_YET;
}

/* From the middle of one to the middle of the other, finger down all the way. */
static enum outcome do_slide(struct driver *d, struct app *a)
{
    int x, y;

    if (!d->down) {
        enum outcome o = lay_on(d, a, driver_word(d, 0));
        if (o != GO_ON)
            return o;
    }
    if (!spot(a, driver_word(d, 1), &x, &y))
        return NOT_YET;
    int from_x = d->x, from_y = d->y;
    for (int i = 1; i <= SLIDE_STEPS; i++) {
        d->x = from_x + (x - from_x) * i / SLIDE_STEPS;
        d->y = from_y + (y - from_y) * i / SLIDE_STEPS;
        touch(d, a, UI_MOVE);
    }
    return GO_ON;
}

/* Keys that only turn the keyboard to another layer type nothing. */
static bool types_nothing(const char *id)
{
    static const char *const layers[] = { "key.shift", "key.accents", "key.accents2",
                                          "key.letters", "key.digits" };

    for (size_t i = 0; i < ARRAY_LEN(layers); i++)
        if (strcmp(id, layers[i]) == 0)
            return true;
    return false;
}

/* Strikes a key, in one step by keys or ears and in two by touch; GO_ON when it was struck. */
static enum outcome strike(struct driver *d, struct app *a, const char *id)
{
    if (d->by != BY_TOUCH)
        return driver_walk(d, a, id);
    enum outcome o = lay_on(d, a, id);
    if (o == GO_ON)
        touch(d, a, UI_UP);
    return o;
}

static enum outcome do_type(struct driver *d, struct app *a)
{
    char id[UI_ID_MAX];

    if (!d->typed)
        d->typed = driver_word(d, 0);
    if (!*d->typed)
        return GO_ON;
    if (!ui_key_for(a->ui, d->typed, id))
        return NOT_YET;
    enum outcome o = strike(d, a, id);
    if (o != GO_ON)
        return o;
    if (!types_nothing(id)) {
        const char *end = d->typed + strlen(d->typed);
        utf8_next(&d->typed, end);
    }
    d->steps = 0;
    d->since = clock_real_mono_ms(); /* patience is per key */
    d->looks = 0;
    return *d->typed ? NOT_YET : GO_ON;
}

static enum outcome do_by(struct driver *d)
{
    const char *word = driver_word(d, 0);

    d->by = strcmp(word, "keys") == 0 ? BY_KEYS : strcmp(word, "ears") == 0 ? BY_EARS : BY_TOUCH;
    return GO_ON;
}

static enum outcome do_key(struct driver *d, struct app *a)
{
    static const struct {
        const char *word;
        enum ui_key key;
    } keys[] = { { "next", UI_KEY_NEXT }, { "prev", UI_KEY_PREV }, { "select", UI_KEY_SELECT },
                 { "back", UI_KEY_BACK } };

    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (strcmp(driver_word(d, 0), keys[i].word) == 0)
            sdl_inject_key(a->sdl, keys[i].key);
    return GO_ON;
}

/* ---- time ---- */

/* Moves the simulated clock from deadline to deadline, so that they fire in order. */
static void advance(struct app *a, int64_t ms)
{
    struct clock *clock = a->setup->clock;
    int64_t end = app_mono(a) + ms;

    while (!a->quit && app_mono(a) < end) {
        int64_t next = rest_next(a), now = app_mono(a);
        if (next <= now)
            next = now + 1; /* a deadline that was not met does not hold up time */
        clock_advance(clock, (next < end ? next : end) - now);
        app_time(a);
    }
}

static enum outcome do_advance(struct driver *d, struct app *a, const struct command *c)
{
    (void)d;
    if (!a->setup->clock->simulated)
        return BROKEN;
    advance(a, c->ms);
    a->dirty = true;
    return GO_ON;
}

/* ---- files and names ---- */

static enum outcome do_shot(struct driver *d, struct app *a)
{
    return sdl_shot(a->sdl, driver_word(d, 0)) == ERR_OK ? GO_ON : BROKEN;
}

static enum outcome do_tree(struct driver *d, struct app *a)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(1024 * 1024);

    ui_tree_json(a->ui, &b);
    FILE *f = b.failed ? NULL : fopen(driver_word(d, 0), "we");
    if (!f)
        return BROKEN;
    bool ok = fwrite(buf_str(&b), 1, b.n, f) == b.n;
    return fclose(f) == 0 && ok ? GO_ON : BROKEN;
}

static enum outcome do_set(struct driver *d, struct app *a)
{
    const struct ui_widget *w = ui_widget_find(a->ui, driver_word(d, 1));
    size_t i = 0;

    if (!w)
        return NOT_YET;
    while (i < d->n_kept && strcmp(d->kept[i].name, driver_word(d, 0)) != 0)
        i++;
    if (i == DRIVER_NAMES_MAX || strlen(driver_word(d, 0)) >= sizeof(d->kept[i].name))
        return BROKEN;
    char *text = driver_plain(w->text);
    if (!text)
        return BROKEN;
    mem_free(d->kept[i].text);
    snprintf(d->kept[i].name, sizeof(d->kept[i].name), "%s", driver_word(d, 0));
    d->kept[i].text = text;
    d->n_kept += i == d->n_kept;
    return GO_ON;
}

enum outcome driver_do(struct driver *d, struct app *a, const struct command *c)
{
    switch (c->verb) {
    case DO_TAP:
        return do_tap(d, a, driver_word(d, 0));
    case DO_TAP_UNTIL:
        return do_tap_until(d, a);
    case DO_PRESS:
        return lay_on(d, a, driver_word(d, 0));
    case DO_SLIDE:
        return do_slide(d, a);
    case DO_LIFT:
        touch(d, a, UI_UP);
        return GO_ON;
    case DO_TYPE:
        return do_type(d, a);
    case DO_KEY:
        return do_key(d, a);
    case DO_SCAN:
        sdl_inject_text(a->sdl, driver_word(d, 0));
        return GO_ON;
    case DO_PLUG:
        voice_plug(&a->voice, strcmp(driver_word(d, 0), "in") == 0);
        app_time(a);
        a->dirty = true;
        return GO_ON;
    case DO_BY:
        return do_by(d);
    case DO_WAIT:
        return clock_real_mono_ms() >= d->since + c->ms ? GO_ON : NOT_YET;
    case DO_ADVANCE:
        return do_advance(d, a, c);
    case DO_SHOT:
        return do_shot(d, a);
    case DO_TREE:
        return do_tree(d, a);
    case DO_SET:
        return do_set(d, a);
    case EXPECT_SCREEN:
    case EXPECT_LANG:
    case EXPECT_FOCUS:
    case EXPECT_TEXT:
    case EXPECT_NO_TEXT:
    case EXPECT_SAY:
    case EXPECT_NO_SAY:
    case EXPECT_ID_TEXT:
        return driver_expect(d, a, c->verb);
    case VERB_COUNT:
        break;
    }
    return BROKEN;
}

