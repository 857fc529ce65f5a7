/* The page /overview: the house now and over weeks, for who steers it. */
#include <string.h>

#include "base/mem.h"
#include "desk/day.h"
#include "desk/layout.h"
#include "desk/overview.h"
#include "desk/pages.h"
#include "desk/words.h"
#include "flow/desk.h"

#define CALL_BACK_DAYS 14

struct coach_now {
    int helped, waiting;
    const struct queue_line *with;
};

struct overview {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct buf *o;
    struct coach_now coaches[ROSTER_COACHES_MAX];
    int to_come[ROSTER_COACHES_MAX];
    int waiting, long_wait, in_service, helped, unserved, left;
};

static void count_open(struct overview *v, const struct queue_line *l)
{
    int c = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;

    if (l->state == VISIT_WAITING) {
        v->waiting++;
        v->long_wait += l->why == QUEUE_WHY_LONG_WAIT;
        if (c >= 0)
            v->coaches[c].waiting++;
    }
    if (l->state == VISIT_CALLED || l->state == VISIT_IN_SERVICE) {
        v->in_service++;
        if (c >= 0)
            v->coaches[c].with = l;
    }
}

static void count_all(struct overview *v)
{
    const struct board *b = &v->d->board;

    for (size_t i = 0; i < b->queue.open.n; i++)
        count_open(v, &b->queue.open.v[i]);
    for (size_t i = 0; i < b->over.n; i++) {
        const struct queue_line *l = &b->over.v[i];
        int c = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;
        v->helped += l->state == VISIT_DONE;
        v->unserved += l->state == VISIT_UNSERVED;
        v->left += l->state == VISIT_LEFT;
        if (c >= 0 && l->state == VISIT_DONE)
            v->coaches[c].helped++;
    }
    for (size_t i = 0; i < b->to_come.n; i++) {
        int c = roster_coach_find(v->roster, b->to_come.v[i].coach);
        if (c >= 0 && b->to_come.v[i].state == APPT_BOOKED)
            v->to_come[c]++;
    }
}

/* ---- now ---- */

static void figure(struct buf *o, const char *label, int n, bool warns)
{
    buf_addf(o, "<div class=\"figure%s\"><dt>", warns && n > 0 ? " warns" : "");
    html_esc(o, label);
    buf_addf(o, "</dt><dd>%d</dd></div>", n);
}

static void now(struct overview *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Now"));
    buf_adds(o, "</h2><dl class=\"figures\">");
    figure(o, _("wait"), v->waiting, false);
    figure(o, _("wait too long"), v->long_wait, true);
    figure(o, _("are being helped"), v->in_service, false);
    figure(o, _("were helped"), v->helped, false);
    figure(o, _("left by themselves"), v->left, false);
    figure(o, _("were not helped"), v->unserved, true);
    buf_adds(o, "</dl></section>");
}

static void coach_row(struct overview *v, size_t i)
{
    const struct coach_now *c = &v->coaches[i];
    struct buf *o = v->o;

    buf_adds(o, "<tr><th scope=\"row\">");
    html_name(o, v->roster->coaches[i].name);
    buf_adds(o, "</th><td>");
    if (c->with)
        html_format(o, _("with {ticket}"), { "ticket", .value = c->with->ticket });
    else
        html_esc(o, v->d->board.at_work >> i & 1 ? C_("colleague", "free")
                                                 : C_("colleague", "away"));
    buf_addf(o, "</td><td class=\"n\">%d</td><td class=\"n\">%d</td><td class=\"n\">%d</td></tr>",
             c->waiting, v->to_come[i], c->helped);
}

static void column(struct buf *o, const char *label, const char *class)
{
    buf_addf(o, "<th scope=\"col\" class=\"%s\">", class);
    html_esc(o, label);
    buf_adds(o, "</th>");
}

static void workload(struct overview *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card\"><div class=\"head\"><h2>");
    html_esc(o, _("Coaches today"));
    buf_adds(o, "</h2><a class=\"button small\" href=\"/move-work\" data-window>");
    html_esc(o, _("Move work"));
    buf_adds(o, "</a></div><table class=\"rows keep\"><thead><tr>");
    column(o, _("Coach"), "");
    column(o, _("Now"), "");
    column(o, _("Waits"), "n");
    column(o, _("Comes"), "n");
    column(o, _("Helped"), "n");
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t i = 0; i < v->roster->n_coaches; i++)
        coach_row(v, i);
    buf_adds(o, "</tbody></table></section>");
}

