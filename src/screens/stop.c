/* "Stop? We clear everything.", over the page that asked. */
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    (void)s;
    UI_SHEET(ui, .name = "stop", .title = _("Do you want to stop?"),
             .text = _("We clear everything you typed."), .icon = "cross", .back = "stop.no")
    {
        UI_BUTTON(ui, .id = "stop.no", .text = _("No, go on"), .kind = UI_MAIN, .big = true);
        UI_BUTTON(ui, .id = "stop.yes", .text = _("Yes, stop"), .icon = "cross");
    }
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    if (a->kind != UI_TAP)
        return nav_stay();
    return strcmp(a->id, "stop.yes") == 0 ? nav_end() : nav_back();
}

const struct screen scr_stop = {
    .name = "stop", .rest = REST_ASK, .sheet = true, .view = view, .on_action = on_action,
};
