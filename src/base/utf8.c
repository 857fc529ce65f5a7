#include "base/utf8.h"

#include <string.h>

/* How many continuation bytes follow a lead byte; -1: not a lead byte. */
static int tail_of(unsigned char lead)
{
    if (lead < 0x80)
        return 0;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 1;
    if ((lead & 0xF0) == 0xE0)
        return 2;
    if (lead >= 0xF0 && lead <= 0xF4)
        return 3;
    return -1;
}

uint32_t utf8_next(const char **s, const char *end)
{
    static const uint32_t lowest[] = { 0, 0x80, 0x800, 0x10000 };
    if (*s >= end)
        return UTF8_BAD;
    const unsigned char *p = (const unsigned char *)*s;
    int tail = tail_of(p[0]);
    if (tail < 0 || end - *s <= tail) {
        (*s)++;
        return UTF8_BAD;
    }
    uint32_t cp = tail == 0 ? p[0] : p[0] & (0x3Fu >> tail);
    for (int i = 1; i <= tail; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            (*s)++;
            return UTF8_BAD;
        }
        cp = cp << 6 | (p[i] & 0x3Fu);
    }
    if (cp < lowest[tail] || (cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF) {
        (*s)++;
        return UTF8_BAD;
    }
    *s += tail + 1;
    return cp;
}

size_t utf8_put(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if ((cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF)
        return 0;
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

bool utf8_valid(const char *s, size_t n)
{
    const char *end = s + n;
    while (s < end) {
        /* Most text is ASCII, eight letters of it at a time; or of two bytes a letter. */
        uint64_t eight = UINT64_MAX;
        if (end - s >= 8)
            memcpy(&eight, s, sizeof(eight));
        if ((eight & UINT64_C(0x8080808080808080)) == 0)
            s += 8;
        else if ((unsigned char)*s < 0x80)
            s++;
        else if (end - s >= 2 && (unsigned char)*s >= 0xC2 && (unsigned char)*s <= 0xDF &&
                 ((unsigned char)s[1] & 0xC0) == 0x80)
            s += 2;
        else if (utf8_next(&s, end) == UTF8_BAD)
            return false;
    }
    return true;
}

size_t utf8_count(const char *s)
{
    size_t n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

size_t utf8_len_less_one(const char *s)
{
    size_t n = strlen(s);
    while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80)
        n--;
    return n > 0 ? n - 1 : 0;
}
