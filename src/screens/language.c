/* S03: every language, each in its own script. A touch changes it and goes back. */
#include <stdio.h>
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

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
                UI_OPTION(ui, .id = ui_fmt(ui, "language.%s", langs[i].code),
                          .text = langs[i].own_name,
                          .selected = strcmp(langs[i].code, s->prefs.lang) == 0);
    }
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    static const char prefix[] = "language.";
    const char *code = a->id + sizeof(prefix) - 1;

    if (a->kind != UI_TAP || strncmp(a->id, prefix, sizeof(prefix) - 1) != 0)
        return nav_pass();
    if (i18n_lang_ready(code))
        snprintf(s->prefs.lang, sizeof(s->prefs.lang), "%s", code);
    return nav_shown(nav_back());
}

const struct screen scr_language = {
    .name = "language", .rest = REST_HOME, .view = view, .on_action = on_action,
};
