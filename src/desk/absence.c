/* The page /absence: when a coach is not there, told by hand or from a calendar file. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/absence.h"
#include "core/ics.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/roster_edit.h"
#include "desk/words.h"
#include "flow/desk.h"

#define ABSENCE_BODY_MAX (ICS_BYTES_MAX + ICS_BYTES_MAX / 4)
#define ABSENCE_DAYS_MAX 200
#define IMPORT_DAYS 180

/* Whose page it is: one's own, or for who leads anybody's. -1: not theirs to see. */
static int coach_asked(struct desk *d, const struct request *r, const char *asked)
{
    const struct roster *ro = flow_roster(d->flow);
    const struct staff *s = &r->session->staff;
    const char *who = asked && asked[0] ? asked : s->coach;

    if (!ro || !who[0])
        return -1;
    if (s->role == STAFF_COACH && strcmp(who, s->coach) != 0)
        return -1;
    return roster_coach_find(ro, who);
}

/* ---- looking ---- */

static void exception_row(struct desk *d, const struct roster_coach *c, civil_day day,
                          const char *seen, struct buf *o)
{
    char date[CIVIL_DATE_SIZE], from[HHMM_SIZE], to[HHMM_SIZE];
    CLEANUP(buf_done) struct buf name = buf_make(120);

    civil_format(day, date);
    words_date(&name, d->flow, day);
    buf_adds(o, "<tr><th scope=\"row\">");
    html_esc(o, buf_str(&name));
    buf_adds(o, "</th><td>");
    for (size_t i = 0; i < c->n_exceptions; i++) {
        const struct roster_exception *x = &c->exceptions[i];
        if (x->date != day)
            continue;
        buf_adds(o, "<div>");
        if (x->kind == EXCEPTION_CLOSED) {
            html_esc(o, _("not there"));
        } else {
            hhmm_format(x->span.from, from);
            hhmm_format(x->span.to, to);
            html_esc(o, x->kind == EXCEPTION_EXTRA ? _("extra:") : _("there:"));
            buf_addf(o, " %s–%s", from, to);
        }
        buf_adds(o, "</div>");
    }
    buf_adds(o, "</td><td class=\"do\"><form data-post=\"/absence\" data-reload>");
    html_hidden(o, "act", "back");
    html_hidden(o, "seen", seen);
    html_hidden(o, "coach", c->id);
    html_hidden(o, "from", date);
    buf_adds(o, "<button class=\"small\">");
    html_esc(o, _("As usual after all"));
    buf_adds(o, "</button><p class=\"fault\" role=\"alert\"></p></form></td></tr>");
}

static bool first_of_day(const struct roster_coach *c, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (c->exceptions[k].date == c->exceptions[i].date)
            return false;
    return true;
}

static void planned(struct desk *d, const struct roster_coach *c, const char *seen, struct buf *o)
{
    int n = 0;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Other than usual"));
    buf_adds(o, "</h2><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < c->n_exceptions; i++)
        if (c->exceptions[i].date >= flow_today(d->flow) && first_of_day(c, i)) {
            exception_row(d, c, c->exceptions[i].date, seen, o);
            n++;
        }
    buf_adds(o, "</tbody></table>");
    if (n == 0)
        layout_empty(o, _("The usual hours hold on every day to come."),
                     _("Tell beside this when that is different: then nobody books that time."));
    buf_adds(o, "</section>");
}

static void date_field(struct buf *o, const char *name, const char *label, const char *type,
                       const char *more)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><input type=\"%s\" id=\"%s\" name=\"%s\" %s></div>", type, name, name,
             more);
}

static void look_and_store(struct buf *o, const char *report)
{
    buf_addf(o, "<div id=\"%s\" role=\"status\"></div><p class=\"fault\" role=\"alert\"></p>"
                "<div class=\"row\"><button name=\"keep\" value=\"no\" class=\"primary\">", report);
    html_esc(o, _("Look what changes"));
    buf_adds(o, "</button><button name=\"keep\" value=\"yes\">");
    html_esc(o, _("Store"));
    buf_adds(o, "</button></div></form></section>");
}

static void away_form(const struct roster_coach *c, const char *seen, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Not there"));
    buf_adds(o, "</h2><form data-post=\"/absence\" data-report=\"away-report\">");
    html_hidden(o, "act", "away");
    html_hidden(o, "seen", seen);
    html_hidden(o, "coach", c->id);
    buf_adds(o, "<div class=\"fields\">");
    date_field(o, "from", _("From"), "date", "required");
    date_field(o, "to", _("Up to and including"), "date", "required");
    date_field(o, "from_time", _("Each day from (empty: all day)"), "time", "step=\"300\"");
    date_field(o, "to_time", _("Until"), "time", "step=\"300\"");
    buf_adds(o, "</div>");
    look_and_store(o, "away-report");
}

