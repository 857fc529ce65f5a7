/* The page /visit/ID: what is known of one visit, and every step that can be done with it. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/day.h"
#include "desk/forms.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

struct view {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct queue_line line;
    struct buf *o;
};

static void pair(struct buf *o, const char *name)
{
    buf_adds(o, "<div><dt>");
    html_esc(o, name);
    buf_adds(o, "</dt><dd>");
}

static void pair_end(struct buf *o)
{
    buf_adds(o, "</dd></div>");
}

/* Names and ways to reach somebody: opening this is what the audit line tells. */
static void person(struct view *v)
{
    struct person p = { 0 };
    char name[PERSON_FULL_SIZE];
    CLEANUP(buf_wipe) struct buf born = buf_make(60);
    struct buf *o = v->o;

    if (flow_visit_person(v->d->flow, &v->line.visit, &p) == ERR_OK) {
        person_full_name(&p, name, sizeof(name));
        words_birth(&born, p.birth);
        pair(o, _("Name"));
        html_name(o, name);
        pair_end(o);
        pair(o, _("Born"));
        html_esc(o, buf_str(&born));
        pair_end(o);
        if (p.phone[0]) {
            pair(o, _("Phone"));
            html_name(o, p.phone);
            pair_end(o);
        }
        if (p.email[0]) {
            pair(o, _("E-mail"));
            html_name(o, p.email);
            pair_end(o);
        }
    }
    mem_wipe(&p, sizeof(p));
    mem_wipe(name, sizeof(name));
}

static void note(struct view *v)
{
    char text[VISIT_NOTE_SIZE];

    if (flow_visit_note(v->d->flow, &v->line.visit, text) == ERR_OK && text[0]) {
        pair(v->o, _("Note"));
        html_name(v->o, text);
        pair_end(v->o);
    }
    mem_wipe(text, sizeof(text));
}

static void facts(struct view *v)
{
    const struct queue_line *l = &v->line;
    const struct municipality *m = municipality_find(l->municipality);
    int service = roster_service_find(v->roster, l->service);
    int coach = l->coach[0] ? roster_coach_find(v->roster, l->coach) : -1;
    CLEANUP(buf_done) struct buf t = buf_make(60);
    struct buf *o = v->o;

    buf_adds(o, "<dl class=\"pairs\">");
    person(v);
    pair(o, _("What for"));
    day_topic(o, l->topic);
    buf_addc(o, ' ');
    html_esc(o, service >= 0 ? roster_service_label(v->roster, service, v->r->lang) : l->service);
    day_lang(o, l->lang);
    pair_end(o);
    pair(o, _("Municipality"));
    html_esc(o, m ? m->name : l->municipality);
    pair_end(o);
    words_clock(&t, v->d->flow, l->arrived);
    pair(o, _("Now"));
    html_esc(o, words_state(l->state));
    buf_adds(o, " · ");
    html_format(o, _("came in at {time}"), { "time", .value = buf_str(&t) });
    day_why(o, l);
    pair_end(o);
    pair(o, _("With whom"));
    html_esc(o, coach >= 0 ? v->roster->coaches[coach].name : _("first free"));
    pair_end(o);
    note(v);
    buf_adds(o, "</dl>");
}

/* ---- forms, each one step ---- */

static void form_begin(struct view *v, const char *act, const char *title, const char *asked)
{
    struct buf *o = v->o;

    buf_addf(o, "<details class=\"step\" id=\"form-%s\"%s><summary>", act,
             asked && strcmp(asked, act) == 0 ? " open" : "");
    html_esc(o, title);
    buf_addf(o, "</summary><form data-post=\"/act/%s\" data-close-after>", act);
    html_hidden(o, "visit", v->line.visit.s);
    html_hidden_int(o, "version", v->line.version);
}

static void form_end(struct view *v, const char *label, const char *class)
{
    buf_adds(v->o, "<p class=\"fault\" role=\"alert\"></p>");
    buf_addf(v->o, "<button class=\"%s\">", class);
    html_esc(v->o, label);
    buf_adds(v->o, "</button></form></details>");
}

