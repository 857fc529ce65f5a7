#include "desk/forms.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/words.h"

#define FREE_DAYS 28
#define FREE_MAX 160
#define FREE_STEP_MINUTES 30

/* ---- free times ---- */

static void free_option(struct desk *d, const struct forms_free *f, const struct slot *s,
                        struct buf *o)
{
    const struct roster_coach *c = &flow_roster(d->flow)->coaches[s->coach];
    char at[RFC3339_SIZE], value[RFC3339_SIZE + ROSTER_ID_SIZE + 1];
    CLEANUP(buf_done) struct buf label = buf_make(400);

    rfc3339_format(s->start, zone_offset_s(flow_zone(d->flow), s->start), at);
    snprintf(value, sizeof(value), f->coach ? "%s" : "%s %s", at, c->id);
    words_clock(&label, d->flow, s->start);
    if (!f->coach) {
        buf_adds(&label, " · ");
        buf_adds(&label, c->name);
    }
    html_option(o, value, buf_str(&label), s->start == f->chosen);
}

/* By day; on the half hour only, as a longer list is not read, and what is chosen already. */
static void free_options(struct desk *d, const struct forms_free *f, const struct free_list *l,
                         struct buf *o)
{
    civil_day day = CIVIL_DAY_NONE;
    int all = 0;

    for (size_t i = 0; i < l->n && all < FREE_MAX; i++) {
        struct local_time t = zone_local(flow_zone(d->flow), l->v[i].start);
        if (t.minute % FREE_STEP_MINUTES != 0 && l->v[i].start != f->chosen)
            continue;
        if (t.day != day) {
            CLEANUP(buf_done) struct buf name = buf_make(120);
            words_date(&name, d->flow, t.day);
            buf_adds(o, day == CIVIL_DAY_NONE ? "<optgroup" : "</optgroup><optgroup");
            html_attr(o, "label", buf_str(&name));
            buf_addc(o, '>');
            day = t.day;
        }
        free_option(d, f, &l->v[i], o);
        all++;
    }
    if (day != CIVIL_DAY_NONE)
        buf_adds(o, "</optgroup>");
}

void forms_free_times(struct desk *d, const struct forms_free *f, struct buf *o)
{
    CLEANUP(free_list_done) struct free_list l = { 0 };
    civil_day first = flow_today(d->flow);

    if (f->chosen && zone_day(flow_zone(d->flow), f->chosen) > first + FREE_DAYS)
        first = zone_day(flow_zone(d->flow), f->chosen); /* found in a later week */
    enum err e = flow_free(d->flow, f->service, f->coach, first, first + FREE_DAYS, &l);

    buf_addf(o, "<label for=\"%s\">", f->name);
    html_esc(o, f->label);
    buf_addf(o, "</label><select id=\"%s\" name=\"%s\"%s>", f->name, f->name,
             f->none ? "" : " required");
    if (f->none)
        html_option(o, "", f->none, true);
    if (e == ERR_OK)
        free_options(d, f, &l, o);
    buf_adds(o, "</select>");
    if (e != ERR_OK || l.n == 0) {
        buf_adds(o, "<p class=\"hint\">");
        html_esc(o, _("There is no free time in the coming 4 weeks."));
        buf_adds(o, "</p>");
    }
}

bool forms_read_time(const char *value, utc_ms *ret_at, char coach[ROSTER_ID_SIZE],
                     const char **ret_coach)
{
    char at[RFC3339_SIZE];
    size_t n = value ? strcspn(value, " ") : 0;

    if (n == 0 || n >= sizeof(at))
        return false;
    memcpy(at, value, n);
    at[n] = '\0';
    const char *who = value[n] ? value + n + 1 : "";
    if (rfc3339_parse(at, ret_at) != ERR_OK || strlen(who) >= ROSTER_ID_SIZE)
        return false;
    memcpy(coach, who, strlen(who) + 1);
    *ret_coach = who[0] ? coach : NULL;
    return true;
}

/* ---- a person ---- */

static void field(struct buf *o, const char *name, const char *label, const char *value,
                  const char *more)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><input id=\"%s\" name=\"%s\" autocomplete=\"off\" %s", name, name, more);
    if (value[0])
        html_attr(o, "value", value);
    buf_adds(o, "></div>");
}

static void select_begin(struct buf *o, const char *name, const char *label)
{
    buf_addf(o, "<div class=\"field\"><label for=\"%s\">", name);
    html_esc(o, label);
    buf_addf(o, "</label><select id=\"%s\" name=\"%s\">", name, name);
}

