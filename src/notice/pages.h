/* src/notice/pages.h - what the notices for installers have in common. */
#ifndef NOTICE_PAGES_H
#define NOTICE_PAGES_H

#include "i18n/i18n.h"
#include "ui/ui.h"

/* A sentence in the house's language, large; in English under it. msgid: N_("..."). */
void pages_say(struct ui *ui, const char *id, const char *msgid, enum ui_style style);

#endif
