#include "ui/text.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

enum { ZWSP = 0x200B, LRI = 0x2066, FSI = 0x2068, PDI = 0x2069 };

struct wrapper {
    const struct ui_metrics *m;
    struct ui_font font;
    bool rtl;
    const char *text;
    int w;
    struct ui_lines *out;
    size_t line;   /* where the present line begins */
    unsigned open; /* isolates open there */
    size_t from, to;       /* what was measured last ... */
    struct ui_extent last; /* ... and its extent */
    double per_byte;       /* of the whole text, px; 0: not known yet */
};

/* Of a piece of the text; asked for once more, it is not measured again. */
static struct ui_extent extent(struct wrapper *p, size_t from, size_t to)
{
    if (to <= from)
        return (struct ui_extent){ 0 };
    if (from != p->from || to != p->to) {
        p->from = from;
        p->to = to;
        p->last = p->m->extent(p->m->ctx, p->font, p->rtl, p->text + from, to - from);
    }
    return p->last;
}

static int width(struct wrapper *p, size_t from, size_t to)
{
    return extent(p, from, to).w;
}

static unsigned isolates_after(const char *s, size_t n, unsigned open)
{
    const char *end = s + n;
    while (s < end) {
        uint32_t cp = utf8_next(&s, end);
        if (cp >= LRI && cp <= FSI && open < 7)
            open++;
        else if (cp == PDI && open > 0)
            open--;
    }
    return open;
}

/* Closes the present line at `to`, spaces at its end left off; the next begins at `next`. */
static void close_line(struct wrapper *p, size_t to, size_t next)
{
    while (to > p->line && p->text[to - 1] == ' ')
        to--;
    struct ui_lines *o = p->out;
    if (o->n == UI_LINES_MAX) {
        o->fits = o->whole = false;
        return;
    }
    struct ui_extent e = extent(p, p->line, to);
    o->v[o->n++] = (struct ui_line){ p->line, to - p->line, e.w, e.ascent, e.descent, p->open };
    if (e.w > o->w)
        o->w = e.w;
    if (e.w > p->w)
        o->fits = o->whole = false;
    p->open = isolates_after(p->text + p->line, next - p->line, p->open);
    p->line = next;
}

/* The end of the word that begins at `from`, what may stay at the end of a
 * line included: "rood-" of "rood-wit". Spaces follow it. */
static size_t word_end(const char *text, size_t from)
{
    const char *s = text + from, *end = text + strlen(text);
    size_t seen = 0;
    while (s < end && *s != ' ' && *s != '\n') {
        uint32_t cp = utf8_next(&s, end);
        seen++;
        if (cp == ZWSP)
            break;
        /* Not after a hyphen in front ("-5") nor before a digit ("06-12"). */
        bool digit_next = s < end && *s >= '0' && *s <= '9';
        if ((cp == '-' || cp == '/') && seen > 1 && !digit_next)
            break;
    }
    return (size_t)(s - text);
}

/* Cuts a word that is wider than a whole line: where an address may be broken, else
 * between its letters. */
static void cut_word(struct wrapper *p, size_t to)
{
    const char *end = p->text + to;
    while (p->line < to && p->out->n < UI_LINES_MAX) {
        size_t good = p->line, soft = p->line;
        for (const char *s = p->text + p->line; s < end;) {
            uint32_t cp = utf8_next(&s, end);
            size_t at = (size_t)(s - p->text);
            if (width(p, p->line, at) > p->w && good > p->line)
                break;
            good = at;
            if (cp == '@' || cp == '.' || cp == '_')
                soft = at;
        }
        if (good >= to)
            return;
        if (soft == p->line)
            p->out->fits = false;
        good = soft > p->line ? soft : good;
        close_line(p, good, good);
    }
}

static size_t skip_spaces(const char *text, size_t i)
{
    while (text[i] == ' ')
        i++;
    return i;
}

/* Most texts fit on one line: they are measured once, and not word by word. */
static bool wrap_not(struct wrapper *p)
{
    size_t n = strlen(p->text);
    while (n > 0 && p->text[n - 1] == ' ')
        n--;
    if (n == 0 || *p->text == ' ' || memchr(p->text, '\n', n) || width(p, 0, n) > p->w)
        return false;
    close_line(p, n, n);
    return true;
}

/* Where words end that fit on the present line together: nearly as many as its width lets expect,
 * so that not each of them has to be measured with those before it. Where it begins, when they do
 * not. */
static size_t words_that_fit(struct wrapper *p)
{
    size_t n = strlen(p->text), good = p->line;
    if (p->per_byte <= 0)
        p->per_byte = (double)width(p, 0, n) / (double)n;
    size_t most = p->per_byte > 0 ? (size_t)(0.9 * p->w / p->per_byte) : 0;
    for (size_t at = good; p->text[at] && p->text[at] != ' ' && p->text[at] != '\n';) {
        size_t end = word_end(p->text, at);
        if (end > p->line + most)
            break;
        good = end;
        at = skip_spaces(p->text, end);
    }
    return width(p, p->line, good) <= p->w ? good : p->line;
}

static size_t later(size_t a, size_t b)
{
    return a > b ? a : b;
}

void ui_wrap(const struct ui_metrics *m, struct ui_font font, bool rtl, const char *text, int w,
             struct ui_lines *ret_lines)
{
    *ret_lines = (struct ui_lines){ .fits = true, .whole = true };
    struct wrapper p = { .m = m, .font = font, .rtl = rtl, .text = text, .w = w,
                         .out = ret_lines };
    if (wrap_not(&p))
        return;
    size_t i = 0, last = 0; /* last: where the line may end at the latest seen word */
    while (text[i]) {
        if (text[i] == '\n') {
            close_line(&p, i, i + 1);
            p.open = 0; /* a new paragraph */
            last = ++i;
            continue;
        }
        size_t start = skip_spaces(text, i);
        size_t end = word_end(text, start);
        if (i == p.line)
            end = later(end, words_that_fit(&p));
        if (width(&p, p.line, end) > w && last > p.line) {
            close_line(&p, last, skip_spaces(text, last));
            end = later(end, words_that_fit(&p));
        }
        if (p.line < start && last == p.line)
            p.line = start;
        if (width(&p, p.line, end) > w)
            cut_word(&p, end);
        last = end;
        i = end;
        if (text[i] == ' ' && text[skip_spaces(text, i)] == '\0')
            i = skip_spaces(text, i);
    }
    if (last > p.line || (p.line > 0 && text[p.line]))
        close_line(&p, last > p.line ? last : strlen(text), strlen(text));
}
