/* A new box waits for its house's stick. */
#include "notice/notice.h"
#include "notice/pages.h"

static void view(struct ui *ui, const char *text)
{
    (void)text;
    UI_PAGE(ui, .name = "notice.stick", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "stick", .size = 320);
    ui_space(ui, 32);
    pages_say(ui, "stick.title", N_("Put the stick called DYNAMO into this box."), UI_TITLE);
    ui_space(ui, 0);
}

const struct notice notice_stick = {
    .name = "stick", .summary = "asks for the house's stick", .view = view,
};
