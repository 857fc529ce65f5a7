/* The one user of libcurl: a multi loop of a fixed width. */
#include <ctype.h>
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "net/events.h"
#include "net/handle.h"
#include "net/http.h"
#include "net/url.h"

#define WIDTH_MAX 64
#define PLACE_SIZE 300

struct slot {
    struct http_client *client;
    CURL *easy;
    struct curl_slist *headers; /* of the exchange under way */
    bool busy;
    char *body; /* what is sent; ours, so that it can be wiped */
    size_t n_body;
    bool begun; /* the request was let onto a connection */
    struct http_answer answer;
    size_t head_bytes;
    bool too_big, no_memory;
    char retry_after[64], date[64]; /* as they came */
    http_done_fn *done;
    void *ctx;
};

struct http_client {
    CURLM *multi;
    struct events events;
    struct slot *slots;
    unsigned width, busy;
    struct curl_slist *common; /* headers of every request */
    struct url_rule rule;
    char place[PLACE_SIZE]; /* "https://host:port/" of the last url that the rule allowed */
    size_t max_body, max_head;
};

/* ---- what goes out ---- */

/*
 * Called when a request is about to go onto a connection. When a kept one dies without an
 * answer, curl would otherwise send the request again on a new one by itself, POST or not. What
 * may have arrived once is for the caller to look up, not for a second try behind its back.
 */
static int on_begin(void *arg, char *to_ip, char *from_ip, int to_port, int from_port)
{
    struct slot *s = arg;
    (void)to_ip, (void)from_ip, (void)to_port, (void)from_port;
    bool again = s->begun && s->body;
    s->begun = true;
    return again ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* ---- what comes back ---- */

static size_t on_body(char *bytes, size_t size, size_t n, void *arg)
{
    struct slot *s = arg;
    if (s->answer.body.n + size * n > s->client->max_body)
        s->too_big = true;
    else
        buf_add(&s->answer.body, bytes, size * n);
    s->no_memory = s->answer.body.failed;
    return s->too_big || s->no_memory ? 0 : size * n;
}

/* Copies the value of "Name: value" when the line is of that name. */
static void take_header(const char *line, size_t n, const char *name, char *out, size_t room)
{
    size_t len = strlen(name);
    if (n <= len || line[len] != ':' || strncasecmp(line, name, len) != 0)
        return;
    const char *v = line + len + 1, *end = line + n;
    while (v < end && (*v == ' ' || *v == '\t'))
        v++;
    while (end > v && isspace((unsigned char)end[-1]))
        end--;
    snprintf(out, room, "%.*s", (int)(end - v), v);
}

static void lower_before_parameters(char *type)
{
    type[strcspn(type, "; ")] = '\0';
    for (; *type; type++)
        *type = (char)tolower((unsigned char)*type);
}

static size_t on_header(char *line, size_t size, size_t n, void *arg)
{
    struct slot *s = arg;
    struct http_answer *a = &s->answer;
    n *= size;
    s->head_bytes += n;
    if (s->head_bytes > s->client->max_head) {
        s->too_big = true;
        return 0;
    }
    take_header(line, n, "Content-Type", a->content_type, sizeof a->content_type);
    take_header(line, n, "Location", a->location, sizeof a->location);
    take_header(line, n, "API-version", a->api_version, sizeof a->api_version);
    take_header(line, n, "Retry-After", s->retry_after, sizeof s->retry_after);
    take_header(line, n, "Date", s->date, sizeof s->date);
    return n;
}

/* The other side's clock; -1 when it does not say. */
static int64_t server_time_s(const struct slot *s)
{
    return s->date[0] ? (int64_t)curl_getdate(s->date, NULL) : -1;
}

/* Seconds, or a date against the answer's own Date: our clock has no part in it. */
static int64_t retry_after_s(const struct slot *s)
{
    const char *v = s->retry_after;
    if (isdigit((unsigned char)v[0]))
        return v[strspn(v, "0123456789")] ? -1 : strtoll(v, NULL, 10);
    int64_t then = v[0] ? (int64_t)curl_getdate(v, NULL) : -1;
    int64_t now = server_time_s(s);
    if (then < 0 || now < 0)
        return -1;
    return then > now ? then - now : 0;
}

static enum http_fault fault_of(const struct slot *s, CURLcode code)
{
    if (s->too_big)
        return HTTP_FAULT_TOO_BIG;
    if (s->no_memory)
        return HTTP_FAULT_LOCAL;
    return handle_fault(code);
}

/* ---- handles ---- */

static bool slot_init(struct slot *s, const struct http_options *o, struct http_client *c)
{
    s->client = c;
    s->easy = curl_easy_init();
    bool ok = s->easy && handle_set_up(s->easy, o, c->max_body);
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_PREREQFUNCTION, on_begin) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_PREREQDATA, s) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_WRITEDATA, s) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_HEADERFUNCTION, on_header) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_HEADERDATA, s) == CURLE_OK;
    ok = ok && curl_easy_setopt(s->easy, CURLOPT_PRIVATE, s) == CURLE_OK;
    return ok;
}

