/* The pages /appointments (a week per coach, and the worklist) and /appointment/ID. */
#include <string.h>

#include "base/mem.h"
#include "desk/day.h"
#include "desk/forms.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

/* ---- the week ---- */

struct week {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct buf *o;
    civil_day monday;
    const char *coach; /* NULL: all */
};

static void go(struct week *w, int weeks, const char *label)
{
    char date[CIVIL_DATE_SIZE];

    civil_format(w->monday + weeks * WEEK_DAYS, date);
    buf_addf(w->o, "<a class=\"button\" href=\"/appointments?week=%s%s%s\">", date,
             w->coach ? "&amp;coach=" : "", w->coach ? w->coach : "");
    html_esc(w->o, label);
    buf_adds(w->o, "</a>");
}

static void tools(struct week *w)
{
    struct buf *o = w->o;
    char date[CIVIL_DATE_SIZE];

    civil_format(w->monday, date);
    buf_adds(o, "<div class=\"row bar-of-week\">");
    go(w, -1, _("Week before"));
    go(w, 1, _("Week after"));
    buf_adds(o, "<form method=\"get\" action=\"/appointments\" data-submit>");
    html_hidden(o, "week", date);
    buf_adds(o, "<label class=\"unseen\" for=\"coach\">");
    html_esc(o, _("With whom"));
    buf_adds(o, "</label><select id=\"coach\" name=\"coach\">");
    html_option(o, "", _("all coaches"), !w->coach);
    for (size_t i = 0; i < w->roster->n_coaches; i++)
        html_option(o, w->roster->coaches[i].id, w->roster->coaches[i].name,
                    w->coach && strcmp(w->coach, w->roster->coaches[i].id) == 0);
    buf_adds(o, "</select><noscript><button>");
    html_esc(o, _("Show"));
    buf_adds(o, "</button></noscript></form><a class=\"button primary\" href=\"/book\" data-window "
                "data-key=\"a\">");
    html_esc(o, _("New appointment"));
    buf_adds(o, " <kbd>a</kbd></a></div>");
}

static void entry(struct week *w, const struct appointment_view *a)
{
    CLEANUP(buf_done) struct buf t = buf_make(20);
    struct buf *o = w->o;

    words_clock(&t, w->d->flow, a->start);
    buf_addf(o, "<li><a class=\"slot%s\" href=\"/appointment/%s\" data-window><strong>",
             a->state == APPT_NO_SHOW ? " gone" : "", a->id.s);
    html_esc(o, buf_str(&t));
    buf_adds(o, "</strong> ");
    html_name(o, a->initial);
    buf_adds(o, ". ");
    day_topic(o, a->topic);
    if (!w->coach) {
        buf_adds(o, " <span class=\"by\">");
        html_name(o, a->coach_name);
        buf_adds(o, "</span>");
    }
    if (a->state == APPT_NO_SHOW) {
        buf_adds(o, " <span class=\"by\">");
        html_esc(o, words_appointment(a->state));
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</a></li>");
}

static void one_day(struct week *w, civil_day day, const struct appointment_list *l)
{
    CLEANUP(buf_done) struct buf name = buf_make(120);
    const char *reason = NULL;
    bool any = false, closed = roster_closed_on(w->roster, day, &reason);
    struct buf *o = w->o;

    words_date(&name, w->d->flow, day);
    buf_addf(o, "<section class=\"day%s\"><h2>", day == flow_today(w->d->flow) ? " today" : "");
    html_esc(o, buf_str(&name));
    buf_adds(o, "</h2>");
    if (closed) {
        buf_adds(o, "<p class=\"tag band-2\">");
        html_esc(o, reason ? reason : _("closed"));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "<ul>");
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].day == day) {
            entry(w, &l->v[i]);
            any = true;
        }
    buf_adds(o, "</ul>");
    if (!any) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("no appointments"));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}

static enum err week(struct week *w)
{
    CLEANUP(appointment_list_done) struct appointment_list l = { 0 };
    struct minute_span open[ROSTER_WINDOWS_MAX];
    enum err e = flow_appointments(w->d->flow, w->coach, w->monday, w->monday + WEEK_DAYS - 1, &l);

