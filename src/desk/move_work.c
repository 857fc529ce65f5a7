/* The page /move-work: what one coach has goes to another. */
#include <string.h>

#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

/* ---- the form ---- */

static void coach_list(const struct roster *ro, const char *name, const char *label,
                       const char *otherwise, struct buf *o)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><select id=\"%s\" name=\"%s\">", name, name);
    if (otherwise)
        html_option(o, "", otherwise, true);
    for (size_t i = 0; i < ro->n_coaches; i++)
        html_option(o, ro->coaches[i].id, ro->coaches[i].name, false);
    buf_adds(o, "</select></div>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    const struct roster *ro = flow_roster(d->flow);
    char today[CIVIL_DATE_SIZE];
    struct buf *o = &out->body;

    if (!ro) {
        layout_fault(d, r, 409, _("There is no roster yet."), out);
        return;
    }
    civil_format(flow_today(d->flow), today);
    layout_begin(d, r, "/move-work", _("Move work"), o);
    buf_adds(o, "<form class=\"card plain\" data-post=\"/move-work\" data-close-after "
                "data-then=\"/overview\"><fieldset class=\"choices\"><legend>");
    html_esc(o, _("What moves?"));
    buf_adds(o, "</legend><label><input type=\"radio\" name=\"what\" value=\"waiting\" checked> ");
    html_esc(o, _("Who waits for this coach now"));
    buf_adds(o, "</label><label><input type=\"radio\" name=\"what\" value=\"appointments\"> ");
    html_esc(o, _("The appointments of a day, at the same times"));
    buf_adds(o, "</label></fieldset><div class=\"fields\">");
    coach_list(ro, "from", _("From"), NULL, o);
    coach_list(ro, "to", _("To"), _("first free"), o);
    buf_adds(o, "<div class=\"field\"><label for=\"day\">");
    html_esc(o, _("Day of the appointments"));
    buf_addf(o, "</label><input type=\"date\" id=\"day\" name=\"day\" value=\"%s\" min=\"%s\">"
                "</div></div><p class=\"hint\">", today, today);
    html_esc(o, _("What the other coach does not do, or has no room for, stays where it is."));
    buf_adds(o, "</p><p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Move"));
    buf_adds(o, "</button></form>");
    layout_end(r, o);
}

/* ---- moving ---- */

struct moved {
    long n, stayed;
};

static bool passes(enum err e)
{
    return e == ERR_TAKEN || e == ERR_RANGE || e == ERR_STATE || e == ERR_STALE ||
           e == ERR_NOT_FOUND || e == ERR_EXISTS || e == ERR_INVAL || e == ERR_DENIED;
}

static enum err count(enum err e, struct moved *m)
{
    m->n += e == ERR_OK;
    m->stayed += e != ERR_OK && passes(e);
    return e == ERR_OK || passes(e) ? ERR_OK : e;
}

static enum err move_waiting(struct desk *d, const char *from, const char *to, struct moved *m)
{
    CLEANUP(queue_list_done) struct queue_list l = { 0 };
    enum err e = flow_queue(d->flow, NULL, &l);

    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        struct visit_ref v = { l.v[i].visit, l.v[i].version };
        if (l.v[i].state == VISIT_WAITING && strcmp(l.v[i].coach, from) == 0)
            e = count(flow_switch_coach(d->flow, v, to, NULL), m);
    }
    return e;
}

static enum err move_appointments(struct desk *d, const char *from, const char *to, civil_day day,
                                  struct moved *m)
{
    CLEANUP(appointment_list_done) struct appointment_list l = { 0 };
    enum err e = flow_appointments(d->flow, from, day, day, &l);

    for (size_t i = 0; e == ERR_OK && i < l.n; i++) {
        struct move_request q = { .appointment = l.v[i].id, .start = l.v[i].start, .coach = to,
                                  .by_staff = true };
        struct appointment_view now;
        if (l.v[i].state != APPT_BOOKED)
            continue;
        enum err one = flow_move(d->flow, &q, &now);
        if (one == ERR_OK && strcmp(now.coach, from) == 0)
            one = ERR_TAKEN; /* "first free" found nobody else */
        e = count(one, m);
    }
    return e;
}

static enum err move(struct desk *d, const struct request *r, struct moved *m)
{
    const char *what = request_text(r, "what"), *from = request_text(r, "from");
    const char *to = request_text(r, "to"), *date = request_text(r, "day");
    const struct roster *ro = flow_roster(d->flow);
    civil_day day = 0;

    if (!request_only(r, "what from to day") || !ro || !what || !from || !to ||
        roster_coach_find(ro, from) < 0 || strcmp(from, to) == 0 ||
        (to[0] && roster_coach_find(ro, to) < 0))
        return ERR_INVAL;
    to = to[0] ? to : NULL;
    if (strcmp(what, "waiting") == 0)
        return move_waiting(d, from, to, m);
    if (strcmp(what, "appointments") != 0 || !date || civil_parse(date, &day) != ERR_OK)
        return ERR_INVAL;
    return move_appointments(d, from, to, day, m);
}

static void say(const struct moved *m, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(400);

    i18n_format(&text, P_("{n} moved.", "{n} moved.", m->n), { "n", .number = m->n });
    if (m->stayed > 0) {
        buf_addc(&text, ' ');
        i18n_format(&text, P_("{n} stays: no room, or not what the other coach does.",
                              "{n} stay: no room, or not what the other coach does.", m->stayed),
                    { "n", .number = m->stayed });
    }
    reply_json(out, json_pack("{s:b,s:s,s:I,s:I}", "ok", 1, "text", buf_str(&text), "moved",
                              (json_int_t)m->n, "stayed", (json_int_t)m->stayed));
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct moved m = { 0 };
    enum err e = move(d, r, &m);

    if (e == ERR_OK)
        say(&m, out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_move_work = { .path = "/move-work", .roles = ROLE_LEAD, .get = get,
                                     .post = post };
