/* S16: the seven digits of an appointment, or its QR before the scanner. */
#include <string.h>

#include "screens/journey.h"
#include "screens/scan.h"
#include "screens/typing.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->code[0] = '\0';
    s->locked = false;
}

static void view(struct ui *ui, const struct session *s)
{
    bool here = s->errand == ERRAND_CHECK_IN;

    UI_PAGE(ui, .name = "check_in", .title = _("What is your code?"),
            .subtitle = _("Or hold your QR before the scanner."), .back = true, .top = true);
    words_trouble(ui, s);
    ui_space(ui, 16);
    UI_CODE(ui, .id = "check_in.code", .label = _("Your code has 7 digits."), .text = s->code,
            .length = CODE_DIGITS, .group = 4);
    ui_space(ui, 16);
    if (here)
        UI_BUTTON(ui, .id = "check_in.no_code", .text = _("I have no code"), .icon = "person");
    else
        ui_hint(ui, _("No code? Touch Help."));
    UI_KEYBOARD(ui, .keys = UI_KEYS_DIGITS, .text = s->code);
}

static struct nav edit(struct session *s, const struct ui_action *a)
{
    typing_apply(s, s->code, sizeof(s->code), a, UI_KEYS_DIGITS);
    return strlen(s->code) == CODE_DIGITS ? nav_shown(scan_find(s, s->code)) : nav_stay();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind == UI_TYPE || a->kind == UI_ERASE)
        return edit(s, a);
    if (a->kind == UI_TAP && strcmp(a->id, "check_in.no_code") == 0)
        return journey_start(s, ERRAND_CHECK_IN);
    return nav_pass();
}

const struct screen scr_check_in = {
    .name = "check_in", .rest = REST_ASK, .enter = enter, .view = view, .on_action = on_action,
};
