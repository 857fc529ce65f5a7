#include "ctl/out.h"

#include <ctype.h>
#include <jansson.h>
#include <stdarg.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define GAP 2 /* spaces between columns */

void out_init(struct out *o, FILE *file, bool json)
{
    *o = (struct out){ .file = file, .json = json };
}

static void forget_cells(struct out *o)
{
    for (size_t i = 0; i < o->n; i++)
        mem_free(o->cells[i].text);
    o->n = 0;
    o->columns = 0;
    o->open = 0;
}

void out_done(struct out *o)
{
    forget_cells(o);
    mem_free(o->cells);
    json_decref(o->object);
    *o = (struct out){ 0 };
}

static void put_json(struct out *o, const char *key, json_t *value /* taken */)
{
    if (!o->object)
        o->object = json_object();
    if (!value || json_object_set_new(o->object, key, value) != 0)
        o->failed = true;
}

static void put_cell(struct out *o, const char *key, const char *text, bool number)
{
    char *copy = o->open < OUT_COLUMNS_MAX ? mem_dup_str(text) : NULL;
    if (!copy || !mem_grow(&o->cells, &o->cap, o->n, sizeof(*o->cells))) {
        mem_free(copy);
        o->failed = true;
        return;
    }
    o->cells[o->n++] = (struct out_cell){ copy, number };
    o->open_keys[o->open++] = key;
}

void out_null(struct out *o, const char *key)
{
    if (o->json)
        put_json(o, key, json_null());
    else
        put_cell(o, key, "-", false);
}

void out_text(struct out *o, const char *key, const char *value)
{
    if (!value || !value[0])
        out_null(o, key);
    else if (o->json)
        put_json(o, key, json_string(value));
    else
        put_cell(o, key, value, false);
}

void out_int(struct out *o, const char *key, int64_t value)
{
    char text[24];
    snprintf(text, sizeof(text), "%lld", (long long)value);
    if (o->json)
        put_json(o, key, json_integer(value));
    else
        put_cell(o, key, text, true);
}

void out_bool(struct out *o, const char *key, bool value)
{
    if (o->json)
        put_json(o, key, json_boolean(value));
    else
        put_cell(o, key, value ? "yes" : "no", false);
}

static int offset_s(const struct out *o, utc_ms at)
{
    return o->zone ? zone_offset_s(o->zone, at) : 0;
}

void out_time(struct out *o, const char *key, utc_ms at)
{
    char text[RFC3339_SIZE];
    if (at == 0) {
        out_null(o, key);
        return;
    }
    rfc3339_format(at, offset_s(o, at), text);
    out_text(o, key, text);
}

void out_day(struct out *o, const char *key, civil_day day)
{
    char text[CIVIL_DATE_SIZE];
    civil_format(day, text);
    out_text(o, key, text);
}

void out_words(struct out *o, const char *key, const char *const *words, size_t n)
{
    if (o->json) {
        json_t *list = json_array();
        for (size_t i = 0; i < n; i++)
            if (json_array_append_new(list, json_string(words[i])) != 0)
                o->failed = true;
        put_json(o, key, list);
        return;
    }
    CLEANUP(buf_done) struct buf b = buf_make(1024);
    for (size_t i = 0; i < n; i++)
        buf_addf(&b, "%s%s", i ? " " : "", words[i]);
    out_text(o, key, buf_str(&b));
}

/* How a column is set: wide enough for every cell; a column with a number in it to the right. */
struct measure {
    size_t width;
    bool right;
};

static void print_one(struct out *o, const struct measure *m, size_t c, const char *text)
{
    size_t fill = m[c].width - utf8_count(text);
    fprintf(o->file, "%*s%s", (int)((c ? GAP : 0) + (m[c].right ? fill : 0)), "", text);
    if (!m[c].right && c + 1 < o->columns)
        fprintf(o->file, "%*s", (int)fill, "");
    if (c + 1 == o->columns)
        fputc('\n', o->file);
}

/* "wait_min" as "WAIT MIN". */
static void print_heading(struct out *o, const struct measure *m, size_t c)
{
    char text[32];
    snprintf(text, sizeof(text), "%s", o->keys[c]);
    for (char *s = text; *s; s++)
        *s = *s == '_' ? ' ' : (char)toupper((unsigned char)*s);
    print_one(o, m, c, text);
}

static void measure_table(const struct out *o, size_t whole, struct measure *m)
{
    for (size_t c = 0; c < o->columns; c++)
        m[c].width = strlen(o->keys[c]);
    for (size_t i = 0; i < whole; i++) {
        struct measure *column = &m[i % o->columns];
        size_t w = utf8_count(o->cells[i].text);
        column->width = w > column->width ? w : column->width;
        column->right = column->right || o->cells[i].number;
    }
}

/* Prints the whole rows; the cells of an open row behind them stay. */
static void print_table(struct out *o)
{
    size_t whole = o->n - o->open;
    struct measure m[OUT_COLUMNS_MAX] = { 0 };
    if (o->columns == 0 || whole == 0)
        return;
    measure_table(o, whole, m);
    for (size_t c = 0; c < o->columns; c++)
        print_heading(o, m, c);
    for (size_t i = 0; i < whole; i++) {
        print_one(o, m, i % o->columns, o->cells[i].text);
        mem_free(o->cells[i].text);
    }
    memmove(o->cells, o->cells + whole, o->open * sizeof(*o->cells));
    o->n = o->open;
}

static bool same_keys(const struct out *o)
{
    bool same = o->open == o->columns;
    for (size_t i = 0; same && i < o->open; i++)
        same = strcmp(o->keys[i], o->open_keys[i]) == 0;
    return same;
}

void out_row(struct out *o)
{
    if (o->json) {
        if (o->object && !o->failed &&
            (json_dumpf(o->object, o->file, JSON_COMPACT) != 0 || fputc('\n', o->file) == EOF))
            o->failed = true;
        json_decref(o->object);
        o->object = NULL;
        return;
    }
    if (o->failed)
        return;
    if (!same_keys(o)) {
        print_table(o);
        memcpy(o->keys, o->open_keys, sizeof(o->keys));
        o->columns = o->open;
    }
    o->open = 0;
}

void out_say(struct out *o, const char *fmt, ...)
{
    if (o->json)
        return;
    va_list args;
    va_start(args, fmt);
    vfprintf(o->file, fmt, args);
    va_end(args);
    fputc('\n', o->file);
}

void out_raw(struct out *o, const char *text, size_t n)
{
    if (fwrite(text, 1, n, o->file) != n)
        o->failed = true;
}

enum err out_finish(struct out *o)
{
    if (!o->failed)
        print_table(o);
    forget_cells(o);
    if (fflush(o->file) != 0 || ferror(o->file))
        o->failed = true;
    return o->failed ? ERR_IO : ERR_OK;
}

void out_when(const struct out *o, utc_ms at, char when[OUT_WHEN_SIZE])
{
    static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    static const struct zone utc = { 0 };
    struct local_time t = zone_local(o->zone ? o->zone : &utc, at);
    struct civil_date d = civil_date_of(t.day);
    snprintf(when, OUT_WHEN_SIZE, "%s %d %s %d %02d:%02d", days[civil_weekday(t.day)], d.day,
             months[d.month - 1], d.year, t.minute / 60, t.minute % 60);
}
