/* The side of the day view: who is with me, my colleagues, the way to the register. */
#include <string.h>

#include "desk/day.h"
#include "desk/words.h"

static void mine_facts(struct day *v, const struct queue_line *l)
{
    struct buf *o = v->o;
    const struct municipality *m = municipality_find(l->municipality);

    buf_addf(o, "<p class=\"ticket\">%s</p><p class=\"first\">", l->ticket);
    day_name(o, "visit", &l->visit);
    buf_adds(o, "<span>");
    html_esc(o, words_topic(l->topic));
    if (m) {
        buf_adds(o, " · ");
        html_esc(o, m->name);
    }
    buf_adds(o, "</span>");
    day_lang(o, l->lang);
    buf_adds(o, "</p>");
    if (l->appointment) {
        CLEANUP(buf_done) struct buf t = buf_make(60);
        words_clock(&t, v->d->flow, l->due);
        buf_adds(o, "<p class=\"hint\">");
        html_format(o, _("Appointment {time}"), { "time", .value = buf_str(&t) });
        buf_adds(o, "</p>");
    }
}

static void called_steps(struct day *v, const struct queue_line *l)
{
    struct buf *o = v->o;

    day_step(o, "start", l, _("Begin"), "class=\"primary\" data-key=\"s\"");
    day_step(o, "recall", l, _("Call again"), "data-key=\"r\"");
    day_step(o, "missed", l, _("Did not come"), "data-key=\"m\"");
}

static void service_steps(struct day *v, const struct queue_line *l)
{
    struct buf *o = v->o;

    day_window(o, l, "finish", _("Finish"), "primary", "data-key=\"f\"");
    day_window(o, l, "redirect", _("Send on"), "", "data-key=\"d\"");
}

static void own_card(struct day *v, const struct queue_line *l)
{
    struct buf *o = v->o;
    CLEANUP(buf_done) struct buf t = buf_make(60);

    words_clock(&t, v->d->flow, l->called);
    buf_adds(o, "<section class=\"card mine\" aria-labelledby=\"mine\"><div class=\"head\">"
                "<h2 id=\"mine\">");
    html_esc(o, l->state == VISIT_CALLED ? _("Called") : _("With me"));
    buf_adds(o, "</h2><p class=\"sum\">");
    html_format(o, l->state == VISIT_CALLED ? _("at {time}") : _("since {time}"),
                { "time", .value = buf_str(&t) });
    buf_adds(o, "</p></div>");
    mine_facts(v, l);
    buf_adds(o, "<div class=\"row\">");
    if (l->state == VISIT_CALLED)
        called_steps(v, l);
    else
        service_steps(v, l);
    day_window(o, l, "park", _("Set aside"), "", "data-key=\"p\"");
    day_window(o, l, "", _("Open"), "", "");
    buf_adds(o, "</div></section>");
}

void day_mine(struct day *v)
{
    if (v->own) {
        own_card(v, v->own);
        return;
    }
    if (v->coach < 0)
        return;
    buf_adds(v->o, "<section class=\"card\" aria-labelledby=\"mine\"><h2 id=\"mine\">");
    html_esc(v->o, _("With me"));
    buf_adds(v->o, "</h2><p class=\"none\">");
    html_esc(v->o, _("Nobody. Call the next when you are ready."));
    buf_adds(v->o, "</p></section>");
}

static const struct queue_line *with(const struct day *v, const char *coach)
{
    const struct board *b = &v->d->board;

    for (size_t i = 0; i < b->queue.open.n; i++)
        if ((b->queue.open.v[i].state == VISIT_CALLED || b->queue.open.v[i].state == VISIT_IN_SERVICE) &&
            strcmp(b->queue.open.v[i].coach, coach) == 0)
            return &b->queue.open.v[i];
    return NULL;
}

static void colleague(struct day *v, size_t i)
{
    const struct roster_coach *c = &v->roster->coaches[i];
    const struct queue_line *l = with(v, c->id);
    struct buf *o = v->o;

    buf_adds(o, "<div><dt>");
    html_name(o, c->name);
    buf_adds(o, "</dt><dd>");
    if (l && l->state == VISIT_CALLED) {
        html_format(o, _("called {ticket}"), { "ticket", .value = l->ticket });
        buf_adds(o, " · ");
        day_since(v, l->called);
    } else if (l) {
        html_format(o, _("with {ticket}"), { "ticket", .value = l->ticket });
        buf_adds(o, " · ");
        day_since(v, l->called);
    } else if (v->d->board.at_work >> i & 1) {
        buf_adds(o, "<span class=\"free\">");
        html_esc(o, C_("colleague", "free"));
        buf_adds(o, "</span>");
    } else {
        html_esc(o, C_("colleague", "away"));
    }
    buf_adds(o, "</dd></div>");
}

void day_colleagues(struct day *v)
{
    buf_adds(v->o, "<section class=\"card\" aria-labelledby=\"colleagues\"><h2 id=\"colleagues\">");
    html_esc(v->o, _("Colleagues"));
    buf_adds(v->o, "</h2><dl class=\"pairs\">");
    for (size_t i = 0; i < v->roster->n_coaches; i++)
        if ((int)i != v->coach)
            colleague(v, i);
    buf_adds(v->o, "</dl></section>");
}

void day_register(struct day *v)
{
    const struct outbox_status *s = &v->d->board.outbox;
    long ready = (long)(s->queued + s->waiting);
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card\" aria-labelledby=\"register\"><h2 id=\"register\">");
    html_esc(o, _("Register"));
    buf_adds(o, "</h2><p>");
    html_format(o, P_("{n} record is ready for tonight.", "{n} records are ready for tonight.",
                      ready), { "n", .number = ready });
    buf_adds(o, "</p>");
    if (s->dead > 0) {
        buf_adds(o, "<p class=\"tag band-1\">");
        html_format(o, P_("{n} record was refused.", "{n} records were refused.", (long)s->dead),
                    { "n", .number = (long)s->dead });
        buf_adds(o, "</p> <a href=\"/upload\">");
        html_esc(o, _("Look at them"));
        buf_adds(o, "</a>");
    } else {
        buf_adds(o, "<p class=\"hint\">");
        html_esc(o, _("Nothing was refused."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}
