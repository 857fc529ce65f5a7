/* The page /appointments: a week of one coach or of all, free times, and the worklist. */
#include <string.h>

#include "desk/day.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/week.h"
#include "desk/words.h"
#include "i18n/date.h"

#define ALL_COACHES ":all" /* no id of a coach holds a colon */

/* ---- above the week ---- */

static const char *coach_id(const struct week *w)
{
    return w->coach >= 0 ? w->roster->coaches[w->coach].id : ALL_COACHES;
}

static void address(struct week *w, civil_day day)
{
    char date[CIVIL_DATE_SIZE];

    civil_format(day, date);
    buf_addf(w->o, "/appointments?week=%s&amp;coach=%s", date, coach_id(w));
    if (w->service >= 0)
        buf_addf(w->o, "&amp;service=%s", w->roster->services[w->service].id);
    if (w->moves)
        buf_addf(w->o, "&amp;move=%s", w->moved.id.s);
}

static void go(struct week *w, civil_day day, const char *key, const char *label)
{
    buf_addf(w->o, "<a class=\"button\" data-key=\"%s\" href=\"", key);
    address(w, day);
    buf_adds(w->o, "\">");
    html_esc(w->o, label);
    buf_addf(w->o, " <kbd>%s</kbd></a>", key);
}

static void coach_choice(struct week *w)
{
    struct buf *o = w->o;

    buf_adds(o, "<label class=\"unseen\" for=\"coach\">");
    html_esc(o, _("With whom"));
    buf_adds(o, "</label><select id=\"coach\" name=\"coach\">");
    html_option(o, ALL_COACHES, _("all coaches"), w->coach < 0);
    for (size_t i = 0; i < w->roster->n_coaches; i++)
        html_option(o, w->roster->coaches[i].id, w->roster->coaches[i].name, w->coach == (int)i);
    buf_adds(o, "</select>");
}

/* While something is moved, its own subject counts. */
static void service_choice(struct week *w)
{
    struct buf *o = w->o;

    if (w->moves || w->service < 0)
        return;
    buf_adds(o, "<label class=\"unseen\" for=\"service\">");
    html_esc(o, _("Free times for"));
    buf_adds(o, "</label><select id=\"service\" name=\"service\">");
    for (size_t i = 0; i < w->roster->n_services; i++) {
        CLEANUP(buf_done) struct buf label = buf_make(400);
        if (!w->roster->services[i].book)
            continue;
        i18n_format(&label, _("free for {subject}"),
                    { "subject", .value = roster_service_label(w->roster, (int)i, w->r->lang) });
        html_option(o, w->roster->services[i].id, buf_str(&label), w->service == (int)i);
    }
    buf_adds(o, "</select>");
}

static void tools(struct week *w)
{
    struct buf *o = w->o;
    char date[CIVIL_DATE_SIZE];

    civil_format(w->monday, date);
    buf_adds(o, "<div class=\"row bar-of-week\">");
    go(w, w->monday - WEEK_DAYS, "h", _("Week before"));
    go(w, flow_today(w->d->flow), "t", _("This week"));
    go(w, w->monday + WEEK_DAYS, "l", _("Week after"));
    buf_adds(o, "<form method=\"get\" action=\"/appointments\" data-submit>");
    html_hidden(o, "week", date);
    if (w->moves)
        html_hidden(o, "move", w->moved.id.s);
    coach_choice(w);
    service_choice(w);
    buf_adds(o, "<noscript><button>");
    html_esc(o, _("Show"));
    buf_adds(o, "</button></noscript></form><button type=\"button\" class=\"quiet\" id=\"names\">");
    html_esc(o, _("First names"));
    buf_adds(o, " <kbd>n</kbd></button>");
    if (!w->moves) {
        buf_adds(o, "<a class=\"button primary\" href=\"/book\" data-window data-key=\"a\">");
        html_esc(o, _("New appointment"));
        buf_adds(o, " <kbd>a</kbd></a>");
    }
    buf_adds(o, "</div>");
}

