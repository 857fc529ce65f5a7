#include "screens/referral.h"

#include <string.h>

#include "screens/words.h"

void referral_view(struct ui *ui, const struct session *s, const struct referral *r)
{
    UI_SPLIT(ui, .gap = 32)
    {
        UI_CARD(ui, .gap = 0)
        {
            UI_TEXT(ui, .text = r->title, .style = UI_SECTION, .icon = r->icon);
            if (r->where[0])
                UI_TEXT(ui, .text = r->where, .icon = "pin");
            if (r->phone[0])
                UI_TEXT(ui, .id = "referral.phone", .text = ui_fmt(ui, "\u2066%s\u2069", r->phone),
                        .style = UI_SECTION, .icon = "phone");
        }
        if (s->qr.side)
            UI_CARD(ui, .gap = 0)
            {
                UI_QR(ui, .modules = s->qr.modules, .side = s->qr.side, .title = _("Read more"),
                      .text = _("Scan with your phone."), .say = _("Scan with your phone."));
            }
    }
    ui_space(ui, 0);
    UI_BUTTON(ui, .id = "referral.help", .text = _("Get somebody for me"), .icon = "bell",
              .big = true);
}

struct nav referral_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "referral.help") == 0)
        return nav_to(&scr_help);
    if (strcmp(a->id, "referral.done") == 0)
        return nav_end();
    return nav_pass();
}
