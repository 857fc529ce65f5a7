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

static void put_appointment(struct buf *b, const struct outbox_record *r)
{
    char text[RECORD_TIME_SIZE];
    record_time_text(r->start, false, text);
    put_word(b, "begin", text);
    snprintf(text, sizeof text, "PT%dM", (int)((r->stop.at - r->start.at) / MINUTE_MS));
    put_word(b, "duur", text);
    put_text(b, "locatie", r->site_id, METADATA_MAX);
}

/* Keys in lowerCamelCase without digits: they pass through the server's converter. */
static void put_metadata(struct buf *b, const struct outbox_record *r)
{
    char text[RECORD_TIME_SIZE];
    put_open(b, "metadata", '{');
    put_word(b, "kioskRecord", r->id.s);
    put_word(b, "soort", record_kind_name(r->kind));
    if (!ulid_same(&r->id, &r->chain))
        put_word(b, "hoortBij", r->chain.s);
    if (record_opens_chain(r)) {
        snprintf(text, sizeof text, "GM%s", r->person.municipality);
        put_word(b, "gemeente", text);
        put_word(b, "onderwerpcode", topic_name(r->person.topic));
    }
    if (r->kind == RECORD_APPOINTMENT_BOOKED || r->kind == RECORD_APPOINTMENT_CHANGED)
        put_appointment(b, r);
    if (r->kind == RECORD_PRIVACY_NOTICE_SHOWN)
        put_text(b, "privacyversie", r->notice_version, METADATA_MAX);
    if (r->kind == RECORD_CONSENT_REMINDER) {
        put_word(b, "herinnering", r->consent_given ? "ja" : "nee");
        put_text(b, "tekstversie", r->notice_version, METADATA_MAX);
    }
    if (r->kind == RECORD_VISIT_REDIRECTED || record_opens_chain(r))
        put_text(b, "coach", r->coach_id, METADATA_MAX);
    put_close(b, '}');
}

static void put_contact(struct buf *b, const struct register_settings *s,
                        const struct outbox_record *r, const char *reference)
{
    char text[RECORD_TEXT_SIZE], at[RECORD_TIME_SIZE];
    put_open(b, "klantcontact", '{');
    put_word(b, "referentienummer", reference);
    put_word(b, "kanaal", s->channel);
    subject_text(r, text);
    put_text(b, "onderwerp", text, ONDERWERP_MAX);
    content_text(r, text);
    put_text(b, "inhoud", text, INHOUD_MAX);
    if (r->kind != RECORD_PRIVACY_NOTICE_SHOWN && r->kind != RECORD_CONSENT_REMINDER)
        put_plain(b, "indicatieContactGelukt",
                  r->kind != RECORD_VISIT_NO_SHOW ? "true" : "false");
    put_word(b, "taal", "nld");
    put_plain(b, "vertrouwelijk", "true");
    record_time_text(r->when, false, at);
    put_word(b, "plaatsgevondenOp", at);
    put_metadata(b, r);
    put_close(b, '}');
}

static void put_name(struct buf *b, const struct person *p)
{
    char text[2 * PERSON_NAME_SIZE];
    const char *second = p->given;
    put_open(b, "contactnaam", '{');
    if (p->given[0]) {
        (void)utf8_next(&second, p->given + strlen(p->given));
        snprintf(text, sizeof text, "%.*s.", (int)(second - p->given), p->given);
        put_word(b, "voorletters", text);
    }
    put_text(b, "voornaam", p->given, NAAM_MAX);
    /* a longer infix has no room of its own there: it goes before the family name */
    bool fits = utf8_count(p->infix) <= VOORVOEGSEL_MAX;
    if (fits)
        put_text(b, "voorvoegselAchternaam", p->infix, VOORVOEGSEL_MAX);
    snprintf(text, sizeof text, "%s%s%s", fits ? "" : p->infix, fits ? "" : " ", p->family);
    put_text(b, "achternaam", text, NAAM_MAX);
    put_close(b, '}');
}

static void put_person(struct buf *b, const struct person *p)
{
    put_open(b, "betrokkene", '{');
    put_word(b, "rol", "klant");
    put_plain(b, "initiator", "true");
    put_name(b, p);
    put_word(b, "organisatienaam", "");
    put_close(b, '}');
}

static void put_subject_object(struct buf *b, const struct ulid *id)
{
    put_open(b, "onderwerpobject", '{');
    put_open(b, "onderwerpobjectidentificator", '{');
    put_word(b, "objectId", id->s);
    put_word(b, "codeObjecttype", "kioskregistratie");
    put_word(b, "codeRegister", "dynamo-kiosk");
    put_word(b, "codeSoortObjectId", "ulid");
    put_close(b, '}');
    put_close(b, '}');
}

static void add_contact(const struct register_settings *s, const struct outbox_record *r,
                        const char *reference, struct step_list *l)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    put_open(&b, NULL, '{');
    put_contact(&b, s, r, reference);
    put_person(&b, &r->person);
    put_subject_object(&b, &r->id);
    put_close(&b, '}');
    step_add(l, STEP_KLANTCONTACT, "", reference, &b);
}

static void put_uuid(struct buf *b, const char *key, const char *uuid)
{
    put_open(b, key, '{');
    put_word(b, "uuid", uuid);
    put_close(b, '}');
}

static void add_address(const struct outbox_record *r, bool phone, struct step_list *l)
{
    char key[REGISTER_KEY_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    snprintf(key, sizeof key, "kiosk-%s-%s", r->id.s, phone ? "tel" : "mail");
    for (char *p = key; *p; p++) /* a slug */
        *p = (char)tolower((unsigned char)*p);
    put_open(&b, NULL, '{');
    put_uuid(&b, "verstrektDoorBetrokkene", "{betrokkene}");
    put_plain(&b, "verstrektDoorPartij", "null");
    put_word(&b, "adres", phone ? r->person.phone : r->person.email);
    put_word(&b, "soortDigitaalAdres", phone ? "telefoonnummer" : "email");
    put_word(&b, "omschrijving", phone ? "Mobiel (kiosk)" : "E-mail (kiosk)");
    put_word(&b, "referentie", key);
    put_close(&b, '}');
    step_add(l, STEP_ADDRESS, phone ? "tel" : "mail", key, &b);
}

static void add_task(const struct register_settings *s, const struct outbox_record *r,
                     const char *reference, struct step_list *l)
{
    char text[RECORD_TEXT_SIZE], at[LOCAL_TEXT_SIZE];
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    local_clock_text(r->when, at);
    snprintf(text, sizeof text, "Wacht in %s sinds %s uur", r->site_name, at);
    put_open(&b, NULL, '{');
    put_word(&b, "referentienummer", reference);
    put_uuid(&b, "aanleidinggevendKlantcontact", "{klantcontact}");
    put_word(&b, "gevraagdeHandeling", "Ontvang jongere aan de inloop");
    put_open(&b, "toegewezenAanActoren", '[');
    put_uuid(&b, NULL, s->actor);
    put_close(&b, ']');
    put_text(&b, "toelichting", text, INHOUD_MAX);
    put_word(&b, "status", "te_verwerken");
    put_close(&b, '}');
    step_add(l, STEP_TASK, "", reference, &b);
}

static void add_task_done(struct step_list *l)
{
    CLEANUP(buf_wipe) struct buf b = buf_make(BODY_MAX);
    buf_adds(&b, "{\"status\":\"verwerkt\"}");
    step_add(l, STEP_TASK_DONE, "", "", &b);
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
        add_task_done(l);
}
