#include "desk/week.h"

#include <stdio.h>
#include <string.h>

#include "desk/day.h"
#include "desk/words.h"
#include "i18n/date.h"

void week_done(struct week *w)
{
    appointment_list_done(&w->booked);
    free_list_done(&w->free);
}

bool week_shows(const struct week *w, civil_day day)
{
    struct minute_span open[ROSTER_WINDOWS_MAX];

    if (day - w->monday < 5 || roster_open_windows(w->roster, day, OPEN_APPOINTMENT, open) > 0)
        return true;
    for (size_t i = 0; i < w->booked.n; i++)
        if (w->booked.v[i].day == day)
            return true;
    return false;
}

void week_day_name(struct week *w, civil_day day)
{
    struct civil_date date = civil_date_of(day);
    CLEANUP(buf_done) struct buf name = buf_make(120);
    const char *reason = NULL;
    struct buf *o = w->o;

    i18n_date(&name, (struct i18n_day){ date.year, date.month, date.day }, I18N_DATE_SHORT);
    html_esc(o, buf_str(&name));
    if (day == flow_today(w->d->flow)) {
        buf_adds(o, " <span class=\"tag here\">");
        html_esc(o, _("today"));
        buf_adds(o, "</span>");
    }
    if (roster_closed_on(w->roster, day, &reason)) {
        buf_adds(o, " <span class=\"tag band-2\">");
        html_esc(o, reason ? reason : _("closed"));
        buf_adds(o, "</span>");
    }
}

int week_minute(const struct week *w, utc_ms at)
{
    return zone_local(flow_zone(w->d->flow), at).minute;
}

void week_entry(struct week *w, const struct appointment_view *a)
{
    CLEANUP(buf_done) struct buf t = buf_make(40);
    bool moved = w->moves && strcmp(a->id.s, w->moved.id.s) == 0;
    struct buf *o = w->o;

    words_clock(&t, w->d->flow, a->start);
    buf_addf(o, "<a class=\"slot topic-%s%s%s\" href=\"/appointment/%s\" data-window><strong>",
             topic_name(a->topic), a->state == APPT_NO_SHOW ? " gone" : "", moved ? " moves" : "",
             a->id.s);
    html_esc(o, buf_str(&t));
    buf_adds(o, "</strong> ");
    day_name(o, "appointment", &a->id);
    buf_adds(o, "<span class=\"initial\">");
    html_name(o, a->initial);
    buf_adds(o, ".</span> <span class=\"what\">");
    html_esc(o, words_topic(a->topic));
    buf_adds(o, "</span>");
    if (a->state == APPT_NO_SHOW) {
        buf_adds(o, " <span class=\"by\">");
        html_esc(o, words_appointment(a->state));
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</a>");
}

/* The button that moves there what is being moved. */
static void move_begin(struct week *w, const struct slot *s, const char *class)
{
    const char *coach = w->roster->coaches[s->coach].id;
    char at[RFC3339_SIZE];

    rfc3339_format(s->start, zone_offset_s(flow_zone(w->d->flow), s->start), at);
    buf_addf(w->o, "<button type=\"button\" class=\"%s\" data-post=\"/appointment/%s\" "
                   "data-body='{\"act\":\"move\",\"version\":%lld,\"start\":\"%s %s\"}' "
                   "data-then=\"/appointments?coach=%s&amp;week=%.10s\">",
             class, w->moved.id.s, (long long)w->moved.version, at, coach, coach, at);
}

void week_free(struct week *w, const struct slot *s, const char *label, const char *class)
{
    if (w->moves)
        move_begin(w, s, class);
    else
        buf_addf(w->o, "<a class=\"%s\" href=\"/book?service=%s&amp;with=%s&amp;at=%lld\" data-window>",
                 class, w->roster->services[w->service].id, w->roster->coaches[s->coach].id,
                 (long long)s->start);
    html_esc(w->o, label);
    buf_adds(w->o, w->moves ? "</button>" : "</a>");
}
