/*
 * The stand-in's own rules: what the real registers refuse it refuses too, by the same status,
 * code and field. A body that it should not take is one that it takes with one field changed.
 */
#include <string.h>

#include "crypt/hmac.h"
#include "register/jwt.h"
#include "tests/lib/check.h"
#include "tests/upload/near.h"
#include "tools/register/catalog.h"

#define NIGHT (INT64_C(20778) * DAY_MS + 23 * HOUR_MS) /* 2026-11-21 */
#define HOST "https://register.example"
#define ZAAKTYPE HOST CATALOGI "/zaaktypen/" ZAAKTYPE_UUID
#define TYPE(collection, uuid) HOST CATALOGI "/" collection "/" uuid
#define STATUS_TYPE(n) TYPE("statustypen", "1b7e2f01-0a6f-4c52-9f0e-00000000000" #n)
#define ROL_TYPE(n) TYPE("roltypen", "2c8f3a12-1b7e-4d63-8a1f-00000000000" #n)
#define PROPERTY(n) TYPE("eigenschappen", "3d9a4b23-2c8f-4e74-9b2a-00000000000" #n)
#define RESULT TYPE("resultaattypen", "4e0b5c34-3d9a-4f85-8c3b-000000000001")
#define NOWHERE "https://register.example/zaken/api/v1/zaken/00000000-0000-4000-8000-000000000000"
#define TEN(s) s s s s s s s s s s

struct fixture {
    struct near near;
    struct jwt_claims claims;
    const char *secret, *token; /* of the JWT; of Klantinteracties */
    const char *accept_crs, *content_crs; /* NULL: not sent */
    char zaak[200], contact[UUID_SIZE], person[UUID_SIZE];
};

/* ---- asking ---- */

struct ended {
    struct http_answer answer;
    bool ended;
};

static void keep(void *ctx, struct http_answer *answer)
{
    struct ended *e = ctx;
    e->answer = TAKE(*answer);
    e->ended = true;
}

static void authorization(const struct fixture *f, bool klant, struct buf *out)
{
    buf_adds(out, klant ? "Token " : "Bearer ");
    if (klant)
        buf_adds(out, f->token);
    else
        CHECK_OK(jwt_make(&f->claims, f->secret, out));
}

/* One exchange; the reply's status, and its body as a new reference. */
static int ask(struct fixture *f, const char *method, const char *path, const char *body,
               json_t **ret_body)
{
    char url[1200];
    CLEANUP(buf_done) struct buf token = buf_make(2000);
    struct ended e = { 0 };
    struct http_header headers[3];
    struct http_request r = { .method = method, .url = url, .headers = headers, .body = body,
                              .n_body = body ? strlen(body) : 0 };
    bool whole = strncmp(path, "https://", 8) == 0;
    snprintf(url, sizeof url, "%s%s", whole ? "" : HOST, path);
    authorization(f, strstr(path, KLANT) != NULL, &token);
    headers[r.n_headers++] = (struct http_header){ "Authorization", buf_str(&token) };
    if (f->accept_crs)
        headers[r.n_headers++] = (struct http_header){ "Accept-Crs", f->accept_crs };
    if (f->content_crs)
        headers[r.n_headers++] = (struct http_header){ "Content-Crs", f->content_crs };
    CHECK_OK(f->near.port.start(f->near.port.self, &r, keep, &e));
    CHECK_OK(f->near.port.wait(f->near.port.self, 1000));
    CHECK(e.ended);
    json_t *o = json_loadb(buf_str(&e.answer.body), e.answer.body.n, 0, NULL);
    int status = e.answer.status;
    http_answer_done(&e.answer);
    if (ret_body)
        *ret_body = o;
    else
        json_decref(o);
    return status;
}

/* The body with one member set to a JSON value, or taken out by NULL; "a.b" is within a. */
static char *changed(const char *body, const char *key, const char *value)
{
    json_t *o = json_loads(body, 0, NULL), *at = o;
    CHECK(o != NULL);
    for (const char *dot = strchr(key, '.'); dot; dot = strchr(key, '.')) {
        char part[60];
        snprintf(part, sizeof part, "%.*s", (int)(dot - key), key);
        at = json_object_get(at, part);
        key = dot + 1;
    }
    if (value)
        CHECK(json_object_set_new(at, key, json_loads(value, JSON_DECODE_ANY, NULL)) == 0);
    else
        CHECK(json_object_del(at, key) == 0);
    char *text = json_dumps(o, JSON_COMPACT);
    json_decref(o);
    return text;
}

