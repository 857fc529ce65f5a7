#include "i18n/mo.h"

#include <string.h>

#include "base/utf8.h"

#define MAGIC 0x950412deu
#define HEAD_BYTES 28u /* magic, revision, n, two offsets, size and place of the hash */
#define ROW_BYTES 8u   /* length and offset of one text */

struct text {
    const char *s; /* ends with a NUL, which is not counted in n */
    uint32_t n;
};

/* Only for offsets known to lie inside the file. */
static uint32_t word_at(const struct mo *mo, uint32_t offset)
{
    uint32_t w;
    memcpy(&w, mo->file.v + offset, sizeof(w));
    return mo->swapped ? __builtin_bswap32(w) : w;
}

static struct text text_at(const struct mo *mo, uint32_t list, uint32_t i)
{
    uint32_t row = list + i * ROW_BYTES;
    return (struct text){ mo->file.v + word_at(mo, row + 4), word_at(mo, row) };
}

static bool list_inside(const struct mo *mo, uint32_t list)
{
    return list >= HEAD_BYTES && list <= mo->file.n && mo->n <= (mo->file.n - list) / ROW_BYTES;
}

static bool text_sound(const struct mo *mo, uint32_t list, uint32_t i)
{
    uint32_t row = list + i * ROW_BYTES;
    uint32_t n = word_at(mo, row);
    uint32_t offset = word_at(mo, row + 4);
    return offset < mo->file.n && n < mo->file.n - offset && mo->file.v[offset + n] == '\0' &&
           utf8_valid(mo->file.v + offset, n);
}

static bool head_sound(struct mo *mo)
{
    if (mo->file.n < HEAD_BYTES)
        return false;
    if (word_at(mo, 0) != MAGIC)
        mo->swapped = true;
    if (word_at(mo, 0) != MAGIC || word_at(mo, 4) != 0)
        return false;
    mo->n = word_at(mo, 8);
    mo->keys = word_at(mo, 12);
    mo->values = word_at(mo, 16);
    return mo->n > 0 && list_inside(mo, mo->keys) && list_inside(mo, mo->values);
}

static bool texts_sound(const struct mo *mo)
{
    for (uint32_t i = 0; i < mo->n; i++) {
        if (!text_sound(mo, mo->keys, i) || !text_sound(mo, mo->values, i))
            return false;
        if (i > 0 && strcmp(text_at(mo, mo->keys, i - 1).s, text_at(mo, mo->keys, i).s) >= 0)
            return false;
    }
    return true;
}

/* The value of "Name: value" in the catalog's head, up to its line end. */
static const char *head_line(const char *head, const char *name)
{
    for (const char *line = head; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        size_t n = strlen(name);
        if (strncmp(line, name, n) == 0)
            return line + n + strspn(line + n, " ");
    }
    return NULL;
}

static enum err read_head(struct mo *mo)
{
    const char *head = mo_find(mo, "");
    const char *type = head ? head_line(head, "Content-Type:") : NULL;
    if (!type || strncmp(type, "text/plain; charset=UTF-8", 25) != 0)
        return ERR_FORMAT;
    const char *rule = head_line(head, "Plural-Forms:");
    return plural_parse(rule ? rule : "nplurals=2; plural=n != 1;", &mo->rule);
}

enum err mo_open(const char *path, struct mo *ret_mo)
{
    CLEANUP(mo_done) struct mo mo = { .file = buf_make(MO_BYTES_MAX) };
    enum err e = buf_read_file(&mo.file, path);
    if (e == ERR_OK)
        e = head_sound(&mo) && texts_sound(&mo) ? read_head(&mo) : ERR_FORMAT;
    if (e == ERR_OK)
        *ret_mo = TAKE(mo);
    return e;
}

void mo_done(struct mo *mo)
{
    buf_done(&mo->file);
    *mo = (struct mo){ 0 };
}

static bool find(const struct mo *mo, const char *key, struct text *ret_text)
{
    uint32_t low = 0;
    uint32_t high = mo->n;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int order = strcmp(key, text_at(mo, mo->keys, mid).s);
        if (order == 0) {
            *ret_text = text_at(mo, mo->values, mid);
            return ret_text->n > 0; /* an empty translation is none */
        }
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return false;
}

const char *mo_find(const struct mo *mo, const char *key)
{
    struct text t;
    return find(mo, key, &t) ? t.s : NULL;
}

const char *mo_find_plural(const struct mo *mo, const char *one, uint64_t n)
{
    struct text t;
    if (!find(mo, one, &t))
        return NULL;
    const char *end = t.s + t.n;
    const char *form = t.s;
    for (int i = plural_form(&mo->rule, n); i > 0; i--) {
        form += strlen(form) + 1;
        if (form > end)
            return NULL; /* fewer forms than the rule has */
    }
    return *form ? form : NULL;
}
