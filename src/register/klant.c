/* Bodies of the Klantinteracties profile: Open Klant 2.18 (register.md 3.3). */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "core/municipality.h"
#include "register/expand.h"

/* Lengths of the Klantinteracties API, in code points. */
#define ONDERWERP_MAX 200
#define INHOUD_MAX 1000
#define NAAM_MAX 200
#define VOORVOEGSEL_MAX 10
#define METADATA_MAX 255

static void subject_text(const struct outbox_record *r, char out[RECORD_TEXT_SIZE])
{
    static const char *const texts[RECORD_KIND_COUNT] = {
        [RECORD_APPOINTMENT_BOOKED] = "Afspraak gepland",
        [RECORD_APPOINTMENT_CHANGED] = "Afspraak verzet",
        [RECORD_APPOINTMENT_CANCELLED] = "Afspraak geannuleerd",
        [RECORD_VISIT_ATTENDED] = "Bezoek: verschenen",
        [RECORD_VISIT_NO_SHOW] = "Bezoek: niet verschenen",
        [RECORD_VISIT_REDIRECTED] = "Bezoek: doorgestuurd",
        [RECORD_PRIVACY_NOTICE_SHOWN] = "Privacyverklaring getoond",
        [RECORD_CONSENT_REMINDER] = "Herinnering",
    };
    if (texts[r->kind])
        snprintf(out, RECORD_TEXT_SIZE, "%s", texts[r->kind]);
    else
        snprintf(out, RECORD_TEXT_SIZE, "Inloop Dynamo: %s", topic_text(r->person.topic));
}

static void content_text(const struct outbox_record *r, char out[RECORD_TEXT_SIZE])
{
    const struct municipality *m = municipality_find(r->person.municipality);
    if (r->kind == RECORD_WALKIN_REGISTERED)
        snprintf(out, RECORD_TEXT_SIZE,
                 "Aangemeld via kiosk %02d. Woongemeente %s. Identiteit niet geverifieerd.",
                 r->kiosk, m ? m->name : "elders");
    else
        event_text(r, out);
}

static void put_appointment(json_t *o, const struct outbox_record *r)
{
    char text[RECORD_TIME_SIZE];
    record_time_text(r->start, false, text);
    put_word(o, "begin", text);
    snprintf(text, sizeof text, "PT%dM", (int)((r->stop.at - r->start.at) / MINUTE_MS));
    put_word(o, "duur", text);
    put_text(o, "locatie", r->site_id, METADATA_MAX);
}

/* Keys in lowerCamelCase without digits: they pass through the server's converter. */
static json_t *metadata_of(const struct outbox_record *r)
{
    char text[RECORD_TIME_SIZE];
    json_t *o = json_object();
    put_word(o, "kioskRecord", r->id.s);
    put_word(o, "soort", record_kind_name(r->kind));
    if (!ulid_same(&r->id, &r->chain))
        put_word(o, "hoortBij", r->chain.s);
    if (record_opens_chain(r)) {
        snprintf(text, sizeof text, "GM%s", r->person.municipality);
        put_word(o, "gemeente", text);
        put_word(o, "onderwerpcode", topic_name(r->person.topic));
    }
    if (r->kind == RECORD_APPOINTMENT_BOOKED || r->kind == RECORD_APPOINTMENT_CHANGED)
        put_appointment(o, r);
    if (r->kind == RECORD_PRIVACY_NOTICE_SHOWN)
        put_text(o, "privacyversie", r->notice_version, METADATA_MAX);
    if (r->kind == RECORD_CONSENT_REMINDER)
        put_word(o, "herinnering", r->consent_given ? "ja" : "nee");
    if (r->kind == RECORD_VISIT_REDIRECTED || record_opens_chain(r))
        put_text(o, "coach", r->coach_id, METADATA_MAX);
    return o;
}

static json_t *contact_of(const struct register_settings *s, const struct outbox_record *r,
                          const char *reference)
{
    char text[RECORD_TEXT_SIZE], at[RECORD_TIME_SIZE];
    json_t *o = json_object();
    put_word(o, "referentienummer", reference);
    put_word(o, "kanaal", s->channel);
    subject_text(r, text);
    put_text(o, "onderwerp", text, ONDERWERP_MAX);
    content_text(r, text);
    put_text(o, "inhoud", text, INHOUD_MAX);
    if (r->kind != RECORD_PRIVACY_NOTICE_SHOWN && r->kind != RECORD_CONSENT_REMINDER)
        json_object_set_new(o, "indicatieContactGelukt",
                            json_boolean(r->kind != RECORD_VISIT_NO_SHOW));
    put_word(o, "taal", "nld");
    json_object_set_new(o, "vertrouwelijk", json_true());
    record_time_text(r->when, false, at);
    put_word(o, "plaatsgevondenOp", at);
    json_object_set_new(o, "metadata", metadata_of(r));
    return o;
}

