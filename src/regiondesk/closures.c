/* The page /closures: days on which houses are closed, for one house or all of them. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "desk/layout.h"
#include "desk/words.h"
#include "flow/region.h"
#include "regiondesk/inside.h"

#define REASON_LETTERS 32

/* ---- the page ---- */

static void row(struct desk *d, const struct regiondesk *g, const struct region_closure *c,
                struct buf *o)
{
    CLEANUP(buf_done) struct buf t = buf_make(400);
    words_date(&t, desk_flow(d), c->days.from);
    if (c->days.to != c->days.from) {
        buf_adds(&t, " \xE2\x80\x93 ");
        words_date(&t, desk_flow(d), c->days.to);
    }
    buf_adds(o, "<tr><th scope=\"row\">");
    html_esc(o, buf_str(&t));
    buf_adds(o, "</th><td>");
    html_name(o, c->site[0] ? regiondesk_house(g, c->site) : _("all houses"));
    buf_adds(o, "</td><td>");
    html_name(o, c->days.reason);
    buf_addf(o, "</td><td class=\"do\"><button type=\"button\" class=\"small\" "
                "data-post=\"/closures\" data-reload data-body='{\"act\":\"open\",\"id\":%lld}'>",
             (long long)c->id);
    html_esc(o, _("Open after all"));
    buf_adds(o, "</button></td></tr>");
}

static void list(struct desk *d, const struct regiondesk *g, const struct region_closures *l,
                 struct buf *o)
{
    buf_adds(o, "<section class=\"card\"><h2>");
    html_esc(o, _("Closed"));
    buf_adds(o, "</h2><table class=\"rows keep\"><tbody>");
    for (size_t i = 0; i < l->n; i++)
        row(d, g, &l->v[i], o);
    buf_adds(o, "</tbody></table>");
    if (l->n == 0) {
        buf_adds(o, "<p class=\"none\">");
        html_esc(o, _("No days but those in the houses' own rosters."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "</section>");
}

static void date_field(struct buf *o, const char *name, const char *label, const char *first)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><input type=\"date\" id=\"%s\" name=\"%s\" min=\"%s\" required></div>",
             name, name, first);
}

static void add_form(struct desk *d, const struct regiondesk *g, struct buf *o)
{
    char first[CIVIL_DATE_SIZE];
    civil_format(flow_today(desk_flow(d)), first);
    buf_adds(o, "<form class=\"card\" data-post=\"/closures\" data-reload><h2>");
    html_esc(o, _("Close days"));
    buf_adds(o, "</h2>");
    html_hidden(o, "act", "close");
    buf_adds(o, "<div class=\"fields\"><div class=\"field\"><label for=\"site\">");
    html_esc(o, _("House"));
    buf_adds(o, "</label><select id=\"site\" name=\"site\">");
    html_option(o, "", _("all houses"), true);
    for (size_t i = 0; i < g->now.houses.n; i++)
        html_option(o, g->now.houses.v[i].site, g->now.houses.v[i].name, false);
    buf_adds(o, "</select></div>");
    date_field(o, "from", _("From"), first);
    date_field(o, "until", _("Until and with"), first);
    buf_adds(o, "<div class=\"field\"><label for=\"reason\">");
    html_esc(o, _("Reason, as visitors read it"));
    buf_addf(o, "</label><input id=\"reason\" name=\"reason\" required maxlength=\"%d\"></div></div>"
                "<p class=\"hint\">", REASON_LETTERS);
    html_esc(o, _("Appointments of those days stay, and come on the work list of their house."));
    buf_adds(o, "</p><p class=\"fault\" role=\"alert\"></p><button class=\"primary\">");
    html_esc(o, _("Close these days"));
    buf_adds(o, "</button></form>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    CLEANUP(region_closures_done) struct region_closures l = { 0 };
    struct regiondesk *g = desk_arg(d);
    desk_changed(d);
    enum err e = regiondesk_line(g);
    if (e == ERR_OK)
        e = regiondesk_said(g, region_closures(g->r, flow_today(desk_flow(d)), &l));
    layout_begin(d, r, "/closures", C_("navigation", "Closed days"), &out->body);
    if (e != ERR_OK)
        regiondesk_problem(&out->body, e);
    else
        list(d, g, &l, &out->body);
    add_form(d, g, &out->body);
    layout_end(r, &out->body);
}

/* ---- changing ---- */

/* Visitors read it on their screens: no blank, no control characters. */
static bool is_reason(const char *s)
{
    const char *end = s + strlen(s);
    int letters = 0;
    bool seen = false;
    while (s < end) {
        uint32_t cp = utf8_next(&s, end);
        if (cp == UTF8_BAD || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || ++letters > REASON_LETTERS)
            return false;
        seen = seen || cp != ' ';
    }
    return seen;
}

static enum err read_closure(const struct request *r, struct region_closure *c)
{
    const char *site = request_text(r, "site"), *from = request_text(r, "from");
    const char *until = request_text(r, "until"), *reason = request_text(r, "reason");
    if (!request_only(r, "act site from until reason") || !site || !from || !until || !reason ||
        strlen(site) >= sizeof(c->site) || !is_reason(reason) ||
        strlen(reason) >= sizeof(c->days.reason))
        return ERR_INVAL;
    memcpy(c->site, site, strlen(site) + 1);
    memcpy(c->days.reason, reason, strlen(reason) + 1);
    if (civil_parse(from, &c->days.from) != ERR_OK || civil_parse(until, &c->days.to) != ERR_OK ||
        c->days.to < c->days.from)
        return ERR_INVAL;
    return ERR_OK;
}

static enum err close_days(struct desk *d, struct regiondesk *g, const struct request *r)
{
    struct region_closure c = { .id = 0 };
    char object[64], date[CIVIL_DATE_SIZE];
    enum err e = read_closure(r, &c);
    if (e != ERR_OK)
        return e;
    civil_format(c.days.from, date);
    snprintf(object, sizeof(object), "%s %s", c.site[0] ? c.site : "*", date);
    e = flow_region_note(desk_flow(d), "region.close", object);
    return e == ERR_OK ? regiondesk_said(g, region_close_days(g->r, &c)) : e;
}

static enum err open_again(struct desk *d, struct regiondesk *g, const struct request *r)
{
    int64_t id = request_int(r, "id", 0);
    char object[32];
    if (!request_only(r, "act id") || id <= 0)
        return ERR_INVAL;
    snprintf(object, sizeof(object), "%lld", (long long)id);
    enum err e = flow_region_note(desk_flow(d), "region.open", object);
    return e == ERR_OK ? regiondesk_said(g, region_reopen(g->r, id)) : e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct regiondesk *g = desk_arg(d);
    const char *act = request_text(r, "act");
    enum err e = regiondesk_line(g);
    if (e == ERR_OK)
        e = !act                        ? ERR_INVAL
            : strcmp(act, "close") == 0 ? close_days(d, g, r)
            : strcmp(act, "open") == 0  ? open_again(d, g, r)
                                        : ERR_INVAL;
    regiondesk_hurry(g);
    desk_changed(d);
    if (e == ERR_NET || e == ERR_TIMEOUT)
        reply_refuse(out, 503, "no_line",
                     _("The region's database does not answer. Try again in a moment."));
    else if (e != ERR_OK)
        reply_err(out, e);
    else
        reply_ok(out);
}

const struct page page_closures = { .path = "/closures", .roles = ROLE_LEAD, .get = get,
                                    .post = post };
