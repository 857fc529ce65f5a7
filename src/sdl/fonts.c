#include "sdl/fonts.h"

#include <stdio.h>
#include <string.h>

#include <SDL_ttf.h>
#include <fribidi.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "sdl/fontfile.h"

enum face { LATIN, ARABIC, ETHIOPIC, FACES };

#define OPEN_MAX 64

struct sdl_fonts {
    char dir[512];
    bool owns_ttf;
    struct {
        TTF_Font *font;
        int px, face;
        bool bold;
        unsigned long used;
    } open[OPEN_MAX];
    size_t n;
    unsigned long tick;
    struct fontfile files[FACES][2]; /* [face][bold], mapped when first needed */
    bool missing[FACES][2];
};

static const struct {
    const char *file, *script;
} faces[FACES] = { [LATIN] = { "NotoSans", "Latn" },
                   [ARABIC] = { "NotoSansArabic", "Arab" },
                   [ETHIOPIC] = { "NotoSansEthiopic", "Ethi" } };

/* The file of a face and weight, said once when it cannot be had. */
static const struct fontfile *get_file(struct sdl_fonts *f, int face, bool bold)
{
    struct fontfile *file = &f->files[face][bold];
    char path[640];
    if (file->v)
        return file;
    snprintf(path, sizeof(path), "%s/%s-%s.ttf", f->dir, faces[face].file, bold ? "Bold" : "Regular");
    enum err e = fontfile_map(path, file);
    if (e == ERR_OK)
        return file;
    f->missing[face][bold] = true;
    fprintf(stderr, "sdl: %s: %s\n", path, err_text(e));
    return NULL;
}

static TTF_Font *open_font(struct sdl_fonts *f, int face, bool bold, int px)
{
    const struct fontfile *file = get_file(f, face, bold);
    SDL_RWops *rw = file ? SDL_RWFromConstMem(file->v, (int)file->n) : NULL;
    TTF_Font *font = rw ? TTF_OpenFontRW(rw, 1, px) : NULL;
    if (file && !font && !f->missing[face][bold]) {
        f->missing[face][bold] = true;
        fprintf(stderr, "sdl: %s-%s.ttf: %s\n", faces[face].file, bold ? "Bold" : "Regular",
                TTF_GetError());
    }
    if (!font)
        return NULL;
    TTF_SetFontHinting(font, TTF_HINTING_LIGHT);
    TTF_SetFontKerning(font, 1);
    TTF_SetFontScriptName(font, faces[face].script);
    return font;
}

/* The open font of a face, weight and size; the one not used longest makes room. */
static TTF_Font *get_font(struct sdl_fonts *f, int face, struct ui_font want)
{
    size_t oldest = 0;
    for (size_t i = 0; i < f->n; i++) {
        if (f->open[i].face == face && f->open[i].px == want.px && f->open[i].bold == want.bold) {
            f->open[i].used = ++f->tick;
            return f->open[i].font;
        }
        if (f->open[i].used < f->open[oldest].used)
            oldest = i;
    }
    if (f->missing[face][want.bold])
        return face == LATIN ? NULL : get_font(f, LATIN, want);
    TTF_Font *font = open_font(f, face, want.bold, want.px);
    if (!font)
        return face == LATIN ? NULL : get_font(f, LATIN, want);
    size_t at = f->n < OPEN_MAX ? f->n++ : oldest;
    if (f->open[at].font)
        TTF_CloseFont(f->open[at].font);
    f->open[at].font = font;
    f->open[at].px = want.px;
    f->open[at].face = face;
    f->open[at].bold = want.bold;
    f->open[at].used = ++f->tick;
    return font;
}

enum err sdl_fonts_create(const char *font_dir, struct sdl_fonts **ret_fonts)
{
    CLEANUP(sdl_fonts_destroyp) struct sdl_fonts *f = mem_calloc(1, sizeof(*f));
    if (!f)
        return ERR_NOMEM;
    snprintf(f->dir, sizeof(f->dir), "%s", font_dir ? font_dir : "/usr/share/fonts/truetype/noto");
    if (TTF_Init() != 0)
        return ERR_IO;
    f->owns_ttf = true;
    if (!get_font(f, LATIN, (struct ui_font){ 38, false }))
        return ERR_NOT_FOUND;
    *ret_fonts = TAKE(f);
    return ERR_OK;
}

void sdl_fonts_destroy(struct sdl_fonts *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        TTF_CloseFont(f->open[i].font);
    for (int face = 0; face < FACES; face++)
        for (int bold = 0; bold < 2; bold++)
            fontfile_unmap(&f->files[face][bold]);
    if (f->owns_ttf)
        TTF_Quit();
    mem_free(f);
}

