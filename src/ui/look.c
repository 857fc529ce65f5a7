#include "ui/look.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* Colours of the design; ratios are asserted in tests/ui/test_look.c. */
#define RGB(v) (0xFF000000u | (v))

static const ui_colour light[UI_TOKEN_COUNT] = {
    [UI_BG] = RGB(0xF4F5FA),           [UI_SURFACE] = RGB(0xFFFFFF),
    [UI_INK] = RGB(0x14182B),          [UI_INK_2] = RGB(0x353B52),
    [UI_LINE] = RGB(0x6F7690),         [UI_RULE] = RGB(0xDDE0EA),
    [UI_PRIMARY] = RGB(0x1F3097),      [UI_PRIMARY_DOWN] = RGB(0x16236F),
    [UI_ON_PRIMARY] = RGB(0xFFFFFF),   [UI_ON_PRIMARY_2] = RGB(0xE6E9FB),
    [UI_PRIMARY_TINT] = RGB(0xE6E9FB), [UI_ACCENT] = RGB(0xFFC53D),
    [UI_ON_ACCENT] = RGB(0x14182B),    [UI_SUCCESS] = RGB(0x064E2C),
    [UI_SUCCESS_TINT] = RGB(0xE2F5EB), [UI_DANGER] = RGB(0x870C18),
    [UI_DANGER_TINT] = RGB(0xFCE8E9),  [UI_ON_DANGER] = RGB(0xFFFFFF),
    [UI_WARNING] = RGB(0x4A2F00),      [UI_WARNING_TINT] = RGB(0xFFF3D1),
    [UI_QUIET] = RGB(0xE9ECF5),        [UI_QUIET_DOWN] = RGB(0xD9DDEC),
    [UI_SURFACE_DOWN] = RGB(0xE1E5F6), [UI_DISABLED_BG] = RGB(0xE7E9F1),
    [UI_DISABLED] = RGB(0x5D647C),     [UI_FOCUS_IN] = RGB(0xFFC53D),
    [UI_FOCUS_OUT] = RGB(0x14182B),    [UI_TINT_SCHOOL] = RGB(0xE3EEFF),
    [UI_TINT_WORK] = RGB(0xE2F5EB),    [UI_TINT_ABSENCE] = RGB(0xFFF3D1),
    [UI_TINT_MONEY] = RGB(0xF3E8FF),   [UI_TINT_HOUSING] = RGB(0xFFE9DD),
    [UI_TINT_OTHER] = RGB(0xECEEF4),   [UI_SCRIM] = 0x99101428u,
    [UI_SHADOW] = 0x1A14182Bu,
};

static const ui_colour dark[UI_TOKEN_COUNT] = {
    [UI_BG] = RGB(0x10131F),           [UI_SURFACE] = RGB(0x1B2033),
    [UI_INK] = RGB(0xF5F7FF),          [UI_INK_2] = RGB(0xC3C9DE),
    [UI_LINE] = RGB(0x8089A8),         [UI_RULE] = RGB(0x343B55),
    [UI_PRIMARY] = RGB(0xA9B6FF),      [UI_PRIMARY_DOWN] = RGB(0xC9D1FF),
    [UI_ON_PRIMARY] = RGB(0x10131F),   [UI_ON_PRIMARY_2] = RGB(0x1B2033),
    [UI_PRIMARY_TINT] = RGB(0x2C3559), [UI_ACCENT] = RGB(0xFFC53D),
    [UI_ON_ACCENT] = RGB(0x14182B),    [UI_SUCCESS] = RGB(0x6FE3A8),
    [UI_SUCCESS_TINT] = RGB(0x14362A), [UI_DANGER] = RGB(0xFF9AA2),
    [UI_DANGER_TINT] = RGB(0x40202A),  [UI_ON_DANGER] = RGB(0x10131F),
    [UI_WARNING] = RGB(0xFFDF94),      [UI_WARNING_TINT] = RGB(0x3D3214),
    [UI_QUIET] = RGB(0x262D45),        [UI_QUIET_DOWN] = RGB(0x374063),
    [UI_SURFACE_DOWN] = RGB(0x2F3855), [UI_DISABLED_BG] = RGB(0x23283B),
    [UI_DISABLED] = RGB(0xA3AAC2),     [UI_FOCUS_IN] = RGB(0xFFC53D),
    [UI_FOCUS_OUT] = RGB(0x14182B),    [UI_TINT_SCHOOL] = RGB(0x23345C),
    [UI_TINT_WORK] = RGB(0x1D3D30),    [UI_TINT_ABSENCE] = RGB(0x433714),
    [UI_TINT_MONEY] = RGB(0x3A2B57),   [UI_TINT_HOUSING] = RGB(0x4A2E24),
    [UI_TINT_OTHER] = RGB(0x2B3149),   [UI_SCRIM] = 0xB3000000u,
    [UI_SHADOW] = 0x40000000u,
};

