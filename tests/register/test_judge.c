#include "register/call.h"

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

#define STATUS_TYPE(n) \
    "https://register.example/catalogi/api/v1/statustypen/1b7e2f01-0a6f-4c52-9f0e-00000000000" #n

#define PROPERTY(n) \
    "https://register.example/catalogi/api/v1/eigenschappen/3d9a4b23-2c8f-4e74-9b2a-00000000000" #n

static void set_up(struct fixture *f, enum register_step_kind kind)
{
    static const struct {
        const char *key, *body;
    } steps[STEP_KIND_COUNT] = {
        [STEP_ZAAK] = { SAMPLE_ZAAK_KEY, "{}" },
        [STEP_ROL_INITIATOR] = { "DYN01-00000123", "{}" },
        [STEP_ROL_BEHANDELAAR] = { "sanne", "{}" },
        [STEP_STATUS] = { "2026-11-21T09:15:02.417Z", "{\"statustype\":\"{status:Verschenen}\"}" },
        [STEP_EIGENSCHAP] = { "afspraak_begin", "{\"eigenschap\":\"{eigenschap:afspraak_begin}\",\"waarde\":\"now\"}" },
        [STEP_KLANTCONTACT] = { "0100000123", "{}" },
        [STEP_ADDRESS] = { "kiosk-1-tel", "{}" },
        [STEP_TASK] = { "0100000123", "{}" },
        [STEP_TASK_DONE] = { "", "{}" },
    };
    *f = (struct fixture){ .settings = sample_settings(REGISTER_ZGW), .types = sample_types() };
    f->step.kind = kind;
    snprintf(f->step.key, sizeof f->step.key, "%s", steps[kind].key);
    f->step.body = (char *)(uintptr_t)steps[kind].body;
    snprintf(f->refs.zaak, sizeof f->refs.zaak, SAMPLE_ZAAK);
    snprintf(f->refs.klantcontact, sizeof f->refs.klantcontact, SAMPLE_CONTACT "#betrokkene=b-2");
    f->t = (struct register_try){ .settings = &f->settings, .types = &f->types, .step = &f->step,
                                  .refs = &f->refs, .chain = SAMPLE_CHAIN, .record = SAMPLE_RECORD,
                                  .zaak_key = SAMPLE_ZAAK_KEY };
}

static struct register_verdict judge(struct fixture *f, enum register_move move, int status,
                                     const char *body)
{
    struct http_answer a = { .status = status, .body = buf_make(65536), .retry_after_s = -1 };
    buf_adds(&a.body, body);
    struct register_verdict v = register_judge(&f->t, move, &a);
    http_answer_done(&a);
    return v;
}

static struct register_verdict judge_fault(struct fixture *f, enum http_fault fault)
{
    struct http_answer a = { .fault = fault, .retry_after_s = -1 };
    return register_judge(&f->t, MOVE_SEND, &a);
}

static void check_kind(struct register_verdict v, enum verdict_kind want, const char *code)
{
    CHECK_STR(register_verdict_name(v.kind), register_verdict_name(want));
    CHECK_STR(v.problem.code, code);
}

static void check_goes_on(struct register_verdict v, enum register_move want)
{
    CHECK_STR(register_verdict_name(v.kind), "go_on");
    CHECK_INT(v.move, want);
}

#define REFUSED(name, code)                                                                \
    "{\"code\":\"invalid\",\"instance\":\"urn:uuid:1\",\"invalidParams\":[{\"name\":\"" name \
    "\",\"code\":\"" code "\",\"reason\":\"Noor Berg\"}]}"
#define PROBLEM(code) "{\"code\":\"" code "\",\"detail\":\"Noor Berg\"}"

/* ---- the class table ---- */

