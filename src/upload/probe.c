#include "upload/probe.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "register/link.h"
#include "upload/setup.h"

#define CLOCK_OFF_S 60 /* tokens and the instants of statuses are judged by the register's clock \
                        */

/* An identificatie that no case has; in Open Klant an object that nobody registered. */
#define NOBODY "00000000000000000000000000"

enum place { PLACE_TYPES, PLACE_CASES, PLACE_COUNT };

struct probe {
    const struct probe_options *o;
    struct register_settings settings;
    struct setup_client client;
    struct register_link link;
    struct register_types types;
    struct http_answer answers[PLACE_COUNT]; /* of the first contact */
    struct register_problem problems[PLACE_COUNT];
    bool spoken[PLACE_COUNT]; /* the answer was of an API, not of something before it */
    int places;
    bool settled, reached, trusted, known, types_readable; /* what the checks so far have shown */
};

const char *probe_state_name(enum probe_state s)
{
    return s == PROBE_OK ? "ok" : s == PROBE_WRONG ? "wrong" : "skipped";
}

PRINTF_LIKE(2, 3) static void found(struct probe_finding *f, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(f->found, sizeof f->found, fmt, args);
    va_end(args);
}

PRINTF_LIKE(2, 3) static void ask(struct probe_finding *f, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    vsnprintf(f->ask, sizeof f->ask, fmt, args);
    va_end(args);
    f->state = PROBE_WRONG;
}

static void skip(struct probe_finding *f, const char *why)
{
    found(f, "%s", why);
    f->state = PROBE_SKIPPED;
}

static bool is_zgw(const struct probe *p)
{
    return p->settings.profile == REGISTER_ZGW;
}

static const char *base_of(const struct probe *p, int place)
{
    return !is_zgw(p)             ? p->settings.klantinteracties_url
           : place == PLACE_TYPES ? p->settings.catalogi_url
                                  : p->settings.zaken_url;
}

static const char *option_of(const struct probe *p, int place)
{
    return !is_zgw(p)             ? "klantinteracties_url"
           : place == PLACE_TYPES ? "catalogi_url"
                                  : "zaken_url";
}

/* ---- settings ---- */

static void check_settings(struct probe *p, struct probe_finding *f)
{
    const char *what = "";
    enum err e = setup_settings(p->o->config, !p->o->simulated, &p->settings, &what);
    if (e) {
        found(f, "[register] %s: %s.", what,
              e == ERR_INVAL ? "missing or not of its "
                               "form"
                             : err_text(e));
        if (e == ERR_DENIED)
            ask(f, "Let only the user of dynamo-upload read that file (mode 0600 or 0640).");
        else
            ask(f, "Set it in the configuration; the register's administrator knows its value.");
        return;
    }
    if (p->settings.profile == REGISTER_NONE) {
        found(f, "[register] profile is none: records stay queued.");
        ask(f, "Ask which APIs the register offers: Zaken (profile zgw) or Klantinteracties.");
        return;
    }
    if (p->o->simulated && !setup_is_loopback(&p->settings)) {
        found(f, "The database is a simulated one; its register must be on this machine.");
        ask(f, "Test with the database of the house, or with the stand-in register.");
        return;
    }
    if (!p->o->port && setup_client(p->o->config, p->o->simulated, &p->client) != ERR_OK) {
        found(f, "[register] ca_file, cert_file, key_file or proxy cannot be used.");
        ask(f, "Ask for the certificates anew, or correct the names of the files.");
        return;
    }
    p->settled = true;
    p->places = is_zgw(p) ? PLACE_COUNT : 1;
    register_link_init(&p->link, &p->settings, p->o->port ? p->o->port : &p->client.port,
                       p->o->clock);
    found(f, "Profile %s, complete.", register_profile_name(p->settings.profile));
}

/* ---- the first contact ---- */

static void contact(struct probe *p, int place)
{
    struct register_call c = { .method = "GET" };
    const char *base = base_of(p, place);
    if (!is_zgw(p))
        snprintf(c.url, sizeof c.url,
                 "%s/klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=" NOBODY,
                 base);
    else if (place == PLACE_TYPES)
        snprintf(c.url, sizeof c.url, "%s/zaaktypen?identificatie=%s&status=definitief", base,
                 p->settings.zaaktype);
    else
        snprintf(c.url, sizeof c.url, "%s/zaken?identificatie=DYN-00-" NOBODY "&bronorganisatie=%s",
                 base, p->settings.rsin);
    struct http_answer *a = &p->answers[place];
    if (register_link_exchange(&p->link, &c, a) != ERR_OK)
        *a = (struct http_answer){ .fault = HTTP_FAULT_LOCAL, .retry_after_s = -1 };
    p->spoken[place] = register_problem_read(a, &p->problems[place]);
}

