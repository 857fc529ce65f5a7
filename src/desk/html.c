#include "desk/html.h"

#include <string.h>

#include "base/utf8.h"

#define SENTENCE_MAX 4096

static const char *reference(uint32_t cp)
{
    switch (cp) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '`': return "&#96;";
    default: return NULL;
    }
}

/* C0 but tab and newline, DEL and C1, embeddings and overrides, noncharacters. */
static bool unfit(uint32_t cp)
{
    return cp == UTF8_BAD || (cp < 0x20 && cp != '\t' && cp != '\n') || (cp >= 0x7F && cp < 0xA0) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp & 0xFFFE) == 0xFFFE;
}

/* Nearly every byte: needs no look at what it is part of. */
static bool as_it_is(char c)
{
    return (c >= '(' && c < 0x7F && c != '<' && c != '>' && c != '`') || c == ' ' ||
           (c > '"' && c < '&') || c == '!';
}

void html_esc(struct buf *b, const char *s)
{
    const char *end = s + strlen(s);
    const char *plain = s; /* what waits to be copied as it is */

    while (s < end) {
        if (as_it_is(*s)) {
            s++;
            continue;
        }
        const char *at = s;
        uint32_t cp = utf8_next(&s, end);
        const char *ref = unfit(cp) ? "\xEF\xBF\xBD" : reference(cp);
        if (!ref)
            continue;
        buf_add(b, plain, (size_t)(at - plain));
        buf_adds(b, ref);
        plain = s;
    }
    buf_add(b, plain, (size_t)(end - plain));
}

void html_name(struct buf *b, const char *s)
{
    buf_adds(b, "<bdi>");
    html_esc(b, s);
    buf_adds(b, "</bdi>");
}

void html_attr(struct buf *b, const char *name, const char *value)
{
    buf_addc(b, ' ');
    buf_adds(b, name);
    buf_adds(b, "=\"");
    html_esc(b, value);
    buf_addc(b, '"');
}

void html_attr_int(struct buf *b, const char *name, int64_t value)
{
    char digits[24], *at = digits + sizeof(digits);
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0)
        *--at = '-';
    buf_addc(b, ' ');
    buf_adds(b, name);
    buf_adds(b, "=\"");
    buf_add(b, at, (size_t)(digits + sizeof(digits) - at));
    buf_addc(b, '"');
}

void html_join(struct buf *b, const char *const *parts)
{
    for (; *parts; parts++)
        buf_adds(b, *parts);
}

void html_format_args(struct buf *b, const char *template, const struct i18n_arg *args)
{
    CLEANUP(buf_done) struct buf said = buf_make(SENTENCE_MAX);

    i18n_format_args(&said, template, args);
    html_esc(b, buf_str(&said));
}

void html_hidden(struct buf *b, const char *name, const char *value)
{
    buf_adds(b, "<input type=\"hidden\"");
    html_attr(b, "name", name);
    html_attr(b, "value", value);
    buf_adds(b, ">");
}

void html_hidden_int(struct buf *b, const char *name, int64_t value)
{
    buf_adds(b, "<input type=\"hidden\" data-json=\"number\"");
    html_attr(b, "name", name);
    html_attr_int(b, "value", value);
    buf_adds(b, ">");
}

void html_option(struct buf *b, const char *value, const char *label, bool selected)
{
    buf_adds(b, "<option");
    html_attr(b, "value", value);
    buf_adds(b, selected ? " selected>" : ">");
    html_esc(b, label);
    buf_adds(b, "</option>");
}
