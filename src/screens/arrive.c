/* S17: is this you? Initial and time only: somebody may read along. */
#include <string.h>

#include "screens/scan.h"
#include "screens/words.h"

static bool today(const struct session *s)
{
    return s->found.day == s->today;
}

static const char *greeting(struct ui *ui, const struct session *s)
{
    return TELL(ui, _("Hi {initial}"), ARG("initial", ui_fmt(ui, "%s.", s->found.initial)));
}

static void view_appointment(struct ui *ui, const struct session *s)
{
    UI_CARD(ui, .middle = true, .gap = 16)
    {
        UI_TEXT(ui, .text = _("Your appointment"), .style = UI_HINT, .middle = true);
        if (!today(s))
            UI_TEXT(ui, .id = "arrive.day", .text = words_date(ui, s->found.day, I18N_DATE_LONG),
                    .style = UI_SECTION, .middle = true, .personal = true);
        UI_NUMBER(ui, .id = "arrive.time", .text = words_time(ui, s, s->found.start),
                  .size = 160);
        UI_TEXT(ui, .id = "arrive.with",
                .text = TELL(ui, _("with {name}"), ARG("name", s->found.coach_name)),
                .style = UI_SECTION, .middle = true, .personal = true);
    }
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "arrive", .chrome = UI_CHROME_RESULT, .title = greeting(ui, s),
            .subtitle = today(s) ? _("Is this your appointment?")
                                 : _("Your appointment is on another day."),
            .back = true);
    words_trouble(ui, s);
    ui_space(ui, 0);
    view_appointment(ui, s);
    ui_space(ui, 32);
    if (today(s))
        UI_BUTTON(ui, .id = "arrive.yes", .text = _("Yes, I am here"), .icon = "check",
                  .kind = UI_MAIN, .big = true);
    else
        UI_BUTTON(ui, .id = "arrive.change", .text = _("Change my appointment"),
                  .icon = "calendar", .kind = UI_MAIN, .big = true);
    ui_space(ui, 16);
    UI_BUTTON(ui, .id = "arrive.no", .text = _("No, this is not right"), .icon = "cross");
    ui_space(ui, 0);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "arrive.yes") == 0 && today(s))
        return scan_check_in(s);
    if (strcmp(a->id, "arrive.change") == 0 && s->found.code[0])
        return nav_to(&scr_change);
    if (strcmp(a->id, "arrive.no") != 0)
        return nav_pass();
    s->found = (struct appointment_view){ 0 };
    return nav_swap(&scr_not_found);
}

const struct screen scr_arrive = {
    .name = "arrive", .rest = REST_ASK, .view = view, .on_action = on_action,
};
