#include "register/link.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "tests/lib/check.h"
#include "tests/register/sample.h"

/* A network that answers from a table by a word of the url. */
struct canned {
    const char *word;
    int status;
    enum http_fault fault;
    const char *body;
};

struct net {
    const struct canned *answers;
    size_t n;
    int calls;
    char headers[2048]; /* of the last request */
    char url[2048];
    http_done_fn *done;
    void *ctx;
};

static enum err net_start(void *self, const struct http_request *r, http_done_fn *done, void *ctx)
{
    struct net *n = self;
    n->calls++;
    n->headers[0] = '\0';
    for (size_t i = 0; i < r->n_headers; i++) {
        size_t used = strlen(n->headers);
        snprintf(n->headers + used, sizeof n->headers - used, "%s: %s\n", r->headers[i].name,
                 r->headers[i].value);
    }
    snprintf(n->url, sizeof n->url, "%s", r->url);
    n->done = done;
    n->ctx = ctx;
    return ERR_OK;
}

static enum err net_wait(void *self, int max_ms)
{
    struct net *n = self;
    (void)max_ms;
    struct http_answer a = { .status = 404, .body = buf_make(65536), .retry_after_s = -1 };
    for (size_t i = 0; i < n->n; i++)
        if (strstr(n->url, n->answers[i].word)) {
            a.fault = n->answers[i].fault;
            a.status = a.fault ? 0 : n->answers[i].status;
            buf_adds(&a.body, n->answers[i].body ? n->answers[i].body : "");
            break;
        }
    n->done(n->ctx, &a);
    http_answer_done(&a);
    return ERR_OK;
}

struct fixture {
    struct register_settings settings;
    struct net net;
    struct http_port port;
    struct clock clock;
    struct register_link link;
};

static void set_up(struct fixture *f, enum register_profile p, const struct canned *answers, size_t n)
{
    *f = (struct fixture){ .settings = sample_settings(p), .net = { .answers = answers, .n = n },
                           .clock = clock_at(INT64_C(1795252502417)) };
    f->port = (struct http_port){ &f->net, 1, net_start, net_wait };
    register_link_init(&f->link, &f->settings, &f->port, &f->clock);
}

static void call(struct fixture *f, const char *body)
{
    struct register_call c = { .method = body ? "POST" : "GET", .url = "https://register.example/x",
                               .body = body ? mem_dup_str(body) : NULL };
    struct http_answer a = { 0 };
    CHECK_OK(register_link_exchange(&f->link, &c, &a));
    http_answer_done(&a);
    register_call_done(&c);
}

TEST(zgw_calls_carry_a_token_and_the_crs_headers)
{
    struct fixture f;
    set_up(&f, REGISTER_ZGW, NULL, 0);
    call(&f, "{}");
    CHECK(strncmp(f.net.headers, "Authorization: Bearer eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.", 58) == 0);
    CHECK(strstr(f.net.headers, "Accept-Crs: EPSG:4326\n") != NULL);
    CHECK(strstr(f.net.headers, "Content-Crs: EPSG:4326\n") != NULL);
    CHECK(strstr(f.net.headers, "Content-Type: application/json\n") != NULL);
    call(&f, NULL);
    CHECK(strstr(f.net.headers, "Content-Type") == NULL);
    register_link_done(&f.link);
}

TEST(klantinteracties_calls_carry_the_plain_token)
{
    struct fixture f;
    set_up(&f, REGISTER_KLANTINTERACTIES, NULL, 0);
    call(&f, "{}");
    CHECK(strstr(f.net.headers, "Authorization: Token example-secret\n") != NULL);
    CHECK(strstr(f.net.headers, "Crs") == NULL);
    register_link_done(&f.link);
}