static bool add_header(struct curl_slist **list, const char *name, const char *value)
{
    CLEANUP(buf_done) struct buf line = buf_make(8192);
    buf_addf(&line, value[0] ? "%s: %s" : "%s:", name, value);
    struct curl_slist *longer = line.failed ? NULL : curl_slist_append(*list, buf_str(&line));
    if (!longer)
        return false;
    *list = longer;
    return true;
}

static bool readable(const char *file)
{
    return !file || access(file, R_OK) == 0;
}

static bool options_valid(const struct http_options *o)
{
    return o->width <= WIDTH_MAX && o->connect_ms >= 0 && o->total_ms >= 0 &&
           readable(o->ca_file) && readable(o->cert_file) && readable(o->key_file);
}

static bool client_init(struct http_client *c, const struct http_options *o)
{
    c->width = o->width ? o->width : 1;
    c->rule = (struct url_rule){ o->allow_plain_loopback, o->only_loopback };
    c->max_body = o->max_body ? o->max_body : 1024 * 1024;
    c->max_head = o->max_head ? o->max_head : 64 * 1024;
    c->multi = curl_multi_init();
    c->slots = mem_calloc(c->width, sizeof *c->slots);
    if (!c->multi || !events_init(&c->events, c->multi) || !c->slots ||
        !add_header(&c->common, "Expect", ""))
        return false;
    for (size_t i = 0; i < o->n_headers; i++)
        if (!add_header(&c->common, o->headers[i].name, o->headers[i].value))
            return false;
    long width = (long)c->width;
    bool ok = curl_multi_setopt(c->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, width) == CURLM_OK &&
              curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS, width) == CURLM_OK &&
              curl_multi_setopt(c->multi, CURLMOPT_PIPELINING,
                                o->http2 ? CURLPIPE_MULTIPLEX : CURLPIPE_NOTHING) == CURLM_OK;
    for (unsigned i = 0; ok && i < c->width; i++)
        ok = slot_init(&c->slots[i], o, c);
    return ok;
}

enum err http_client_create(const struct http_options *o, struct http_client **ret_client)
{
    if (!options_valid(o))
        return ERR_INVAL;
    unsetenv("SSLKEYLOGFILE"); /* curl would write the secrets of the connection there */
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return ERR_NOMEM;
    struct http_client *c = mem_calloc(1, sizeof *c);
    if (!c) {
        curl_global_cleanup();
        return ERR_NOMEM;
    }
    c->events.poller = -1;
    if (!client_init(c, o)) {
        http_client_destroy(c);
        return ERR_NOMEM;
    }
    *ret_client = c;
    return ERR_OK;
}

/* Forgets the request; its body holds a person's data. */
static void slot_clear(struct slot *s)
{
    curl_slist_free_all(s->headers);
    s->headers = NULL;
    if (s->body)
        mem_wipe(s->body, s->n_body);
    mem_free(s->body);
    s->body = NULL;
}

static void slot_done(struct slot *s)
{
    if (s->busy)
        curl_multi_remove_handle(s->client->multi, s->easy);
    curl_easy_cleanup(s->easy);
    slot_clear(s);
    http_answer_done(&s->answer);
}

void http_client_destroy(struct http_client *c)
{
    if (!c)
        return;
    for (unsigned i = 0; c->slots && i < c->width; i++)
        slot_done(&c->slots[i]);
    mem_free(c->slots);
    curl_slist_free_all(c->common);
    curl_multi_cleanup(c->multi);
    events_done(&c->events);
    mem_free(c);
    curl_global_cleanup();
}

void http_client_destroyp(struct http_client **c)
{
    http_client_destroy(*c);
    *c = NULL;
}

/* ---- exchanges ---- */

static struct slot *free_slot(struct http_client *c)
{
    for (unsigned i = 0; i < c->width; i++)
        if (!c->slots[i].busy)
            return &c->slots[i];
    return NULL;
}

