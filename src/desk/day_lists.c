/* The lists of the day: who waits, who is set aside, who still comes, who was helped. */
#include <string.h>

#include "desk/day.h"
#include "desk/words.h"

static void heading(struct buf *o, const char *id, const char *title)
{
    buf_addf(o, "<section class=\"card\" aria-labelledby=\"%s\"><div class=\"head\"><h2 id=\"%s\">",
             id, id);
    html_esc(o, title);
    buf_adds(o, "</h2>");
}

static void cell(struct buf *o, const char *class, const char *text)
{
    html_add(o, "<td class=\"", class, "\">");
    html_esc(o, text);
    buf_adds(o, "</td>");
}

static void column(struct buf *o, const char *title)
{
    buf_adds(o, "<th scope=\"col\">");
    html_esc(o, title);
    buf_adds(o, "</th>");
}

/* ---- waiting ---- */

static size_t count(const struct board *b, enum visit_state s, utc_ms *ret_first)
{
    size_t n = 0;

    *ret_first = INT64_MAX;
    for (size_t i = 0; i < b->queue.open.n; i++)
        if (b->queue.open.v[i].state == s) {
            n++;
            *ret_first = b->queue.open.v[i].arrived < *ret_first ? b->queue.open.v[i].arrived : *ret_first;
        }
    return n;
}

static void tools(struct buf *o)
{
    buf_adds(o, "<div class=\"tools\"><button type=\"button\" class=\"quiet\" id=\"names\" "
                "aria-pressed=\"false\">");
    html_esc(o, _("First names"));
    buf_adds(o, " <kbd>n</kbd></button><a class=\"button quiet\" href=\"/walk-in\" data-window "
                "data-key=\"w\">");
    html_esc(o, _("Somebody at the desk"));
    buf_adds(o, " <kbd>w</kbd></a></div>");
}

/* Words that each row says, looked up once. */
struct row_words {
    const char *call, *open, *first_free;
};

static void waiting_row(struct day *v, const struct queue_line *l, const struct row_words *w)
{
    struct buf *o = v->o;
    bool mine = day_may_take(v, l);

    html_add(o, "<tr class=\"", mine || v->coach < 0 ? "" : "other", "\" data-row=\"", l->visit.s,
             "\"");
    html_attr_int(o, "data-version", l->version);
    html_add(o, " tabindex=\"-1\"><th scope=\"row\" class=\"ticket\">", l->ticket,
             "</th><td class=\"who\">");
    day_name(o, "visit", &l->visit);
    day_why(o, l);
    day_row_lang(v, l->lang);
    buf_adds(o, "</td><td class=\"what\">");
    day_row_topic(v, l->topic);
    buf_adds(o, "</td><td class=\"wait\">");
    day_since(v, l->arrived);
    buf_adds(o, "</td>");
    cell(o, "by", l->coach[0] ? day_coach_name(v, l->coach) : w->first_free);
    buf_adds(o, "<td class=\"do\">");
    if (mine && !v->own)
        day_step(o, "call", l, w->call, "class=\"small\"");
    day_window(o, l, "", w->open, "small", "data-open-row");
    buf_adds(o, "</td></tr>");
}

static void waiting_head(struct day *v, size_t n, utc_ms first)
{
    struct buf *o = v->o;

    heading(o, "waiting", _("Waiting"));
    buf_adds(o, "<p class=\"sum\">");
    if (n > 0) {
        html_format(o, P_("{n} person", "{n} people", (long)n), { "n", .number = (long)n });
        buf_adds(o, " · ");
        html_esc(o, _("longest"));
        buf_addc(o, ' ');
        day_since(v, first);
    }
    buf_adds(o, "</p>");
    tools(o);
    buf_adds(o, "</div>");
}

void day_waiting(struct day *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;
    utc_ms first;
    size_t n = count(b, VISIT_WAITING, &first);

    waiting_head(v, n, first);
    if (n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("Nobody waits. Who comes in at the kiosk or the desk appears here."));
        buf_adds(o, "</p></section>");
        return;
    }
    buf_adds(o, "<table class=\"rows\"><thead><tr>");
    column(o, _("Number"));
    column(o, _("Who"));
    column(o, _("What for"));
    column(o, _("Waits"));
    column(o, _("With whom"));
    buf_adds(o, "<td></td></tr></thead><tbody>");
    const struct row_words words = { .call = _("Call"), .open = _("Open"),
                                     .first_free = day_coach_name(v, "") };
    for (size_t i = 0; i < b->queue.open.n; i++)
        if (b->queue.open.v[i].state == VISIT_WAITING)
            waiting_row(v, &b->queue.open.v[i], &words);
    buf_adds(o, "</tbody></table></section>");
}

/* ---- paused, missed, parked ---- */

static bool aside(const struct queue_line *l)
{
    return l->state == VISIT_PAUSED || l->state == VISIT_MISSED || l->state == VISIT_PARKED;
}

