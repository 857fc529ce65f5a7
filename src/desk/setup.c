/* The page /setup: a new house step by step, and what is still missing in one that runs. */
#include <stdio.h>
#include <string.h>

#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

struct steps {
    struct desk *d;
    struct buf *o;
    int n;
};

static void step_begin(struct steps *s, const char *title, bool done)
{
    struct buf *o = s->o;

    buf_addf(o, "<li class=\"card stage%s\"><h2><span class=\"mark\" aria-hidden=\"true\">%s</span> ",
             done ? " done" : "", done ? "✓" : "");
    buf_addf(o, "%d. ", ++s->n);
    html_esc(o, title);
    buf_adds(o, " <span class=\"tag\">");
    html_esc(o, done ? _("done") : _("still to do"));
    buf_adds(o, "</span></h2>");
}

static void text(struct steps *s, const char *words)
{
    buf_adds(s->o, "<p>");
    html_esc(s->o, words);
    buf_adds(s->o, "</p>");
}

static void command(struct steps *s, const char *line)
{
    buf_adds(s->o, "<pre tabindex=\"0\"><code>");
    html_esc(s->o, line);
    buf_adds(s->o, "</code></pre>");
}

static void link_to(struct steps *s, const char *href, const char *label, bool done)
{
    buf_addf(s->o, "<p><a class=\"button%s\" href=\"%s\">", done ? "" : " primary", href);
    html_esc(s->o, label);
    buf_adds(s->o, "</a></p>");
}

static void step_end(struct steps *s)
{
    buf_adds(s->o, "</li>");
}

/* ---- the steps ---- */

static void roster(struct steps *s)
{
    bool done = flow_roster(s->d->flow) != NULL;

    step_begin(s, _("The roster"), done);
    text(s, _("It says when the house is open, what it offers and who works when. Without it "
              "nobody can walk in or book. Bring in a file; faults are told with their place, "
              "and nothing is stored before you say so."));
    link_to(s, "/roster", _("To the roster"), done);
    step_end(s);
}

/* Coaches of the roster who cannot log in. */
static size_t without_login(const struct roster *ro, const struct staff_list *l, struct buf *names)
{
    size_t n = 0;

    for (size_t c = 0; ro && c < ro->n_coaches; c++) {
        bool has = false;
        for (size_t i = 0; i < l->n; i++)
            has = has || (!l->v[i].disabled && strcmp(l->v[i].coach, ro->coaches[c].id) == 0);
        if (has)
            continue;
        buf_adds(names, n++ ? ", " : "");
        buf_adds(names, ro->coaches[c].name);
    }
    return n;
}

static void people(struct steps *s)
{
    CLEANUP(staff_list_done) struct staff_list l = { 0 };
    CLEANUP(buf_done) struct buf names = buf_make(4000);
    const struct roster *ro = flow_roster(s->d->flow);
    enum err e = flow_staff_list(s->d->flow, &l);
    size_t missing = e == ERR_OK ? without_login(ro, &l, &names) : 0;
    bool coordinator = false;

    for (size_t i = 0; i < l.n; i++)
        coordinator = coordinator || (l.v[i].role == STAFF_COORDINATOR && !l.v[i].disabled);
    bool done = e == ERR_OK && ro && missing == 0 && coordinator;
    step_begin(s, _("The people"), done);
    text(s, _("Everybody who works here logs in as themselves, with a PIN and a second proof: "
              "the certificate of the computer, or the code of an app."));
    if (missing > 0) {
        buf_adds(s->o, "<p>");
        html_format(s->o, _("No access yet: {names}."), { "names", .value = buf_str(&names) });
        buf_adds(s->o, "</p>");
    }
    if (!coordinator)
        text(s, _("There is no coordinator yet, who sees the overview and changes the roster."));
    link_to(s, "/staff", _("To the people"), done);
    step_end(s);
}

static void setting(struct steps *s, const char *name, const char *value, bool needed,
                    const char *means)
{
    struct buf *o = s->o;

    buf_adds(o, "<tr><th scope=\"row\"><code>");
    html_esc(o, name);
    buf_adds(o, "</code></th><td>");
    if (value[0]) {
        html_name(o, value);
    } else {
        buf_addf(o, "<span class=\"tag%s\">", needed ? " band-2" : "");
        html_esc(o, needed ? _("missing") : _("not set"));
        buf_adds(o, "</span>");
    }
    buf_adds(o, "</td><td>");
    html_esc(o, means);
    buf_adds(o, "</td></tr>");
}

