/* The paper for the safe, this once: a QR code, and the same in letters. */
#include <string.h>

#include "base/mem.h"
#include "notice/notice.h"
#include "notice/pages.h"
#include "print/qr.h"

#define HEAD "DYNR1-"  /* what its text begins with: crypt/recovery.c */
#define CODE_SIZE 96   /* its NUL included */
#define LINE_GROUPS 3  /* with a dash behind each */

/* The first word of the text that looks like it; false: none does. */
static bool find(const char *text, char ret_code[CODE_SIZE])
{
    const char *at = strstr(text, HEAD);
    size_t n = at ? strcspn(at, " \n\"") : 0;
    if (n == 0 || n >= CODE_SIZE)
        return false;
    memcpy(ret_code, at, n);
    ret_code[n] = '\0';
    return true;
}

/* As it is typed: always as many lines, whatever letters are in it. */
static const char *in_lines(struct ui *ui, const char *code)
{
    char text[CODE_SIZE + CODE_SIZE / LINE_GROUPS];
    size_t n = 0, groups = 0;

    for (; *code; code++) {
        text[n++] = *code;
        if (*code == '-' && ++groups % LINE_GROUPS == 0)
            text[n++] = '\n';
    }
    text[n] = '\0';
    const char *lines = ui_fmt(ui, "%s", text);
    mem_wipe(text, sizeof(text));
    return lines;
}

static void view(struct ui *ui, const char *text)
{
    char code[CODE_SIZE];
    CLEANUP(qr_done) struct qr qr = { 0 };

    UI_PAGE(ui, .name = "notice.paper", .chrome = UI_CHROME_BARE);
    ui_space(ui, 0);
    pages_say(ui, "paper.title", N_("The code for the safe. You see it once."), UI_TITLE);
    ui_space(ui, 24);
    if (find(text, code) && qr_make(code, &qr) == ERR_OK) {
        UI_ROW(ui, .middle = true)
        {
            UI_QR(ui, .id = "paper.qr", .modules = qr.modules, .side = qr.n, .size = 520);
        }
        UI_TEXT(ui, .id = "paper.code", .text = in_lines(ui, code), .style = UI_HINT, .middle = true);
    }
    mem_wipe(code, sizeof(code));
    ui_space(ui, 24);
    pages_say(ui, "paper.text", N_("Take a picture of it. Then take the stick out."), UI_SECTION);
    ui_space(ui, 0);
}

const struct notice notice_paper = {
    .name = "paper", .summary = "the paper for the safe; what dynamoctl keys recovery says on standard input",
    .told = true, .view = view,
};
