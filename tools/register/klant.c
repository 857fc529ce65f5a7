/* Klantinteracties 0.9.0 as Open Klant 2.18 serves it: what a kiosk's client may do. */
#include <regex.h>
#include <stdio.h>
#include <string.h>

#include "serve.h"

#define CONTACTS KLANT "/klantcontacten"
#define ACTOR_UUID "a1b2c3d4-0000-4000-8000-000000000003"

static json_t *foreign(const char *collection, const char *uuid)
{
    return json_pack("{s:s, s:o}", "uuid", uuid, "url", json_sprintf("%s/%s", collection, uuid));
}

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

/* ---- klantcontacten ---- */

static void check_reference(struct faults *f, const json_t *o)
{
    const char *text = check_text(f, o, "referentienummer", 10, OPTIONAL);
    if (text && strspn(text, "0123456789") != strlen(text))
        fault_note(f, "referentienummer", "invalid", "Alleen cijfers.");
}

static void check_metadata(struct faults *f, const json_t *o)
{
    const char *key;
    json_t *value;
    json_object_foreach(json_object_get(o, "metadata"), key, value)
    {
        if (!json_is_string(value) || json_string_length(value) > 255)
            fault_note(f, "metadata", "invalid", "Alleen tekst tot 255 tekens.");
        if (strpbrk(key, "0123456789_-"))
            fault_note(f, "metadata", "invalid", "Sleutels in camelCase zonder cijfers.");
    }
}

static void check_contact(struct server *s, struct faults *f, const json_t *o)
{
    check_text(f, o, "kanaal", 50, REQUIRED);
    check_text(f, o, "onderwerp", 200, REQUIRED);
    check_text(f, o, "inhoud", 1000, OPTIONAL);
    check_text(f, o, "reactie", 4000, OPTIONAL);
    check_text(f, o, "taal", 3, REQUIRED);
    check_bool(f, o, "vertrouwelijk", REQUIRED);
    check_bool(f, o, "indicatieContactGelukt", OPTIONAL);
    check_reference(f, o);
    check_metadata(f, o);
    check_listed(f, o, "kanaal", s->options.channels);
    const char *at = check_text(f, o, "plaatsgevondenOp", 40, OPTIONAL);
    struct faults form = { 0 };
    if (at)
        (void)check_instant(s, &form, o, "plaatsgevondenOp", OPTIONAL);
    if (form.params && strcmp(text_of(json_array_get(form.params, 0), "code"), "invalid") == 0)
        fault_note(f, "plaatsgevondenOp", "invalid", "Datetime heeft een ongeldig formaat.");
    json_decref(form.params);
}

static void check_betrokkene(struct faults *f, const json_t *o)
{
    check_choice(f, o, "rol", "vertegenwoordiger klant", REQUIRED);
    check_bool(f, o, "initiator", REQUIRED);
    check_text(f, o, "organisatienaam", 200, OPTIONAL);
    const json_t *name = json_object_get(o, "contactnaam");
    check_text(f, name, "voorletters", 10, OPTIONAL);
    check_text(f, name, "voornaam", 200, OPTIONAL);
    check_text(f, name, "voorvoegselAchternaam", 10, OPTIONAL);
    check_text(f, name, "achternaam", 200, OPTIONAL);
}

static void check_subject(struct faults *f, const json_t *o)
{
    static const char *const keys[] = { "objectId", "codeObjecttype", "codeRegister",
                                        "codeSoortObjectId" };
    const json_t *id = json_object_get(o, "onderwerpobjectidentificator");
    for (size_t i = 0; i < ARRAY_LEN(keys); i++)
        check_text(f, id, keys[i], 200, REQUIRED);
}

