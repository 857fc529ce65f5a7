#include "config/options.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "config/value.h"

#define FILE_MAX (64u * 1024)
#define LINE_MAX_BYTES 1400 /* the longest value, its name and some space */
#define ROWS_MAX 128

/* One reading: what inih reads from, and what its calls leave behind. */
struct reading {
    const char *name; /* of the file, for faults */
    const char *at, *end;
    int line; /* the one being read, from 1 */
    bool seen[ROWS_MAX];
    struct config config;
    struct config_fault fault; /* "" while all is well */
};

static void fault_at(struct reading *r, int line, const char *what)
{
    (void)snprintf(r->fault.text, sizeof(r->fault.text), "%s:%d: %s", r->name, line, what);
}

static void fault_of(struct reading *r, const char *section, const char *option, const char *why)
{
    (void)snprintf(r->fault.text, sizeof(r->fault.text), "%s:%d: [%s] %s: %s", r->name, r->line,
                   section, option, why);
}

/* Values go into messages, and messages to a terminal: only whole UTF-8. */
static bool text_sound(struct reading *r, const char *text, size_t n)
{
    int line = 1;
    size_t start = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && text[i] != '\n')
            continue;
        const char *why = NULL;
        if (i - start > LINE_MAX_BYTES)
            why = "the line is too long";
        else if (memchr(text + start, '\0', i - start) || !utf8_valid(text + start, i - start))
            why = "the line is not UTF-8 text";
        if (why) {
            fault_at(r, line, why);
            return false;
        }
        start = i + 1;
        line++;
    }
    return true;
}

/* What inih calls for a line, in the manner of fgets(). */
static char *next_line(char *out, int room, void *stream)
{
    struct reading *r = stream;
    size_t left = (size_t)(r->end - r->at);
    if (left == 0)
        return NULL;
    const char *stop = memchr(r->at, '\n', left);
    size_t n = stop ? (size_t)(stop - r->at) + 1 : left;
    if (n >= (size_t)room)
        return NULL; /* text_sound() let no such line pass */
    memcpy(out, r->at, n);
    out[n] = '\0';
    r->at += n;
    r->line++;
    return out;
}

static void fault_unknown(struct reading *r, const char *section, const char *name)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    const struct option_row *same = NULL;
    bool section_known = false;
    for (size_t i = 0; i < n; i++) {
        section_known = section_known || strcmp(rows[i].section, section) == 0;
        if (strcmp(rows[i].name, name) == 0)
            same = &rows[i];
    }
    char why[120];
    if (same)
        (void)snprintf(why, sizeof(why), "no such option here; it stands under [%s]",
                       same->section);
    else
        (void)snprintf(why, sizeof(why), "no such %s", section_known ? "option" : "section");
    fault_of(r, section, name, why);
}

/* What inih calls for a "name = value"; 0 stops it. */
static int on_value(void *user, const char *section, const char *name, const char *value)
{
    struct reading *r = user;
    size_t n;
    const struct option_row *rows = config_options(&n);
    size_t i = 0;
    while (i < n && (strcmp(rows[i].section, section) != 0 || strcmp(rows[i].name, name) != 0))
        i++;
    if (i == n) {
        fault_unknown(r, section, name);
        return 0;
    }
    char why[REASON_MAX] = "given twice";
    if (r->seen[i] || !value_set(&rows[i], value, &r->config, why)) {
        fault_of(r, section, name, why);
        return 0;
    }
    r->seen[i] = true;
    return 1;
}

/* Debian's inih reads its settings from these at run time. A value is all that
 * follows the sign: no comments behind it, no going on in the next line. */
static void set_up_inih(void)
{
    ini_use_stack = false;
    ini_max_line = LINE_MAX_BYTES + 8;
    ini_initial_alloc = LINE_MAX_BYTES + 8;
    ini_allow_multiline = false;
    ini_allow_inline_comments = false;
    ini_stop_on_first_error = true;
}

static enum err read_text(struct reading *r, const char *text, size_t n)
{
    if (n > FILE_MAX) {
        (void)snprintf(r->fault.text, sizeof(r->fault.text), "%s: over 64 KiB", r->name);
        return ERR_LIMIT;
    }
    if (!text_sound(r, text, n))
        return ERR_FORMAT;
    r->at = text;
    r->end = text + n;
    set_up_inih();
    int result = ini_parse_stream(next_line, r, on_value, r);
    if (result == 0)
        return ERR_OK;
    if (result < 0) {
        (void)snprintf(r->fault.text, sizeof(r->fault.text), "%s: no memory", r->name);
        return ERR_NOMEM;
    }
    if (!*r->fault.text)
        fault_at(r, result, "neither a [section], \"option = value\" nor a comment");
    return ERR_FORMAT;
}

enum err config_parse(const char *name, const char *text, size_t n, struct config *ret_config,
                      struct config_fault *ret_fault)
{
    struct reading r = { .name = name };
    config_defaults(&r.config);
    enum err e = read_text(&r, text, n);
    if (e == ERR_OK)
        *ret_config = r.config;
    else
        *ret_fault = r.fault;
    return e;
}

enum err config_load(const char *path, bool may_miss, struct config *ret_config,
                     struct config_fault *ret_fault)
{
    CLEANUP(buf_done) struct buf text = buf_make(FILE_MAX);
    enum err e = buf_read_file(&text, path);
    if (e == ERR_NOT_FOUND && may_miss) {
        config_defaults(ret_config);
        return ERR_OK;
    }
    if (e != ERR_OK) {
        const char *why = e == ERR_LIMIT ? "over 64 KiB" : err_text(e);
        (void)snprintf(ret_fault->text, sizeof(ret_fault->text), "%s: %s", path, why);
        return e;
    }
    return config_parse(path, buf_str(&text), text.n, ret_config, ret_fault);
}

void config_defaults(struct config *ret_config)
{
    size_t n;
    const struct option_row *rows = config_options(&n);
    char why[REASON_MAX];
    *ret_config = (struct config){ 0 };
    for (size_t i = 0; i < n; i++)
        (void)!value_set(&rows[i], rows[i].def, ret_config, why);
}

bool config_list_next(const char **list, char separator, char *out, size_t n)
{
    const char *s = *list;
    while (*s == ' ' || *s == separator)
        s++;
    if (!*s || n == 0)
        return false;
    const char *stop = strchr(s, separator);
    const char *end = stop ? stop : s + strlen(s);
    *list = end;
    while (end > s && end[-1] == ' ')
        end--;
    size_t len = (size_t)(end - s) < n ? (size_t)(end - s) : n - 1;
    memcpy(out, s, len);
    out[len] = '\0';
    return true;
}
