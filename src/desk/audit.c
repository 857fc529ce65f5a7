/* The page /audit: who did what, newest first, as the house's log has it. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

#define LINES 100

struct log {
    struct desk *d;
    struct audit_line v[LINES];
    size_t n;
    struct staff_list staff;
};

static void keep(void *arg, const struct audit_line *l)
{
    struct log *g = arg;

    if (g->n < LINES)
        g->v[g->n++] = *l;
}

static const struct {
    const char *action;
    struct i18n_msg said;
} actions[] = {
    { "login", NC_("log", "logged in") },
    { "staff.add", NC_("log", "added a colleague") },
    { "staff.disable", NC_("log", "ended a colleague's access") },
    { "staff.badge", NC_("log", "made a badge") },
    { "staff.unlock", NC_("log", "unlocked a colleague") },
    { "coach.at_work", NC_("log", "takes people") },
    { "coach.away", NC_("log", "takes no people") },
    { "roster.import", NC_("log", "changed the roster") },
    { "visit.person", NC_("log", "looked at who a visit is") },
    { "visit.note", NC_("log", "read a note") },
    { "appointment.person", NC_("log", "looked at who an appointment is") },
    { "outbox.person", NC_("log", "looked at who a refused record is") },
    { "outbox.retry", NC_("log", "sends a refused record again") },
    { "outbox.correct", NC_("log", "put a refused record right") },
    { "outbox.discard", NC_("log", "gave a refused record up") },
    { "call_back", NC_("log", "called back") },
    { "call_me", NC_("log", "asked to be called back") },
    { "call_me.person", NC_("log", "looked at who asked for a call") },
    { "calendar.make", NC_("log", "made a calendar address") },
    { "calendar.end", NC_("log", "stopped a calendar address") },
    { "calendar.read", NC_("log", "calendar was read") },
    { "clock.confirm", NC_("log", "confirmed the clock") },
    { "appointment.overbook", NC_("log", "booked an extra seat") },
    { "appointment.hold", NC_("log", "chose a time") },
    { "appointment.book", NC_("log", "booked an appointment") },
    { "appointment.cancel", NC_("log", "cancelled an appointment") },
    { "appointment.move", NC_("log", "moved an appointment") },
    { "appointment.check_in", NC_("log", "somebody came to an appointment") },
    { "appointment.remind", NC_("log", "noted that a reminder is wanted") },
    { "appointment.do_not_remind", NC_("log", "noted that no reminder is wanted") },
    { "appointment.miss", NC_("log", "nobody came to an appointment") },
    { "appointment.expire", NC_("log", "let go of a time") },
    { "appointment.release", NC_("log", "let go of a time") },
    { "code.wrong", NC_("log", "a wrong code was typed") },
    { "day.close", NC_("log", "closed the day") },
    { "region.move_day", NC_("log", "moved a coach's day to another house") },
    { "region.close", NC_("log", "closed days of a house") },
    { "region.open", NC_("log", "opened days that were closed") },
    { "region.book", NC_("log", "booked an appointment in another house") },
    { "help.call", NC_("log", "asked for help") },
    { "help.answer", NC_("log", "answered a call for help") },
};

/* "visit.call": what a visit's history calls it; unknown ones as they are. */
static const char *action_said(const char *action)
{
    for (size_t i = 0; i < ARRAY_LEN(actions); i++)
        if (strcmp(actions[i].action, action) == 0)
            return i18n_msg(actions[i].said);
    return strncmp(action, "visit.", 6) == 0 ? words_act(action + 6) : action;
}

static void put_actor(struct log *g, const char *actor, struct buf *o)
{
    const char *id = strncmp(actor, "staff:", 6) == 0 ? actor + 6 : "";

    for (size_t i = 0; i < g->staff.n; i++)
        if (strcmp(g->staff.v[i].id, id) == 0) {
            html_name(o, g->staff.v[i].name);
            return;
        }
    html_esc(o, strcmp(actor, "house") == 0            ? _("the house itself")
                : strncmp(actor, "kiosk", 5) == 0      ? _("at the kiosk")
                : strcmp(actor, "ctl") == 0            ? _("administration")
                : strcmp(actor, "calendar") == 0       ? _("a calendar")
                                                       : actor);
}

