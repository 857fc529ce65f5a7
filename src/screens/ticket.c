/* S13: done. The number, or the appointment; what happens next; what to keep. */
#include <string.h>

#include "screens/coaches.h"
#include "screens/journey.h"
#include "screens/ticket.h"
#include "screens/words.h"

#define CALENDAR_MAX 600
#define WAIT_IN_CALENDAR HOUR_MS

static bool in_queue(const struct session *s)
{
    return s->result == RESULT_QUEUED || s->result == RESULT_CHECKED_IN;
}

/* A number or a code to take along. */
static bool to_keep(const struct session *s)
{
    return s->result != RESULT_CANCELLED && s->result != RESULT_CALL_ME;
}

/* The QR: an event for the calendar of a phone whose id is what our scanner reads. */
static void make_qr(struct session *s)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(CALENDAR_MAX);
    CLEANUP(buf_wipe) struct buf title = buf_make(64);
    const struct roster *r = flow_roster(s->host->flow);
    const char *address = s->host->config->visit.house_address;
    struct vevent ev = { .stamp = s->now, .location = address[0] ? address : NULL };

    if (in_queue(s)) {
        ev.token = s->arrival.token;
        ev.start = s->now;
        ev.end = s->now + WAIT_IN_CALENDAR;
        buf_addf(&title, "Dynamo %s", s->arrival.line.ticket);
    } else {
        ev.token = s->booked.token;
        ev.start = s->booked.start;
        ev.end = s->booked.end;
        buf_addf(&title, "%s, code %s", r ? r->site.name : "Dynamo", s->booked.code);
    }
    ev.summary = buf_str(&title);
    session_qr(s, "");
    if (!token_valid(ev.token))
        return;
    vevent_add(&b, &ev);
    if (!b.failed)
        session_qr(s, buf_str(&b));
}

static void ask_paper(struct session *s)
{
    bool first = true;

    s->paper = PAPER_NONE;
    if (!s->host->printer || !s->host->config->printer.auto_print || !to_keep(s))
        return;
    if (in_queue(s) &&
        flow_take_print(s->host->flow, &s->arrival.line.visit, &first) != ERR_OK)
        first = false;
    s->paper = first ? PAPER_ASKED : PAPER_NONE;
}

static void enter(struct session *s)
{
    s->finished = true;
    s->pausing = s->choosing_coach = false;
    s->cancelled_at = s->mono;
    if (to_keep(s))
        make_qr(s);
    else
        session_qr(s, "");
    ask_paper(s);
}

static enum err load(struct session *s)
{
    if (!in_queue(s))
        return ERR_OK;
    enum err e = flow_visit(s->host->flow, &s->arrival.line.visit, &s->arrival.line);
    if (e != ERR_OK)
        return e;
    return coaches_waiting(s, s->arrival.line.service);
}

static const struct {
    const char *title, *text;
} heads[] = {
    [RESULT_QUEUED] = { N_("You are in line"), N_("Take a seat. We call your number.") },
    [RESULT_CHECKED_IN] = { N_("Good that you are here"), N_("Take a seat. We call your number.") },
    [RESULT_BOOKED] = { N_("You have an appointment"), N_("Keep your code.") },
    [RESULT_MOVED] = { N_("Your appointment is changed"), N_("Your code stays the same.") },
    [RESULT_CANCELLED] = { N_("Your appointment is cancelled"), N_("You do not have to come.") },
    [RESULT_CALL_ME] = { N_("We call you back"), N_("Keep your phone with you.") },
};

static bool may_undo(const struct session *s)
{
    return s->result == RESULT_CANCELLED && s->mono < s->cancelled_at + VISIT_UNDO_MS;
}

static void view_cancelled(struct ui *ui, const struct session *s)
{
    words_trouble(ui, s);
    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "calendar-x", .size = 320);
    ui_space(ui, 24);
    UI_TEXT(ui, .id = "ticket.when", .text = words_when(ui, s, s->found.start),
            .style = UI_SECTION, .middle = true);
    ui_space(ui, 24);
    if (may_undo(s)) {
        int left = (int)((s->cancelled_at + VISIT_UNDO_MS - s->mono + SECOND_MS - 1) / SECOND_MS);
        UI_BUTTON(ui, .id = "ticket.undo", .big = true, .icon = "undo",
                  .text = ui_fmt(ui, "%s \u00b7 %d", _("I want to keep it"), left));
    }
    ui_space(ui, 0);
}

