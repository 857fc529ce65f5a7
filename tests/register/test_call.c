#include "register/call.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "tests/lib/check.h"
#include "tests/register/sample.h"

struct fixture {
    struct register_settings settings;
    struct register_types types;
    struct register_refs refs;
    struct register_step step;
    struct register_try t;
};

static void set_up(struct fixture *f, enum register_step_kind kind, const char *key, const char *body)
{
    *f = (struct fixture){ .settings = sample_settings(REGISTER_ZGW), .types = sample_types() };
    f->step.kind = kind;
    snprintf(f->step.key, sizeof f->step.key, "%s", key);
    f->step.body = (char *)(uintptr_t)body;
    snprintf(f->refs.zaak, sizeof f->refs.zaak, SAMPLE_ZAAK);
    snprintf(f->refs.klantcontact, sizeof f->refs.klantcontact, SAMPLE_CONTACT "#betrokkene=b-2");
    f->t = (struct register_try){ .settings = &f->settings, .types = &f->types, .step = &f->step,
                                  .refs = &f->refs, .chain = SAMPLE_CHAIN, .record = SAMPLE_RECORD,
                                  .zaak_key = SAMPLE_ZAAK_KEY };
}

static void check_call(struct fixture *f, enum register_move move, const char *method, const char *url)
{
    struct register_call c;
    CHECK_OK(register_call_make(&f->t, move, &c));
    CHECK_STR(c.method, method);
    CHECK_STR(c.url, url);
    CHECK((c.body != NULL) == (strcmp(method, "GET") != 0));
    register_call_done(&c);
}

#define Z "https://register.example/zaken/api/v1"
#define K "https://register.example/klantinteracties/api/v1"
#define ZAAK_ENCODED \
    "https%3A%2F%2Fregister.example%2Fzaken%2Fapi%2Fv1%2Fzaken%2F6f1d3c1e-6f0a-4c53-9d57-2f6f6f5a9b10"

TEST(a_zaak_is_looked_up_by_its_own_number)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK, SAMPLE_ZAAK_KEY, "{}");
    check_call(&f, MOVE_SEND, "POST", Z "/zaken");
    check_call(&f, MOVE_LOOK, "GET",
               Z "/zaken?identificatie=" SAMPLE_ZAAK_KEY "&bronorganisatie=123456782");
}

#define EXPANDED \
    Z "/zaken?identificatie=" SAMPLE_ZAAK_KEY "&bronorganisatie=123456782&expand=rollen,status"

TEST(roles_and_statuses_are_looked_for_in_their_zaak)
{
    struct fixture f;
    set_up(&f, STEP_ROL_INITIATOR, "DYN01-00000123", "{}");
    check_call(&f, MOVE_SEND, "POST", Z "/rollen");
    check_call(&f, MOVE_LOOK, "GET", EXPANDED);
    check_call(&f, MOVE_FIND, "GET",
               Z "/zaken?identificatie=" SAMPLE_ZAAK_KEY "&bronorganisatie=123456782");
    check_call(&f, MOVE_LIST, "GET", Z "/rollen?zaak=" ZAAK_ENCODED "&pageSize=500");
    set_up(&f, STEP_STATUS, "2026-11-21T09:15:02.417Z", "{}");
    check_call(&f, MOVE_LOOK, "GET", EXPANDED);
    check_call(&f, MOVE_LIST, "GET", Z "/statussen?zaak=" ZAAK_ENCODED "&pageSize=500");
}

/*
 * What may stand in the query of each collection, by the published documents of Open Zaak 1.30
 * (Zaken 1.5.1) and Open Klant 2.18 and by VNG's Zaken 1.7.0, as far as they agree; "uuid" where
 * the document asks for one. (VNG's statussen?zaak= is an integer in Open Zaak's document.)
 */
static const struct {
    const char *path, *name, *form;
} published[] = {
    { Z "/zaken", "identificatie", "text" },
    { Z "/zaken", "bronorganisatie", "text" },
    { Z "/zaken", "expand", "rollen,status" },
    { Z "/zaken/6f1d3c1e-6f0a-4c53-9d57-2f6f6f5a9b10/zaakeigenschappen", "", "" },
    { K "/klantcontacten", "onderwerpobject__onderwerpobjectidentificatorObjectId", "text" },
    { K "/digitaleadressen", "referentie", "text" },
    { K "/internetaken", "aanleidinggevendKlantcontact__uuid", "uuid" },
};

static bool has_form(const char *value, size_t n, const char *form)
{
    if (strcmp(form, "uuid") == 0)
        return n == 36 && value[8] == '-' && value[23] == '-';
    return strcmp(form, "text") == 0 ? n > 0 : n == strlen(form) && memcmp(value, form, n) == 0;
}

