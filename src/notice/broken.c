/* The kiosk does not stay up: visitors are sent to the desk, in the languages that the first page offers. */
#include "i18n/i18n.h"
#include "notice/notice.h"

#define DESK N_("Walk to the desk. We help you there.")
/* A line's full stop stays at its end, whichever way the page runs. */
#define LRM "\u200e"
#define RLM "\u200f"

/* One that has it says it once more; the house's own stands above. */
static void other_languages(struct ui *ui)
{
    size_t n;
    const struct i18n_lang *langs = i18n_langs(&n), *own = i18n_current();

    for (size_t i = 0; i < n; i++) {
        if (&langs[i] == own || langs[i].more || langs[i].pseudo)
            continue;
        i18n_use(langs[i].code);
        UI_TEXT(ui, .text = ui_fmt(ui, "%s%s", _(DESK), langs[i].rtl ? RLM : LRM), .style = UI_BODY,
                .colour = UI_INK_2, .middle = true);
    }
    i18n_use(own->code);
}

static void view(struct ui *ui, const char *text)
{
    (void)text;
    UI_PAGE(ui, .name = "notice.broken", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "warning", .tint = UI_WARNING_TINT, .size = 240);
    ui_space(ui, 32);
    UI_TEXT(ui, .id = "broken.title", .text = _("This screen is broken."), .style = UI_TITLE, .middle = true);
    UI_TEXT(ui, .id = "broken.text", .text = _(DESK), .style = UI_SECTION, .middle = true);
    ui_space(ui, 32);
    other_languages(ui);
    ui_space(ui, 0);
}

const struct notice notice_broken = {
    .name = "broken", .summary = "sends visitors to the desk", .visitors = true, .view = view,
};
