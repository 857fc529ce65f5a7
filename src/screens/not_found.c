/* S16n: the same words whether the person exists or not. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

/* Also on coming back from walking in instead. */
static enum err load(struct session *s)
{
    if (s->errand == ERRAND_WALK_IN)
        s->errand = ERRAND_CHECK_IN;
    s->carried = 0;
    return ERR_OK;
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "not_found", .chrome = UI_CHROME_RESULT,
            .title = _("We cannot find your appointment."),
            .subtitle = s->locked ? _("Wait 10 minutes or ask for help.")
                                  : _("No problem. You can also just come in."),
            .back = true);
    ui_space(ui, 0);
    UI_CHOICES(ui, .gap = 32)
    {
        if (!s->locked)
            UI_CHOICE(ui, .id = "not_found.again", .title = _("Try again"), .icon = "undo",
                      .tint = UI_TINT_SCHOOL, .primary = true);
        if (s->errand != ERRAND_MANAGE)
            UI_CHOICE(ui, .id = "not_found.walk_in", .title = _("I just walk in"),
                      .hint = _("You get a number"), .icon = "footprints", .tint = UI_ACCENT);
        UI_CHOICE(ui, .id = "not_found.help", .title = _("Help"), .icon = "bell",
                  .hint = _("Somebody comes to you"), .tint = UI_SUCCESS_TINT);
    }
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "not_found.again") == 0)
        return nav_back();
    if (strcmp(a->id, "not_found.help") == 0)
        return nav_to(&scr_help);
    if (strcmp(a->id, "not_found.walk_in") != 0)
        return nav_pass();
    s->carried = (s->a.year ? CARRIED_BIRTH : 0) | (s->a.named ? CARRIED_NAME : 0);
    return journey_start(s, ERRAND_WALK_IN);
}

const struct screen scr_not_found = {
    .name = "not_found", .rest = REST_ASK, .load = load, .view = view, .on_action = on_action,
};