static json_t *whole_contact(struct server *s, const json_t *body, const char *uuid)
{
    json_t *o = json_pack("{s:s, s:s, s:n, s:b, s:{}, s:n, s:n}", "inhoud", "", "reactie", "",
                          "indicatieContactGelukt", "verdereActieOndernomen", 0, "metadata",
                          "referentienummer", "nummer");
    static const char *const lists[] = { "gingOverOnderwerpobjecten", "hadBetrokkenActoren",
                                         "omvatteBijlagen", "hadBetrokkenen",
                                         "leiddeTotInterneTaken" };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        json_object_set_new(o, lists[i], json_array());
    json_object_set_new(o, "plaatsgevondenOp", now_text(s));
    json_object_update(o, (json_t *)body);
    if (s->options.old_klant)
        json_object_del(o, "referentienummer");
    name_thing(o, CONTACTS, uuid);
    return o;
}

/* Puts the fault of a part under its name, "klantcontact.onderwerp". */
static void merge_faults(struct faults *f, struct faults *part, const char *prefix)
{
    size_t i;
    json_t *p;
    json_array_foreach(part->params, i, p)
    {
        char name[120];
        snprintf(name, sizeof name, "%s.%s", prefix, text_of(p, "name"));
        fault_note(f, name, text_of(p, "code"), text_of(p, "reason"));
    }
    json_decref(part->params);
    part->params = NULL;
}

static json_t *put_betrokkene(struct server *s, const json_t *body, const char *contact)
{
    char uuid[UUID_SIZE];
    uuid_make(s, uuid);
    json_t *o = json_pack("{s:n, s:[], s:n, s:n, s:s, s:s}", "wasPartij", "digitaleAdressen",
                          "bezoekadres", "correspondentieadres", "volledigeNaam", "",
                          "organisatienaam", "");
    json_object_update(o, (json_t *)body);
    json_object_set_new(o, "hadKlantcontact", foreign(CONTACTS, contact));
    name_thing(o, KLANT "/betrokkenen", uuid);
    if (db_put(&s->db, &(struct thing){ "betrokkene", uuid, contact, NULL }, o) != ERR_OK)
        json_object_clear(o);
    return o;
}

static json_t *put_subject(struct server *s, const json_t *body, const char *contact)
{
    char uuid[UUID_SIZE];
    uuid_make(s, uuid);
    const char *object = text_of(json_object_get(body, "onderwerpobjectidentificator"), "objectId");
    json_t *o = json_pack("{s:n}", "wasKlantcontact");
    json_object_update(o, (json_t *)body);
    json_object_set_new(o, "klantcontact", foreign(CONTACTS, contact));
    name_thing(o, KLANT "/onderwerpobjecten", uuid);
    if (db_put(&s->db, &(struct thing){ "onderwerpobject", uuid, object, NULL }, o) != ERR_OK)
        json_object_clear(o);
    return o;
}

static json_t *short_list(const json_t *o)
{
    return json_pack("[{s:O, s:O}]", "uuid", json_object_get(o, "uuid"), "url",
                     json_object_get(o, "url"));
}

/* Stores a contact and what comes with it; the caller's transaction makes it all or nothing. */
static struct reply put_contact(struct server *s, const json_t *whole, const json_t *body,
                                const char *prefix)
{
    char uuid[UUID_SIZE], name[64];
    uuid_make(s, uuid);
    json_t *contact = whole_contact(s, body, uuid);
    json_t *person = json_object_get(whole, "betrokkene"), *subject = json_object_get(whole, "onderwerpobject");
    json_t *reply = json_pack("{s:o}", "klantcontact", contact);
    if (json_is_object(person)) {
        json_t *o = put_betrokkene(s, person, uuid);
        json_object_set_new(contact, "hadBetrokkenen", short_list(o));
        json_object_set_new(reply, "betrokkene", o);
    }
    if (json_is_object(subject)) {
        json_t *o = put_subject(s, subject, uuid);
        json_object_set_new(contact, "gingOverOnderwerpobjecten", short_list(o));
        json_object_set_new(reply, "onderwerpobject", o);
    }
    enum err e = db_put(&s->db,
                        &(struct thing){ "klantcontact", uuid, NULL, text_of(contact, "referentienummer") },
                        contact);
    if (!e)
        return reply_ok(201, reply);
    json_decref(reply);
    if (e != ERR_EXISTS)
        return reply_problem(s, 500, "error", "Opslag mislukt.");
    struct faults f = { 0 };
    snprintf(name, sizeof name, "%sreferentienummer", prefix);
    fault_note(&f, name, "unique", "Klantcontact met dit referentienummer bestaat al.");
    return faults_reply(s, &f);
}

