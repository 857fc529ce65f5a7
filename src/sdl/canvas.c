#include "sdl/canvas.h"

#include <math.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"

/* Mixes two channels at a time; a is 0..256. */
static inline uint32_t mix(uint32_t under, uint32_t over, uint32_t a)
{
    uint32_t rb = under & 0xFF00FF, g = under & 0x00FF00;
    rb += (((over & 0xFF00FF) - rb) * a) >> 8;
    g += (((over & 0x00FF00) - g) * a) >> 8;
    return 0xFF000000u | (rb & 0xFF00FF) | (g & 0x00FF00);
}

/* 0..255 to 0..256, so that full coverage is exact. */
static inline uint32_t weight(uint32_t a)
{
    return a + (a >> 7);
}

/* wmemset() is the C library's widest store of 32-bit values on every machine. */
_Static_assert(sizeof(wchar_t) == sizeof(uint32_t), "a pixel is as wide as a wchar_t");

static void fill_row(uint32_t *px, int n, ui_colour colour)
{
    if (n <= 0)
        return;
    if (colour >> 24 == 0xFF) {
        wmemset((wchar_t *)px, (wchar_t)colour, (size_t)n);
        return;
    }
    uint32_t a = weight(colour >> 24);
    for (int i = 0; i < n; i++)
        px[i] = mix(px[i], colour, a);
}

void canvas_fill(const struct canvas *c, struct ui_rect box, ui_colour colour)
{
    struct ui_rect r = ui_rect_cut(box, c->clip);
    for (int y = r.y; y < r.y + r.h; y++)
        fill_row(c->px + (size_t)y * (size_t)c->pitch + r.x, r.w, colour);
}

static inline uint32_t dim(uint32_t cover, uint32_t alpha)
{
    return alpha == 0xFF ? cover : cover * alpha / 255;
}

/* One pixel covered by cover of 255. */
static inline void cover_px(uint32_t *px, uint32_t cover, ui_colour colour)
{
    uint32_t a = dim(cover, colour >> 24);
    if (a == 0xFF)
        *px = colour;
    else if (a)
        *px = mix(*px, colour, weight(a));
}

/* Numbers side by side, for which every machine of ours has instructions. */
typedef uint8_t sixteen_bytes __attribute__((vector_size(16)));
typedef uint16_t eight_numbers __attribute__((vector_size(16)));
typedef uint32_t four_numbers __attribute__((vector_size(16)));
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the low byte of a number comes first");
#define PUT_SIDE_BY_SIDE __builtin_shufflevector

/* Eight bytes under a colour: w of 256 of each is new. The upper byte of each number is the result;
 * what is more than sixteen bits on the way falls away again. */
static inline eight_numbers mix_bytes(eight_numbers old, eight_numbers new, eight_numbers w)
{
    return (old << 8) + (new - old) * w;
}

/* Four pixels under a colour, of which the first two are covered by w01 and the others by w23. */
static inline void mix_four(uint32_t *px, eight_numbers colour, eight_numbers w01, eight_numbers w23)
{
    const sixteen_bytes none = { 0 };
    sixteen_bytes b;
    memcpy(&b, px, sizeof(b));
    eight_numbers first = (eight_numbers)PUT_SIDE_BY_SIDE(b, none, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20,
                                                          5, 21, 6, 22, 7, 23);
    eight_numbers second = (eight_numbers)PUT_SIDE_BY_SIDE(b, none, 8, 24, 9, 25, 10, 26, 11, 27, 12,
                                                           28, 13, 29, 14, 30, 15, 31);
    b = PUT_SIDE_BY_SIDE((sixteen_bytes)mix_bytes(first, colour, w01),
                         (sixteen_bytes)mix_bytes(second, colour, w23), 1, 3, 5, 7, 9, 11, 13, 15,
                         17, 19, 21, 23, 25, 27, 29, 31);
    memcpy(px, &b, sizeof(b));
}

/* Eight pixels, each covered otherwise, by a byte of `cover`: what cover_px() makes of each. `solid`
 * is the colour's four bytes, twice. */
