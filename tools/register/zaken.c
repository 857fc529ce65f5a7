/* Zaken API 1.5.1: what a kiosk's client may do, with the rules that no schema says. */
#include <stdio.h>
#include <string.h>

#include "catalog.h"
#include "core/civil.h"
#include "serve.h"

#define ZAAK_LIST ZAKEN "/zaken"

/* ---- zaken ---- */

static void check_zaaktype(struct server *s, struct faults *f, const json_t *body)
{
    const char *url = check_text(f, body, "zaaktype", 1000, REQUIRED);
    if (!url)
        return;
    enum catalog_zaaktype which = catalog_zaaktype_of(url);
    if (which == CATALOG_UNKNOWN || (which == CATALOG_SECOND && !s->options.two_versions))
        fault_note(f, "zaaktype", "bad-url", "De URL gaf als antwoord HTTP 404.");
    else if (which == CATALOG_CONCEPT)
        fault_note(f, "zaaktype", "not-published", "Het zaaktype is niet gepubliceerd.");
}

/* A type must be of the version of the zaaktype under which the zaak was opened. */
static void check_version(struct faults *f, const json_t *zaak, const json_t *body, const char *key)
{
    const char *type = json_string_value(json_object_get(body, key));
    const char *zaaktype = json_string_value(json_object_get(zaak, "zaaktype"));
    if (!f->params && catalog_version(type) != catalog_version(zaaktype))
        fault_note(f, "nonFieldErrors", "zaaktype-mismatch", "Dit type hoort niet bij het zaaktype van de zaak.");
}

static void check_kenmerken(struct faults *f, const json_t *body)
{
    size_t i;
    json_t *k;
    json_array_foreach(json_object_get(body, "kenmerken"), i, k)
    {
        check_text(f, k, "kenmerk", 40, REQUIRED);
        check_text(f, k, "bron", 40, REQUIRED);
    }
}

static void check_zaak(struct server *s, struct faults *f, const json_t *body)
{
    check_text(f, body, "identificatie", 40, OPTIONAL);
    check_slug(f, body, "identificatie");
    check_rsin(f, body, "bronorganisatie", REQUIRED);
    check_rsin(f, body, "verantwoordelijkeOrganisatie", REQUIRED);
    const char *rsin = json_string_value(json_object_get(body, "bronorganisatie"));
    if (!f->params && strcmp(rsin, s->options.rsin) != 0)
        fault_note(f, "bronorganisatie", "invalid", "Deze organisatie mag hier niet registreren.");
    check_zaaktype(s, f, body);
    check_date(s, f, body, "startdatum", REQUIRED, false);
    check_date(s, f, body, "registratiedatum", OPTIONAL, true);
    check_text(f, body, "omschrijving", 80, OPTIONAL);
    check_text(f, body, "toelichting", 1000, OPTIONAL);
    check_choice(f, body, "vertrouwelijkheidaanduiding",
                 "openbaar beperkt_openbaar intern zaakvertrouwelijk vertrouwelijk confidentieel "
                 "geheim zeer_geheim",
                 OPTIONAL);
    const char *channel = json_string_value(json_object_get(body, "communicatiekanaal"));
    if (channel && channel[0]) /* the real one fetches it */
        fault_note(f, "communicatiekanaal", "bad-url", "De URL kon niet opgehaald worden.");
    check_kenmerken(f, body);
}

/* The address of a type, as it is stored: without a host. */
static json_t *type_path(const json_t *body, const char *key)
{
    return json_string(strstr(json_string_value(json_object_get(body, key)), CATALOGI));
}

static json_t *whole_zaak(struct server *s, const json_t *body, const char *uuid)
{
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:n, s:n, s:n, s:s, s:s, s:[]}", "omschrijving", "",
                          "toelichting", "", "vertrouwelijkheidaanduiding", "vertrouwelijk",
                          "betalingsindicatieWeergave", "", "einddatum", "status", "resultaat",
                          "betalingsindicatie", "", "archiefstatus", "nog_te_archiveren",
                          "kenmerken");
    static const char *const lists[] = { "deelzaken", "eigenschappen", "rollen",
                                         "zaakinformatieobjecten", "zaakobjecten" };
    for (size_t i = 0; i < ARRAY_LEN(lists); i++)
        json_object_set_new(o, lists[i], json_array());
    json_object_set_new(o, "registratiedatum", json_sprintf("%.10s", json_string_value(
                                                                json_object_get(body, "startdatum"))));
    json_object_set_new(o, "laatstGemuteerd", now_text(s));
    json_object_set_new(o, "identificatie", json_sprintf("ZAAK-%.8s", uuid));
    json_object_update(o, (json_t *)body);
    json_object_set_new(o, "zaaktype", type_path(body, "zaaktype"));
    name_thing(o, ZAAK_LIST, uuid);
    return o;
}

