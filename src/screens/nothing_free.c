/* S10n: no free time. There is always another way on. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    const char *phone = s->host->config->visit.house_phone;

    UI_PAGE(ui, .name = "nothing_free", .chrome = UI_CHROME_RESULT,
            .title = _("There is no free time."), .subtitle = _("You can still come in."),
            .back = true);
    ui_space(ui, 0);
    UI_CHOICES(ui, .gap = 32)
    {
        UI_CHOICE(ui, .id = "nothing_free.walk_in", .title = _("I just walk in"),
                  .hint = _("You get a number"), .icon = "footprints", .tint = UI_ACCENT,
                  .primary = true);
        UI_CHOICE(ui, .id = "nothing_free.help", .title = _("Get somebody for me"),
                  .hint = _("We look for a time together"), .icon = "bell",
                  .tint = UI_SUCCESS_TINT);
    }
    if (phone[0])
        UI_NOTICE(ui, .id = "nothing_free.phone",
                  .text = TELL(ui, _("Or call us: {phone}"), ARG("phone", phone)),
                  .icon = "phone");
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "nothing_free.help") == 0)
        return nav_to(&scr_help);
    if (strcmp(a->id, "nothing_free.walk_in") != 0)
        return nav_pass();
    /* All was said on the way here. Who only came to move an appointment said nothing yet. */
    if (!s->moving)
        s->carried = CARRIED_BIRTH | CARRIED_NAME | CARRIED_MUNICIPALITY | CARRIED_TOPIC;
    s->moving = false;
    return journey_start(s, ERRAND_WALK_IN);
}

const struct screen scr_nothing_free = {
    .name = "nothing_free", .rest = REST_ASK, .view = view, .on_action = on_action,
};
