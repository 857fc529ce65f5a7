/* The page /days: a coach's day goes to another house, and what that hits. */
#include <stdio.h>
#include <string.h>

#include "desk/layout.h"
#include "desk/words.h"
#include "flow/region.h"
#include "regiondesk/inside.h"

struct wish {
    const char *coach, *to; /* NULL: not chosen */
    civil_day day;
    bool has_day;
};

static bool is_id(const char *s)
{
    return s && s[0] && strlen(s) < ROSTER_ID_SIZE &&
           strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen(s);
}

/* ---- choosing ---- */

static void pick(struct buf *o, const char *name, const char *label)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><select id=\"%s\" name=\"%s\" required>", name, name);
}

static void pick_coach(const struct regiondesk *g, const struct wish *w, struct buf *o)
{
    pick(o, "coach", _("Coach"));
    for (size_t i = 0; i < g->now.n_people; i++) {
        const struct region_person *p = &g->now.people[i];
        CLEANUP(buf_done) struct buf label = buf_make(400);
        i18n_format(&label, _("{name} ({house})"), { "name", .value = p->name },
                    { "house", .value = regiondesk_house(g, p->site) });
        html_option(o, p->coach, buf_str(&label), w->coach && strcmp(w->coach, p->coach) == 0);
    }
    buf_adds(o, "</select></div>");
}

static void pick_house(const struct regiondesk *g, const struct wish *w, struct buf *o)
{
    pick(o, "to", _("To the house"));
    for (size_t i = 0; i < g->now.houses.n; i++)
        html_option(o, g->now.houses.v[i].site, g->now.houses.v[i].name,
                    w->to && strcmp(w->to, g->now.houses.v[i].site) == 0);
    buf_adds(o, "</select></div>");
}

static void form(struct desk *d, const struct regiondesk *g, const struct wish *w, struct buf *o)
{
    civil_day today = flow_today(desk_flow(d));
    char first[CIVIL_DATE_SIZE], date[CIVIL_DATE_SIZE];
    civil_format(today, first);
    civil_format(w->has_day ? w->day : today + 1, date);
    buf_adds(o, "<form class=\"card\" method=\"get\" action=\"/days\"><div class=\"fields\">");
    pick_coach(g, w, o);
    buf_adds(o, "<div class=\"field\"><label for=\"day\">");
    html_esc(o, _("Day"));
    buf_addf(o, "</label><input type=\"date\" id=\"day\" name=\"day\" required min=\"%s\" "
                "value=\"%s\"></div>", first, date);
    pick_house(g, w, o);
    buf_adds(o, "</div><button class=\"primary\">");
    html_esc(o, _("Show what that hits"));
    buf_adds(o, "</button></form>");
}

/* ---- what it hits ---- */

static void meeting_row(struct desk *d, const struct regiondesk *g, const struct region_meeting *m,
                        struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(100);
    words_clock(&t, desk_flow(d), m->start);
    buf_adds(&t, "\xE2\x80\x93");
    words_clock(&t, desk_flow(d), m->end);
    buf_adds(o, "<tr><th scope=\"row\" class=\"when\">");
    html_esc(o, buf_str(&t));
    buf_adds(o, "</th><td>");
    html_name(o, regiondesk_house(g, m->site));
    buf_adds(o, "</td><td>");
    html_esc(o, m->sealed ? _("on its way there") : "");
    buf_adds(o, "</td></tr>");
}

