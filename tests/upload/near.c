#include "tests/upload/near.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "tests/lib/check.h"

/* What the handlers ask for by name; serve.c asks libmicrohttpd for the same. */
struct MHD_Connection {
    char path[1024];
    struct {
        char name[80], value[900];
    } args[8];
    size_t n_args;
    const struct http_request *request;
};

const char *call_arg(const struct call *c, const char *name)
{
    for (size_t i = 0; i < c->connection->n_args; i++)
        if (strcmp(c->connection->args[i].name, name) == 0)
            return c->connection->args[i].value;
    return NULL;
}

const char *call_header(const struct call *c, const char *name)
{
    const struct http_request *r = c->connection->request;
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->headers[i].name, name) == 0)
            return r->headers[i].value;
    return NULL;
}

static void unescape(const char *from, size_t n, char *out, size_t room)
{
    size_t k = 0;
    for (size_t i = 0; i < n && k + 1 < room; i++) {
        if (from[i] == '%' && i + 2 < n) {
            char hex[3] = { from[i + 1], from[i + 2], '\0' };
            out[k++] = (char)strtol(hex, NULL, 16);
            i += 2;
        } else {
            out[k++] = from[i];
        }
    }
    out[k] = '\0';
}

static void split_url(const char *url, struct MHD_Connection *m)
{
    const char *path = strchr(strstr(url, "://") + 3, '/');
    const char *query = path + strcspn(path, "?");
    snprintf(m->path, sizeof m->path, "%.*s", (int)(query - path), path);
    while (*query && m->n_args < ARRAY_LEN(m->args)) {
        size_t n = strcspn(++query, "&"), eq = strcspn(query, "=");
        unescape(query, eq, m->args[m->n_args].name, sizeof m->args[0].name);
        unescape(query + eq + 1, n - eq - 1, m->args[m->n_args].value, sizeof m->args[0].value);
        m->n_args++;
        query += n;
    }
}

static void answer_text(struct http_answer *a, int status, const char *text)
{
    a->status = status;
    buf_adds(&a->body, text);
}

static void serve_request(struct near *n, const struct http_request *r, struct http_answer *a)
{
    struct MHD_Connection m = { .request = r };
    split_url(r->url, &m);
    struct call c = { .method = r->method, .path = m.path, .connection = &m };
    c.body = r->body ? json_loadb(r->body, r->n_body, 0, NULL) : NULL;
    struct reply reply = route_answer(&n->server, &c);
    json_decref(c.body);
    if (!reply.body) {
        answer_text(a, reply.status, "<html>");
        return;
    }
    route_with_host(reply.body, "https://register.example");
    char *text = json_dumps(reply.body, JSON_COMPACT);
    json_decref(reply.body);
    answer_text(a, reply.status, text);
    free(text);
}

static enum near_fault fault_of(struct near *n)
{
    n->n_calls++;
    if (n->down || n->n_calls == n->fault_at)
        return n->fault;
    if (n->p_percent && rng_below(&n->rng, 100) < n->p_percent)
        return (enum near_fault)(1 + rng_below(&n->rng, NEAR_FAULT_COUNT - 1));
    return NEAR_NONE;
}

enum when { BEFORE, DURING, AFTER };

struct wrong {
    enum when when;
    enum http_fault fault;
    int status;
    const char *body;
    bool kills;
};

