/*
 * tests/ui/fake_metrics.h - a font whose every character is half an em wide.
 */
#ifndef TESTS_UI_FAKE_METRICS_H
#define TESTS_UI_FAKE_METRICS_H

#include "base/attr.h"
#include "base/utf8.h"
#include "ui/text.h"

static inline struct ui_extent fake_extent(UNUSED void *ctx, struct ui_font font, UNUSED bool rtl,
                                           const char *s, size_t n)
{
    int chars = 0;
    for (const char *end = s + n; s < end;) {
        uint32_t cp = utf8_next(&s, end);
        chars += cp != 0x200B && (cp < 0x2066 || cp > 0x2069);
    }
    return (struct ui_extent){ chars * font.px / 2, font.px, font.px / 3 };
}

static const struct ui_metrics fake_metrics = { NULL, fake_extent };

#endif
