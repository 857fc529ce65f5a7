/* S15: somebody comes. Staff see the call at once; without them the words still help. */
#include <string.h>

#include "screens/screen.h"
#include "screens/words.h"

static bool standing(const struct session *s)
{
    return s->help.s[0] && (s->help_state == HELP_SENT || s->help_state == HELP_SEEN ||
                            s->help_state == HELP_COMING);
}

static void enter(struct session *s)
{
    if (standing(s))
        return;
    s->help_failed = flow_help_call(s->host->flow, &s->help) != ERR_OK;
    s->help_state = HELP_SENT;
}

static enum err load(struct session *s)
{
    return s->help.s[0] ? flow_help_state(s->host->flow, &s->help, &s->help_state) : ERR_OK;
}

static const char *state_text(const struct session *s)
{
    switch (s->help_state) {
    case HELP_SENT:
        return _("We have told a coach.");
    case HELP_SEEN:
        return _("A coach has seen it.");
    case HELP_COMING:
        return _("A coach is on the way.");
    case HELP_DONE:
        return _("A coach has helped you.");
    case HELP_CANCELLED:
        break;
    }
    return _("You do not need help any more.");
}

static void view(struct ui *ui, const struct session *s)
{
    bool coming = s->help_state == HELP_COMING, failed = s->help_failed;

    UI_PAGE(ui, .name = "help", .chrome = UI_CHROME_RESULT,
            .title = failed ? _("Walk to the desk.") : _("We are coming to you."),
            .subtitle = failed ? _("We help you there.") : _("Stay here. We come to help."),
            .back = true, .no_tools = true);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = failed ? "footprints" : "bell", .tint = UI_ACCENT, .size = 320);
    ui_space(ui, 24);
    if (!failed)
        UI_NOTICE(ui, .id = "help.state", .text = state_text(s),
                  .icon = coming ? "footprints" : "check", .tone = UI_GOOD);
    ui_space(ui, 0);
    UI_BUTTON(ui, .id = "help.cancel", .text = _("I do not need help"), .icon = "cross");
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP || strcmp(a->id, "help.cancel") != 0)
        return nav_pass();
    if (standing(s) && flow_help_answer(s->host->flow, &s->help, HELP_CANCELLED) == ERR_IO)
        return nav_fault();
    s->help = (struct ulid){ 0 };
    return nav_back();
}

const struct screen scr_help = {
    .name = "help", .rest = REST_HELP, .enter = enter, .load = load, .view = view,
    .on_action = on_action,
};