static struct reply post_maak(struct server *s, struct call *c)
{
    struct faults f = { 0 }, part = { 0 };
    const json_t *contact = json_object_get(c->body, "klantcontact");
    const json_t *person = json_object_get(c->body, "betrokkene");
    if (!json_is_object(contact))
        fault_note(&f, "klantcontact", "required", "Dit veld is vereist.");
    else
        check_contact(s, &part, contact);
    merge_faults(&f, &part, "klantcontact");
    if (json_is_object(person))
        check_betrokkene(&part, person);
    merge_faults(&f, &part, "betrokkene");
    const json_t *subject = json_object_get(c->body, "onderwerpobject");
    if (json_is_object(subject))
        check_subject(&part, subject);
    merge_faults(&f, &part, "onderwerpobject");
    return f.params ? faults_reply(s, &f) : put_contact(s, c->body, contact, "klantcontact.");
}

static struct reply post_contact(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    check_contact(s, &f, c->body);
    if (f.params)
        return faults_reply(s, &f);
    struct reply r = put_contact(s, NULL, c->body, "");
    if (r.status == 201) {
        json_t *contact = json_incref(json_object_get(r.body, "klantcontact"));
        json_decref(r.body);
        r.body = contact;
    }
    return r;
}

static json_t *one_or_none(json_t *o)
{
    return o ? json_pack("[o]", o) : json_array();
}

static struct reply list_contacts(struct server *s, struct call *c)
{
    const char *reference = call_arg(c, "referentienummer");
    const char *object = call_arg(c, "onderwerpobject__onderwerpobjectidentificatorObjectId");
    if (reference && !s->options.old_klant)
        return reply_page(c, one_or_none(db_find(&s->db, "klantcontact", reference)));
    if (!object)
        return reply_page(c, db_list(&s->db, "klantcontact", NULL));
    json_t *list = json_array(), *subjects = db_list(&s->db, "onderwerpobject", object);
    size_t i;
    json_t *one;
    json_array_foreach(subjects, i, one)
    {
        json_t *contact = db_get(&s->db, "klantcontact", text_of(json_object_get(one, "klantcontact"), "uuid"));
        if (contact)
            json_array_append_new(list, contact);
    }
    json_decref(subjects);
    return reply_page(c, list);
}

static struct reply get_contact(struct server *s, struct call *c)
{
    json_t *o = db_get(&s->db, "klantcontact", c->uuid[0]);
    return o ? reply_ok(200, o) : reply_not_found(s);
}

static struct reply list_betrokkenen(struct server *s, struct call *c)
{
    return reply_page(c, db_list(&s->db, "betrokkene", call_arg(c, "hadKlantcontact__uuid")));
}

/* ---- digitale adressen ---- */

static bool phone_ok(const char *s)
{
    regex_t re;
    if (regcomp(&re, "^(0[1-9][0-9]{8}|\\+[0-9]{9,15}|00[0-9]{7,13})$", REG_EXTENDED | REG_NOSUB))
        return false;
    bool ok = regexec(&re, s, 0, NULL, 0) == 0;
    regfree(&re);
    return ok;
}

/* The uuid of {"uuid": ...} under a key, or NULL for null and absent. */
static const char *foreign_uuid(const json_t *o, const char *key)
{
    return text_of(json_object_get(o, key), "uuid");
}

static void check_exists(struct server *s, struct faults *f, const char *kind, const char *uuid,
                         const char *name)
{
    json_t *o = db_get(&s->db, kind, uuid);
    if (!o)
        fault_note(f, name, "does_not_exist", "Dit object bestaat niet.");
    json_decref(o);
}