/* The client may register nothing that is more confidential than this. */
static bool too_confidential(const json_t *body)
{
    const char *how = json_string_value(json_object_get(body, "vertrouwelijkheidaanduiding"));
    return how && has_word("confidentieel,geheim,zeer_geheim", how, strlen(how));
}

static struct reply post_zaak(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    check_zaak(s, &f, c->body);
    if (f.params)
        return faults_reply(s, &f);
    if (too_confidential(c->body))
        return reply_problem(s, 403, "permission_denied", "Je hebt geen toestemming voor deze zaak.");
    char uuid[UUID_SIZE], unique[80];
    uuid_make(s, uuid);
    json_t *zaak = whole_zaak(s, c->body, uuid);
    snprintf(unique, sizeof unique, "%s|%s",
             json_string_value(json_object_get(zaak, "bronorganisatie")),
             json_string_value(json_object_get(zaak, "identificatie")));
    enum err e = db_put(&s->db, &(struct thing){ "zaak", uuid, NULL, unique }, zaak);
    if (!e)
        return reply_ok(201, zaak);
    json_decref(zaak);
    if (e != ERR_EXISTS)
        return reply_problem(s, 500, "error", "Opslag mislukt.");
    fault_note(&f, "identificatie", "identificatie-niet-uniek", "Deze identificatie bestaat al.");
    return faults_reply(s, &f);
}

/* True when `expand` names that part of a zaak: "rollen,status". */
static bool asks_for(const struct call *c, const char *part)
{
    const char *at = call_arg(c, "expand");
    for (size_t n = strlen(part); at && *at; at += strcspn(at, ",") + (strchr(at, ',') != NULL))
        if (strcspn(at, ",") == n && memcmp(at, part, n) == 0)
            return true;
    return false;
}

/* Adds a list of what belongs to a zaak: the addresses, and the things where asked for. */
static void add_list(struct server *s, const struct call *c, json_t *zaak, const char *kind,
                     const char *key)
{
    json_t *urls = json_array(), *one;
    json_t *all = db_list(&s->db, kind, json_string_value(json_object_get(zaak, "uuid")));
    size_t n;
    json_array_foreach(all, n, one) json_array_append(urls, json_object_get(one, "url"));
    json_object_set_new(zaak, key, urls);
    if (asks_for(c, key))
        json_object_set(json_object_get(zaak, "_expand"), key, all);
    json_decref(all);
}

/* The last status is the one of the latest instant, whenever it was sent. */
static void add_status(struct server *s, const struct call *c, json_t *zaak)
{
    json_t *all = db_list(&s->db, "status", json_string_value(json_object_get(zaak, "uuid")));
    json_t *one, *last = NULL;
    utc_ms latest = 0, at;
    size_t n;
    json_array_foreach(all, n, one)
    {
        const char *text = json_string_value(json_object_get(one, "datumStatusGezet"));
        if (rfc3339_parse(text, &at) == ERR_OK && (!last || at > latest)) {
            last = one;
            latest = at;
        }
    }
    if (last)
        json_object_set(zaak, "status", json_object_get(last, "url"));
    if (last && asks_for(c, "status"))
        json_object_set(json_object_get(zaak, "_expand"), "status", last);
    json_decref(all);
}

/* Adds what is known of a zaak elsewhere: its roles, last status and properties. */
static json_t *with_children(struct server *s, const struct call *c, json_t *zaak)
{
    if (call_arg(c, "expand"))
        json_object_set_new(zaak, "_expand", json_object());
    add_list(s, c, zaak, "rol", "rollen");
    add_list(s, c, zaak, "eigenschap", "eigenschappen");
    add_status(s, c, zaak);
    return zaak;
}

static struct reply list_zaken(struct server *s, struct call *c)
{
    const char *id = call_arg(c, "identificatie"), *source = call_arg(c, "bronorganisatie");
    json_t *list = NULL;
    if (id && source) {
        char unique[120];
        snprintf(unique, sizeof unique, "%s|%s", source, id);
        json_t *one = db_find(&s->db, "zaak", unique);
        list = one ? json_pack("[o]", with_children(s, c, one)) : json_array();
    } else {
        list = db_list(&s->db, "zaak", NULL);
        for (size_t i = json_array_size(list); id && i-- > 0;)
            if (strcmp(id, json_string_value(json_object_get(json_array_get(list, i),
                                                             "identificatie"))) != 0)
                json_array_remove(list, i);
    }
    return reply_page(c, list);
}

