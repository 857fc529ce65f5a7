/*
 * The window: its surface, painting of what changed, and the way of events.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL.h>
#include <SDL_image.h>

#include "base/clock.h"
#include "base/mem.h"
#include "sdl/canvas.h"
#include "sdl/inputs.h"
#include "sdl/motion.h"
#include "sdl/pictures.h"
#include "sdl/sdl.h"
#include "sdl/textcache.h"
#include "sdl/turn.h"

struct sdl {
    SDL_Window *window;
    SDL_Surface *own; /* painted on where the window's pixels have another form or lie turned; else NULL */
    int turned;       /* degrees, see turn.h */
    struct sdl_fonts *fonts;
    struct textcache *texts;
    struct ui_metrics metrics;
    struct shapes shapes;
    struct pictures pictures;
    struct ui_diff diff;
    struct motion motion;
    bool moves;
    bool all;          /* paint everything next time */
    Uint32 wake_event; /* its type */
    Uint32 no_event;   /* type of what only lies over events that were taken */
    bool typed;        /* something was, since the last wipe */
    struct inputs *inputs; /* where SDL cannot wait itself; else NULL */
    bool video;
};

static struct ui_extent measure(void *ctx, struct ui_font font, bool rtl, const char *s, size_t n)
{
    return textcache_extent(ctx, font, rtl, s, n);
}

/* Before SDL_Init: no software OpenGL behind the window, no compose table, no
 * session bus, no second event for a touch. */
static void set_hints(const struct sdl_setup *setup)
{
    setenv("XCOMPOSEFILE", "/dev/null", 1);
    setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", 1);
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "0");
    SDL_SetHint(SDL_HINT_APP_NAME, setup->title ? setup->title : "Dynamo");
}

static enum err fail(const char *what)
{
    fprintf(stderr, "sdl: %s: %s\n", what, SDL_GetError());
    return ERR_IO;
}

static enum err open_window(struct sdl *s, const struct sdl_setup *setup)
{
    if (SDL_InitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS) != 0)
        return fail("no display");
    s->video = true;
    int w = setup->w, h = setup->h;
    Uint32 flags = setup->windowed ? 0 : SDL_WINDOW_BORDERLESS;
    SDL_DisplayMode mode;
    if (turn_lies(setup->turned)) {
        w = setup->h;
        h = setup->w;
    }
    if (w == 0 || h == 0) {
        if (SDL_GetDesktopDisplayMode(0, &mode) != 0)
            return fail("no display");
        w = mode.w;
        h = mode.h;
        flags = setup->windowed ? 0 : SDL_WINDOW_FULLSCREEN_DESKTOP;
    }
    const char *title = setup->title ? setup->title : "Dynamo";
    s->window = SDL_CreateWindow(title, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED, w, h, flags);
    if (!s->window)
        return fail("no window");
    if (!setup->cursor)
        SDL_ShowCursor(SDL_DISABLE);
    s->wake_event = SDL_RegisterEvents(2);
    s->no_event = s->wake_event + 1;
    SDL_StartTextInput();
    return ERR_OK;
}

/* The pixels are 0xXXRRGGBB. */
static bool ours(const SDL_Surface *win)
{
    const SDL_PixelFormat *f = win->format;
    return f->BytesPerPixel == 4 && f->Rmask == 0xFF0000 && f->Gmask == 0xFF00 && f->Bmask == 0xFF;
}

static enum err can_turn(struct sdl *s)
{
    const SDL_Surface *win = SDL_GetWindowSurface(s->window);
    if (win && !ours(win))
        SDL_SetError("a picture is turned only where pixels have 32 bits");
    return win && ours(win) ? ERR_OK : fail("no turned picture");
}

/* Without it SDL looks at every device each millisecond, as it would have done. */
static void wait_for_inputs(struct sdl *s)
{
    if (inputs_create("/dev/input", &s->inputs) != ERR_OK)
        fprintf(stderr, "sdl: no waiting for input devices\n");
}

