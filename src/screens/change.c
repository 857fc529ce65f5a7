/* S19: another time, or no appointment any more. Both ask once more, both can be taken back.
 * A reminder is asked for, or not wanted any more, by one touch. */
#include <string.h>

#include "screens/hold.h"
#include "screens/journey.h"
#include "screens/words.h"

static void enter(struct session *s)
{
    s->sure = false;
    s->moving = false;
}

/* Coming back from the day page without a new time. */
static enum err load(struct session *s)
{
    if (s->moving && !s->hold.id.s[0])
        s->moving = false;
    enum err e = flow_reminder(s->host->flow, &s->found.id, &s->reminder);
    if (e != ERR_OK)
        s->reminder = (struct reminder){ 0 }; /* not offered */
    return e == ERR_IO ? e : ERR_OK;
}

static bool stands(const struct session *s)
{
    return appointment_may_change(s->found.start, s->now);
}

static bool chosen(const struct session *s)
{
    return s->moving && s->hold.id.s[0];
}

static void view_now(struct ui *ui, const struct session *s)
{
    UI_CARD(ui, .gap = 16)
    {
        UI_TEXT(ui, .text = chosen(s) ? _("It was") : _("Your appointment"), .style = UI_HINT);
        UI_TEXT(ui, .id = "change.now", .text = words_when(ui, s, s->found.start),
                .style = UI_SECTION, .icon = "calendar", .personal = true);
        UI_TEXT(ui, .text = TELL(ui, _("with {name}"), ARG("name", s->found.coach_name)),
                .personal = true);
    }
    if (!chosen(s))
        return;
    UI_CARD(ui, .gap = 16, .edge_mark = true)
    {
        UI_TEXT(ui, .text = _("It becomes"), .style = UI_HINT);
        UI_TEXT(ui, .id = "change.new", .text = words_when(ui, s, s->hold.start),
                .style = UI_SECTION, .icon = "calendar-check", .personal = true);
        UI_TEXT(ui, .text = TELL(ui, _("with {name}"), ARG("name", words_coach(s, s->hold.coach))),
                .personal = true);
    }
}

static void view_sure(struct ui *ui)
{
    UI_SHEET(ui, .name = "change", .title = _("Cancel your appointment?"),
             .text = _("Then you do not have to come."), .icon = "calendar-x",
             .back = "change.keep")
    {
        UI_BUTTON(ui, .id = "change.keep", .text = _("No, keep it"), .kind = UI_MAIN,
                  .big = true);
        UI_BUTTON(ui, .id = "change.cancel.yes", .text = _("Yes, cancel it"), .icon = "cross");
    }
}

static void view_acts(struct ui *ui, const struct session *s)
{
    if (!stands(s)) {
        UI_NOTICE(ui, .id = "change.late", .tone = UI_WARN,
                  .text = _("Your appointment has begun. Ask us for help."));
        return;
    }
    if (chosen(s)) {
        hold_view(ui, s);
        UI_BUTTON(ui, .id = "change.confirm", .text = _("Yes, change it"), .icon = "check",
                  .kind = UI_MAIN, .big = true);
        UI_BUTTON(ui, .id = "change.other", .text = _("Choose again"), .icon = "calendar");
        return;
    }
    UI_CHOICES(ui, .gap = 32)
    {
        UI_CHOICE(ui, .id = "change.other", .title = _("Other time"), .icon = "calendar",
                  .hint = _("Your code stays the same."), .tint = UI_ACCENT, .primary = true);
        UI_CHOICE(ui, .id = "change.cancel", .title = _("Cancel the appointment"),
                  .hint = _("You can take it back for 10 seconds"), .icon = "calendar-x",
                  .tint = UI_DANGER_TINT);
    }
    if (s->reminder.possible)
        UI_FLOW(ui, .gap = 24)
        {
            UI_PILL(ui, .id = "change.remind", .text = _("Remind me of my appointment"),
                    .selected = s->reminder.agreed, .icon = s->reminder.agreed ? "check" : "bell");
        }
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "change", .title = chosen(s) ? _("Is this right?")
                                                     : _("Change your appointment"),
            .subtitle = chosen(s) ? _("Nothing is changed yet.") : NULL, .back = true);
    words_trouble(ui, s);
    view_now(ui, s);
    ui_space(ui, 16);
    view_acts(ui, s);
    ui_space(ui, 0);
    if (s->sure)
        view_sure(ui);
}

static struct nav move_it(struct session *s)
{
    enum err e = flow_move(s->host->flow,
                           &(struct move_request){ .appointment = s->found.id,
                                                   .start = s->hold.start,
                                                   .coach = s->hold.coach,
                                                   .hold = s->hold.id },
                           &s->booked);
    if (e == ERR_TAKEN || e == ERR_NOT_FOUND) {
        s->trouble = TROUBLE_TAKEN;
        s->hold = (struct hold){ 0 };
        return nav_to(&scr_day);
    }
    if (e == ERR_RANGE || e == ERR_STATE || e == ERR_STALE) {
        s->trouble = TROUBLE_TOO_LATE;
        return nav_stay();
    }
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->hold = (struct hold){ 0 };
    s->moving = false;
    s->result = RESULT_MOVED;
    return nav_only(&scr_ticket);
}

static struct nav cancel_it(struct session *s)
{
    enum err e = flow_cancel(s->host->flow, &s->found.id, false, "visitor");

    s->sure = false;
    if (e == ERR_RANGE || e == ERR_STATE || e == ERR_STALE) {
        s->trouble = TROUBLE_TOO_LATE;
        return nav_stay();
    }
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->result = RESULT_CANCELLED;
    return nav_only(&scr_ticket);
}

/* Taken back as easily as given. */
static struct nav remind(struct session *s)
{
    bool agreed = !s->reminder.agreed;
    enum err e = flow_reminder_set(s->host->flow, &s->found.id, agreed);

    if (e == ERR_STATE) {
        s->trouble = TROUBLE_TOO_LATE;
        return nav_stay();
    }
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->reminder.agreed = agreed;
    return nav_stay();
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "change.other") == 0) {
        s->moving = true;
        return nav_to(&scr_day);
    }
    if (strcmp(a->id, "change.confirm") == 0 && chosen(s))
        return move_it(s);
    if (strcmp(a->id, "change.remind") == 0)
        return remind(s);
    if (strcmp(a->id, "change.cancel") == 0)
        s->sure = true;
    else if (strcmp(a->id, "change.keep") == 0)
        s->sure = false;
    else if (strcmp(a->id, "change.cancel.yes") == 0)
        return cancel_it(s);
    else if (strcmp(a->id, "nav.back") == 0 && chosen(s)) {
        session_release(s); /* first back to what stands now */
        s->moving = false;
    } else
        return nav_pass();
    return nav_stay();
}

static struct nav on_time(struct session *s)
{
    (void)s;
    return nav_stay();
}

const struct screen scr_change = {
    .name = "change", .rest = REST_ASK, .enter = enter, .load = load, .view = view,
    .on_action = on_action, .due = hold_due, .on_time = on_time,
};