static struct reply get_zaak(struct server *s, struct call *c)
{
    json_t *zaak = db_get(&s->db, "zaak", c->uuid[0]);
    return zaak ? reply_ok(200, with_children(s, c, zaak)) : reply_not_found(s);
}

/* The zaak that a body names, whole; notes a fault when there is none. */
static json_t *zaak_of(struct server *s, struct faults *f, const json_t *body, char uuid[UUID_SIZE])
{
    const char *url = check_text(f, body, "zaak", 1000, REQUIRED);
    json_t *zaak = uuid_of_url(url, ZAAK_LIST, uuid) ? db_get(&s->db, "zaak", uuid) : NULL;
    if (url && !zaak)
        fault_note(f, "zaak", "does_not_exist", "De referentie naar de zaak bestaat niet.");
    return zaak;
}

static bool closed(const json_t *zaak)
{
    return json_is_string(json_object_get(zaak, "einddatum"));
}

static struct reply refuse_closed(struct server *s)
{
    return reply_problem(s, 403, "permission_denied",
                         "Je mag geen gegevens aanpassen van een gesloten zaak.");
}

/* ---- rollen ---- */

/* An address is one of the national register, never a bare postcode. */
static void check_address(struct faults *f, const json_t *address)
{
    if (!json_is_object(address))
        return;
    check_text(f, address, "aoaIdentificatie", 100, REQUIRED);
    check_text(f, address, "gorOpenbareRuimteNaam", 80, REQUIRED);
    if (!json_is_integer(json_object_get(address, "aoaHuisnummer")))
        fault_note(f, "aoaHuisnummer", "required", "Dit veld is vereist.");
}

static void check_person(struct faults *f, const json_t *id)
{
    check_address(f, json_object_get(id, "verblijfsadres"));
    check_text(f, id, "inpBsn", 9, OPTIONAL);
    check_text(f, id, "anpIdentificatie", 17, OPTIONAL);
    check_text(f, id, "geslachtsnaam", 200, OPTIONAL);
    check_text(f, id, "voorvoegselGeslachtsnaam", 80, OPTIONAL);
    check_text(f, id, "voorletters", 20, OPTIONAL);
    check_text(f, id, "voornamen", 200, OPTIONAL);
    check_text(f, id, "geboortedatum", 18, OPTIONAL);
}

static void check_betrokkene(struct faults *f, const json_t *body)
{
    const char *type = json_string_value(json_object_get(body, "betrokkeneType"));
    const json_t *id = json_object_get(body, "betrokkeneIdentificatie");
    if (!id)
        fault_note(f, "betrokkeneIdentificatie", "required", "Dit veld is vereist.");
    if (!id || !type)
        return;
    if (strcmp(type, "natuurlijk_persoon") == 0)
        check_person(f, id);
    if (strcmp(type, "medewerker") == 0) {
        check_text(f, id, "identificatie", 128, OPTIONAL);
        check_text(f, id, "achternaam", 200, OPTIONAL);
        check_text(f, id, "voorletters", 20, OPTIONAL);
        check_text(f, id, "voorvoegselAchternaam", 10, OPTIONAL);
    }
    if (strcmp(type, "organisatorische_eenheid") == 0) {
        check_text(f, id, "identificatie", 255, OPTIONAL);
        check_text(f, id, "naam", 255, OPTIONAL);
    }
}

static const struct catalog_type *check_rol(struct faults *f, const json_t *body)
{
    check_choice(f, body, "betrokkeneType",
                 "natuurlijk_persoon niet_natuurlijk_persoon vestiging organisatorische_eenheid "
                 "medewerker",
                 REQUIRED);
    check_text(f, body, "roltoelichting", 1000, REQUIRED);
    check_text(f, body, "afwijkendeNaamBetrokkene", 625, OPTIONAL);
    check_betrokkene(f, body);
    const json_t *contact = json_object_get(body, "contactpersoonRol");
    if (contact && !json_is_null(contact)) {
        check_text(f, contact, "naam", 200, REQUIRED);
        check_text(f, contact, "telefoonnummer", 20, OPTIONAL);
        check_text(f, contact, "functie", 50, OPTIONAL);
        const char *mail = check_text(f, contact, "emailadres", 254, OPTIONAL);
        if (mail && mail[0] && !strchr(mail, '@'))
            fault_note(f, "contactpersoonRol.emailadres", "invalid", "Geen geldig e-mailadres.");
    }
    const char *url = check_text(f, body, "roltype", 1000, REQUIRED);
    const struct catalog_type *type = catalog_find(CATALOG_ROL, url);
    if (url && !type)
        fault_note(f, "roltype", "bad-url", "De URL gaf als antwoord HTTP 404.");
    return type;
}

