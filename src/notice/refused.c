/* The stick is wrong: why, and what to do. */
#include <string.h>

#include "notice/notice.h"
#include "notice/pages.h"

#define LINES_MAX 3  /* of the reason: the first say most */
#define LINE_MAX 160 /* bytes of each that are shown */

#define FAULT "fault: " /* dynamoctl roster check says some of them twice, once so */

/* One line of n bytes, without what says nothing to people. */
static const char *line_of(struct ui *ui, const char *text, size_t n)
{
    size_t shown = n;

    while (shown > LINE_MAX || (shown < n && ((unsigned char)text[shown] & 0xC0) == 0x80))
        shown--;
    const char *line = ui_fmt(ui, "%.*s%s", (int)shown, text, shown < n ? "\u2026" : "");
    return strncmp(line, FAULT, strlen(FAULT)) == 0 ? line + strlen(FAULT) : line;
}

/* The first lines, each once. */
static size_t reasons(struct ui *ui, const char *text, const char *ret_lines[LINES_MAX])
{
    size_t n = 0;

    while (*text && n < LINES_MAX) {
        size_t len = strcspn(text, "\n");
        const char *line = line_of(ui, text, len);
        bool said = *line == '\0';
        for (size_t i = 0; i < n; i++)
            said = said || strstr(ret_lines[i], line) != NULL;
        if (!said)
            ret_lines[n++] = line;
        text += len + (text[len] == '\n');
    }
    return n;
}

static void view(struct ui *ui, const char *text)
{
    const char *why[LINES_MAX];
    size_t n = reasons(ui, text, why);

    UI_PAGE(ui, .name = "notice.refused", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "warning", .tint = UI_WARNING_TINT, .size = 240);
    ui_space(ui, 24);
    pages_say(ui, "refused.title", N_("The stick is not right. Nothing was kept."), UI_TITLE);
    ui_space(ui, 24);
    for (size_t i = 0; i < n; i++)
        UI_NOTICE(ui, .id = i ? NULL : "refused.why", .title = i ? NULL : _("Why:"), .text = why[i],
                  .tone = UI_WARN);
    ui_space(ui, 24);
    pages_say(ui, "refused.text", N_("Mend the stick and put it in again."), UI_SECTION);
    ui_space(ui, 0);
}

const struct notice notice_refused = {
    .name = "refused", .summary = "the stick is wrong; the reason on standard input",
    .told = true, .view = view,
};