static void topics_and_langs(const struct person *p, struct buf *o)
{
    size_t n;
    const struct i18n_lang *langs = i18n_langs(&n);

    select_begin(o, "topic", _("What for"));
    for (int t = 0; t < TOPIC_COUNT; t++)
        html_option(o, topic_name((enum topic)t), words_topic((enum topic)t),
                    p->topic == (enum topic)t);
    buf_adds(o, "</select></div>");
    select_begin(o, "lang", _("Language"));
    for (size_t i = 0; i < n; i++)
        if (!langs[i].pseudo)
            html_option(o, langs[i].code, langs[i].own_name,
                        p->lang[0] ? strcmp(p->lang, langs[i].code) == 0 : i == 0);
    buf_adds(o, "</select></div>");
}

static void municipalities(const char *chosen, struct buf *o)
{
    select_begin(o, "municipality", _("Municipality"));
    for (size_t i = 0; municipality_at(i); i++)
        html_option(o, municipality_at(i)->code, municipality_at(i)->name,
                    strcmp(chosen, municipality_at(i)->code) == 0);
    if (chosen[0] && !municipality_find(chosen))
        html_option(o, chosen, chosen, true);
    buf_adds(o, "</select></div>");
}

void forms_person_with(struct desk *d, const struct request *r, bool reach,
                       const struct person *p, struct buf *o)
{
    const struct roster *ro = flow_roster(d->flow);
    char family[PERSON_NAME_SIZE + PERSON_INFIX_SIZE], born[CIVIL_DATE_SIZE] = "";

    (void)r;
    snprintf(family, sizeof(family), "%s%s%s", p->infix, p->infix[0] ? " " : "", p->family);
    if (p->family[0])
        civil_format(p->birth, born);
    buf_adds(o, "<div class=\"fields\">");
    field(o, "given", _("First name"), p->given, "maxlength=\"40\" autofocus");
    field(o, "family", _("Last name, or the only name"), family, "maxlength=\"60\" required");
    field(o, "birth", _("Born"), born, "type=\"date\" min=\"1990-01-01\" required");
    municipalities(p->municipality[0] ? p->municipality : ro ? ro->site.municipality : "", o);
    topics_and_langs(p, o);
    if (reach) {
        field(o, "phone", _("Phone"), p->phone, "type=\"tel\" maxlength=\"24\"");
        field(o, "email", _("E-mail"), p->email, "type=\"email\" maxlength=\"64\"");
    }
    buf_adds(o, "</div>");
    mem_wipe(family, sizeof(family));
    mem_wipe(born, sizeof(born));
}

void forms_person(struct desk *d, const struct request *r, bool reach, struct buf *o)
{
    forms_person_with(d, r, reach, &(struct person){ .topic = TOPIC_SCHOOL }, o);
}

static bool fault(struct reply *out, enum person_field field)
{
    reply_err(out, ERR_INVAL);
    json_t *j = json_loads(buf_str(&out->body), 0, NULL);
    json_object_set_new(j, "field", json_string(person_field_name(field)));
    reply_json(out, j);
    return false;
}

static bool put_text(const struct request *r, const char *name, char *out, size_t n)
{
    const char *s = request_text(r, name);

    if (!s)
        s = "";
    if (strlen(s) >= n)
        return false;
    memcpy(out, s, strlen(s) + 1);
    return true;
}

bool forms_read_person(struct desk *d, const struct request *r, struct person *ret_person,
                       struct reply *out)
{
    struct person p = { 0 };
    const char *given = request_text(r, "given"), *family = request_text(r, "family");
    const char *birth = request_text(r, "birth"), *phone = request_text(r, "phone");
    const char *topic = request_text(r, "topic");
    struct person_fault f = person_set_name(&p, given && given[0] ? given : NULL,
                                            family ? family : "");

    if (f.why != PERSON_FINE)
        return fault(out, f.field);
    if (!birth || civil_parse(birth, &p.birth) != ERR_OK)
        return fault(out, PERSON_BIRTH);
    if (!put_text(r, "municipality", p.municipality, sizeof(p.municipality)))
        return fault(out, PERSON_MUNICIPALITY);
    if (!topic || topic_of(topic, &p.topic) != ERR_OK)
        return fault(out, PERSON_TOPIC);
    if (phone && phone[0] && phone_parse(phone, p.phone) != ERR_OK)
        return fault(out, PERSON_PHONE);
    if (!put_text(r, "email", p.email, sizeof(p.email)))
        return fault(out, PERSON_EMAIL);
    if (!put_text(r, "lang", p.lang, sizeof(p.lang)))
        return fault(out, PERSON_LANG);
    f = person_check(&p, flow_today(d->flow));
    if (f.why != PERSON_FINE)
        return fault(out, f.field);
    *ret_person = p;
    mem_wipe(&p, sizeof(p));
    return true;
}
