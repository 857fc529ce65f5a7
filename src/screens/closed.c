/* S20: outside the hours. When we open, and what can be done now. */
#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static enum err load(struct session *s)
{
    const struct roster *r = flow_roster(s->host->flow);

    if (!r)
        return ERR_NOT_FOUND;
    s->n_hours = roster_open_windows(r, s->today, OPEN_WALK_IN, s->hours);
    s->open_walk_in = roster_open_at(r, s->today, s->minute, OPEN_WALK_IN);
    s->next_known =
        roster_next_opening(r, s->today, s->minute, OPEN_WALK_IN, &s->next) == ERR_OK;
    return ERR_OK;
}

static const char *hours_today(struct ui *ui, const struct session *s)
{
    const char *text = "";

    for (int i = 0; i < s->n_hours; i++)
        text = ui_fmt(ui, "%s%s\u2066%s\u2013%s\u2069", text, i ? ", " : "",
                      words_clock(ui, s->hours[i].from),
                      words_clock(ui, s->hours[i].to % DAY_MINUTES));
    return s->n_hours ? text : _("closed");
}

static void view(struct ui *ui, const struct session *s)
{
    const struct config *c = s->host->config;

    UI_PAGE(ui, .name = "closed", .chrome = UI_CHROME_WELCOME, .title = _("We are closed now."),
            .subtitle = s->next_known
                            ? TELL(ui, _("Open again {day} at {time}"),
                                   ARG("day", words_day(ui, s, s->next.day, I18N_DATE_LONG)),
                                   ARG("time", words_clock(ui, s->next.span.from)))
                            : NULL);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "moon", .size = 280);
    ui_space(ui, 0);
    UI_CARD(ui, .gap = -1)
    {
        UI_PAIR(ui, .id = "closed.today", .icon = "clock", .label = _("Today"),
                .value = hours_today(ui, s));
        if (c->visit.house_phone[0])
            UI_PAIR(ui, .id = "closed.phone", .icon = "phone", .label = _("Call us"),
                    .value = ui_fmt(ui, "\u2066%s\u2069", c->visit.house_phone));
        UI_PAIR(ui, .id = "closed.danger", .icon = "bell", .label = _("Danger?"),
                .value = _("Call 112."));
    }
    ui_space(ui, 0);
    if (c->visit.book_when_closed)
        UI_BUTTON(ui, .id = "closed.appointment", .text = _("Make or change an appointment"),
                  .icon = "calendar-plus", .kind = UI_MAIN, .big = true);
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    (void)s;
    if (a->kind != UI_TAP || strcmp(a->id, "closed.appointment") != 0)
        return nav_pass();
    return nav_to(&scr_manage);
}

const struct screen scr_closed = {
    .name = "closed", .rest = REST_HOME, .load = load, .view = view, .on_action = on_action,
};