TEST(each_status_is_in_its_class)
{
    static const struct {
        int status;
        const char *body;
        enum verdict_kind kind;
        const char *code;
    } cases[] = {
        { 408, "", VERDICT_TRANSIENT, "unavailable" },
        { 409, PROBLEM("conflict"), VERDICT_TRANSIENT, "conflict" },
        { 425, "", VERDICT_TRANSIENT, "unavailable" },
        { 429, PROBLEM("throttled"), VERDICT_TRANSIENT, "throttled" },
        { 500, PROBLEM("error"), VERDICT_TRANSIENT, "error" },
        { 502, "<html>", VERDICT_TRANSIENT, "unavailable" },
        { 503, "", VERDICT_TRANSIENT, "unavailable" },
        { 504, "", VERDICT_TRANSIENT, "unavailable" },
        { 511, "", VERDICT_TRANSIENT, "unavailable" },
        { 401, PROBLEM("authentication_failed"), VERDICT_STOP, "authentication_failed" },
        { 401, "", VERDICT_STOP, "unauthorized" },
        { 403, PROBLEM("jwt-expired"), VERDICT_STOP, "jwt-expired" },
        { 403, PROBLEM("jwt-decode-error"), VERDICT_STOP, "jwt-decode-error" },
        { 403, PROBLEM("invalid-jwt-signature"), VERDICT_STOP, "invalid-jwt-signature" },
        { 403, PROBLEM("invalid-client-identifier"), VERDICT_STOP, "invalid-client-identifier" },
        { 403, PROBLEM("not_authenticated"), VERDICT_STOP, "not_authenticated" },
        { 403, "<html>", VERDICT_STOP, "forbidden" },
        { 403, PROBLEM("permission_denied"), VERDICT_PERMANENT, "permission_denied" },
        { 404, "<html>", VERDICT_STOP, "base_path" },
        { 404, PROBLEM("not_found"), VERDICT_STOP, "not_found" },
        { 405, PROBLEM("method_not_allowed"), VERDICT_STOP, "method_not_allowed" },
        { 406, "", VERDICT_STOP, "unexpected_status" },
        { 412, PROBLEM("precondition_failed"), VERDICT_STOP, "precondition_failed" },
        { 415, "", VERDICT_STOP, "unexpected_status" },
        { 301, "", VERDICT_STOP, "redirect" },
        { 302, "", VERDICT_STOP, "redirect" },
        { 307, "", VERDICT_STOP, "redirect" },
        { 400, REFUSED("waarde", "max_length"), VERDICT_PERMANENT, "invalid" },
        { 400, PROBLEM("parse_error"), VERDICT_PERMANENT, "parse_error" },
        { 400, REFUSED("datumStatusGezet", "date-in-future"), VERDICT_TRANSIENT, "invalid" },
        { 400, REFUSED("zaak", "pending-relations"), VERDICT_TRANSIENT, "invalid" },
        { 400, REFUSED("statustype", "bad-url"), VERDICT_TRANSIENT, "invalid" },
        { 400, "<html>400 The plain HTTP request was sent to HTTPS port", VERDICT_TRANSIENT,
          "no_problem_body" },
        { 413, "", VERDICT_PERMANENT, "invalid" },
        { 422, PROBLEM("UNPROCESSABLE"), VERDICT_PERMANENT, "UNPROCESSABLE" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, STEP_STATUS);
        struct register_verdict v = judge(&f, MOVE_SEND, cases[i].status, cases[i].body);
        check_kind(v, cases[i].kind, cases[i].code);
        CHECK_INT(v.problem.status, cases[i].status);
    }
}

TEST(each_fault_is_in_its_class)
{
    static const struct {
        enum http_fault fault;
        enum verdict_kind kind;
        bool unsure;
    } cases[] = {
        { HTTP_FAULT_DNS, VERDICT_TRANSIENT, false },     { HTTP_FAULT_CONNECT, VERDICT_TRANSIENT, false },
        { HTTP_FAULT_TIMEOUT, VERDICT_TRANSIENT, true },  { HTTP_FAULT_TLS, VERDICT_TRANSIENT, false },
        { HTTP_FAULT_CERT, VERDICT_STOP, false },         { HTTP_FAULT_RESET, VERDICT_TRANSIENT, true },
        { HTTP_FAULT_TOO_BIG, VERDICT_TRANSIENT, true },  { HTTP_FAULT_PROTOCOL, VERDICT_TRANSIENT, true },
        { HTTP_FAULT_REFUSED, VERDICT_STOP, false },      { HTTP_FAULT_LOCAL, VERDICT_TRANSIENT, true },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, STEP_ZAAK);
        struct register_verdict v = judge_fault(&f, cases[i].fault);
        check_kind(v, cases[i].kind, http_fault_name(cases[i].fault));
        CHECK_INT(v.unsure, cases[i].unsure);
        CHECK_INT(f.t.unsure, cases[i].unsure);
    }
}