/* ---- what needs somebody ---- */

static void long_wait(struct overview *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;
    struct day day = { .d = v->d, .r = v->r, .roster = v->roster, .o = o };
    int n = 0;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Wait too long, or did not come when called"));
    buf_adds(o, "</h2><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < b->queue.open.n; i++) {
        const struct queue_line *l = &b->queue.open.v[i];
        if (l->state != VISIT_MISSED &&
            !(l->state == VISIT_WAITING && l->why == QUEUE_WHY_LONG_WAIT))
            continue;
        buf_addf(o, "<tr><th scope=\"row\" class=\"ticket\">%s</th><td class=\"who\">", l->ticket);
        day_topic(o, l->topic);
        buf_adds(o, "</td><td class=\"wait\">");
        day_since(&day, l->arrived);
        buf_adds(o, "</td><td class=\"state\">");
        html_esc(o, words_state(l->state));
        buf_adds(o, "</td><td class=\"do\">");
        day_window(o, l, "", _("Open"), "small", "");
        buf_adds(o, "</td></tr>");
        n++;
    }
    buf_adds(o, "</tbody></table>");
    if (n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("Nobody. Well done."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}

static void link_row(struct buf *o, const char *href, const char *text, const char *open)
{
    buf_adds(o, "<li><span>");
    html_esc(o, text);
    buf_addf(o, "</span> <a class=\"button small\" href=\"%s\">", href);
    html_esc(o, open);
    buf_adds(o, "</a></li>");
}

static void work_waits(struct overview *v)
{
    CLEANUP(call_back_list_done) struct call_back_list l = { 0 };
    CLEANUP(buf_done) struct buf t = buf_make(300);
    const struct board *b = &v->d->board;
    struct buf *o = v->o;
    long open = 0;
    enum err e = flow_call_back(v->d->flow, CALL_BACK_DAYS, &l);

    for (size_t i = 0; i < l.n; i++)
        open += l.v[i].result == CALL_BACK_OPEN;
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Waits for somebody"));
    buf_adds(o, "</h2><ul class=\"links\">");
    i18n_format(&t, P_("{n} person to call back", "{n} people to call back", open),
                { "n", .number = open });
    link_row(o, "/call-back", buf_str(&t), _("Open"));
    buf_clear(&t);
    i18n_format(&t, P_("{n} appointment no longer fits the roster",
                       "{n} appointments no longer fit the roster", (long)b->conflicts),
                { "n", .number = (long)b->conflicts });
    link_row(o, "/appointments#worklist", buf_str(&t), _("Open"));
    buf_clear(&t);
    i18n_format(&t, P_("{n} record refused by the register", "{n} records refused by the register",
                       (long)b->outbox.dead), { "n", .number = (long)b->outbox.dead });
    link_row(o, "/upload", buf_str(&t), _("Open"));
    link_row(o, "/audit", _("Who did what, line by line"), _("Open"));
    buf_adds(o, "</ul>");
    if (e != ERR_OK)
        layout_problem(o, e);
    buf_adds(o, "</section>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct overview v = { .d = d, .r = r, .roster = flow_roster(d->flow), .o = &out->body };

    if (!v.roster) {
        layout_fault(d, r, 409, _("There is no roster yet."), out);
        return;
    }
    if (board_look(d))
        streams_say(d);
    count_all(&v);
    layout_begin(d, r, "/overview", C_("navigation", "Overview"), v.o);
    now(&v);
    buf_adds(v.o, "<div class=\"two\"><div>");
    workload(&v);
    buf_adds(v.o, "</div><div>");
    work_waits(&v);
    long_wait(&v);
    buf_adds(v.o, "</div></div>");
    enum err e = overview_weeks(d, v.o);
    if (e != ERR_OK)
        layout_problem(v.o, e);
    layout_end(r, v.o);
}

const struct page page_overview = { .path = "/overview", .roles = ROLE_LEAD, .get = get };
