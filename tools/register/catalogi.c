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

const struct catalog_type *catalog_find(enum catalog_kind kind, const char *url)
{
    char uuid[UUID_SIZE];
    if (!uuid_of_url(url, collections[kind], uuid))
        return NULL;
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i].kind == kind && strcmp(types[i].uuid, uuid) == 0)
            return &types[i];
    return NULL;
}

/* Addresses of all types of a kind. */
static json_t *urls_of(enum catalog_kind kind)
{
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(types); i++)
        if (types[i].kind == kind)
            json_array_append_new(list, json_sprintf("%s/%s", collections[kind], types[i].uuid));
    return list;
}

static const char catalogus[] = CATALOGI "/catalogussen/5f1c6d45-4e0b-4a96-8d4c-000000000001";

static json_t *zaaktype(const char *uuid, const char *identificatie, bool concept)
{
    json_t *o = json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:b, s:b, s:b, s:s}",
        "identificatie", identificatie, "omschrijving", "Inloop Dynamo",
        "vertrouwelijkheidaanduiding", "vertrouwelijk", "doel", "Begeleiden van jongeren",
        "aanleiding", "Een jongere komt langs", "indicatieInternOfExtern", "extern",
        "handelingInitiator", "aanmelden", "onderwerp", "Jongere", "handelingBehandelaar",
        "begeleiden", "doorlooptijd", "P365D", "verantwoordelijke", "Dynamo",
        "opschortingEnAanhoudingMogelijk", 0, "verlengingMogelijk", 0, "publicatieIndicatie", 0,
        "concept", concept, "beginGeldigheid", "2024-01-01");
    json_object_update_new(
        o, json_pack("{s:s, s:n, s:s, s:s, s:s, s:{s:s, s:s}, s:n, s:n}", "versiedatum",
                     "2024-01-01", "eindeGeldigheid", "eindeObject", "2099-12-31", "beginObject",
                     "2024-01-01", "catalogus", catalogus, "referentieproces", "naam", "Inloop",
                     "link", "https://example.org/inloop", "verlengingstermijn", "servicenorm"));
    static const char *const empty[] = { "trefwoorden",      "verantwoordingsrelatie",
                                         "productenOfDiensten", "informatieobjecttypen",
                                         "besluittypen",     "deelzaaktypen",
                                         "gerelateerdeZaaktypen", "zaakobjecttypen" };
    for (size_t i = 0; i < ARRAY_LEN(empty); i++)
        json_object_set_new(o, empty[i], json_array());
    json_object_set_new(o, "statustypen", urls_of(CATALOG_STATUS));
    json_object_set_new(o, "roltypen", urls_of(CATALOG_ROL));
    json_object_set_new(o, "eigenschappen", urls_of(CATALOG_PROPERTY));
    json_object_set_new(o, "resultaattypen", urls_of(CATALOG_RESULT));
    json_object_set_new(o, "url", json_sprintf(CATALOGI "/zaaktypen/%s", uuid));
    return o;
}

static struct reply list_zaaktypen(struct server *s, struct call *c)
{
    (void)s;
    static const struct {
        const char *uuid, *identificatie;
        bool concept;
    } all[] = { { ZAAKTYPE_UUID, "DYNAMO-INLOOP", false }, { CONCEPT_UUID, "DYNAMO-CONCEPT", true } };
    const char *want = call_arg(c, "identificatie");
    const char *status = call_arg(c, "status");
    const char *day = call_arg(c, "datumGeldigheid");
    json_t *list = json_array();
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        bool shown = status && strcmp(status, "alles") == 0
                         ? true
                         : all[i].concept == (status && strcmp(status, "concept") == 0);
        if (shown && (!want || strcmp(want, all[i].identificatie) == 0) &&
            (!day || strcmp(day, "2024-01-01") >= 0))
            json_array_append_new(list, zaaktype(all[i].uuid, all[i].identificatie, all[i].concept));
    }
    return reply_page(c, list);
}

static json_t *base_type(const struct catalog_type *t, int volgnummer)
{
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:n, s:n}", "zaaktype",
                          CATALOGI "/zaaktypen/" ZAAKTYPE_UUID, "zaaktypeIdentificatie",
                          "DYNAMO-INLOOP", "catalogus", catalogus, "beginObject", "2024-01-01",
                          "eindeObject", "2099-12-31", "beginGeldigheid", "eindeGeldigheid");
    json_object_set_new(o, "url", json_sprintf("%s/%s", collections[t->kind], t->uuid));
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

static struct reply list_types(struct call *c, enum catalog_kind kind)
{
    char uuid[UUID_SIZE];
    const char *of = call_arg(c, "zaaktype");
    json_t *list = json_array();
    const char *identificatie = call_arg(c, "zaaktypeIdentificatie");
    bool ours = (!of || (uuid_of_url(of, CATALOGI "/zaaktypen", uuid) &&
                         strcmp(uuid, ZAAKTYPE_UUID) == 0)) &&
                (!identificatie || strcmp(identificatie, "DYNAMO-INLOOP") == 0);
    int volgnummer = 0;
    for (size_t i = 0; ours && i < ARRAY_LEN(types); i++)
        if (types[i].kind == kind)
            json_array_append_new(list, base_type(&types[i], ++volgnummer));
    return reply_page(c, list);
}

static struct reply list_statustypen(struct server *s, struct call *c)
{
    (void)s;
    return list_types(c, CATALOG_STATUS);
}

static struct reply list_roltypen(struct server *s, struct call *c)
{
    (void)s;
    return list_types(c, CATALOG_ROL);
}

static struct reply list_eigenschappen(struct server *s, struct call *c)
{
    (void)s;
    return list_types(c, CATALOG_PROPERTY);
}

static struct reply list_resultaattypen(struct server *s, struct call *c)
{
    (void)s;
    return list_types(c, CATALOG_RESULT);
}

const struct route catalogi_routes[] = {
    { "GET", CATALOGI "/zaaktypen", list_zaaktypen },
    { "GET", CATALOGI "/statustypen", list_statustypen },
    { "GET", CATALOGI "/roltypen", list_roltypen },
    { "GET", CATALOGI "/eigenschappen", list_eigenschappen },
    { "GET", CATALOGI "/resultaattypen", list_resultaattypen },
    { NULL, NULL, NULL },
};