TEST(a_refusal_to_create_any_zaak_stops_the_run)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    check_kind(judge(&f, MOVE_SEND, 403, PROBLEM("permission_denied")), VERDICT_STOP, "permission_denied");
    set_up(&f, STEP_KLANTCONTACT);
    check_kind(judge(&f, MOVE_SEND, 403, PROBLEM("permission_denied")), VERDICT_STOP, "permission_denied");
}

TEST(gone_is_permanent_only_for_an_address_that_we_had_stored)
{
    struct fixture f;
    set_up(&f, STEP_EIGENSCHAP);
    check_kind(judge(&f, MOVE_LOOK, 404, PROBLEM("not_found")), VERDICT_PERMANENT, "not_found");
    check_kind(judge(&f, MOVE_LOOK, 404, "<html>"), VERDICT_STOP, "base_path");
    set_up(&f, STEP_TASK_DONE);
    check_kind(judge(&f, MOVE_SEND, 410, PROBLEM("gone")), VERDICT_PERMANENT, "gone");
    set_up(&f, STEP_STATUS);
    check_kind(judge(&f, MOVE_LOOK, 404, PROBLEM("not_found")), VERDICT_STOP, "not_found");
}

TEST(a_refused_look_is_our_fault_and_not_the_records)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    check_kind(judge(&f, MOVE_LOOK, 400, REFUSED("bronorganisatie", "unknown-parameters")), VERDICT_STOP, "invalid");
    set_up(&f, STEP_STATUS); /* a server that does not know expand has lists */
    check_goes_on(judge(&f, MOVE_LOOK, 400, REFUSED("expand", "unknown-parameters")), MOVE_LIST);
    check_kind(judge(&f, MOVE_LIST, 400, REFUSED("pageSize", "unknown-parameters")), VERDICT_STOP, "invalid");
}

TEST(retry_after_wins_but_for_six_hours_at_most)
{
    static const int64_t cases[][2] = { { -1, -1 }, { 0, 0 }, { 90, 90 }, { 21600, 21600 }, { INT64_C(1000000000000), 21600 } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, STEP_ZAAK);
        struct http_answer a = { .status = 503, .retry_after_s = cases[i][0] };
        struct register_verdict v = register_judge(&f.t, MOVE_SEND, &a);
        CHECK_INT(v.retry_after_s, cases[i][1]);
    }
}

TEST(a_refusal_that_names_a_type_asks_for_fresh_types)
{
    struct fixture f;
    set_up(&f, STEP_STATUS);
    CHECK(judge(&f, MOVE_SEND, 400, REFUSED("statustype", "bad-url")).refresh_types);
    CHECK(!judge(&f, MOVE_SEND, 400, REFUSED("zaak", "bad-url")).refresh_types);
    struct register_verdict v = judge(&f, MOVE_SEND, 400, REFUSED("statustype", "does_not_exist"));
    CHECK_INT(v.kind, VERDICT_TRANSIENT);
    CHECK(v.refresh_types && !v.unsure);
    f.t.fresh_types = true; /* they were: it is the record that cannot be taken */
    check_kind(judge(&f, MOVE_SEND, 400, REFUSED("statustype", "does_not_exist")), VERDICT_PERMANENT, "invalid");
}

TEST(a_type_of_another_version_than_the_zaak_has_makes_us_ask_for_the_zaak)
{
    struct fixture f;
    set_up(&f, STEP_STATUS);
    check_goes_on(judge(&f, MOVE_SEND, 400, REFUSED("nonFieldErrors", "zaaktype-mismatch")), MOVE_FIND);
    check_goes_on(judge(&f, MOVE_FIND, 200,
                        "{\"results\":[{\"identificatie\":\"" SAMPLE_ZAAK_KEY "\",\"bronorganisatie\":\"123456782\","
                        "\"url\":\"" SAMPLE_ZAAK "\",\"zaaktype\":\"https://register.example/catalogi/api/v1/zaaktypen/2\","
                        "\"kenmerken\":[{\"kenmerk\":\"" SAMPLE_CHAIN "\",\"bron\":\"Dynamo kiosk\"}]}]}"), MOVE_SEND);
    CHECK_STR(f.refs.zaaktype, "https://register.example/catalogi/api/v1/zaaktypen/2");
    f.t.fresh_types = true;
    check_kind(judge(&f, MOVE_SEND, 400, REFUSED("nonFieldErrors", "zaaktype-mismatch")), VERDICT_PERMANENT, "invalid");
}

