/*
 * Forty golden pictures: how pages really look, a quarter of the size, in tests/golden/pictures/.
 * A pixel differs when a channel is more than 24 of 255 off; a picture differs when more than
 * 0.2 % of its pixels do, so that another build of FreeType passes and a lost shadow does not.
 * What came out and a picture of the difference (red on grey) are left in build/golden-got/.
 * UPDATE_GOLDEN=1 rewrites them: then look at every one that changed. They were made with
 * fonts-noto-core 20201225-1 of Debian 12.
 *
 * PAGES=folder writes pages to look at instead, whole: of the scenes that begin with $SCENE, in
 * $PAGE_LANG, on canvas $PAGE_CANVAS (0..3), with PAGE_LARGE=1 and PAGE_THEME=0..2.
 */
#include <SDL.h>
#include <SDL_image.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "sdl/sdl.h"
#include "tests/look/scenes.h"

#define SHRINK 4
#define CHANNEL_SLACK 24
#define PER_MILLE_SLACK 2

enum { TALL, WIDE, TALL_SMALL, WIDE_SMALL }; /* of scene_canvases */

static const struct {
    const char *scene, *lang;
    int canvas;
    enum ui_theme theme;
    bool large;
    const char *focus;   /* shown with the ring of the four keys; NULL */
    const char *pressed; /* shown held down; NULL */
} pictures[] = {
    { "attract", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "welcome", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "welcome", "nl", TALL, UI_LIGHT, false, NULL, "welcome.walk_in" },
    { "welcome", "nl", TALL, UI_LIGHT, false, "welcome.check_in", NULL },
    { "welcome", "ar", TALL, UI_LIGHT, false, NULL, NULL },
    { "welcome", "ti", TALL, UI_LIGHT, false, NULL, NULL },
    { "welcome", "nl", WIDE, UI_LIGHT, false, NULL, NULL },
    { "welcome", "nl", WIDE_SMALL, UI_LIGHT, false, NULL, NULL },
    { "welcome", "nl", TALL, UI_DARK, false, NULL, NULL },
    { "welcome", "nl", TALL, UI_CONTRAST, false, "welcome.walk_in", NULL },
    { "welcome", "nl", TALL, UI_LIGHT, true, NULL, NULL },
    { "language", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "privacy", "uk", TALL, UI_LIGHT, false, NULL, NULL },
    { "birth.whole", "nl", TALL, UI_LIGHT, false, NULL, "birth.day.3" },
    { "birth.whole", "ar", TALL, UI_CONTRAST, false, NULL, NULL },
    { "birth", "nl", WIDE_SMALL, UI_LIGHT, false, NULL, NULL },
    { "birth.no_such_day", "nl", TALL, UI_LIGHT, true, NULL, NULL },
    { "name.filled", "nl", TALL, UI_LIGHT, false, NULL, "key.e" },
    { "name.accents", "pl", TALL_SMALL, UI_LIGHT, false, NULL, NULL },
    { "name.missing", "nl", WIDE, UI_LIGHT, false, NULL, NULL },
    { "name.filled", "nl", WIDE_SMALL, UI_DARK, true, NULL, NULL },
    { "municipality", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "topic.said", "ti", TALL, UI_LIGHT, false, NULL, NULL },
    { "topic", "tr", TALL, UI_LIGHT, true, NULL, NULL },
    { "day.held", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "day.held", "ar", WIDE, UI_LIGHT, false, NULL, NULL },
    { "nothing_free", "pl", TALL, UI_LIGHT, false, NULL, NULL },
    { "contact", "nl", TALL, UI_LIGHT, false, "contact.phone", NULL },
    { "contact.email_wrong", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "check.book", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "check.book", "fa", WIDE, UI_CONTRAST, true, NULL, NULL },
    { "ticket", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "ticket", "ar", WIDE, UI_DARK, false, NULL, NULL },
    { "ticket.booked", "ti", TALL, UI_LIGHT, true, NULL, NULL },
    { "ticket.coaches", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "settings.on", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "check_in.typing", "ar", TALL, UI_LIGHT, false, NULL, NULL },
    { "closed", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "idle", "nl", TALL, UI_LIGHT, false, NULL, NULL },
    { "queue.help", "nl", WIDE, UI_LIGHT, false, NULL, NULL },
};