static bool set_request(struct slot *s, const struct http_request *r)
{
    CURL *h = s->easy;
    for (const struct curl_slist *l = s->client->common; l; l = l->next) {
        struct curl_slist *longer = curl_slist_append(s->headers, l->data);
        if (!longer)
            return false;
        s->headers = longer;
    }
    for (size_t i = 0; i < r->n_headers; i++)
        if (!add_header(&s->headers, r->headers[i].name, r->headers[i].value))
            return false;
    bool ok = curl_easy_setopt(h, CURLOPT_URL, r->url) == CURLE_OK &&
              curl_easy_setopt(h, CURLOPT_HTTPHEADER, s->headers) == CURLE_OK;
    if (r->body) {
        s->body = mem_dup_n(r->body, r->n_body);
        s->n_body = r->n_body;
        ok = ok && s->body && curl_easy_setopt(h, CURLOPT_POSTFIELDS, s->body) == CURLE_OK;
        ok = ok && curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->n_body) == CURLE_OK;
    } else {
        ok = ok && curl_easy_setopt(h, CURLOPT_HTTPGET, 1L) == CURLE_OK;
    }
    return ok && curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, r->method) == CURLE_OK;
}

/* Frees the slot and tells the caller, who may start the next exchange in it. */
static void finish(struct slot *s)
{
    struct http_answer answer = TAKE(s->answer);
    slot_clear(s);
    s->busy = false;
    s->client->busy--;
    s->done(s->ctx, &answer);
    http_answer_done(&answer);
}

static void finish_with(struct slot *s, CURLcode code)
{
    struct http_answer *a = &s->answer;
    long status = 0, connects = 0;
    curl_off_t took = 0;
    curl_easy_getinfo(s->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(s->easy, CURLINFO_NUM_CONNECTS, &connects);
    curl_easy_getinfo(s->easy, CURLINFO_TOTAL_TIME_T, &took);
    a->fault = fault_of(s, code);
    a->detail = (int)code;
    a->took_us = took;
    a->new_connection = connects > 0;
    if (a->fault) {
        buf_wipe(&a->body);
        a->location[0] = a->content_type[0] = a->api_version[0] = '\0';
    } else {
        a->status = (int)status;
        a->retry_after_s = retry_after_s(s);
        a->server_time_s = server_time_s(s);
        lower_before_parameters(a->content_type);
    }
    curl_multi_remove_handle(s->client->multi, s->easy);
    finish(s);
}

/* The rule is about scheme, login and host: what follows them is the caller's own. */
static bool allowed(struct http_client *c, const char *url)
{
    size_t n = strlen(c->place);
    if (n > 0 && strncmp(url, c->place, n) == 0)
        return true;
    if (!url_allowed(url, &c->rule))
        return false;
    const char *host = strstr(url, "://");
    const char *end = host ? strpbrk(host + 3, "/?#\\") : NULL;
    n = end && *end == '/' ? (size_t)(end - url) + 1 : 0;
    snprintf(c->place, sizeof c->place, "%.*s", n < PLACE_SIZE ? (int)n : 0, url);
    return true;
}

static enum err client_start(void *self, const struct http_request *r, http_done_fn *done, void *ctx)
{
    struct http_client *c = self;
    struct slot *s = free_slot(c);
    if (!s)
        return ERR_BUSY;
    s->answer = (struct http_answer){ .body = buf_make(c->max_body), .retry_after_s = -1,
                                      .server_time_s = -1 };
    s->head_bytes = 0;
    s->too_big = s->no_memory = s->begun = false;
    s->retry_after[0] = s->date[0] = '\0';
    s->done = done;
    s->ctx = ctx;
    if (!allowed(c, r->url)) {
        s->busy = true;
        c->busy++;
        s->answer.fault = HTTP_FAULT_REFUSED;
        finish(s);
        return ERR_OK;
    }
    if (!set_request(s, r) || curl_multi_add_handle(c->multi, s->easy) != CURLM_OK) {
        slot_clear(s);
        return ERR_NOMEM;
    }
    s->busy = true;
    c->busy++;
    return ERR_OK;
}

/* True when at least one exchange ended. */
static bool reap(struct http_client *c)
{
    int left;
    bool any = false;
    for (CURLMsg *m = curl_multi_info_read(c->multi, &left); m;
         m = curl_multi_info_read(c->multi, &left)) {
        struct slot *s = NULL;
        CURLcode code = m->data.result; /* the message is gone once the handle is removed */
        curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&s);
        finish_with(s, code);
        any = true;
    }
    return any;
}

static enum err client_wait(void *self, int max_ms)
{
    struct http_client *c = self;
    int64_t until = clock_real_mono_ms() + max_ms;
    for (;;) {
        if (c->busy == 0)
            return ERR_NONE;
        enum err e = events_turn(&c->events, until - clock_real_mono_ms());
        if (e && e != ERR_TIMEOUT)
            return e;
        if (reap(c))
            return ERR_OK;
        if (e || clock_real_mono_ms() > until)
            return ERR_TIMEOUT;
    }
}

struct http_port http_client_port(struct http_client *c)
{
    return (struct http_port){ c, c->width, client_start, client_wait };
}
