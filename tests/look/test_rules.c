/*
 * The loop: every scene in every language, on every canvas, in both text sizes and every
 * theme, by the rules of the house (ui/tree.h, ui_lint) and by what only a whole picture shows:
 * no text on another one, none past the edge of what it stands on, help always in one place,
 * a focus order that reaches everything, main buttons of 20 mm.
 */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "sdl/sdl.h"
#include "tests/look/scenes.h"
#include "ui/tree.h"

/* What may break a rule, and why. The rule is the start of its line; "" anything. */
static const struct {
    const char *scene; /* its screen, or its whole name */
    const char *rule;
    bool large;        /* in large text only */
    const char *why;
} exceptions[] = {
    { "queue", "main button mm", false, "staff work in rows of a table; 12.7 mm are kept" },
    { "queue", "clipped", true, "four columns of large text: a word in a cell may be broken" },
    { "check.coach", "past the edge", true, "two names of 40 letters, in Arabic on 10.1 inch:" },
    { "check.coach", "text on something", true, "their last line reaches under the button More" },
};

static struct scenes all;
static struct sdl *sdl;
static struct ui *ui;
static int broken, painted;

static void open_all(void)
{
    if (sdl)
        return;
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    scenes_start(&all);
    CHECK_OK(sdl_create(&(struct sdl_setup){ .w = 320, .h = 320, .windowed = true }, &sdl));
    CHECK_OK(ui_create(sdl_metrics(sdl), &ui));
}

/* The pseudo-language is half as long again as English, single words a third. In large text and
 * on the smallest glass it is longer than any of the twelve real languages, which are held to all;
 * there it only has to be painted. */
static bool beyond_words(const struct stand *how)
{
    return !strcmp(how->lang, "xx") && (how->large || how->canvas.diagonal_in < 11);
}

static bool excepted(const struct scene *c, const struct stand *how, const char *rule)
{
    if (beyond_words(how) && strcmp(rule, "not painted"))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(exceptions); i++) {
        bool here = !strcmp(exceptions[i].scene, c->name) ||
                    !strcmp(exceptions[i].scene, c->screen->name);
        if (here && (how->large || !exceptions[i].large) && !strncmp(exceptions[i].rule, rule, strlen(exceptions[i].rule)))
            return true;
    }
    return false;
}

static void say(const struct scene *c, const struct stand *how, const char *rule, const char *what)
{
    if (excepted(c, how, rule))
        return;
    if (broken++ < 40000)
        fprintf(stderr, "%s %s %.1fin %dx%d%s %s: %s: %s\n", c->name, how->lang,
                how->canvas.diagonal_in, how->canvas.w, how->canvas.h, how->large ? " large" : "",
                ui_theme_name(how->theme), rule, what);
}

/* ---- what the toolkit checks itself ---- */

static void check_lint(const struct scene *c, const struct stand *how)
{
    CLEANUP(buf_done) struct buf out = buf_make(64 * 1024);
    if (ui_lint(ui, &out))
        return;
    char *text = (char *)(uintptr_t)buf_str(&out), *rest = text;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        const char *id = strstr(line, ": "), *rule = id ? strstr(id + 2, ": ") : NULL;
        say(c, how, rule ? rule + 2 : line, line);
    }
}

/* ---- what is drawn ---- */

/* The part of a line in which its letters stand; digits and capitals have no tails. */
static struct ui_rect letters(const struct ui_draw *d, const struct ui_draw_cmd *cmd)
{
    bool tails = strspn(ui_draw_bytes(d, cmd), "0123456789ABCDEFGHIKLMNOPRSTUVWXYZ: ") < cmd->n;
    int up = cmd->font.px * 72 / 100, down = tails ? cmd->font.px * 15 / 100 : 0;
    return (struct ui_rect){ cmd->x, cmd->baseline - up, cmd->box.w, up + down };
}

static bool touches(struct ui_rect a, struct ui_rect b)
{
    struct ui_rect both = ui_rect_cut(a, b);
    return both.w > 1 && both.h > 1;
}

static bool holds(struct ui_rect out, struct ui_rect in)
{
    return in.x >= out.x && in.y >= out.y && in.x + in.w <= out.x + out.w &&
           in.y + in.h <= out.y + out.h;
}

/* What a sheet covers is dimmed, and not to be read. */
static size_t first_shown(const struct ui_draw *d)
{
    for (size_t i = d->n; i-- > 0;)
        if (d->v[i].kind == UI_DRAW_FILL && d->v[i].colour >> 24 != 0xFF)
            return i + 1;
    return 0;
}

static const char *words_of(const struct ui_draw *d, const struct ui_draw_cmd *cmd)
{
    return ui_draw_bytes(d, cmd);
}

static void check_inside(const struct scene *c, const struct stand *how, const struct ui_draw *d,
                         const struct ui_draw_cmd *cmd)
{
    struct ui_rect at = letters(d, cmd), canvas = { 0, 0, d->w, d->h };
    if (!holds(canvas, at))
        say(c, how, "off the canvas", words_of(d, cmd));
    for (size_t i = 0; i < ui_widget_count(ui); i++) {
        const struct ui_widget *w = ui_widget_at(ui, i);
        if (w->focus >= 0 && touches(w->box, at) && !holds(w->box, at))
            say(c, how, "past the edge of a target", words_of(d, cmd));
    }
}