static struct reply post_address(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    const char *address = check_text(&f, c->body, "adres", 80, REQUIRED);
    const char *reference = check_text(&f, c->body, "referentie", 50, OPTIONAL);
    const char *kind = text_of(c->body, "soortDigitaalAdres");
    check_slug(&f, c->body, "referentie");
    check_text(&f, c->body, "omschrijving", 40, OPTIONAL);
    check_choice(&f, c->body, "soortDigitaalAdres", "email telefoonnummer overig", REQUIRED);
    if (address && kind && strcmp(kind, "telefoonnummer") == 0 && !phone_ok(address))
        fault_note(&f, "adres", "invalid", "Het opgegeven telefoonnummer is ongeldig.");
    if (address && kind && strcmp(kind, "email") == 0 && !strchr(address, '@'))
        fault_note(&f, "adres", "invalid", "Voer een geldig e-mailadres in.");
    const char *person = foreign_uuid(c->body, "verstrektDoorBetrokkene");
    if (person)
        check_exists(s, &f, "betrokkene", person, "verstrektDoorBetrokkene.uuid");
    if (f.params)
        return faults_reply(s, &f);
    char uuid[UUID_SIZE];
    uuid_make(s, uuid);
    json_t *o = json_pack("{s:b, s:s, s:s, s:n, s:n, s:n}", "isStandaardAdres", 0, "omschrijving",
                          "", "referentie", "", "verificatieDatum", "verstrektDoorPartij",
                          "verstrektDoorBetrokkene");
    json_object_update(o, c->body);
    if (person)
        json_object_set_new(o, "verstrektDoorBetrokkene", foreign(KLANT "/betrokkenen", person));
    name_thing(o, KLANT "/digitaleadressen", uuid);
    if (db_put(&s->db, &(struct thing){ "digitaaladres", uuid, reference, NULL }, o) == ERR_OK)
        return reply_ok(201, o);
    json_decref(o);
    return reply_problem(s, 500, "error", "Opslag mislukt.");
}

static struct reply list_addresses(struct server *s, struct call *c)
{
    return reply_page(c, db_list(&s->db, "digitaaladres", call_arg(c, "referentie")));
}

/* ---- interne taken ---- */

static void check_actors(struct faults *f, const json_t *body)
{
    const json_t *list = json_object_get(body, "toegewezenAanActoren");
    const char *one = foreign_uuid(body, "toegewezenAanActor");
    size_t i;
    json_t *a;
    if (!one && json_array_size(list) == 0)
        fault_note(f, "nonFieldErrors", "required", "Een actor is vereist.");
    if (one && strcmp(one, ACTOR_UUID) != 0)
        fault_note(f, "toegewezenAanActor.uuid", "does_not_exist", "Dit object bestaat niet.");
    json_array_foreach(list, i, a)
    {
        if (!text_of(a, "uuid") || strcmp(text_of(a, "uuid"), ACTOR_UUID) != 0)
            fault_note(f, "toegewezenAanActoren.0.uuid", "does_not_exist", "Dit object bestaat niet.");
    }
}

static struct reply post_task(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    check_reference(&f, c->body);
    check_text(&f, c->body, "gevraagdeHandeling", 200, REQUIRED);
    check_text(&f, c->body, "toelichting", 1000, OPTIONAL);
    check_choice(&f, c->body, "status", "te_verwerken verwerkt", REQUIRED);
    check_actors(&f, c->body);
    const char *contact = foreign_uuid(c->body, "aanleidinggevendKlantcontact");
    if (!contact)
        fault_note(&f, "aanleidinggevendKlantcontact", "required", "Dit veld is vereist.");
    else
        check_exists(s, &f, "klantcontact", contact, "aanleidinggevendKlantcontact.uuid");
    if (f.params)
        return faults_reply(s, &f);
    char uuid[UUID_SIZE];
    uuid_make(s, uuid);
    json_t *o = json_pack("{s:s, s:n, s:n, s:n}", "toelichting", "", "afgehandeldOp", "nummer",
                          "referentienummer");
    json_object_update(o, c->body);
    json_object_set_new(o, "aanleidinggevendKlantcontact", foreign(CONTACTS, contact));
    json_object_set_new(o, "toegewezenAanActor", foreign(KLANT "/actoren", ACTOR_UUID));
    json_object_set_new(o, "toegewezenAanActoren",
                        json_pack("[o]", foreign(KLANT "/actoren", ACTOR_UUID)));
    json_object_set_new(o, "toegewezenOp", now_text(s));
    name_thing(o, KLANT "/internetaken", uuid);
    struct thing t = { "internetaak", uuid, contact, text_of(o, "referentienummer") };
    enum err e = db_put(&s->db, &t, o);
    if (!e)
        return reply_ok(201, o);
    json_decref(o);
    fault_note(&f, "referentienummer", "unique", "Interne taak met dit referentienummer bestaat al.");
    return faults_reply(s, &f);
}

