#include "i18n/lang.h"

#include <string.h>

#include "base/attr.h"

#define NBSP "\u00a0"

/* Separators: Unicode CLDR, "numbers" of each language, for the digits 0-9.
 * Voices: eSpeak NG 1.51 of Debian 12, which has none for Tigrinya. */
static const struct i18n_lang langs[] = {
    { "nl", "Nederlands", "nld", "nl", ".", ",", .rtl = false },
    { "en", "English", "eng", "en-gb", ",", ".", .rtl = false },
    { "pl", "Polski", "pol", "pl", NBSP, ",", .rtl = false },
    { "ar", "العربية", "ara", "ar", ",", ".", .rtl = true },
    { "tr", "Türkçe", "tur", "tr", ".", ",", .rtl = false },
    { "uk", "Українська", "ukr", "uk", NBSP, ",", .rtl = false },
    { "ti", "ትግርኛ", "tir", NULL, ",", ".", .rtl = false },
    { "ro", "Română", "ron", "ro", ".", ",", .more = true },
    { "bg", "Български", "bul", "bg", NBSP, ",", .more = true },
    { "pap", "Papiamentu", "pap", "pap", ".", ",", .more = true },
    { "es", "Español", "spa", "es", ".", ",", .more = true },
    { "fa", "فارسی", "fas", "fa", ",", ".", .rtl = true, .more = true },
    { "xx", "[Ƥšéúðó]", "eng", "en-gb", ",", ".", .more = true, .pseudo = true },
};

const struct i18n_lang *i18n_langs(size_t *ret_n)
{
    *ret_n = ARRAY_LEN(langs);
    return langs;
}

const struct i18n_lang *i18n_lang(const char *code)
{
    for (size_t i = 0; code && i < ARRAY_LEN(langs); i++)
        if (strcmp(langs[i].code, code) == 0)
            return &langs[i];
    return NULL;
}