static const ui_colour contrast[UI_TOKEN_COUNT] = {
    [UI_BG] = RGB(0x000000),           [UI_SURFACE] = RGB(0x000000),
    [UI_INK] = RGB(0xFFFFFF),          [UI_INK_2] = RGB(0xFFFFFF),
    [UI_LINE] = RGB(0xFFFFFF),         [UI_RULE] = RGB(0xFFFFFF),
    [UI_PRIMARY] = RGB(0xFFE14D),      [UI_PRIMARY_DOWN] = RGB(0xFFFFFF),
    [UI_ON_PRIMARY] = RGB(0x000000),   [UI_ON_PRIMARY_2] = RGB(0x000000),
    [UI_PRIMARY_TINT] = RGB(0x000000), [UI_ACCENT] = RGB(0xFFE14D),
    [UI_ON_ACCENT] = RGB(0x000000),    [UI_SUCCESS] = RGB(0x7CFFB2),
    [UI_SUCCESS_TINT] = RGB(0x000000), [UI_DANGER] = RGB(0xFF9AA2),
    [UI_DANGER_TINT] = RGB(0x000000),  [UI_ON_DANGER] = RGB(0x000000),
    [UI_WARNING] = RGB(0xFFE14D),      [UI_WARNING_TINT] = RGB(0x000000),
    [UI_QUIET] = RGB(0x000000),        [UI_QUIET_DOWN] = RGB(0x333333),
    [UI_SURFACE_DOWN] = RGB(0x333333), [UI_DISABLED_BG] = RGB(0x000000),
    [UI_DISABLED] = RGB(0xC8C8C8),     [UI_FOCUS_IN] = RGB(0x000000),
    [UI_FOCUS_OUT] = RGB(0x00E5FF),    [UI_TINT_SCHOOL] = RGB(0x000000),
    [UI_TINT_WORK] = RGB(0x000000),    [UI_TINT_ABSENCE] = RGB(0x000000),
    [UI_TINT_MONEY] = RGB(0x000000),   [UI_TINT_HOUSING] = RGB(0x000000),
    [UI_TINT_OTHER] = RGB(0x000000),   [UI_SCRIM] = 0xCC000000u,
    [UI_SHADOW] = 0x00000000u,
};

/* u at normal text; at large text; the least of each when text has to shrink. */
static const struct {
    double u, large_u, floor_u, large_floor_u;
    bool bold;
} styles[UI_STYLE_COUNT] = {
    [UI_HINT] = { 32, 53, 32, 53, false },      [UI_BODY] = { 38, 53.2, 38, 53, false },
    [UI_BODY_BOLD] = { 38, 53.2, 38, 53, true }, [UI_LABEL] = { 40, 56, 32, 53, true },
    [UI_SECTION] = { 46, 64.4, 38, 53, true },  [UI_TITLE] = { 60, 84, 44, 56, true },
    [UI_LABEL_CALM] = { 38, 53.2, 32, 53, false },
    [UI_NUMERAL] = { 120, 168, 64, 80, true },  [UI_TICKET] = { 240, 300, 150, 150, true },
};