    if (e != ERR_OK)
        return e;
    buf_adds(w->o, "<div class=\"week\">");
    for (int i = 0; i < WEEK_DAYS; i++) {
        civil_day day = w->monday + i;
        bool shown = i < 5 || roster_open_windows(w->roster, day, OPEN_APPOINTMENT, open) > 0;
        for (size_t k = 0; k < l.n; k++)
            shown = shown || l.v[k].day == day;
        if (shown)
            one_day(w, day, &l);
    }
    buf_adds(w->o, "</div>");
    return ERR_OK;
}

/* ---- what no longer fits ---- */

static enum err worklist(struct week *w)
{
    CLEANUP(appointment_list_done) struct appointment_list l = { 0 };
    CLEANUP(buf_done) struct buf t = buf_make(160);
    struct buf *o = w->o;
    enum err e = flow_conflicts(w->d->flow, &l);

    if (e != ERR_OK || l.n == 0)
        return e;
    buf_adds(o, "<section class=\"card\" id=\"worklist\"><h2>");
    html_esc(o, _("No longer fits the roster"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("Call these people and move or cancel. Nothing happens by itself."));
    buf_adds(o, "</p><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < l.n; i++) {
        buf_clear(&t);
        words_date(&t, w->d->flow, l.v[i].day);
        buf_addc(&t, ' ');
        words_clock(&t, w->d->flow, l.v[i].start);
        buf_adds(o, "<tr><th scope=\"row\">");
        html_esc(o, buf_str(&t));
        buf_adds(o, "</th><td class=\"who\">");
        day_name(o, "appointment", &l.v[i].id);
        buf_adds(o, "</td><td class=\"by\">");
        html_name(o, l.v[i].coach_name);
        buf_addf(o, "</td><td class=\"do\"><a class=\"button small\" href=\"/appointment/%s\" "
                    "data-window>", l.v[i].id.s);
        html_esc(o, _("Open"));
        buf_adds(o, "</a></td></tr>");
    }
    buf_adds(o, "</tbody></table></section>");
    return ERR_OK;
}

static void get_week(struct desk *d, struct request *r, struct reply *out)
{
    struct week w = { .d = d, .r = r, .roster = flow_roster(d->flow), .o = &out->body };
    const char *coach = request_arg(r, "coach"), *asked = request_arg(r, "week");
    civil_day day = flow_today(d->flow);

    if (!w.roster) {
        layout_fault(d, r, 409, _("There is no roster yet."), out);
        return;
    }
    if (asked && civil_parse(asked, &day) != ERR_OK) {
        layout_fault(d, r, 400, words_err(ERR_INVAL), out);
        return;
    }
    w.coach = coach && roster_coach_find(w.roster, coach) >= 0 ? coach : NULL;
    w.monday = civil_monday(day);
    layout_begin(d, r, "/appointments", C_("navigation", "Appointments"), w.o);
    tools(&w);
    enum err e = worklist(&w);
    if (e == ERR_OK)
        e = week(&w);
    if (e != ERR_OK) {
        buf_adds(w.o, "<p class=\"fault\">");
        html_esc(w.o, words_err(e));
        buf_adds(w.o, "</p>");
    }
    layout_end(r, w.o);
}

const struct page page_appointments = { .path = "/appointments", .roles = ROLE_ALL,
                                        .get = get_week };

/* ---- one appointment ---- */

static void fact(struct buf *o, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_adds(o, "<div><dt>");
    html_esc(o, name);
    buf_adds(o, "</dt><dd>");
    html_name(o, value);
    buf_adds(o, "</dd></div>");
}

static void facts(struct desk *d, const struct appointment_view *a, struct buf *o)
{
    struct person p = { 0 };
    char name[PERSON_FULL_SIZE] = "", born[CIVIL_DATE_SIZE] = "";
    CLEANUP(buf_done) struct buf t = buf_make(200);

    if (flow_appointment_person(d->flow, &a->id, &p) == ERR_OK) {
        person_full_name(&p, name, sizeof(name));
        civil_format(p.birth, born);
    }
    words_date(&t, d->flow, a->day);
    buf_addc(&t, ' ');
    words_clock(&t, d->flow, a->start);
    buf_adds(o, "<dl class=\"pairs\">");
    fact(o, _("When"), buf_str(&t));
    fact(o, _("Name"), name);
    fact(o, _("Born"), born);
    fact(o, _("Phone"), p.phone);
    fact(o, _("E-mail"), p.email);
    fact(o, _("What for"), words_topic(a->topic));
    fact(o, _("With whom"), a->coach_name);
    fact(o, _("Code"), a->code);
    fact(o, _("Now"), words_appointment(a->state));
    buf_adds(o, "</dl>");
    mem_wipe(&p, sizeof(p));
    mem_wipe(name, sizeof(name));
    mem_wipe(born, sizeof(born));
}

static void step_begin(struct buf *o, const struct appointment_view *a, const char *act,
                       const char *title)
{
    buf_adds(o, "<details class=\"step\"><summary>");
    html_esc(o, title);
    buf_addf(o, "</summary><form data-post=\"/appointment/%s\" data-close-after>", a->id.s);
    html_hidden(o, "act", act);
    html_hidden_int(o, "version", a->version);
}

static void step_end(struct buf *o, const char *label, const char *class)
{
    buf_addf(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"%s\">", class);
    html_esc(o, label);
    buf_adds(o, "</button></form></details>");
}

static void steps(struct desk *d, const struct appointment_view *a, struct buf *o)
{
    if (a->day == flow_today(d->flow)) {
        step_begin(o, a, "check_in", _("Is here: into the queue"));
        step_end(o, _("Into the queue"), "primary");
    }
    if (a->state != APPT_BOOKED)
        return;
    step_begin(o, a, "move", _("Move"));
    forms_free_times(d, &(struct forms_free){ .name = "start", .label = _("When"),
                                              .service = a->service }, o);
    step_end(o, _("Move"), "primary");
    step_begin(o, a, "cancel", _("Cancel it"));
    buf_adds(o, "<label for=\"reason\">");
    html_esc(o, _("Reason"));
    buf_adds(o, "</label><input id=\"reason\" name=\"reason\" maxlength=\"200\" required "
                "autocomplete=\"off\">");
    step_end(o, _("Cancel it"), "danger");
}

static void get_one(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    struct appointment_view a;
    enum err e = id.s[0] ? flow_appointment(d->flow, &id, &a) : ERR_NOT_FOUND;

    if (e != ERR_OK || a.state == APPT_HELD) {
        layout_fault(d, r, 404, words_err(ERR_NOT_FOUND), out);
        return;
    }
    layout_begin(d, r, "/appointment", _("Appointment"), &out->body);
    buf_adds(&out->body, "<div class=\"card plain\">");
    facts(d, &a, &out->body);
    if (a.state == APPT_BOOKED || a.state == APPT_NO_SHOW)
        steps(d, &a, &out->body);
    buf_adds(&out->body, "</div>");
    layout_end(r, &out->body);
}

static enum err run(struct desk *d, const struct request *r, const struct ulid *id)
{
    const char *act = request_text(r, "act"), *reason = request_text(r, "reason");
    struct move_request m = { .appointment = *id, .by_staff = true };
    struct appointment_view a;
    char coach[ROSTER_ID_SIZE];
    enum err e = flow_appointment(d->flow, id, &a);

    if (e != ERR_OK)
        return e;
    if (!act || request_int(r, "version", 0) <= 0)
        return ERR_INVAL;
    if (request_int(r, "version", 0) != a.version)
        return ERR_STALE;
    if (strcmp(act, "cancel") == 0)
        return reason ? flow_cancel(d->flow, id, true, reason) : ERR_INVAL;
    if (strcmp(act, "check_in") == 0)
        return flow_check_in(d->flow, id, NULL);
    if (strcmp(act, "move") != 0 ||
        !forms_read_time(request_text(r, "start"), &m.start, coach, &m.coach))
        return ERR_INVAL;
    return flow_move(d->flow, &m, &a);
}

static void post_one(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    enum err e = id.s[0] ? ERR_OK : ERR_NOT_FOUND;

    if (e == ERR_OK && !request_only(r, "act version start reason"))
        e = ERR_INVAL;
    if (e == ERR_OK)
        e = run(d, r, &id);
    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_appointment = { .path = "/appointment/", .roles = ROLE_ALL, .get = get_one,
                                       .post = post_one };
