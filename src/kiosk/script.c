#include "kiosk/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

#define WORDS_MAX 6
#define LINE_MAX_BYTES 8192

/* The forms of a line: fixed words, and "?" where something is given. */
static const struct form {
    enum verb verb;
    const char *words[WORDS_MAX];
} forms[] = {
    { DO_TAP, { "tap", "?" } },
    { DO_TAP_UNTIL, { "tap", "?", "until", "screen", "?" } },
    { DO_PRESS, { "press", "?" } },
    { DO_SLIDE, { "slide", "?", "?" } },
    { DO_LIFT, { "lift" } },
    { DO_TYPE, { "type", "?" } },
    { DO_KEY, { "key", "?" } },
    { DO_SCAN, { "scan", "?" } },
    { DO_PLUG, { "headphones", "?" } },
    { DO_BY, { "by", "?" } },
    { DO_WAIT, { "wait", "?" } },
    { DO_ADVANCE, { "advance", "?" } },
    { DO_SHOT, { "shot", "?" } },
    { DO_TREE, { "tree", "?" } },
    { DO_SET, { "set", "?", "?", "text" } },
    { EXPECT_NO_TEXT, { "expect", "no", "text", "?" } },
    { EXPECT_NO_SAY, { "expect", "no", "say", "?" } },
    { EXPECT_ID_TEXT, { "expect", "?", "text", "?" } },
    { EXPECT_SCREEN, { "expect", "screen", "?" } },
    { EXPECT_LANG, { "expect", "lang", "?" } },
    { EXPECT_FOCUS, { "expect", "focus", "?" } },
    { EXPECT_TEXT, { "expect", "text", "?" } },
    { EXPECT_SAY, { "expect", "say", "?" } },
};

struct words {
    char text[WORDS_MAX][SCRIPT_WORD_MAX];
    int n;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

/* One character of a quoted text; 0 at its end. */
static char quoted(const char **at)
{
    char c = *(*at)++;

    if (c != '\\' || **at == '\0')
        return c;
    c = *(*at)++;
    return c == 'n' ? '\n' : c;
}

/* Reads the next word into `out`. False with why: a quote that does not end, too long. */
static bool read_word(const char **at, char *out, const char **why)
{
    bool quotes = **at == '"';
    size_t n = 0;

    *at += quotes;
    while (**at && (quotes ? **at != '"' : !is_space(**at))) {
        if (n + 1 == SCRIPT_WORD_MAX) {
            *why = "a word is too long";
            return false;
        }
        out[n++] = quotes ? quoted(at) : *(*at)++;
    }
    out[n] = '\0';
    if (quotes && *(*at)++ != '"') {
        *why = "a quote does not end";
        return false;
    }
    return true;
}

static bool split(const char *line, struct words *w, const char **why)
{
    const char *at = line;

    for (w->n = 0;; w->n++) {
        while (is_space(*at))
            at++;
        if (*at == '\0' || *at == '#')
            return true;
        if (w->n == WORDS_MAX) {
            *why = "too many words";
            return false;
        }
        if (!read_word(&at, w->text[w->n], why))
            return false;
    }
}

static bool fits(const struct form *f, const struct words *w)
{
    int i = 0;

    for (; i < WORDS_MAX && f->words[i]; i++)
        if (i >= w->n || (strcmp(f->words[i], "?") != 0 && strcmp(f->words[i], w->text[i]) != 0))
            return false;
    return i == w->n;
}

/* "250ms", "61s", "2m", "1h". */
static bool read_time(const char *s, int64_t *ret_ms)
{
    static const struct {
        const char *unit;
        int64_t ms;
    } units[] = { { "ms", 1 }, { "s", SECOND_MS }, { "m", MINUTE_MS }, { "h", HOUR_MS } };
    char *end;
    long n = strtol(s, &end, 10);

    if (end == s || n < 0 || n > 1000000)
        return false;
    for (size_t i = 0; i < ARRAY_LEN(units); i++)
        if (strcmp(end, units[i].unit) == 0) {
            *ret_ms = n * units[i].ms;
            return true;
        }
    return false;
}

/* Commands whose one word is out of a list, which is said when it is not. */
static const struct {
    enum verb verb;
    const char *words[4], *why;
} choices[] = {
    { DO_KEY, { "next", "prev", "select", "back" }, "the keys are next, prev, select and back" },
    { DO_PLUG, { "in", "out" }, "headphones are in or out" },
    { DO_BY, { "touch", "keys", "ears" }, "one acts by touch, keys or ears" },
};

/* What is wrong with the word of a command; NULL: nothing. */
static const char *bad_choice(const struct command *c)
{
    for (size_t i = 0; i < ARRAY_LEN(choices); i++) {
        if (choices[i].verb != c->verb)
            continue;
        for (size_t k = 0; k < ARRAY_LEN(choices[i].words) && choices[i].words[k]; k++)
            if (strcmp(c->words[0], choices[i].words[k]) == 0)
                return NULL;
        return choices[i].why;
    }
    return NULL;
}

static enum err fill(const struct form *f, const struct words *w, struct command *c,
                     const char **why)
{
    int n = 0;

    for (int i = 0; i < w->n; i++)
        if (strcmp(f->words[i], "?") == 0) {
            c->words[n] = mem_dup_str(w->text[i]);
            if (!c->words[n++])
                return ERR_NOMEM;
        }
    c->verb = f->verb;
    if ((f->verb == DO_WAIT || f->verb == DO_ADVANCE) && !read_time(c->words[0], &c->ms)) {
        *why = "a time is a number and ms, s, m or h";
        return ERR_FORMAT;
    }
    const char *bad = bad_choice(c);
    if (bad)
        *why = bad;
    return bad ? ERR_FORMAT : ERR_OK;
}

static void command_done(struct command *c)
{
    for (size_t i = 0; i < ARRAY_LEN(c->words); i++)
        mem_free(c->words[i]);
    *c = (struct command){ 0 };
}

static enum err add_line(struct script *s, const char *line, size_t number, const char **why)
{
    CLEANUP(mem_freep) struct words *w = mem_calloc(1, sizeof(*w));
    struct command c = { .line = number };

