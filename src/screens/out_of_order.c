/* S21: a real fault. Plain words for visitors, a code for staff. */
#include "screens/words.h"
#include "screens/screen.h"

static const char *fault_code(const struct session *s)
{
    if (s->host->numb)
        return "T1"; /* no touch panel */
    if (flow_storage_failed(s->host->flow))
        return "S1"; /* a write or sync failed */
    if (!flow_roster(s->host->flow))
        return "R1"; /* no roster */
    return "D1";     /* the database does not answer */
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "out_of_order", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "warning", .tint = UI_WARNING_TINT, .size = 320);
    ui_space(ui, 32);
    UI_TEXT(ui, .id = "out_of_order.title", .text = _("This screen is broken."),
            .style = UI_TITLE, .middle = true);
    UI_TEXT(ui, .id = "out_of_order.text", .text = _("Walk to the desk. We help you there."),
            .style = UI_SECTION, .middle = true);
    ui_space(ui, 0);
    UI_TEXT(ui, .id = "out_of_order.code", .text = fault_code(s), .style = UI_HINT,
            .middle = true, .silent = true);
}

const struct screen scr_out_of_order = {
    .name = "out_of_order", .rest = REST_RETRY, .view = view,
};