static void import_form(const struct roster_coach *c, const char *seen, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Busy times from your calendar"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("Save your calendar as an .ics file and choose it here. Only times are read, "
                  "no titles. Time that is taken there cannot be booked here."));
    buf_adds(o, "</p><form data-post=\"/absence\" data-report=\"ics-report\">");
    html_hidden(o, "act", "import");
    html_hidden(o, "seen", seen);
    html_hidden(o, "coach", c->id);
    buf_adds(o, "<label for=\"ics-file\">");
    html_esc(o, _("Calendar file (.ics)"));
    buf_adds(o, "</label><input type=\"file\" id=\"ics-file\" accept=\".ics,text/calendar\" "
                "required data-into=\"ics\"><input type=\"hidden\" name=\"ics\" id=\"ics\">");
    look_and_store(o, "ics-report");
}

static void feed(struct desk *d, const struct roster_coach *c, bool own, struct buf *o)
{
    CLEANUP(buf_done) struct buf when = buf_make(120);
    utc_ms made = 0;
    bool has = flow_feed_made(d->flow, c->id, &made) == ERR_OK;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Your appointments in your own calendar"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("A secret address that your calendar can read. It shows times and first names, "
                  "nothing else. Whoever has the address can read it: do not pass it on."));
    buf_adds(o, "</p>");
    if (has) {
        words_date(&when, d->flow, zone_day(flow_zone(d->flow), made));
        buf_adds(o, "<p>");
        html_format(o, _("There is an address, made {date}. It is shown only once."),
                    { "date", .value = buf_str(&when) });
        buf_adds(o, "</p>");
    }
    buf_adds(o, "<p id=\"feed-address\" class=\"secret\" role=\"status\"></p><div class=\"row\">");
    if (own) {
        buf_adds(o, "<button type=\"button\" data-post=\"/feed\" data-body='{\"act\":\"make\"}' "
                    "data-show=\"feed-address\">");
        html_esc(o, has ? _("Make a new address, the old one stops") : _("Make an address"));
        buf_adds(o, "</button>");
    }
    if (has) {
        buf_addf(o, "<button type=\"button\" class=\"danger\" data-post=\"/feed\" data-reload "
                    "data-body='{\"act\":\"end\",\"coach\":\"%s\"}'>", c->id);
        html_esc(o, _("Stop the address"));
        buf_adds(o, "</button>");
    }
    buf_adds(o, "</div></section>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    int who = coach_asked(d, r, request_arg(r, "coach"));
    struct buf *o = &out->body;
    char seen[ROSTER_SEEN_SIZE];
    CLEANUP(buf_done) struct buf title = buf_make(400);

    if (who < 0) {
        layout_fault(d, r, 404, _("There is no such coach, or it is not yours to see."), out);
        return;
    }
    const struct roster_coach *c = &flow_roster(d->flow)->coaches[who];
    bool own = strcmp(c->id, r->session->staff.coach) == 0;
    roster_edit_seen(d, seen);
    i18n_format(&title, _("Days off of {name}"), { "name", .value = c->name });
    layout_begin(d, r, "/roster", buf_str(&title), o);
    buf_adds(o, "<div class=\"two\"><div>");
    planned(d, c, seen, o);
    feed(d, c, own, o);
    buf_adds(o, "</div><div>");
    away_form(c, seen, o);
    import_form(c, seen, o);
    buf_adds(o, "</div></div>");
    layout_end(r, o);
}

/* ---- changing ---- */

static enum err read_span(const struct request *r, struct minute_span *ret)
{
    const char *from = request_text(r, "from_time"), *to = request_text(r, "to_time");
    bool whole = (!from || !from[0]) && (!to || !to[0]);

    *ret = (struct minute_span){ 0, DAY_MINUTES };
    if (whole)
        return ERR_OK;
    if (from && from[0] && hhmm_parse(from, &ret->from) != ERR_OK)
        return ERR_INVAL;
    if (to && to[0] && hhmm_parse(to, &ret->to) != ERR_OK)
        return ERR_INVAL;
    return ret->from < ret->to ? ERR_OK : ERR_INVAL;
}

/* The days of the form; the list is the caller's to free. */
static enum err read_away(const struct request *r, struct absence **ret_v, size_t *ret_n)
{
    const char *from = request_text(r, "from"), *to = request_text(r, "to");
    struct minute_span span;
    civil_day first, last;

