#include "desk/layout.h"

#include <string.h>

#include "desk/inside.h"
#include "desk/words.h"

static void write_links(const struct desk *d, const struct request *r, const char *here,
                        struct buf *o)
{
    const struct desk_face *face = d->setup->face;

    buf_adds(o, "<nav");
    html_attr(o, "aria-label", _("Pages"));
    buf_addc(o, '>');
    for (size_t i = 0; i < face->n_links; i++) {
        if (!(face->links[i].roles & 1u << r->session->staff.role))
            continue;
        buf_addf(o, "<a href=\"%s\"%s>", face->links[i].path,
                 strcmp(face->links[i].path, here) == 0 ? " aria-current=\"page\"" : "");
        html_esc(o, i18n_msg(face->links[i].label));
        buf_adds(o, "</a>");
    }
    buf_adds(o, "</nav>");
}

/* "Sanne, room 2" and what belongs to a person: at work or not, language, keys, log out. */
static void write_person(struct desk *d, const struct request *r, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);
    const struct staff *s = &r->session->staff;
    int coach = ro && s->coach[0] ? roster_coach_find(ro, s->coach) : -1;
    bool work = coach >= 0 && d->board.at_work >> coach & 1;

    buf_adds(o, "<details class=\"who\" data-keep=\"who\"><summary>");
    html_name(o, s->name);
    if (coach >= 0) {
        buf_adds(o, " <span class=\"room\">");
        html_format(o, _("room {room}"), { "room", .value = ro->coaches[coach].room });
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</summary><div class=\"menu\">");
    if (coach >= 0) {
        buf_addf(o, "<button type=\"button\" data-post=\"/at-work\" data-body='{\"at_work\":%s}'>",
                 work ? "false" : "true");
        html_esc(o, work ? _("Take no people for now") : _("Take people again"));
        buf_adds(o, "</button>");
    }
    buf_adds(o, "<button type=\"button\" data-open=\"keys\">");
    html_esc(o, _("Keys"));
    buf_adds(o, " <kbd>?</kbd></button>");
    buf_adds(o, strcmp(r->lang, "en") == 0 ? "<a href=\"/login?lang=nl\" lang=\"nl\">Nederlands</a>"
                                           : "<a href=\"/login?lang=en\" lang=\"en\">English</a>");
    buf_adds(o, "<button type=\"button\" data-post=\"/logout\" data-then=\"/login\">");
    html_esc(o, _("Log out"));
    buf_adds(o, "</button></div></details>");
}

static void write_head(const struct request *r, const char *title, struct buf *o)
{
    buf_addf(o, "<!doctype html><html lang=\"%s\"><head><meta charset=\"utf-8\">", r->lang);
    buf_adds(o, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                "<meta name=\"color-scheme\" content=\"light dark\"><title>");
    html_esc(o, title);
    buf_adds(o, " · Dynamo</title><link rel=\"icon\" href=\"/static/icon.svg\">"
                "<link rel=\"stylesheet\" href=\"/static/desk.css\">"
                "<script src=\"/static/desk.js\" defer></script></head>");
}

static const struct {
    const char *key;
    struct i18n_msg does;
} keys[] = {
    { "Enter", NC_("key", "call the next, or the chosen one") },
    { "\xE2\x86\x91 \xE2\x86\x93", NC_("key", "choose a row") },
    { "o", NC_("key", "open the chosen row") },
    { "s", NC_("key", "begin with who came") },
    { "r", NC_("key", "call again") },
    { "m", NC_("key", "did not come") },
    { "f", NC_("key", "finish") },
    { "d", NC_("key", "send on to a colleague") },
    { "p", NC_("key", "set aside") },
    { "z", NC_("key", "undo, within 10 seconds") },
    { "w", NC_("key", "somebody at the desk: into the queue") },
    { "a", NC_("key", "somebody at the desk: an appointment") },
    { "n", NC_("key", "show or hide first names") },
    { "h t l", NC_("key", "in appointments: week before, this week, week after") },
    { "Esc", NC_("key", "close a window") },
};