static inline void cover_eight(uint32_t *px, uint64_t cover, eight_numbers solid, uint16_t alpha)
{
    const sixteen_bytes none = { 0 };
    sixteen_bytes b = none;
    memcpy(&b, &cover, sizeof(cover));
    eight_numbers w = (eight_numbers)PUT_SIDE_BY_SIDE(b, none, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5,
                                                      21, 6, 22, 7, 23);
    if (alpha != 0xFF) {
        w *= alpha;
        w = (w + 1 + (w >> 8)) >> 8; /* by 255, exact up to 255 * 255 */
    }
    w += w >> 7;
    four_numbers w0 = (four_numbers)PUT_SIDE_BY_SIDE(w, w, 0, 8, 1, 9, 2, 10, 3, 11);
    four_numbers w4 = (four_numbers)PUT_SIDE_BY_SIDE(w, w, 4, 12, 5, 13, 6, 14, 7, 15);
    mix_four(px, solid, (eight_numbers)PUT_SIDE_BY_SIDE(w0, w0, 0, 4, 1, 5),
             (eight_numbers)PUT_SIDE_BY_SIDE(w0, w0, 2, 6, 3, 7));
    mix_four(px + 4, solid, (eight_numbers)PUT_SIDE_BY_SIDE(w4, w4, 0, 4, 1, 5),
             (eight_numbers)PUT_SIDE_BY_SIDE(w4, w4, 2, 6, 3, 7));
}

/* A line of a mask, eight pixels at a time: most of a text's is empty, or covered all over. */
static void mask_row(uint32_t *px, const uint8_t *from, int n, ui_colour colour)
{
    const uint16_t b = colour & 0xFF, g = colour >> 8 & 0xFF, r = colour >> 16 & 0xFF;
    const eight_numbers solid = { b, g, r, 0xFF, b, g, r, 0xFF };
    int i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t eight;
        memcpy(&eight, from + i, sizeof(eight));
        if (eight)
            cover_eight(px + i, eight, solid, (uint16_t)(colour >> 24));
    }
    if (i < n && n >= 8) { /* the last eight once more, of them only what is not done */
        uint64_t eight;
        memcpy(&eight, from + n - 8, sizeof(eight));
        eight &= UINT64_MAX << (8 - (n - i)) * 8;
        if (eight)
            cover_eight(px + n - 8, eight, solid, (uint16_t)(colour >> 24));
        return;
    }
    for (; i < n; i++)
        cover_px(&px[i], from[i], colour);
}

void canvas_mask(const struct canvas *c, int x, int y, const struct mask *m, ui_colour colour)
{
    struct ui_rect r = ui_rect_cut((struct ui_rect){ x, y, m->w, m->h }, c->clip);
    for (int j = r.y; j < r.y + r.h; j++)
        mask_row(c->px + (size_t)j * (size_t)c->pitch + r.x,
                 m->v + (size_t)(j - y) * (size_t)m->w + (r.x - x), r.w, colour);
}

/* ---- rounded boxes ---- */

static double clamp01(double v)
{
    return v < 0 ? 0 : v > 1 ? 1 : v;
}

static void free_shape(struct shape *s)
{
    mem_free(s->m.v);
    mem_free(s->first);
}

void shapes_done(struct shapes *s)
{
    for (int i = 0; i < s->n; i++)
        free_shape(&s->v[i]);
    *s = (struct shapes){ 0 };
}

/* A new place for a mask w x h, the oldest thrown out when all are taken. */
static struct shape *shapes_add(struct shapes *s, int radius, int blur, int w, int h)
{
    struct shape new = { .radius = radius, .blur = blur,
                         .m = { w, h, mem_calloc((size_t)w, (size_t)h) },
                         .first = mem_calloc((size_t)h, sizeof(*new.first)) };
    if (!new.m.v || !new.first) {
        free_shape(&new);
        return NULL;
    }
    if (s->n == SHAPES_MAX) {
        free_shape(&s->v[0]);
        memmove(&s->v[0], &s->v[1], (SHAPES_MAX - 1) * sizeof(s->v[0]));
        s->n--;
    }
    s->v[s->n] = new;
    return &s->v[s->n++];
}

static struct shape *shapes_find(struct shapes *s, int radius, int blur)
{
    for (int i = 0; i < s->n; i++)
        if (s->v[i].radius == radius && s->v[i].blur == blur)
            return &s->v[i];
    return NULL;
}

/* How much of a pixel a disc covers, whose middle is dx and dy away. Only for its rim is that
 * worth a root. */
static uint8_t in_disc(int radius, double dx, double dy)
{
    double far = dx * dx + dy * dy;
    if (far <= (radius - 0.5) * (radius - 0.5))
        return 0xFF;
    if (far >= (radius + 0.5) * (radius + 0.5))
        return 0;
    return (uint8_t)lround(255 * clamp01(radius - hypot(dx, dy) + 0.5));
}

/* The top left quarter of a disc: how much of each pixel it covers. */
static const struct shape *corner(struct shapes *s, int radius)
{
    struct shape *q = shapes_find(s, radius, 0);
    if (q || !(q = shapes_add(s, radius, 0, radius, radius)))
        return q;
    for (int y = 0; y < radius; y++) {
        for (int x = radius - 1; x >= 0; x--)
            q->m.v[y * radius + x] = in_disc(radius, radius - x - 0.5, radius - y - 0.5);
        while (q->first[y] < radius && q->m.v[y * radius + q->first[y]] == 0)
            q->first[y]++;
    }
    return q;
}