static void finish_form(struct view *v, const char *asked)
{
    struct buf *o = v->o;

    form_begin(v, "finish", _("Finish"), asked);
    buf_adds(o, "<fieldset class=\"choices\"><legend>");
    html_esc(o, _("How did it end?"));
    buf_adds(o, "</legend>");
    for (size_t i = 0; words_outcome_at(i); i++) {
        buf_addf(o, "<label><input type=\"radio\" name=\"outcome\" value=\"%s\"%s> ",
                 words_outcome_at(i), i == 0 ? " checked" : "");
        html_esc(o, words_outcome(words_outcome_at(i)));
        buf_adds(o, "</label>");
    }
    buf_adds(o, "</fieldset>");
    if (v->r->session->staff.coach[0]) {
        html_hidden(o, "service", v->line.service);
        forms_free_times(v->d, &(struct forms_free){ .name = "follow_up",
                                                     .label = _("Follow-up with you"),
                                                     .service = v->line.service,
                                                     .coach = v->r->session->staff.coach,
                                                     .none = _("No follow-up") }, o);
    }
    form_end(v, _("Finish"), "primary");
}

static void redirect_form(struct view *v, const char *asked)
{
    const struct roster *ro = v->roster;
    char value[ROSTER_ID_SIZE + 10];
    struct buf *o = v->o;

    form_begin(v, "redirect", _("Send on, number and place are kept"), asked);
    buf_adds(o, "<label for=\"to\">");
    html_esc(o, _("To whom"));
    buf_adds(o, "</label><select id=\"to\" name=\"to\"><optgroup");
    html_attr(o, "label", _("Colleague"));
    buf_addc(o, '>');
    for (size_t i = 0; i < ro->n_coaches; i++) {
        if (strcmp(ro->coaches[i].id, v->line.coach) == 0)
            continue;
        snprintf(value, sizeof(value), "coach:%s", ro->coaches[i].id);
        html_option(o, value, ro->coaches[i].name, false);
    }
    buf_adds(o, "</optgroup><optgroup");
    html_attr(o, "label", _("Subject, first free coach"));
    buf_addc(o, '>');
    for (size_t i = 0; i < ro->n_services; i++) {
        if (strcmp(ro->services[i].id, v->line.service) == 0)
            continue;
        snprintf(value, sizeof(value), "service:%s", ro->services[i].id);
        html_option(o, value, roster_service_label(ro, (int)i, v->r->lang), false);
    }
    buf_adds(o, "</optgroup></select>");
    form_end(v, _("Send on"), "primary");
}

static void switch_form(struct view *v, const char *asked)
{
    const struct roster *ro = v->roster;
    int service = roster_service_find(ro, v->line.service);
    struct buf *o = v->o;

    form_begin(v, "switch", _("Wait for somebody else"), asked);
    buf_adds(o, "<label for=\"coach\">");
    html_esc(o, _("With whom"));
    buf_adds(o, "</label><select id=\"coach\" name=\"coach\">");
    html_option(o, "", _("first free"), !v->line.coach[0]);
    for (size_t i = 0; i < ro->n_coaches; i++)
        if (service >= 0 && roster_coach_offers(ro, (int)i, service))
            html_option(o, ro->coaches[i].id, ro->coaches[i].name,
                        strcmp(ro->coaches[i].id, v->line.coach) == 0);
    buf_adds(o, "</select>");
    form_end(v, _("Change"), "primary");
}

static void park_form(struct view *v, const char *asked)
{
    struct buf *o = v->o;

    form_begin(v, "park", _("Set aside"), asked);
    buf_adds(o, "<label for=\"until\">");
    html_esc(o, _("Until (empty: until you take it back)"));
    buf_adds(o, "</label><input type=\"time\" id=\"until\" name=\"until\"><label for=\"note\">");
    html_esc(o, _("Note, only for staff"));
    buf_adds(o, "</label><input id=\"note\" name=\"note\" maxlength=\"200\" autocomplete=\"off\">");
    form_end(v, _("Set aside"), "primary");
}