static const struct wrong faults[NEAR_PLAIN_COUNT] = {
    [NEAR_DNS] = { .fault = HTTP_FAULT_DNS },
    [NEAR_CONNECT] = { .fault = HTTP_FAULT_CONNECT },
    [NEAR_TLS] = { .fault = HTTP_FAULT_TLS },
    [NEAR_CERT] = { .fault = HTTP_FAULT_CERT },
    [NEAR_LOST] = { .fault = HTTP_FAULT_RESET },
    [NEAR_SILENCE] = { .fault = HTTP_FAULT_TIMEOUT },
    [NEAR_PORTAL] = { .status = 200, .body = "<!doctype html><p>Log in" },
    [NEAR_NOTHING] = { .status = 204, .body = "" },
    [NEAR_REDIRECT] = { .status = 302, .body = "" },
    [NEAR_401] = { .status = 401, .body = "" },
    [NEAR_403] = { .status = 403, .body = "{\"code\":\"jwt-expired\"}" },
    [NEAR_409] = { .status = 409, .body = "{\"code\":\"conflict\"}" },
    [NEAR_425] = { .status = 425, .body = "" },
    [NEAR_429] = { .status = 429, .body = "{\"code\":\"throttled\"}" },
    [NEAR_500] = { .status = 500, .body = "{\"code\":\"error\"}" },
    [NEAR_503] = { .status = 503, .body = "" },
    [NEAR_KILL_BEFORE] = { .kills = true },
    [NEAR_TIMEOUT_DURING] = { .when = DURING, .fault = HTTP_FAULT_TIMEOUT },
    [NEAR_504_DURING] = { .when = DURING, .status = 504, .body = "" },
    [NEAR_KILL_DURING] = { .when = DURING, .kills = true },
    [NEAR_UNANSWERED] = { .when = AFTER, .fault = HTTP_FAULT_RESET },
    [NEAR_TIMEOUT] = { .when = AFTER, .fault = HTTP_FAULT_TIMEOUT },
    [NEAR_GARBAGE] = { .when = AFTER, .status = 200, .body = "<!doctype html><p>Log in" },
    [NEAR_CREATED_EMPTY] = { .when = AFTER, .status = 201, .body = "" },
    [NEAR_OTHER_ID] = { .when = AFTER, .status = 201,
                        .body = "{\"url\":\"https://register.example/zaken/api/v1/zaken/1-2-3\","
                                "\"identificatie\":\"DYN-99-OTHER\",\"waarde\":\"other\","
                                "\"referentienummer\":\"9999999999\",\"referentie\":\"other\"}" },
    [NEAR_TOO_BIG] = { .when = AFTER, .fault = HTTP_FAULT_TOO_BIG },
    [NEAR_PROTOCOL] = { .when = AFTER, .fault = HTTP_FAULT_PROTOCOL },
    [NEAR_408] = { .when = AFTER, .status = 408, .body = "" },
    [NEAR_500_AFTER] = { .when = AFTER, .status = 500, .body = "{\"code\":\"error\"}" },
    [NEAR_502] = { .when = AFTER, .status = 502, .body = "<html>" },
    [NEAR_503_AFTER] = { .when = AFTER, .status = 503, .body = "" },
    [NEAR_504] = { .when = AFTER, .status = 504, .body = "" },
    [NEAR_KILL_AFTER] = { .when = AFTER, .kills = true },
};

/* What may be answered whether or not the request was stored. */
static const struct wrong same[NEAR_SAME_COUNT] = {
    { .fault = HTTP_FAULT_RESET },
    { .fault = HTTP_FAULT_TIMEOUT },
    { .fault = HTTP_FAULT_TOO_BIG },
    { .fault = HTTP_FAULT_PROTOCOL },
    { .status = 200, .body = "<!doctype html><p>Log in" },
    { .status = 200, .body = "{}" },
    { .status = 201, .body = "" },
    { .status = 201, .body = "{\"url\":\"file:///etc/passwd\",\"identificatie\":\"DYN-99-OTHER\"}" },
    { .status = 408, .body = "" },
    { .status = 409, .body = "{\"code\":\"conflict\"}" },
    { .status = 500, .body = "<html>" },
    { .status = 502, .body = "<html>" },
    { .status = 503, .body = "{\"code\":\"error\"}" },
    { .status = 504, .body = "" },
};

static struct wrong wrong_of(enum near_fault f)
{
    if (f < NEAR_PLAIN_COUNT)
        return faults[f];
    struct wrong w = same[(f - NEAR_PLAIN_COUNT) % NEAR_SAME_COUNT];
    w.when = f >= NEAR_SAME_AFTER ? AFTER : f >= NEAR_SAME_DURING ? DURING : BEFORE;
    return w;
}

static void spoil(struct near *n, enum near_fault f, struct http_answer *a)
{
    struct wrong w = wrong_of(f);
    if (f == NEAR_NONE)
        return;
    buf_clear(&a->body);
    a->status = 0;
    a->fault = w.fault;
    n->killed = w.kills;
    if (w.body)
        answer_text(a, w.status, w.body);
    if (a->status == 429 || a->status == 503)
        a->retry_after_s = n->retry_after_s;
}

/* ---- what arrives late ---- */

static void keep_late(struct near *n, const struct http_request *r)
{
    struct near_late *l = &n->late;
    if (!r->body)
        return; /* a question that nobody waits for any more */
    snprintf(l->method, sizeof l->method, "%s", r->method);
    snprintf(l->url, sizeof l->url, "%s", r->url);
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcmp(r->headers[i].name, "Authorization") == 0)
            snprintf(l->token, sizeof l->token, "%s", r->headers[i].value);
    free(l->body);
    l->body = strndup(r->body, r->n_body);
}