enum err sdl_create(const struct sdl_setup *setup, struct sdl **ret_sdl)
{
    bool sizes = setup->w >= 0 && setup->h >= 0 && setup->w <= 7680 && setup->h <= 7680;
    if (!sizes || !turn_known(setup->turned))
        return ERR_INVAL;
    CLEANUP(sdl_destroyp) struct sdl *s = mem_calloc(1, sizeof(*s));
    if (!s)
        return ERR_NOMEM;
    s->turned = setup->turned;
    set_hints(setup);
    enum err e = open_window(s, setup);
    if (e == ERR_OK && s->turned != 0)
        e = can_turn(s);
    if (e == ERR_OK && !strcmp(SDL_GetCurrentVideoDriver(), "KMSDRM"))
        wait_for_inputs(s);
    if (e == ERR_OK)
        e = sdl_fonts_create(setup->font_dir, &s->fonts);
    if (e == ERR_OK)
        e = textcache_create(s->fonts, &s->texts);
    if (e != ERR_OK)
        return e;
    s->metrics = (struct ui_metrics){ s->texts, measure };
    s->all = true;
    s->moves = setup->moves;
    *ret_sdl = TAKE(s);
    return ERR_OK;
}

void sdl_destroy(struct sdl *s)
{
    if (!s)
        return;
    textcache_destroy(s->texts);
    sdl_fonts_destroy(s->fonts);
    shapes_done(&s->shapes);
    pictures_done(&s->pictures);
    ui_diff_done(&s->diff);
    motion_wipe(&s->motion);
    inputs_destroy(s->inputs);
    SDL_FreeSurface(s->own);
    if (s->window)
        SDL_DestroyWindow(s->window);
    if (s->video) {
        IMG_Quit();
        SDL_QuitSubSystem(SDL_INIT_VIDEO | SDL_INIT_EVENTS);
        SDL_Quit();
    }
    mem_free(s);
}

void sdl_destroyp(struct sdl **s)
{
    sdl_destroy(*s);
    *s = NULL;
}

void sdl_size(const struct sdl *s, int *ret_w, int *ret_h)
{
    bool lies = turn_lies(s->turned);
    SDL_GetWindowSize(s->window, lies ? ret_h : ret_w, lies ? ret_w : ret_h);
}

const struct ui_metrics *sdl_metrics(struct sdl *s)
{
    return &s->metrics;
}

bool sdl_waits(const struct sdl *s)
{
    (void)s;
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && (!strcmp(driver, "x11") || !strcmp(driver, "wayland"));
}

int sdl_touch_devices(const struct sdl *s)
{
    (void)s;
    return SDL_GetNumTouchDevices();
}

/* ---- painting ---- */

/* The surface to paint on: the window's own where its pixels are ours and upright. */
static SDL_Surface *target(struct sdl *s)
{
    SDL_Surface *win = SDL_GetWindowSurface(s->window);
    if (!win || (s->turned == 0 && ours(win)))
        return win;
    int w = turn_lies(s->turned) ? win->h : win->w, h = turn_lies(s->turned) ? win->w : win->h;
    if (s->own && (s->own->w != w || s->own->h != h)) {
        SDL_FreeSurface(s->own);
        s->own = NULL;
    }
    if (!s->own)
        s->own = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    return s->own;
}

static void paint_text(struct sdl *s, const struct canvas *c, const struct ui_draw *list,
                       const struct ui_draw_cmd *cmd)
{
    struct mask m;
    int ascent = 0;
    if (textcache_mask(s->texts, cmd->font, cmd->rtl, ui_draw_bytes(list, cmd), cmd->n, &m, &ascent))
        canvas_mask(c, cmd->x, cmd->baseline - ascent, &m, cmd->colour);
}

static void paint_round(struct sdl *s, const struct canvas *c, const struct ui_draw_cmd *cmd)
{
    if (cmd->line <= 0) {
        canvas_round(c, &s->shapes, cmd->box, cmd->radius, cmd->colour);
        return;
    }
    canvas_round(c, &s->shapes, cmd->box, cmd->radius, cmd->edge);
    int inner = cmd->radius > cmd->line ? cmd->radius - cmd->line : 0;
    canvas_round(c, &s->shapes, ui_rect_inset(cmd->box, cmd->line), inner, cmd->colour);
}

static void paint_cmd(struct sdl *s, const struct canvas *c, const struct ui_draw *list,
                      const struct ui_draw_cmd *cmd)
{
    switch (cmd->kind) {
    case UI_DRAW_FILL:
        canvas_fill(c, cmd->box, cmd->colour);
        break;
    case UI_DRAW_ROUND:
        paint_round(s, c, cmd);
        break;
    case UI_DRAW_SHADOW:
        canvas_shadow(c, &s->shapes, cmd);
        break;
    case UI_DRAW_TEXT:
        paint_text(s, c, list, cmd);
        break;
    case UI_DRAW_ICON:
        pictures_icon(&s->pictures, c, ui_draw_bytes(list, cmd), cmd->box, cmd->colour);
        break;
    case UI_DRAW_MODULES:
        canvas_modules(c, cmd, (const uint8_t *)ui_draw_bytes(list, cmd));
        break;
    case UI_DRAW_ARC:
        canvas_arc(c, cmd);
        break;
    }
}