    if (!w)
        return ERR_NOMEM;
    if (!split(line, w, why))
        return ERR_FORMAT;
    if (w->n == 0)
        return ERR_OK;
    size_t i = 0;
    while (i < ARRAY_LEN(forms) && !fits(&forms[i], w))
        i++;
    *why = "no such command";
    enum err e = i < ARRAY_LEN(forms) ? fill(&forms[i], w, &c, why) : ERR_FORMAT;
    if (e == ERR_OK && !mem_grow(&s->v, &s->cap, s->n, sizeof(*s->v)))
        e = ERR_NOMEM;
    if (e == ERR_OK)
        s->v[s->n++] = c;
    else
        command_done(&c);
    return e;
}

enum err script_parse(const char *text, size_t n, struct script *ret_script, size_t *ret_line,
                      char why[SCRIPT_WHY_MAX])
{
    CLEANUP(script_done) struct script s = { 0 };
    CLEANUP(buf_done) struct buf line = buf_make(LINE_MAX_BYTES);
    const char *reason = "the line is too long";
    size_t number = 0;

    for (size_t at = 0; at < n;) {
        const char *end = memchr(text + at, '\n', n - at);
        size_t len = end ? (size_t)(end - text) - at : n - at;
        buf_clear(&line);
        buf_add(&line, text + at, len);
        at += len + 1;
        number++;
        enum err e = line.failed ? ERR_FORMAT : add_line(&s, buf_str(&line), number, &reason);
        if (e != ERR_OK) {
            snprintf(why, SCRIPT_WHY_MAX, "%s", reason);
            *ret_line = number;
            return e;
        }
    }
    *ret_script = TAKE(s);
    return ERR_OK;
}

void script_done(struct script *s)
{
    for (size_t i = 0; i < s->n; i++)
        command_done(&s->v[i]);
    mem_free(s->v);
    *s = (struct script){ 0 };
}