/* The first free start from now on, of the coach or of anybody: one click away. */
static void first_free(struct week *w)
{
    struct buf *o = w->o;

    if (w->service < 0)
        return;
    if (w->free.n == 0) {
        buf_adds(o, "<p class=\"first-free\">");
        html_esc(o, _("No time is free before the last day that can be booked."));
        buf_adds(o, "</p>");
        return;
    }
    const struct slot *s = &w->free.v[0];
    CLEANUP(buf_done) struct buf label = buf_make(500), day = buf_make(120), t = buf_make(20);
    words_date(&day, w->d->flow, zone_day(flow_zone(w->d->flow), s->start));
    words_clock(&t, w->d->flow, s->start);
    i18n_format(&label, _("First free: {day} {time} with {coach}"),
                { "day", .value = buf_str(&day) }, { "time", .value = buf_str(&t) },
                { "coach", .value = w->roster->coaches[s->coach].name });
    buf_adds(o, "<p class=\"first-free\">");
    week_free(w, s, buf_str(&label), "free-start");
    buf_adds(o, "</p>");
}

static void moving(struct week *w)
{
    CLEANUP(buf_done) struct buf day = buf_make(120), t = buf_make(20);
    struct buf *o = w->o;

    if (!w->moves)
        return;
    words_date(&day, w->d->flow, w->moved.day);
    words_clock(&t, w->d->flow, w->moved.start);
    buf_adds(o, "<div class=\"banner warn\" role=\"status\"><p><strong>");
    html_format(o, _("Choose a new time for {initial}., now {day} {time}."),
                { "initial", .value = w->moved.initial }, { "day", .value = buf_str(&day) },
                { "time", .value = buf_str(&t) });
    buf_adds(o, "</strong> ");
    html_esc(o, _("The code stays the same."));
    buf_adds(o, "</p><a class=\"button\" href=\"/appointments\">");
    html_esc(o, _("Leave it as it is"));
    buf_adds(o, "</a></div>");
}

static void title(struct week *w, struct buf *out)
{
    struct civil_date from = civil_date_of(w->monday), to = civil_date_of(w->monday + WEEK_DAYS - 1);
    CLEANUP(buf_done) struct buf first = buf_make(120), last = buf_make(120);

    i18n_date(&first, (struct i18n_day){ from.year, from.month, from.day }, I18N_DATE_SHORT);
    i18n_date(&last, (struct i18n_day){ to.year, to.month, to.day }, I18N_DATE_SHORT);
    i18n_format(out, _("Week {week}: {from} – {to}"),
                { "week", .number = civil_week_of(w->monday).week },
                { "from", .value = buf_str(&first) }, { "to", .value = buf_str(&last) });
}

/* ---- what no longer fits ---- */

static void worklist_row(struct week *w, const struct appointment_view *a)
{
    CLEANUP(buf_done) struct buf t = buf_make(160);
    struct buf *o = w->o;

    words_date(&t, w->d->flow, a->day);
    buf_addc(&t, ' ');
    words_clock(&t, w->d->flow, a->start);
    buf_adds(o, "<tr><th scope=\"row\">");
    html_esc(o, buf_str(&t));
    buf_adds(o, "</th><td class=\"who\">");
    day_name(o, "appointment", &a->id);
    buf_adds(o, "</td><td class=\"by\">");
    html_name(o, a->coach_name);
    buf_addf(o, "</td><td class=\"do\"><a class=\"button small\" href=\"/appointments?move=%s\">",
             a->id.s);
    html_esc(o, _("Move"));
    buf_addf(o, "</a><a class=\"button small\" href=\"/appointment/%s\" data-window>", a->id.s);
    html_esc(o, _("Open"));
    buf_adds(o, "</a></td></tr>");
}

static enum err worklist(struct week *w)
{
    CLEANUP(appointment_list_done) struct appointment_list l = { 0 };
    struct buf *o = w->o;
    enum err e = flow_conflicts(w->d->flow, &l);

