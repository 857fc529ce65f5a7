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
    for (size_t i = 0; i < IMAGES_MAX; i++)
        SDL_FreeSurface(p->images[i].s);
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

/* Loads a picture and scales it into w x h, in proportion. */
static SDL_Surface *load_image(const char *name, int w, int h)
{
    char path[1024];
    SDL_Surface *s = path_asset(name, path, sizeof(path)) == ERR_OK ? IMG_Load(path) : NULL;
    SDL_Surface *argb = s ? SDL_ConvertSurfaceFormat(s, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    SDL_FreeSurface(s);
    if (!argb) {
        fprintf(stderr, "sdl: no picture %s\n", name);
        return NULL;
    }
    double k = (double)w / argb->w < (double)h / argb->h ? (double)w / argb->w : (double)h / argb->h;
    int to_w = (int)(argb->w * k), to_h = (int)(argb->h * k);
    SDL_Surface *out = SDL_CreateRGBSurfaceWithFormat(0, to_w > 0 ? to_w : 1, to_h > 0 ? to_h : 1, 32,
                                                      SDL_PIXELFORMAT_ARGB8888);
    if (out)
        SDL_SoftStretchLinear(argb, NULL, out, NULL);
    SDL_FreeSurface(argb);
    return out;
}

static void blend_image(const struct canvas *c, SDL_Surface *s, int x, int y)
{
    struct ui_rect r = ui_rect_cut((struct ui_rect){ x, y, s->w, s->h }, c->clip);
    for (int j = r.y; j < r.y + r.h; j++) {
        const Uint32 *from = (const Uint32 *)((const Uint8 *)s->pixels + (size_t)(j - y) * (size_t)s->pitch);
        for (int i = r.x; i < r.x + r.w; i++)
            canvas_fill(c, (struct ui_rect){ i, j, 1, 1 }, from[i - x]);
    }
}

void pictures_image(struct pictures *p, const struct canvas *c, const char *name,
                    struct ui_rect box)
{
    if (box.w < 1 || box.h < 1 || strlen(name) >= sizeof(p->images[0].name))
        return;
    size_t at = IMAGES_MAX;
    for (size_t i = 0; i < IMAGES_MAX; i++)
        if (!strcmp(p->images[i].name, name) && p->images[i].w == box.w && p->images[i].h == box.h)
            at = i;
    if (at == IMAGES_MAX) {
        at = p->next_image++ % IMAGES_MAX;
        SDL_FreeSurface(p->images[at].s);
        snprintf(p->images[at].name, sizeof(p->images[at].name), "%s", name);
        p->images[at].w = box.w;
        p->images[at].h = box.h;
        p->images[at].s = load_image(name, box.w, box.h);
    }
    SDL_Surface *s = p->images[at].s;
    if (s)
        blend_image(c, s, box.x + (box.w - s->w) / 2, box.y + (box.h - s->h) / 2);
}
