#include <string.h>

#include "catalog.h"
#include "serve.h"

static const char *const collections[] = {
    [CATALOG_STATUS] = CATALOGI "/statustypen",
    [CATALOG_ROL] = CATALOGI "/roltypen",
    [CATALOG_PROPERTY] = CATALOGI "/eigenschappen",
    [CATALOG_RESULT] = CATALOGI "/resultaattypen",
};

static const struct catalog_type types[] = {
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000001", "Aangemeld", NULL, false },
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000002", "Afspraak gepland", NULL, false },
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000003", "Afspraak geannuleerd", NULL, false },
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000004", "Verschenen", NULL, false },
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000005", "Niet verschenen", NULL, false },
    { CATALOG_STATUS, "1b7e2f01-0a6f-4c52-9f0e-000000000006", "Afgesloten", NULL, true },
    { CATALOG_ROL, "2c8f3a12-1b7e-4d63-8a1f-000000000001", "Jongere", "initiator", false },
    { CATALOG_ROL, "2c8f3a12-1b7e-4d63-8a1f-000000000002", "Dynamo", "behandelaar", false },
    { CATALOG_PROPERTY, "3d9a4b23-2c8f-4e74-9b2a-000000000001", "afspraak_begin", NULL, false },
    { CATALOG_PROPERTY, "3d9a4b23-2c8f-4e74-9b2a-000000000002", "privacyverklaring", NULL, false },
    { CATALOG_PROPERTY, "3d9a4b23-2c8f-4e74-9b2a-000000000003", "toestemming_herinnering", NULL,
      false },
    { CATALOG_PROPERTY, "3d9a4b23-2c8f-4e74-9b2a-000000000004", "woongemeente", NULL, false },
    { CATALOG_RESULT, "4e0b5c34-3d9a-4f85-8c3b-000000000001", "Begeleid", NULL, false },
};

/* The types of the second version have the numbers of the first but for this digit. */
#define DIGIT 24
#define DIGIT_2 '2'

static void at_version(const char *uuid, int version, char out[UUID_SIZE])
{
    memcpy(out, uuid, UUID_SIZE);
    if (version == 2)
        out[DIGIT] = DIGIT_2;
}

int catalog_version(const char *url)
{
    size_t n = strlen(url);
    return n >= UUID_SIZE && url[n - (UUID_SIZE - 1) + DIGIT] == DIGIT_2 ? 2 : 1;
}

enum catalog_zaaktype catalog_zaaktype_of(const char *url)
{
    char uuid[UUID_SIZE], second[UUID_SIZE];
    at_version(ZAAKTYPE_UUID, 2, second);
    if (!uuid_of_url(url, CATALOGI "/zaaktypen", uuid))
        return CATALOG_UNKNOWN;
    return strcmp(uuid, ZAAKTYPE_UUID) == 0  ? CATALOG_FIRST
           : strcmp(uuid, second) == 0       ? CATALOG_SECOND
           : strcmp(uuid, CONCEPT_UUID) == 0 ? CATALOG_CONCEPT
                                             : CATALOG_UNKNOWN;
}

const struct catalog_type *catalog_find(enum catalog_kind kind, const char *url)
{
    char uuid[UUID_SIZE], want[UUID_SIZE];
    if (!uuid_of_url(url, collections[kind], uuid))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(types); i++) {
        at_version(types[i].uuid, catalog_version(url), want);
        if (types[i].kind == kind && strcmp(want, uuid) == 0)
            return &types[i];
    }
    return NULL;
}

/* Addresses of all types of a kind. */
static json_t *urls_of(enum catalog_kind kind, int version)
{
    json_t *list = json_array();
    char uuid[UUID_SIZE];
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i].kind == kind) {
            at_version(types[i].uuid, version, uuid);
            json_array_append_new(list, json_sprintf("%s/%s", collections[kind], uuid));
        }
    return list;
}

static const char catalogus[] = CATALOGI "/catalogussen/5f1c6d45-4e0b-4a96-8d4c-000000000001";