void sdl_fonts_destroyp(struct sdl_fonts **f)
{
    sdl_fonts_destroy(*f);
    *f = NULL;
}

/* ---- cutting into runs ---- */

static bool in_arabic_block(uint32_t c)
{
    return (c >= 0x600 && c <= 0x77F) || (c >= 0x8A0 && c <= 0x8FF) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC);
}

static bool in_ethiopic_block(uint32_t c)
{
    return (c >= 0x1200 && c <= 0x139F) || (c >= 0x2D80 && c <= 0x2DDF) || (c >= 0xAB00 && c <= 0xAB2F);
}

/* Steers the order or the breaks, is not to be seen. */
static bool invisible(uint32_t c)
{
    return c == 0x200B || c == 0x200E || c == 0x200F || c == 0xFEFF || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2069) || (c < 0x20);
}

static bool joiner(uint32_t c)
{
    return c == 0x200C || c == 0x200D;
}

static bool neutral(FriBidiCharType t)
{
    return !FRIBIDI_IS_STRONG(t) && !FRIBIDI_IS_NUMBER(t);
}

/* A letter takes the face of its script; what belongs to no script stays with
 * the letters before it, so that words are not torn apart in shaping. */
static int face_of(uint32_t c, FriBidiCharType type, int before)
{
    if (in_arabic_block(c))
        return ARABIC;
    if (in_ethiopic_block(c))
        return ETHIOPIC;
    if (type == FRIBIDI_TYPE_NSM || joiner(c))
        return before;
    if (neutral(type) && before == ARABIC && (c == ' ' || c == 0xA0))
        return before;
    return LATIN;
}

struct chars {
    FriBidiChar cp[LINE_CHARS];
    FriBidiCharType types[LINE_CHARS];
    FriBidiBracketType brackets[LINE_CHARS];
    FriBidiLevel levels[LINE_CHARS];
    FriBidiStrIndex n;
};

static void read_chars(struct chars *c, bool rtl, const char *s, size_t n)
{
    const char *end = s + n;
    for (c->n = 0; s < end && c->n < LINE_CHARS; c->n++) {
        uint32_t cp = utf8_next(&s, end);
        c->cp[c->n] = cp == UTF8_BAD ? 0xFFFD : cp;
    }
    fribidi_get_bidi_types(c->cp, c->n, c->types);
    fribidi_get_bracket_types(c->cp, c->n, c->types, c->brackets);
    FriBidiParType par = rtl ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    if (!fribidi_get_par_embedding_levels_ex(c->types, c->brackets, c->n, &par, c->levels))
        memset(c->levels, rtl, sizeof(c->levels)); /* no memory: at least readable one way */
}

static void cut_runs(const struct chars *c, struct line *line)
{
    size_t at = 0;
    int before = LATIN;
    struct run *run = NULL;
    for (FriBidiStrIndex i = 0; i < c->n; i++) {
        if (invisible(c->cp[i]))
            continue;
        int face = face_of(c->cp[i], c->types[i], before);
        before = face;
        if (!run || run->level != c->levels[i] || run->face != face) {
            if (line->n == LINE_RUNS)
                break;
            if (run)
                line->text[at++] = '\0';
            run = &line->runs[line->n++];
            *run = (struct run){ .from = at, .level = c->levels[i], .face = face };
        }
        char bytes[4];
        size_t k = utf8_put(c->cp[i], bytes);
        memcpy(line->text + at, bytes, k);
        at += k;
        run->n += k;
    }
    line->text[at] = '\0';
}

/* Rule L2 of the bidi algorithm, on whole runs: from the highest level down to
 * the lowest odd one, turn every stretch of runs at that level or above. */
static void order_runs(struct line *line)
{
    int highest = 0;
    for (size_t i = 0; i < line->n; i++)
        highest = line->runs[i].level > highest ? line->runs[i].level : highest;
    for (int level = highest; level > 0; level--)
        for (size_t i = 0; i < line->n; i++) {
            size_t end = i;
            while (end < line->n && line->runs[end].level >= level)
                end++;
            for (size_t a = i, b = end; b > a + 1; a++) {
                struct run swap = line->runs[a];
                line->runs[a] = line->runs[--b];
                line->runs[b] = swap;
            }
            i = end;
        }
}

