/* What the last page shows of a place in the queue, or of an appointment. */
#include "screens/coaches.h"
#include "screens/ticket.h"
#include "screens/words.h"

/* Checked in before the appointment is due: its start is what counts. */
static bool early(const struct session *s)
{
    const struct queue_line *l = &s->arrival.line;

    return l->appointment && l->state == VISIT_WAITING && l->due != 0 && !s->arrival.late &&
           l->band == 3;
}

static const char *appointment_words(struct ui *ui, const struct session *s)
{
    const struct queue_line *l = &s->arrival.line;

    return TELL(ui, _("Your appointment: {time} with {name}."),
                ARG("time", words_time(ui, s, l->due)), ARG("name", words_coach(s, l->coach)));
}

static void view_state(struct ui *ui, const struct session *s)
{
    const struct queue_line *l = &s->arrival.line;

    switch (l->state) {
    case VISIT_CALLED:
    case VISIT_IN_SERVICE:
        UI_BADGE(ui, .id = "ticket.state", .icon = "arrow-end", .large = true,
                 .tint = UI_ACCENT,
                 .text = TELL(ui, _("It is your turn in room {room}"),
                              ARG("room", words_room(s, l->coach))));
        break;
    case VISIT_PAUSED:
        UI_BADGE(ui, .id = "ticket.state", .icon = "pause", .large = true,
                 .tint = UI_WARNING_TINT,
                 .text = TELL(ui, _("We keep your place until {time}"),
                              ARG("time", words_time(ui, s, l->until))));
        break;
    case VISIT_WAITING:
    case VISIT_MISSED:
    case VISIT_PARKED:
    case VISIT_DONE:
    case VISIT_LEFT:
    case VISIT_UNSERVED:
    case VISIT_VOIDED:
    case VISIT_STATE_COUNT:
        /* Who is early waits for the appointment, not for those who stand before. */
        if (early(s))
            UI_BADGE(ui, .id = "ticket.appointment", .text = appointment_words(ui, s),
                     .icon = "calendar-check", .large = true);
        else
            UI_BADGE(ui, .id = "ticket.wait", .text = words_wait(ui, true, l->wait),
                     .icon = "clock", .large = true);
        break;
    }
}

static void view_number(struct ui *ui, const struct session *s)
{
    const struct queue_line *l = &s->arrival.line;

    UI_CARD(ui, .middle = true, .gap = 16)
    {
        UI_NUMBER(ui, .id = "ticket.number", .label = _("Your number"), .text = l->ticket);
        view_state(ui, s);
        if (l->state == VISIT_WAITING && s->result == RESULT_QUEUED && !early(s))
            UI_TEXT(ui, .id = "ticket.ahead", .text = words_ahead(ui, l->ahead), .style = UI_HINT,
                    .middle = true);
        if (s->result == RESULT_CHECKED_IN && l->due && !early(s))
            UI_TEXT(ui, .id = "ticket.appointment", .text = appointment_words(ui, s),
                    .style = UI_HINT, .middle = true);
        else if (l->coach[0] && !early(s))
            UI_TEXT(ui, .text = TELL(ui, _("You wait for {name}."),
                                     ARG("name", words_coach(s, l->coach))),
                    .style = UI_HINT, .middle = true);
    }
}

static void view_buttons(struct ui *ui, const struct session *s)
{
    UI_GRID(ui, .cols = 3, .gap = 24)
    {
        if (s->host->printer)
            UI_BUTTON(ui, .id = "ticket.print",
                      .text = s->paper == PAPER_PRINTED ? _("Print again") : _("Print"),
                      .icon = "printer");
        if (ticket_may_wait(s) && s->arrival.line.state == VISIT_PAUSED)
            UI_BUTTON(ui, .id = "ticket.resume", .text = _("I am back"), .icon = "check");
        else if (ticket_may_wait(s))
            UI_BUTTON(ui, .id = "ticket.pause", .text = _("I go out for a moment"),
                      .icon = "pause");
        if (ticket_may_wait(s) && !s->arrival.line.appointment && s->n_coaches > 1)
            UI_BUTTON(ui, .id = "ticket.coach", .text = _("Other coach"), .icon = "people");
    }
}