static struct canvas canvas_of(SDL_Surface *to)
{
    return (struct canvas){ .px = to->pixels, .w = to->w, .h = to->h, .pitch = to->pitch / 4 };
}

static bool holds(struct ui_rect box, struct ui_rect r)
{
    return r.x >= box.x && r.y >= box.y && r.x + r.w <= box.x + box.w && r.y + r.h <= box.y + box.h;
}

/* Whether nothing painted before it can be seen in r. */
static bool hides(const struct ui_draw_cmd *cmd, struct ui_rect r)
{
    if (cmd->colour >> 24 != 0xFF)
        return false;
    if (cmd->kind == UI_DRAW_FILL)
        return holds(cmd->box, r);
    return cmd->kind == UI_DRAW_ROUND && cmd->line <= 0 &&
           holds(ui_rect_inset(cmd->box, cmd->radius), r);
}

static void paint_rect(struct sdl *s, struct canvas c, const struct ui_draw *list, struct ui_rect r)
{
    size_t first = list->n;
    c.clip = ui_rect_cut(r, (struct ui_rect){ 0, 0, c.w, c.h });
    while (first > 0 && !hides(&list->v[first - 1], c.clip))
        first--;
    for (size_t i = first > 0 ? first - 1 : 0; i < list->n; i++) {
        struct ui_rect hit = ui_rect_cut(list->v[i].box, c.clip);
        if (hit.w > 0 && hit.h > 0)
            paint_cmd(s, &c, list, &list->v[i]);
    }
}

/* One rectangle of what was painted aside comes into the window; where it is there. */
static SDL_Rect bring(const struct sdl *s, SDL_Surface *from, struct ui_rect r, SDL_Surface *win)
{
    SDL_Rect at = { r.x, r.y, r.w, r.h }, to = at;
    if (s->turned != 0) {
        struct canvas upright = canvas_of(from), glass = canvas_of(win);
        struct ui_rect there = turn_rect(s->turned, r, upright.w, upright.h);
        turn_copy(s->turned, &upright, r, &glass);
        return (SDL_Rect){ there.x, there.y, there.w, there.h };
    }
    SDL_BlitSurface(from, &at, win, &to);
    return at;
}

static void present(struct sdl *s, SDL_Surface *from, const struct ui_rect *rects, size_t n)
{
    SDL_Rect out[UI_DIFF_RECTS];
    SDL_Surface *win = SDL_GetWindowSurface(s->window);
    for (size_t i = 0; i < n; i++) {
        out[i] = (SDL_Rect){ rects[i].x, rects[i].y, rects[i].w, rects[i].h };
        if (win && from != win)
            out[i] = bring(s, from, rects[i], win);
    }
    SDL_UpdateWindowSurfaceRects(s->window, out, (int)n);
}

/* One frame of what moves, at a time; INT64_MAX: its end. */
static void show_frame(struct sdl *s, int64_t now_ms)
{
    SDL_Surface *to = s->motion.n > 0 ? target(s) : NULL;
    if (!to) {
        s->motion.n = 0;
        return;
    }
    struct canvas c = canvas_of(to);
    size_t n = s->motion.n;
    (void)motion_frame(&s->motion, &c, now_ms);
    present(s, to, s->motion.v, n);
}

int64_t sdl_due(const struct sdl *s)
{
    return s->motion.n > 0 ? s->motion.due_ms : -1;
}

void sdl_step(struct sdl *s, int64_t real_ms)
{
    if (s->motion.n > 0 && s->motion.due_ms <= real_ms)
        show_frame(s, real_ms);
}

/* Puts the rectangles first that come in by the list's motion; gives their number. */
static size_t part_moving(const struct ui_draw *list, struct ui_rect *v, size_t n)
{
    struct ui_rect box = ui_rect_inset(list->motion.box, -UI_DIFF_CELL);
    size_t moving = 0;
    for (size_t i = 0; i < n; i++) {
        struct ui_rect in = ui_rect_cut(v[i], box);
        if (in.w != v[i].w || in.h != v[i].h)
            continue;
        struct ui_rect swap = v[moving];
        v[moving++] = v[i];
        v[i] = swap;
    }
    return moving;
}