/* One that the catalogue has, and from when to when it is valid; `until` NULL: from then on. */
struct zaaktype {
    const char *uuid, *identificatie;
    bool concept;
    int version;
    const char *from, *until;
};

static json_t *json_of(const struct zaaktype *z)
{
    char uuid[UUID_SIZE];
    at_version(z->uuid, z->version, uuid);
    json_t *o = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:s}",
        "identificatie", z->identificatie, "omschrijving", "Inloop Dynamo",
        "vertrouwelijkheidaanduiding", "vertrouwelijk", "doel", "Begeleiden van jongeren",
        "aanleiding", "Een jongere komt langs", "indicatieInternOfExtern", "extern",
        "handelingInitiator", "aanmelden", "onderwerp", "Jongere", "handelingBehandelaar",
        "begeleiden", "doorlooptijd", "P365D", "verantwoordelijke", "Dynamo",
        "opschortingEnAanhoudingMogelijk", 0, "verlengingMogelijk", 0, "publicatieIndicatie", 0,
        "concept", z->concept, "beginGeldigheid", z->from);
    json_object_update_new(
        o, json_pack("{s:s, s:s?, s:s, s:s, s:s, s:{s:s, s:s}, s:n, s:n}", "versiedatum", z->from,
                     "eindeGeldigheid", z->until, "eindeObject", "2099-12-31", "beginObject",
                     "2024-01-01", "catalogus", catalogus, "referentieproces", "naam", "Inloop",
                     "link", "https://example.org/inloop", "verlengingstermijn", "servicenorm"));
    static const char *const empty[] = { "trefwoorden",      "verantwoordingsrelatie",
                                         "productenOfDiensten", "informatieobjecttypen",
                                         "besluittypen",     "deelzaaktypen",
                                         "gerelateerdeZaaktypen", "zaakobjecttypen" };
    for (size_t i = 0; i < ARRAY_LEN(empty); i++)
        json_object_set_new(o, empty[i], json_array());
    json_object_set_new(o, "statustypen", urls_of(CATALOG_STATUS, z->version));
    json_object_set_new(o, "roltypen", urls_of(CATALOG_ROL, z->version));
    json_object_set_new(o, "eigenschappen", urls_of(CATALOG_PROPERTY, z->version));
    json_object_set_new(o, "resultaattypen", urls_of(CATALOG_RESULT, z->version));
    json_object_set_new(o, "url", json_sprintf(CATALOGI "/zaaktypen/%s", uuid));
    return o;
}

static bool valid_on(const struct zaaktype *z, const char *day)
{
    return !day || (strcmp(day, z->from) >= 0 && (!z->until || strcmp(day, z->until) <= 0));
}

static struct reply list_zaaktypen(struct server *s, struct call *c)
{
    bool two = s->options.two_versions;
    const struct zaaktype all[] = {
        { ZAAKTYPE_UUID, "DYNAMO-INLOOP", false, 1, "2024-01-01", two ? "2024-12-31" : NULL },
        { CONCEPT_UUID, "DYNAMO-CONCEPT", true, 1, "2024-01-01", NULL },
        { ZAAKTYPE_UUID, "DYNAMO-INLOOP", false, 2, "2025-01-01", NULL },
    };
    const char *want = call_arg(c, "identificatie");
    const char *status = call_arg(c, "status");
    const char *day = call_arg(c, "datumGeldigheid");
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(all) - (two ? 0 : 1); i++) {
        bool shown = status && strcmp(status, "alles") == 0
                         ? true
                         : all[i].concept == (status && strcmp(status, "concept") == 0);
        if (shown && (!want || strcmp(want, all[i].identificatie) == 0) && valid_on(&all[i], day))
            json_array_append_new(list, json_of(&all[i]));
    }
    return reply_page(c, list);
}

