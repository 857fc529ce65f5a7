#include "net/http.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "tests/lib/check.h"

/*
 * A server of one thread: it takes connections one by one, reads a request and
 * does what the test told it. `keep` answers come on one connection.
 */
enum act {
    ACT_ANSWER,      /* writes `text` */
    ACT_HANG_UP,     /* reads the request, closes without a word */
    ACT_HANG_UP_2ND, /* answers the first on a connection, hangs up after the second */
    ACT_RESET,       /* RST */
    ACT_SILENT,      /* reads, never answers */
    ACT_FLOOD,       /* writes `text`, then 'x' for ever */
    ACT_HEAD_FLOOD,  /* header lines for ever */
    ACT_DRIP,        /* writes `text` a byte each 50 ms, and never its last one */
    ACT_MID_BODY,    /* writes `text`, then RST */
    ACT_GREET        /* reads nothing: writes `text`, then whatever the client sends is lost */
};

/* Answers have all the time that a machine may need; where none comes, the client's own limit
 * is short, and far from that. */
#define PATIENCE_MS 300000
#define SHORT_MS 300

struct bad_server {
    enum act act;
    const char *text;
    int fd, port;
    pthread_t thread;
    char seen[16384]; /* the last request */
    int requests, connections;
    _Atomic bool end;
};

static bool send_all(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t done = send(fd, text, n, MSG_NOSIGNAL);
        if (done <= 0)
            return false;
        text += done;
        n -= (size_t)done;
    }
    return true;
}

