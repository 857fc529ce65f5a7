/* The pages /login, /logout, /session and /at-work: who is here, and for how long. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

#define AFTER_CLOSING_MS (30 * MINUTE_MS)

static void field(struct buf *o, const char *name, const char *label, const char *more)
{
    buf_addf(o, "<label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><input id=\"%s\" name=\"%s\" required maxlength=\"32\" %s>", name, name,
             more);
}

static void write_form(struct desk *d, struct buf *o)
{
    buf_adds(o, "<form class=\"card narrow\" data-post=\"/login\" data-then=\"/\">");
    field(o, "id", _("Your name at Dynamo"),
          "autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\" autofocus");
    field(o, "pin", _("PIN"), "type=\"password\" inputmode=\"numeric\" "
                              "autocomplete=\"current-password\"");
    if (!d->setup->config->desk.certificates) {
        field(o, "code", _("Code of your app"), "inputmode=\"numeric\" "
                                                "autocomplete=\"one-time-code\"");
        buf_adds(o, "<p class=\"hint\">");
        html_esc(o, _("The app on your phone shows 6 digits, each code works once."));
        buf_adds(o, "</p>");
    }
    buf_adds(o, "<p class=\"fault\" role=\"alert\"></p><button class=\"primary big\">");
    html_esc(o, _("Log in"));
    buf_adds(o, "</button></form>");
}

static void get_login(struct desk *d, struct request *r, struct reply *out)
{
    bool en = strcmp(r->lang, "en") == 0;

    snprintf(out->lang_cookie, sizeof(out->lang_cookie),
             "dynamo_lang=%s; Path=/; SameSite=Strict; Max-Age=31536000", r->lang);
    if (r->session) { /* who only chose a language */
        out->location = "/";
        return;
    }
    layout_begin(d, r, "/login", _("Log in"), &out->body);
    write_form(d, &out->body);
    buf_adds(&out->body, "<p class=\"narrow center\">");
    buf_adds(&out->body, en ? "<a href=\"/login?lang=nl\" lang=\"nl\">Nederlands</a></p>"
                            : "<a href=\"/login?lang=en\" lang=\"en\">English</a></p>");
    layout_end(r, &out->body);
}

static void put_cookie(const struct desk *d, const char *token, struct reply *out)
{
    snprintf(out->cookie, sizeof(out->cookie), "%s=%s; Path=/; %sHttpOnly; SameSite=Strict%s",
             d->guard.tls ? "__Host-dynamo" : "dynamo", token, d->guard.tls ? "Secure; " : "",
             token[0] ? "" : "; Max-Age=0");
}

static void say_locked(int wait_s, struct reply *out)
{
    CLEANUP(buf_done) struct buf text = buf_make(300);

    if (wait_s > 3600)
        buf_adds(&text, _("Too many wrong tries. Ask your coordinator to unlock."));
    else
        i18n_format(&text, P_("Too many wrong tries. Try again in {n} second.",
                              "Too many wrong tries. Try again in {n} seconds.", wait_s),
                    { "n", .number = wait_s });
    reply_refuse(out, 429, "locked", buf_str(&text));
    out->retry_s = wait_s;
}

/* Takes the try and has its PIN checked elsewhere. */
static enum err begin_login(struct desk *d, struct request *r, int *wait_s)
{
    const char *id = request_text(r, "id"), *pin = request_text(r, "pin");
    const char *code = request_text(r, "code");
    struct login_try *login = NULL;

    if (!id || !pin || !request_only(r, "id pin code"))
        return ERR_DENIED;
    struct login_words w = { id, pin,
                             d->setup->config->desk.certificates ? NULL : code ? code : "" };
    enum err e = flow_login_begin(d->flow, &w, wait_s, &login);
    if (e == ERR_OK)
        e = knocks_put(&d->knocks, login, r->connection, &r->knock);
    if (e != ERR_OK)
        flow_login_done(login);
    return e;
}

static void begin(struct desk *d, struct request *r, struct reply *out)
{
    int wait_s = 0;

    flow_set_actor(d->flow, "desk:1");
    enum err e = begin_login(d, r, &wait_s);
    if (e == ERR_OK) {
        out->waits = true;
    } else if (e == ERR_LOCKED) {
        say_locked(wait_s, out);
    } else if (e == ERR_LIMIT) {
        reply_refuse(out, 429, "busy", _("Many people log in just now. Try again in a moment."));
        out->retry_s = 1;
    } else if (e == ERR_DENIED) {
        reply_refuse(out, 403, "denied", _("That is not right. Look at all fields."));
    } else {
        reply_err(out, e);
    }
}