static struct scenes all;
static struct sdl *sdl;
static struct ui *ui;

static void close_window(void)
{
    ui_destroyp(&ui);
    sdl_destroyp(&sdl);
}

static void open_window(const struct ui_look *canvas)
{
    int w = 0, h = 0;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (!all.n)
        scenes_start(&all);
    if (sdl)
        sdl_size(sdl, &w, &h);
    if (w == canvas->w && h == canvas->h)
        return;
    close_window();
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = canvas->w, .h = canvas->h, .windowed = true },
                        &sdl));
    CHECK_OK(ui_create(sdl_metrics(sdl), &ui));
}

static struct scene *find(const char *name)
{
    for (size_t i = 0; i < all.n; i++)
        if (!strcmp(all.v_all[i].name, name))
            return &all.v_all[i];
    CHECK_FAIL("no scene %s", name);
    return NULL;
}

static void paint(struct scene *c, const struct ui_look *canvas)
{
    CHECK_OK(screen_paint(ui, &c->s, c->screen, c->below, canvas));
}

static void show(struct scene *c, const struct stand *how, const char *focus, const char *pressed)
{
    CHECK_OK(scene_paint(ui, c, how));
    if (focus) {
        ui_set_focus(ui, focus);
        (void)ui_press(ui, UI_KEY_NEXT, 2000);
        ui_set_focus(ui, focus);
    }
    const struct ui_widget *w = pressed ? ui_widget_find(ui, pressed) : NULL;
    if (w)
        (void)ui_touch(ui, &(struct ui_pointer){ .finger = 2, .phase = UI_DOWN, .ms = 3000,
                                                 .x = w->box.x + w->box.w / 2,
                                                 .y = w->box.y + w->box.h / 2 });
    if (focus || pressed)
        paint(c, &how->canvas);
    sdl_expose(sdl);
    sdl_paint(sdl, ui_draw_list(ui));
}

/* ---- small pictures ---- */

static SDL_Surface *blank(int w, int h)
{
    SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_RGB888);
    CHECK(s != NULL);
    return s;
}

static uint32_t *at_pixel(SDL_Surface *s, int x, int y)
{
    return (uint32_t *)(void *)((uint8_t *)s->pixels + (size_t)y * (size_t)s->pitch) + x;
}

/* The mean of each block of SHRINK x SHRINK pixels. */
static SDL_Surface *shrunk(void)
{
    int w = 0, h = 0;
    sdl_size(sdl, &w, &h);
    const uint32_t *px = sdl_pixels(sdl);
    SDL_Surface *s = blank(w / SHRINK, h / SHRINK);
    for (int y = 0; y < s->h; y++)
        for (int x = 0; x < s->w; x++) {
            uint32_t sum[3] = { 0 };
            for (int i = 0; i < SHRINK * SHRINK; i++) {
                uint32_t p = px[(y * SHRINK + i / SHRINK) * w + x * SHRINK + i % SHRINK];
                for (int k = 0; k < 3; k++)
                    sum[k] += p >> (8 * k) & 0xFF;
            }
            *at_pixel(s, x, y) = sum[0] / 16 | sum[1] / 16 << 8 | sum[2] / 16 << 16;
        }
    return s;
}

static bool pixel_differs(uint32_t a, uint32_t b)
{
    for (int k = 0; k < 3; k++) {
        int d = (int)(a >> (8 * k) & 0xFF) - (int)(b >> (8 * k) & 0xFF);
        if (d > CHANNEL_SLACK || d < -CHANNEL_SLACK)
            return true;
    }
    return false;
}

