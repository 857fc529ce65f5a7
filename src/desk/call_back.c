/* The pages /call-back (who was not helped, did not come, or asked to be called: to be ticked
 * off) and /call/ID (one who asked). */
#include <string.h>

#include "base/mem.h"
#include "desk/day.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"
#include "flow/desk.h"

#define DAYS 14

struct view {
    struct desk *d;
    const struct roster *roster;
    struct buf *o;
};

static const struct {
    enum call_back_result result;
    struct i18n_msg label;
} choices[] = {
    { CALL_BACK_REACHED, NC_("call back", "Reached") },
    { CALL_BACK_NO_ANSWER, NC_("call back", "No answer") },
    { CALL_BACK_NOT_NEEDED, NC_("call back", "Not needed") },
};

/* What a line is about: its page, its kind for /names, and why somebody is to be called. */
static const struct {
    const char *page;
    struct i18n_msg why;
} kinds[] = {
    [CALL_BACK_VISIT] = { "visit", NC_("call back", "was not helped") },
    [CALL_BACK_APPOINTMENT] = { "appointment", NC_("call back", "did not come") },
    [CALL_BACK_REQUEST] = { "call", NC_("call back", "found no free time, asked for a call") },
};

static const char *said(enum call_back_result r)
{
    for (size_t i = 0; i < ARRAY_LEN(choices); i++)
        if (choices[i].result == r)
            return i18n_msg(choices[i].label);
    return "";
}

static void button(struct buf *o, const struct call_back_line *l, enum call_back_result to,
                   const char *label, const char *class)
{
    buf_addf(o, "<button type=\"button\" class=\"small %s\" data-post=\"/call-back\" data-reload "
                "data-body='{\"of\":\"%s\",\"result\":\"%s\"}'>", class, l->subject.s,
             call_back_name(to));
    html_esc(o, label);
    buf_adds(o, "</button>");
}

static void when(struct view *v, const struct call_back_line *l)
{
    CLEANUP(buf_done) struct buf t = buf_make(200);

    words_date(&t, v->d->flow, l->day);
    buf_addc(&t, ' ');
    words_clock(&t, v->d->flow, l->at);
    html_esc(v->o, buf_str(&t));
}

static void row(struct view *v, const struct call_back_line *l)
{
    struct buf *o = v->o;
    int coach = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;
    bool open = l->result == CALL_BACK_OPEN;

    buf_addf(o, "<tr tabindex=\"-1\" data-row=\"%s\"%s><th scope=\"row\">", l->subject.s,
             open ? "" : " class=\"other\"");
    when(v, l);
    buf_adds(o, "</th><td class=\"who\">");
    day_name(o, kinds[l->kind].page, &l->subject);
    day_lang(o, l->lang);
    buf_adds(o, "</td><td class=\"what\">");
    day_topic(o, l->topic);
    buf_adds(o, "</td><td class=\"state\">");
    html_esc(o, i18n_msg(kinds[l->kind].why));
    if (!open) {
        buf_adds(o, " <span class=\"tag\">");
        html_esc(o, said(l->result));
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</td><td class=\"by\">");
    html_name(o, coach >= 0 ? v->roster->coaches[coach].name : "");
    buf_adds(o, "</td><td class=\"do\">");
    for (size_t i = 0; open && i < ARRAY_LEN(choices); i++)
        button(o, l, choices[i].result, i18n_msg(choices[i].label), i == 0 ? "primary" : "");
    if (!open)
        button(o, l, CALL_BACK_OPEN, _("Still to call"), "");
    buf_addf(o, "<a class=\"button small\" href=\"/%s/%s\" data-window data-open-row>",
             kinds[l->kind].page, l->subject.s);
    html_esc(o, _("Open"));
    buf_adds(o, "</a></td></tr>");
}

