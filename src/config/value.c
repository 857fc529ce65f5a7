#include "config/value.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"

static bool starts(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static bool no_controls(const char *s)
{
    for (const char *end = s + strlen(s); s < end;) {
        uint32_t cp = utf8_next(&s, end);
        if (cp < 0x20 || (cp >= 0x7F && cp <= 0x9F) || cp == UTF8_BAD)
            return false;
    }
    return true;
}

/* Not strtod(): its decimal point depends on the locale. */
static bool parse_decimal(const char *s, bool whole, double *ret_value)
{
    const char *start = s;
    double value = 0;
    for (; isdigit((unsigned char)*s); s++)
        value = value * 10 + (*s - '0');
    bool ok = s > start && s - start <= 9;
    if (ok && !whole && *s == '.') {
        const char *point = s++;
        for (double unit = 0.1; isdigit((unsigned char)*s); s++, unit /= 10)
            value += unit * (*s - '0');
        ok = s > point + 1 && s - point <= 7;
    }
    if (!ok || *s)
        return false;
    *ret_value = value;
    return true;
}

static bool parse_port(const char *s)
{
    double port;
    return parse_decimal(s, true, &port) && port <= 65535;
}

static bool valid_listen(const char *s)
{
    if (starts(s, "unix:"))
        return s[5] == '/';
    if (starts(s, "127.0.0.1:"))
        return parse_port(s + 10);
    return starts(s, "[::1]:") && parse_port(s + 6);
}

static bool valid_device(const char *s)
{
    return *s == '\0' || *s == '/' || (starts(s, "file:") && s[5] != '\0');
}

/* "host", "host:port" or "[::1]:port", up to the path; no "user@". */
static size_t host_length(const char *s)
{
    size_t n = strcspn(s, "/?#");
    return memchr(s, '@', n) ? 0 : n;
}

static bool is_loopback(const char *host, size_t n)
{
    static const char *const names[] = { "127.0.0.1", "[::1]", "localhost" };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        size_t len = strlen(names[i]);
        if (n >= len && memcmp(host, names[i], len) == 0 && (n == len || host[len] == ':'))
            return true;
    }
    return false;
}

static bool valid_url(const char *s, bool for_people)
{
    if (*s == '\0')
        return true;
    bool plain = starts(s, "http://");
    if ((!plain && !starts(s, "https://")) || strpbrk(s, " \"<>\\"))
        return false;
    const char *host = s + (plain ? 7 : 8);
    size_t n = host_length(host);
    return n > 0 && (!plain || for_people || is_loopback(host, n));
}

/* The weights 9..2 and -1 of the BSN and RSIN: the sum is a multiple of 11. */
static bool valid_rsin(const char *s)
{
    int sum = 0;
    bool all_zero = true;
    if (*s == '\0')
        return true;
    if (strlen(s) != 9)
        return false;
    for (int i = 0; i < 9; i++) {
        if (!isdigit((unsigned char)s[i]))
            return false;
        all_zero = all_zero && s[i] == '0';
        sum += (s[i] - '0') * (i == 8 ? -1 : 9 - i);
    }
    return !all_zero && sum % 11 == 0;
}

static bool in_words(const char *words, const char *word)
{
    char one[64];
    while (config_list_next(&words, ' ', one, sizeof(one)))
        if (strcmp(one, word) == 0)
            return true;
    return false;
}

static bool valid_list(const char *s, const char *choices)
{
    char one[64];
    int n = 0;
    for (; config_list_next(&s, ' ', one, sizeof(one)); n++)
        if (!in_words(choices, one))
            return false;
    return n > 0;
}

/* RFC 9110 5.6.2: what the name of a header may consist of. */
static bool is_token_char(char c)
{
    return isalnum((unsigned char)c) || (c && strchr("!#$%&'*+-.^_`|~", c));
}

static bool valid_headers(const char *s)
{
    char one[CONFIG_LIST_MAX];
    while (config_list_next(&s, '|', one, sizeof(one))) {
        size_t n = 0;
        while (is_token_char(one[n]))
            n++;
        if (n == 0 || one[n] != ':' || one[n + 1 + strspn(one + n + 1, " ")] == '\0')
            return false;
    }
    return true;
}

static bool valid_municipalities(const char *s)
{
    char one[CONFIG_TEXT_MAX];
    int n = 0;
    for (; config_list_next(&s, ',', one, sizeof(one)); n++) {
        for (int i = 0; i < 4; i++)
            if (!isdigit((unsigned char)one[i]))
                return false;
        if (one[4] != ' ' || one[5] == '\0')
            return false;
    }
    return n > 0;
}

