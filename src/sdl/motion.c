#include "sdl/motion.h"

#include <string.h>

#include "base/mem.h"

/* One coordinate of a cubic curve from 0 to 1 with two control points. */
static double curve(double a, double b, double t)
{
    double u = 1 - t;
    return 3 * u * u * t * a + 3 * u * t * t * b + t * t * t;
}

int motion_ease(int64_t ms, int64_t all)
{
    if (ms >= all)
        return 256;
    if (ms <= 0)
        return 0;
    double x = (double)ms / (double)all, low = 0, high = 1;
    for (int i = 0; i < 16; i++) {
        double t = (low + high) / 2;
        if (curve(0.2, 0, t) < x)
            low = t;
        else
            high = t;
    }
    return (int)(256 * curve(0, 1, low));
}

void motion_wipe(struct motion *m)
{
    if (m->px)
        mem_wipe(m->px, (size_t)m->w * (size_t)m->h * sizeof(*m->px));
    mem_free(m->px);
    *m = (struct motion){ 0 };
}

uint32_t *motion_canvas(struct motion *m, int w, int h)
{
    if (m->px && m->w == w && m->h == h)
        return m->px;
    motion_wipe(m);
    m->px = mem_calloc((size_t)w * (size_t)h, sizeof(*m->px));
    m->w = m->px ? w : 0;
    m->h = m->px ? h : 0;
    return m->px;
}

void motion_begin(struct motion *m, const struct ui_motion *how, const struct ui_rect *v, size_t n,
                  int64_t now_ms)
{
    memcpy(m->v, v, n * sizeof(*v));
    m->n = n;
    m->how = *how;
    m->start_ms = now_ms - MOTION_HEAD_MS;
    m->due_ms = now_ms;
    m->mixed = 0;
}

/* Mixes one rectangle in, moved by (dx, dy); what would come from beyond it stays as it is. */
static void blend_rect(const struct motion *m, const struct canvas *to, struct ui_rect r, int dx,
                       int dy, uint32_t w)
{
    struct ui_rect in = ui_rect_cut(r, (struct ui_rect){ r.x + dx, r.y + dy, r.w, r.h });
    in = ui_rect_cut(in, (struct ui_rect){ 0, 0, to->w, to->h });
    for (int y = in.y; y < in.y + in.h; y++)
        canvas_blend_row(to->px + (size_t)y * (size_t)to->pitch + in.x,
                         m->px + (size_t)(y - dy) * (size_t)m->w + (in.x - dx), in.w, w);
}

bool motion_frame(struct motion *m, const struct canvas *to, int64_t now_ms)
{
    int ease = motion_ease(now_ms - m->start_ms, m->how.ms), rest = 256 - ease;
    int dx = m->how.dx * rest / 256, dy = m->how.dy * rest / 256;
    /* So much of what is still old as makes the whole `ease` of 256 new. */
    int share = m->mixed >= 256 ? 256 : (ease - m->mixed) * 256 / (256 - m->mixed);
    bool last = ease >= 256;
    if (last)
        dx = dy = 0;
    for (size_t i = 0; i < m->n; i++)
        blend_rect(m, to, m->v[i], dx, dy, last ? 256 : (uint32_t)(share > 0 ? share : 0));
    m->mixed = ease;
    if (last)
        m->n = 0;
    else
        m->due_ms = now_ms + MOTION_FRAME_MS;
    return last;
}
