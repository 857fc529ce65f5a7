#include "sdl/pictures.h"

#include <stdio.h>
#include <string.h>

#include <SDL_image.h>

#include "base/mem.h"
#include "base/path.h"

void pictures_done(struct pictures *p)
{
    for (size_t i = 0; i < p->n_icons; i++)
        mem_free(p->icons[i].m.v);
    *p = (struct pictures){ 0 };
}

/* The icon's coverage: its SVG is white, so alpha is all there is to it. */
static struct mask load_icon(const char *name, int px)
{
    char file[64], path[1024];
    snprintf(file, sizeof(file), "icons/%s.svg", name);
    SDL_RWops *rw = path_asset(file, path, sizeof(path)) == ERR_OK ? SDL_RWFromFile(path, "rb") : NULL;
    SDL_Surface *s = rw ? IMG_LoadSizedSVG_RW(rw, px, px) : NULL;
    if (rw)
        SDL_RWclose(rw);
    SDL_Surface *argb = s ? SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    SDL_FreeSurface(s);
    struct mask m = { px, px, NULL };
    if (!argb) {
        fprintf(stderr, "sdl: no icon %s\n", name);
        return m;
    }
    m.v = mem_calloc((size_t)px, (size_t)px);
    for (int y = 0; m.v && y < px && y < argb->h; y++) {
        const Uint32 *row = (const Uint32 *)((const Uint8 *)argb->pixels + (size_t)y * (size_t)argb->pitch);
        for (int x = 0; x < px && x < argb->w; x++)
            m.v[y * px + x] = (uint8_t)(row[x] >> 24);
    }
    SDL_FreeSurface(argb);
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
