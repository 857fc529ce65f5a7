/*
 * src/net/http.h - HTTP exchanges with limits, timeouts and strict TLS.
 *
 * The only place for curl. Rules (reliability.md 2d, register.md 1.5): https
 * only, plain http only to loopback and only when allowed; TLS 1.2 or newer,
 * certificates always verified; no redirects, cookies, .netrc, proxy from the
 * environment or content decoding; answers, headers and time are bounded.
 *
 * A client keeps up to `width` connections and runs up to `width` exchanges at
 * a time; with width 1 a whole run rides on one connection. Not for threads.
 *
 * Callers take a struct http_port, so that a simulation can stand in for the
 * network; http_client_port() gives the real one.
 */
#ifndef NET_HTTP_H
#define NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "base/err.h"

enum http_fault {
    HTTP_FAULT_NONE = 0, /* an answer came; see its status */
    HTTP_FAULT_DNS,      /* the name did not resolve */
    HTTP_FAULT_CONNECT,  /* refused, unreachable, or the proxy failed */
    HTTP_FAULT_TIMEOUT,  /* not connected, or not ended, in time */
    HTTP_FAULT_TLS,      /* no common TLS version, or the handshake broke */
    HTTP_FAULT_CERT,     /* the other side's certificate is not good, or ours is unusable */
    HTTP_FAULT_RESET,    /* the connection broke after it was made: outcome unknown */
    HTTP_FAULT_TOO_BIG,  /* answer or headers over the cap */
    HTTP_FAULT_PROTOCOL, /* what came is not HTTP/1.1 or HTTP/2 */
    HTTP_FAULT_REFUSED,  /* our own rule: scheme or host not allowed, bad url */
    HTTP_FAULT_LOCAL,    /* no memory, or curl cannot start */
    HTTP_FAULT_COUNT
};

/* "timeout" and so on, for logs and the outbox; never NULL. */
const char *http_fault_name(enum http_fault f);

struct http_header {
    const char *name, *value;
};

struct http_options {
    const char *ca_file;   /* PEM; NULL: the system's store */
    const char *cert_file; /* client certificate, PEM; NULL: none */
    const char *key_file;  /* its key, PEM; NULL: in cert_file */
    const char *proxy;     /* "http://host:port"; NULL: none, also when the environment names one */
    const char *pinned_key; /* "sha256//...;sha256//...", NULL: none */
    const struct http_header *headers; /* sent with every request; borrowed during create */
    size_t n_headers;
    bool allow_plain_loopback; /* http:// to 127.0.0.0/8, [::1] and localhost */
    bool only_loopback;        /* refuse every other host: simulated databases */
    bool http2;                /* offer HTTP/2 over TLS; streams count against width */
    unsigned width;            /* 1..64 exchanges at a time; 0 means 1 */
    int connect_ms;            /* 0: 10,000 */
    int total_ms;              /* whole exchange; 0: 60,000 */
    size_t max_body;           /* 0: 1 MiB */
    size_t max_head;           /* all header lines together; 0: 64 KiB */
};

/* Everything is borrowed until http_port.start returns. */
struct http_request {
    const char *method; /* "GET", "POST", "PATCH", ... */
    const char *url;
    const struct http_header *headers;
    size_t n_headers;
    const char *body; /* NULL: none */
    size_t n_body;
};

struct http_answer {
    enum http_fault fault;
    int detail;            /* curl's code behind the fault, for logs */
    int status;            /* 0 unless an answer came */
    struct buf body;       /* empty on a fault */
    int64_t retry_after_s; /* -1: none. A date is read against the answer's own Date */
    int64_t server_time_s; /* of its Date, since 1970; -1: it did not say */
    char content_type[64]; /* without parameters, lower case */
    char location[512];
    char api_version[32];
    int64_t took_us;
    bool new_connection; /* this exchange had to open one */
};

void http_answer_done(struct http_answer *a); /* leaves an all-zero one */

/* Called once for each started exchange. The answer is the callee's to keep or
 * http_answer_done(); it may start the next exchange. */
typedef void http_done_fn(void *ctx, struct http_answer *answer);

struct http_port {
    void *self;
    unsigned width;
    /* ERR_BUSY when `width` are under way, ERR_NOMEM; `done` is not called then.
     * Every other failure is told through the answer. */
    enum err (*start)(void *self, const struct http_request *r, http_done_fn *done, void *ctx);
    /* Lets exchanges proceed until one ends or max_ms are over.
     * ERR_NONE when none is under way, ERR_TIMEOUT when none ended. */
    enum err (*wait)(void *self, int max_ms);
};

/* One exchange from start to end. ERR_NOMEM or ERR_BUSY when it could not start. */
NODISCARD enum err http_exchange(const struct http_port *port, const struct http_request *r,
                                 struct http_answer *ret_answer);

struct http_client;
/* ERR_INVAL a file is not readable or an option is out of range, ERR_NOMEM. */
NODISCARD enum err http_client_create(const struct http_options *o, struct http_client **ret_client);
void http_client_destroy(struct http_client *c); /* what is under way is dropped unanswered */
void http_client_destroyp(struct http_client **c);
struct http_port http_client_port(struct http_client *c); /* valid as long as the client */

/* True for a well-formed http(s) url whose host is loopback by its text:
 * 127.0.0.0/8, [::1] or localhost. No look-up is made. */
bool http_url_is_loopback(const char *url);

#endif