/* Paints the rectangles aside and begins to show them. False: no memory for it. */
static bool begin_motion(struct sdl *s, const struct canvas *to, const struct ui_draw *list,
                         const struct ui_rect *v, size_t n)
{
    struct canvas aside = { .px = motion_canvas(&s->motion, to->w, to->h), .w = to->w, .h = to->h,
                            .pitch = to->w };
    if (!aside.px)
        return false;
    for (size_t i = 0; i < n; i++)
        paint_rect(s, aside, list, v[i]);
    int64_t now = clock_real_mono_ms();
    motion_begin(&s->motion, &list->motion, v, n, now);
    (void)motion_frame(&s->motion, to, now);
    return true;
}

/* Paints the rectangles where they are seen, and where something still comes in, aside too. */
static void paint_at_once(struct sdl *s, const struct canvas *to, const struct ui_draw *list,
                          const struct ui_rect *v, size_t n)
{
    struct canvas aside = { .px = s->motion.px, .w = to->w, .h = to->h, .pitch = to->w };
    for (size_t i = 0; i < n; i++) {
        paint_rect(s, *to, list, v[i]);
        if (s->motion.n > 0)
            paint_rect(s, aside, list, v[i]);
    }
}

struct sdl_painted sdl_paint(struct sdl *s, const struct ui_draw *list)
{
    struct sdl_painted done = { 0 };
    SDL_Surface *to = target(s);
    if (!to)
        return done;
    bool moves = s->moves && !s->all && s->diff.v && list->motion.ms > 0;
    if (s->all)
        ui_diff_forget(&s->diff);
    struct ui_rect rects[UI_DIFF_RECTS];
    done.rects = ui_diff_next(&s->diff, list, rects);
    if (done.rects == 0)
        return done;
    if (moves || s->all)
        show_frame(s, INT64_MAX);
    for (size_t i = 0; i < done.rects; i++) {
        rects[i] = ui_rect_cut(rects[i], (struct ui_rect){ 0, 0, to->w, to->h });
        done.pixels += (int64_t)rects[i].w * rects[i].h;
    }
    struct canvas c = canvas_of(to);
    size_t moving = moves ? part_moving(list, rects, done.rects) : 0;
    if (moving > 0 && !begin_motion(s, &c, list, rects, moving))
        moving = 0;
    paint_at_once(s, &c, list, rects + moving, done.rects - moving);
    s->all = false;
    present(s, to, rects, done.rects);
    return done;
}

void sdl_expose(struct sdl *s)
{
    s->all = true;
}

/* SDL keeps the places of events that were taken, with what was typed in them, and fills the last
 * one first: so many new ones lie over all that a scanner had queued at a time. */
static void wipe_events(struct sdl *s)
{
    if (!s->typed)
        return;
    s->typed = false;
    SDL_Event none[64] = { 0 };
    for (size_t i = 0; i < ARRAY_LEN(none); i++)
        none[i].type = s->no_event;
    for (int i = 0; i < 8; i++)
        SDL_PeepEvents(none, ARRAY_LEN(none), SDL_ADDEVENT, 0, 0);
    SDL_FlushEvent(s->no_event);
}

void sdl_text_wipe(struct sdl *s)
{
    wipe_events(s);
    textcache_wipe(s->texts);
    motion_wipe(&s->motion);
    ui_diff_forget(&s->diff);
    s->all = true;
}

enum err sdl_shot(struct sdl *s, const char *path)
{
    show_frame(s, INT64_MAX);
    SDL_Surface *from = target(s);
    if (!from || IMG_SavePNG(from, path) != 0)
        return fail(path);
    return ERR_OK;
}

const uint32_t *sdl_pixels(struct sdl *s)
{
    show_frame(s, INT64_MAX);
    SDL_Surface *from = target(s);
    return from ? from->pixels : NULL;
}

/* ---- events ---- */

enum { MOUSE_FINGER = -1 };

static bool pointer(struct sdl_event *ev, enum ui_phase phase, int64_t finger, int x, int y)
{
    ev->kind = SDL_EV_POINTER;
    ev->pointer = (struct ui_pointer){ finger, phase, x, y, ev->ms };
    return true;
}