static bool is_published(const char *path, size_t n_path, const char *pair, size_t n)
{
    for (size_t i = 0; i < ARRAY_LEN(published); i++) {
        size_t name = strlen(published[i].name);
        if (strlen(published[i].path) == n_path && memcmp(published[i].path, path, n_path) == 0 &&
            (n == 0 || (n > name && pair[name] == '=' && memcmp(published[i].name, pair, name) == 0 &&
                        has_form(pair + name + 1, n - name - 1, published[i].form))))
            return true;
    }
    return false;
}

static void check_published(const char *url)
{
    size_t path = strcspn(url, "?");
    CHECK(is_published(url, path, "", 0));
    for (const char *pair = url + path; *pair; pair += strcspn(pair, "&")) {
        pair++;
        if (!is_published(url, path, pair, strcspn(pair, "&")))
            CHECK_FAIL("%s: not in the published document", url);
    }
}

TEST(every_look_is_a_call_that_the_published_documents_know)
{
    for (int kind = STEP_ZAAK; kind < STEP_KIND_COUNT; kind++) {
        struct fixture f;
        struct register_call c;
        set_up(&f, (enum register_step_kind)kind, "key", "{}");
        snprintf(f.refs.task, sizeof f.refs.task, K "/internetaken/t-4");
        if (kind != STEP_TASK_DONE) { /* a change of state: nothing to look for */
            CHECK_OK(register_call_make(&f.t, MOVE_LOOK, &c));
            check_published(c.url);
        }
        CHECK_OK(register_call_make(&f.t, MOVE_FIND, &c));
        check_published(c.url);
    }
}

TEST(a_property_is_called_below_its_zaak_on_our_own_base_address)
{
    struct fixture f;
    set_up(&f, STEP_EIGENSCHAP, "afspraak_begin", "{\"zaak\":\"{zaak}\",\"waarde\":\"x\"}");
    /* a register behind an outway names itself; we go on calling the outway */
    snprintf(f.refs.zaak, sizeof f.refs.zaak, "https://elsewhere.example/zaken/abc-1");
    snprintf(f.t.target, sizeof f.t.target, "https://elsewhere.example/x/def-2");
    check_call(&f, MOVE_SEND, "POST", Z "/zaken/abc-1/zaakeigenschappen");
    check_call(&f, MOVE_LOOK, "GET", Z "/zaken/abc-1/zaakeigenschappen");
    check_call(&f, MOVE_CHANGE, "PATCH", Z "/zaken/abc-1/zaakeigenschappen/def-2");
    struct register_call c;
    CHECK_OK(register_call_make(&f.t, MOVE_CHANGE, &c));
    CHECK_STR(c.body, "{\"waarde\":\"x\"}");
    register_call_done(&c);
}

TEST(klantinteracties_are_looked_up_by_our_own_keys)
{
    struct fixture f;
    set_up(&f, STEP_KLANTCONTACT, "0100000123", "{}");
    check_call(&f, MOVE_SEND, "POST", K "/maak-klantcontact");
    check_call(&f, MOVE_LOOK, "GET",
               K "/klantcontacten?onderwerpobject__onderwerpobjectidentificatorObjectId=" SAMPLE_RECORD);
    set_up(&f, STEP_ADDRESS, "kiosk-1-tel", "{}");
    check_call(&f, MOVE_LOOK, "GET", K "/digitaleadressen?referentie=kiosk-1-tel");
    set_up(&f, STEP_TASK, "0100000123", "{}");
    check_call(&f, MOVE_LOOK, "GET",
               K "/internetaken?aanleidinggevendKlantcontact__uuid=a1b2c3d4-0000-4000-8000-000000000001");
    set_up(&f, STEP_TASK_DONE, "", "{\"status\":\"verwerkt\"}");
    snprintf(f.refs.task, sizeof f.refs.task, K "/internetaken/t-4");
    check_call(&f, MOVE_SEND, "PATCH", K "/internetaken/t-4");
}

static void check_body(struct fixture *f, const char *want)
{
    struct register_call c;
    CHECK_OK(register_call_make(&f->t, MOVE_SEND, &c));
    CHECK_STR(c.body, want);
    register_call_done(&c);
}

TEST(placeholders_become_addresses)
{
    struct fixture f;
    set_up(&f, STEP_STATUS, "", "{\"zaak\":\"{zaak}\",\"statustype\":\"{status:Niet verschenen}\"}");
    check_body(&f, "{\"zaak\":\"" SAMPLE_ZAAK "\",\"statustype\":\"https://register.example/"
                   "catalogi/api/v1/statustypen/1b7e2f01-0a6f-4c52-9f0e-000000000005\"}");
    set_up(&f, STEP_TASK, "", "{\"a\":{\"uuid\":\"{klantcontact}\"},\"b\":[{\"uuid\":\"{betrokkene}\"},"
                              "{\"uuid\":\"x\"}]}");
    check_body(&f, "{\"a\":{\"uuid\":\"a1b2c3d4-0000-4000-8000-000000000001\"},"
                   "\"b\":[{\"uuid\":\"b-2\"},{\"uuid\":\"x\"}]}");
}

