#include "upload/probe.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/civil.h"
#include "tests/lib/check.h"
#include "tests/upload/near.h"

#define NIGHT (INT64_C(20778) * DAY_MS + 23 * HOUR_MS)

/* The stand-in, but for calls that get a canned answer. */
struct liar {
    struct near near;
    struct http_port port;
    const char *method, *path; /* of the calls that it lies to; NULL: to none */
    enum http_fault fault;
    int status;
    const char *body;
    bool mute; /* the answer has no Date */
};

static enum err lie(void *self, const struct http_request *r, http_done_fn *done, void *ctx)
{
    struct liar *l = self;
    if (!l->path || strcmp(r->method, l->method) != 0 || !strstr(r->url, l->path))
        return l->near.port.start(&l->near, r, done, ctx);
    struct http_answer a = { .fault = l->fault,
                             .status = l->status,
                             .body = buf_make(1000),
                             .retry_after_s = -1,
                             .server_time_s = -1 };
    if (l->body)
        buf_adds(&a.body, l->body);
    done(ctx, &a);
    http_answer_done(&a);
    return ERR_OK;
}

static enum err lie_wait(void *self, int max_ms)
{
    struct liar *l = self;
    return l->near.port.wait(&l->near, max_ms);
}

struct fixture {
    struct config config;
    struct clock clock;
    struct liar liar;
    bool simulated, unsure;
    struct probe_finding v[PROBE_CHECKS];
};

static void set_up(struct fixture *f, const char *profile)
{
    static int n;
    *f = (struct fixture){ .clock = clock_at(NIGHT) };
    near_open(&f->liar.near, NIGHT, 1, 1);
    f->liar.port = (struct http_port){ &f->liar, 1, lie, lie_wait };
    config_defaults(&f->config);
    snprintf(f->config.reg.profile, sizeof f->config.reg.profile, "%s", profile);
    snprintf(f->config.reg.zaken_url, 200, "https://register.example/zaken/api/v1");
    snprintf(f->config.reg.catalogi_url, 200, "https://register.example/catalogi/api/v1");
    snprintf(f->config.reg.klantinteracties_url, 200,
             "https://register.example/klantinteracties/api/v1");
    snprintf(f->config.reg.client_id, 20, "dynamo");
    snprintf(f->config.reg.rsin, 10, "123456782");
    snprintf(f->config.reg.secret_file, 250, "%s/secret%d", check_tmpdir(), n++);
    FILE *file = fopen(f->config.reg.secret_file, "w");
    CHECK(file && fputs("example-secret\n", file) >= 0 && fclose(file) == 0);
    CHECK(chmod(f->config.reg.secret_file, 0600) == 0);
}

static void tear_down(struct fixture *f)
{
    near_close(&f->liar.near);
}

static void run(struct fixture *f)
{
    struct probe_options o = { &f->config, &f->clock, f->simulated, f->unsure, &f->liar.port };
    probe_run(&o, f->v);
}

static const struct probe_finding *finding(const struct fixture *f, const char *check)
{
    for (size_t i = 0; i < PROBE_CHECKS; i++)
        if (strcmp(f->v[i].check, check) == 0)
            return &f->v[i];
    CHECK_FAIL("no check %s", check);
    return NULL;
}

/* Exactly this check is wrong, for this reason, and a person is told what to do. */
static void check_only(const struct fixture *f, const char *check, const char *word)
{
    for (size_t i = 0; i < PROBE_CHECKS; i++) {
        bool this_one = check && strcmp(f->v[i].check, check) == 0;
        if ((f->v[i].state == PROBE_WRONG) != this_one)
            CHECK_FAIL("%s: %s: %s", f->v[i].check, probe_state_name(f->v[i].state), f->v[i].found);
        CHECK((f->v[i].ask[0] != '\0') == this_one);
        CHECK(f->v[i].found[0] != '\0' && !strstr(f->v[i].found, "example-secret"));
    }
    if (check && !strstr(finding(f, check)->found, word) && !strstr(finding(f, check)->ask, word))
        CHECK_FAIL("%s: %s / %s", check, finding(f, check)->found, finding(f, check)->ask);
}

static void lies(struct fixture *f, const char *method, const char *path, int status,
                 const char *body)
{
    f->liar.method = method;
    f->liar.path = path;
    f->liar.status = status;
    f->liar.body = body;
    run(f);
}

TEST(a_good_way_is_good_in_both_profiles_and_leaves_nothing_behind)
{
    static const char *const profiles[] = { "zgw", "klantinteracties" };
    for (size_t i = 0; i < 2; i++) {
        struct fixture f;
        set_up(&f, profiles[i]);
        run(&f);
        check_only(&f, NULL, NULL);
        json_t *d = near_dump(&f.liar.near), *counts = json_object_get(d, "counts"), *one;
        const char *key;
        json_object_foreach(counts, key, one)
        {
            CHECK_INT(json_integer_value(one), 0);
        }
        json_decref(d);
        tear_down(&f);
    }
}

TEST(what_is_missing_in_the_settings_is_named)
{
    struct fixture f;
    set_up(&f, "zgw");
    f.config.reg.client_id[0] = '\0';
    run(&f);
    check_only(&f, "settings", "client_id");
    CHECK_INT(finding(&f, "types")->state, PROBE_SKIPPED);
    CHECK_INT(f.liar.near.n_calls, 0);
    CHECK(chmod(f.config.reg.secret_file, 0644) == 0);
    run(&f);
    check_only(&f, "settings", "0600");
    tear_down(&f);
    set_up(&f, "none");
    run(&f);
    check_only(&f, "settings", "none");
    tear_down(&f);
}

