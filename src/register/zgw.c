/* Bodies of the ZGW profile: Zaken API 1.5.1 (register.md 3.2). */
#include <stdio.h>
#include <string.h>

#include "core/municipality.h"
#include "register/expand.h"
#include "register/types.h"

/* Lengths of the Zaken API, in code points. */
#define OMSCHRIJVING_MAX 80
#define TOELICHTING_MAX 1000
#define NAAM_MAX 200
#define AFWIJKENDE_NAAM_MAX 625

#define NAME_TEXT_SIZE (3 * PERSON_NAME_SIZE)

static void put_type(json_t *o, const char *key, enum register_type t)
{
    put_word(o, key, register_type_mark(t));
}

static void add_zaak(const struct register_settings *s, const struct outbox_record *r,
                     struct step_list *l)
{
    char key[REGISTER_KEY_SIZE], text[RECORD_TEXT_SIZE], day[LOCAL_TEXT_SIZE];
    json_t *o = json_object();
    register_zaak_key(r, key);
    put_word(o, "identificatie", key);
    put_word(o, "bronorganisatie", s->rsin);
    put_word(o, "verantwoordelijkeOrganisatie", s->rsin);
    snprintf(text, sizeof text, "%s Dynamo: %s",
             r->kind == RECORD_APPOINTMENT_BOOKED ? "Afspraak" : "Inloop",
             topic_text(r->person.topic));
    put_text(o, "omschrijving", text, OMSCHRIJVING_MAX);
    const struct municipality *m = municipality_find(r->person.municipality);
    /* "(Roosendaal)": every house is called Dynamo */
    const char *site = strncmp(r->site_name, "Dynamo ", 7) == 0 ? r->site_name + 7 : r->site_name;
    snprintf(text, sizeof text,
             "Aangemeld via kiosk %02d (%s). Onderwerp: %s. Woongemeente: %s (GM%s). "
             "Identiteit niet geverifieerd.",
             r->kiosk, site, topic_text(r->person.topic), m ? m->name : "elders",
             r->person.municipality);
    put_text(o, "toelichting", text, TOELICHTING_MAX);
    put_type(o, "zaaktype", TYPE_ZAAK);
    local_date(r->when, day);
    put_word(o, "registratiedatum", day);
    put_word(o, "startdatum", day);
    put_word(o, "vertrouwelijkheidaanduiding", "vertrouwelijk");
    json_object_set_new(o, "kenmerken",
                        json_pack("[{s:s, s:s}]", "kenmerk", r->chain.s, "bron", "Dynamo kiosk"));
    step_add(l, STEP_ZAAK, "", key, o);
}

static json_t *contact_of(const struct person *p, const char *name)
{
    json_t *o = json_object();
    put_text(o, "naam", name, NAAM_MAX);
    put_text(o, "telefoonnummer", p->phone, 20);
    put_text(o, "emailadres", p->email, 254);
    put_word(o, "functie", "");
    return o;
}

static json_t *person_of(const struct person *p, const char *number)
{
    char birth[CIVIL_DATE_SIZE];
    json_t *o = json_object();
    put_word(o, "anpIdentificatie", number);
    put_text(o, "voornamen", p->given, NAAM_MAX);
    put_text(o, "voorvoegselGeslachtsnaam", p->infix, 80);
    put_text(o, "geslachtsnaam", p->family, NAAM_MAX);
    civil_format(p->birth, birth);
    put_word(o, "geboortedatum", birth);
    return o;
}

static void add_initiator(const struct outbox_record *r, struct step_list *l)
{
    char name[NAME_TEXT_SIZE], number[REGISTER_KEY_SIZE];
    full_name(&r->person, name, sizeof name);
    /* our own number for this person in this chain, not one that follows them */
    snprintf(number, sizeof number, "DYN%02d-%08lld", r->kiosk, (long long)r->number);
    json_t *o = json_object();
    put_word(o, "zaak", "{zaak}");
    put_word(o, "betrokkeneType", "natuurlijk_persoon");
    put_type(o, "roltype", TYPE_ROL_INITIATOR);
    put_word(o, "roltoelichting", "Zelf aangemeld via kiosk; identiteit niet geverifieerd");
    put_text(o, "afwijkendeNaamBetrokkene", name, AFWIJKENDE_NAAM_MAX);
    if (r->person.phone[0] || r->person.email[0])
        json_object_set_new(o, "contactpersoonRol", contact_of(&r->person, name));
    json_object_set_new(o, "betrokkeneIdentificatie", person_of(&r->person, number));
    step_add(l, STEP_ROL_INITIATOR, "", number, o);
}

