/* The week of all coaches: a row for each, a column a day, and the first free start of each. */
#include <string.h>

#include "desk/week.h"
#include "desk/words.h"

static const struct slot *first_free(const struct week *w, int coach, civil_day day)
{
    for (size_t i = 0; i < w->free.n; i++)
        if (w->free.v[i].coach == coach &&
            zone_day(flow_zone(w->d->flow), w->free.v[i].start) == day)
            return &w->free.v[i];
    return NULL;
}

static bool works_on(const struct week *w, int coach, civil_day day)
{
    const struct zone *z = flow_zone(w->d->flow);

    for (int minute = 0; minute < DAY_MINUTES; minute += QUARTER) {
        utc_ms at[2];
        if (zone_instants(z, day, minute, at) > 0 &&
            slot_within_hours(w->roster, z, coach, at[0], at[0] + QUARTER * MINUTE_MS))
            return true;
    }
    return false;
}

static void cell(struct week *w, int coach, civil_day day)
{
    const struct slot *s = first_free(w, coach, day);
    struct buf *o = w->o;
    size_t n = 0;

    for (size_t i = 0; i < w->booked.n; i++) {
        const struct appointment_view *a = &w->booked.v[i];
        if (a->day != day || strcmp(a->coach, w->roster->coaches[coach].id) != 0)
            continue;
        week_entry(w, a);
        n++;
    }
    if (s) {
        CLEANUP(buf_done) struct buf label = buf_make(80), t = buf_make(20);
        words_clock(&t, w->d->flow, s->start);
        i18n_format(&label, _("free from {time}"), { "time", .value = buf_str(&t) });
        week_free(w, s, buf_str(&label), "free-start");
    } else if (n == 0) {
        buf_adds(o, "<span class=\"none\">");
        html_esc(o, works_on(w, coach, day) ? "–" : _("not at work"));
        buf_adds(o, "</span>");
    }
}

static void row(struct week *w, int coach)
{
    const struct roster_coach *c = &w->roster->coaches[coach];
    char date[CIVIL_DATE_SIZE];
    struct buf *o = w->o;

    civil_format(w->monday, date);
    buf_addf(o, "<tr><th scope=\"row\"><a href=\"/appointments?coach=%s&amp;week=%s", c->id, date);
    if (w->moves)
        buf_addf(o, "&amp;move=%s", w->moved.id.s);
    buf_adds(o, "\">");
    html_name(o, c->name);
    buf_adds(o, "</a></th>");
    for (int i = 0; i < WEEK_DAYS; i++) {
        if (!week_shows(w, w->monday + i))
            continue;
        buf_addf(o, "<td%s><span class=\"of-day\">",
                 w->monday + i == flow_today(w->d->flow) ? " class=\"today\"" : "");
        week_day_name(w, w->monday + i);
        buf_adds(o, "</span>");
        cell(w, coach, w->monday + i);
        buf_adds(o, "</td>");
    }
    buf_adds(o, "</tr>");
}

void week_of_team(struct week *w)
{
    struct buf *o = w->o;

    buf_adds(o, "<div class=\"card week\"><table class=\"team\"><thead><tr><td></td>");
    for (int i = 0; i < WEEK_DAYS; i++)
        if (week_shows(w, w->monday + i)) {
            buf_adds(o, "<th scope=\"col\">");
            week_day_name(w, w->monday + i);
            buf_adds(o, "</th>");
        }
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t i = 0; i < w->roster->n_coaches; i++)
        row(w, (int)i);
    buf_adds(o, "</tbody></table></div>");
}