static void meetings(struct desk *d, const struct regiondesk *g, const struct region_meetings *l,
                     struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(300);
    i18n_format(&t, P_("{n} appointment is booked that day", "{n} appointments are booked that day",
                       (long)l->n), { "n", .number = (long)l->n });
    buf_adds(o, "<h3>");
    html_esc(o, buf_str(&t));
    buf_adds(o, "</h3>");
    if (l->n == 0)
        return;
    buf_adds(o, "<table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < l->n; i++)
        meeting_row(d, g, &l->v[i], o);
    buf_adds(o, "</tbody></table><p class=\"hint\">");
    html_esc(o, _("They stay where they are: the house that has them finds them among the "
                  "appointments that no longer fit, and calls these people. Their times are not "
                  "sold again."));
    buf_adds(o, "</p>");
}

static void confirm(const struct wish *w, struct buf *o)
{
    char date[CIVIL_DATE_SIZE];
    civil_format(w->day, date);
    buf_adds(o, "<form data-post=\"/days\" data-then=\"/\">");
    html_hidden(o, "coach", w->coach);
    html_hidden(o, "day", date);
    html_hidden(o, "to", w->to);
    buf_adds(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Move the day"));
    buf_adds(o, "</button></form>");
}

static enum err preview(struct desk *d, struct regiondesk *g, const struct wish *w, struct buf *o)
{
    CLEANUP(region_meetings_done) struct region_meetings l = { 0 };
    CLEANUP(buf_done) struct buf day = buf_make(200);
    char has[ROSTER_ID_SIZE];
    enum err e = regiondesk_line(g);
    if (e == ERR_OK)
        e = regiondesk_said(g, region_day_owner(g->r, w->coach, w->day, has));
    if (e == ERR_OK)
        e = regiondesk_said(g, region_meetings(g->r, w->coach, w->day, &l));
    if (e != ERR_OK)
        return e;
    words_date(&day, desk_flow(d), w->day);
    buf_adds(o, "<section class=\"card\"><h2>");
    html_format(o, _("{coach}, {day}: from {house} to {other}"),
                { "coach", .value = regiondesk_coach(g, w->coach) },
                { "day", .value = buf_str(&day) }, { "house", .value = regiondesk_house(g, has) },
                { "other", .value = regiondesk_house(g, w->to) });
    buf_adds(o, "</h2>");
    meetings(d, g, &l, o);
    buf_adds(o, "<p>");
    html_format(o, _("The day goes when {house} hands it over: at once, or when its line is back."),
                { "house", .value = regiondesk_house(g, has) });
    buf_adds(o, "</p>");
    confirm(w, o);
    buf_adds(o, "</section>");
    return ERR_OK;
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct regiondesk *g = desk_arg(d);
    const char *day = request_arg(r, "day");
    struct wish w = { .coach = request_arg(r, "coach"), .to = request_arg(r, "to") };
    desk_changed(d);
    w.has_day = day && civil_parse(day, &w.day) == ERR_OK;
    w.coach = is_id(w.coach) ? w.coach : NULL;
    w.to = is_id(w.to) ? w.to : NULL;
    layout_begin(d, r, "/days", C_("navigation", "Move a day"), &out->body);
    enum err e = g->fault;
    form(d, g, &w, &out->body);
    if (e == ERR_OK && w.coach && w.to && w.has_day)
        e = preview(d, g, &w, &out->body);
    if (e != ERR_OK)
        regiondesk_problem(&out->body, e);
    layout_end(r, &out->body);
}

/* ---- moving ---- */

static enum err ask_for(struct desk *d, struct regiondesk *g, const struct wish *w,
                        char ret_answer[16])
{
    char object[64], date[CIVIL_DATE_SIZE];
    civil_format(w->day, date);
    snprintf(object, sizeof(object), "%s %s %s", w->coach, date, w->to);
    enum err e = regiondesk_line(g);
    if (e == ERR_OK) /* who asked is on disk before it happens */
        e = flow_region_note(desk_flow(d), "region.move_day", object);
    if (e == ERR_OK)
        e = regiondesk_said(g, region_move_day(g->r, w->coach, w->day, w->to, ret_answer));
    return e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct regiondesk *g = desk_arg(d);
    const char *day = request_text(r, "day");
    struct wish w = { .coach = request_text(r, "coach"), .to = request_text(r, "to") };
    char answer[16] = "";
    w.has_day = day && civil_parse(day, &w.day) == ERR_OK;
    if (!request_only(r, "coach day to") || !is_id(w.coach) || !is_id(w.to) || !w.has_day ||
        w.day < flow_today(desk_flow(d))) {
        reply_err(out, ERR_INVAL);
        return;
    }
    enum err e = ask_for(d, g, &w, answer);
    regiondesk_hurry(g);
    desk_changed(d);
    if (e == ERR_OK && strcmp(answer, "unknown") == 0)
        e = ERR_NOT_FOUND;
    if (e == ERR_NET || e == ERR_TIMEOUT)
        reply_refuse(out, 503, "no_line",
                     _("The region's database does not answer. Try again in a moment."));
    else if (e != ERR_OK)
        reply_err(out, e);
    else
        reply_json(out, json_pack("{s:b,s:s}", "ok", 1, "text",
                                  strcmp(answer, "there") == 0
                                      ? _("The day stays there.")
                                      : _("Asked. The day goes when its house hands it over.")));
}

const struct page page_days = { .path = "/days", .roles = ROLE_LEAD, .get = get, .post = post };