/* Stores a thing that belongs to a zaak, its addresses turned into paths. */
static struct reply store(struct server *s, const struct thing *t, json_t *o,
                          struct faults *twice)
{
    json_object_set_new(o, "zaak", json_sprintf(ZAAK_LIST "/%s", t->parent));
    enum err e = db_put(&s->db, t, o);
    if (!e)
        return reply_ok(201, o);
    json_decref(o);
    return e == ERR_EXISTS ? faults_reply(s, twice)
                           : reply_problem(s, 500, "error", "Opslag mislukt.");
}

/* Writes a changed thing; `r` is the reply when that succeeds. */
static struct reply update(struct server *s, const char *uuid, const json_t *o, struct reply r)
{
    if (db_update(&s->db, uuid, o) == ERR_OK)
        return r;
    json_decref(r.body);
    return reply_problem(s, 500, "error", "Opslag mislukt.");
}

static struct reply put_rol(struct server *s, const json_t *body, const struct catalog_type *type,
                            const char *zaak)
{
    char uuid[UUID_SIZE], unique[64];
    uuid_make(s, uuid);
    snprintf(unique, sizeof unique, "initiator|%s", zaak);
    bool initiator = strcmp(type->generic, "initiator") == 0;
    json_t *o = json_pack("{s:s, s:s, s:s, s:n, s:s, s:[]}", "omschrijving", type->name,
                          "omschrijvingGeneriek", type->generic, "indicatieMachtiging", "",
                          "contactpersoonRol", "afwijkendeNaamBetrokkene", "", "statussen");
    json_object_set_new(o, "registratiedatum", now_text(s));
    json_object_update(o, (json_t *)body);
    json_object_set_new(o, "roltype", type_path(body, "roltype"));
    name_thing(o, ZAKEN "/rollen", uuid);
    struct faults twice = { 0 };
    struct thing t = { "rol", uuid, zaak, initiator ? unique : NULL };
    json_t *there = initiator ? db_find(&s->db, "rol", unique) : NULL;
    if (there)
        fault_note(&twice, "nonFieldErrors", "max-occurences", "Er is al een initiator.");
    json_decref(there);
    return store(s, &t, o, &twice);
}

static struct reply post_rol(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    char zaak_uuid[UUID_SIZE];
    const struct catalog_type *type = check_rol(&f, c->body);
    json_t *zaak = zaak_of(s, &f, c->body, zaak_uuid);
    check_version(&f, zaak, c->body, "roltype");
    struct reply r = f.params       ? faults_reply(s, &f)
                     : closed(zaak) ? refuse_closed(s)
                                    : put_rol(s, c->body, type, zaak_uuid);
    json_decref(zaak);
    return r;
}

static bool arg_matches(const struct call *c, const char *arg, const json_t *o, const char *key)
{
    const char *want = call_arg(c, arg), *have = json_string_value(json_object_get(o, key));
    return !want || (have && strcmp(want, have) == 0);
}

static bool arg_url_matches(const struct call *c, const char *arg, const json_t *o)
{
    const char *want = call_arg(c, arg), *have = json_string_value(json_object_get(o, arg));
    size_t n = have ? strlen(have) : 0, m = want ? strlen(want) : 0;
    return !want || (have && m >= n && strcmp(want + m - n, have) == 0);
}

/* All things of a kind on the zaak that is asked for; an unknown zaak has none. */
static json_t *of_zaak(struct server *s, const struct call *c, const char *kind)
{
    char uuid[UUID_SIZE];
    const char *url = call_arg(c, "zaak");
    if (!url)
        return db_list(&s->db, kind, NULL);
    return uuid_of_url(url, ZAAK_LIST, uuid) ? db_list(&s->db, kind, uuid) : json_array();
}

