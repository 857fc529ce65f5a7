/*
 * Any Unicode in a box, with the real fonts: wrapped, cut into runs, drawn. Size, weight,
 * direction and width are the first bytes; the rest is UTF-8, or else three bytes a letter.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "sdl/fonts.h"
#include "ui/text.h"

#define TEXT_MAX 600

static struct sdl_fonts *fonts;

static struct ui_extent extent(void *ctx, struct ui_font font, bool rtl, const char *s, size_t n)
{
    static struct line line;
    (void)ctx;
    fonts_line(fonts, font, rtl, s, n, &line);
    MUST(line.n <= LINE_RUNS && line.extent.w >= 0);
    return line.extent;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(sdl_fonts_create(NULL, &fonts) == ERR_OK);
    return 0;
}

/* Each three bytes a code point; what is none is left out. */
static size_t letters(const uint8_t *data, size_t n, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i + 2 < n && len + 4 < TEXT_MAX; i += 3) {
        uint32_t cp = ((uint32_t)data[i] << 16 | (uint32_t)data[i + 1] << 8 | data[i + 2]) % 0x110000;
        if (cp != 0 && (cp < 0xD800 || cp > 0xDFFF))
            len += utf8_put(cp, out + len);
    }
    return len;
}

static void draw(struct ui_font font, bool rtl, const char *text, const struct ui_lines *lines)
{
    static struct line line;
    for (size_t i = 0; i < lines->n && i < 2; i++) {
        fonts_line(fonts, font, rtl, text + lines->v[i].from, lines->v[i].n, &line);
        unsigned char *pixels = line.extent.w < 4000 ? fonts_render(fonts, font, &line) : NULL;
        mem_free(pixels);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const int sizes[] = { 12, 24, 41, 96 };
    char text[TEXT_MAX + 8];
    if (n < 3)
        return 0;
    struct ui_font font = { sizes[data[0] & 3], data[0] & 4 };
    bool rtl = data[0] & 8;
    int w = 1 + data[1] * 8;
    size_t len = n - 2 < TEXT_MAX ? n - 2 : TEXT_MAX;
    memcpy(text, data + 2, len);
    text[len] = '\0';
    if (!utf8_valid(text, len) || memchr(text, 0, len))
        len = letters(data + 2, n - 2, text);
    text[len] = '\0';
    const struct ui_metrics m = { NULL, extent };
    struct ui_lines lines;
    ui_wrap(&m, font, rtl, text, w, &lines);
    MUST(lines.n <= UI_LINES_MAX);
    size_t at = 0;
    for (size_t i = 0; i < lines.n; i++) {
        MUST(lines.v[i].from >= at && lines.v[i].from + lines.v[i].n <= len);
        at = lines.v[i].from + lines.v[i].n;
        MUST(utf8_valid(text + lines.v[i].from, lines.v[i].n));
        MUST(!lines.fits || lines.v[i].w <= w);
    }
    draw(font, rtl, text, &lines);
    return 0;
}
