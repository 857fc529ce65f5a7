#include "i18n/pseudo.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#define TEXT_MAX 8192

/* A letter for each of A-Z and a-z, all in Noto Sans. */
static const char *const upper[26] = { "Å", "Ɓ", "Ç", "Ð", "É", "Ƒ", "Ĝ", "Ĥ", "Î",
                                       "Ĵ", "Ķ", "Ļ", "Ḿ", "Ñ", "Ö", "Þ", "Q", "Ŕ",
                                       "Š", "Ţ", "Û", "Ṽ", "Ŵ", "X", "Ý", "Ž" };
static const char *const lower[26] = { "á", "ƀ", "ç", "ð", "é", "ƒ", "ĝ", "ĥ", "í",
                                       "ĵ", "ķ", "ļ", "ḿ", "ñ", "ó", "þ", "q", "ŕ",
                                       "š", "ţ", "ú", "ṽ", "ŵ", "x", "ý", "ž" };
static const char *const filler[] = { "öñé", "ţŵö", "ţĥŕéé", "ƒöûŕ", "ƒíṽé" };

struct kept {
    char *english;
    char *pseudo;
};

/* Open addressing; a power of two of places, at most half of them taken. */
static struct {
    pthread_mutex_t lock;
    struct kept *v;
    size_t places, taken;
} kept = { .lock = PTHREAD_MUTEX_INITIALIZER };

static void pad(struct buf *b, size_t english_n)
{
    size_t more = (english_n + 1) / 2;
    if (english_n < 12) { /* a word on a button: longer, but still one word */
        more = (english_n + 2) / 3;
        for (size_t i = 0; i < more; i++)
            buf_adds(b, "~");
        return;
    }
    for (size_t i = 0, written = 0; written < more; i++) {
        const char *word = filler[i % ARRAY_LEN(filler)];
        buf_adds(b, " ");
        buf_adds(b, word);
        written += 1 + strlen(word) / 2;
    }
}

void pseudo_write(struct buf *b, const char *english)
{
    size_t n = strlen(english);
    if (n <= 2) {
        buf_adds(b, english);
        return;
    }
    buf_adds(b, "[");
    bool inside = false; /* a placeholder */
    for (const char *s = english; *s; s++) {
        inside = *s == '{' || (inside && *s != '}');
        if (!inside && *s >= 'A' && *s <= 'Z')
            buf_adds(b, upper[*s - 'A']);
        else if (!inside && *s >= 'a' && *s <= 'z')
            buf_adds(b, lower[*s - 'a']);
        else
            buf_addc(b, *s);
    }
    pad(b, n);
    buf_adds(b, "]");
}

static size_t place_of(const char *english)
{
    uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a, 64 bits */
    for (const char *s = english; *s; s++)
        h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
    size_t i = (size_t)h & (kept.places - 1);
    while (kept.v[i].english && strcmp(kept.v[i].english, english) != 0)
        i = (i + 1) & (kept.places - 1);
    return i;
}

static bool grow(void)
{
    size_t old_places = kept.places;
    struct kept *old = kept.v;
    size_t places = old_places ? old_places * 2 : 512;
    struct kept *v = mem_calloc(places, sizeof(*v));
    if (!v)
        return false;
    kept.v = v;
    kept.places = places;
    for (size_t i = 0; i < old_places; i++)
        if (old[i].english)
            kept.v[place_of(old[i].english)] = old[i];
    mem_free(old);
    return true;
}

static const char *keep(const char *english)
{
    if (kept.taken >= kept.places / 2 && !grow())
        return english;
    struct kept *k = &kept.v[place_of(english)];
    if (k->english)
        return k->pseudo;
    CLEANUP(buf_done) struct buf b = buf_make(TEXT_MAX);
    pseudo_write(&b, english);
    CLEANUP(mem_freep) char *pseudo = buf_take(&b);
    CLEANUP(mem_freep) char *name = mem_dup_str(english);
    if (!pseudo || !name)
        return english;
    *k = (struct kept){ TAKE(name), TAKE(pseudo) };
    kept.taken++;
    return k->pseudo;
}

const char *pseudo_text(const char *english)
{
    pthread_mutex_lock(&kept.lock);
    const char *s = keep(english);
    pthread_mutex_unlock(&kept.lock);
    return s;
}