static const char *text_at(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

/* Which fields a 400 names, and why: "startdatum:invalid". */
static bool blames(const json_t *o, const char *name, const char *code)
{
    size_t i;
    json_t *p;
    json_array_foreach(json_object_get(o, "invalidParams"), i, p)
    {
        if (strcmp(text_at(p, "name"), name) == 0 && strcmp(text_at(p, "code"), code) == 0)
            return text_at(p, "reason")[0] != '\0';
    }
    return false;
}

struct refusal {
    const char *key, *value; /* the change that makes it wrong */
    const char *name, *code;
};

/* The body is taken as it is, and refused with each of the changes. */
static void check_refusals(struct fixture *f, const char *path, const char *body,
                           const struct refusal *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        json_t *o = NULL;
        char *wrong = changed(body, v[i].key, v[i].value);
        int status = ask(f, "POST", path, wrong, &o);
        if (status != 400 || !blames(o, v[i].name, v[i].code))
            CHECK_FAIL("%s, %s %s: %d, not %s:%s", path, v[i].key, v[i].value ? v[i].value : "absent",
                       status, v[i].name, v[i].code);
        CHECK_STR(text_at(o, "code"), "invalid");
        CHECK(strncmp(text_at(o, "instance"), "urn:uuid:", 9) == 0);
        json_decref(o);
        free(wrong);
    }
    CHECK_INT(ask(f, "POST", path, body, NULL), 201);
}

static void check_problem(struct fixture *f, const char *method, const char *path, const char *body,
                          int status, const char *code)
{
    json_t *o = NULL;
    int got = ask(f, method, path, body, &o);
    if (got != status || strcmp(text_at(o, "code"), code) != 0)
        CHECK_FAIL("%s %s: %d %s, not %d %s", method, path, got, text_at(o, "code"), status, code);
    json_decref(o);
}

/* ---- bodies that are taken ---- */

static const char zaak_body[] =
    "{\"identificatie\":\"DYN-01-01KAKZ3W9T4V8Q2M6R5H7C1XGB\",\"bronorganisatie\":\"123456782\","
    "\"verantwoordelijkeOrganisatie\":\"123456782\",\"omschrijving\":\"Inloop\","
    "\"zaaktype\":\"" ZAAKTYPE "\",\"registratiedatum\":\"2026-11-21\",\"startdatum\":\"2026-11-21\","
    "\"vertrouwelijkheidaanduiding\":\"vertrouwelijk\","
    "\"kenmerken\":[{\"kenmerk\":\"01KAKZ3W9T4V8Q2M6R5H7C1XGB\",\"bron\":\"Dynamo kiosk\"}]}";

static char *with_zaak(const struct fixture *f, const char *body)
{
    char value[210];
    snprintf(value, sizeof value, "\"%s\"", f->zaak);
    return changed(body, "zaak", value);
}

static const char rol_body[] =
    "{\"betrokkeneType\":\"natuurlijk_persoon\",\"roltype\":\"" ROL_TYPE(1) "\","
    "\"roltoelichting\":\"Zelf aangemeld\",\"afwijkendeNaamBetrokkene\":\"Noor van der Berg\","
    "\"contactpersoonRol\":{\"naam\":\"Noor van der Berg\",\"telefoonnummer\":\"+31612345678\","
    "\"emailadres\":\"noor@example.org\"},\"betrokkeneIdentificatie\":{\"anpIdentificatie\":"
    "\"DYN01-00000123\",\"voornamen\":\"Noor\",\"voorvoegselGeslachtsnaam\":\"van der\","
    "\"geslachtsnaam\":\"Berg\"}}";

static const char status_body[] =
    "{\"statustype\":\"" STATUS_TYPE(1) "\",\"datumStatusGezet\":\"2026-11-21T09:15:02.417Z\","
    "\"statustoelichting\":\"Aangemeld\"}";