/* Who receives the visitor: the coach when one is named, else the house's team. */
static void add_behandelaar(const struct outbox_record *r, struct step_list *l)
{
    char key[REGISTER_KEY_SIZE], name[RECORD_NAME_SIZE + 16];
    bool coach = r->coach_id[0] != '\0';
    json_t *o = json_object(), *who = json_object();
    put_word(o, "zaak", "{zaak}");
    put_word(o, "betrokkeneType", coach ? "medewerker" : "organisatorische_eenheid");
    put_type(o, "roltype", TYPE_ROL_BEHANDELAAR);
    put_word(o, "roltoelichting",
             coach ? "Coach die de jongere ontvangt" : "Team dat de jongere ontvangt");
    if (coach) {
        snprintf(key, sizeof key, "%s", r->coach_id);
        put_word(who, "identificatie", key);
        put_text(who, "achternaam", r->coach_name[0] ? r->coach_name : r->coach_id, NAAM_MAX);
    } else {
        snprintf(key, sizeof key, "dynamo-%.50s", r->site_id);
        snprintf(name, sizeof name, "Inloophuis %s", r->site_name);
        put_word(who, "identificatie", key);
        put_text(who, "naam", name, NAAM_MAX);
    }
    json_object_set_new(o, "betrokkeneIdentificatie", who);
    step_add(l, STEP_ROL_BEHANDELAAR, "", key, o);
}

static void add_status(const struct outbox_record *r, enum register_type type, const char *text,
                       struct step_list *l)
{
    char at[RECORD_TIME_SIZE];
    record_time_text((struct record_time){ r->when.at, 0 }, true, at);
    snprintf(strchr(at, '+'), 2, "Z");
    json_t *o = json_object();
    put_word(o, "zaak", "{zaak}");
    put_type(o, "statustype", type);
    put_word(o, "datumStatusGezet", at);
    put_text(o, "statustoelichting", text, TOELICHTING_MAX);
    step_add(l, STEP_STATUS, "", at, o);
}

static void add_property(enum register_type type, const char *value, struct step_list *l)
{
    json_t *o = json_object();
    put_word(o, "zaak", "{zaak}");
    put_type(o, "eigenschap", type);
    put_word(o, "waarde", value);
    step_add(l, STEP_EIGENSCHAP, register_type_name(type), register_type_name(type), o);
}

/* The status that a kind of record sets; TYPE_COUNT for one that sets none. */
static enum register_type status_of(enum record_kind kind)
{
    switch (kind) {
    case RECORD_WALKIN_REGISTERED:
    case RECORD_VISIT_REDIRECTED: /* waits again, for somebody else */
        return TYPE_STATUS_REGISTERED;
    case RECORD_APPOINTMENT_BOOKED:
    case RECORD_APPOINTMENT_CHANGED:
        return TYPE_STATUS_BOOKED;
    case RECORD_APPOINTMENT_CANCELLED:
        return TYPE_STATUS_CANCELLED;
    case RECORD_VISIT_ATTENDED:
        return TYPE_STATUS_ATTENDED;
    case RECORD_VISIT_NO_SHOW:
        return TYPE_STATUS_NO_SHOW;
    case RECORD_PRIVACY_NOTICE_SHOWN:
    case RECORD_CONSENT_REMINDER:
    case RECORD_NONE:
    case RECORD_KIND_COUNT:
        break;
    }
    return TYPE_COUNT;
}

static void add_properties(const struct outbox_record *r, struct step_list *l)
{
    char at[RECORD_TIME_SIZE], value[RECORD_TIME_SIZE + 32];
    if (r->kind == RECORD_APPOINTMENT_BOOKED || r->kind == RECORD_APPOINTMENT_CHANGED) {
        record_time_text(r->start, false, at);
        add_property(TYPE_PROP_APPOINTMENT, at, l);
    }
    if (r->kind == RECORD_PRIVACY_NOTICE_SHOWN) {
        record_time_text(r->when, false, at);
        snprintf(value, sizeof value, "%s versie %s", at, r->notice_version);
        add_property(TYPE_PROP_NOTICE, value, l);
    }
    if (r->kind == RECORD_CONSENT_REMINDER)
        add_property(TYPE_PROP_REMINDER, r->consent_given ? "ja" : "nee", l);
}

void zgw_expand(const struct register_settings *s, const struct outbox_record *r,
                struct step_list *l)
{
    char text[RECORD_TEXT_SIZE];
    bool opens = record_opens_chain(r);
    enum register_type status = status_of(r->kind);
    if (opens) {
        add_zaak(s, r, l);
        add_initiator(r, l);
        add_behandelaar(r, l);
    } else if (r->kind == RECORD_VISIT_REDIRECTED && r->coach_id[0]) {
        add_behandelaar(r, l);
    }
    event_text(r, text);
    if (status != TYPE_COUNT)
        add_status(r, status, text, l);
    else if (opens) /* a zaak counts as complete with its first status */
        add_status(r, TYPE_STATUS_REGISTERED, "Aangemeld bij de kiosk", l);
    add_properties(r, l);
}