TEST(codes_are_kept_and_the_prose_that_may_quote_a_person_is_not)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    struct register_verdict v = judge(
        &f, MOVE_SEND, 400,
        "{\"code\":\"in valid\\n\",\"title\":\"Noor\",\"detail\":\"Noor\",\"instance\":\"urn:uuid:7\","
        "\"invalidParams\":[{\"name\":\"omschrijving\",\"code\":\"max_length\",\"reason\":\"Noor\"},"
        "{\"name\":\"rsin\",\"code\":\"invalid\"}]}");
    CHECK_STR(v.problem.code, "in?valid?");
    CHECK_STR(v.problem.params, "omschrijving:max_length rsin:invalid");
    CHECK_STR(v.problem.instance, "urn:uuid:7");
}

TEST(only_an_answer_that_turns_everybody_away_says_that_nothing_was_stored)
{
    static const struct {
        int status;
        const char *body;
        bool unsure;
    } cases[] = {
        { 500, PROBLEM("error"), true }, { 500, "<html>", true }, { 503, PROBLEM("error"), true },
        { 503, "", true }, { 502, PROBLEM("error"), true }, { 504, "", true },
        { 429, "", false }, { 425, "", false }, { 408, "", true },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, STEP_EIGENSCHAP);
        CHECK_INT(judge(&f, MOVE_SEND, cases[i].status, cases[i].body).unsure, cases[i].unsure);
    }
}

/* ---- successes ---- */

#define STATUS_BODY(zaak, at) \
    "{\"url\":\"https://register.example/s/1-2\",\"zaak\":\"" zaak "\",\"datumStatusGezet\":\"" at "\"}"

TEST(a_created_thing_with_its_address_is_done)
{
    static const struct {
        enum register_step_kind kind;
        enum register_move move;
        const char *body, *result;
    } cases[] = {
        { STEP_ZAAK, MOVE_SEND, "{\"url\":\"" SAMPLE_ZAAK "\",\"identificatie\":\"" SAMPLE_ZAAK_KEY "\"}", SAMPLE_ZAAK },
        { STEP_ROL_INITIATOR, MOVE_SEND, "{\"url\":\"https://r.example/rollen/1\",\"zaak\":\"" SAMPLE_ZAAK
          "\",\"betrokkeneIdentificatie\":{\"anpIdentificatie\":\"DYN01-00000123\"}}", "https://r.example/rollen/1" },
        { STEP_ROL_BEHANDELAAR, MOVE_SEND, "{\"url\":\"https://r.example/rollen/1\",\"zaak\":\"" SAMPLE_ZAAK
          "\",\"betrokkeneIdentificatie\":{\"identificatie\":\"sanne\"}}", "https://r.example/rollen/1" },
        { STEP_STATUS, MOVE_SEND, STATUS_BODY(SAMPLE_ZAAK, "2026-11-21T10:15:02.417000+01:00"), "https://register.example/s/1-2" },
        { STEP_EIGENSCHAP, MOVE_SEND, "{\"url\":\"https://r.example/e/1\",\"waarde\":\"now\"}", "https://r.example/e/1" },
        { STEP_EIGENSCHAP, MOVE_CHANGE, "{\"url\":\"https://r.example/e/1\",\"waarde\":\"now\"}", "https://r.example/e/1" },
        { STEP_KLANTCONTACT, MOVE_SEND, "{\"klantcontact\":{\"url\":\"https://r.example/k/1\",\"referentienummer\":\"0100000123\"},"
          "\"betrokkene\":{\"uuid\":\"b-9\"}}", "https://r.example/k/1#betrokkene=b-9" },
        { STEP_ADDRESS, MOVE_SEND, "{\"url\":\"https://r.example/d/1\",\"referentie\":\"kiosk-1-tel\"}", "https://r.example/d/1" },
        { STEP_TASK, MOVE_SEND, "{\"url\":\"https://r.example/t/1\",\"referentienummer\":\"0100000123\"}", "https://r.example/t/1" },
        { STEP_TASK_DONE, MOVE_SEND, "{\"url\":\"https://r.example/t/1\",\"status\":\"verwerkt\"}", "https://r.example/t/1" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, cases[i].kind);
        struct register_verdict v = judge(&f, cases[i].move, 201, cases[i].body);
        check_kind(v, VERDICT_DONE, "");
        CHECK_STR(v.result, cases[i].result);
        CHECK(!v.ignores_reference);
    }
}