/* Says what is wrong with the address itself; false when nothing is. */
static bool say_unreached(const struct probe *p, int place, struct probe_finding *f)
{
    const char *option = option_of(p, place);
    switch (p->answers[place].fault) {
    case HTTP_FAULT_DNS:
        found(f, "%s: its name is not known.", option);
        ask(f, "Ask for the right address, or why the name server here does not know it.");
        return true;
    case HTTP_FAULT_CONNECT:
    case HTTP_FAULT_TIMEOUT:
        found(f, "%s: nobody answers there (%s).", option,
              http_fault_name(p->answers[place].fault));
        ask(f, "Ask for the right address and port, and whether a firewall must let this kiosk "
               "out.");
        return true;
    case HTTP_FAULT_RESET:
        found(f, "%s: the connection is broken off.", option);
        ask(f, "Ask whether the register wants a client certificate, and accepts the one of "
               "cert_file.");
        return true;
    case HTTP_FAULT_TOO_BIG:
    case HTTP_FAULT_PROTOCOL:
        found(f, "%s: what answers there is no web service (%s).", option,
              http_fault_name(p->answers[place].fault));
        ask(f, "Ask for the right address and port.");
        return true;
    case HTTP_FAULT_REFUSED:
    case HTTP_FAULT_LOCAL:
        found(f, "%s: our own rules or this machine refuse the call (%s).", option,
              http_fault_name(p->answers[place].fault));
        ask(f, "The address must begin with https://.");
        return true;
    case HTTP_FAULT_NONE:
    case HTTP_FAULT_TLS: /* somebody is there: a matter of certificates */
    case HTTP_FAULT_CERT:
    case HTTP_FAULT_COUNT:
        break;
    }
    return false;
}

/* Somebody answers: is it the API? */
static bool say_other_api(const struct probe *p, int place, struct probe_finding *f)
{
    const struct http_answer *a = &p->answers[place];
    const char *option = option_of(p, place);
    if (a->fault)
        return false;
    if (a->status >= 300 && a->status < 400) {
        found(f, "%s: sends us on to another address (HTTP %d); that is not followed.", option,
              a->status);
        ask(f, "Ask for the final address of the API, and whether a login page of the network "
               "stands in between.");
        return true;
    }
    if (a->status == 404 || a->status == 410 || !p->spoken[place]) {
        found(f, "%s: somebody answers, but not this API (HTTP %d).", option, a->status);
        ask(f, "Ask for the whole address of the API, with its path (.../api/v1). Where a gateway "
               "answers in its place: whether it wants a client certificate or extra_headers.");
        return true;
    }
    if (a->status == 429 || a->status >= 500) {
        found(f, "%s: out of order or too busy at this moment (HTTP %d).", option, a->status);
        ask(f, "Try again later; if it stays so, ask whether the register has a fault.");
        return true;
    }
    return false;
}

static void check_address(struct probe *p, struct probe_finding *f)
{
    if (!p->settled) {
        skip(f, "The settings come first.");
        return;
    }
    for (int i = 0; i < p->places; i++) {
        contact(p, i);
        if (say_unreached(p, i, f) || say_other_api(p, i, f))
            return;
    }
    p->reached = true;
    found(f, "The register answers.");
}

static void check_certificate(struct probe *p, struct probe_finding *f)
{
    if (!p->reached) {
        skip(f, "The address comes first.");
        return;
    }
    for (int i = 0; i < p->places; i++) {
        if (p->answers[i].fault == HTTP_FAULT_CERT) {
            found(f,
                  "%s: the certificate there is not to be trusted: expired, for another name, "
                  "or "
                  "not of %s.",
                  option_of(p, i),
                  p->o->config->reg.ca_file[0] ? "ca_file"
                                               : "an authority that this machine "
                                                 "knows");
            ask(f, "First make sure that the clock here is right. Then ask for the certificate of "
                   "the "
                   "authority (ca_file), and until when the register's own is valid.");
            return;
        }
        if (p->answers[i].fault == HTTP_FAULT_TLS) {
            found(f, "%s: no safe connection comes about.", option_of(p, i));
            ask(f, "Ask whether TLS 1.2 or newer is on there, and which client certificate it "
                   "wants.");
            return;
        }
    }
    p->trusted = true;
    bool plain = strncmp(base_of(p, 0), "http:", 5) == 0;
    found(f, "%s",
          plain ? "None is needed: the register is on this machine."
                : "It can be "
                  "trusted.");
}

