#include "tests/upload/near.h"

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
    json_t *body = route_with_host(reply.body, "https://register.example");
    char *text = json_dumps(body, JSON_COMPACT);
    json_decref(body);
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

/* True when the request reaches the register all the same. */
static bool arrives(enum near_fault f)
{
    return f == NEAR_NONE || f == NEAR_UNANSWERED || f == NEAR_TIMEOUT || f == NEAR_GARBAGE ||
           f == NEAR_502 || f == NEAR_CREATED_EMPTY || f == NEAR_KILL_AFTER;
}

static void spoil(struct near *n, enum near_fault f, struct http_answer *a)
{
    if (f == NEAR_NONE)
        return;
    buf_clear(&a->body);
    a->status = 0;
    switch (f) {
    case NEAR_DNS: a->fault = HTTP_FAULT_DNS; break;
    case NEAR_LOST:
    case NEAR_UNANSWERED: a->fault = HTTP_FAULT_RESET; break;
    case NEAR_TIMEOUT: a->fault = HTTP_FAULT_TIMEOUT; break;
    case NEAR_GARBAGE: answer_text(a, 200, "<!doctype html><p>Log in"); break;
    case NEAR_500: answer_text(a, 500, "{\"code\":\"error\"}"); break;
    case NEAR_502: answer_text(a, 502, "<html>"); break;
    case NEAR_503:
        answer_text(a, 503, "");
        a->retry_after_s = n->retry_after_s;
        break;
    case NEAR_429:
        answer_text(a, 429, "{\"code\":\"throttled\"}");
        a->retry_after_s = n->retry_after_s;
        break;
    case NEAR_CREATED_EMPTY: answer_text(a, 201, ""); break;
    case NEAR_KILL_BEFORE:
    case NEAR_KILL_AFTER: n->killed = true; break;
    case NEAR_NONE:
    case NEAR_FAULT_COUNT: break;
    }
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
    c->answer = (struct http_answer){ .body = buf_make(1 << 20), .retry_after_s = -1,
                                       .server_time_s = clock_wall_ms(&n->server.clock) / SECOND_MS };
    enum near_fault f = fault_of(n);
    if (arrives(f))
        serve_request(n, r, &c->answer);
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
    db_close(&n->server.db);
}

json_t *near_dump(struct near *n)
{
    return dump(&n->server).body;
}
