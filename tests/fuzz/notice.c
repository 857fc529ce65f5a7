/*
 * What a wrong stick says of itself, on the page that refuses it and on the one with the code: drawn as the box
 * does it, but for letters, which each are as wide as high (the real ones: fuzz/layout).
 */
#include "tests/fuzz/fuzz.h"

#include <string.h>

#include "base/utf8.h"
#include "i18n/i18n.h"
#include "notice/notice.h"

static struct ui *ui;

static struct ui_extent extent(void *ctx, struct ui_font font, bool rtl, const char *s, size_t n)
{
    (void)ctx;
    (void)rtl;
    MUST(utf8_valid(s, n));
    return (struct ui_extent){ .w = (int)n * font.px / 2, .ascent = font.px, .descent = font.px / 4 };
}

static const struct ui_metrics metrics = { NULL, extent };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    MUST(ui_create(&metrics, &ui) == ERR_OK);
    return 0;
}

static void draw(const struct notice *n, const char *text)
{
    enum err e = notice_describe(ui, n, text, (struct ui_look){ .w = 800, .h = 1280, .diagonal_in = 15.6 });
    MUST(e == ERR_OK || e == ERR_LIMIT);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static char text[NOTICE_TEXT];
    if (n >= sizeof(text))
        n = sizeof(text) - 1;
    memcpy(text, data, n);
    text[n] = '\0';
    notice_clean(text);
    MUST(utf8_valid(text, strlen(text)));
    draw(&notice_refused, text);
    draw(&notice_paper, text);
    return 0;
}
