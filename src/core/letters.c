#include "core/letters.h"

#include "core/letters_table.h"

static bool in_ranges(uint32_t cp, const struct letter_range *v, size_t n)
{
    size_t lo = 0, hi = n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (cp > v[mid].to)
            lo = mid + 1;
        else if (cp < v[mid].from)
            hi = mid;
        else
            return true;
    }
    return false;
}

static bool ascii_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

bool letter_is(uint32_t cp)
{
    return cp < 0x80 ? ascii_letter(cp) : in_ranges(cp, letter_ranges, n_letter_ranges);
}

bool letter_is_mark(uint32_t cp)
{
    return cp >= 0x80 && in_ranges(cp, mark_ranges, n_mark_ranges);
}

/* Accents, and the vowel signs of Arabic and Hebrew, without which names are often written. */
static bool is_accent(uint32_t cp)
{
    return (cp >= 0x300 && cp <= 0x36F) || (cp >= 0x591 && cp <= 0x5C7) ||
           (cp >= 0x610 && cp <= 0x61A) || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670;
}

static const struct letter_folding *find_folding(uint32_t cp)
{
    size_t lo = 0, hi = n_letter_foldings;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (letter_foldings[mid].from == cp)
            return &letter_foldings[mid];
        if (letter_foldings[mid].from < cp)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

size_t letter_fold(uint32_t cp, uint32_t ret[LETTER_FOLD_MAX])
{
    if (is_accent(cp))
        return 0;
    const struct letter_folding *f = cp < 0x80 ? NULL : find_folding(cp);
    if (!f) {
        ret[0] = cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
        return 1;
    }
    size_t n = 0;
    for (size_t i = 0; i < LETTER_FOLD_MAX && f->to[i] != 0; i++)
        ret[n++] = f->to[i];
    return n;
}

int digit_value(uint32_t cp)
{
    static const uint32_t zeros[] = { '0', 0x660, 0x6F0 };
    for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
        if (cp >= zeros[i] && cp <= zeros[i] + 9)
            return (int)(cp - zeros[i]);
    return -1;
}