/* Texts that the script needs, so that it holds none of its own. */
static void write_texts(struct buf *o)
{
    buf_adds(o, "<div id=\"texts\" hidden");
    html_attr(o, "data-stale", _("No connection. What you see may be old."));
    html_attr(o, "data-offline", _("The desk does not answer. Nothing was done."));
    html_attr(o, "data-moved", _("Something just changed here. Look, then press again."));
    html_attr(o, "data-undo", _("Undo"));
    html_attr(o, "data-done", _("Done."));
    html_attr(o, "data-too-big", _("That file is too big. Choose a smaller part."));
    buf_adds(o, "></div><dialog id=\"keys\" aria-labelledby=\"keys-title\"><div class=\"head\">"
                "<h2 id=\"keys-title\">");
    html_esc(o, _("Keys"));
    buf_adds(o, "</h2><button type=\"button\" class=\"quiet\" data-close>");
    html_esc(o, _("Close"));
    buf_adds(o, "</button></div><dl class=\"keys\">");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++) {
        buf_addf(o, "<div><dt><kbd>%s</kbd></dt><dd>", keys[i].key);
        html_esc(o, i18n_msg(keys[i].does));
        buf_adds(o, "</dd></div>");
    }
    buf_adds(o, "</dl><label class=\"check\"><input type=\"checkbox\" id=\"keys-on\" checked>");
    html_esc(o, _("Use these keys"));
    buf_adds(o, "</label></dialog><dialog id=\"window\"></dialog>"
                "<div id=\"toast\" role=\"status\" aria-live=\"polite\"></div>");
}

static void write_bar(struct desk *d, const struct request *r, const char *here, struct buf *o)
{
    buf_adds(o, "<header class=\"bar\"><a class=\"brand\" href=\"/\">Dynamo</a>");
    if (r->session) {
        write_links(d, r, here, o);
        buf_adds(o, "<span id=\"live\" class=\"live\" role=\"status\">");
        html_esc(o, C_("connection", "live"));
        buf_adds(o, " · <span id=\"clock\">");
        words_clock(o, d->flow, flow_now(d->flow));
        buf_adds(o, "</span></span>");
        write_person(d, r, o);
    }
    buf_adds(o, "</header>");
}

void layout_begin(struct desk *d, const struct request *r, const char *here, const char *title,
                  struct buf *out)
{
    if (r->part) {
        buf_adds(out, "<div class=\"head\"><h2 id=\"window-title\">");
        html_esc(out, title);
        buf_adds(out, "</h2><button type=\"button\" class=\"quiet\" data-close>");
        html_esc(out, _("Close"));
        buf_adds(out, " <kbd>Esc</kbd></button></div>");
        return;
    }
    write_head(r, title, out);
    buf_addf(out, "<body%s><a class=\"skip\" href=\"#main\">", r->session ? " data-in" : "");
    html_esc(out, _("To the content"));
    buf_adds(out, "</a>");
    write_bar(d, r, here, out);
    buf_adds(out, "<main id=\"main\">");
    if (strcmp(here, "/") != 0 && strcmp(here, "/report") != 0) { /* these have their own */
        buf_adds(out, "<h1>");
        html_esc(out, title);
        buf_adds(out, "</h1>");
    }
}

void layout_end(const struct request *r, struct buf *out)
{
    if (r->part)
        return;
    buf_adds(out, "</main>");
    if (r->session)
        write_texts(out);
    buf_adds(out, "</body></html>");
}

void layout_fault(struct desk *d, const struct request *r, int status, const char *text,
                  struct reply *out)
{
    out->status = status;
    layout_begin(d, r, "", _("That did not work"), &out->body);
    buf_adds(&out->body, "<section class=\"card narrow\"><p>");
    html_esc(&out->body, text);
    buf_adds(&out->body, "</p><p><a class=\"button primary\" href=\"/\">");
    html_esc(&out->body, _("To the day"));
    buf_adds(&out->body, "</a></p></section>");
    layout_end(r, &out->body);
}

void layout_empty(struct buf *out, const char *what, const char *help)
{
    buf_adds(out, "<div class=\"nothing\"><p><strong>");
    html_esc(out, what);
    buf_adds(out, "</strong></p><p>");
    html_esc(out, help);
    buf_adds(out, "</p></div>");
}

void layout_problem(struct buf *out, enum err e)
{
    buf_adds(out, "<p class=\"fault\">");
    html_esc(out, words_err(e));
    buf_adds(out, "</p>");
}
