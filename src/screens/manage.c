/* S18: a new appointment, or one that is there already. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->moving = s->sure = false;
}

static void view(struct ui *ui, const struct session *s)
{
    (void)s;
    UI_PAGE(ui, .name = "manage", .title = _("What do you want to do?"), .back = true);
    UI_CHOICES(ui, .gap = 32)
    {
        UI_CHOICE(ui, .id = "manage.new", .title = _("New appointment"),
                  .hint = _("Choose your own day and time"), .icon = "calendar-plus",
                  .tint = UI_ACCENT, .primary = true);
        UI_CHOICE(ui, .id = "manage.change", .title = _("Other time"),
                  .hint = _("You need your code"), .icon = "calendar", .tint = UI_TINT_SCHOOL);
        UI_CHOICE(ui, .id = "manage.cancel", .title = _("Cancel an appointment"),
                  .hint = _("You need your code"), .icon = "calendar-x",
                  .tint = UI_DANGER_TINT);
    }
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "manage.new") == 0)
        return journey_start(s, ERRAND_BOOK);
    if (strcmp(a->id, "manage.change") == 0 || strcmp(a->id, "manage.cancel") == 0) {
        s->errand = ERRAND_MANAGE;
        return nav_to(&scr_check_in);
    }
    return nav_pass();
}

const struct screen scr_manage = {
    .name = "manage", .rest = REST_HOME, .enter = enter, .view = view, .on_action = on_action,
};
