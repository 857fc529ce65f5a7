#include "desk/guard.h"

#include <string.h>

#include "tests/lib/check.h"

static struct guard loopback(void)
{
    struct guard g = { .tls = false };
    CHECK_OK(guard_add_loopback(&g, 8080));
    return g;
}

static struct guard_facts good_get(void)
{
    return (struct guard_facts){ .method = "GET", .path = "/", .host = "127.0.0.1:8080",
                                 .n_hosts = 1, .body_max = 16384 };
}

static struct guard_facts good_post(void)
{
    struct guard_facts f = good_get();
    f.method = "POST";
    f.path = "/act/call";
    f.origin = "http://127.0.0.1:8080";
    f.fetch_site = "same-origin";
    f.content_type = "application/json";
    f.content_length = "2";
    f.n_lengths = 1;
    return f;
}

TEST(our_own_page_may_read_and_change)
{
    struct guard g = loopback();
    struct guard_facts get = good_get(), post = good_post();
    CHECK_INT(guard_check(&g, &get), 0);
    CHECK_INT(guard_check(&g, &post), 0);
    get.method = "HEAD";
    CHECK_INT(guard_check(&g, &get), 0);
    post.content_type = "application/json; charset=UTF-8";
    CHECK_INT(guard_check(&g, &post), 0);
    post.fetch_site = NULL; /* an older browser */
    CHECK_INT(guard_check(&g, &post), 0);
}

TEST(a_name_that_is_not_ours_is_refused)
{
    struct guard g = loopback();
    static const char *const hosts[] = { "evil.example", "127.0.0.1", "127.0.0.1:8081",
                                         "127.0.0.1:8080.evil.example", "" };
    for (size_t i = 0; i < ARRAY_LEN(hosts); i++) {
        struct guard_facts f = good_get();
        f.host = hosts[i];
        CHECK_INT(guard_check(&g, &f), 421);
    }
    struct guard_facts f = good_get();
    f.host = "LOCALHOST:8080";
    CHECK_INT(guard_check(&g, &f), 0);
}

TEST(a_change_from_elsewhere_is_refused)
{
    struct guard g = loopback();
    static const char *const origins[] = { NULL, "null", "http://evil.example",
                                           "https://127.0.0.1:8080", "http://localhost:8080",
                                           "http://127.0.0.1:8080.evil.example" };
    for (size_t i = 0; i < ARRAY_LEN(origins); i++) {
        struct guard_facts f = good_post();
        f.origin = origins[i];
        CHECK_INT(guard_check(&g, &f), 403);
    }
    struct guard_facts f = good_post();
    f.fetch_site = "cross-site";
    CHECK_INT(guard_check(&g, &f), 403);
}

TEST(behind_tls_the_origin_is_https)
{
    struct guard g = { .tls = true };
    struct guard_facts f = good_post();
    CHECK_OK(guard_add_hosts(&g, " desk.dynamo.lan  192.168.1.20 "));
    CHECK_INT(g.n_hosts, 2);
    f.host = "desk.dynamo.lan";
    f.origin = "https://desk.dynamo.lan";
    CHECK_INT(guard_check(&g, &f), 0);
    f.origin = "http://desk.dynamo.lan";
    CHECK_INT(guard_check(&g, &f), 403);
}

TEST(a_change_is_json_of_a_told_length)
{
    struct guard g = loopback();
    static const struct {
        const char *type, *length;
        int want;
    } cases[] = {
        { "application/json", NULL, 411 },          { "application/json", "", 400 },
        { "application/json", "-1", 400 },          { "application/json", "+5", 400 },
        { "application/json", "0x10", 400 },        { "application/json", "16384", 0 },
        { "application/json", "16385", 413 },       { "application/json", "99999999999999999999", 413 },
        { "text/plain", "2", 415 },                 { NULL, "2", 415 },
        { "application/x-www-form-urlencoded", "2", 415 },
        { "application/jsonp", "2", 415 },          { "multipart/form-data", "2", 415 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct guard_facts f = good_post();
        f.content_type = cases[i].type;
        f.content_length = cases[i].length;
        CHECK_INT(guard_check(&g, &f), cases[i].want);
    }
}

TEST(two_readings_of_one_request_are_refused)
{
    struct guard g = loopback();
    struct guard_facts f = good_post();
    f.transfer_encoding = "chunked";
    CHECK_INT(guard_check(&g, &f), 400);
    f = good_post();
    f.n_lengths = 2;
    CHECK_INT(guard_check(&g, &f), 400);
    f = good_get();
    f.n_hosts = 2;
    CHECK_INT(guard_check(&g, &f), 400);
    f.n_hosts = 0;
    CHECK_INT(guard_check(&g, &f), 400);
    f = good_get();
    f.bad_header = true;
    CHECK_INT(guard_check(&g, &f), 400);
    f = good_get();
    f.content_length = "5";
    CHECK_INT(guard_check(&g, &f), 400);
}

TEST(methods_that_no_page_knows_are_refused)
{
    struct guard g = loopback();
    static const char *const methods[] = { "PUT", "DELETE", "TRACE", "CONNECT", "OPTIONS", "get",
                                           "PROPFIND", "" };
    for (size_t i = 0; i < ARRAY_LEN(methods); i++) {
        struct guard_facts f = good_get();
        f.method = methods[i];
        CHECK_INT(guard_check(&g, &f), 501);
    }
}

TEST(paths_are_plain)
{
    static const char *const good[] = { "/", "/board", "/visit/01KMCYR9M0A5BFAZ8F6B2FRKWN",
                                        "/static/desk.css", "/a.b/c-d_e~f", "/...x" };
    static const char *const bad[] = { "", "x", "//", "/a//b", "/a/", "/..", "/../etc/passwd",
                                       "/a/../b", "/.", "/a/./b", "/%2e%2e", "/a%00", "/a b",
                                       "/a\\b", "/\xC0\xAE", "http://127.0.0.1/", "*", "/a?b" };
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(guard_path_fits(good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!guard_path_fits(bad[i]));
    char tall[200];
    memset(tall, 'a', sizeof(tall) - 1);
    tall[0] = '/';
    tall[sizeof(tall) - 1] = '\0';
    CHECK(!guard_path_fits(tall));
}

TEST(names_of_hosts_have_a_cap_and_plain_letters)
{
    struct guard g = { .tls = true };
    CHECK_ERR(guard_add_hosts(&g, "a/b"), ERR_FORMAT);
    CHECK_ERR(guard_add_hosts(&g, "a b c d e f g h i j k l m"), ERR_LIMIT);
}