static void deliver_late(struct near *n)
{
    struct near_late l = TAKE(n->late);
    struct http_answer a = { .body = buf_make(1 << 20) };
    struct http_header headers[] = { { "Authorization", l.token },
                                     { "Accept-Crs", "EPSG:4326" },
                                     { "Content-Crs", "EPSG:4326" } };
    if (l.body)
        serve_request(n,
                      &(struct http_request){ .method = l.method, .url = l.url, .headers = headers,
                                              .n_headers = 3, .body = l.body,
                                              .n_body = strlen(l.body) },
                      &a);
    free(l.body);
    http_answer_done(&a);
}

/* Made to be refused, whatever else happens to it. */
static bool refuses(const struct near *n, const struct http_request *r)
{
    return n->refuse && r->body && strstr(r->body, n->refuse);
}

static void serve_or_refuse(struct near *n, const struct http_request *r, struct http_answer *a)
{
    if (refuses(n, r))
        answer_text(a, 400, "{\"code\":\"invalid\",\"invalidParams\":[{\"name\":\"omschrijving\","
                            "\"code\":\"max_length\"}]}");
    else
        serve_request(n, r, a);
}

/* Addresses end up in the logs of everything in between: nothing of a person stands in one. */
static void check_address(const char *url)
{
    static const char *const personal[] = { "Noor", "Berg", "2004-05-17", "612345678", "noor@", "noor%40" };
    for (size_t i = 0; i < ARRAY_LEN(personal); i++)
        if (strstr(url, personal[i]))
            CHECK_FAIL("%s in an address", personal[i]);
}

static enum err near_start(void *self, const struct http_request *r, http_done_fn *done, void *ctx)
{
    struct near *n = self;
    struct near_call *c = NULL;
    for (unsigned i = 0; i < n->port.width; i++)
        if (!n->calls[i].busy)
            c = &n->calls[i];
    if (!c)
        return ERR_BUSY;
    if (n->killed)
        return ERR_IO;
    check_address(r->url);
    c->answer = (struct http_answer){ .body = buf_make(1 << 20), .retry_after_s = -1,
                                       .server_time_s = clock_wall_ms(&n->server.clock) / SECOND_MS };
    deliver_late(n);
    enum near_fault f = fault_of(n);
    if (f == NEAR_NONE || wrong_of(f).when == AFTER)
        serve_or_refuse(n, r, &c->answer);
    else if (wrong_of(f).when == DURING && !refuses(n, r))
        keep_late(n, r);
    spoil(n, f, &c->answer);
    if (n->killed) {
        http_answer_done(&c->answer);
        return ERR_IO; /* whatever it is: the run ends here */
    }
    c->done = done;
    c->ctx = ctx;
    c->busy = true;
    return ERR_OK;
}

static enum err near_wait(void *self, int max_ms)
{
    struct near *n = self;
    (void)max_ms;
    for (unsigned i = 0; i < n->port.width; i++) {
        struct near_call *c = &n->calls[i];
        if (!c->busy)
            continue;
        struct http_answer a = TAKE(c->answer);
        c->busy = false;
        c->done(c->ctx, &a);
        http_answer_done(&a);
        return ERR_OK;
    }
    return ERR_NONE;
}

void near_open(struct near *n, utc_ms now, unsigned width, uint64_t seed)
{
    *n = (struct near){ .rng = rng_seeded(seed), .retry_after_s = -1 };
    n->server.clock = clock_at(now);
    n->server.rng = rng_seeded(seed + 1);
    n->server.options = (struct server_options){ .client_id = "dynamo",
                                                 .secret = "example-secret",
                                                 .token = "example-secret",
                                                 .rsin = "123456782" };
    CHECK_OK(db_open(&n->server.db, ""));
    n->port = (struct http_port){ n, width, near_start, near_wait };
}

void near_drop(struct near *n)
{
    for (size_t i = 0; i < NEAR_WIDTH_MAX; i++) {
        http_answer_done(&n->calls[i].answer);
        n->calls[i].busy = false;
    }
    n->killed = false;
}

void near_close(struct near *n)
{
    near_drop(n);
    free(n->late.body);
    db_close(&n->server.db);
}

json_t *near_dump(struct near *n)
{
    return dump(&n->server).body;
}