static int later(int a, int b)
{
    return a > b ? a : b;
}

static int sooner(int a, int b)
{
    return a < b ? a : b;
}

/* The pixels from..to of a line of a rounded box; `quarter` is that line of its corner, of which
 * nothing is covered before `first`. Few pixels lie between nothing and all. */
static void round_row(uint32_t *row, int from, int to, struct ui_rect box, const uint8_t *quarter,
                      int radius, int first, ui_colour colour)
{
    int full = first, right = box.x + box.w;
    while (full < radius && quarter[full] != 0xFF)
        full++;
    for (int x = later(box.x + first, from); x < sooner(box.x + full, to); x++)
        cover_px(&row[x], quarter[x - box.x], colour);
    int begin = later(box.x + full, from);
    fill_row(row + begin, sooner(right - full, to) - begin, colour);
    for (int x = later(right - full, from); x < sooner(right - first, to); x++)
        cover_px(&row[x], quarter[right - 1 - x], colour);
}

void canvas_round(const struct canvas *c, struct shapes *s, struct ui_rect box, int radius,
                  ui_colour colour)
{
    struct ui_rect r = ui_rect_cut(box, c->clip);
    radius = sooner(radius, sooner(box.w, box.h) / 2);
    const struct shape *q = radius > 0 ? corner(s, radius) : NULL;
    if (!q) {
        canvas_fill(c, box, colour);
        return;
    }
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = c->px + (size_t)y * (size_t)c->pitch;
        int v = sooner(y - box.y, box.y + box.h - 1 - y);
        if (v >= radius)
            fill_row(row + r.x, r.w, colour);
        else
            round_row(row, r.x, r.x + r.w, box, q->m.v + v * radius, radius, q->first[v], colour);
    }
}

/* ---- shadow ---- */

/* Box blur of one line: each of n values becomes the mean of 2 * half + 1. */
static void blur_line(const float *from, float *to, int n, int step, int half)
{
    float sum = 0, of = (float)(2 * half + 1);
    for (int i = -half; i < n; i++) {
        if (i + half < n)
            sum += from[(i + half) * step];
        if (i - half - 1 >= 0)
            sum -= from[(i - half - 1) * step];
        if (i >= 0)
            to[i * step] = sum / of;
    }
}

/* A rounded box blurred three times over; only its top half is kept, without what lies between
 * its corners, where it does not change along the edge. */
static const struct shape *soft_corner(struct shapes *s, int radius, int blur)
{
    struct shape *m = shapes_find(s, radius, blur);
    if (m)
        return m;
    int keep = radius + 2 * blur + 1, n = 2 * keep, half = blur / 3;
    float *a = mem_calloc((size_t)(n * n), sizeof(*a)), *b = mem_calloc((size_t)(n * n), sizeof(*b));
    m = a && b ? shapes_add(s, radius, blur, n, keep) : NULL;
    for (int y = blur; m && y < n - blur; y++)
        for (int x = blur; x < n - blur; x++) {
            int u = x < n - 1 - x ? x - blur : n - 1 - x - blur;
            int v = y < n - 1 - y ? y - blur : n - 1 - y - blur;
            bool in_corner = u < radius && v < radius;
            double d = in_corner ? hypot(radius - u - 0.5, radius - v - 0.5) : 0;
            a[y * n + x] = (float)(in_corner ? clamp01(radius - d + 0.5) : 1);
        }
    for (int pass = 0; m && pass < 3; pass++) {
        for (int y = 0; y < n; y++)
            blur_line(a + y * n, b + y * n, n, 1, half);
        for (int x = 0; x < n; x++)
            blur_line(b + x, a + x, n, n, half);
    }
    for (int y = 0; m && y < keep; y++)
        for (int x = 0; x < keep; x++)
            m->m.v[y * n + x] = m->m.v[y * n + n - 1 - x] = (uint8_t)lroundf(255 * a[y * n + x]);
    mem_free(a);
    mem_free(b);
    return m;
}

/* The pixels from..to of one line of a shadow; soft is that line of both its corners, keep wide
 * each. Between them it is the same all along; in a narrow box they meet half-way. */
