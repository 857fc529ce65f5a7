#include "screens/session.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/age.h"
#include "i18n/lang.h"

static enum ui_theme theme_of(const char *name)
{
    for (int t = 0; t < UI_THEME_COUNT; t++)
        if (strcmp(ui_theme_name((enum ui_theme)t), name) == 0)
            return (enum ui_theme)t;
    return UI_LIGHT;
}

void session_init(struct session *s, struct host *host)
{
    const struct i18n_lang *lang = i18n_lang(host->config->display.lang);

    *s = (struct session){ .host = host };
    snprintf(s->prefs.lang, sizeof(s->prefs.lang), "%s", lang ? lang->code : "nl");
    s->prefs.theme = theme_of(host->config->display.theme);
    s->prefs.large = strcmp(host->config->display.text, "large") == 0;
}

void session_release(struct session *s)
{
    if (s->hold.id.s[0] && flow_release(s->host->flow, &s->hold.id) != ERR_OK)
        s->hold_gone = true; /* it runs out by itself */
    s->hold = (struct hold){ 0 };
    s->hold_extended = s->hold_gone = false;
}

void session_wipe(struct session *s)
{
    struct host *host = s->host;

    session_release(s);
    flow_set_actor(host->flow, host->device);
    mem_wipe(s, sizeof(*s));
    session_init(s, host);
}

void session_now(struct session *s, int64_t mono)
{
    s->mono = mono;
    s->now = flow_now(s->host->flow);
    struct local_time local = session_local(s, s->now);
    s->today = local.day;
    s->minute = local.minute;
}

struct local_time session_local(const struct session *s, utc_ms at)
{
    return zone_local(flow_zone(s->host->flow), at);
}

bool session_has_data(const struct session *s)
{
    const struct answers *a = &s->a;

    return a->day || a->month || a->year || a->given[0] || a->surname[0] || a->municipality[0] ||
           a->topic_said || a->phone[0] || a->email[0] || s->code[0] || s->found.id.s[0] ||
           s->hold.id.s[0] || s->visit.s[0] || s->staff.chosen.id[0];
}

bool session_birth(const struct session *s, civil_day *ret_day)
{
    struct civil_date d = { s->a.year, s->a.month, s->a.day };

    if (!d.year || !d.month || !d.day || !civil_date_valid(d))
        return false;
    *ret_day = civil_day_of(d);
    return true;
}

/* To somebody for whom the infix is a part of the name. */
static void join_infix(struct person *p)
{
    char whole[PERSON_INFIX_SIZE + PERSON_NAME_SIZE];

    if (!p->infix[0])
        return;
    int n = snprintf(whole, sizeof(whole), "%s %s", p->infix, p->family);
    if (n > 0 && (size_t)n < sizeof(p->family)) {
        memcpy(p->family, whole, (size_t)n + 1);
        p->infix[0] = '\0';
    }
    mem_wipe(whole, sizeof(whole));
}

enum err session_person(const struct session *s, struct person *ret_person)
{
    const struct answers *a = &s->a;
    struct person p = { .topic = a->topic_said ? a->topic : TOPIC_UNSAID };
    struct person_fault fault;

    if (!session_birth(s, &p.birth))
        return ERR_INVAL;
    fault = person_set_name(&p, a->one_name ? NULL : a->given, a->surname);
    if (fault.why != PERSON_FINE)
        return ERR_INVAL;
    if (a->whole)
        join_infix(&p);
    snprintf(p.municipality, sizeof(p.municipality), "%s", a->municipality);
    snprintf(p.lang, sizeof(p.lang), "%s", s->prefs.lang);
    if (a->way == CONTACT_PHONE && phone_parse(a->phone, p.phone) != ERR_OK)
        return ERR_INVAL;
    if (a->way == CONTACT_EMAIL)
        snprintf(p.email, sizeof(p.email), "%s", a->email);
    *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return ERR_OK;
}

int session_service(const struct session *s, unsigned open_for)
{
    const struct roster *r = flow_roster(s->host->flow);

    if (!r)
        return -1;
    return roster_route(r, s->a.topic_said ? s->a.topic : TOPIC_UNSAID, open_for);
}

void session_qr(struct session *s, const char *text)
{
    size_t n = strlen(text);

    s->qr.side = 0;
    s->qr_text[0] = '\0';
    if (n == 0 || n >= sizeof(s->qr_text) || !s->host->qr || !s->host->qr(text, &s->qr)) {
        s->qr.side = 0;
        return;
    }
    memcpy(s->qr_text, text, n + 1);
}