static void check_clock(struct probe *p, struct probe_finding *f)
{
    if (p->o->clock_unsure) {
        found(f, "The time here is unsure; nothing is sent until it is confirmed.");
        ask(f, "Look at dynamoctl clock status; a coach confirms the date at the desk.");
        return;
    }
    if (p->o->simulated) {
        found(f, "It is a simulated one.");
        return;
    }
    int64_t there = p->trusted ? p->answers[0].server_time_s : -1;
    if (there < 0) {
        skip(f, "Sure by our own rules; the register did not say its time.");
        return;
    }
    int64_t off = clock_wall_ms(p->o->clock) / SECOND_MS - there;
    found(f, "It differs by %lld s from the register's.", (long long)off);
    if (off > CLOCK_OFF_S || off < -CLOCK_OFF_S)
        ask(f, "Mend the clock here (time service, battery). If it is right, tell the register's "
               "administrator that theirs is not.");
}

/* ---- who we are, and what we may ---- */

static void say_credential(const char *code, int status, struct probe_finding *f)
{
    found(f, "They are not accepted (HTTP %d, %s).", status, code[0] ? code : "no code");
    if (strcmp(code, "invalid-client-identifier") == 0 ||
        strcmp(code, "missing-client-identifier") == 0)
        ask(f, "Ask whether an application with our client_id is registered there.");
    else if (strcmp(code, "jwt-expired") == 0)
        ask(f, "Ask whether the register's clock is right; ours signs with its own time.");
    else
        ask(f, "Ask for the secret or token anew and put it into secret_file.");
}

static void check_credentials(struct probe *p, struct probe_finding *f)
{
    if (!p->trusted) {
        skip(f, "Address and certificate come first.");
        return;
    }
    for (int i = 0; i < p->places; i++) {
        const struct register_problem *w = &p->problems[i];
        if (w->status == 401 || (w->status == 403 && strcmp(w->code, "permission_denied") != 0)) {
            say_credential(w->code, w->status, f);
            return;
        }
    }
    p->known = true;
    found(f, "They are accepted.");
}

/* Offers a case that lacks what every case must have: 400 says that we might have made one. */
static int offer_no_case(struct probe *p)
{
    char body[REGISTER_URL_SIZE + 200];
    struct register_call c = { .method = "POST" };
    struct http_answer a = { 0 };
    snprintf(c.url, sizeof c.url, "%s/zaken", p->settings.zaken_url);
    snprintf(body, sizeof body,
             "{\"zaaktype\":\"%s\",\"vertrouwelijkheidaanduiding\":\"vertrouwelijk\","
             "\"startdatum\":\"geen datum\"}",
             p->types.url[TYPE_ZAAK]);
    c.body = mem_dup_str(body);
    int status = 0;
    if (c.body && register_link_exchange(&p->link, &c, &a) == ERR_OK)
        status = a.fault ? 0 : a.status;
    http_answer_done(&a);
    register_call_done(&c);
    return status;
}

static void load_types(struct probe *p)
{
    struct register_verdict v = { 0 };
    enum err e = register_types_load(&p->link, &v, &p->types);
    p->types_readable = e == ERR_OK || e == ERR_NOT_FOUND;
}

