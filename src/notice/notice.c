#include "notice/notice.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "i18n/i18n.h"
#include "notice/panel.h"
#include "sdl/sdl.h"
#include "sdl/turn.h"

#define LEAST_PART 0.35 /* of the size that letters should have */

static const struct notice *const all[] = { &notice_stick, &notice_refused, &notice_paper,
                                            &notice_broken, &notice_empty };

const struct notice *const *notice_all(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(all);
    return all;
}

const struct notice *notice_named(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        if (strcmp(all[i]->name, name) == 0)
            return all[i];
    return NULL;
}

const char *notice_lang(const struct notice *n, const struct config *config)
{
    return n->visitors ? config->display.lang : "nl";
}

void notice_clean(char *text)
{
    const char *end = text + strlen(text);
    for (const char *at = text; at < end;) {
        const char *from = at;
        uint32_t cp = utf8_next(&at, end);
        bool plain = cp == '\n' || (cp >= 0x20 && cp != 0x7F && cp != UTF8_BAD);
        if (!plain)
            memset(text + (from - text), '?', (size_t)(at - from));
    }
}

/* A page that does not fit has a button to its next part. */
static bool in_parts(const struct ui *ui)
{
    for (size_t i = 0; i < ui_widget_count(ui); i++)
        if (ui_widget_at(ui, i)->role == UI_ROLE_BUTTON)
            return true;
    return false;
}

enum err notice_describe(struct ui *ui, const struct notice *n, const char *text, struct ui_look look)
{
    double whole = ui_scale(&look);

    for (double part = 1; part >= LEAST_PART; part -= 0.1) {
        look.scale = whole * part;
        ui_begin(ui, &(struct ui_frame){ .look = look, .words = &(struct ui_words){ .brand = "Dynamo" } });
        n->view(ui, n->told ? text : "");
        enum err e = ui_finish(ui);
        if (e != ERR_OK || !in_parts(ui))
            return e;
    }
    return ERR_LIMIT;
}

/* A page in memory, upright; fonts and letters live in sdl. */
struct page {
    struct sdl *sdl;
    struct ui *ui;
};

static void page_done(struct page *p)
{
    ui_destroy(p->ui);
    if (p->sdl)
        sdl_text_wipe(p->sdl);
    sdl_destroy(p->sdl);
}

static enum err page_draw(const struct notice *n, const struct notice_setup *o, int w, int h,
                          struct page *ret_page)
{
    CLEANUP(page_done) struct page p = { 0 };
    const char *fonts = o->config->paths.fonts;

    setenv("SDL_VIDEODRIVER", "dummy", 1);
    enum err e = sdl_create(&(struct sdl_setup){ .title = "Dynamo", .w = w, .h = h, .windowed = true,
                                                 .font_dir = fonts[0] ? fonts : NULL }, &p.sdl);
    if (e == ERR_OK)
        e = ui_create(sdl_metrics(p.sdl), &p.ui);
    if (e != ERR_OK)
        return e;
    i18n_use(notice_lang(n, o->config));
    e = notice_describe(p.ui, n, o->text,
                        (struct ui_look){ .w = w, .h = h, .diagonal_in = o->config->display.diagonal_in,
                                          .theme = UI_LIGHT, .rtl = i18n_current()->rtl });
    if (e != ERR_OK)
        return e;
    sdl_paint(p.sdl, ui_draw_list(p.ui));
    *ret_page = TAKE(p);
    return ERR_OK;
}

static enum err to_file(const struct notice *n, const struct notice_setup *o)
{
    CLEANUP(page_done) struct page p = { 0 };
    enum err e = page_draw(n, o, o->w, o->h, &p);

    return e == ERR_OK ? sdl_shot(p.sdl, o->shot) : e;
}

static enum err to_panel(const struct notice *n, const struct notice_setup *o)
{
    CLEANUP(panel_done) struct panel panel = { 0 };
    CLEANUP(page_done) struct page p = { 0 };
    int turned = (int)strtol(o->config->display.turned, NULL, 10);

    enum err e = panel_open(o->panel, &panel);
    if (e != ERR_OK)
        return e;
    bool lies = turn_lies(turned);
    int w = lies ? panel.glass.h : panel.glass.w, h = lies ? panel.glass.w : panel.glass.h;
    e = page_draw(n, o, w, h, &p);
    if (e != ERR_OK)
        return e;
    const uint32_t *px = sdl_pixels(p.sdl);
    if (!px)
        return ERR_NOMEM;
    const struct ui_rect whole = { 0, 0, w, h };
    /* Only read from; a canvas has no other kind of pixels. */
    const struct canvas upright = { (uint32_t *)(uintptr_t)px, w, h, w, whole };
    /* Last: whatever fails or crashes before leaves a console that writes. */
    panel_hold(o->console);
    turn_copy(turned, &upright, whole, &panel.glass);
    panel_show(&panel);
    return ERR_OK;
}

enum err notice_show(const struct notice *n, const struct notice_setup *setup)
{
    if (setup->shot)
        return to_file(n, setup);
    enum err e = to_panel(n, setup);
    if (e != ERR_OK)
        panel_leave(setup->console);
    return e;
}