static const char maak_body[] =
    "{\"klantcontact\":{\"referentienummer\":\"0100000123\",\"kanaal\":\"kiosk\",\"onderwerp\":"
    "\"Inloop\",\"inhoud\":\"Aangemeld\",\"taal\":\"nld\",\"vertrouwelijk\":true,"
    "\"plaatsgevondenOp\":\"2026-11-21T10:15:02+01:00\",\"metadata\":{\"soort\":\"walkin\"}},"
    "\"betrokkene\":{\"rol\":\"klant\",\"initiator\":true,\"contactnaam\":{\"voorletters\":\"N.\","
    "\"voornaam\":\"Noor\",\"voorvoegselAchternaam\":\"van der\",\"achternaam\":\"Berg\"}},"
    "\"onderwerpobject\":{\"onderwerpobjectidentificator\":{\"objectId\":\"01KAKZ\","
    "\"codeObjecttype\":\"kioskregistratie\",\"codeRegister\":\"dynamo-kiosk\","
    "\"codeSoortObjectId\":\"ulid\"}}}";

static void set_up(struct fixture *f)
{
    *f = (struct fixture){ .claims = { .iss = "dynamo", .iat_s = NIGHT / SECOND_MS,
                                       .client_id = "dynamo", .user_id = "dynamo",
                                       .user_representation = "Dynamo kiosk" },
                           .secret = "example-secret", .token = "example-secret",
                           .accept_crs = "EPSG:4326", .content_crs = "EPSG:4326" };
    near_open(&f->near, NIGHT, 1, 1);
}

static void set_up_zaak(struct fixture *f)
{
    json_t *o = NULL;
    set_up(f);
    CHECK_INT(ask(f, "POST", ZAKEN "/zaken", zaak_body, &o), 201);
    snprintf(f->zaak, sizeof f->zaak, "%s", text_at(o, "url"));
    json_decref(o);
}

static void set_up_contact(struct fixture *f)
{
    json_t *o = NULL;
    set_up(f);
    CHECK_INT(ask(f, "POST", KLANT "/maak-klantcontact", maak_body, &o), 201);
    snprintf(f->contact, sizeof f->contact, "%s", text_at(json_object_get(o, "klantcontact"), "uuid"));
    snprintf(f->person, sizeof f->person, "%s", text_at(json_object_get(o, "betrokkene"), "uuid"));
    json_decref(o);
}

static void tear_down(struct fixture *f)
{
    near_close(&f->near);
}

/* ---- the Zaken API ---- */

TEST(a_zaak_that_the_real_register_would_refuse_is_refused)
{
    static const struct refusal v[] = {
        { "bronorganisatie", NULL, "bronorganisatie", "required" },
        { "verantwoordelijkeOrganisatie", NULL, "verantwoordelijkeOrganisatie", "required" },
        { "startdatum", NULL, "startdatum", "required" },
        { "zaaktype", NULL, "zaaktype", "required" },
        { "bronorganisatie", "\"123456789\"", "bronorganisatie", "invalid" },
        { "bronorganisatie", "\"000000000\"", "bronorganisatie", "invalid" },
        { "startdatum", "\"21-11-2026\"", "startdatum", "invalid" },
        { "registratiedatum", "\"2026-11-24\"", "registratiedatum", "date-in-future" },
        { "zaaktype", "\"" HOST CATALOGI "/zaaktypen/" CONCEPT_UUID "\"", "zaaktype", "not-published" },
        { "zaaktype", "\"" HOST "/elders\"", "zaaktype", "bad-url" },
        { "identificatie", "\"" TEN("DYN-") "X\"", "identificatie", "max_length" },
        { "identificatie", "\"DYN 01\"", "identificatie", "invalid" },
        { "omschrijving", "\"" TEN("12345678") "9\"", "omschrijving", "max_length" },
        { "toelichting", "\"" TEN(TEN("1234567890")) "1\"", "toelichting", "max_length" },
        { "kenmerken", "[{\"kenmerk\":\"" TEN("1234") "5\",\"bron\":\"Dynamo\"}]", "kenmerk", "max_length" },
        { "vertrouwelijkheidaanduiding", "\"zeer\"", "vertrouwelijkheidaanduiding", "invalid_choice" },
        { "communicatiekanaal", "\"https://register.example/kanaal\"", "communicatiekanaal", "bad-url" },
    };
    struct fixture f;
    set_up(&f);
    check_refusals(&f, ZAKEN "/zaken", zaak_body, v, ARRAY_LEN(v));
    tear_down(&f);
}

