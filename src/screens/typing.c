#include "screens/typing.h"

#include <string.h>

#include "base/utf8.h"
#include "core/person.h"

static bool is_dutch(const struct session *s)
{
    return strcmp(s->prefs.lang, "nl") == 0;
}

/* Every character of what the key says may follow in a name. */
static bool name_takes(const char *text, const char *typed)
{
    const char *at = typed, *end = typed + strlen(typed);

    while (at < end) {
        uint32_t cp = utf8_next(&at, end);
        if (cp == UTF8_BAD || !may_add_to_name(text, cp))
            return false;
    }
    return true;
}

static bool takes_only(const char *typed, const char *allowed)
{
    return strspn(typed, allowed) == strlen(typed);
}

bool typing_apply(const struct session *s, char *text, size_t size, const struct ui_action *a,
                  enum ui_keys keys)
{
    if (a->kind != UI_TYPE && a->kind != UI_ERASE)
        return false;
    if (a->kind == UI_TYPE && keys == UI_KEYS_NAME && !name_takes(text, a->text))
        return false;
    if (a->kind == UI_TYPE && (keys == UI_KEYS_DIGITS || keys == UI_KEYS_PIN) &&
        !takes_only(a->text, "0123456789"))
        return false;
    if (a->kind == UI_TYPE && keys == UI_KEYS_PHONE && !takes_only(a->text, "0123456789+- ()"))
        return false;
    return ui_edit(text, size, a, keys, is_dutch(s));
}

const char *typing_letters(const struct session *s)
{
    static const struct {
        const char *lang, *letters;
    } own[] = {
        { "pl", "ąćęłńóśźż" }, { "tr", "çğıöşü" }, { "ro", "ăâîșț" }, { "es", "áéíñóú" },
    };

    for (size_t i = 0; i < ARRAY_LEN(own); i++)
        if (strcmp(own[i].lang, s->prefs.lang) == 0)
            return own[i].letters;
    return NULL;
}
