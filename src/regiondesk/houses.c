/* The page /: every house of the region as it goes now; /board is its changing part. */
#include <stdlib.h>
#include <string.h>

#include "desk/layout.h"
#include "desk/words.h"
#include "i18n/date.h"
#include "regiondesk/inside.h"

static void column(struct buf *o, const char *label, const char *class)
{
    buf_addf(o, "<th scope=\"col\" class=\"%s\">", class);
    html_esc(o, label);
    buf_adds(o, "</th>");
}

static void figure(struct buf *o, const char *label, const char *value, bool warns)
{
    buf_addf(o, "<div class=\"figure%s\"><dt>", warns ? " warns" : "");
    html_esc(o, label);
    buf_adds(o, "</dt><dd>");
    html_esc(o, value);
    buf_adds(o, "</dd></div>");
}

static void count(struct buf *o, const char *label, int64_t n, bool warns)
{
    CLEANUP(buf_done) struct buf t = buf_make(40);
    i18n_number(&t, n);
    figure(o, label, buf_str(&t), warns && n > 0);
}

/* Minutes that somebody has been waiting; 0: nobody. */
static int64_t waits(struct desk *d, const struct region_status *s)
{
    int64_t ms = s->since ? flow_now(desk_flow(d)) - s->since : 0;
    return ms > 0 ? ms / MINUTE_MS : 0;
}

/* ---- all together ---- */

static void all_houses(struct desk *d, const struct regiondesk *g, struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(60);
    int64_t waiting = 0, longest = 0, at_work = 0, dead = 0, silent = 0;
    for (size_t i = 0; i < g->now.houses.n; i++) {
        const struct region_house *h = &g->now.houses.v[i];
        int64_t w = waits(d, &h->status);
        waiting += h->status.waiting;
        at_work += h->status.at_work;
        dead += h->status.dead;
        silent += h->seen_s_ago >= SILENT_S;
        longest = w > longest ? w : longest;
    }
    words_length(&t, longest);
    buf_adds(o, "<section class=\"card\"><h1>");
    html_esc(o, _("All houses now"));
    buf_adds(o, "</h1><dl class=\"figures\">");
    count(o, _("wait"), waiting, false);
    figure(o, _("longest wait"), longest > 0 ? buf_str(&t) : "\xE2\x80\x93", false);
    count(o, _("coaches at work"), at_work, false);
    count(o, _("houses without a line"), silent, true);
    count(o, _("refused by the register"), dead, true);
    buf_adds(o, "</dl></section>");
}

/* ---- one house ---- */

static void put_contact(const struct region_house *h, struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(60);
    if (h->seen_s_ago < SILENT_S) {
        html_esc(o, C_("line to a house", "now"));
        return;
    }
    words_length(&t, h->seen_s_ago / 60);
    buf_adds(o, "<span class=\"tag\">");
    html_format(o, _("{time} ago"), { "time", .value = buf_str(&t) });
    buf_adds(o, "</span>");
}

/* What the columns after the house's name say. */
enum column { LAST_WORD, WAIT, LONGEST, AT_WORK, LEFT, UNSENT, REFUSED, TROUBLE, COLUMNS };

struct columns {
    const char *said[COLUMNS];
    struct buf left; /* has a number in it */
};

/* On a phone a house is a list, and each line says what it is. */
static void cell(const struct columns *c, enum column which, struct buf *o)
{
    bool number = which != LAST_WORD && which != TROUBLE;
    buf_addf(o, "<td%s><span class=\"of\">",
             number ? " class=\"n\"" : which == LAST_WORD ? " class=\"when\"" : "");
    html_esc(o, c->said[which]);
    buf_adds(o, "</span> ");
}

static void cell_count(const struct columns *c, enum column which, int64_t n, struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(40);
    i18n_number(&t, n);
    cell(c, which, o);
    html_esc(o, n == LEFT_UNKNOWN ? "?" : buf_str(&t));
    buf_adds(o, "</td>");
}

static void put_trouble(const struct region_house *h, const struct columns *c, struct buf *o)
{
    const char *told = h->status.told;
    const char *text = !h->asserted ? _("Has not told its seats since the region was restored")
                       : strcmp(told, "seat_lost") == 0
                           ? _("Two people have one time: the house must call one of them")
                       : strcmp(told, "unreadable") == 0
                           ? _("An appointment from elsewhere could not be opened")
                           : told;
    if (!text[0]) {
        buf_adds(o, "<td></td>");
        return;
    }
    cell(c, TROUBLE, o);
    buf_adds(o, "<span class=\"tag\">");
    html_esc(o, text);
    buf_adds(o, "</span></td>");
}

