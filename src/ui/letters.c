#include "ui/letters.h"

#include <stddef.h>

enum { DOTLESS_I = 0x131, DOTTED_CAPITAL_I = 0x130 };

/* Small letters of Latin Extended-A stand behind their capital: on odd code
 * points, but for two stretches where they stand on even ones. */
static bool small_extended(uint32_t cp)
{
    bool even = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17E);
    return even ? cp % 2 == 0 : cp % 2 == 1;
}

static bool has_no_pair(uint32_t cp)
{
    return cp == DOTLESS_I || cp == DOTTED_CAPITAL_I || cp == 0x138 || cp == 0x149 ||
           cp == 0x178 || cp == 0x17F;
}

uint32_t ui_upper(uint32_t cp, bool turkish)
{
    if (cp == 'i' && turkish)
        return DOTTED_CAPITAL_I;
    if (cp == DOTLESS_I)
        return 'I';
    if (cp == 0xFF)
        return 0x178;
    if ((cp >= 'a' && cp <= 'z') || (cp >= 0xE0 && cp <= 0xFE && cp != 0xF7))
        return cp - 0x20;
    bool extended = (cp >= 0x100 && cp <= 0x17F) || (cp >= 0x218 && cp <= 0x21B);
    if (extended && !has_no_pair(cp) && small_extended(cp))
        return cp - 1;
    return cp;
}

uint32_t ui_lower(uint32_t cp, bool turkish)
{
    if (cp == 'I' && turkish)
        return DOTLESS_I;
    if (cp == DOTTED_CAPITAL_I)
        return 'i';
    if (cp == 0x178)
        return 0xFF;
    if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xC0 && cp <= 0xDE && cp != 0xD7))
        return cp + 0x20;
    bool extended = (cp >= 0x100 && cp <= 0x17F) || (cp >= 0x218 && cp <= 0x21B);
    if (extended && !has_no_pair(cp) && !small_extended(cp))
        return cp + 1;
    return cp;
}

const char *ui_variants(uint32_t letter)
{
    static const struct {
        uint32_t letter;
        const char *forms;
    } table[] = {
        { 'a', "áàâäãåăą" }, { 'c', "ćçč" },      { 'd', "ďđ" },     { 'e', "éèêëęė" },
        { 'g', "ğ" },        { 'i', "íîïıİ" },    { 'l', "ł" },      { 'n', "ñńň" },
        { 'o', "óòôöõøő" },  { 'r', "ř" },        { 's', "śšşșß" },  { 't', "ťț" },
        { 'u', "úùûüůű" },   { 'y', "ýÿ" },       { 'z', "źżž" },
    };
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (table[i].letter == letter)
            return table[i].forms;
    return NULL;
}