/* Half an hour after the house closes; who comes after that may stay until midnight. */
static utc_ms ends_at(struct desk *d)
{
    const struct roster *ro = flow_roster(d->flow);
    const struct zone *z = flow_zone(d->flow);
    civil_day today = flow_today(d->flow);
    struct minute_span open[ROSTER_WINDOWS_MAX];
    utc_ms closes = 0, at[2];

    for (unsigned use = OPEN_WALK_IN; ro && use <= OPEN_APPOINTMENT; use++) {
        int n = roster_open_windows(ro, today, use, open);
        int k = n > 0 ? zone_instants(z, today, open[n - 1].to, at) : 0;
        closes = k > 0 && at[k - 1] > closes ? at[k - 1] : closes;
    }
    closes += AFTER_CLOSING_MS;
    return flow_now(d->flow) < closes ? closes : zone_day_start(z, today + 1);
}

static void post_login(struct desk *d, struct request *r, struct reply *out)
{
    struct staff who;
    char token[SESSION_TOKEN_SIZE];

    if (!r->knock) {
        begin(d, r, out);
        return;
    }
    flow_set_actor(d->flow, "desk:1");
    enum err e = flow_login_end(d->flow, r->knock->login, &who);
    if (e == ERR_DENIED) {
        reply_refuse(out, 403, "denied", _("That is not right. Look at all fields."));
    } else if (e != ERR_OK) {
        reply_err(out, e);
    } else {
        if (r->session) /* a new id at every login */
            session_end(r->session);
        struct session *s = session_begin(&d->sessions, d->setup->rng, &who, r->device,
                                          desk_mono(d), token);
        if (s) {
            s->ends = ends_at(d);
            put_cookie(d, token, out);
            reply_ok(out);
        } else {
            reply_refuse(out, 429, "full", _("Too many people are logged in."));
        }
        mem_wipe(token, sizeof(token));
    }
}

/* A coach who goes takes nobody any more, unless still logged in elsewhere. */
static void post_logout(struct desk *d, struct request *r, struct reply *out)
{
    const struct staff *s = &r->session->staff;

    if (s->coach[0] && !session_has_other(&d->sessions, r->session, desk_mono(d))) {
        enum err e = flow_at_work(d->flow, s->coach, false);
        d->failed = d->failed || e == ERR_IO;
    }
    session_end(r->session);
    r->session = NULL;
    put_cookie(d, "", out);
    reply_ok(out);
}

static void get_session(struct desk *d, struct request *r, struct reply *out)
{
    reply_json(out, json_pack("{s:s,s:I,s:s}", "token", r->session->csrf, "idle_s",
                              (json_int_t)(d->sessions.idle_ms / 1000), "coach",
                              r->session->staff.coach));
}

static void post_session(struct desk *d, struct request *r, struct reply *out)
{
    (void)d;
    (void)r; /* the touch was taken when the session was found */
    reply_ok(out);
}

static void post_at_work(struct desk *d, struct request *r, struct reply *out)
{
    if (!request_only(r, "at_work") || !json_is_boolean(json_object_get(r->json, "at_work"))) {
        reply_err(out, ERR_INVAL);
        return;
    }
    enum err e = flow_at_work(d->flow, r->session->staff.coach, request_flag(r, "at_work"));
    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
}

static void post_clock(struct desk *d, struct request *r, struct reply *out)
{
    enum err e = request_only(r, "") ? flow_clock_confirm(d->flow) : ERR_INVAL;

    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
}

const struct page page_login = { .path = "/login", .body_max = 1024, .no_csrf = true,
                                 .get = get_login, .post = post_login };
const struct page page_logout = { .path = "/logout", .roles = ROLE_ALL, .post = post_logout };
const struct page page_session = { .path = "/session", .roles = ROLE_ALL, .get = get_session,
                                   .post = post_session };
const struct page page_at_work = { .path = "/at-work", .roles = ROLE_COACH, .post = post_at_work };
const struct page page_clock = { .path = "/clock", .roles = ROLE_ALL, .post = post_clock };