TEST(a_success_that_proves_nothing_is_looked_up)
{
    static const char *const lies[] = {
        "", "<html>Welkom</html>", "[]", "null", "{}", "{\"url\":7}",
        "{\"url\":\"" SAMPLE_ZAAK "\"}",
        "{\"url\":\"" SAMPLE_ZAAK "\",\"identificatie\":\"DYN-01-another\"}",
        "{\"url\":\"ftp://register.example/zaken/1\",\"identificatie\":\"" SAMPLE_ZAAK_KEY "\"}",
        "{\"url\":\"https://register.example/zaken/\",\"identificatie\":\"" SAMPLE_ZAAK_KEY "\"}",
        "{\"url\":\"https://register.example/a b/1\",\"identificatie\":\"" SAMPLE_ZAAK_KEY "\"}",
        "{\"url\":\"https://x\",\"identificatie\":\"" SAMPLE_ZAAK_KEY "\"}",
    };
    static const int statuses[] = { 200, 201, 202, 204, 206 };
    for (size_t i = 0; i < ARRAY_LEN(lies); i++)
        for (size_t k = 0; k < ARRAY_LEN(statuses); k++) {
            struct fixture f;
            set_up(&f, STEP_ZAAK);
            check_goes_on(judge(&f, MOVE_SEND, statuses[k], lies[i]), MOVE_LOOK);
            CHECK(f.t.unsure);
        }
    struct fixture f;
    set_up(&f, STEP_STATUS);
    check_goes_on(judge(&f, MOVE_SEND, 201, STATUS_BODY(SAMPLE_ZAAK, "2026-11-21T09:15:02.418Z")), MOVE_LOOK);
    check_goes_on(judge(&f, MOVE_SEND, 201, STATUS_BODY("https://r.example/zaken/other", "2026-11-21T09:15:02.417Z")), MOVE_LOOK);
    set_up(&f, STEP_TASK_DONE);
    check_kind(judge(&f, MOVE_SEND, 200, "{\"status\":\"te_verwerken\"}"), VERDICT_TRANSIENT, "bad_answer");
}

TEST(an_older_open_klant_that_drops_our_number_is_noticed)
{
    struct fixture f;
    set_up(&f, STEP_KLANTCONTACT);
    struct register_verdict v =
        judge(&f, MOVE_SEND, 201,
              "{\"klantcontact\":{\"url\":\"https://r.example/k/1\",\"metadata\":{\"kioskRecord\":\"" SAMPLE_RECORD
              "\"}},\"betrokkene\":{\"uuid\":\"b-9\"}}");
    check_kind(v, VERDICT_DONE, "");
    CHECK(v.ignores_reference);
}

/* ---- already there ---- */

#define LIST(items) "{\"count\":1,\"next\":null,\"previous\":null,\"results\":[" items "]}"
#define ZAAK_ITEM(kenmerk, bron)                                                              \
    "{\"url\":\"" SAMPLE_ZAAK "\",\"identificatie\":\"" SAMPLE_ZAAK_KEY                       \
    "\",\"bronorganisatie\":\"123456782\",\"kenmerken\":[{\"kenmerk\":\"x\",\"bron\":\"y\"}," \
    "{\"kenmerk\":\"" kenmerk "\",\"bron\":\"" bron "\"}]}"

TEST(not_unique_is_looked_up_before_it_counts)
{
    static const struct {
        enum register_step_kind kind;
        const char *body;
    } cases[] = {
        { STEP_ZAAK, REFUSED("identificatie", "identificatie-niet-uniek") },
        { STEP_ROL_INITIATOR, REFUSED("nonFieldErrors", "max-occurences") },
        { STEP_STATUS, REFUSED("nonFieldErrors", "unique") },
        { STEP_KLANTCONTACT, REFUSED("klantcontact.referentienummer", "unique") },
        { STEP_TASK, REFUSED("referentienummer", "unique") },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, cases[i].kind);
        check_goes_on(judge(&f, MOVE_SEND, 400, cases[i].body), MOVE_LOOK);
        CHECK(f.t.refused);
    }
}