static void house_row(struct desk *d, const struct regiondesk *g, size_t i,
                      const struct columns *c, struct buf *o)
{
    const struct region_house *h = &g->now.houses.v[i];
    CLEANUP(buf_done) struct buf t = buf_make(60);
    int64_t w = waits(d, &h->status);
    words_length(&t, w);
    buf_adds(o, "<tr><th scope=\"row\">");
    html_name(o, h->name);
    buf_adds(o, "</th>");
    cell(c, LAST_WORD, o);
    put_contact(h, o);
    buf_adds(o, "</td>");
    cell_count(c, WAIT, h->status.waiting, o);
    cell(c, LONGEST, o);
    html_esc(o, w > 0 ? buf_str(&t) : "\xE2\x80\x93");
    buf_adds(o, "</td>");
    cell_count(c, AT_WORK, h->status.at_work, o);
    cell_count(c, LEFT, g->now.left[i], o);
    cell_count(c, UNSENT, h->status.unsent, o);
    cell_count(c, REFUSED, h->status.dead, o);
    put_trouble(h, c, o);
    buf_adds(o, "</tr>");
}

static void columns_of(struct columns *c)
{
    *c = (struct columns){ .left = buf_make(200) };
    i18n_format(&c->left, P_("Shared times free in {n} day", "Shared times free in {n} days",
                             LEFT_DAYS), { "n", .number = LEFT_DAYS });
    c->said[LAST_WORD] = _("Last word");
    c->said[WAIT] = _("Wait");
    c->said[LONGEST] = _("Longest wait");
    c->said[AT_WORK] = _("Coaches at work");
    c->said[LEFT] = buf_str(&c->left);
    c->said[UNSENT] = _("For the register");
    c->said[REFUSED] = _("Refused");
    c->said[TROUBLE] = _("Needs somebody");
}

static void houses(struct desk *d, const struct regiondesk *g, struct buf *o)
{
    struct columns c;
    columns_of(&c);
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Houses"));
    buf_adds(o, "</h2><table class=\"rows keep houses\"><thead><tr>");
    column(o, _("House"), "");
    for (enum column i = 0; i < COLUMNS; i++)
        column(o, c.said[i], i == LAST_WORD || i == TROUBLE ? "" : "n");
    buf_adds(o, "</tr></thead><tbody>");
    for (size_t i = 0; i < g->now.houses.n; i++)
        house_row(d, g, i, &c, o);
    buf_done(&c.left);
    buf_adds(o, "</tbody></table>");
    if (g->now.houses.n == 0)
        layout_empty(o, _("No house has joined yet."),
                     _("On a house's box: dynamoctl region join."));
    buf_adds(o, "</section>");
}

/* ---- days elsewhere ---- */

static void move_row(struct desk *d, const struct regiondesk *g, const struct region_move *m,
                     struct buf *o)
{
    CLEANUP(buf_done) struct buf day = buf_make(200);
    const char *back = m->to[0] ? m->site : m->home;
    char date[CIVIL_DATE_SIZE];
    civil_format(m->day, date);
    words_date(&day, desk_flow(d), m->day);
    buf_addf(o, "<tr data-row=\"%s-%s\"><th scope=\"row\">", m->coach, date);
    html_name(o, regiondesk_coach(g, m->coach));
    buf_adds(o, "</th><td class=\"when\">");
    html_esc(o, buf_str(&day));
    buf_adds(o, "</td><td>");
    if (m->to[0])
        html_format(o, _("to {house}, once {other} hands it over"),
                    { "house", .value = regiondesk_house(g, m->to) },
                    { "other", .value = regiondesk_house(g, m->site) });
    else
        html_format(o, _("at {house}"), { "house", .value = regiondesk_house(g, m->site) });
    buf_addf(o, "</td><td class=\"do\"><a class=\"button small\" href=\"/days?coach=%s&amp;day=%s"
                "&amp;to=%s\">", m->coach, date, back);
    html_esc(o, m->to[0] ? _("Keep it there") : _("Bring it back"));
    buf_adds(o, "</a></td></tr>");
}

static void moves(struct desk *d, const struct regiondesk *g, struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><div class=\"head\"><h2>");
    html_esc(o, _("Days in another house"));
    buf_adds(o, "</h2><a class=\"button small\" href=\"/days\">");
    html_esc(o, _("Move a day"));
    buf_adds(o, "</a></div><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < g->now.moves.n; i++)
        move_row(d, g, &g->now.moves.v[i], o);
    buf_adds(o, "</tbody></table>");
    if (g->now.moves.n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("Every coach is at home."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}

static void board(struct desk *d, struct buf *o)
{
    const struct regiondesk *g = desk_arg(d);
    buf_adds(o, "<div id=\"board\" class=\"wide\">");
    if (g->fault != ERR_OK)
        regiondesk_problem(o, g->fault);
    all_houses(d, g, o);
    houses(d, g, o);
    moves(d, g, o);
    buf_adds(o, "</div>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    desk_changed(d);
    layout_begin(d, r, "/", C_("navigation", "Houses"), &out->body);
    board(d, &out->body);
    layout_end(r, &out->body);
}

static void get_board(struct desk *d, UNUSED struct request *r, struct reply *out)
{
    desk_changed(d);
    board(d, &out->body);
}

const struct page page_houses = { .path = "/", .roles = ROLE_LEAD, .get = get };
const struct page page_houses_board = { .path = "/board", .roles = ROLE_LEAD, .get = get_board };