static TTF_Font *font_for_run(struct sdl_fonts *f, struct ui_font font, const struct run *r)
{
    TTF_Font *t = get_font(f, r->face, font);
    if (t)
        TTF_SetFontDirection(t, r->level % 2 ? TTF_DIRECTION_RTL : TTF_DIRECTION_LTR);
    return t;
}

void fonts_cut(bool rtl, const char *s, size_t n, struct line *ret_line)
{
    struct chars chars;
    ret_line->n = 0;
    ret_line->extent = (struct ui_extent){ 0 };
    read_chars(&chars, rtl, s, n);
    cut_runs(&chars, ret_line);
    mem_wipe(&chars, sizeof(chars.cp[0]) * (size_t)chars.n);
    order_runs(ret_line);
}

void fonts_line(struct sdl_fonts *f, struct ui_font font, bool rtl, const char *s, size_t n,
                struct line *ret_line)
{
    fonts_cut(rtl, s, n, ret_line);
    struct ui_extent *e = &ret_line->extent;
    for (size_t i = 0; i < ret_line->n; i++) {
        const struct run *r = &ret_line->runs[i];
        TTF_Font *t = font_for_run(f, font, r);
        int w = 0, h = 0;
        if (!t || TTF_SizeUTF8(t, ret_line->text + r->from, &w, &h) != 0)
            continue;
        e->w += w;
        int ascent = TTF_FontAscent(t), descent = h - ascent;
        e->ascent = ascent > e->ascent ? ascent : e->ascent;
        e->descent = descent > e->descent ? descent : e->descent;
    }
}

/* ---- rendering ---- */

/* The higher of two coverages, n pixels of a rendered run over those of the line. */
static void take_row(unsigned char *restrict to, const unsigned char *restrict from, int n)
{
    for (int i = 0; i < n; i++)
        to[i] = from[i] > to[i] ? from[i] : to[i];
}

/* Takes the coverage of a rendered run over into the line, at x. */
static void take_run(const SDL_Surface *s, unsigned char *out, int w, int h, int x, int y)
{
    int n = s->w < w - x ? s->w : w - x;
    for (int j = y < 0 ? -y : 0; j < s->h && y + j < h; j++)
        take_row(out + (size_t)(y + j) * (size_t)w + x,
                 (const unsigned char *)s->pixels + (size_t)j * (size_t)s->pitch, n);
}

/* SDL_ttf's 8-bit form: a pixel is the number of a colour from back (0) to front (255), so it is
 * the coverage, in a quarter of the bytes of a blended surface. */
static SDL_Surface *render_run(TTF_Font *t, const char *text)
{
    return TTF_RenderUTF8_Shaded(t, text, (SDL_Color){ 255, 255, 255, 255 },
                                 (SDL_Color){ 0, 0, 0, 255 });
}

unsigned char *fonts_render(struct sdl_fonts *f, struct ui_font font, const struct line *line)
{
    int w = line->extent.w, h = line->extent.ascent + line->extent.descent, x = 0;
    unsigned char *out = mem_calloc((size_t)(w > 0 ? w : 1), (size_t)(h > 0 ? h : 1));
    for (size_t i = 0; out && i < line->n; i++) {
        const struct run *r = &line->runs[i];
        TTF_Font *t = font_for_run(f, font, r);
        SDL_Surface *s = t ? render_run(t, line->text + r->from) : NULL;
        if (!s)
            continue; /* nothing in it to see, and no width either */
        take_run(s, out, w, h, x, line->extent.ascent - TTF_FontAscent(t));
        x += s->w;
        mem_wipe(s->pixels, (size_t)s->h * (size_t)s->pitch);
        SDL_FreeSurface(s);
    }
    return out;
}

void sdl_bitmap_done(struct sdl_bitmap *b)
{
    if (b->v)
        mem_wipe(b->v, (size_t)b->w * (size_t)b->h);
    mem_free(b->v);
    *b = (struct sdl_bitmap){ 0 };
}

enum err sdl_bitmap_text(struct sdl_fonts *f, int px, bool bold, bool rtl, const char *s, size_t n,
                         struct sdl_bitmap *ret_bitmap)
{
    struct ui_font font = { px, bold };
    struct line line;
    if (px < 1 || px > 1000)
        return ERR_INVAL;
    fonts_line(f, font, rtl, s, n, &line);
    struct sdl_bitmap b = { line.extent.w, line.extent.ascent + line.extent.descent,
                            line.extent.ascent, fonts_render(f, font, &line) };
    mem_wipe(&line, sizeof(line));
    if (!b.v)
        return ERR_NOMEM;
    *ret_bitmap = b;
    return ERR_OK;
}
