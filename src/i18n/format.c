#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"
#include "i18n/date.h"
#include "i18n/fill.h"
#include "i18n/i18n.h"

#define FSI "\u2068"
#define PDI "\u2069"

/* Embeddings, overrides and isolates: one that a value leaves open would reach
 * over the rest of the sentence. */
static bool spans_text(uint32_t cp)
{
    return (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

static bool is_mark(uint32_t cp)
{
    return spans_text(cp) || cp == 0x200E || cp == 0x200F || cp == 0x061C;
}

static void add_value(struct buf *b, const struct i18n_arg *arg)
{
    if (!arg->value) {
        i18n_number(b, arg->number);
        return;
    }
    const char *s = arg->value;
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        char bytes[4];
        if (!spans_text(cp))
            buf_add(b, bytes, utf8_put(cp == UTF8_BAD ? 0xFFFD : cp, bytes));
    }
}

static const struct i18n_arg *arg_named(const struct i18n_arg *args, const char *name, size_t n)
{
    for (; args->name; args++)
        if (strlen(args->name) == n && memcmp(args->name, name, n) == 0)
            return args;
    return NULL;
}

static void fill(struct buf *b, const char *template, const struct i18n_arg *args, bool isolate)
{
    for (const char *s = template; *s;) {
        size_t plain = strcspn(s, "{");
        buf_add(b, s, plain);
        s += plain;
        if (!*s)
            return;
        if (s[1] == '{') {
            buf_addc(b, '{');
            s += 2;
            continue;
        }
        size_t n = strcspn(s + 1, "}");
        const struct i18n_arg *arg = s[n + 1] == '}' ? arg_named(args, s + 1, n) : NULL;
        if (!arg) {
            buf_addc(b, *s++);
            continue;
        }
        if (isolate)
            buf_adds(b, FSI);
        add_value(b, arg);
        if (isolate)
            buf_adds(b, PDI);
        s += n + 2;
    }
}

void i18n_format_args(struct buf *b, const char *template, const struct i18n_arg *args)
{
    fill(b, template, args, true);
}

void fill_plain(struct buf *b, const char *template, const struct i18n_arg *args)
{
    fill(b, template, args, false);
}

void i18n_strip(char *s)
{
    char *out = s;
    const char *end = s + strlen(s);
    for (const char *in = s; in < end;) {
        const char *start = in;
        uint32_t cp = utf8_next(&in, end);
        if (cp != UTF8_BAD && is_mark(cp))
            continue;
        memmove(out, start, (size_t)(in - start));
        out += in - start;
    }
    *out = '\0';
}
