/* Nothing can say this language: the pictures can be followed without it, and another language may have a voice. */
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

static void view(struct ui *ui, const struct session *s)
{
    (void)s;
    UI_SHEET(ui, .name = "no_voice", .title = _("No voice in this language."),
             .text = _("The pictures show the way."), .icon = "speaker-off", .back = "no_voice.go_on")
    {
        UI_BUTTON(ui, .id = "no_voice.go_on", .text = _("Go on with pictures"), .kind = UI_MAIN,
                  .icon = "check", .big = true);
        UI_BUTTON(ui, .id = "no_voice.language", .text = _("Another language"), .icon = "globe");
    }
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    if (a->kind != UI_TAP)
        return nav_stay();
    return strcmp(a->id, "no_voice.language") == 0 ? nav_swap(&scr_language) : nav_back();
}

const struct screen scr_no_voice = {
    .name = "no_voice", .rest = REST_ASK, .sheet = true, .view = view, .on_action = on_action,
};