/* Reads head and body by Content-Length; false at the end of the connection. */
static bool read_request(struct bad_server *s, int fd)
{
    size_t n = 0;
    char *end = NULL;
    for (;;) {
        ssize_t got = recv(fd, s->seen + n, sizeof s->seen - n - 1, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        s->seen[n] = '\0';
        end = strstr(s->seen, "\r\n\r\n");
        if (!end)
            continue;
        const char *length = strcasestr(s->seen, "content-length:");
        size_t body = length && length < end ? strtoul(length + 15, NULL, 10) : 0;
        if (n >= (size_t)(end - s->seen) + 4 + body)
            break;
    }
    s->requests++;
    return true;
}

static void reset(int fd)
{
    struct linger now = { 1, 0 };
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

static void flood(struct bad_server *s, int fd, const char *piece)
{
    while (!s->end && send_all(fd, piece, strlen(piece)))
        ;
}

static void drip(struct bad_server *s, int fd)
{
    for (const char *p = s->text; p[0] && p[1] && !s->end && send_all(fd, p, 1); p++)
        usleep(50000);
    while (!s->end)
        usleep(5000);
}

/* False: the connection is over. */
static bool act_once(struct bad_server *s, int fd, int nth)
{
    static const char x[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
    switch (s->act) {
    case ACT_ANSWER:
        return send_all(fd, s->text, strlen(s->text));
    case ACT_HANG_UP_2ND:
        return nth == 1 && send_all(fd, s->text, strlen(s->text));
    case ACT_HANG_UP:
        return false;
    case ACT_MID_BODY:
        send_all(fd, s->text, strlen(s->text));
        reset(fd);
        return false;
    case ACT_RESET:
        reset(fd);
        return false;
    case ACT_SILENT:
        while (!s->end)
            usleep(5000);
        return false;
    case ACT_FLOOD:
        send_all(fd, s->text, strlen(s->text));
        flood(s, fd, x);
        return false;
    case ACT_HEAD_FLOOD:
        send_all(fd, "HTTP/1.1 200 OK\r\n", 17);
        flood(s, fd, "X-More: and more and more and more\r\n");
        return false;
    case ACT_DRIP:
        drip(s, fd);
        return false;
    case ACT_GREET: /* done before */
        return false;
    }
    return false;
}

static void greet(struct bad_server *s, int fd)
{
    char lost[4096];
    send_all(fd, s->text, strlen(s->text));
    while (recv(fd, lost, sizeof lost, 0) > 0)
        ;
}

static void *run_server(void *arg)
{
    struct bad_server *s = arg;
    for (;;) {
        int fd = accept(s->fd, NULL, NULL);
        if (fd < 0)
            return NULL;
        s->connections++;
        if (s->act == ACT_GREET)
            greet(s, fd);
        for (int nth = 1; read_request(s, fd) && act_once(s, fd, nth); nth++)
            ;
        close(fd);
    }
}

static void server_start(struct bad_server *s)
{
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof here;
    s->fd = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(bind(s->fd, (struct sockaddr *)&here, n) == 0 && listen(s->fd, 8) == 0);
    CHECK(getsockname(s->fd, (struct sockaddr *)&here, &n) == 0);
    s->port = ntohs(here.sin_port);
    CHECK(pthread_create(&s->thread, NULL, run_server, s) == 0);
}

static void server_end(struct bad_server *s)
{
    s->end = true;
    shutdown(s->fd, SHUT_RDWR);
    pthread_join(s->thread, NULL);
    close(s->fd);
}

static struct http_client *client_make(const struct http_options *o)
{
    struct http_client *c = NULL;
    CHECK_OK(http_client_create(o, &c));
    return c;
}

static struct http_answer ask(struct http_client *c, const char *method, int port, const char *body)
{
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/x", port);
    struct http_request r = { .method = method, .url = url, .body = body,
                              .n_body = body ? strlen(body) : 0 };
    struct http_port p = http_client_port(c);
    struct http_answer a = { 0 };
    CHECK_OK(http_exchange(&p, &r, &a));
    return a;
}

/* One POST to a server that behaves like that. */
static struct http_answer post_to(enum act act, const char *text, struct bad_server *s)
{
    *s = (struct bad_server){ .act = act, .text = text };
    server_start(s);
    struct http_client *c = client_make(&(struct http_options){
        .allow_plain_loopback = true, .connect_ms = PATIENCE_MS,
        .total_ms = act == ACT_SILENT || act == ACT_DRIP ? SHORT_MS : PATIENCE_MS,
        .max_body = 8192, .max_head = 4096 });
    struct http_answer a = ask(c, "POST", s->port, "{\"a\":1}");
    http_client_destroy(c);
    server_end(s);
    return a;
}

static void check_fault(enum act act, const char *text, enum http_fault want)
{
    struct bad_server s;
    int64_t before = clock_real_mono_ms();
    struct http_answer a = post_to(act, text, &s);
    CHECK_STR(http_fault_name(a.fault), http_fault_name(want));
    CHECK_INT(a.status, 0);
    CHECK_INT(a.body.n, 0);
    if (want == HTTP_FAULT_TIMEOUT) /* its own limit, and not the minute of one that was set none */
        CHECK(clock_real_mono_ms() - before < 50000);
    http_answer_done(&a);
}

#define OK_201 "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n"

TEST(an_answer_comes_back_with_its_status_body_and_headers)
{
    struct bad_server s;
    struct http_answer a = post_to(ACT_ANSWER,
                                   OK_201 "Content-Type: Application/JSON; charset=utf-8\r\n"
                                          "API-version: 1.5.1\r\nLocation:  /there \r\n\r\n{}",
                                   &s);
    CHECK_INT(a.fault, HTTP_FAULT_NONE);
    CHECK_INT(a.status, 201);
    CHECK_STR(buf_str(&a.body), "{}");
    CHECK_STR(a.content_type, "application/json");
    CHECK_STR(a.api_version, "1.5.1");
    CHECK_STR(a.location, "/there");
    CHECK_INT(a.retry_after_s, -1);
    CHECK(a.new_connection);
    http_answer_done(&a);
    CHECK(strstr(s.seen, "POST /x HTTP/1.1\r\n") == s.seen);
    CHECK(strstr(s.seen, "\r\n\r\n{\"a\":1}") != NULL);
    CHECK(strcasestr(s.seen, "\nexpect:") == NULL);
    CHECK(strcasestr(s.seen, "accept-encoding") == NULL);
    CHECK(strcasestr(s.seen, "user-agent: dynamo-kiosk/") != NULL);
}

TEST(headers_of_the_client_and_of_the_request_are_both_sent)
{
    struct bad_server s = { .act = ACT_ANSWER, .text = OK_201 "\r\n{}" };
    server_start(&s);
    struct http_client *c = client_make(&(struct http_options){
        .allow_plain_loopback = true, .connect_ms = PATIENCE_MS, .total_ms = PATIENCE_MS, .n_headers = 1,
        .headers = (struct http_header[]){ { "X-Outway", "one" } } });
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/x", s.port);
    struct http_request r = { .method = "GET", .url = url, .n_headers = 1,
                              .headers = (struct http_header[]){ { "Accept-Crs", "EPSG:4326" } } };
    struct http_port p = http_client_port(c);
    struct http_answer a = { 0 };
    CHECK_OK(http_exchange(&p, &r, &a));
    CHECK(strstr(s.seen, "\r\nX-Outway: one\r\n") != NULL);
    CHECK(strstr(s.seen, "\r\nAccept-Crs: EPSG:4326\r\n") != NULL);
    http_answer_done(&a);
    http_client_destroy(c);
    server_end(&s);
}

TEST(a_client_says_what_it_is_and_keeps_no_cookies)
{
    struct bad_server s = { .act = ACT_ANSWER, .text = OK_201 "Set-Cookie: session=1; Path=/\r\n\r\n{}" };
    server_start(&s);
    struct http_client *c = client_make(&(struct http_options){ .allow_plain_loopback = true,
                                                               .connect_ms = PATIENCE_MS,
                                                               .total_ms = PATIENCE_MS });
    for (int i = 0; i < 2; i++) {
        struct http_answer a = ask(c, "GET", s.port, NULL);
        CHECK_INT(a.status, 201);
        CHECK(strstr(s.seen, "\r\nUser-Agent: dynamo-kiosk/") != NULL);
        CHECK(strcasestr(s.seen, "\r\nCookie:") == NULL);
        http_answer_done(&a);
    }
    http_client_destroy(c);
    server_end(&s);
}

TEST(a_run_rides_on_one_connection)
{
    struct bad_server s = { .act = ACT_ANSWER, .text = OK_201 "\r\n{}" };
    server_start(&s);
    struct http_client *c = client_make(&(struct http_options){ .allow_plain_loopback = true,
                                                               .connect_ms = PATIENCE_MS,
                                                               .total_ms = PATIENCE_MS });
    for (int i = 0; i < 5; i++) {
        struct http_answer a = ask(c, i % 2 ? "GET" : "PATCH", s.port, i % 2 ? NULL : "{}");
        CHECK_INT(a.status, 201);
        CHECK_INT(a.new_connection, i == 0);
        http_answer_done(&a);
    }
    CHECK_INT(s.connections, 1);
    http_client_destroy(c);
    server_end(&s);
}

TEST(a_request_that_may_have_arrived_is_never_sent_again_by_itself)
{
    struct bad_server s = { .act = ACT_HANG_UP_2ND, .text = OK_201 "\r\n{}" };
    server_start(&s);
    struct http_client *c = client_make(&(struct http_options){ .allow_plain_loopback = true,
                                                               .connect_ms = PATIENCE_MS,
                                                               .total_ms = PATIENCE_MS });
    struct http_answer a = ask(c, "POST", s.port, "{}");
    CHECK_INT(a.status, 201);
    http_answer_done(&a);
    a = ask(c, "POST", s.port, "{}"); /* the kept connection dies after the request */
    CHECK_STR(http_fault_name(a.fault), "reset");
    http_answer_done(&a);
    http_client_destroy(c);
    server_end(&s);
    CHECK_INT(s.requests, 2);
}

TEST(a_broken_connection_is_a_reset)
{
    check_fault(ACT_HANG_UP, NULL, HTTP_FAULT_RESET);
    check_fault(ACT_RESET, NULL, HTTP_FAULT_RESET);
    check_fault(ACT_MID_BODY, "HTTP/1.1 201 Created\r\nContent-Length: 900\r\n\r\n{\"url\":", HTTP_FAULT_RESET);
}

TEST(a_body_shorter_than_told_is_no_answer)
{
    check_fault(ACT_MID_BODY, "HTTP/1.1 201 Created\r\nContent-Length: 3\r\n\r\n{}", HTTP_FAULT_RESET);
}

TEST(silence_ends_at_the_timeout)
{
    check_fault(ACT_SILENT, NULL, HTTP_FAULT_TIMEOUT);
}

TEST(a_dripping_answer_ends_at_the_timeout)
{
    check_fault(ACT_DRIP, OK_201 "Content-Type: application/json\r\n\r\n{}", HTTP_FAULT_TIMEOUT);
}

TEST(endless_bodies_and_headers_are_cut)
{
    check_fault(ACT_FLOOD, "HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n", HTTP_FAULT_TOO_BIG);
    check_fault(ACT_HEAD_FLOOD, NULL, HTTP_FAULT_TOO_BIG);
}

TEST(a_huge_length_is_refused_before_its_body)
{
    check_fault(ACT_MID_BODY, "HTTP/1.1 201 Created\r\nContent-Length: 99999999999\r\n\r\n{", HTTP_FAULT_TOO_BIG);
}

TEST(a_body_of_the_cap_fits_and_one_byte_more_does_not)
{
    char text[9000];
    int n = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 8192\r\n\r\n");
    memset(text + n, 'x', 8192);
    text[n + 8192] = '\0';
    struct bad_server s;
    struct http_answer a = post_to(ACT_ANSWER, text, &s);
    CHECK_INT(a.body.n, 8192);
    http_answer_done(&a);
    n = snprintf(text, sizeof text, "HTTP/1.1 200 OK\r\nContent-Length: 8193\r\n\r\n");
    memset(text + n, 'x', 8193);
    text[n + 8193] = '\0';
    a = post_to(ACT_ANSWER, text, &s);
    CHECK_STR(http_fault_name(a.fault), "too_big");
    http_answer_done(&a);
}

TEST(compressed_answers_are_not_unpacked)
{
    struct bad_server s;
    struct http_answer a = post_to(ACT_ANSWER,
                                   "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                   "Content-Length: 4\r\n\r\n\x1f\x8b\x08\x01",
                                   &s);
    CHECK_INT(a.status, 200);
    CHECK_INT(a.body.n, 4);
    http_answer_done(&a);
}

TEST(what_is_not_http_1_is_refused)
{
    check_fault(ACT_MID_BODY, "SSH-2.0-OpenSSH_9.2\r\n", HTTP_FAULT_PROTOCOL);
    check_fault(ACT_MID_BODY, "<html>0.9</html>", HTTP_FAULT_PROTOCOL);
}

TEST(a_redirect_is_told_and_not_followed)
{
    struct bad_server other = { .act = ACT_ANSWER, .text = OK_201 "\r\n{}" };
    server_start(&other);
    char text[200];
    snprintf(text, sizeof text,
             "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:%d/y\r\nContent-Length: 0\r\n\r\n",
             other.port);
    struct bad_server s;
    struct http_answer a = post_to(ACT_ANSWER, text, &s);
    CHECK_INT(a.status, 307);
    CHECK(strstr(a.location, "/y") != NULL);
    http_answer_done(&a);
    server_end(&other);
    CHECK_INT(other.requests, 0);
}

TEST(retry_after_is_read_as_seconds_or_as_a_date)
{
    static const struct {
        const char *lines;
        int64_t want;
    } cases[] = {
        { "Retry-After: 120\r\n", 120 },
        { "Retry-After: 1000000000000\r\n", 1000000000000 },
        { "Retry-After: 12x\r\n", -1 },
        { "Retry-After: -5\r\n", -1 },
        { "Retry-After: soon\r\n", -1 },
        { "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 10:02:00 GMT\r\n", 120 },
        { "Date: Sat, 21 Nov 2026 10:00:00 GMT\r\nRetry-After: Sat, 21 Nov 2026 09:00:00 GMT\r\n", 0 },
        { "Retry-After: Sat, 21 Nov 2026 10:02:00 GMT\r\n", -1 },
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char text[300];
        snprintf(text, sizeof text, "HTTP/1.1 503 No\r\nContent-Length: 0\r\n%s\r\n", cases[i].lines);
        struct bad_server s;
        struct http_answer a = post_to(ACT_ANSWER, text, &s);
        CHECK_INT(a.status, 503);
        CHECK_INT(a.retry_after_s, cases[i].want);
        http_answer_done(&a);
    }
}

static enum http_fault fault_at(const char *url, const struct http_options *o)
{
    struct http_client *c = client_make(o);
    struct http_port p = http_client_port(c);
    struct http_answer a = { 0 };
    CHECK_OK(http_exchange(&p, &(struct http_request){ .method = "GET", .url = url }, &a));
    enum http_fault f = a.fault;
    http_answer_done(&a);
    http_client_destroy(c);
    return f;
}

TEST(only_https_and_loopback_when_asked_are_called_at_all)
{
    struct http_options strict = { .connect_ms = PATIENCE_MS, .total_ms = PATIENCE_MS };
    struct http_options plain = strict, near = strict;
    plain.allow_plain_loopback = near.allow_plain_loopback = near.only_loopback = true;
    CHECK_INT(fault_at("http://127.0.0.1:1/", &strict), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("http://127.0.0.1:1/", &plain), HTTP_FAULT_CONNECT);
    CHECK_INT(fault_at("http://192.0.2.1/", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("http://127.0.0.1.example.org/", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("http://u:p@127.0.0.1:1/", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("file:///etc/passwd", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("ftp://127.0.0.1/", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("", &plain), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("https://register.example/", &near), HTTP_FAULT_REFUSED);
    CHECK_INT(fault_at("https://127.0.0.1:1/", &near), HTTP_FAULT_CONNECT);
}

TEST(loopback_is_told_by_the_text_of_the_host)
{
    CHECK(http_url_is_loopback("http://127.0.0.1:4020/zaken"));
    CHECK(http_url_is_loopback("https://localhost/"));
    CHECK(http_url_is_loopback("http://[::1]:80/"));
    CHECK(!http_url_is_loopback("http://localhost.example.org/"));
    CHECK(!http_url_is_loopback("http://10.0.0.1/"));
    CHECK(!http_url_is_loopback("not a url"));
}

TEST(the_proxy_of_the_environment_is_ignored)
{
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    struct bad_server s;
    struct http_answer a = post_to(ACT_ANSWER, OK_201 "\r\n{}", &s);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
    CHECK_INT(a.status, 201);
    http_answer_done(&a);
}

TEST(a_configured_proxy_is_used)
{
    struct bad_server s = { .act = ACT_ANSWER, .text = OK_201 "\r\n{}" };
    server_start(&s);
    char proxy[64];
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", s.port);
    struct http_client *c =
        client_make(&(struct http_options){ .allow_plain_loopback = true, .proxy = proxy,
                                            .connect_ms = PATIENCE_MS, .total_ms = PATIENCE_MS });
    struct http_answer a = ask(c, "GET", 1, NULL);
    CHECK_INT(a.status, 201);
    CHECK(strstr(s.seen, "GET http://127.0.0.1:1/x ") == s.seen);
    http_answer_done(&a);
    http_client_destroy(c);
    server_end(&s);
}

TEST(plain_http_behind_https_is_a_tls_fault)
{
    struct bad_server s = { .act = ACT_GREET, .text = "HTTP/1.1 400 Bad Request\r\n\r\n" };
    server_start(&s);
    char url[64];
    snprintf(url, sizeof url, "https://127.0.0.1:%d/", s.port);
    struct http_options o = { .connect_ms = PATIENCE_MS, .total_ms = PATIENCE_MS };
    CHECK_STR(http_fault_name(fault_at(url, &o)), "tls");
    server_end(&s);
}

TEST(a_file_that_cannot_be_read_is_refused_at_the_start)
{
    struct http_client *c = NULL;
    CHECK_ERR(http_client_create(&(struct http_options){ .ca_file = "/nonexistent/ca.pem" }, &c), ERR_INVAL);
    CHECK_ERR(http_client_create(&(struct http_options){ .width = 65 }, &c), ERR_INVAL);
    CHECK(c == NULL);
}

TEST(memory_that_runs_out_is_told_and_nothing_leaks)
{
    struct http_client *c = NULL;
    for (unsigned long n = 1;; n++) {
        mem_fail_at(n);
        enum err e = http_client_create(&(struct http_options){ .width = 2 }, &c);
        mem_fail_at(0);
        if (e == ERR_OK)
            break;
        CHECK_ERR(e, ERR_NOMEM);
        CHECK(c == NULL);
        CHECK(n < 20);
    }
    http_client_destroy(c);
}

struct tally {
    int done, ok;
};

static void count(void *ctx, struct http_answer *a)
{
    struct tally *t = ctx;
    t->done++;
    t->ok += a->status == 201;
}

TEST(as_many_exchanges_run_at_a_time_as_the_width_says)
{
    struct bad_server s[3];
    for (int i = 0; i < 3; i++) {
        s[i] = (struct bad_server){ .act = ACT_ANSWER, .text = OK_201 "\r\n{}" };
        server_start(&s[i]);
    }
    struct http_client *c = client_make(&(struct http_options){ .allow_plain_loopback = true, .width = 3,
                                                               .connect_ms = PATIENCE_MS,
                                                               .total_ms = PATIENCE_MS });
    struct http_port p = http_client_port(c);
    struct tally t = { 0 };
    for (int i = 0; i < 3; i++) {
        char url[64];
        snprintf(url, sizeof url, "http://127.0.0.1:%d/", s[i].port);
        struct http_request r = { .method = "POST", .url = url, .body = "{}", .n_body = 2 };
        CHECK_OK(p.start(p.self, &r, count, &t));
        if (i == 2)
            CHECK_ERR(p.start(p.self, &r, count, &t), ERR_BUSY);
    }
    while (t.done < 3)
        CHECK_OK(p.wait(p.self, PATIENCE_MS));
    CHECK_INT(t.ok, 3);
    CHECK_ERR(p.wait(p.self, 10), ERR_NONE);
    http_client_destroy(c);
    for (int i = 0; i < 3; i++)
        server_end(&s[i]);
}

TEST(a_client_may_go_while_an_exchange_is_under_way)
{
    struct bad_server s = { .act = ACT_SILENT };
    server_start(&s);
    struct http_client *c = client_make(&(struct http_options){ .allow_plain_loopback = true,
                                                               .connect_ms = PATIENCE_MS,
                                                               .total_ms = PATIENCE_MS });
    struct http_port p = http_client_port(c);
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/", s.port);
    struct tally t = { 0 };
    CHECK_OK(p.start(p.self, &(struct http_request){ .method = "GET", .url = url }, count, &t));
    CHECK_ERR(p.wait(p.self, 50), ERR_TIMEOUT);
    http_client_destroy(c);
    CHECK_INT(t.done, 0);
    server_end(&s);
}