static void aside_row(struct day *v, const struct queue_line *l)
{
    struct buf *o = v->o;
    CLEANUP(buf_done) struct buf t = buf_make(60);

    buf_addf(o, "<tr data-row=\"%s\" data-version=\"%lld\" tabindex=\"-1\"><th scope=\"row\" "
                "class=\"ticket\">%s</th><td class=\"who\">", l->visit.s, (long long)l->version,
             l->ticket);
    day_name(o, "visit", &l->visit);
    buf_adds(o, " <span class=\"tag\">");
    html_esc(o, words_state(l->state));
    if (l->until) {
        words_clock(&t, v->d->flow, l->until);
        buf_addc(o, ' ');
        html_format(o, _("until {time}"), { "time", .value = buf_str(&t) });
    }
    buf_adds(o, "</span></td><td class=\"what\">");
    day_row_topic(v, l->topic);
    buf_adds(o, "</td>");
    cell(o, "by", day_coach_name(v, l->coach));
    buf_adds(o, "<td class=\"do\">");
    day_step(o, l->state == VISIT_MISSED   ? "requeue"
                : l->state == VISIT_PARKED ? "unpark"
                                           : "resume",
             l, _("Back in the queue"), "class=\"small\"");
    day_window(o, l, "", _("Open"), "small", "data-open-row");
    buf_adds(o, "</td></tr>");
}

void day_aside(struct day *v)
{
    const struct board *b = &v->d->board;
    size_t n = 0;

    for (size_t i = 0; i < b->queue.open.n; i++)
        n += aside(&b->queue.open.v[i]);
    if (n == 0)
        return;
    heading(v->o, "aside", _("Not waiting now"));
    buf_adds(v->o, "</div><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < b->queue.open.n; i++)
        if (aside(&b->queue.open.v[i]))
            aside_row(v, &b->queue.open.v[i]);
    buf_adds(v->o, "</tbody></table></section>");
}

/* ---- still to come ---- */

static void to_come_row(struct day *v, const struct appointment_view *a)
{
    struct buf *o = v->o;
    CLEANUP(buf_done) struct buf t = buf_make(60);
    bool mine = v->coach >= 0 && strcmp(a->coach, v->roster->coaches[v->coach].id) == 0;

    words_clock(&t, v->d->flow, a->start);
    buf_addf(o, "<tr class=\"%s\" tabindex=\"-1\" data-row=\"\"><th scope=\"row\" class=\"time\">",
             mine || v->coach < 0 ? "" : "other");
    html_esc(o, buf_str(&t));
    buf_adds(o, "</th><td class=\"who\">");
    day_name(o, "appointment", &a->id);
    day_row_lang(v, a->lang);
    buf_adds(o, "</td><td class=\"what\">");
    day_row_topic(v, a->topic);
    buf_adds(o, "</td>");
    cell(o, "by", a->coach_name);
    cell(o, "state", words_appointment(a->state));
    buf_addf(o, "<td class=\"do\"><a class=\"button small\" href=\"/appointment/%s\" data-window "
                "data-open-row>", a->id.s);
    html_esc(o, _("Open"));
    buf_adds(o, "</a></td></tr>");
}

void day_to_come(struct day *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;

    heading(o, "to-come", _("Later today"));
    buf_adds(o, "<p class=\"sum\">");
    html_esc(o, _("appointments still to come"));
    buf_adds(o, "</p><div class=\"tools\"><a class=\"button quiet\" href=\"/book\" data-window "
                "data-key=\"a\">");
    html_esc(o, _("New appointment"));
    buf_adds(o, " <kbd>a</kbd></a></div></div>");
    if (b->to_come.n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("No more appointments today."));
        buf_adds(o, "</p></section>");
        return;
    }
    buf_adds(o, "<table class=\"rows\"><tbody>");
    for (size_t i = 0; i < b->to_come.n; i++)
        to_come_row(v, &b->to_come.v[i]);
    buf_adds(o, "</tbody></table></section>");
}

/* ---- done ---- */

void day_over(struct day *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;

    buf_adds(o, "<details class=\"card\" data-keep=\"over\"><summary><h2>");
    html_esc(o, _("Done today"));
    buf_adds(o, "</h2><span class=\"sum\">");
    html_format(o, P_("{n} person", "{n} people", (long)b->over.n),
                { "n", .number = (long)b->over.n });
    buf_adds(o, "</span></summary><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < b->over.n; i++) {
        const struct queue_line *l = &b->over.v[i];
        buf_addf(o, "<tr><th scope=\"row\" class=\"ticket\">%s</th><td class=\"what\">", l->ticket);
        day_row_topic(v, l->topic);
        buf_adds(o, "</td>");
        cell(o, "by", l->coach[0] ? day_coach_name(v, l->coach) : "");
        cell(o, "state", words_state(l->state));
        buf_adds(o, "<td class=\"do\">");
        day_window(o, l, "", _("Open"), "small", "");
        buf_adds(o, "</td></tr>");
    }
    buf_adds(o, "</tbody></table></details>");
}