    if (e != ERR_OK || l.n == 0)
        return e;
    buf_adds(o, "<section class=\"card\" id=\"worklist\"><div class=\"head\"><h2>");
    html_esc(o, _("No longer fits the roster"));
    buf_adds(o, "</h2></div><p class=\"hint\">");
    html_esc(o, _("Call these people and move or cancel. Nothing happens by itself."));
    buf_adds(o, "</p><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < l.n; i++)
        worklist_row(w, &l.v[i]);
    buf_adds(o, "</tbody></table></section>");
    return ERR_OK;
}

/* ---- what is asked ---- */

/* The subject asked for, else the first that can be booked with this coach. */
static int service_asked(const struct week *w, const char *asked)
{
    int found = asked ? roster_service_find(w->roster, asked) : -1;

    if (found >= 0 && w->roster->services[found].book)
        return found;
    for (size_t i = 0; i < w->roster->n_services; i++)
        if (w->roster->services[i].book &&
            (w->coach < 0 || roster_coach_offers(w->roster, w->coach, (int)i)))
            return (int)i;
    return -1;
}

/* A coach sees their own week first, who leads sees all. */
static void read_coach(struct week *w)
{
    const char *asked = request_arg(w->r, "coach");
    const char *own = w->moves ? w->moved.coach : w->r->session->staff.coach;

    w->coach = asked ? roster_coach_find(w->roster, asked)
               : own[0] ? roster_coach_find(w->roster, own) : -1;
}

static enum err read_asked(struct week *w)
{
    const char *week = request_arg(w->r, "week");
    struct ulid id = ulid_of(request_arg(w->r, "move"));
    civil_day day = flow_today(w->d->flow);

    if (week && civil_parse(week, &day) != ERR_OK)
        return ERR_INVAL;
    w->moves = id.s[0] && flow_appointment(w->d->flow, &id, &w->moved) == ERR_OK &&
               w->moved.state == APPT_BOOKED;
    if (w->moves && !week && w->moved.day > day)
        day = w->moved.day;
    w->monday = civil_monday(day);
    read_coach(w);
    w->service = service_asked(w, w->moves ? w->moved.service : request_arg(w->r, "service"));
    return ERR_OK;
}

static enum err load(struct week *w)
{
    const char *coach = w->coach >= 0 ? coach_id(w) : NULL;
    civil_day today = flow_today(w->d->flow);
    enum err e = flow_appointments(w->d->flow, coach, w->monday, w->monday + WEEK_DAYS - 1,
                                   &w->booked);

    if (e != ERR_OK || w->service < 0 ||
        (w->coach >= 0 && !roster_coach_offers(w->roster, w->coach, w->service)))
        return e;
    return flow_free(w->d->flow, w->roster->services[w->service].id, coach, today,
                     today + w->roster->rules.horizon_days, &w->free);
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    CLEANUP(week_done) struct week w = { .d = d, .r = r, .roster = flow_roster(d->flow),
                                         .o = &out->body };
    CLEANUP(buf_done) struct buf name = buf_make(300);

    if (!w.roster) {
        layout_fault(d, r, 409, _("There is no roster yet."), out);
        return;
    }
    if (read_asked(&w) != ERR_OK) {
        layout_fault(d, r, 400, words_err(ERR_INVAL), out);
        return;
    }
    title(&w, &name);
    layout_begin(d, r, "/appointments", buf_str(&name), w.o);
    moving(&w);
    tools(&w);
    enum err e = w.moves ? ERR_OK : worklist(&w);
    if (e == ERR_OK)
        e = load(&w);
    if (e == ERR_OK) {
        first_free(&w);
        (w.coach >= 0 ? week_of_coach : week_of_team)(&w);
    } else {
        layout_problem(w.o, e);
    }
    layout_end(r, w.o);
}

const struct page page_appointments = { .path = "/appointments", .roles = ROLE_ALL, .get = get };
