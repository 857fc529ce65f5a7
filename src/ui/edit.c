/*
 * What a key does to a text: the cap of its buffer, and the rules of names.
 */
#include <string.h>

#include "base/utf8.h"
#include "ui/keyboard.h"
#include "ui/letters.h"

static const char *const infixes[] = { "van", "der", "den", "de", "ter", "ten", "te", "het",
                                       "'t",  "el",  "al",  "di", "da" };

static bool is_name(enum ui_keys keys)
{
    return keys == UI_KEYS_NAME || keys == UI_KEYS_GIVEN;
}

bool ui_name_capital(const char *text)
{
    size_t n = strlen(text);
    if (n == 0)
        return true;
    char last = text[n - 1];
    /* 't Hart: nothing stands before the apostrophe. O'Brien: something does. */
    if (last == '\'')
        return n > 1 && text[n - 2] != ' ';
    return last == ' ' || last == '-';
}

static size_t word_start(const char *text)
{
    const char *space = strrchr(text, ' ');
    return space ? (size_t)(space - text) + 1 : 0;
}

/* "Van" becomes "van" when its word is complete; only words of the table. */
static void lower_infix(char *text)
{
    char *word = text + word_start(text);
    for (size_t i = 0; i < sizeof(infixes) / sizeof(infixes[0]); i++) {
        size_t n = strlen(infixes[i]);
        if (strlen(word) != n || (uint32_t)infixes[i][0] != ui_lower((unsigned char)word[0], false))
            continue;
        if (!strcmp(word + 1, infixes[i] + 1))
            word[0] = infixes[i][0];
    }
}

static bool keep_out(const char *text, const char *key, enum ui_keys keys)
{
    size_t n = strlen(text);
    bool space = !strcmp(key, " ");
    if (keys == UI_KEYS_EMAIL)
        return space;
    return space && is_name(keys) && (n == 0 || text[n - 1] == ' ');
}

/* Dutch "IJ" is one letter to its writers: IJsbrand, not Ijsbrand. */
static bool makes_ij(const char *text, const char *key)
{
    return !strcmp(text + word_start(text), "I") && !strcmp(key, "j");
}

bool ui_edit(char *text, size_t size, const struct ui_action *a, enum ui_keys keys, bool dutch)
{
    if (a->kind == UI_ERASE) {
        size_t n = strlen(text), rest = utf8_len_less_one(text);
        memset(text + rest, 0, n - rest); /* the old letters do not stay behind the end */
        return true;
    }
    if (a->kind != UI_TYPE)
        return true;
    if (keep_out(text, a->text, keys))
        return true;
    size_t n = strlen(text), more = strlen(a->text);
    if (n + more >= size)
        return false;
    if (keys == UI_KEYS_NAME && !strcmp(a->text, " "))
        lower_infix(text);
    memcpy(text + n, is_name(keys) && dutch && makes_ij(text, a->text) ? "J" : a->text, more + 1);
    return true;
}