/* How many pixels differ; marks them red on a grey copy. All, where the sizes differ. */
static int compare(SDL_Surface *got, SDL_Surface *want, SDL_Surface *marked)
{
    if (got->w != want->w || got->h != want->h)
        return got->w * got->h;
    int n = 0;
    for (int y = 0; y < got->h; y++)
        for (int x = 0; x < got->w; x++) {
            uint32_t p = *at_pixel(got, x, y), grey = 128 + (p >> 8 & 0xFF) / 2;
            bool differs = pixel_differs(p, *at_pixel(want, x, y));
            n += differs;
            *at_pixel(marked, x, y) = differs ? 0xE00020u : grey << 16 | grey << 8 | grey;
        }
    return n;
}

static void check_picture(const char *name)
{
    char path[256], out[320];
    SDL_Surface *got = shrunk();
    snprintf(path, sizeof(path), "tests/golden/pictures/%s.png", name);
    if (getenv("UPDATE_GOLDEN")) {
        CHECK_INT(IMG_SavePNG(got, path), 0);
        SDL_FreeSurface(got);
        return;
    }
    SDL_Surface *read = IMG_Load(path);
    SDL_Surface *want = read ? SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_RGB888, 0) : NULL;
    SDL_Surface *marked = blank(got->w, got->h);
    int n = want ? compare(got, want, marked) : got->w * got->h;
    bool same = n * 1000 <= got->w * got->h * PER_MILLE_SLACK;
    if (!same) {
        mkdir("build", 0777);
        mkdir("build/golden-got", 0777);
        snprintf(out, sizeof(out), "build/golden-got/%s.png", name);
        CHECK_INT(IMG_SavePNG(got, out), 0);
        snprintf(out, sizeof(out), "build/golden-got/%s-differs.png", name);
        CHECK_INT(IMG_SavePNG(marked, out), 0);
    }
    bool missing = !want;
    SDL_FreeSurface(got);
    SDL_FreeSurface(read);
    SDL_FreeSurface(want);
    SDL_FreeSurface(marked);
    if (!same)
        CHECK_FAIL("%s %s (%d pixels); what came out is build/golden-got/%s.png", path,
                   missing ? "is missing" : "differs", n, name);
}

TEST(forty_pages_look_as_their_pictures)
{
    CHECK_INT(ARRAY_LEN(pictures), 40);
    for (size_t i = 0; i < ARRAY_LEN(pictures); i++) {
        static const char *const forms[] = { "tall", "wide", "tall-small", "wide-small" };
        struct stand how = { .canvas = scene_canvases[pictures[i].canvas],
                             .lang = pictures[i].lang, .theme = pictures[i].theme,
                             .large = pictures[i].large };
        char name[160];
        snprintf(name, sizeof(name), "%s-%s-%s-%s%s%s", pictures[i].scene, pictures[i].lang,
                 forms[pictures[i].canvas], ui_theme_name(how.theme), how.large ? "-large" : "",
                 pictures[i].focus ? "-focus" : pictures[i].pressed ? "-pressed" : "");
        open_window(&how.canvas);
        show(find(pictures[i].scene), &how, pictures[i].focus, pictures[i].pressed);
        check_picture(name);
    }
}

static int number(const char *name)
{
    const char *set = getenv(name);
    return set ? atoi(set) : 0;
}

TEST(pages_are_written_to_be_looked_at)
{
    const char *folder = getenv("PAGES"), *only = getenv("SCENE"), *lang = getenv("PAGE_LANG");
    struct stand how = { .canvas = scene_canvases[number("PAGE_CANVAS") % SCENE_CANVASES],
                         .lang = lang ? lang : "nl", .large = number("PAGE_LARGE"),
                         .theme = (enum ui_theme)(number("PAGE_THEME") % UI_THEME_COUNT),
                         .lower = number("PAGE_LOWER") };
    open_window(&how.canvas);
    for (size_t i = 0; folder && i < all.n; i++) {
        struct scene *c = &all.v_all[i];
        char path[512];
        if (only && strncmp(c->name, only, strlen(only)))
            continue;
        show(c, &how, NULL, NULL);
        snprintf(path, sizeof(path), "%s/%s.png", folder, c->name);
        CHECK_OK(sdl_shot(sdl, path));
    }
    close_window();
    scenes_end(&all);
}
