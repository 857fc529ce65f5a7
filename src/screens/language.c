/* S03: every language, each in its own script. A touch changes it and goes back; the speaker
 * beside it says its name, for who cannot read it. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

/* "PL", with the picture of a speaker. */
static void view_speaker(struct ui *ui, const struct i18n_lang *lang)
{
    char code[PERSON_LANG_SIZE] = "";

    for (size_t i = 0; lang->code[i] && i + 1 < sizeof(code); i++)
        code[i] = (char)toupper((unsigned char)lang->code[i]);
    UI_BUTTON(ui, .id = ui_fmt(ui, "language.hear.%s", lang->code), .text = code,
              .say = ui_fmt(ui, "%s, %s", _("Read aloud"), lang->own_name), .icon = "speaker",
              .kind = UI_CALM, .weight = 0.6);
}

static void view_language(struct ui *ui, const struct session *s, const struct i18n_lang *lang,
                          bool heard)
{
    UI_ROW(ui, .gap = 16)
    {
        UI_OPTION(ui, .id = ui_fmt(ui, "language.%s", lang->code), .text = lang->own_name,
                  .selected = strcmp(lang->code, s->prefs.lang) == 0);
        if (heard)
            view_speaker(ui, lang);
    }
}

static void view(struct ui *ui, const struct session *s)
{
    size_t n;
    const struct i18n_lang *langs = i18n_langs(&n);

    UI_PAGE(ui, .name = "language", .title = _("Choose your language"), .back = true,
            .no_tools = true);
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 2 : 4, .gap = 24)
    {
        for (size_t i = 0; i < n; i++)
            if (!langs[i].pseudo && i18n_lang_ready(langs[i].code))
                view_language(ui, s, &langs[i], s->voices & (UINT32_C(1) << i));
    }
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char prefix[] = "language.", hear[] = "language.hear.";
    const char *code = a->id + sizeof(prefix) - 1;

    if (a->kind != UI_TAP || strncmp(a->id, prefix, sizeof(prefix) - 1) != 0)
        return nav_pass();
    if (strncmp(a->id, hear, sizeof(hear) - 1) == 0) {
        snprintf(s->hear, sizeof(s->hear), "%s", a->id + sizeof(hear) - 1);
        return nav_stay();
    }
    if (i18n_lang_ready(code))
        snprintf(s->prefs.lang, sizeof(s->prefs.lang), "%s", code);
    return nav_shown(nav_back());
}

const struct screen scr_language = {
    .name = "language", .rest = REST_HOME, .view = view, .on_action = on_action,
};