static void check_drawing(const struct scene *c, const struct stand *how)
{
    const struct ui_draw *d = ui_draw_list(ui);
    for (size_t i = first_shown(d); i < d->n; i++) {
        const struct ui_draw_cmd *a = &d->v[i];
        if (a->kind != UI_DRAW_TEXT)
            continue;
        check_inside(c, how, d, a);
        for (size_t j = first_shown(d); j < d->n; j++) {
            const struct ui_draw_cmd *b = &d->v[j];
            bool text = b->kind == UI_DRAW_TEXT, icon = b->kind == UI_DRAW_ICON;
            bool under = b->kind == UI_DRAW_MODULES && touches(letters(d, a), b->box);
            if ((text && j > i && touches(letters(d, a), letters(d, b))) ||
                (icon && touches(letters(d, a), b->box)) || under)
                say(c, how, "text on something", words_of(d, a));
        }
    }
}

/* ---- targets ---- */

static void check_focus(const struct scene *c, const struct stand *how)
{
    bool seen[512] = { false };
    int n = 0;
    for (size_t i = 0; i < ui_widget_count(ui); i++) {
        const struct ui_widget *w = ui_widget_at(ui, i);
        bool control = w->role == UI_ROLE_BUTTON || w->role == UI_ROLE_OPTION ||
                       w->role == UI_ROLE_KEY;
        n += w->focus >= 0;
        if (w->focus >= 0 && w->focus < (int)ARRAY_LEN(seen))
            seen[w->focus] = true;
        if (control && w->focus < 0 && first_shown(ui_draw_list(ui)) == 0)
            say(c, how, "out of the focus order", w->id);
    }
    for (int i = 0; i < n; i++)
        if (!seen[i])
            say(c, how, "a hole in the focus order", "");
}

static void check_main(const struct scene *c, const struct stand *how)
{
    for (size_t i = 0; i < ui_widget_count(ui); i++) {
        const struct ui_widget *w = ui_widget_at(ui, i);
        double mm = w->box.h * ui_mm_per_px(&how->canvas);
        if (w->focus >= 0 && w->primary && w->role == UI_ROLE_BUTTON && mm < 19.9)
            say(c, how, "main button mm", w->id);
    }
}

/* Help stands at one place of the glass, and is missing only where nobody could be helped by it. */
static void check_help(const struct scene *c, const struct stand *how, struct ui_rect *place)
{
    static const char *const without[] = { "attract", "out_of_order", "idle", "stop", "staff",
                                           "queue", "visitor", "device" };
    const struct ui_widget *w = ui_widget_find(ui, "nav.help");
    bool sheet = first_shown(ui_draw_list(ui)) > 0;
    bool none = sheet;
    for (size_t i = 0; i < ARRAY_LEN(without); i++)
        none = none || !strcmp(without[i], c->screen->name);
    if (!w || w->focus < 0) {
        if (!none)
            say(c, how, "no help", "");
        return;
    }
    if (place->w == 0)
        *place = w->box;
    if (memcmp(place, &w->box, sizeof(*place)))
        say(c, how, "help in another place", "");
}

static void check_scene(struct scene *c, const struct stand *how, struct ui_rect *help)
{
    enum err e = scene_paint(ui, c, how);
    painted++;
    if (e != ERR_OK)
        say(c, how, "not painted", err_text(e));
    check_lint(c, how);
    /* Where text stands does not depend on the colours. */
    if (how->theme != UI_LIGHT)
        return;
    check_drawing(c, how);
    check_focus(c, how);
    check_main(c, how);
    check_help(c, how, help);
}

static bool wanted(const struct scene *c)
{
    const char *only = getenv("SCENE");
    return !only || !strncmp(c->name, only, strlen(only));
}

static void check_all(struct stand how)
{
    struct ui_rect help = { 0 };
    for (size_t i = 0; i < all.n; i++)
        for (int theme = 0; theme < UI_THEME_COUNT && wanted(&all.v_all[i]); theme++) {
            how.theme = (enum ui_theme)theme;
            check_scene(&all.v_all[i], &how, &help);
        }
}

TEST(every_screen_keeps_the_rules_in_every_language_size_and_theme)
{
    open_all();
    broken = 0;
    for (size_t i = 0; i < SCENE_CANVASES; i++)
        for (int large = 0; large < 2; large++)
            for (size_t l = 0; l < SCENE_LANGS; l++)
                check_all((struct stand){ .canvas = scene_canvases[i], .lang = scene_langs[l],
                                          .large = large });
    printf("%d pages\n", painted);
    CHECK_INT(broken, 0);
}

/* The example of the design: 23.8 inch upright, its lower edge at 850 mm, reaches to 1377 mm. */
TEST(nothing_to_touch_stands_above_the_reach_of_a_wheelchair_user)
{
    static const char *const langs[] = { "nl", "ar", "xx" };
    static const struct ui_look high = { .w = 1080, .h = 1920, .diagonal_in = 23.8,
                                         .mount_bottom_mm = 850 };
    open_all();
    broken = 0;
    for (size_t l = 0; l < ARRAY_LEN(langs); l++)
        for (int large = 0; large < 2; large++) {
            check_all((struct stand){ .canvas = high, .lang = langs[l], .large = large });
            check_all((struct stand){ .canvas = scene_canvases[0], .lang = langs[l],
                                      .large = large, .lower = true });
        }
    CHECK_INT(broken, 0);
}

TEST(the_house_of_the_scenes_is_in_order)
{
    open_all();
    ui_destroyp(&ui);
    sdl_destroyp(&sdl);
    scenes_end(&all);
}
