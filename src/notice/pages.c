#include "notice/pages.h"

void pages_say(struct ui *ui, const char *id, const char *msgid, enum ui_style style)
{
    UI_TEXT(ui, .id = id, .text = i18n_text(msgid), .style = style, .middle = true);
    UI_TEXT(ui, .text = msgid, .style = UI_HINT, .colour = UI_INK_2, .middle = true);
}