TEST(a_zaak_with_our_kenmerk_is_our_lost_answer)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    f.t.refused = true;
    f.refs.zaak[0] = '\0';
    struct register_verdict v = judge(&f, MOVE_LOOK, 200, LIST(ZAAK_ITEM(SAMPLE_CHAIN, "Dynamo kiosk")));
    check_kind(v, VERDICT_DONE, "");
    CHECK_STR(v.result, SAMPLE_ZAAK);
    CHECK_STR(f.refs.zaak, SAMPLE_ZAAK);
}

TEST(a_foreign_zaak_with_our_number_is_a_key_conflict)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    f.t.refused = true;
    check_kind(judge(&f, MOVE_LOOK, 200, LIST(ZAAK_ITEM("01OTHER", "Dynamo kiosk"))), VERDICT_PERMANENT, "key_conflict");
    check_kind(judge(&f, MOVE_LOOK, 200, LIST(ZAAK_ITEM(SAMPLE_CHAIN, "Balie"))), VERDICT_PERMANENT, "key_conflict");
    check_kind(judge(&f, MOVE_LOOK, 200, LIST("")), VERDICT_PERMANENT, "key_conflict");
}

TEST(what_a_look_does_not_find_is_sent)
{
    for (int k = STEP_ZAAK; k < STEP_TASK_DONE; k++) {
        struct fixture f;
        set_up(&f, (enum register_step_kind)k);
        f.t.unsure = true;
        check_goes_on(judge(&f, MOVE_LOOK, 200, k == STEP_EIGENSCHAP ? "[]" : LIST("")), MOVE_SEND);
        CHECK(!f.t.unsure);
    }
}

TEST(a_look_that_gets_no_list_proves_nothing)
{
    static const char *const bodies[] = { "", "<html>", "{}", "{\"results\":{}}", "7" };
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        struct fixture f;
        set_up(&f, STEP_ZAAK);
        f.t.unsure = true;
        struct register_verdict v = judge(&f, MOVE_LOOK, 200, bodies[i]);
        check_kind(v, VERDICT_TRANSIENT, "bad_answer");
        CHECK(v.unsure);
    }
}

#define WHOLE_ZAAK(parts)                                                                      \
    LIST("{\"url\":\"" SAMPLE_ZAAK "\",\"identificatie\":\"" SAMPLE_ZAAK_KEY                       \
         "\",\"bronorganisatie\":\"123456782\",\"kenmerken\":[{\"kenmerk\":\"" SAMPLE_CHAIN        \
         "\",\"bron\":\"Dynamo kiosk\"}]," parts "}")
#define ROLES(items) WHOLE_ZAAK("\"rollen\":[\"https://r.example/rollen/1\"],\"_expand\":{\"rollen\":[" items "]}")
#define ROLE(n, kind, who)                                                                      \
    "{\"url\":\"https://r.example/rollen/" #n "\",\"zaak\":\"" SAMPLE_ZAAK                       \
    "\",\"omschrijvingGeneriek\":\"" kind "\",\"betrokkeneIdentificatie\":{" who "}}"
#define PERSON(id) "\"anpIdentificatie\":\"" id "\""
#define WORKER(id) "\"identificatie\":\"" id "\""
#define A_STATUS(n, at, type) \
    "{\"url\":\"https://r.example/s/" #n "\",\"datumStatusGezet\":\"" at "\",\"statustype\":\"" STATUS_TYPE(type) "\"}"
