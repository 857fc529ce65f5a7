/* The page /overview: the house now, for who steers it; and who did what. */
#include <string.h>

#include "desk/day.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

#define AUDIT_LINES 40

struct coach_now {
    int helped, waiting, missed;
    const struct queue_line *with;
};

struct overview {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct buf *o;
    struct coach_now coaches[ROSTER_COACHES_MAX];
    int waiting, long_wait, in_service, helped, unserved, left;
    utc_ms longest;
};

static void count_open(struct overview *v, const struct queue_line *l)
{
    int c = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;

    if (l->state == VISIT_WAITING) {
        v->waiting++;
        v->long_wait += l->why == QUEUE_WHY_LONG_WAIT;
        v->longest = l->arrived < v->longest ? l->arrived : v->longest;
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

    v->longest = INT64_MAX;
    for (size_t i = 0; i < b->open.n; i++)
        count_open(v, &b->open.v[i]);
    for (size_t i = 0; i < b->over.n; i++) {
        const struct queue_line *l = &b->over.v[i];
        int c = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;
        v->helped += l->state == VISIT_DONE;
        v->unserved += l->state == VISIT_UNSERVED;
        v->left += l->state == VISIT_LEFT;
        if (c >= 0 && l->state == VISIT_DONE)
            v->coaches[c].helped++;
    }
}

static void figure(struct buf *o, const char *label, int n)
{
    buf_adds(o, "<div class=\"figure\"><dt>");
    html_esc(o, label);
    buf_addf(o, "</dt><dd>%d</dd></div>", n);
}

static void now(struct overview *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Now"));
    buf_adds(o, "</h2><dl class=\"figures\">");
    figure(o, _("wait"), v->waiting);
    figure(o, _("wait too long"), v->long_wait);
    figure(o, _("are being helped"), v->in_service);
    figure(o, _("were helped"), v->helped);
    figure(o, _("left by themselves"), v->left);
    figure(o, _("were not helped"), v->unserved);
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
    buf_addf(o, "</td><td class=\"n\">%d</td><td class=\"n\">%d</td></tr>", c->helped, c->waiting);
}

static void workload(struct overview *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Coaches today"));
    buf_adds(o, "</h2><table class=\"rows keep\"><thead><tr><th scope=\"col\">");
    html_esc(o, _("Coach"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Now"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Helped"));
    buf_adds(o, "</th><th scope=\"col\">");
    html_esc(o, _("Wait for this coach"));
    buf_adds(o, "</th></tr></thead><tbody>");
    for (size_t i = 0; i < v->roster->n_coaches; i++)
        coach_row(v, i);
    buf_adds(o, "</tbody></table></section>");
}

static void to_call_back(struct overview *v)
{
    const struct board *b = &v->d->board;
    struct buf *o = v->o;
    int n = 0;

    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("To call back"));
    buf_adds(o, "</h2><p class=\"hint\">");
    html_esc(o, _("Who was not helped, did not come or waits long. Open it to act."));
    buf_adds(o, "</p><table class=\"rows\"><tbody>");
    for (size_t i = 0; i < b->open.n + b->over.n; i++) {
        const struct queue_line *l = i < b->open.n ? &b->open.v[i] : &b->over.v[i - b->open.n];
        bool shown = l->state == VISIT_UNSERVED || l->state == VISIT_MISSED ||
                     (l->state == VISIT_WAITING && l->why == QUEUE_WHY_LONG_WAIT);
        if (!shown)
            continue;
        buf_addf(o, "<tr><th scope=\"row\" class=\"ticket\">%s</th><td>", l->ticket);
        day_topic(o, l->topic);
        buf_adds(o, "</td><td>");
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

static void audit_line(void *arg, const struct audit_line *l)
{
    struct overview *v = arg;
    CLEANUP(buf_done) struct buf t = buf_make(20);

    words_time(&t, v->d->flow, l->at);
    buf_adds(v->o, "<tr><td>");
    html_esc(v->o, buf_str(&t));
    buf_adds(v->o, "</td><td>");
    html_esc(v->o, l->actor);
    buf_adds(v->o, "</td><td>");
    html_esc(v->o, l->action);
    buf_adds(v->o, "</td><td>");
    html_esc(v->o, l->result);
    buf_adds(v->o, "</td></tr>");
}

static void who_did_what(struct overview *v)
{
    struct buf *o = v->o;

    buf_adds(o, "<details class=\"card\"><summary><h2>");
    html_esc(o, _("Who did what, lately"));
    buf_adds(o, "</h2></summary><table class=\"rows keep small-print\"><tbody>");
    if (flow_audit(v->d->flow, -AUDIT_LINES, 0, audit_line, v) != ERR_OK)
        buf_adds(o, "<tr><td>…</td></tr>");
    buf_adds(o, "</tbody></table></details>");
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
    workload(&v);
    to_call_back(&v);
    who_did_what(&v);
    layout_end(r, v.o);
}

const struct page page_overview = { .path = "/overview", .roles = ROLE_LEAD, .get = get };
