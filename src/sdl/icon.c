#include "sdl/icon.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

#define GRID 24.0
#define HALF_WIDTH 1.0 /* of a stroke, on the grid */
#define NUMBER_MAX 1e6

/* ---- strokes ---- */

struct pen {
    struct mask m;
    double scale; /* px of one step of the grid */
};

struct point {
    double x, y;
};

struct span {
    double from, to; /* of a line, 0 its beginning and 1 its end; empty when to < from */
};

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

/* The pixel at v, from 0 to side. */
static int pixel(double v, int side)
{
    return v < 0 ? 0 : v > side ? side : (int)v;
}

/* The part of a line that is no further than `reach` above or below y. */
static struct span near_row(struct point a, struct point d, double y, double reach)
{
    double up = y - reach - a.y, down = y + reach - a.y;
    if (fabs(d.y) < 1e-9)
        return up <= 0 && down >= 0 ? (struct span){ 0, 1 } : (struct span){ 1, 0 };
    double t0 = up / d.y, t1 = down / d.y;
    return (struct span){ most(least(t0, t1), 0), least(most(t0, t1), 1) };
}

/* One row of a stroke from a along d: each pixel by its distance to the line. */
static void stroke_row(const struct pen *p, struct point a, struct point d, int row)
{
    double r = HALF_WIDTH * p->scale, reach = r + 0.5, y = row + 0.5 - a.y;
    double solid = r > 0.5 ? (r - 0.5) * (r - 0.5) : 0, length = d.x * d.x + d.y * d.y;
    struct span s = near_row(a, d, row + 0.5, reach);
    if (s.to < s.from)
        return;
    double x0 = a.x + s.from * d.x, x1 = a.x + s.to * d.x;
    int from = pixel(least(x0, x1) - reach, p->m.w), to = pixel(most(x0, x1) + reach + 1, p->m.w);
    uint8_t *v = p->m.v + (size_t)row * (size_t)p->m.w;
    for (int i = from; i < to; i++) {
        if (v[i] == 255)
            continue;
        double x = i + 0.5 - a.x, t = length > 0 ? (x * d.x + y * d.y) / length : 0;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        double dx = x - t * d.x, dy = y - t * d.y, far = dx * dx + dy * dy;
        if (far >= reach * reach)
            continue;
        uint8_t cover = far <= solid ? 255 : (uint8_t)(255 * least(reach - sqrt(far), 1) + 0.5);
        v[i] = cover > v[i] ? cover : v[i];
    }
}

static void stroke(const struct pen *p, struct point from, struct point to)
{
    struct point a = { from.x * p->scale, from.y * p->scale };
    struct point d = { to.x * p->scale - a.x, to.y * p->scale - a.y };
    double reach = HALF_WIDTH * p->scale + 0.5;
    int end = pixel(most(a.y, a.y + d.y) + reach + 1, p->m.h);
    for (int row = pixel(least(a.y, a.y + d.y) - reach, p->m.h); row < end; row++)
        stroke_row(p, a, d, row);
}

/* Pieces of line for a curve that turns by so many radians over that length on the grid. With
 * radius r, a piece over the angle a is r * a^2 / 8 off in its middle: a twentieth of a pixel. */
static int pieces(const struct pen *p, double turned, double length)
{
    double n = 1 + sqrt(turned * length * p->scale / 8 * 20);
    return n < 256 ? (int)n : 256;
}

/* Where an ellipse is at an angle, itself turned by `turn`. */
static struct point on_ellipse(struct point centre, struct point r, double turn, double angle)
{
    double x = r.x * cos(angle), y = r.y * sin(angle);
    return (struct point){ centre.x + x * cos(turn) - y * sin(turn),
                           centre.y + x * sin(turn) + y * cos(turn) };
}

struct arc {
    struct point centre, r;
    double turn, from, sweep; /* radians */
};

static void stroke_arc(const struct pen *p, const struct arc *a)
{
    int n = pieces(p, fabs(a->sweep), fabs(a->sweep) * most(a->r.x, a->r.y));
    struct point at = on_ellipse(a->centre, a->r, a->turn, a->from);
    for (int i = 1; i <= n; i++) {
        struct point to = on_ellipse(a->centre, a->r, a->turn, a->from + a->sweep * i / n);
        stroke(p, at, to);
        at = to;
    }
}

static double distance(struct point a, struct point b)
{
    return hypot(a.x - b.x, a.y - b.y);
}

/* A cubic Bezier curve. */
static void stroke_curve(const struct pen *p, const struct point c[4])
{
    double length = distance(c[0], c[1]) + distance(c[1], c[2]) + distance(c[2], c[3]);
    int n = pieces(p, M_PI / 2, length); /* a pictogram's curve rarely turns further */
    struct point at = c[0];
    for (int i = 1; i <= n; i++) {
        double t = (double)i / n, u = 1 - t;
        double w[4] = { u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t };
        struct point to = { 0, 0 };
        for (int k = 0; k < 4; k++) {
            to.x += w[k] * c[k].x;
            to.y += w[k] * c[k].y;
        }
        stroke(p, at, to);
        at = to;
    }
}