static void shadow_row(uint32_t *row, int from, int to, const struct ui_draw_cmd *cmd,
                       const uint8_t *soft, int keep)
{
    int left = cmd->box.x, right = left + cmd->box.w;
    int middle = left + sooner(keep, (cmd->box.w + 1) / 2), behind = later(right - keep, middle);
    if (from < sooner(middle, to))
        mask_row(row + from, soft + (from - left), sooner(middle, to) - from, cmd->colour);
    uint32_t a = dim(soft[keep - 1], cmd->colour >> 24);
    int x = later(from, middle);
    if (a)
        fill_row(row + x, sooner(behind, to) - x, a << 24 | (cmd->colour & 0xFFFFFF));
    x = later(from, behind);
    if (x < to)
        mask_row(row + x, soft + 2 * keep - (right - x), to - x, cmd->colour);
}

void canvas_shadow(const struct canvas *c, struct shapes *s, const struct ui_draw_cmd *cmd)
{
    const struct shape *m = soft_corner(s, cmd->radius, cmd->blur);
    if (!m)
        return;
    struct ui_rect box = cmd->box, r = ui_rect_cut(box, c->clip);
    /* What the box itself covers is painted over next: leave it out. */
    struct ui_rect over = ui_rect_inset(box, cmd->blur);
    over.y -= cmd->line;
    int keep = m->m.h, bottom = box.y + box.h, end = r.x + r.w;
    for (int y = r.y; y < r.y + r.h; y++) {
        uint32_t *row = c->px + (size_t)y * (size_t)c->pitch;
        int v = y - box.y < bottom - 1 - y ? y - box.y : bottom - 1 - y;
        const uint8_t *soft = m->m.v + sooner(v, keep - 1) * m->m.w;
        if (y < over.y || y >= over.y + over.h) {
            shadow_row(row, r.x, end, cmd, soft, keep);
            continue;
        }
        bool at_corner = y < over.y + cmd->radius || y >= over.y + over.h - cmd->radius;
        int in = at_corner ? cmd->radius : 0;
        int hole = over.x + in, behind = over.x + over.w - in;
        shadow_row(row, r.x, end < hole ? end : hole, cmd, soft, keep);
        shadow_row(row, r.x > behind ? r.x : behind, end, cmd, soft, keep);
    }
}

/* ---- one picture over another ---- */

/* A byte at a time, whatever colour it is of: every machine has wide 16-bit multiplications. */
static inline uint8_t blend(uint8_t old, uint8_t new, uint16_t w)
{
    return (uint8_t)((uint16_t)(old * (256 - w) + new * w) >> 8);
}

void canvas_blend_row(uint32_t *restrict to, const uint32_t *restrict from, int n, uint32_t w)
{
    size_t bytes = (size_t)n * sizeof(*to);
    if (w >= 256) {
        memcpy(to, from, bytes);
        return;
    }
    uint8_t *restrict t = (uint8_t *)to;
    const uint8_t *restrict f = (const uint8_t *)from;
    for (size_t i = 0; i < bytes; i++)
        t[i] = blend(t[i], f[i], (uint16_t)w);
}

/* ---- ring and modules ---- */

void canvas_arc(const struct canvas *c, const struct ui_draw_cmd *cmd)
{
    struct ui_rect r = ui_rect_cut(cmd->box, c->clip);
    double outer = cmd->box.w / 2.0, inner = outer - cmd->line;
    double cx = cmd->box.x + outer, cy = cmd->box.y + cmd->box.h / 2.0;
    double end = 2 * M_PI * cmd->turn / 1000;
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++) {
            double dx = x + 0.5 - cx, dy = y + 0.5 - cy, d = hypot(dx, dy);
            double cover = clamp01(outer - d + 0.5) * clamp01(d - inner + 0.5);
            if (cover <= 0)
                continue;
            double angle = atan2(dx, -dy);
            angle += angle < 0 ? 2 * M_PI : 0;
            if (cmd->turn < 1000)
                cover *= clamp01((end - angle) * d + 0.5);
            uint32_t a = (uint32_t)lround(255 * cover);
            uint32_t *px = c->px + (size_t)y * (size_t)c->pitch + x;
            if (a)
                *px = mix(*px, cmd->colour, weight(a));
        }
}

void canvas_modules(const struct canvas *c, const struct ui_draw_cmd *cmd, const uint8_t *modules)
{
    int side = cmd->side;
    for (int j = 0; j < side; j++)
        for (int i = 0; i < side; i++) {
            if (!modules[j * side + i])
                continue;
            int x0 = cmd->box.x + i * cmd->box.w / side, x1 = cmd->box.x + (i + 1) * cmd->box.w / side;
            int y0 = cmd->box.y + j * cmd->box.h / side, y1 = cmd->box.y + (j + 1) * cmd->box.h / side;
            canvas_fill(c, (struct ui_rect){ x0, y0, x1 - x0, y1 - y0 }, cmd->colour);
        }
}