static void part(struct view *v, const struct call_back_list *l, bool open, const char *title)
{
    struct buf *o = v->o;

    buf_addf(o, "<section class=\"card\" aria-labelledby=\"part-%d\"><div class=\"head\">"
                "<h2 id=\"part-%d\">", open, open);
    html_esc(o, title);
    buf_adds(o, "</h2>");
    if (open) {
        buf_adds(o, "<div class=\"tools\"><button type=\"button\" class=\"quiet\" id=\"names\" "
                    "aria-pressed=\"false\">");
        html_esc(o, _("First names"));
        buf_adds(o, " <kbd>n</kbd></button></div>");
    }
    buf_adds(o, "</div><table class=\"rows dates\"><tbody>");
    for (size_t i = 0; i < l->n; i++)
        if ((l->v[i].result == CALL_BACK_OPEN) == open)
            row(v, &l->v[i]);
    buf_adds(o, "</tbody></table></section>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    CLEANUP(call_back_list_done) struct call_back_list l = { 0 };
    struct view v = { .d = d, .roster = flow_roster(d->flow), .o = &out->body };
    size_t open = 0;

    layout_begin(d, r, "/call-back", C_("navigation", "Call back"), v.o);
    enum err e = v.roster ? flow_call_back(d->flow, DAYS, &l) : ERR_OK;
    for (size_t i = 0; i < l.n; i++)
        open += l.v[i].result == CALL_BACK_OPEN;
    buf_adds(v.o, "<p class=\"hint lead\">");
    html_esc(v.o, _("Who asked for a call, was not helped before the house closed, or did not come "
                    "to an appointment, in the last 2 weeks. Open a row for the phone number, "
                    "call, and tick it off."));
    buf_adds(v.o, "</p>");
    if (e != ERR_OK)
        layout_problem(v.o, e);
    else if (open == 0)
        layout_empty(v.o, _("Nobody has to be called back."),
                     _("Who asks for a call, is not helped or does not come appears here by itself."));
    else
        part(&v, &l, true, _("Still to call"));
    if (l.n > open)
        part(&v, &l, false, _("Ticked off"));
    layout_end(r, v.o);
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(request_text(r, "of"));
    const char *name = request_text(r, "result");
    enum call_back_result result;
    enum err e = ERR_INVAL;

    if (request_only(r, "of result") && id.s[0] && name && call_back_of(name, &result) == ERR_OK)
        e = flow_call_back_tell(d->flow, &id, result);
    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
}

const struct page page_call_back = { .path = "/call-back", .roles = ROLE_ALL, .get = get,
                                     .post = post };

/* ---- one who asked ---- */

static void pair(struct buf *o, const char *name, const char *value)
{
    if (!value[0])
        return;
    buf_adds(o, "<div><dt>");
    html_esc(o, name);
    buf_adds(o, "</dt><dd>");
    html_name(o, value);
    buf_adds(o, "</dd></div>");
}

static void facts(struct view *v, const struct call_back_line *l)
{
    struct person p = { 0 };
    char name[PERSON_FULL_SIZE] = "";
    CLEANUP(buf_wipe) struct buf born = buf_make(60);
    CLEANUP(buf_done) struct buf t = buf_make(200);
    struct buf *o = v->o;

    if (flow_call_person(v->d->flow, &l->subject, &p) == ERR_OK) {
        person_full_name(&p, name, sizeof(name));
        words_birth(&born, p.birth);
    }
    const struct municipality *m = municipality_find(p.municipality);
    words_date(&t, v->d->flow, l->day);
    buf_addc(&t, ' ');
    words_clock(&t, v->d->flow, l->at);
    buf_adds(o, "<dl class=\"pairs\">");
    pair(o, _("Phone"), p.phone);
    pair(o, _("Name"), name);
    pair(o, _("Born"), buf_str(&born));
    pair(o, _("Municipality"), m ? m->name : p.municipality);
    pair(o, _("What for"), words_topic(l->topic));
    pair(o, _("Asked"), buf_str(&t));
    pair(o, _("Language"), l->lang);
    buf_adds(o, "</dl>");
    mem_wipe(&p, sizeof(p));
    mem_wipe(name, sizeof(name));
}

static void get_one(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    struct view v = { .d = d, .roster = flow_roster(d->flow), .o = &out->body };
    struct call_back_line l;
    enum err e = id.s[0] ? flow_call_back_request(d->flow, &id, &l) : ERR_NOT_FOUND;

    if (e != ERR_OK) {
        layout_fault(d, r, 404, words_err(ERR_NOT_FOUND), out);
        return;
    }
    layout_begin(d, r, "/call", _("To call back"), v.o);
    buf_adds(v.o, "<div class=\"card plain\">");
    facts(&v, &l);
    buf_adds(v.o, "<p class=\"row\">");
    for (size_t i = 0; l.result == CALL_BACK_OPEN && i < ARRAY_LEN(choices); i++)
        button(v.o, &l, choices[i].result, i18n_msg(choices[i].label), i == 0 ? "primary" : "");
    if (l.result != CALL_BACK_OPEN)
        button(v.o, &l, CALL_BACK_OPEN, _("Still to call"), "");
    buf_adds(v.o, "</p></div>");
    layout_end(r, v.o);
}

const struct page page_call = { .path = "/call/", .roles = ROLE_ALL, .get = get_one };