static void reason_form(struct view *v, const char *act, const char *title, const char *class)
{
    struct buf *o = v->o;

    form_begin(v, act, title, v->r->tail[0] ? request_arg(v->r, "form") : NULL);
    buf_addf(o, "<label for=\"reason-%s\">", act);
    html_esc(o, _("Reason"));
    buf_addf(o, "</label><input id=\"reason-%s\" name=\"reason\" maxlength=\"200\" required "
                "autocomplete=\"off\">", act);
    form_end(v, title, class);
}

static void steps(struct view *v)
{
    const struct queue_line *l = &v->line;
    const char *asked = request_arg(v->r, "form");
    bool with_me = l->state == VISIT_CALLED || l->state == VISIT_IN_SERVICE;
    struct buf *o = v->o;

    buf_adds(o, "<div class=\"row\">");
    if (l->state == VISIT_WAITING && v->r->session->staff.coach[0])
        day_step(o, "call", l, _("Call"), "class=\"primary\" data-close-after");
    if (l->state == VISIT_CALLED)
        day_step(o, "start", l, _("Begin"), "class=\"primary\" data-close-after");
    if (l->state == VISIT_MISSED || l->state == VISIT_PARKED || l->state == VISIT_PAUSED)
        day_step(o, l->state == VISIT_MISSED ? "requeue"
                    : l->state == VISIT_PARKED ? "unpark" : "resume",
                 l, _("Back in the queue"), "class=\"primary\" data-close-after");
    if (!with_me)
        day_step(o, "leave", l, _("Went home"), "data-close-after");
    buf_adds(o, "</div>");
    if (l->state == VISIT_IN_SERVICE)
        finish_form(v, asked);
    if (l->state == VISIT_IN_SERVICE)
        redirect_form(v, asked);
    if (l->state == VISIT_WAITING)
        switch_form(v, asked);
    if (with_me)
        park_form(v, asked);
    if (!with_me && !l->urgent)
        reason_form(v, "urgent", _("Make urgent"), "primary");
    reason_form(v, "void", _("Take out: it was a mistake"), "danger");
}

/* ---- what happened ---- */

static void event(void *arg, const struct visit_event *ev)
{
    struct view *v = arg;
    int coach = ev->coach[0] ? roster_coach_find(v->roster, ev->coach) : -1;
    CLEANUP(buf_done) struct buf t = buf_make(60);

    words_clock(&t, v->d->flow, ev->at);
    buf_adds(v->o, "<li><time>");
    html_esc(v->o, buf_str(&t));
    buf_adds(v->o, "</time> ");
    html_esc(v->o, words_act(ev->act));
    if (coach >= 0) {
        buf_adds(v->o, " · ");
        html_name(v->o, v->roster->coaches[coach].name);
    }
    buf_adds(v->o, "</li>");
}

static void history(struct view *v)
{
    buf_adds(v->o, "<details class=\"step\"><summary>");
    html_esc(v->o, _("What happened"));
    buf_adds(v->o, "</summary><ol class=\"events\">");
    if (flow_visit_events(v->d->flow, &v->line.visit, event, v) != ERR_OK)
        buf_adds(v->o, "<li>…</li>");
    buf_adds(v->o, "</ol></details>");
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid id = ulid_of(r->tail);
    struct view v = { .d = d, .r = r, .roster = flow_roster(d->flow), .o = &out->body };
    enum err e = id.s[0] && v.roster ? flow_visit(d->flow, &id, &v.line) : ERR_NOT_FOUND;

    if (e != ERR_OK) {
        layout_fault(d, r, e == ERR_NOT_FOUND ? 404 : 503, words_err(e), out);
        return;
    }
    layout_begin(d, r, "/visit", v.line.ticket, &out->body);
    buf_adds(&out->body, "<div class=\"card plain\">");
    facts(&v);
    if (visit_open(v.line.state))
        steps(&v);
    history(&v);
    buf_adds(&out->body, "</div>");
    layout_end(r, &out->body);
}

const struct page page_visit = { .path = "/visit/", .roles = ROLE_ALL, .get = get };
