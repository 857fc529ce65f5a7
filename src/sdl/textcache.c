#include "sdl/textcache.h"

#include <string.h>

#include "base/mem.h"

#define SETS 256
#define WAYS 4
#define MASK_BYTES_MAX ((size_t)6 * 1024 * 1024)

struct entry {
    char *key; /* owned; NULL: free */
    size_t n;
    uint64_t hash;
    struct ui_font font;
    bool rtl;
    struct ui_extent extent;
    unsigned char *mask; /* owned; NULL until painted */
    unsigned long used;
};

struct textcache {
    struct sdl_fonts *fonts;
    struct entry v[SETS][WAYS];
    struct line line; /* workspace */
    size_t mask_bytes;
    unsigned long tick;
};

static size_t mask_size(const struct entry *e)
{
    return (size_t)(e->extent.w > 0 ? e->extent.w : 1) *
           (size_t)(e->extent.ascent + e->extent.descent > 0 ? e->extent.ascent + e->extent.descent : 1);
}

static void drop_mask(struct textcache *t, struct entry *e)
{
    if (!e->mask)
        return;
    mem_wipe(e->mask, mask_size(e));
    t->mask_bytes -= mask_size(e);
    mem_free(e->mask);
    e->mask = NULL;
}

static void drop(struct textcache *t, struct entry *e)
{
    drop_mask(t, e);
    if (e->key)
        mem_wipe(e->key, e->n);
    mem_free(e->key);
    *e = (struct entry){ 0 };
}

enum err textcache_create(struct sdl_fonts *fonts, struct textcache **ret_cache)
{
    struct textcache *t = mem_calloc(1, sizeof(*t));
    if (!t)
        return ERR_NOMEM;
    t->fonts = fonts;
    *ret_cache = t;
    return ERR_OK;
}

void textcache_wipe(struct textcache *t)
{
    for (size_t i = 0; i < SETS; i++)
        for (size_t j = 0; j < WAYS; j++)
            drop(t, &t->v[i][j]);
    mem_wipe(&t->line, sizeof(t->line));
}

void textcache_destroy(struct textcache *t)
{
    if (!t)
        return;
    textcache_wipe(t);
    mem_free(t);
}

static uint64_t hash_of(struct ui_font font, bool rtl, const char *s, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)font.px << 2 ^ (uint64_t)font.bold << 1 ^ rtl;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

static bool same(const struct entry *e, uint64_t hash, struct ui_font font, bool rtl, const char *s,
                 size_t n)
{
    return e->key && e->hash == hash && e->n == n && e->font.px == font.px &&
           e->font.bold == font.bold && e->rtl == rtl && !memcmp(e->key, s, n);
}

/* The entry of a text, made when it is new. NULL: no memory to keep it. */
static struct entry *get(struct textcache *t, struct ui_font font, bool rtl, const char *s, size_t n)
{
    uint64_t hash = hash_of(font, rtl, s, n);
    struct entry *set = t->v[hash % SETS], *oldest = &set[0];
    for (size_t i = 0; i < WAYS; i++) {
        if (same(&set[i], hash, font, rtl, s, n)) {
            set[i].used = ++t->tick;
            return &set[i];
        }
        if (set[i].used < oldest->used)
            oldest = &set[i];
    }
    char *key = mem_dup_n(s, n);
    if (!key)
        return NULL;
    drop(t, oldest);
    fonts_line(t->fonts, font, rtl, s, n, &t->line);
    *oldest = (struct entry){ .key = key, .n = n, .hash = hash, .font = font, .rtl = rtl,
                              .extent = t->line.extent, .used = ++t->tick };
    return oldest;
}

struct ui_extent textcache_extent(struct textcache *t, struct ui_font font, bool rtl, const char *s,
                                  size_t n)
{
    if (n == 0)
        return (struct ui_extent){ 0 };
    struct entry *e = get(t, font, rtl, s, n);
    return e ? e->extent : (struct ui_extent){ 0 };
}

/* Frees rendered lines, the ones used longest ago first, until half the room is free. */
static void make_room(struct textcache *t, const struct entry *keep)
{
    for (unsigned long age = t->tick / 2; t->mask_bytes > MASK_BYTES_MAX / 2; age = (age + t->tick + 1) / 2) {
        for (size_t i = 0; i < SETS * WAYS; i++) {
            struct entry *e = &t->v[i / WAYS][i % WAYS];
            if (e != keep && e->used <= age)
                drop_mask(t, e);
        }
        if (age >= t->tick)
            return;
    }
}

bool textcache_mask(struct textcache *t, struct ui_font font, bool rtl, const char *s, size_t n,
                    struct mask *ret_mask, int *ret_ascent)
{
    struct entry *e = n > 0 ? get(t, font, rtl, s, n) : NULL;
    if (!e)
        return false;
    if (!e->mask) {
        if (t->mask_bytes > MASK_BYTES_MAX)
            make_room(t, e);
        fonts_cut(rtl, s, n, &t->line);
        t->line.extent = e->extent; /* shaped when it was measured; once is enough */
        e->mask = fonts_render(t->fonts, font, &t->line);
        if (!e->mask)
            return false;
        t->mask_bytes += mask_size(e);
    }
    *ret_mask = (struct mask){ e->extent.w, e->extent.ascent + e->extent.descent, e->mask };
    *ret_ascent = e->extent.ascent;
    return true;
}