static void view_call_me(struct ui *ui, const struct session *s)
{
    const char *phone = s->host->config->visit.house_phone;

    ui_space(ui, 0);
    UI_PICTURE(ui, .icon = "phone", .size = 240);
    ui_space(ui, 24);
    UI_TEXT(ui, .id = "ticket.call", .text = _("We look for a time together"),
            .style = UI_SECTION, .middle = true);
    ui_space(ui, 0);
    if (phone[0])
        UI_NOTICE(ui, .id = "ticket.phone",
                  .text = TELL(ui, _("Or call us: {phone}"), ARG("phone", phone)),
                  .icon = "phone");
}

static bool called(const struct session *s)
{
    enum visit_state state = s->arrival.line.state;

    return in_queue(s) && (state == VISIT_CALLED || state == VISIT_IN_SERVICE);
}

static const char *title(const struct session *s)
{
    if (called(s))
        return _("It is your turn");
    if (s->result == RESULT_QUEUED && s->arrival.existing)
        return _("You were in line already");
    return _(heads[s->result].title);
}

static const char *subtitle(struct ui *ui, const struct session *s)
{
    if (called(s))
        return TELL(ui, _("Walk to room {room}."),
                    ARG("room", words_room(s, s->arrival.line.coach)));
    return _(heads[s->result].text);
}

/* Who listens can hear it once more; the page has no row of tools. */
static void view_again(struct ui *ui, const struct session *s)
{
    if (s->prefs.speak)
        UI_BUTTON(ui, .id = "tool.speak", .text = s->speaking ? _("Be quiet") : _("Read aloud"),
                  .icon = s->speaking ? "speaker-off" : "speaker", .kind = UI_CALM);
}

static void view(struct ui *ui, const struct session *s)
{
    UI_PAGE(ui, .name = "ticket", .chrome = UI_CHROME_RESULT, .title = title(s),
            .subtitle = subtitle(ui, s), .step = _("Done"), .no_tools = true,
            .start = { .id = "ticket.more", .text = _("More time"), .icon = "clock" },
            .end = { .id = "ticket.done", .kind = UI_MAIN,
                     .text = ui_fmt(ui, "%s \u00b7 %d", _("Done"), s->left_s),
                     .say = _("Done") });
    if (s->result == RESULT_CANCELLED)
        view_cancelled(ui, s);
    else if (s->result == RESULT_CALL_ME)
        view_call_me(ui, s);
    else if (in_queue(s))
        ticket_view_queue(ui, s);
    else
        ticket_view_appointment(ui, s);
    view_again(ui, s);
    ticket_view_sheets(ui, s);
}

static struct nav undo_cancel(struct session *s)
{
    enum err e = flow_cancel_undo(s->host->flow, &s->found.id);

    if (e == ERR_IO)
        return nav_fault();
    s->trouble = e == ERR_OK ? TROUBLE_STANDS_AGAIN : TROUBLE_SEAT_GONE;
    if (e != ERR_OK)
        return nav_stay();
    return nav_only(&scr_change);
}

static struct nav on_action(struct session *s, const struct ui_action *a)
{
    if (a->kind != UI_TAP)
        return nav_pass();
    if (strcmp(a->id, "ticket.done") == 0)
        return nav_end();
    if (strcmp(a->id, "ticket.more") == 0)
        s->prefs.more_time = true;
    else if (strcmp(a->id, "ticket.print") == 0 && to_keep(s))
        s->paper = PAPER_ASKED;
    else if (strcmp(a->id, "ticket.undo") == 0 && may_undo(s))
        return undo_cancel(s);
    else
        return ticket_wait_action(s, a->id);
    return nav_stay();
}

static enum rest rest_of(const struct session *s)
{
    bool keep = s->result == RESULT_BOOKED || s->result == RESULT_MOVED;

    return keep || s->prefs.speak ? REST_KEEP : REST_TICKET; /* listening takes longer */
}

const struct screen scr_ticket = {
    .name = "ticket", .rest = REST_TICKET, .rest_of = rest_of, .enter = enter, .load = load,
    .view = view, .on_action = on_action,
};
