/* S08c: from elsewhere. Come in all the same. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    (void)s;
    UI_PAGE(ui, .name = "other_municipality", .chrome = UI_CHROME_RESULT,
            .title = _("You may come in."), .subtitle = _("We look for the best place together."),
            .back = true, .next = _("Next"));
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "pin", .tint = UI_ACCENT, .size = 320);
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP || strcmp(a->id, "nav.next") != 0)
        return nav_pass();
    return journey_next(s, &scr_municipality);
}

const struct screen scr_other_municipality = {
    .name = "other_municipality", .rest = REST_ASK, .view = view, .on_action = on_action,
};