static json_t *base_type(const struct catalog_type *t, int version, int volgnummer)
{
    char uuid[UUID_SIZE], zaaktype[UUID_SIZE];
    at_version(t->uuid, version, uuid);
    at_version(ZAAKTYPE_UUID, version, zaaktype);
    json_t *o = json_pack("{s:s+, s:s, s:s, s:s, s:s, s:n, s:n}", "zaaktype",
                          CATALOGI "/zaaktypen/", zaaktype, "zaaktypeIdentificatie",
                          "DYNAMO-INLOOP", "catalogus", catalogus, "beginObject", "2024-01-01",
                          "eindeObject", "2099-12-31", "beginGeldigheid", "eindeGeldigheid");
    json_object_set_new(o, "url", json_sprintf("%s/%s", collections[t->kind], uuid));
    if (t->kind == CATALOG_PROPERTY) {
        json_object_set_new(o, "naam", json_sprintf(CATALOG_NAAM, t->name));
        json_object_set_new(o, "definitie", json_string(t->name));
        json_object_set_new(o, "specificatie",
                            json_pack("{s:s, s:s, s:s, s:s, s:[]}", "groep", "", "formaat", "tekst",
                                      "lengte", "255", "kardinaliteit", "1", "waardenverzameling"));
        return o;
    }
    json_object_set_new(o, "omschrijving", json_string(t->name));
    if (t->kind == CATALOG_RESULT)
        json_object_update_new(
            o, json_pack("{s:s, s:s, s:s, s:[], s:[]}", "resultaattypeomschrijving",
                         "https://example.org/resultaat", "omschrijvingGeneriek", "Begeleid",
                         "selectielijstklasse", "https://example.org/selectielijst",
                         "besluittypeOmschrijving", "informatieobjecttypeOmschrijving"));
    if (t->kind == CATALOG_ROL)
        json_object_set_new(o, "omschrijvingGeneriek", json_string(t->generic));
    if (t->kind == CATALOG_STATUS)
        json_object_update_new(o, json_pack("{s:i, s:b, s:s, s:[], s:[]}", "volgnummer", volgnummer,
                                            "isEindstatus", t->end, "statustekst", "",
                                            "eigenschappen", "zaakobjecttypen"));
    return o;
}

static void add_types(json_t *list, enum catalog_kind kind, int version)
{
    int volgnummer = 0;
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i].kind == kind)
            json_array_append_new(list, base_type(&types[i], version, ++volgnummer));
}

static struct reply list_types(struct server *s, struct call *c, enum catalog_kind kind)
{
    char uuid[UUID_SIZE], own[UUID_SIZE];
    const char *of = call_arg(c, "zaaktype");
    json_t *list = json_array();
    const char *identificatie = call_arg(c, "zaaktypeIdentificatie");
    bool ours = !identificatie || strcmp(identificatie, "DYNAMO-INLOOP") == 0;
    for (int version = 1; ours && version <= (s->options.two_versions ? 2 : 1); version++) {
        at_version(ZAAKTYPE_UUID, version, own);
        if (!of || (uuid_of_url(of, CATALOGI "/zaaktypen", uuid) && strcmp(uuid, own) == 0))
            add_types(list, kind, version);
    }
    return reply_page(c, list);
}

static struct reply list_statustypen(struct server *s, struct call *c)
{
    return list_types(s, c, CATALOG_STATUS);
}

static struct reply list_roltypen(struct server *s, struct call *c)
{
    return list_types(s, c, CATALOG_ROL);
}

static struct reply list_eigenschappen(struct server *s, struct call *c)
{
    return list_types(s, c, CATALOG_PROPERTY);
}

static struct reply list_resultaattypen(struct server *s, struct call *c)
{
    return list_types(s, c, CATALOG_RESULT);
}

const struct route catalogi_routes[] = {
    { "GET", CATALOGI "/zaaktypen", list_zaaktypen },
    { "GET", CATALOGI "/statustypen", list_statustypen },
    { "GET", CATALOGI "/roltypen", list_roltypen },
    { "GET", CATALOGI "/eigenschappen", list_eigenschappen },
    { "GET", CATALOGI "/resultaattypen", list_resultaattypen },
    { NULL, NULL, NULL },
};