static void view_paper(struct ui *ui, const struct session *s)
{
    if (s->paper == PAPER_FAILED)
        UI_NOTICE(ui, .id = "ticket.paper", .icon = "printer", .tone = UI_WARN,
                  .text = _("The printer is broken. Remember your number."));
}

void ticket_view_queue(struct ui *ui, const struct session *s)
{
    words_trouble(ui, s);
    if (s->arrival.late)
        UI_NOTICE(ui, .id = "ticket.late",
                  .text = _("Your time has passed. You wait in line now."), .tone = UI_WARN);
    UI_SPLIT(ui, .gap = 32)
    {
        view_number(ui, s);
        UI_COLUMN(ui, .gap = 24)
        {
            if (s->qr.side)
                UI_CARD(ui, .gap = 0)
                {
                    UI_QR(ui, .id = "ticket.qr", .modules = s->qr.modules, .side = s->qr.side,
                          .title = _("Take your number with you"),
                          .size = 280,
                          .text = _("Scan with your phone."), .say = _("Scan with your phone."));
                }
            view_paper(ui, s);
            view_buttons(ui, s);
        }
    }
    ui_space(ui, 0);
}

const char *ticket_code(struct ui *ui, const char *code)
{
    return ui_fmt(ui, "\u2066%.4s %s\u2069", code, code + 4);
}

void ticket_view_appointment(struct ui *ui, const struct session *s)
{
    const struct appointment_view *v = &s->booked;

    words_trouble(ui, s);
    UI_SPLIT(ui, .gap = 32)
    {
        UI_CARD(ui, .middle = true, .gap = 16)
        {
            UI_TEXT(ui, .id = "ticket.when", .text = words_when(ui, s, v->start),
                    .style = UI_TITLE, .middle = true);
            UI_TEXT(ui, .id = "ticket.with",
                    .text = TELL(ui, _("with {name}"), ARG("name", v->coach_name)),
                    .style = UI_SECTION, .middle = true);
            UI_NUMBER(ui, .id = "ticket.code", .label = _("Your code"),
                      .text = ticket_code(ui, v->code), .size = 120);
        }
        UI_COLUMN(ui, .gap = 24)
        {
            if (s->qr.side)
                UI_CARD(ui, .gap = 0)
                {
                    UI_QR(ui, .id = "ticket.qr", .modules = s->qr.modules, .side = s->qr.side,
                          .title = _("Put it in your phone"), .size = 320,
                          .text = _("Scan with your phone."), .say = _("Scan with your phone."));
                }
            view_paper(ui, s);
            view_buttons(ui, s);
        }
    }
    ui_space(ui, 0);
}

static void view_pause(struct ui *ui)
{
    static const int minutes[] = { 10, 20, 30 };

    UI_SHEET(ui, .name = "ticket", .title = _("How long are you away?"),
             .text = _("We keep your place."), .icon = "pause", .back = "ticket.stay")
    {
        for (size_t i = 0; i < ARRAY_LEN(minutes); i++)
            UI_BUTTON(ui, .id = ui_fmt(ui, "ticket.pause.%d", minutes[i]),
                      .text = TELL(ui, P_("{n} minute", "{n} minutes", minutes[i]),
                                   NUM("n", minutes[i])));
        UI_BUTTON(ui, .id = "ticket.stay", .text = _("I stay here"), .kind = UI_MAIN);
    }
}

static void view_coaches(struct ui *ui, const struct session *s)
{
    UI_SHEET(ui, .name = "ticket", .title = _("Who may help you?"), .icon = "people",
             .back = "ticket.stay")
    {
        coaches_view(ui, s, "ticket.coach", s->arrival.line.coach, true);
        UI_BUTTON(ui, .id = "ticket.stay", .text = _("Back"), .kind = UI_MAIN);
    }
}

void ticket_view_sheets(struct ui *ui, const struct session *s)
{
    if (s->pausing)
        view_pause(ui);
    else if (s->choosing_coach)
        view_coaches(ui, s);
}