static bool valid_words(const struct option_row *row, const char *s)
{
    switch (row->type) {
    case OPTION_TEXT: return true;
    case OPTION_PATH: return *s == '\0' || *s == '/';
    case OPTION_CHOICE: return in_words(row->choices, s);
    case OPTION_URL: return valid_url(s, false);
    case OPTION_LINK: return valid_url(s, true);
    case OPTION_RSIN: return valid_rsin(s);
    case OPTION_LISTEN: return valid_listen(s);
    case OPTION_DEVICE: return valid_device(s);
    case OPTION_LIST: return valid_list(s, row->choices);
    case OPTION_HEADERS: return valid_headers(s);
    case OPTION_MUNICIPALITIES: return valid_municipalities(s);
    case OPTION_INT:
    case OPTION_REAL:
    case OPTION_BOOL: break;
    }
    return false;
}

static bool set_number(const struct option_row *row, const char *s, void *field)
{
    double value;
    bool whole = row->type == OPTION_INT;
    if (!parse_decimal(s, whole, &value) || value < row->min || value > row->max)
        return false;
    if (whole) {
        int n = (int)value;
        memcpy(field, &n, sizeof(n));
    } else {
        memcpy(field, &value, sizeof(value));
    }
    return true;
}

static bool set_bool(const char *s, void *field)
{
    bool yes = strcmp(s, "yes") == 0;
    if (!yes && strcmp(s, "no") != 0)
        return false;
    memcpy(field, &yes, sizeof(yes));
    return true;
}

static bool set_words(const struct option_row *row, const char *s, void *field)
{
    size_t n = strlen(s);
    if ((double)n < row->min || (double)n > row->max || !no_controls(s) || !valid_words(row, s))
        return false;
    memset(field, 0, row->room);
    memcpy(field, s, n);
    return true;
}

bool value_set(const struct option_row *row, const char *value, struct config *config,
               char reason[REASON_MAX])
{
    void *field = (char *)config + row->offset;
    bool ok;
    if (row->type == OPTION_INT || row->type == OPTION_REAL)
        ok = set_number(row, value, field);
    else if (row->type == OPTION_BOOL)
        ok = set_bool(value, field);
    else
        ok = set_words(row, value, field);
    if (!ok) {
        char what[REASON_MAX - 16];
        value_describe(row, what, sizeof(what));
        (void)snprintf(reason, REASON_MAX, "must be %s", what);
    }
    return ok;
}

static void describe_number(const struct option_row *row, char *out, size_t n)
{
    const char *kind = row->type == OPTION_INT ? "a whole number" : "a number";
    bool unit = *row->unit != '\0';
    (void)snprintf(out, n, "%s from %g to %g%s%s%s", kind, row->min, row->max, unit ? " (" : "",
                   row->unit, unit ? ")" : "");
}

static void describe_text(const struct option_row *row, char *out, size_t n)
{
    if (row->min > 0)
        (void)snprintf(out, n, "%g to %g bytes of text", row->min, row->max);
    else
        (void)snprintf(out, n, "at most %g bytes of text", row->max);
}

void value_describe(const struct option_row *row, char *out, size_t n)
{
    const char *what = "";
    switch (row->type) {
    case OPTION_INT:
    case OPTION_REAL: describe_number(row, out, n); return;
    case OPTION_TEXT: describe_text(row, out, n); return;
    case OPTION_CHOICE: (void)snprintf(out, n, "one of: %s", row->choices); return;
    case OPTION_LIST: (void)snprintf(out, n, "one or more of: %s", row->choices); return;
    case OPTION_PATH: what = row->min > 0 ? "an absolute path" : "an absolute path or nothing"; break;
    case OPTION_BOOL: what = "yes or no"; break;
    case OPTION_URL: what = "an https:// address (http:// only for this machine) or nothing"; break;
    case OPTION_LINK: what = "an http:// or https:// address or nothing"; break;
    case OPTION_RSIN: what = "nine digits that pass the 11-test, or nothing"; break;
    case OPTION_LISTEN: what = "unix:/PATH, 127.0.0.1:PORT or [::1]:PORT"; break;
    case OPTION_DEVICE: what = "an absolute path, file:PATH or nothing"; break;
    case OPTION_HEADERS: what = "headers as \"Name: value | Name: value\", or nothing"; break;
    case OPTION_MUNICIPALITIES: what = "municipalities as \"1674 Roosendaal, 0748 Bergen op Zoom\""; break;
    }
    (void)snprintf(out, n, "%s", what);
}