TEST(a_simulated_house_asks_no_register_elsewhere)
{
    struct fixture f;
    set_up(&f, "zgw");
    f.simulated = true;
    run(&f);
    check_only(&f, "settings", "simulated");
    CHECK_INT(f.liar.near.n_calls, 0);
    tear_down(&f);
}

TEST(each_fault_of_the_network_is_told_apart)
{
    static const struct {
        enum http_fault fault;
        const char *check, *word;
    } cases[] = { { HTTP_FAULT_DNS, "address", "name" },
                  { HTTP_FAULT_CONNECT, "address", "firewall" },
                  { HTTP_FAULT_TIMEOUT, "address", "firewall" },
                  { HTTP_FAULT_RESET, "address", "client certificate" },
                  { HTTP_FAULT_PROTOCOL, "address", "no web service" },
                  { HTTP_FAULT_TOO_BIG, "address", "no web service" },
                  { HTTP_FAULT_REFUSED, "address", "https://" },
                  { HTTP_FAULT_TLS, "certificate", "TLS 1.2" },
                  { HTTP_FAULT_CERT, "certificate", "ca_file" } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, "zgw");
        f.liar.fault = cases[i].fault;
        lies(&f, "GET", "/zaken/api", 0, NULL);
        check_only(&f, cases[i].check, cases[i].word);
        CHECK(strstr(finding(&f, cases[i].check)->found, "zaken_url") != NULL);
        CHECK_INT(finding(&f, "credentials")->state, PROBE_SKIPPED);
        tear_down(&f);
    }
}

TEST(somebody_else_at_the_address_is_told)
{
    static const struct {
        int status;
        const char *body, *word;
    } cases[] = { { 302, "", "login page" },
                  { 404, "{\"code\":\"not_found\"}", "whole address" },
                  { 200, "<html>", "not this API" },
                  { 403, "<html>", "client certificate" },
                  { 503, "{\"code\":\"error\"}", "later" } };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct fixture f;
        set_up(&f, "zgw");
        lies(&f, "GET", "/catalogi/", cases[i].status, cases[i].body);
        check_only(&f, "address", cases[i].word);
        tear_down(&f);
    }
}

TEST(a_clock_that_differs_is_told_with_how_much)
{
    struct fixture f;
    set_up(&f, "zgw");
    clock_advance(&f.clock, 59 * SECOND_MS);
    run(&f);
    check_only(&f, NULL, NULL);
    tear_down(&f);
    set_up(&f, "zgw");
    f.liar.near.server.clock = clock_at(NIGHT + 61 * SECOND_MS);
    run(&f);
    check_only(&f, "clock", "-61 s");
    f.unsure = true;
    run(&f);
    check_only(&f, "clock", "clock status");
    tear_down(&f);
}

TEST(credentials_that_are_not_taken_are_told_by_their_kind)
{
    struct fixture f;
    set_up(&f, "zgw");
    snprintf(f.config.reg.client_id, 20, "stranger");
    run(&f);
    check_only(&f, "credentials", "client_id");
    tear_down(&f);
    set_up(&f, "zgw");
    f.liar.near.server.options.secret = "another";
    run(&f);
    check_only(&f, "credentials", "secret_file");
    tear_down(&f);
    set_up(&f, "klantinteracties");
    f.liar.near.server.options.token = "another";
    run(&f);
    check_only(&f, "credentials", "secret_file");
    tear_down(&f);
}

TEST(each_missing_scope_is_named)
{
    static const char denied[] = "{\"code\":\"permission_denied\"}";
    struct fixture f;
    set_up(&f, "zgw");
    lies(&f, "GET", "/catalogi/", 403, denied);
    check_only(&f, "scopes", "catalogi.lezen");
    lies(&f, "GET", "/zaken/api", 403, denied);
    check_only(&f, "scopes", "zaken.lezen");
    lies(&f, "POST", "/zaken/api", 403, denied);
    check_only(&f, "scopes", "zaken.statussen.toevoegen");
    lies(&f, "POST", "/zaken/api", 201, "{}"); /* it takes anything */
    check_only(&f, "scopes", "HTTP 201");
    tear_down(&f);
}

TEST(missing_types_are_listed)
{
    struct fixture f;
    set_up(&f, "zgw");
    lies(&f, "GET", "/roltypen", 200, "{\"results\":[]}");
    check_only(&f, "types", "initiator, behandelaar");
    f.liar.path = NULL;
    snprintf(f.config.reg.zaaktype, 20, "ELDERS");
    run(&f);
    check_only(&f, "types", "ELDERS");
    tear_down(&f);
}

TEST(an_actor_that_is_not_there_is_told)
{
    struct fixture f;
    set_up(&f, "klantinteracties");
    snprintf(f.config.reg.actor, 37, "a1b2c3d4-0000-4000-8000-000000000003");
    lies(&f, "GET", "/actoren/", 404, "{\"code\":\"not_found\"}");
    check_only(&f, "types", "uuid");
    lies(&f, "GET", "/actoren/", 200, "{}");
    check_only(&f, NULL, NULL);
    tear_down(&f);
}