static void put_object(const struct audit_line *l, struct buf *o)
{
    struct ulid id = ulid_of(l->object);

    if (strncmp(l->action, "visit.", 6) == 0 && id.s[0]) {
        buf_addf(o, "<a href=\"/visit/%s\" data-window>", id.s);
        html_esc(o, _("visit"));
        buf_adds(o, "</a>");
    } else if (strncmp(l->action, "appointment.", 12) == 0 && id.s[0]) {
        buf_addf(o, "<a href=\"/appointment/%s\" data-window>", id.s);
        html_esc(o, _("appointment"));
        buf_adds(o, "</a>");
    } else if (!id.s[0]) {
        html_esc(o, l->object);
    }
}

static void row(struct log *g, const struct audit_line *l, struct buf *o)
{
    CLEANUP(buf_done) struct buf when = buf_make(200);

    words_date(&when, g->d->flow, zone_day(flow_zone(g->d->flow), l->at));
    buf_addc(&when, ' ');
    words_clock(&when, g->d->flow, l->at);
    buf_adds(o, "<tr><td class=\"when\">");
    html_esc(o, buf_str(&when));
    buf_adds(o, "</td><th scope=\"row\">");
    put_actor(g, l->actor, o);
    buf_adds(o, "</th><td>");
    html_esc(o, action_said(l->action));
    if (strcmp(l->result, "ok") != 0 && l->result[0]) {
        buf_adds(o, " <span class=\"tag band-2\">");
        html_esc(o, strcmp(l->result, "wrong") == 0 ? _("wrong PIN or code") : l->result);
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</td><td>");
    put_object(l, o);
    buf_adds(o, "</td></tr>");
}

static void pages(const struct log *g, struct buf *o)
{
    if (g->n == 0 || g->v[0].seq <= 1)
        return;
    buf_addf(o, "<div class=\"row\"><a class=\"button\" href=\"/audit?before=%lld\">",
             (long long)g->v[0].seq);
    html_esc(o, _("Earlier"));
    buf_adds(o, "</a></div>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    const char *asked = request_arg(r, "before");
    int64_t before = asked ? strtoll(asked, NULL, 10) : 0;
    CLEANUP(mem_freep) struct log *g = mem_calloc(1, sizeof(*g));
    struct buf *o = &out->body;

    if (!g) {
        reply_err(out, ERR_NOMEM);
        return;
    }
    g->d = d;
    int64_t from = before > LINES ? before - LINES : 1;
    enum err e = before > 1 ? flow_audit(d->flow, from, before - from, keep, g)
                            : flow_audit(d->flow, -LINES, 0, keep, g);
    if (e == ERR_OK)
        e = flow_staff_list(d->flow, &g->staff);
    layout_begin(d, r, "/audit", _("Who did what"), o);
    buf_adds(o, "<p class=\"hint lead\">");
    html_esc(o, _("Every step and every look at a name leaves a line that nobody can change or "
                  "take out. Names of visitors are not in it."));
    buf_adds(o, "</p><section class=\"card\"><table class=\"rows keep small-print\">"
                "<thead class=\"unseen\"><tr><th scope=\"col\">");
    html_esc(o, _("When"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Who"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("What"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Of what"));
    buf_adds(o, "</th></tr></thead><tbody>");
    for (size_t i = g->n; i > 0; i--)
        row(g, &g->v[i - 1], o);
    buf_adds(o, "</tbody></table>");
    if (e != ERR_OK)
        layout_problem(o, e);
    pages(g, o);
    buf_adds(o, "</section>");
    staff_list_done(&g->staff);
    layout_end(r, o);
}

const struct page page_audit = { .path = "/audit", .roles = ROLE_LEAD, .get = get };