TEST(a_token_is_made_anew_after_half_an_hour_or_a_step_back_of_the_clock)
{
    struct fixture f;
    char first[2048];
    set_up(&f, REGISTER_ZGW, NULL, 0);
    call(&f, NULL);
    snprintf(first, sizeof first, "%s", f.net.headers);
    clock_advance(&f.clock, 29 * MINUTE_MS);
    call(&f, NULL);
    CHECK_STR(f.net.headers, first);
    clock_advance(&f.clock, MINUTE_MS);
    call(&f, NULL);
    CHECK(strcmp(f.net.headers, first) != 0);
    snprintf(first, sizeof first, "%s", f.net.headers);
    f.clock = clock_at(INT64_C(1795252502417) - HOUR_MS);
    call(&f, NULL);
    CHECK(strcmp(f.net.headers, first) != 0);
    register_link_done(&f.link);
}

#define ONE(url, key, name)                                                    \
    "{\"url\":\"https://register.example/" url "\",\"" key "\":\"" name "\"," \
    "\"zaaktype\":\"https://register.example/zt/1\"}"
#define OLD(url, key, name) /* of an earlier version of the zaaktype */         \
    "{\"url\":\"https://register.example/" url "\",\"" key "\":\"" name "\"," \
    "\"zaaktype\":\"https://register.example/zt/0\"}"
#define LIST(items) "{\"count\":1,\"results\":[" items "]}"

static const char zaaktypen[] = LIST("{\"url\":\"https://register.example/zt/0\",\"identificatie\":\"OTHER\"},"
                                     "{\"url\":\"https://register.example/zt/1\",\"identificatie\":\"DYNAMO-INLOOP\",\"concept\":false}");
static const char statustypen[] =
    LIST(ONE("s/1", "omschrijving", "Aangemeld") "," ONE("s/2", "omschrijving", "Afspraak gepland") ","
         ONE("s/3", "omschrijving", "Afspraak geannuleerd") "," ONE("s/4", "omschrijving", "Verschenen") ","
         ONE("s/5", "omschrijving", "Niet verschenen") "," ONE("s/6", "omschrijving", "Afgesloten"));
static const char roltypen[] = LIST(OLD("r/0", "omschrijvingGeneriek", "initiator") "," ONE("r/1", "omschrijvingGeneriek", "initiator") "," ONE("r/2", "omschrijvingGeneriek", "behandelaar"));
static const char eigenschappen[] = LIST(ONE("e/1", "naam", "afspraak_begin") "," ONE("e/2", "naam", "privacyverklaring") ","
                                         ONE("e/3", "naam", "toestemming_herinner")); /* all that a name has room for */

TEST(all_types_are_found_by_name)
{
    const struct canned answers[] = { { "/zaaktypen", 200, 0, zaaktypen }, { "/statustypen", 200, 0, statustypen },
                                      { "/roltypen", 200, 0, roltypen }, { "/eigenschappen", 200, 0, eigenschappen } };
    struct fixture f;
    struct register_types types = { 0 };
    struct register_verdict v;
    set_up(&f, REGISTER_ZGW, answers, 4);
    CHECK_OK(register_types_load(&f.link, &v, &types));
    CHECK_STR(types.url[TYPE_ZAAK], "https://register.example/zt/1");
    CHECK_STR(types.url[TYPE_STATUS_NO_SHOW], "https://register.example/s/5");
    CHECK_STR(types.url[TYPE_ROL_INITIATOR], "https://register.example/r/1");
    CHECK_STR(types.url[TYPE_ROL_BEHANDELAAR], "https://register.example/r/2");
    CHECK_STR(types.url[TYPE_PROP_REMINDER], "https://register.example/e/3");
    CHECK_INT(f.net.calls, 4);
    register_link_done(&f.link);
}

TEST(a_look_up_that_broke_off_goes_on_where_it_was)
{
    const struct canned first[] = { { "/zaaktypen", 200, 0, zaaktypen }, { "/statustypen", 503, 0, "" } };
    const struct canned then[] = { { "/statustypen", 200, 0, statustypen }, { "/roltypen", 200, 0, roltypen },
                                   { "/eigenschappen", 200, 0, eigenschappen } };
    struct fixture f;
    struct register_types types = { 0 };
    struct register_verdict v;
    set_up(&f, REGISTER_ZGW, first, 2);
    CHECK_ERR(register_types_load(&f.link, &v, &types), ERR_NET);
    register_link_done(&f.link);
    set_up(&f, REGISTER_ZGW, then, 3);
    CHECK_OK(register_types_load(&f.link, &v, &types));
    CHECK_INT(f.net.calls, 3);
    register_link_done(&f.link);
}