#define LAST(n, at, type) \
    WHOLE_ZAAK("\"status\":\"https://r.example/s/" #n "\",\"_expand\":{\"status\":" A_STATUS(n, at, type) "}")

TEST(the_one_initiator_is_ours_or_somebody_elses)
{
    struct fixture f;
    set_up(&f, STEP_ROL_INITIATOR);
    struct register_verdict v = judge(&f, MOVE_LOOK, 200, ROLES(ROLE(1, "behandelaar", WORKER("sanne")) ","
                                      ROLE(2, "initiator", PERSON("DYN01-00000123"))));
    check_kind(v, VERDICT_DONE, "");
    CHECK_STR(v.result, "https://r.example/rollen/2");
    check_kind(judge(&f, MOVE_LOOK, 200, ROLES(ROLE(2, "initiator", PERSON("other")))), VERDICT_PERMANENT, "key_conflict");
    check_goes_on(judge(&f, MOVE_LOOK, 200, ROLES(ROLE(1, "behandelaar", WORKER("sanne")))), MOVE_SEND);
}

TEST(a_coach_is_there_once_as_behandelaar)
{
    struct fixture f;
    set_up(&f, STEP_ROL_BEHANDELAAR);
    check_kind(judge(&f, MOVE_LOOK, 200, ROLES(ROLE(1, "behandelaar", WORKER("sanne")))), VERDICT_DONE, "");
    check_goes_on(judge(&f, MOVE_LOOK, 200, ROLES(ROLE(1, "behandelaar", WORKER("bram")))), MOVE_SEND);
    check_goes_on(judge(&f, MOVE_LOOK, 200, ROLES(ROLE(1, "adviseur", WORKER("sanne")))), MOVE_SEND);
    check_goes_on(judge(&f, MOVE_LOOK, 200, WHOLE_ZAAK("\"rollen\":[]")), MOVE_SEND);
}

TEST(a_server_that_does_not_expand_a_zaak_is_asked_for_its_lists)
{
    struct fixture f;
    set_up(&f, STEP_ROL_BEHANDELAAR);
    check_goes_on(judge(&f, MOVE_LOOK, 200, WHOLE_ZAAK("\"rollen\":[\"https://r.example/rollen/1\"]")), MOVE_LIST);
    check_goes_on(judge(&f, MOVE_LOOK, 200, WHOLE_ZAAK("\"einddatum\":null")), MOVE_LIST);
    check_kind(judge(&f, MOVE_LIST, 200, LIST(ROLE(1, "behandelaar", WORKER("sanne")))), VERDICT_DONE, "");
    check_goes_on(judge(&f, MOVE_LIST, 200, LIST("")), MOVE_SEND);
    set_up(&f, STEP_STATUS);
    check_goes_on(judge(&f, MOVE_LOOK, 200, WHOLE_ZAAK("\"status\":\"https://r.example/s/1\"")), MOVE_LIST);
    check_kind(judge(&f, MOVE_LIST, 200, LIST(A_STATUS(0, "2026-11-20T09:15:02.417Z", 1) ","
                                              A_STATUS(1, "2026-11-21T09:15:02.417Z", 4))), VERDICT_DONE, "");
}

TEST(a_status_of_that_instant_is_ours_when_its_type_is)
{
    struct fixture f;
    set_up(&f, STEP_STATUS);
    struct register_verdict v = judge(&f, MOVE_LOOK, 200, LAST(1, "2026-11-21T10:15:02.417+01:00", 4));
    check_kind(v, VERDICT_DONE, "");
    CHECK_STR(v.result, "https://r.example/s/1");
    check_kind(judge(&f, MOVE_LOOK, 200, LAST(1, "2026-11-21T09:15:02.417Z", 1)), VERDICT_PERMANENT, "key_conflict");
    check_goes_on(judge(&f, MOVE_LOOK, 200, LAST(1, "2026-11-21T09:15:02.416Z", 1)), MOVE_SEND);
    check_goes_on(judge(&f, MOVE_LOOK, 200, WHOLE_ZAAK("\"status\":null")), MOVE_SEND);
    check_kind(judge(&f, MOVE_LOOK, 200, LAST(1, "gisteren", 4)), VERDICT_TRANSIENT, "bad_answer");
}

TEST(a_status_behind_a_later_one_is_there_when_the_register_refused_it_for_its_instant)
{
    struct fixture f;
    set_up(&f, STEP_STATUS);
    struct register_verdict v = judge(&f, MOVE_LOOK, 200, LAST(2, "2026-11-21T12:00:00Z", 4));
    check_goes_on(v, MOVE_SEND); /* only sending tells */
    CHECK(v.covered);
    f.t.refused = true;
    v = judge(&f, MOVE_LOOK, 200, LAST(2, "2026-11-21T12:00:00Z", 4));
    check_kind(v, VERDICT_DONE, "");
    CHECK_STR(v.result, SAMPLE_ZAAK);
    check_kind(judge(&f, MOVE_LOOK, 200, LAST(2, "2026-11-20T12:00:00Z", 4)), VERDICT_PERMANENT, "key_conflict");
}

TEST(a_property_with_another_value_is_changed)
{
    struct fixture f;
    set_up(&f, STEP_EIGENSCHAP);
    check_kind(judge(&f, MOVE_LOOK, 200, "[{\"url\":\"https://r.example/e/1\",\"eigenschap\":\"" PROPERTY(1) "\",\"waarde\":\"now\"}]"), VERDICT_DONE, "");
    check_goes_on(judge(&f, MOVE_LOOK, 200, "[{\"url\":\"https://r.example/e/9\",\"eigenschap\":\"" PROPERTY(2) "\",\"waarde\":\"now\"}]"), MOVE_SEND);
    check_goes_on(judge(&f, MOVE_LOOK, 200, "[{\"url\":\"https://r.example/e/1\",\"eigenschap\":\"" PROPERTY(1) "\",\"waarde\":\"before\"}]"), MOVE_CHANGE);
    CHECK_STR(f.t.target, "https://r.example/e/1");
}

TEST(klantinteracties_are_ours_by_our_own_keys)
{
    struct fixture f;
    set_up(&f, STEP_KLANTCONTACT);
    struct register_verdict v = judge(&f, MOVE_LOOK, 200,
        LIST("{\"url\":\"https://r.example/k/7\",\"metadata\":{\"kioskRecord\":\"other\"}},"
             "{\"url\":\"https://r.example/k/1\",\"referentienummer\":\"0100000123\",\"metadata\":{\"kioskRecord\":\"" SAMPLE_RECORD
             "\"},\"hadBetrokkenen\":[{\"uuid\":\"b-9\"}]}"));
    CHECK_STR(v.result, "https://r.example/k/1#betrokkene=b-9");
    set_up(&f, STEP_TASK);
    check_kind(judge(&f, MOVE_LOOK, 200, LIST("{\"url\":\"https://r.example/t/1\",\"referentienummer\":\"0100000123\","
                     "\"aanleidinggevendKlantcontact\":{\"uuid\":\"a1b2c3d4-0000-4000-8000-000000000001\"}}")), VERDICT_DONE, "");
    check_goes_on(judge(&f, MOVE_LOOK, 200, LIST("{\"url\":\"https://r.example/t/1\",\"referentienummer\":\"0100000123\","
                        "\"aanleidinggevendKlantcontact\":{\"uuid\":\"other\"}}")), MOVE_SEND);
    set_up(&f, STEP_ADDRESS);
    check_kind(judge(&f, MOVE_LOOK, 200, LIST("{\"url\":\"https://r.example/d/1\",\"referentie\":\"kiosk-1-tel\"}")), VERDICT_DONE, "");
}

TEST(a_chain_finds_its_zaak_by_number_and_goes_on)
{
    struct fixture f;
    set_up(&f, STEP_STATUS);
    f.refs.zaak[0] = '\0';
    check_goes_on(judge(&f, MOVE_FIND, 200, LIST(ZAAK_ITEM(SAMPLE_CHAIN, "Dynamo kiosk"))), MOVE_SEND);
    CHECK_STR(f.refs.zaak, SAMPLE_ZAAK);
    set_up(&f, STEP_STATUS);
    f.refs.zaak[0] = '\0';
    check_kind(judge(&f, MOVE_FIND, 200, LIST("")), VERDICT_PERMANENT, "zaak_missing");
}

TEST(a_conversation_that_goes_in_circles_ends)
{
    struct fixture f;
    set_up(&f, STEP_ZAAK);
    struct register_verdict v = { .kind = VERDICT_GO_ON, .move = MOVE_SEND };
    int n = 0;
    for (; v.kind == VERDICT_GO_ON && n < 100; n++)
        v = v.move == MOVE_SEND ? judge(&f, MOVE_SEND, 200, "<html>") : judge(&f, MOVE_LOOK, 200, LIST(""));
    check_kind(v, VERDICT_TRANSIENT, "unsettled");
    CHECK(v.unsure);
    CHECK_INT(n, REGISTER_MOVES_MAX);
}
