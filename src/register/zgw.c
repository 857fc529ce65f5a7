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

static void put_type(struct buf *b, const char *key, enum register_type t)
{
    put_word(b, key, register_type_mark(t));
}

static void put_subject(struct buf *b, const struct outbox_record *r)
{
    char text[RECORD_TEXT_SIZE];
    snprintf(text, sizeof text, "%s Dynamo: %s",
             r->kind == RECORD_APPOINTMENT_BOOKED ? "Afspraak" : "Inloop",
             topic_text(r->person.topic));
    put_text(b, "omschrijving", text, OMSCHRIJVING_MAX);
    const struct municipality *m = municipality_find(r->person.municipality);
    /* "(Roosendaal)": every house is called Dynamo */
    const char *site = strncmp(r->site_name, "Dynamo ", 7) == 0 ? r->site_name + 7 : r->site_name;
    snprintf(text, sizeof text,
             "Aangemeld via kiosk %02d (%s). Onderwerp: %s. Woongemeente: %s (GM%s). "
             "Identiteit niet geverifieerd.",
             r->kiosk, site, topic_text(r->person.topic), m ? m->name : "elders",
             r->person.municipality);
    put_text(b, "toelichting", text, TOELICHTING_MAX);
}

static void add_zaak(const struct register_settings *s, const struct outbox_record *r,
                     struct step_list *l)
{
    char key[REGISTER_KEY_SIZE], day[LOCAL_TEXT_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    register_zaak_key(r, key);
    local_date(r->when, day);
    put_open(&b, NULL, '{');
    put_word(&b, "identificatie", key);
    put_word(&b, "bronorganisatie", s->rsin);
    put_word(&b, "verantwoordelijkeOrganisatie", s->rsin);
    put_subject(&b, r);
    put_type(&b, "zaaktype", TYPE_ZAAK);
    put_word(&b, "registratiedatum", day);
    put_word(&b, "startdatum", day);
    put_word(&b, "vertrouwelijkheidaanduiding", "vertrouwelijk");
    put_open(&b, "kenmerken", '[');
    put_open(&b, NULL, '{');
    put_word(&b, "kenmerk", r->chain.s);
    put_word(&b, "bron", "Dynamo kiosk");
    put_close(&b, '}');
    put_close(&b, ']');
    put_close(&b, '}');
    step_add(l, STEP_ZAAK, "", key, &b);
}

static void put_contact(struct buf *b, const struct person *p, const char *name)
{
    put_open(b, "contactpersoonRol", '{');
    put_text(b, "naam", name, NAAM_MAX);
    put_text(b, "telefoonnummer", p->phone, 20);
    put_text(b, "emailadres", p->email, 254);
    put_word(b, "functie", "");
    put_close(b, '}');
}

static void put_person(struct buf *b, const struct person *p, const char *number)
{
    char birth[CIVIL_DATE_SIZE];
    civil_format(p->birth, birth);
    put_open(b, "betrokkeneIdentificatie", '{');
    put_word(b, "anpIdentificatie", number);
    put_text(b, "voornamen", p->given, NAAM_MAX);
    put_text(b, "voorvoegselGeslachtsnaam", p->infix, 80);
    put_text(b, "geslachtsnaam", p->family, NAAM_MAX);
    put_word(b, "geboortedatum", birth);
    put_close(b, '}');
}

/* What every rol begins with. */
static void open_rol(struct buf *b, const char *who, enum register_type type, const char *why)
{
    put_open(b, NULL, '{');
    put_word(b, "zaak", "{zaak}");
    put_word(b, "betrokkeneType", who);
    put_type(b, "roltype", type);
    put_word(b, "roltoelichting", why);
}

static void add_initiator(const struct outbox_record *r, struct step_list *l)
{
    char name[NAME_TEXT_SIZE], number[REGISTER_KEY_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    full_name(&r->person, name, sizeof name);
    /* our own number for this person in this chain, not one that follows them */
    snprintf(number, sizeof number, "DYN%02d-%08lld", r->kiosk, (long long)r->number);
    open_rol(&b, "natuurlijk_persoon", TYPE_ROL_INITIATOR,
             "Zelf aangemeld via kiosk; identiteit niet geverifieerd");
    put_text(&b, "afwijkendeNaamBetrokkene", name, AFWIJKENDE_NAAM_MAX);
    if (r->person.phone[0] || r->person.email[0])
        put_contact(&b, &r->person, name);
    put_person(&b, &r->person, number);
    put_close(&b, '}');
    step_add(l, STEP_ROL_INITIATOR, "", number, &b);
}

static void put_coach(struct buf *b, const struct outbox_record *r)
{
    put_word(b, "identificatie", r->coach_id);
    put_text(b, "achternaam", r->coach_name[0] ? r->coach_name : r->coach_id, NAAM_MAX);
}

static void put_team(struct buf *b, const struct outbox_record *r, const char *key)
{
    char name[RECORD_NAME_SIZE + 16];
    snprintf(name, sizeof name, "Inloophuis %s", r->site_name);
    put_word(b, "identificatie", key);
    put_text(b, "naam", name, NAAM_MAX);
}

/* Who receives the visitor: the coach when one is named, else the house's team. */
static void add_behandelaar(const struct outbox_record *r, struct step_list *l)
{
    char key[REGISTER_KEY_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    bool coach = r->coach_id[0] != '\0';
    if (coach)
        snprintf(key, sizeof key, "%s", r->coach_id);
    else
        snprintf(key, sizeof key, "dynamo-%.50s", r->site_id);
    open_rol(&b, coach ? "medewerker" : "organisatorische_eenheid", TYPE_ROL_BEHANDELAAR,
             coach ? "Coach die de jongere ontvangt" : "Team dat de jongere ontvangt");
    put_open(&b, "betrokkeneIdentificatie", '{');
    if (coach)
        put_coach(&b, r);
    else
        put_team(&b, r, key);
    put_close(&b, '}');
    put_close(&b, '}');
    step_add(l, STEP_ROL_BEHANDELAAR, "", key, &b);
}

static void add_status(const struct outbox_record *r, enum register_type type, const char *text,
                       struct step_list *l)
{
    char at[RECORD_TIME_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    record_time_text((struct record_time){ r->when.at, 0 }, true, at);
    snprintf(strchr(at, '+'), 2, "Z");
    put_open(&b, NULL, '{');
    put_word(&b, "zaak", "{zaak}");
    put_type(&b, "statustype", type);
    put_word(&b, "datumStatusGezet", at);
    put_text(&b, "statustoelichting", text, TOELICHTING_MAX);
    put_close(&b, '}');
    step_add(l, STEP_STATUS, "", at, &b);
}

static void add_property(enum register_type type, const char *value, struct step_list *l)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    put_open(&b, NULL, '{');
    put_word(&b, "zaak", "{zaak}");
    put_type(&b, "eigenschap", type);
    put_word(&b, "waarde", value);
    put_close(&b, '}');
    step_add(l, STEP_EIGENSCHAP, register_type_name(type), register_type_name(type), &b);
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