static struct reply list_rollen(struct server *s, struct call *c)
{
    json_t *list = of_zaak(s, c, "rol");
    for (size_t i = json_array_size(list); i-- > 0;) {
        const json_t *o = json_array_get(list, i);
        if (!arg_matches(c, "omschrijvingGeneriek", o, "omschrijvingGeneriek") ||
            !arg_matches(c, "betrokkeneType", o, "betrokkeneType") ||
            !arg_url_matches(c, "roltype", o))
            json_array_remove(list, i);
    }
    return reply_page(c, list);
}

/* ---- statussen ---- */

static struct reply put_status(struct server *s, const json_t *body, utc_ms at,
                               const struct catalog_type *type, json_t *zaak)
{
    const char *zaak_uuid = json_string_value(json_object_get(zaak, "uuid"));
    char uuid[UUID_SIZE], unique[80];
    uuid_make(s, uuid);
    snprintf(unique, sizeof unique, "%s|%lld", zaak_uuid, (long long)at);
    json_t *o = json_pack("{s:s, s:b, s:n, s:[]}", "statustoelichting", "",
                          "indicatieLaatstGezetteStatus", 1, "gezetdoor", "zaakinformatieobjecten");
    json_object_update(o, (json_t *)body);
    json_object_set_new(o, "statustype", type_path(body, "statustype"));
    name_thing(o, ZAKEN "/statussen", uuid);
    struct faults twice = { 0 };
    struct reply r = { 0, NULL };
    json_t *there = db_find(&s->db, "status", unique);
    if (there)
        fault_note(&twice, "nonFieldErrors", "unique", "De velden zaak, datumStatusGezet moeten uniek zijn.");
    json_decref(there);
    r = store(s, &(struct thing){ "status", uuid, zaak_uuid, unique }, o, &twice);
    if (r.status != 201 || !type->end)
        return r;
    const char *day = json_string_value(json_object_get(body, "datumStatusGezet"));
    json_object_set_new(zaak, "einddatum", json_sprintf("%.10s", day)); /* a coach closed it */
    return update(s, zaak_uuid, zaak, r);
}

/* Who may only make zaken gives each its first status and no other. */
static bool may_set_status(struct server *s, const char *zaak)
{
    json_t *there = db_list(&s->db, "status", zaak);
    bool first = json_array_size(there) == 0;
    json_decref(there);
    return first || auth_holds(s, "zaken.statussen.toevoegen,zaken.heropenen");
}

static struct reply refuse_second_status(struct server *s)
{
    return reply_problem(s, 403, "permission_denied", "Met zaken.aanmaken mag je 1 status zetten.");
}

static struct reply post_status(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    char zaak_uuid[UUID_SIZE];
    utc_ms at = check_instant(s, &f, c->body, "datumStatusGezet", REQUIRED);
    check_text(&f, c->body, "statustoelichting", 1000, OPTIONAL);
    const char *url = check_text(&f, c->body, "statustype", 1000, REQUIRED);
    const struct catalog_type *type = catalog_find(CATALOG_STATUS, url);
    if (url && !type)
        fault_note(&f, "statustype", "bad-url", "De URL gaf als antwoord HTTP 404.");
    json_t *zaak = zaak_of(s, &f, c->body, zaak_uuid);
    if (zaak && type && type->end && !json_is_string(json_object_get(zaak, "resultaat")))
        fault_note(&f, "nonFieldErrors", "resultaat-does-not-exist", "De zaak heeft geen resultaat.");
    check_version(&f, zaak, c->body, "statustype");
    struct reply r = f.params                       ? faults_reply(s, &f)
                     : closed(zaak)                 ? refuse_closed(s)
                     : may_set_status(s, zaak_uuid) ? put_status(s, c->body, at, type, zaak)
                                                    : refuse_second_status(s);
    json_decref(zaak);
    return r;
}

static struct reply list_statussen(struct server *s, struct call *c)
{
    json_t *list = of_zaak(s, c, "status");
    for (size_t i = json_array_size(list); i-- > 0;)
        if (!arg_url_matches(c, "statustype", json_array_get(list, i)))
            json_array_remove(list, i);
    return reply_page(c, list);
}