static struct reply list_tasks(struct server *s, struct call *c)
{
    const char *reference = call_arg(c, "referentienummer");
    if (reference)
        return reply_page(c, one_or_none(db_find(&s->db, "internetaak", reference)));
    return reply_page(
        c, db_list(&s->db, "internetaak", call_arg(c, "aanleidinggevendKlantcontact__uuid")));
}

static struct reply get_task(struct server *s, struct call *c)
{
    json_t *o = db_get(&s->db, "internetaak", c->uuid[0]);
    return o ? reply_ok(200, o) : reply_not_found(s);
}

static struct reply patch_task(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    json_t *o = db_get(&s->db, "internetaak", c->uuid[0]);
    if (!o)
        return reply_not_found(s);
    check_choice(&f, c->body, "status", "te_verwerken verwerkt", OPTIONAL);
    const char *status = text_of(c->body, "status");
    if (f.params || !status) {
        json_decref(o);
        if (!f.params)
            fault_note(&f, "status", "required", "Alleen de status kan hier veranderen.");
        return faults_reply(s, &f);
    }
    bool ended = strcmp(status, "verwerkt") == 0;
    json_object_set_new(o, "status", json_string(status));
    json_object_set_new(o, "afgehandeldOp", ended ? now_text(s) : json_null());
    if (db_update(&s->db, c->uuid[0], o) == ERR_OK)
        return reply_ok(200, o);
    json_decref(o);
    return reply_problem(s, 500, "error", "Opslag mislukt.");
}

/* ---- actoren: made by the register's manager ---- */

static struct reply list_actors(struct server *s, struct call *c)
{
    (void)s;
    json_t *o = json_pack("{s:s, s:s, s:b, s:{s:s, s:s, s:s, s:s}, s:{s:s}}", "naam",
                          "Team Dynamo", "soortActor", "organisatorische_eenheid",
                          "indicatieActief", 1, "actoridentificator", "objectId", "dynamo",
                          "codeObjecttype", "team", "codeRegister", "dynamo", "codeSoortObjectId",
                          "naam", "actorIdentificatie", "omschrijving", "Inloophuis Dynamo");
    name_thing(o, KLANT "/actoren", ACTOR_UUID);
    return reply_page(c, json_pack("[o]", o));
}

const struct route klant_routes[] = {
    { "POST", KLANT "/maak-klantcontact", post_maak },
    { "GET", CONTACTS, list_contacts },
    { "POST", CONTACTS, post_contact },
    { "GET", CONTACTS "/*", get_contact },
    { "GET", KLANT "/betrokkenen", list_betrokkenen },
    { "GET", KLANT "/digitaleadressen", list_addresses },
    { "POST", KLANT "/digitaleadressen", post_address },
    { "GET", KLANT "/internetaken", list_tasks },
    { "POST", KLANT "/internetaken", post_task },
    { "GET", KLANT "/internetaken/*", get_task },
    { "PATCH", KLANT "/internetaken/*", patch_task },
    { "GET", KLANT "/actoren", list_actors },
    { NULL, NULL, NULL },
};
