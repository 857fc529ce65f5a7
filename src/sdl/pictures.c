#include "sdl/pictures.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "sdl/icon.h"

void pictures_done(struct pictures *p)
{
    for (size_t i = 0; i < p->n_icons; i++)
        mem_free(p->icons[i].m.v);
    *p = (struct pictures){ 0 };
}

static struct mask load_icon(const char *name, int px)
{
    char file[64], path[1024];
    struct mask m = { px, px, NULL };
    snprintf(file, sizeof(file), "icons/%s.svg", name);
    enum err e = path_asset(file, path, sizeof(path));
    if (e == ERR_OK)
        e = icon_load(path, px, &m);
    if (e != ERR_OK)
        fprintf(stderr, "sdl: no icon %s: %s\n", name, err_text(e));
    return m;
}

void pictures_icon(struct pictures *p, const struct canvas *c, const char *name,
                   struct ui_rect box, ui_colour colour)
{
    int px = box.w < box.h ? box.w : box.h;
    if (px < 1 || strlen(name) >= sizeof(p->icons[0].name))
        return;
    size_t at = p->n_icons;
    for (size_t i = 0; i < p->n_icons; i++) {
        /* A missing icon is missing in every size. */
        bool known = p->icons[i].px == px || !p->icons[i].m.v;
        if (known && !strcmp(p->icons[i].name, name))
            at = i;
    }
    if (at == p->n_icons) {
        if (p->n_icons < ICONS_MAX) {
            p->n_icons++;
        } else {
            at = p->next_icon++ % ICONS_MAX;
            mem_free(p->icons[at].m.v);
        }
        snprintf(p->icons[at].name, sizeof(p->icons[at].name), "%s", name);
        p->icons[at].px = px;
        p->icons[at].m = load_icon(name, px);
    }
    if (p->icons[at].m.v)
        canvas_mask(c, box.x + (box.w - px) / 2, box.y + (box.h - px) / 2, &p->icons[at].m, colour);
}