ui_colour ui_theme_colour(enum ui_theme theme, enum ui_token token)
{
    const ui_colour *t = theme == UI_DARK ? dark : theme == UI_CONTRAST ? contrast : light;
    return t[token];
}

const char *ui_theme_name(enum ui_theme theme)
{
    return theme == UI_DARK ? "dark" : theme == UI_CONTRAST ? "contrast" : "light";
}

/* Relative luminance of WCAG 2.2. */
static double luminance(ui_colour c)
{
    double sum = 0;
    static const double weight[3] = { 0.0722, 0.7152, 0.2126 };
    for (int i = 0; i < 3; i++) {
        double v = ((c >> (8 * i)) & 0xFF) / 255.0;
        sum += weight[i] * (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double ui_contrast(ui_colour a, ui_colour b)
{
    double la = luminance(a), lb = luminance(b);
    return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

double ui_ppi(const struct ui_look *look)
{
    double w = look->w, h = look->h;
    return sqrt(w * w + h * h) / look->diagonal_in;
}

double ui_scale(const struct ui_look *look)
{
    if (look->scale > 0)
        return look->scale;
    double s = ui_ppi(look) / 141.0;
    return s < 1.0 ? 1.0 : s > 1.6 ? 1.6 : s;
}

double ui_mm_per_px(const struct ui_look *look)
{
    return 25.4 / ui_ppi(look);
}

int ui_px(const struct ui_look *look, double u)
{
    int px = (int)lround(u * ui_scale(look));
    return px == 0 && u > 0 ? 1 : px;
}

int ui_px_mm(const struct ui_look *look, double mm)
{
    return (int)ceil(mm / ui_mm_per_px(look) - 1e-9);
}

bool ui_portrait(const struct ui_look *look)
{
    return look->h > look->w;
}

bool ui_short(const struct ui_look *look)
{
    return look->h < ui_px(look, 900);
}

int ui_style_px(const struct ui_look *look, enum ui_style style)
{
    return ui_px(look, look->large ? styles[style].large_u : styles[style].u);
}

int ui_style_floor_px(const struct ui_look *look, enum ui_style style)
{
    return ui_px(look, look->large ? styles[style].large_floor_u : styles[style].floor_u);
}

bool ui_style_bold(enum ui_style style)
{
    return styles[style].bold;
}

int ui_line_px(const struct ui_look *look, int font_px)
{
    double f = 1.30;
    if (!strncmp(look->lang, "ar", 2) || !strncmp(look->lang, "fa", 2))
        f = 1.60;
    else if (!strncmp(look->lang, "ti", 2))
        f = 1.40;
    return (int)lround(font_px * f);
}

double ui_cap_mm(const struct ui_look *look, int font_px)
{
    return font_px * 0.714 * ui_mm_per_px(look);
}

struct ui_rect ui_rect_join(struct ui_rect a, struct ui_rect b)
{
    if (a.w <= 0 || a.h <= 0)
        return b;
    if (b.w <= 0 || b.h <= 0)
        return a;
    int x = a.x < b.x ? a.x : b.x, y = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct ui_rect){ x, y, right - x, bottom - y };
}

struct ui_rect ui_rect_cut(struct ui_rect a, struct ui_rect b)
{
    int x = a.x > b.x ? a.x : b.x, y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct ui_rect){ x, y, right > x ? right - x : 0, bottom > y ? bottom - y : 0 };
}

struct ui_rect ui_rect_inset(struct ui_rect r, int by)
{
    int w = r.w - 2 * by, h = r.h - 2 * by;
    return (struct ui_rect){ r.x + by, r.y + by, w > 0 ? w : 0, h > 0 ? h : 0 };
}