static json_t *name_of(const struct person *p)
{
    char text[2 * PERSON_NAME_SIZE];
    const char *second = p->given;
    json_t *o = json_object();
    if (p->given[0]) {
        (void)utf8_next(&second, p->given + strlen(p->given));
        snprintf(text, sizeof text, "%.*s.", (int)(second - p->given), p->given);
        put_word(o, "voorletters", text);
    }
    put_text(o, "voornaam", p->given, NAAM_MAX);
    /* a longer infix has no room of its own there: it goes before the family name */
    bool fits = utf8_count(p->infix) <= VOORVOEGSEL_MAX;
    if (fits)
        put_text(o, "voorvoegselAchternaam", p->infix, VOORVOEGSEL_MAX);
    snprintf(text, sizeof text, "%s%s%s", fits ? "" : p->infix, fits ? "" : " ", p->family);
    put_text(o, "achternaam", text, NAAM_MAX);
    return o;
}

static void add_contact(const struct register_settings *s, const struct outbox_record *r,
                        const char *reference, struct step_list *l)
{
    json_t *o = json_object();
    json_object_set_new(o, "klantcontact", contact_of(s, r, reference));
    json_object_set_new(o, "betrokkene",
                        json_pack("{s:s, s:b, s:o, s:s}", "rol", "klant", "initiator", 1,
                                  "contactnaam", name_of(&r->person), "organisatienaam", ""));
    json_object_set_new(o, "onderwerpobject",
                        json_pack("{s:{s:s, s:s, s:s, s:s}}", "onderwerpobjectidentificator",
                                  "objectId", r->id.s, "codeObjecttype", "kioskregistratie",
                                  "codeRegister", "dynamo-kiosk", "codeSoortObjectId", "ulid"));
    step_add(l, STEP_KLANTCONTACT, "", reference, o);
}

static void add_address(const struct outbox_record *r, bool phone, struct step_list *l)
{
    char key[REGISTER_KEY_SIZE];
    snprintf(key, sizeof key, "kiosk-%s-%s", r->id.s, phone ? "tel" : "mail");
    for (char *p = key; *p; p++) /* a slug */
        *p = (char)tolower((unsigned char)*p);
    json_t *o = json_pack("{s:{s:s}, s:n}", "verstrektDoorBetrokkene", "uuid", "{betrokkene}",
                          "verstrektDoorPartij");
    put_word(o, "adres", phone ? r->person.phone : r->person.email);
    put_word(o, "soortDigitaalAdres", phone ? "telefoonnummer" : "email");
    put_word(o, "omschrijving", phone ? "Mobiel (kiosk)" : "E-mail (kiosk)");
    put_word(o, "referentie", key);
    step_add(l, STEP_ADDRESS, phone ? "tel" : "mail", key, o);
}

static void add_task(const struct register_settings *s, const struct outbox_record *r,
                     const char *reference, struct step_list *l)
{
    char text[RECORD_TEXT_SIZE], at[LOCAL_TEXT_SIZE];
    local_clock_text(r->when, at);
    snprintf(text, sizeof text, "Wacht in %s sinds %s uur", r->site_name, at);
    json_t *o = json_object();
    put_word(o, "referentienummer", reference);
    json_object_set_new(o, "aanleidinggevendKlantcontact", json_pack("{s:s}", "uuid", "{klantcontact}"));
    put_word(o, "gevraagdeHandeling", "Ontvang jongere aan de inloop");
    json_object_set_new(o, "toegewezenAanActoren", json_pack("[{s:s}]", "uuid", s->actor));
    put_text(o, "toelichting", text, INHOUD_MAX);
    put_word(o, "status", "te_verwerken");
    step_add(l, STEP_TASK, "", reference, o);
}

void klant_expand(const struct register_settings *s, const struct outbox_record *r,
                  const struct register_refs *refs, struct step_list *l)
{
    char reference[REGISTER_KEY_SIZE]; /* ten digits; klantcontacten and internetaken count apart */
    snprintf(reference, sizeof reference, "%02d%08lld", r->kiosk, (long long)r->number);
    add_contact(s, r, reference, l);
    if (record_opens_chain(r) && r->person.phone[0])
        add_address(r, true, l);
    if (record_opens_chain(r) && r->person.email[0])
        add_address(r, false, l);
    if (r->kind == RECORD_WALKIN_REGISTERED && s->actor[0])
        add_task(s, r, reference, l);
    bool ends = r->kind == RECORD_VISIT_ATTENDED || r->kind == RECORD_VISIT_NO_SHOW;
    if (ends && refs->task[0])
        step_add(l, STEP_TASK_DONE, "", "", json_pack("{s:s}", "status", "verwerkt"));
}
