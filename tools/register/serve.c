/* The HTTP side: reading a request, faults on order, writing the reply. */
#include "serve.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "crypt/hmac.h"

#define BODY_MAX (1024 * 1024)
#define STALL_S 120
#define TRICKLE_US 200000

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

const char *call_arg(const struct call *c, const char *name)
{
    return MHD_lookup_connection_value(c->connection, MHD_GET_ARGUMENT_KIND, name);
}

const char *call_header(const struct call *c, const char *name)
{
    return MHD_lookup_connection_value(c->connection, MHD_HEADER_KIND, name);
}

/* ---- writing ---- */

struct trickle {
    struct server *server;
    char *text;
    size_t n;
};

static ssize_t trickle_read(void *cls, uint64_t pos, char *out, size_t max)
{
    struct trickle *t = cls;
    if (t->server->ending || pos >= t->n || max == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    usleep(TRICKLE_US);
    out[0] = t->text[pos];
    return 1;
}

/* Sends what there is and then breaks off, short of the length that was told. */
static ssize_t short_read(void *cls, uint64_t pos, char *out, size_t max)
{
    struct trickle *t = cls;
    size_t n = pos < t->n ? t->n - (size_t)pos : 0;
    if (n == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    n = n < max ? n : max;
    memcpy(out, t->text + pos, n);
    return (ssize_t)n;
}

static void trickle_free(void *cls)
{
    struct trickle *t = cls;
    free(t->text);
    free(t);
}

static struct MHD_Response *slow_response(struct server *s, char *text, enum fault fault)
{
    struct trickle *t = malloc(sizeof *t);
    if (!t) {
        free(text);
        return NULL;
    }
    *t = (struct trickle){ s, text, strlen(text) };
    bool lies = fault == FAULT_WRONG_LENGTH;
    return MHD_create_response_from_callback(t->n + (lies ? 100 : 0), 1024,
                                             lies ? short_read : trickle_read, t, trickle_free);
}

static const char *api_version(const char *path)
{
    return strncmp(path, ZAKEN, strlen(ZAKEN)) == 0         ? "1.5.1"
           : strncmp(path, CATALOGI, strlen(CATALOGI)) == 0 ? "1.3.1"
                                                            : "0.9.0";
}

#define ETAG_SIZE (2 * CRYPT_SHA256_SIZE + 3)

/* One thing has an ETag: who names it in If-None-Match has that state of it already. Only for
 * reading; a write asks for nothing of the kind. Gives "" for what has none. */
static bool unchanged(const struct call *c, const struct reply *r, const char *text,
                      char etag[ETAG_SIZE])
{
    unsigned char digest[CRYPT_SHA256_SIZE];
    etag[0] = '\0';
    if (r->status != 200 || strcmp(c->method, "GET") != 0 || !json_object_get(r->body, "uuid"))
        return false;
    crypt_sha256(text, strlen(text), digest);
    size_t n = (size_t)snprintf(etag, ETAG_SIZE, "\"");
    for (size_t i = 0; i < sizeof digest; i++)
        n += (size_t)snprintf(etag + n, ETAG_SIZE - n, "%02x", digest[i]);
    snprintf(etag + n, ETAG_SIZE - n, "\"");
    const char *had = call_header(c, "If-None-Match");
    return had && strcmp(had, etag) == 0;
}

static enum MHD_Result write_reply(struct server *s, struct call *c, struct reply r,
                                   enum fault fault)
{
    static const char page[] = "<!doctype html><title>Welkom</title><p>Log in op het netwerk.";
    bool html = fault == FAULT_GARBAGE || !r.body;
    char *text = html ? strdup(page) : json_dumps(r.body, JSON_PRESERVE_ORDER | JSON_COMPACT);
    char etag[ETAG_SIZE] = "";
    if (text && !html && unchanged(c, &r, text, etag)) {
        r.status = 304;
        text[0] = '\0';
    }
    json_decref(r.body);
    if (!text)
        return MHD_NO;
    struct MHD_Response *m =
        fault == FAULT_TRICKLE || fault == FAULT_WRONG_LENGTH
            ? slow_response(s, text, fault)
            : MHD_create_response_from_buffer(strlen(text), text, MHD_RESPMEM_MUST_FREE);
    if (!m)
        return MHD_NO;
    MHD_add_response_header(m, "Content-Type",
                            html              ? "text/html"
                            : r.status >= 400 ? "application/problem+json"
                                              : "application/json");
    MHD_add_response_header(m, "API-version", api_version(c->path));
    if (strncmp(c->path, ZAKEN "/zaken", strlen(ZAKEN "/zaken")) == 0)
        MHD_add_response_header(m, "Content-Crs", "EPSG:4326");
    if (etag[0])
        MHD_add_response_header(m, "ETag", etag);
    if (fault == FAULT_CLOSE)
        MHD_add_response_header(m, "Connection", "close");
    if (fault == FAULT_429)
        MHD_add_response_header(m, "Retry-After", "1");
    if (fault == FAULT_REDIRECT)
        MHD_add_response_header(m, "Location", "http://127.0.0.1:1/elsewhere");
    unsigned status = fault == FAULT_GARBAGE ? 200 : (unsigned)r.status;
    enum MHD_Result sent = MHD_queue_response(c->connection, status, m);
    MHD_destroy_response(m);
    return sent;
}

/* ---- one request ---- */

static struct reply own_pages(struct server *s, const struct call *c)
{
    if (strcmp(c->method, "GET") != 0)
        return (struct reply){ 0, NULL };
    if (strcmp(c->path, "/_dump") == 0)
        return dump(s);
    if (strcmp(c->path, "/_log") == 0)
        return reply_ok(200, db_log_list(&s->db));
    return (struct reply){ 0, NULL };
}

static struct reply refuse_by_fault(struct server *s, enum fault fault)
{
    if (fault == FAULT_429)
        return reply_problem(s, 429, "throttled", "Te veel verzoeken.");
    if (fault == FAULT_500)
        return reply_problem(s, 500, "error", "Interne fout.");
    if (fault == FAULT_409)
        return reply_problem(s, 409, "conflict", "Tegelijk gewijzigd.");
    static const int bare[FAULT_COUNT] = { [FAULT_408] = 408, [FAULT_425] = 425, [FAULT_502] = 502,
                                           [FAULT_503] = 503, [FAULT_504] = 504, [FAULT_REDIRECT] = 302 };
    return (struct reply){ bare[fault], NULL };
}

static void stall(struct server *s)
{
    for (int i = 0; i < STALL_S * 10 && !s->ending; i++)
        usleep(100000);
}

static enum MHD_Result process(struct server *s, struct call *c)
{
    pthread_mutex_lock(&one_at_a_time);
    enum fault fault = FAULT_NONE;
    struct reply r = own_pages(s, c);
    bool own = r.status != 0;
    if (!own) {
        fault = fault_next(&s->faults, c->method, c->path);
        if (fault != FAULT_DROP_BEFORE) {
            r = refuse_by_fault(s, fault);
            if (!r.status)
                r = route_answer(s, c);
        }
        db_log(&s->db, c->method, c->path, r.status, fault_name(fault));
    }
    pthread_mutex_unlock(&one_at_a_time);

    if (fault == FAULT_STALL)
        stall(s);
    if (fault == FAULT_DROP_BEFORE || fault == FAULT_DROP_AFTER || fault == FAULT_STALL) {
        json_decref(r.body);
        return MHD_NO; /* the connection ends without an answer */
    }
    const char *host = call_header(c, "Host");
    char base[300];
    snprintf(base, sizeof base, "%s://%s", s->options.cert_file ? "https" : "http",
             host ? host : "127.0.0.1");
    if (r.body && !own)
        route_with_host(r.body, base);
    return write_reply(s, c, r, fault);
}

/* With a client CA every request needs a certificate of it; MHD only asks for one. */
static bool client_known(struct server *s, struct MHD_Connection *connection)
{
    if (!s->options.client_ca_file)
        return true;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    unsigned bad = 1;
    return info && gnutls_certificate_verify_peers2(info->tls_session, &bad) == 0 && bad == 0;
}

static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *n_data, void **state)
{
    struct server *s = cls;
    struct buf *body = *state;
    (void)version;
    if (!body) {
        if (!client_known(s, connection))
            return MHD_NO;
        body = mem_calloc(1, sizeof *body);
        if (!body)
            return MHD_NO;
        *body = buf_make(BODY_MAX);
        *state = body;
        return MHD_YES;
    }
    if (*n_data) {
        buf_add(body, data, *n_data);
        *n_data = 0;
        return body->failed ? MHD_NO : MHD_YES;
    }
    struct call c = { .method = method, .path = url, .connection = connection };
    c.body = json_loadb(buf_str(body), body->n, JSON_REJECT_DUPLICATES, NULL);
    if (c.body && !json_is_object(c.body)) {
        json_decref(c.body);
        c.body = NULL;
    }
    enum MHD_Result sent = process(s, &c);
    json_decref(c.body);
    return sent;
}

static void on_end(void *cls, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
    (void)cls;
    (void)connection;
    (void)why;
    struct buf *body = *state;
    if (!body)
        return;
    buf_done(body);
    mem_free(body);
    *state = NULL;
}

/* ---- running ---- */

struct tls_files {
    struct buf cert, key, ca;
};

static enum err read_tls(const struct server_options *o, struct tls_files *t)
{
    *t = (struct tls_files){ buf_make(BODY_MAX), buf_make(BODY_MAX), buf_make(BODY_MAX) };
    enum err e = o->cert_file ? buf_read_file(&t->cert, o->cert_file) : ERR_OK;
    if (!e && o->cert_file)
        e = buf_read_file(&t->key, o->key_file ? o->key_file : o->cert_file);
    if (!e && o->client_ca_file)
        e = buf_read_file(&t->ca, o->client_ca_file);
    return e;
}

static struct MHD_Daemon *start(struct server *s, int port, const struct tls_files *t)
{
    struct sockaddr_in here = { .sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct MHD_OptionItem tls[4] = { { MHD_OPTION_END, 0, NULL } };
    int n = 0;
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL;
    if (s->options.cert_file) {
        flags |= MHD_USE_TLS;
        tls[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, t->cert.v };
        tls[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, t->key.v };
        if (s->options.client_ca_file)
            tls[n++] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_TRUST, 0, t->ca.v };
        tls[n] = (struct MHD_OptionItem){ MHD_OPTION_END, 0, NULL };
    }
    return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR, &here,
                            MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_ARRAY, tls,
                            MHD_OPTION_END);
}

enum err serve(struct server *s, int port)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before the daemon's threads are made */
    signal(SIGPIPE, SIG_IGN);
    struct tls_files t;
    struct MHD_Daemon *d = read_tls(&s->options, &t) == ERR_OK ? start(s, port, &t) : NULL;
    enum err e = d ? ERR_OK : ERR_IO;
    if (d) {
        const union MHD_DaemonInfo *info = MHD_get_daemon_info(d, MHD_DAEMON_INFO_BIND_PORT);
        printf("listening on %s://127.0.0.1:%u\n", s->options.cert_file ? "https" : "http",
               (unsigned)info->port);
        fflush(stdout);
        int got;
        (void)sigwait(&ends, &got);
        s->ending = true;
        MHD_stop_daemon(d);
    }
    buf_done(&t.cert);
    buf_wipe(&t.key);
    buf_done(&t.ca);
    return e;
}