TEST(what_a_visitor_typed_is_never_a_placeholder)
{
    struct fixture f;
    set_up(&f, STEP_ROL_INITIATOR, "", "{\"naam\":\"{zaak}\",\"waarde\":\"{status:Verschenen}\"}");
    check_body(&f, "{\"naam\":\"{zaak}\",\"waarde\":\"{status:Verschenen}\"}");
    /* nor when it looks like a piece of the body */
    set_up(&f, STEP_ROL_INITIATOR, "", "{\"naam\":\"x\\\",\\\"zaak\\\":\\\"{zaak}\",\"zaak\":\"{zaak}\"}");
    check_body(&f, "{\"naam\":\"x\\\",\\\"zaak\\\":\\\"{zaak}\",\"zaak\":\"" SAMPLE_ZAAK "\"}");
    set_up(&f, STEP_ROL_INITIATOR, "", "{\"naam\":\"\\\\\",\"inzaak\":\"{zaak}\",\"x\":[\"zaak\",\"{zaak}\"]}");
    check_body(&f, "{\"naam\":\"\\\\\",\"inzaak\":\"{zaak}\",\"x\":[\"zaak\",\"{zaak}\"]}");
}

TEST(a_retry_sends_the_same_bytes)
{
    struct fixture f;
    set_up(&f, STEP_STATUS, "", "{\"zaak\":\"{zaak}\",\"b\":1,\"a\":\"\\u00e9\\/\",\"c\":[true,null]}");
    struct register_call one, two;
    CHECK_OK(register_call_make(&f.t, MOVE_SEND, &one));
    CHECK_OK(register_call_make(&f.t, MOVE_SEND, &two));
    CHECK_STR(one.body, two.body);
    register_call_done(&one);
    register_call_done(&two);
}

TEST(a_placeholder_that_nothing_is_known_for_stops_the_call)
{
    struct fixture f;
    struct register_call c = { .method = "left alone" };
    set_up(&f, STEP_STATUS, "", "{\"zaak\":\"{zaak}\"}");
    f.refs.zaak[0] = '\0';
    CHECK_ERR(register_call_make(&f.t, MOVE_SEND, &c), ERR_NOT_FOUND);
    set_up(&f, STEP_STATUS, "", "{\"zaak\":\"{unknown}\"}");
    CHECK_ERR(register_call_make(&f.t, MOVE_SEND, &c), ERR_NOT_FOUND);
    set_up(&f, STEP_STATUS, "", "no json");
    CHECK_ERR(register_call_make(&f.t, MOVE_SEND, &c), ERR_FORMAT);
    set_up(&f, STEP_TASK_DONE, "", "{}");
    CHECK_ERR(register_call_make(&f.t, MOVE_SEND, &c), ERR_LIMIT);
    CHECK_STR(c.method, "left alone");
}

TEST(a_try_opens_with_what_its_step_needs)
{
    static const struct {
        enum register_step_kind kind;
        enum register_move sure, unsure;
    } cases[] = {
        { STEP_ZAAK, MOVE_SEND, MOVE_SEND },
        { STEP_ROL_INITIATOR, MOVE_SEND, MOVE_SEND },
        { STEP_ROL_BEHANDELAAR, MOVE_SEND, MOVE_LOOK },
        { STEP_STATUS, MOVE_SEND, MOVE_SEND },
        { STEP_EIGENSCHAP, MOVE_LOOK, MOVE_LOOK },
        { STEP_KLANTCONTACT, MOVE_SEND, MOVE_LOOK },
        { STEP_ADDRESS, MOVE_SEND, MOVE_LOOK },
        { STEP_TASK, MOVE_SEND, MOVE_LOOK },
        { STEP_TASK_DONE, MOVE_SEND, MOVE_SEND },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, cases[i].kind, "", "{}");
        CHECK_INT(register_first_move(&f.t), cases[i].sure);
        f.t.unsure = true;
        CHECK_INT(register_first_move(&f.t), cases[i].unsure);
    }
    struct fixture f;
    set_up(&f, STEP_STATUS, "", "{}");
    f.refs.zaak[0] = '\0';
    CHECK_INT(register_first_move(&f.t), MOVE_FIND);
    set_up(&f, STEP_KLANTCONTACT, "", "{}");
    f.t.always_look = true;
    CHECK_INT(register_first_move(&f.t), MOVE_LOOK);
}