/* ---- numbers ---- */

struct text {
    const char *s, *end;
};

static bool at_digit(const struct text *t)
{
    return t->s < t->end && *t->s >= '0' && *t->s <= '9';
}

static void skip_gap(struct text *t)
{
    while (t->s < t->end && strchr(" ,\t\r\n", *t->s) && *t->s)
        t->s++;
}

/* Without exponent: no editor writes one for a grid of 24. */
static bool read_number(struct text *t, double *ret)
{
    skip_gap(t);
    double sign = 1, v = 0, unit = 1;
    if (t->s < t->end && (*t->s == '-' || *t->s == '+'))
        sign = *t->s++ == '-' ? -1 : 1;
    const char *from = t->s;
    for (; at_digit(t); t->s++)
        v = v * 10 + (*t->s - '0');
    bool point = t->s < t->end && *t->s == '.';
    for (t->s += point; point && at_digit(t); t->s++)
        v += (*t->s - '0') * (unit /= 10);
    *ret = sign * v;
    return t->s - from > (int)point && v < NUMBER_MAX;
}

/* One of an arc's flags may touch the number behind it. */
static bool read_flag(struct text *t, double *ret)
{
    skip_gap(t);
    if (t->s == t->end || (*t->s != '0' && *t->s != '1'))
        return false;
    *ret = *t->s++ - '0';
    return true;
}

/* ---- paths ---- */

struct path {
    const struct pen *pen;
    struct point at, start;
    struct point control; /* the second one of the curve just drawn, else where we are */
};

/* The arc from where we are: SVG 1.1, appendix F.6.5. v: rx ry turn large sweep x y. */
static void path_arc(struct path *p, const double v[7], struct point to)
{
    double turn = v[2] * M_PI / 180, c = cos(turn), s = sin(turn);
    struct point r = { fabs(v[0]), fabs(v[1]) };
    double hx = (p->at.x - to.x) / 2, hy = (p->at.y - to.y) / 2;
    double x = c * hx + s * hy, y = c * hy - s * hx;
    if (r.x <= 0 || r.y <= 0 || (hx == 0 && hy == 0)) {
        stroke(p->pen, p->at, to);
        return;
    }
    double wide = x * x / (r.x * r.x) + y * y / (r.y * r.y);
    if (wide > 1) { /* too small to reach: grown until it does */
        r.x *= sqrt(wide);
        r.y *= sqrt(wide);
    }
    double far = r.x * r.x * y * y + r.y * r.y * x * x;
    double k = sqrt(most((r.x * r.x * r.y * r.y - far) / far, 0));
    k = v[3] == v[4] ? -k : k; /* large and sweep choose one of two centres: they are 0 or 1 */
    double cx = k * r.x * y / r.y, cy = -k * r.y * x / r.x;
    struct arc a = { .r = r, .turn = turn };
    a.centre = (struct point){ c * cx - s * cy + (p->at.x + to.x) / 2,
                               s * cx + c * cy + (p->at.y + to.y) / 2 };
    a.from = atan2((y - cy) / r.y, (x - cx) / r.x);
    a.sweep = atan2((-y - cy) / r.y, (-x - cx) / r.x) - a.from;
    if (v[4] > 0 && a.sweep < 0)
        a.sweep += 2 * M_PI;
    else if (v[4] <= 0 && a.sweep > 0)
        a.sweep -= 2 * M_PI;
    stroke_arc(p->pen, &a);
}

/* How many numbers a command takes; -1: there is no such command. */
static int numbers_of(char command)
{
    static const char commands[] = "mlhvcsaz";
    static const int counts[] = { 2, 2, 1, 1, 6, 4, 7, 0 };
    const char *at = command ? strchr(commands, command) : NULL;
    return at ? counts[at - commands] : -1;
}

/* The curve with the numbers of c (6) or of s (4), whose first control point mirrors the last. */
static void path_curve(struct path *p, const double *v, int n, struct point from)
{
    struct point c[4] = { p->at, { 2 * p->at.x - p->control.x, 2 * p->at.y - p->control.y } };
    if (n == 6)
        c[1] = (struct point){ from.x + v[0], from.y + v[1] };
    for (int i = 0; i < 2; i++)
        c[2 + i] = (struct point){ from.x + v[n - 4 + 2 * i], from.y + v[n - 3 + 2 * i] };
    stroke_curve(p->pen, c);
    p->control = c[2];
    p->at = c[3];
}

/* Carries out a command (lower case) with its numbers, which count from `from`. */
static void path_do(struct path *p, char command, const double *v, struct point from)
{
    struct point to = p->at;
    switch (command) {
    case 'm':
        p->at = p->start = p->control = (struct point){ from.x + v[0], from.y + v[1] };
        return;
    case 'c':
    case 's':
        path_curve(p, v, command == 'c' ? 6 : 4, from);
        return;
    case 'h':
        to.x = from.x + v[0];
        break;
    case 'v':
        to.y = from.y + v[0];
        break;
    case 'z':
        to = p->start;
        break;
    case 'a':
        to = (struct point){ from.x + v[5], from.y + v[6] };
        break;
    default:
        to = (struct point){ from.x + v[0], from.y + v[1] };
        break;
    }
    if (command == 'a')
        path_arc(p, v, to);
    else
        stroke(p->pen, p->at, to);
    p->at = p->control = to;
}

