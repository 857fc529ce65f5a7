/* Nothing: what stood on the screen is gone, and the kiosk's first picture comes over a calm page. */
#include "notice/notice.h"

static void view(struct ui *ui, const char *text)
{
    (void)text;
    UI_PAGE(ui, .name = "notice.empty", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
}

const struct notice notice_empty = {
    .name = "empty", .summary = "an empty page over what stood there", .view = view,
};