    if (!from || !to || civil_parse(from, &first) != ERR_OK || civil_parse(to, &last) != ERR_OK ||
        last < first || last - first >= ABSENCE_DAYS_MAX || read_span(r, &span) != ERR_OK)
        return ERR_INVAL;
    struct absence *v = mem_calloc((size_t)(last - first) + 1, sizeof(*v));
    if (!v)
        return ERR_NOMEM;
    for (civil_day day = first; day <= last; day++)
        v[day - first] = (struct absence){ day, span };
    *ret_v = v;
    *ret_n = (size_t)(last - first) + 1;
    return ERR_OK;
}

static enum err absent(struct desk *d, int coach, const struct absence *v, size_t n, bool keep,
                       struct reply *out)
{
    CLEANUP(roster_done) struct roster ro = { 0 };
    enum err e = roster_edit_begin(d, &ro);

    if (e == ERR_OK)
        e = roster_absent(&ro, coach, v, n, NULL);
    return e == ERR_OK ? roster_edit_end(d, &ro, keep, out) : e;
}

static enum err away(struct desk *d, const struct request *r, int coach, bool keep,
                     struct reply *out)
{
    CLEANUP(mem_freep) struct absence *v = NULL;
    size_t n = 0;
    enum err e = read_away(r, &v, &n);

    return e == ERR_OK ? absent(d, coach, v, n, keep, out) : e;
}

/* How much of the file was understood, in front of what it changes. */
static void say_read(const struct ics_busy *busy, struct reply *out)
{
    json_t *j = json_loads(buf_str(&out->body), 0, NULL);
    CLEANUP(buf_done) struct buf text = buf_make(600);

    i18n_format(&text, P_("{n} appointment read.", "{n} appointments read.", (long)busy->events),
                { "n", .number = busy->events });
    if (busy->unknown > 0) {
        buf_addc(&text, ' ');
        i18n_format(&text, P_("{n} repeats in a way that is not understood: tell it by hand.",
                              "{n} repeat in a way that is not understood: tell them by hand.",
                              (long)busy->unknown), { "n", .number = busy->unknown });
    }
    buf_addc(&text, ' ');
    buf_adds(&text, json_string_value(json_object_get(j, "text")));
    json_object_set_new(j, "text", json_string(buf_str(&text)));
    reply_json(out, j);
}

static enum err import(struct desk *d, const struct request *r, int coach, bool keep,
                       struct reply *out)
{
    CLEANUP(ics_busy_done) struct ics_busy busy = { 0 };
    const char *ics = request_text(r, "ics");
    civil_day today = flow_today(d->flow);
    struct ics_window w = { flow_zone(d->flow), today, today + IMPORT_DAYS };
    enum err e = ics && ics[0] ? ics_read(ics, strlen(ics), &w, &busy) : ERR_INVAL;

    if (e == ERR_FORMAT) {
        reply_refuse(out, 422, "invalid", _("This is no calendar file. Save your calendar as "
                                            ".ics and choose that file."));
        return ERR_OK;
    }
    if (e == ERR_OK)
        e = absent(d, coach, busy.v, busy.n, keep, out);
    if (e == ERR_OK)
        say_read(&busy, out);
    return e;
}

static enum err back(struct desk *d, const struct request *r, int coach, struct reply *out)
{
    CLEANUP(roster_done) struct roster ro = { 0 };
    const char *from = request_text(r, "from");
    civil_day day = 0;
    enum err e = from ? civil_parse(from, &day) : ERR_INVAL;

    if (e == ERR_OK)
        e = roster_edit_begin(d, &ro);
    if (e != ERR_OK)
        return e;
    roster_present(&ro, coach, day);
    return roster_edit_end(d, &ro, true, out);
}

static enum err change(struct desk *d, const struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act"), *keep = request_text(r, "keep");
    int coach = coach_asked(d, r, request_text(r, "coach"));
    bool stores = keep && strcmp(keep, "yes") == 0;

    if (!request_only(r, "act keep coach from to from_time to_time ics seen") || !act)
        return ERR_INVAL;
    if (coach < 0)
        return ERR_DENIED;
    if (!roster_edit_fresh(d, r))
        return ERR_STALE;
    if (strcmp(act, "away") == 0)
        return away(d, r, coach, stores, out);
    if (strcmp(act, "import") == 0)
        return import(d, r, coach, stores, out);
    return strcmp(act, "back") == 0 ? back(d, r, coach, out) : ERR_INVAL;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = change(d, r, out);

    if (e != ERR_OK)
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_absence = { .path = "/absence", .roles = ROLE_ALL,
                                   .body_max = ABSENCE_BODY_MAX, .get = get, .post = post };