/* A coach's act, for tests of closed zaken. */
static struct reply post_resultaat(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    char zaak_uuid[UUID_SIZE], uuid[UUID_SIZE];
    const char *url = check_text(&f, c->body, "resultaattype", 1000, REQUIRED);
    if (url && !catalog_find(CATALOG_RESULT, url))
        fault_note(&f, "resultaattype", "bad-url", "De URL gaf als antwoord HTTP 404.");
    json_t *zaak = zaak_of(s, &f, c->body, zaak_uuid);
    if (f.params) {
        json_decref(zaak);
        return faults_reply(s, &f);
    }
    uuid_make(s, uuid);
    json_t *o = json_deep_copy(c->body);
    name_thing(o, ZAKEN "/resultaten", uuid);
    json_object_set(zaak, "resultaat", json_object_get(o, "url"));
    fault_note(&f, "zaak", "unique", "Zaak heeft al een resultaat.");
    struct reply r = store(s, &(struct thing){ "resultaat", uuid, zaak_uuid, zaak_uuid }, o, &f);
    json_decref(f.params);
    if (r.status == 201)
        r = update(s, zaak_uuid, zaak, r);
    json_decref(zaak);
    return r;
}

/* ---- zaakeigenschappen: the one kind without uniqueness ---- */

static struct reply list_eigenschappen(struct server *s, struct call *c)
{
    json_t *zaak = db_get(&s->db, "zaak", c->uuid[0]);
    if (!zaak)
        return reply_not_found(s);
    json_decref(zaak);
    return reply_ok(200, db_list(&s->db, "eigenschap", c->uuid[0]));
}

static struct reply post_eigenschap(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    char zaak_uuid[UUID_SIZE], uuid[UUID_SIZE];
    check_text(&f, c->body, "waarde", 255, REQUIRED);
    const char *url = check_text(&f, c->body, "eigenschap", 1000, REQUIRED);
    const struct catalog_type *type = catalog_find(CATALOG_PROPERTY, url);
    if (url && !type)
        fault_note(&f, "eigenschap", "bad-url", "De URL gaf als antwoord HTTP 404.");
    json_t *zaak = zaak_of(s, &f, c->body, zaak_uuid);
    if (zaak && strcmp(zaak_uuid, c->uuid[0]) != 0)
        fault_note(&f, "zaak", "invalid", "De zaak is niet die van het pad.");
    check_version(&f, zaak, c->body, "eigenschap");
    struct reply r = { 0, NULL };
    if (f.params) {
        r = faults_reply(s, &f);
    } else if (closed(zaak)) {
        r = refuse_closed(s);
    } else {
        uuid_make(s, uuid);
        json_t *o = json_deep_copy(c->body);
        json_object_set_new(o, "eigenschap", type_path(c->body, "eigenschap"));
        json_object_set_new(o, "naam", json_sprintf(CATALOG_NAAM, type->name));
        char collection[120];
        snprintf(collection, sizeof collection, ZAAK_LIST "/%s/zaakeigenschappen", zaak_uuid);
        name_thing(o, collection, uuid);
        r = store(s, &(struct thing){ "eigenschap", uuid, zaak_uuid, NULL }, o, &f);
    }
    json_decref(zaak);
    return r;
}

static struct reply patch_eigenschap(struct server *s, struct call *c)
{
    struct faults f = { 0 };
    json_t *zaak = db_get(&s->db, "zaak", c->uuid[0]);
    json_t *o = db_get(&s->db, "eigenschap", c->uuid[1]);
    const char *value = check_text(&f, c->body, "waarde", 255, OPTIONAL);
    struct reply r = { 0, NULL };
    if (!zaak || !o) {
        r = reply_not_found(s);
    } else if (f.params) {
        r = faults_reply(s, &f);
    } else if (closed(zaak)) {
        r = refuse_closed(s);
    } else {
        if (value)
            json_object_set_new(o, "waarde", json_string(value));
        r = update(s, c->uuid[1], o, reply_ok(200, json_incref(o)));
    }
    json_decref(f.params);
    json_decref(zaak);
    json_decref(o);
    return r;
}

const struct route zaken_routes[] = {
    { "GET", ZAAK_LIST, list_zaken },
    { "POST", ZAAK_LIST, post_zaak },
    { "GET", ZAAK_LIST "/*", get_zaak },
    { "GET", ZAKEN "/rollen", list_rollen },
    { "POST", ZAKEN "/rollen", post_rol },
    { "GET", ZAKEN "/statussen", list_statussen },
    { "POST", ZAKEN "/statussen", post_status },
    { "POST", ZAKEN "/resultaten", post_resultaat },
    { "GET", ZAAK_LIST "/*/zaakeigenschappen", list_eigenschappen },
    { "POST", ZAAK_LIST "/*/zaakeigenschappen", post_eigenschap },
    { "PATCH", ZAAK_LIST "/*/zaakeigenschappen/*", patch_eigenschap },
    { NULL, NULL, NULL },
};