static bool from_touch(const struct sdl *s, const SDL_TouchFingerEvent *t, enum ui_phase phase,
                       struct sdl_event *ev)
{
    int w = 0, h = 0;
    float x = t->x, y = t->y;
    sdl_size(s, &w, &h);
    turn_finger(s->turned, &x, &y);
    return pointer(ev, phase, t->fingerId, (int)(x * (float)w), (int)(y * (float)h));
}

/* A mouse tells pixels of the glass. */
static bool from_mouse(const struct sdl *s, int x, int y, enum ui_phase phase, struct sdl_event *ev)
{
    int w = 0, h = 0;
    SDL_GetWindowSize(s->window, &w, &h);
    struct ui_rect at = turn_rect((360 - s->turned) % 360, (struct ui_rect){ x, y, 1, 1 }, w, h);
    return pointer(ev, phase, MOUSE_FINGER, at.x, at.y);
}

static bool from_key(const SDL_KeyboardEvent *k, struct sdl_event *ev)
{
    static const struct {
        SDL_Keycode code;
        enum ui_key key;
        const char *text;
    } keys[] = {
        { SDLK_LEFT, UI_KEY_PREV, "" },     { SDLK_UP, UI_KEY_PREV, "" },
        { SDLK_RIGHT, UI_KEY_NEXT, "" },    { SDLK_DOWN, UI_KEY_NEXT, "" },
        { SDLK_RETURN, UI_KEY_SELECT, "\n" }, { SDLK_KP_ENTER, UI_KEY_SELECT, "\n" },
        { SDLK_SPACE, UI_KEY_SELECT, " " }, { SDLK_ESCAPE, UI_KEY_BACK, "" },
    };
    if (k->repeat)
        return false; /* a held key acts once */
    if (k->keysym.sym == SDLK_BACKSPACE) {
        ev->kind = SDL_EV_TEXT;
        memcpy(ev->text, "\b", 2);
        return true;
    }
    ev->kind = SDL_EV_KEY;
    if (k->keysym.sym == SDLK_TAB) {
        ev->key = k->keysym.mod & KMOD_SHIFT ? UI_KEY_PREV : UI_KEY_NEXT;
        return true;
    }
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        if (keys[i].code == k->keysym.sym) {
            ev->key = keys[i].key;
            snprintf(ev->text, sizeof(ev->text), "%s", keys[i].text);
            return true;
        }
    ev->kind = SDL_EV_NONE;
    return false;
}

static bool from_text(const char *text, struct sdl_event *ev)
{
    if (!strcmp(text, " "))
        return false; /* came as a key already */
    ev->kind = SDL_EV_TEXT;
    snprintf(ev->text, sizeof(ev->text), "%s", text);
    return true;
}

static bool from_window(struct sdl *s, const SDL_WindowEvent *w, struct sdl_event *ev)
{
    if (w->event != SDL_WINDOWEVENT_EXPOSED && w->event != SDL_WINDOWEVENT_SIZE_CHANGED &&
        w->event != SDL_WINDOWEVENT_SHOWN)
        return false;
    s->all = true;
    ev->kind = SDL_EV_EXPOSE;
    return true;
}

/* False: nothing for us in it. */
static bool translate(struct sdl *s, const SDL_Event *e, struct sdl_event *ev)
{
    *ev = (struct sdl_event){ .kind = SDL_EV_NONE, .ms = clock_real_mono_ms() };
    s->typed = s->typed || e->type == SDL_TEXTINPUT || e->type == SDL_KEYDOWN;
    if (e->type == s->wake_event) {
        ev->kind = SDL_EV_WAKE;
        ev->code = e->user.code;
        return true;
    }
    switch (e->type) {
    case SDL_FINGERDOWN:
        return from_touch(s, &e->tfinger, UI_DOWN, ev);
    case SDL_FINGERUP:
        return from_touch(s, &e->tfinger, UI_UP, ev);
    case SDL_FINGERMOTION:
        return from_touch(s, &e->tfinger, UI_MOVE, ev);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (e->button.which == SDL_TOUCH_MOUSEID || e->button.button != SDL_BUTTON_LEFT)
            return false;
        return from_mouse(s, e->button.x, e->button.y,
                          e->type == SDL_MOUSEBUTTONDOWN ? UI_DOWN : UI_UP, ev);
    case SDL_MOUSEMOTION:
        if (e->motion.which == SDL_TOUCH_MOUSEID || !(e->motion.state & SDL_BUTTON_LMASK))
            return false;
        return from_mouse(s, e->motion.x, e->motion.y, UI_MOVE, ev);
    case SDL_KEYDOWN:
        return from_key(&e->key, ev);
    case SDL_TEXTINPUT:
        return from_text(e->text.text, ev);
    case SDL_WINDOWEVENT:
        return from_window(s, &e->window, ev);
    case SDL_QUIT:
        ev->kind = SDL_EV_QUIT;
        return true;
    default:
        return false;
    }
}