static void check_scopes(struct probe *p, struct probe_finding *f)
{
    static const char *const scope[PLACE_COUNT] = { "catalogi.lezen", "zaken.lezen" };
    if (!p->known) {
        skip(f, "The credentials come first.");
        return;
    }
    if (!is_zgw(p)) {
        if (p->problems[0].status == 403) {
            found(f, "The token may not read.");
            ask(f, "Ask for a token with the rights to read and to write klantcontacten.");
            return;
        }
        found(f, "The token may read; Open Klant knows no finer rights.");
        return;
    }
    if (p->problems[PLACE_TYPES].status != 403)
        load_types(p);
    for (int i = 0; i < p->places; i++)
        if (p->problems[i].status == 403) {
            found(f, "The scope %s is missing.", scope[i]);
            ask(f, "Ask for it, for the zaaktype %s.", p->settings.zaaktype);
            return;
        }
    if (p->types.url[TYPE_ZAAK][0] == '\0') {
        found(f, "We may read; what we may write cannot be tried without the zaaktype.");
        return;
    }
    int status = offer_no_case(p);
    if (status == 403) {
        found(f, "The scope zaken.aanmaken is missing.");
        ask(f,
            "Ask for zaken.aanmaken, zaken.bijwerken and zaken.statussen.toevoegen on %s, up to "
            "vertrouwelijkheidaanduiding vertrouwelijk.",
            p->settings.zaaktype);
    } else if (status == 400) {
        found(f, "We may read and make cases. Not to be tried without one: zaken.bijwerken and "
                 "zaken.statussen.toevoegen.");
    } else {
        found(f, "A case that cannot be valid was answered with HTTP %d, not with a refusal.",
              status);
        ask(f, "Ask whether this is the register itself, and show this line.");
    }
}

/* ---- types ---- */

static void list_missing(const struct register_types *t, char *out, size_t n)
{
    size_t used = 0;
    out[0] = '\0';
    for (int i = 0; i < TYPE_COUNT && used < n; i++)
        if (t->url[i][0] == '\0')
            used += (size_t)snprintf(out + used, n - used, "%s%s", used ? ", " : "",
                                     register_type_name((enum register_type)i));
}

static void check_actor(struct probe *p, struct probe_finding *f)
{
    struct register_call c = { .method = "GET" };
    struct http_answer a = { 0 };
    if (!p->known || p->settings.actor[0] == '\0') {
        skip(f, p->known ? "No actor is set: no internal tasks are made."
                         : "The credentials come "
                           "first.");
        return;
    }
    snprintf(c.url, sizeof c.url, "%s/actoren/%s", p->settings.klantinteracties_url,
             p->settings.actor);
    int status = register_link_exchange(&p->link, &c, &a) == ERR_OK && !a.fault ? a.status : 0;
    http_answer_done(&a);
    found(f,
          status == 200 ? "The actor of the internal tasks is there."
                        : "The actor of the internal tasks is not there (HTTP %d).",
          status);
    if (status != 200)
        ask(f, "Ask for the uuid of the actor who is to get the walk-ins, and set actor to it.");
}

static void check_types(struct probe *p, struct probe_finding *f)
{
    char missing[200];
    if (!is_zgw(p) && p->settled) {
        check_actor(p, f);
        return;
    }
    if (!p->known || p->problems[PLACE_TYPES].status == 403) {
        skip(f, p->known ? "The scope to read them comes first." : "The credentials come first.");
        return;
    }
    if (!p->types_readable) {
        found(f, "The catalogue could not be read to its end.");
        ask(f, "Try again; if it stays so, ask whether the Catalogi API has a fault.");
        return;
    }
    list_missing(&p->types, missing, sizeof missing);
    if (p->types.url[TYPE_ZAAK][0] == '\0') {
        found(f, "No published zaaktype %s is valid today.", p->settings.zaaktype);
        ask(f, "Ask for that zaaktype to be made and published, or for the name that it has "
               "there.");
    } else if (missing[0]) {
        found(f, "The zaaktype is there, but lacks: %s.", missing);
        ask(f, "Ask for these statustypen, roltypen and eigenschappen to be added and published.");
    } else {
        found(f, "The zaaktype %s and all that belongs to it are there.", p->settings.zaaktype);
    }
}

void probe_run(const struct probe_options *o, struct probe_finding ret_findings[PROBE_CHECKS])
{
    static const struct {
        const char *name;
        void (*run)(struct probe *p, struct probe_finding *f);
    } checks[PROBE_CHECKS] = {
        { "settings", check_settings },
        { "address", check_address },
        { "certificate", check_certificate },
        { "clock", check_clock },
        { "credentials", check_credentials },
        { "scopes", check_scopes },
        { "types", check_types },
    };
    struct probe p = { .o = o };
    for (size_t i = 0; i < PROBE_CHECKS; i++) {
        ret_findings[i] = (struct probe_finding){ .check = checks[i].name, .state = PROBE_OK };
        checks[i].run(&p, &ret_findings[i]);
    }
    for (size_t i = 0; i < PLACE_COUNT; i++)
        http_answer_done(&p.answers[i]);
    register_link_done(&p.link);
    setup_client_done(&p.client);
    register_settings_wipe(&p.settings);
}
