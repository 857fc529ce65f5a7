/* S22: are you still there? Over the page that was left. */
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    UI_SHEET(ui, .name = "idle", .title = _("Are you still there?"),
             .text = _("Otherwise we clear everything."), .icon = "clock", .back = "idle.stay")
    {
        UI_RING(ui, .id = "idle.left", .left = s->left_s, .total = s->total_s);
        UI_BUTTON(ui, .id = "idle.stay", .text = _("Yes, I am still here"), .kind = UI_MAIN,
                  .icon = "check", .big = true);
        UI_BUTTON(ui, .id = "idle.wipe", .text = _("No, clear everything"), .icon = "cross");
    }
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    if (a->kind != UI_TAP)
        return nav_stay();
    return strcmp(a->id, "idle.wipe") == 0 ? nav_end() : nav_back();
}

const struct screen scr_idle = {
    .name = "idle", .rest = REST_ASKED, .sheet = true, .view = view, .on_action = on_action,
};