TEST(a_missing_type_is_named_and_stops_the_run)
{
    const struct canned answers[] = { { "/zaaktypen", 200, 0, zaaktypen }, { "/statustypen", 200, 0, statustypen },
                                      { "/roltypen", 200, 0, roltypen },
                                      { "/eigenschappen", 200, 0, LIST(ONE("e/1", "naam", "afspraak_begin")) } };
    struct fixture f;
    struct register_types types = { 0 };
    struct register_verdict v;
    set_up(&f, REGISTER_ZGW, answers, 4);
    CHECK_ERR(register_types_load(&f.link, &v, &types), ERR_NOT_FOUND);
    CHECK_INT(v.kind, VERDICT_STOP);
    CHECK_STR(v.problem.code, "type_missing");
    CHECK_STR(v.problem.params, "privacyverklaring");
    register_link_done(&f.link);
}

TEST(a_zaaktype_that_is_not_published_counts_as_missing)
{
    const struct canned answers[] = { { "/zaaktypen", 200, 0,
        LIST("{\"url\":\"https://register.example/zt/1\",\"identificatie\":\"DYNAMO-INLOOP\",\"concept\":true}") } };
    struct fixture f;
    struct register_types types = { 0 };
    struct register_verdict v;
    set_up(&f, REGISTER_ZGW, answers, 1);
    CHECK_ERR(register_types_load(&f.link, &v, &types), ERR_NOT_FOUND);
    CHECK_STR(v.problem.params, "zaaktype");
    register_link_done(&f.link);
}

TEST(a_look_up_that_fails_says_why)
{
    static const struct {
        struct canned answer;
        enum verdict_kind kind;
        const char *code;
    } cases[] = {
        { { "/zaaktypen", 503, 0, "" }, VERDICT_TRANSIENT, "unavailable" },
        { { "/zaaktypen", 0, HTTP_FAULT_DNS, NULL }, VERDICT_TRANSIENT, "dns" },
        { { "/zaaktypen", 0, HTTP_FAULT_CERT, NULL }, VERDICT_STOP, "certificate" },
        { { "/zaaktypen", 403, 0, "{\"code\":\"jwt-expired\"}" }, VERDICT_STOP, "jwt-expired" },
        { { "/zaaktypen", 400, 0, "{\"code\":\"unknown-parameters\"}" }, VERDICT_STOP, "unknown-parameters" },
        { { "/zaaktypen", 404, 0, "<html>" }, VERDICT_STOP, "base_path" },
        { { "/zaaktypen", 302, 0, "" }, VERDICT_STOP, "redirect" },
        { { "/zaaktypen", 200, 0, "<html>" }, VERDICT_TRANSIENT, "bad_answer" },
        { { "/zaaktypen", 200, 0, "{\"results\":7}" }, VERDICT_TRANSIENT, "bad_answer" },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        struct register_types types = { 0 };
        struct register_verdict v;
        set_up(&f, REGISTER_ZGW, &cases[i].answer, 1);
        CHECK_ERR(register_types_load(&f.link, &v, &types), ERR_NET);
        CHECK_INT(v.kind, cases[i].kind);
        CHECK_STR(v.problem.code, cases[i].code);
        register_link_done(&f.link);
    }
}

TEST(klantinteracties_has_no_types_to_look_up)
{
    struct fixture f;
    struct register_types types = { 0 };
    struct register_verdict v;
    set_up(&f, REGISTER_KLANTINTERACTIES, NULL, 0);
    CHECK_OK(register_types_load(&f.link, &v, &types));
    CHECK_INT(f.net.calls, 0);
    register_link_done(&f.link);
}