/* Devices tell SDL and us one after the other: it may be the next look that finds what was said.
 * And SDL learns of a new device when udev is done with it, a moment after we do. */
#define SETTLE_MS 20
#define LOOK_MS 1000

static int after_inputs(struct sdl *s, int left, SDL_Event *e)
{
    if (SDL_PollEvent(e))
        return 1;
    bool told = inputs_wait(s->inputs, left >= 0 && left < LOOK_MS ? left : LOOK_MS);
    return told ? SDL_WaitEventTimeout(e, SETTLE_MS) : SDL_PollEvent(e);
}

/* left: -1 for ever, 0 only looks. 0: nothing came, and with inputs the time need not be over. */
static int next_event(struct sdl *s, int left, SDL_Event *e)
{
    if (left == 0)
        return SDL_PollEvent(e);
    if (s->inputs)
        return after_inputs(s, left, e);
    return left < 0 ? SDL_WaitEvent(e) : SDL_WaitEventTimeout(e, left);
}

bool sdl_wait(struct sdl *s, int timeout_ms, struct sdl_event *ret_ev)
{
    int64_t end = timeout_ms > 0 ? clock_real_mono_ms() + timeout_ms : 0;
    SDL_Event e;
    for (;;) {
        int left = timeout_ms;
        if (timeout_ms > 0) {
            int64_t rest = end - clock_real_mono_ms();
            left = rest > 0 ? (int)rest : 0;
        }
        if (next_event(s, left, &e)) {
            if (translate(s, &e, ret_ev))
                return true;
        } else if (left == 0 || !s->inputs) {
            *ret_ev = (struct sdl_event){ .kind = SDL_EV_NONE, .ms = clock_real_mono_ms() };
            return false;
        }
    }
}

void sdl_wake(struct sdl *s, int code)
{
    SDL_Event e = { .user = { .type = s->wake_event, .code = code } };
    SDL_PushEvent(&e);
    if (s->inputs)
        inputs_wake(s->inputs);
}

void sdl_inject_touch(struct sdl *s, enum ui_phase phase, int64_t finger, int x, int y)
{
    static const Uint32 types[] = { [UI_DOWN] = SDL_FINGERDOWN, [UI_MOVE] = SDL_FINGERMOTION,
                                    [UI_UP] = SDL_FINGERUP, [UI_CANCEL] = SDL_FINGERUP };
    int w = 0, h = 0;
    sdl_size(s, &w, &h);
    float across = ((float)x + 0.5f) / (float)w, along = ((float)y + 0.5f) / (float)h;
    turn_finger((360 - s->turned) % 360, &across, &along); /* to the glass and back again */
    SDL_Event e = { .tfinger = { .type = types[phase], .touchId = 1, .fingerId = finger,
                                 .x = across, .y = along, .pressure = 1 } };
    SDL_PushEvent(&e);
}

void sdl_inject_key(struct sdl *s, enum ui_key key)
{
    static const SDL_Keycode codes[] = { [UI_KEY_PREV] = SDLK_UP, [UI_KEY_NEXT] = SDLK_DOWN,
                                         [UI_KEY_SELECT] = SDLK_RETURN, [UI_KEY_BACK] = SDLK_ESCAPE };
    (void)s;
    SDL_Event e = { .key = { .type = SDL_KEYDOWN, .state = SDL_PRESSED,
                             .keysym = { .sym = codes[key] } } };
    SDL_PushEvent(&e);
}

void sdl_inject_text(struct sdl *s, const char *text)
{
    (void)s;
    while (*text) {
        SDL_Event e = { .text = { .type = SDL_TEXTINPUT } };
        size_t n = strlen(text), most = sizeof(e.text.text) - 1;
        n = n < most ? n : most;
        while (n > 1 && ((unsigned char)text[n] & 0xC0) == 0x80)
            n--; /* never inside a character */
        if (*text == '\n') {
            n = 1;
            sdl_inject_key(s, UI_KEY_SELECT);
        } else {
            n = strcspn(text, "\n") < n ? strcspn(text, "\n") : n;
            memcpy(e.text.text, text, n);
            SDL_PushEvent(&e);
        }
        text += n;
    }
}