static bool draw_path(const struct pen *pen, struct text t)
{
    struct path p = { .pen = pen };
    char command = '\0';
    for (skip_gap(&t); t.s < t.end; skip_gap(&t)) {
        bool letter = (*t.s | 0x20) >= 'a' && (*t.s | 0x20) <= 'z';
        if (letter)
            command = *t.s++;
        else if (command == 'M' || command == 'm')
            command = command == 'M' ? 'L' : 'l'; /* more pairs behind it are lines */
        char lower = (char)(command | 0x20);
        int n = numbers_of(lower);
        if (n < 0 || (n == 0 && !letter))
            return false;
        double v[7] = { 0 };
        for (int i = 0; i < n; i++)
            if (!(lower == 'a' && (i == 3 || i == 4) ? read_flag : read_number)(&t, &v[i]))
                return false;
        path_do(&p, lower, v, command == lower ? p.at : (struct point){ 0, 0 });
    }
    return true;
}

/* ---- elements ---- */

/* The value of an attribute of the element that `tag` holds; empty: it has none. */
static struct text attribute(struct text tag, const char *name)
{
    size_t n = strlen(name);
    for (const char *s = tag.s; s + n + 3 < tag.end; s++) {
        if (*s != ' ' || memcmp(s + 1, name, n) != 0 || memcmp(s + 1 + n, "=\"", 2) != 0)
            continue;
        const char *from = s + n + 3, *to = memchr(from, '"', (size_t)(tag.end - from));
        return (struct text){ from, to ? to : from };
    }
    return (struct text){ tag.s, tag.s };
}

static double value(struct text tag, const char *name, double otherwise)
{
    struct text t = attribute(tag, name);
    double v = 0;
    return read_number(&t, &v) ? v : otherwise;
}

static void draw_ellipse(const struct pen *pen, struct text tag)
{
    double r = value(tag, "r", 0);
    struct arc a = { .centre = { value(tag, "cx", 0), value(tag, "cy", 0) },
                     .r = { value(tag, "rx", r), value(tag, "ry", r) }, .sweep = 2 * M_PI };
    stroke_arc(pen, &a);
}

static void draw_rect(const struct pen *pen, struct text tag)
{
    double x = value(tag, "x", 0), y = value(tag, "y", 0);
    double w = value(tag, "width", 0), h = value(tag, "height", 0), r = value(tag, "rx", 0);
    r = least(most(r, 0), least(w, h) / 2);
    /* Corners clockwise from the top left, where the quarter of a circle begins. */
    const struct point centres[4] = { { x + r, y + r }, { x + w - r, y + r },
                                      { x + w - r, y + h - r }, { x + r, y + h - r } };
    for (int i = 0; i < 4; i++) {
        struct arc a = { .centre = centres[i], .r = { r, r }, .from = M_PI + i * M_PI / 2,
                         .sweep = M_PI / 2 };
        stroke_arc(pen, &a);
        stroke(pen, on_ellipse(a.centre, a.r, 0, a.from + a.sweep),
               on_ellipse(centres[(i + 1) % 4], a.r, 0, a.from + a.sweep));
    }
}

static bool is_element(struct text tag, const char *name)
{
    size_t n = strlen(name);
    return (size_t)(tag.end - tag.s) > n && memcmp(tag.s, name, n) == 0 && tag.s[n] == ' ';
}

static bool draw_element(const struct pen *pen, struct text tag)
{
    if (is_element(tag, "path"))
        return draw_path(pen, attribute(tag, "d"));
    if (is_element(tag, "circle") || is_element(tag, "ellipse"))
        draw_ellipse(pen, tag);
    else if (is_element(tag, "rect"))
        draw_rect(pen, tag);
    return true;
}

enum err icon_draw(const char *svg, int px, struct mask *ret_mask)
{
    if (px < 1 || px > 4096)
        return ERR_INVAL;
    struct pen pen = { .m = { px, px, mem_calloc((size_t)px, (size_t)px) }, .scale = px / GRID };
    if (!pen.m.v)
        return ERR_NOMEM;
    for (const char *s = strchr(svg, '<'); s; s = strchr(s, '<')) {
        const char *end = strchr(++s, '>');
        if (!end || !draw_element(&pen, (struct text){ s, end })) {
            mem_free(pen.m.v);
            return ERR_FORMAT;
        }
    }
    *ret_mask = pen.m;
    return ERR_OK;
}

enum err icon_load(const char *path, int px, struct mask *ret_mask)
{
    char svg[ICON_FILE_MAX + 1];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return ERR_NOT_FOUND;
    ssize_t n = read(fd, svg, sizeof(svg));
    (void)close(fd);
    if (n < 0)
        return ERR_IO;
    if ((size_t)n == sizeof(svg))
        return ERR_LIMIT;
    svg[n] = '\0';
    return icon_draw(svg, px, ret_mask);
}