TEST(a_number_is_given_once_an_organisation_and_found_by_it)
{
    struct fixture f;
    json_t *o = NULL;
    set_up_zaak(&f);
    CHECK_INT(ask(&f, "POST", ZAKEN "/zaken", zaak_body, &o), 400);
    CHECK(blames(o, "identificatie", "identificatie-niet-uniek"));
    json_decref(o);
    CHECK_INT(ask(&f, "GET",
                  ZAKEN "/zaken?identificatie=DYN-01-01KAKZ3W9T4V8Q2M6R5H7C1XGB&bronorganisatie=123456782",
                  NULL, &o), 200);
    CHECK_INT(json_integer_value(json_object_get(o, "count")), 1);
    CHECK_STR(text_at(json_array_get(json_object_get(o, "results"), 0), "url"), f.zaak);
    json_decref(o);
    /* a number cannot be changed: there is nothing to change a zaak with */
    CHECK_INT(ask(&f, "PATCH", ZAKEN "/zaken", "{\"identificatie\":\"X\"}", NULL), 405);
    tear_down(&f);
}

TEST(a_rol_that_the_real_register_would_refuse_is_refused)
{
    static const struct refusal v[] = {
        { "zaak", NULL, "zaak", "required" },
        { "zaak", "\"" NOWHERE "\"", "zaak", "does_not_exist" },
        { "betrokkeneType", NULL, "betrokkeneType", "required" },
        { "betrokkeneType", "\"mens\"", "betrokkeneType", "invalid_choice" },
        { "roltype", NULL, "roltype", "required" },
        { "roltype", "\"" STATUS_TYPE(1) "\"", "roltype", "bad-url" },
        { "roltoelichting", NULL, "roltoelichting", "required" },
        { "roltoelichting", "\"" TEN(TEN("1234567890")) "1\"", "roltoelichting", "max_length" },
        { "afwijkendeNaamBetrokkene", "\"" TEN(TEN("1234567")) "\"", "afwijkendeNaamBetrokkene", "max_length" },
        { "contactpersoonRol.naam", "\"" TEN(TEN("12")) "3\"", "naam", "max_length" },
        { "contactpersoonRol.telefoonnummer", "\"+31612345678901234567\"", "telefoonnummer", "max_length" },
        { "contactpersoonRol.emailadres", "\"" TEN(TEN("123")) "@example.org\"", "emailadres", "max_length" },
        { "contactpersoonRol.emailadres", "\"noor\"", "contactpersoonRol.emailadres", "invalid" },
        { "betrokkeneIdentificatie.anpIdentificatie", "\"123456789012345678\"", "anpIdentificatie", "max_length" },
        { "betrokkeneIdentificatie.voornamen", "\"" TEN(TEN("12")) "3\"", "voornamen", "max_length" },
        { "betrokkeneIdentificatie.geslachtsnaam", "\"" TEN(TEN("12")) "3\"", "geslachtsnaam", "max_length" },
        { "betrokkeneIdentificatie.voorvoegselGeslachtsnaam", "\"" TEN("12345678") "9\"", "voorvoegselGeslachtsnaam", "max_length" },
        { "betrokkeneIdentificatie.verblijfsadres", "{\"aoaPostcode\":\"4701AB\"}", "aoaIdentificatie", "required" },
    };
    struct fixture f;
    json_t *o = NULL;
    set_up_zaak(&f);
    char *body = with_zaak(&f, rol_body);
    check_refusals(&f, ZAKEN "/rollen", body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", ZAKEN "/rollen", body, &o), 400); /* a zaak has one initiator */
    CHECK(blames(o, "nonFieldErrors", "max-occurences"));
    json_decref(o);
    free(body);
    tear_down(&f);
}

TEST(a_type_of_another_version_does_not_fit_the_zaak)
{
    struct fixture f;
    json_t *o = NULL;
    set_up_zaak(&f);
    f.near.server.options.two_versions = true;
    char *body = with_zaak(&f, status_body);
    char *other = changed(body, "statustype", "\"" TYPE("statustypen", "1b7e2f01-0a6f-4c52-9f0e-200000000001") "\"");
    CHECK_INT(ask(&f, "POST", ZAKEN "/statussen", other, &o), 400);
    CHECK(blames(o, "nonFieldErrors", "zaaktype-mismatch"));
    json_decref(o);
    free(other);
    free(body);
    tear_down(&f);
}

TEST(a_status_that_the_real_register_would_refuse_is_refused)
{
    static const struct refusal v[] = {
        { "zaak", "\"" NOWHERE "\"", "zaak", "does_not_exist" },
        { "statustype", NULL, "statustype", "required" },
        { "statustype", "\"" ROL_TYPE(1) "\"", "statustype", "bad-url" },
        { "statustype", "\"" STATUS_TYPE(6) "\"", "nonFieldErrors", "resultaat-does-not-exist" },
        { "datumStatusGezet", NULL, "datumStatusGezet", "required" },
        { "datumStatusGezet", "\"\"", "datumStatusGezet", "blank" },
        { "datumStatusGezet", "\"gisteren\"", "datumStatusGezet", "invalid" },
        { "datumStatusGezet", "\"2026-11-23T09:00:00Z\"", "datumStatusGezet", "date-in-future" },
        { "statustoelichting", "\"" TEN(TEN("1234567890")) "1\"", "statustoelichting", "max_length" },
    };
    struct fixture f;
    json_t *o = NULL;
    set_up_zaak(&f);
    char *body = with_zaak(&f, status_body);
    check_refusals(&f, ZAKEN "/statussen", body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", ZAKEN "/statussen", body, &o), 400); /* that instant is taken */
    CHECK(blames(o, "nonFieldErrors", "unique"));
    json_decref(o);
    free(body);
    tear_down(&f);
}

static char *property_path(const struct fixture *f, char out[300])
{
    snprintf(out, 300, "%s/zaakeigenschappen", f->zaak);
    return out;
}

TEST(a_property_is_of_its_zaak_and_is_not_unique)
{
    static const struct refusal v[] = {
        { "zaak", "\"" NOWHERE "\"", "zaak", "does_not_exist" },
        { "eigenschap", NULL, "eigenschap", "required" },
        { "eigenschap", "\"" ROL_TYPE(1) "\"", "eigenschap", "bad-url" },
        { "waarde", NULL, "waarde", "required" },
        { "waarde", "7", "waarde", "invalid" },
    };
    struct fixture f;
    char path[300];
    json_t *o = NULL;
    set_up_zaak(&f);
    char *body = with_zaak(&f, "{\"eigenschap\":\"" PROPERTY(1) "\",\"waarde\":\"2026-11-25T14:00:00+01:00\"}");
    check_refusals(&f, property_path(&f, path), body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", path, body, NULL), 201); /* twice there: so it is looked for first */
    CHECK_INT(ask(&f, "GET", path, NULL, &o), 200);
    CHECK_INT(json_array_size(o), 2); /* a bare list, not a page */
    json_decref(o);
    free(body);
    tear_down(&f);
}

TEST(a_zaak_that_a_coach_closed_takes_nothing_more)
{
    struct fixture f;
    char path[300];
    set_up_zaak(&f);
    char *result = with_zaak(&f, "{\"resultaattype\":\"" RESULT "\"}");
    char *rol = with_zaak(&f, rol_body), *status = with_zaak(&f, status_body);
    char *end = changed(status, "statustype", "\"" STATUS_TYPE(6) "\"");
    char *property = with_zaak(&f, "{\"eigenschap\":\"" PROPERTY(1) "\",\"waarde\":\"x\"}");
    CHECK_INT(ask(&f, "POST", ZAKEN "/resultaten", result, NULL), 201);
    CHECK_INT(ask(&f, "POST", ZAKEN "/statussen", end, NULL), 201);
    check_problem(&f, "POST", ZAKEN "/rollen", rol, 403, "permission_denied");
    check_problem(&f, "POST", ZAKEN "/statussen", status, 403, "permission_denied");
    check_problem(&f, "POST", property_path(&f, path), property, 403, "permission_denied");
    char *const all[] = { result, rol, status, end, property };
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        free(all[i]);
    tear_down(&f);
}

/* ---- who may ask ---- */

TEST(a_wrong_token_is_told_by_its_code)
{
    struct fixture f, good;
    set_up(&f);
    good = f;
    f.secret = "another";
    check_problem(&f, "GET", ZAKEN "/zaken", NULL, 403, "invalid-jwt-signature");
    f.secret = good.secret;
    f.claims.client_id = "elders";
    check_problem(&f, "GET", ZAKEN "/zaken", NULL, 403, "invalid-client-identifier");
    f.claims.client_id = good.claims.client_id;
    f.claims.iat_s -= 3599;
    CHECK_INT(ask(&f, "GET", ZAKEN "/zaken", NULL, NULL), 200);
    f.claims.iat_s -= 1; /* an hour, and no leeway */
    check_problem(&f, "GET", ZAKEN "/zaken", NULL, 403, "jwt-expired");
    f.token = "another";
    check_problem(&f, "GET", KLANT "/klantcontacten", NULL, 401, "authentication_failed");
    f.token = good.token;
    f.accept_crs = f.content_crs = NULL; /* which have nothing to do with it */
    CHECK_INT(ask(&f, "GET", KLANT "/klantcontacten", NULL, NULL), 200);
    tear_down(&f);
}

TEST(crs_headers_are_needed_where_zaken_are_written)
{
    struct fixture f;
    set_up(&f);
    f.content_crs = NULL;
    check_problem(&f, "POST", ZAKEN "/zaken", zaak_body, 412, "precondition_failed");
    f.content_crs = "EPSG:28992";
    check_problem(&f, "POST", ZAKEN "/zaken", zaak_body, 406, "not_acceptable");
    f.content_crs = "EPSG:4326";
    f.accept_crs = NULL;
    check_problem(&f, "POST", ZAKEN "/zaken", zaak_body, 412, "precondition_failed");
    f.accept_crs = f.content_crs;
    CHECK_INT(ask(&f, "POST", ZAKEN "/zaken", zaak_body, NULL), 201);
    tear_down(&f);
}

TEST(each_scope_opens_what_the_documents_say)
{
    static const char types[] = CATALOGI "/statustypen", rollen[] = ZAKEN "/rollen",
                      statussen[] = ZAKEN "/statussen";
    struct fixture f;
    set_up(&f);
    struct server_options *o = &f.near.server.options;
    o->scopes = "zaken.lezen";
    check_problem(&f, "GET", types, NULL, 403, "permission_denied");
    o->scopes = "catalogi.lezen";
    CHECK_INT(ask(&f, "GET", types, NULL, NULL), 200);
    check_problem(&f, "GET", ZAKEN "/zaken", NULL, 403, "permission_denied");
    check_problem(&f, "POST", ZAKEN "/zaken", zaak_body, 403, "permission_denied");
    tear_down(&f);
    set_up_zaak(&f);
    char *rol = with_zaak(&f, rol_body), *first = with_zaak(&f, status_body);
    char *second = changed(first, "datumStatusGezet", "\"2026-11-21T10:00:00Z\"");
    o->scopes = "zaken.aanmaken"; /* of a zaak the first status too, and no more */
    check_problem(&f, "POST", rollen, rol, 403, "permission_denied");
    CHECK_INT(ask(&f, "POST", statussen, first, NULL), 201);
    check_problem(&f, "POST", statussen, second, 403, "permission_denied");
    o->scopes = "zaken.bijwerken,zaken.statussen.toevoegen";
    CHECK_INT(ask(&f, "POST", rollen, rol, NULL), 201);
    CHECK_INT(ask(&f, "POST", statussen, second, NULL), 201);
    o->scopes = NULL;
    char *secret = changed(zaak_body, "vertrouwelijkheidaanduiding", "\"geheim\"");
    check_problem(&f, "POST", ZAKEN "/zaken", secret, 403, "permission_denied");
    free(secret);
    free(second);
    free(first);
    free(rol);
    tear_down(&f);
}

TEST(pages_are_of_a_hundred_or_as_many_as_asked_for_up_to_five_hundred)
{
    static const struct {
        const char *query;
        size_t results;
        bool next;
    } v[] = { { "", 6, false }, { "?pageSize=4", 4, true }, { "?pageSize=4&page=2", 2, false },
              { "?pageSize=9000", 6, false } };
    struct fixture f;
    set_up(&f);
    for (size_t i = 0; i < ARRAY_LEN(v); i++) {
        char path[100];
        json_t *o = NULL;
        snprintf(path, sizeof path, CATALOGI "/statustypen%s", v[i].query);
        CHECK_INT(ask(&f, "GET", path, NULL, &o), 200);
        CHECK_INT(json_integer_value(json_object_get(o, "count")), 6);
        CHECK_INT(json_array_size(json_object_get(o, "results")), v[i].results);
        CHECK_INT(!json_is_null(json_object_get(o, "next")), v[i].next);
        json_decref(o);
    }
    tear_down(&f);
}

/* ---- Klantinteracties ---- */

TEST(a_contact_that_open_klant_would_refuse_is_refused)
{
#define C "klantcontact."
#define B "betrokkene."
#define O "onderwerpobject."
    static const struct refusal v[] = {
        { "klantcontact", NULL, "klantcontact", "required" },
        { C "kanaal", NULL, C "kanaal", "required" },
        { C "kanaal", "\"" TEN("12345") "6\"", C "kanaal", "max_length" },
        { C "kanaal", "\"balie\"", C "kanaal", "invalid" },
        { C "onderwerp", NULL, C "onderwerp", "required" },
        { C "onderwerp", "\"" TEN(TEN("12")) "3\"", C "onderwerp", "max_length" },
        { C "inhoud", "\"" TEN(TEN("1234567890")) "1\"", C "inhoud", "max_length" },
        { C "taal", "\"neder\"", C "taal", "max_length" },
        { C "vertrouwelijk", NULL, C "vertrouwelijk", "required" },
        { C "vertrouwelijk", "\"ja\"", C "vertrouwelijk", "invalid" },
        { C "referentienummer", "\"01000001234\"", C "referentienummer", "max_length" },
        { C "referentienummer", "\"KIOSK1\"", C "referentienummer", "invalid" },
        { C "metadata", "{\"snake_case\":\"x\"}", C "metadata", "invalid" },
        { C "metadata", "{\"regel2\":\"x\"}", C "metadata", "invalid" },
        { C "metadata", "{\"aantal\":2}", C "metadata", "invalid" },
        { C "metadata", "{\"soort\":\"" TEN(TEN("123")) "\"}", C "metadata", "invalid" },
        { C "plaatsgevondenOp", "\"nu\"", C "plaatsgevondenOp", "invalid" },
        { B "rol", "\"jongere\"", B "rol", "invalid_choice" },
        { B "initiator", NULL, B "initiator", "required" },
        { B "contactnaam.voorletters", "\"N.O.O.R.B.E.\"", B "voorletters", "max_length" },
        { B "contactnaam.voorvoegselAchternaam", "\"van de van der\"", B "voorvoegselAchternaam", "max_length" },
        { O "onderwerpobjectidentificator.objectId", NULL, O "objectId", "required" },
    };
    struct fixture f;
    json_t *o = NULL;
    set_up(&f);
    f.near.server.options.channels = "telefoon,kiosk"; /* a table of Referentielijsten */
    check_refusals(&f, KLANT "/maak-klantcontact", maak_body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", KLANT "/maak-klantcontact", maak_body, &o), 400);
    CHECK(blames(o, C "referentienummer", "unique"));
    json_decref(o);
    o = near_dump(&f.near); /* all of a refused one is undone: one contact is there */
    CHECK_INT(json_integer_value(json_object_get(json_object_get(o, "counts"), "klantcontacten")), 1);
    json_decref(o);
    CHECK_INT(ask(&f, "GET", KLANT "/betrokkenen", NULL, &o), 200);
    CHECK_INT(json_integer_value(json_object_get(o, "count")), 1);
    json_decref(o);
    tear_down(&f);
}

TEST(a_contact_is_found_by_its_number_and_by_its_object)
{
    static const char *const paths[] = {
        KLANT "/klantcontacten?referentienummer=0100000123",
        KLANT "/klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=01KAKZ",
    };
    for (size_t i = 0; i < 2 * ARRAY_LEN(paths); i++) {
        struct fixture f;
        json_t *o = NULL;
        bool old = i >= ARRAY_LEN(paths);
        set_up(&f);
        f.near.server.options.old_klant = old; /* it drops the number, and what asks for it */
        CHECK_INT(ask(&f, "POST", KLANT "/maak-klantcontact", maak_body, NULL), 201);
        CHECK_INT(ask(&f, "GET", paths[i % ARRAY_LEN(paths)], NULL, &o), 200);
        CHECK_INT(json_integer_value(json_object_get(o, "count")), 1);
        CHECK_STR(text_at(json_array_get(json_object_get(o, "results"), 0), "referentienummer"),
                  old ? "" : "0100000123");
        json_decref(o);
        CHECK_INT(ask(&f, "GET", KLANT "/klantcontacten?referentienummer=0199999999", NULL, &o), 200);
        CHECK_INT(json_integer_value(json_object_get(o, "count")), old ? 1 : 0);
        json_decref(o);
        tear_down(&f);
    }
}

TEST(an_address_that_open_klant_would_refuse_is_refused)
{
    static const struct refusal v[] = {
        { "adres", NULL, "adres", "required" },
        { "adres", "\"+316123456789012345678\"", "adres", "invalid" },
        { "adres", "\"08001234\"", "adres", "invalid" },
        { "adres", "\"1400\"", "adres", "invalid" },
        { "adres", "\"14076\"", "adres", "invalid" },
        { "adres", "\"" TEN("12345678") "9\"", "adres", "max_length" },
        { "soortDigitaalAdres", "\"fax\"", "soortDigitaalAdres", "invalid_choice" },
        { "referentie", "\"kiosk 1\"", "referentie", "invalid" },
        { "referentie", "\"" TEN("12345") "6\"", "referentie", "max_length" },
        { "verstrektDoorBetrokkene", "{\"uuid\":\"00000000-0000-4000-8000-000000000000\"}",
          "verstrektDoorBetrokkene.uuid", "does_not_exist" },
    };
    struct fixture f;
    char person[80];
    set_up_contact(&f);
    snprintf(person, sizeof person, "{\"uuid\":\"%s\"}", f.person);
    char *body = changed("{\"adres\":\"+31612345678\",\"soortDigitaalAdres\":\"telefoonnummer\","
                         "\"omschrijving\":\"Mobiel\",\"referentie\":\"kiosk-1-tel\"}",
                         "verstrektDoorBetrokkene", person);
    check_refusals(&f, KLANT "/digitaleadressen", body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", KLANT "/digitaleadressen", body, NULL), 201); /* not unique either */
    free(body);
    tear_down(&f);
}

TEST(a_task_that_open_klant_would_refuse_is_refused)
{
    static const struct refusal v[] = {
        { "toegewezenAanActoren", NULL, "nonFieldErrors", "required" },
        { "toegewezenAanActoren", "[{\"uuid\":\"00000000-0000-4000-8000-000000000000\"}]",
          "toegewezenAanActoren.0.uuid", "does_not_exist" },
        { "gevraagdeHandeling", NULL, "gevraagdeHandeling", "required" },
        { "gevraagdeHandeling", "\"" TEN(TEN("12")) "3\"", "gevraagdeHandeling", "max_length" },
        { "toelichting", "\"" TEN(TEN("1234567890")) "1\"", "toelichting", "max_length" },
        { "status", "\"open\"", "status", "invalid_choice" },
        { "aanleidinggevendKlantcontact", NULL, "aanleidinggevendKlantcontact", "required" },
    };
    struct fixture f;
    char contact[80];
    json_t *o = NULL;
    set_up_contact(&f);
    snprintf(contact, sizeof contact, "{\"uuid\":\"%s\"}", f.contact);
    char *body = changed("{\"referentienummer\":\"0100000123\",\"gevraagdeHandeling\":\"Ontvang\","
                         "\"toegewezenAanActoren\":[{\"uuid\":\"a1b2c3d4-0000-4000-8000-000000000003\"}],"
                         "\"toelichting\":\"Wacht\",\"status\":\"te_verwerken\"}",
                         "aanleidinggevendKlantcontact", contact);
    check_refusals(&f, KLANT "/internetaken", body, v, ARRAY_LEN(v));
    CHECK_INT(ask(&f, "POST", KLANT "/internetaken", body, &o), 400);
    CHECK(blames(o, "referentienummer", "unique"));
    json_decref(o);
    free(body);
    tear_down(&f);
}

TEST(nothing_is_served_that_a_kiosk_has_no_business_with)
{
    struct fixture f;
    set_up(&f);
    CHECK_INT(ask(&f, "GET", KLANT "/partijen", NULL, NULL), 404);
    CHECK_INT(ask(&f, "POST", ZAKEN "/zaak_registreren", "{}", NULL), 404);
    CHECK_INT(ask(&f, "DELETE", ZAKEN "/rollen", NULL, NULL), 405);
    check_problem(&f, "POST", ZAKEN "/zaken", "[1", 400, "parse_error");
    tear_down(&f);
}
