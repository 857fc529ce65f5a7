#include "speech/clips.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/path.h"

#define FILE_MAX (256u * 1024)
#define CLIPS_MAX 2000
#define CUT_AT ".,;:!?\n"

static bool is_edge(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || (c && strchr(CUT_AT, c));
}

static void trim(const char **s, size_t *n)
{
    while (*n > 0 && is_edge(**s)) {
        (*s)++;
        (*n)--;
    }
    while (*n > 0 && is_edge((*s)[*n - 1]))
        (*n)--;
}

static bool name_good(const char *s, size_t n)
{
    if (n < 5 || n >= CLIP_NAME_SIZE || s[0] == '.')
        return false;
    for (size_t i = 0; i < n; i++)
        if (!islower((unsigned char)s[i]) && !isdigit((unsigned char)s[i]) && s[i] != '-' &&
            s[i] != '.')
            return false;
    return memcmp(s + n - 4, ".wav", 4) == 0 || memcmp(s + n - 4, ".ogg", 4) == 0;
}

static enum err add_line(struct clips *c, const char *line, size_t n)
{
    const char *tab = memchr(line, '\t', n);
    size_t name = tab ? (size_t)(tab - line) : 0;

    if (!name_good(line, name) || c->n >= CLIPS_MAX)
        return ERR_OK;
    const char *words = tab + 1;
    size_t n_words = n - name - 1;
    trim(&words, &n_words);
    if (n_words == 0)
        return ERR_OK;
    if (!mem_grow(&c->v, &c->cap, c->n, sizeof(*c->v)))
        return ERR_NOMEM;
    struct clip *clip = &c->v[c->n];
    *clip = (struct clip){ .words = mem_dup_n(words, n_words) };
    if (!clip->words)
        return ERR_NOMEM;
    memcpy(clip->file, line, name);
    c->n++;
    return ERR_OK;
}

static enum err read_lines(struct clips *c, const char *text)
{
    enum err e = ERR_OK;

    while (*text && e == ERR_OK) {
        size_t n = strcspn(text, "\n");
        e = add_line(c, text, n);
        text += n + (text[n] == '\n');
    }
    return e;
}

enum err clips_load(const char *lang, struct clips *ret_clips)
{
    char name[64], path[4096];
    CLEANUP(buf_done) struct buf text = buf_make(FILE_MAX);
    CLEANUP(clips_done) struct clips out = { 0 };

    int n = snprintf(name, sizeof(name), "voice/%s/clips.tsv", lang);
    if (n < 0 || (size_t)n >= sizeof(name) || path_asset(name, path, sizeof(path)) != ERR_OK)
        return ERR_OK;
    enum err e = buf_read_file(&text, path);
    if (e == ERR_OK)
        e = read_lines(&out, buf_str(&text));
    if (e == ERR_OK)
        *ret_clips = TAKE(out);
    return e;
}

void clips_done(struct clips *c)
{
    for (size_t i = 0; i < c->n; i++)
        mem_free(c->v[i].words);
    mem_free(c->v);
    *c = (struct clips){ 0 };
}

static const struct clip *find_words(const struct clips *c, const char *s, size_t n)
{
    for (size_t i = 0; i < c->n; i++)
        if (strlen(c->v[i].words) == n && memcmp(c->v[i].words, s, n) == 0)
            return &c->v[i];
    return NULL;
}

/* The end of a part: punctuation with a space or nothing behind it, so that
 * "14:30" stays whole. */
static size_t part_length(const char *s)
{
    size_t n = 0;

    for (;;) {
        n += strcspn(s + n, CUT_AT);
        if (!s[n] || s[n] == '\n' || !s[n + 1] || is_edge(s[n + 1]))
            return n;
        n++;
    }
}

size_t clips_find(const struct clips *c, const char *text,
                  const struct clip *ret_parts[CLIP_PARTS_MAX])
{
    const struct clip *parts[CLIP_PARTS_MAX];
    size_t n_parts = 0;

    for (const char *s = text; *s && c->n > 0;) {
        size_t n = part_length(s);
        const char *words = s;
        size_t n_words = n;
        trim(&words, &n_words);
        s += n + (s[n] != '\0');
        if (n_words == 0)
            continue;
        if (n_parts == CLIP_PARTS_MAX)
            return 0;
        parts[n_parts] = find_words(c, words, n_words);
        if (!parts[n_parts++])
            return 0;
    }
    memcpy(ret_parts, parts, n_parts * sizeof(parts[0]));
    return n_parts;
}