static void register_settings(struct steps *s)
{
    const struct config *c = s->d->setup->config;
    bool zgw = strcmp(c->reg.profile, "zgw") == 0;
    bool contacts = strcmp(c->reg.profile, "klantinteracties") == 0;
    bool done = (zgw || contacts) && c->reg.secret_file[0] && c->reg.rsin[0] &&
                (!zgw || (c->reg.zaken_url[0] && c->reg.catalogi_url[0] && c->reg.client_id[0])) &&
                (!contacts || c->reg.klantinteracties_url[0]);

    step_begin(s, _("The case register"), done);
    text(s, _("Every night what happened goes to the regional register. These settings stand in "
              "/etc/dynamo/dynamo.conf, part [register]; who looks after the box changes them "
              "there. Until they are right, records wait in line and nothing is lost."));
    buf_adds(s->o, "<div class=\"scroll\" tabindex=\"0\"><table class=\"rows keep\"><tbody>");
    setting(s, "profile", strcmp(c->reg.profile, "none") == 0 ? "" : c->reg.profile, true,
            _("which interface the register speaks"));
    if (!contacts) {
        setting(s, "zaken_url", c->reg.zaken_url, true, _("address of its cases"));
        setting(s, "catalogi_url", c->reg.catalogi_url, true, _("address of its catalogue"));
        setting(s, "client_id", c->reg.client_id, true, _("our name there"));
    } else {
        setting(s, "klantinteracties_url", c->reg.klantinteracties_url, true,
                _("address of its contacts"));
    }
    setting(s, "secret_file", c->reg.secret_file, true, _("file with the secret"));
    setting(s, "rsin", c->reg.rsin, true, _("number of the organisation"));
    setting(s, "zaaktype", c->reg.zaaktype, true, _("kind of case"));
    buf_adds(s->o, "</tbody></table></div>");
    text(s, _("Test the way there, on the box itself:"));
    command(s, "dynamoctl register test");
    step_end(s);
}

static void this_page(struct steps *s)
{
    const struct config *c = s->d->setup->config;
    bool done = c->desk.hosts[0] != '\0';

    step_begin(s, _("This page in the house"), done);
    text(s, _("Computers of the house reach this page by its name, with a certificate of their "
              "own. Make them on the box and put each on its computer:"));
    command(s, "dynamoctl desk cert");
    buf_adds(s->o, "<div class=\"scroll\" tabindex=\"0\"><table class=\"rows keep\"><tbody>");
    setting(s, "hosts", c->desk.hosts, true, _("names by which browsers ask for this page"));
    setting(s, "certificates", c->desk.certificates ? _("yes") : _("no: a code of an app"), false,
            _("the second proof"));
    buf_adds(s->o, "</tbody></table></div>");
    step_end(s);
}

static void looking_after(struct steps *s)
{
    struct health h = { 0 };
    enum err e = flow_health(s->d->flow, &h);
    bool done = e == ERR_OK && h.database_ok && !h.clock_unsure && !h.storage_failed && !h.older;

    step_begin(s, _("Clock, printer and backup"), done);
    if (h.clock_unsure)
        text(s, _("The clock may be wrong: confirm the time on the day page."));
    if (h.older) {
        text(s, _("The data are older than what was here. Find out why; then, to go on with them:"));
        command(s, "dynamoctl audit accept");
    }
    buf_adds(s->o, "<p>");
    html_format(s->o, _("Printer: {state}. Free room: {n} MB."),
                { "state", .value = strcmp(h.printer, "ok") == 0 ? _("ready") : h.printer },
                { "n", .number = (long)(h.free_bytes / 1000000) });
    buf_adds(s->o, "</p>");
    text(s, _("Make a backup now and then, and keep the keys apart from it:"));
    command(s, "dynamoctl backup /media/usb/dynamo.backup");
    step_end(s);
}

/* Only on the appliance: whoever runs this on a machine of their own plugs in what they like. */
static void service_window(struct steps *s)
{
    if (!flow_has_service_window(s->d->flow))
        return;
    step_begin(s, _("A stick in the box"), true);
    text(s, _("Sticks do nothing, but for fifteen minutes after this: one called DYNAMO, with a new version "
              "(update.raucb), with new certificates or secrets (a folder called etc), or with an empty "
              "file called support, on which the box writes how it is."));
    buf_adds(s->o, "<p class=\"row\"><button type=\"button\" data-post=\"/setup\" "
                   "data-body='{\"act\":\"service_window\"}'>");
    html_esc(s->o, _("Let a stick in"));
    buf_adds(s->o, "</button></p>");
    step_end(s);
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    const char *act = request_text(r, "act");
    bool asked = request_only(r, "act") && act && strcmp(act, "service_window") == 0;
    enum err e = asked ? flow_service_window(d->flow) : ERR_INVAL;

    if (e == ERR_OK)
        reply_json(out, json_pack("{s:b,s:s}", "ok", 1, "text", _("Put the stick in now.")));
    else
        reply_err(out, e);
}

static void get(struct desk *d, struct request *r, struct reply *out)
{
    struct steps s = { .d = d, .o = &out->body };

    layout_begin(d, r, "/setup", C_("navigation", "Set-up"), s.o);
    buf_adds(s.o, "<p class=\"hint lead\">");
    html_esc(s.o, _("From a new box to an open house, in this order. Come back when something "
                    "changes."));
    buf_adds(s.o, "</p><ol class=\"stages\">");
    roster(&s);
    people(&s);
    register_settings(&s);
    this_page(&s);
    looking_after(&s);
    service_window(&s);
    buf_adds(s.o, "</ol>");
    layout_end(r, s.o);
}

const struct page page_setup = { .path = "/setup", .roles = ROLE_ADMIN, .get = get, .post = post };
