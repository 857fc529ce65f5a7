/* libmicrohttpd: what comes in is checked, handled and answered here, on the one thread. */
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "base/mem.h"
#include "desk/inside.h"
#include "desk/layout.h"
#include "desk/pages.h"
#include "desk/words.h"

#define CONNECTIONS_MAX 384
#define CONNECTION_MEMORY (32 * 1024)
#define CONNECTION_IDLE_S 65 /* between two requests: longer than nginx keeps it */
#define FIRST_REQUEST_S 10   /* nginx sends a request whole: who does not holds a place for nothing */
#define DEVICE_HEADER "X-Dynamo-Certificate" /* set by nginx alone: see its configuration */

static const char *const secure[][2] = {
    { "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
      "img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; "
      "frame-ancestors 'none'" },
    { "X-Content-Type-Options", "nosniff" },
    { "X-Frame-Options", "DENY" },
    { "Referrer-Policy", "no-referrer" },
    { "Cross-Origin-Opener-Policy", "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
    { "Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), payment=()" },
};

void http_secure(const struct desk *d, struct MHD_Response *m, bool keep)
{
    for (size_t i = 0; i < ARRAY_LEN(secure); i++)
        MHD_add_response_header(m, secure[i][0], secure[i][1]);
    MHD_add_response_header(m, MHD_HTTP_HEADER_CACHE_CONTROL, keep ? "no-cache" : "no-store");
    if (d->guard.tls)
        MHD_add_response_header(m, "Strict-Transport-Security", "max-age=31536000");
}

/* ---- one request ---- */

struct incoming {
    struct request r;
    struct buf body;
    int refused; /* status, known before the body came */
    bool answered;
};

/* The header lines that each request is asked for, found in one walk over them. */
enum line { HOST, ORIGIN, FETCH_SITE, TYPE, LENGTH, ENCODING, QUIET, PART, LINES };

#define LINE(s) { s, sizeof(s) - 1 }
static const struct {
    const char *name;
    size_t n;
} lines[LINES] = {
    [HOST] = LINE(MHD_HTTP_HEADER_HOST),
    [ORIGIN] = LINE(MHD_HTTP_HEADER_ORIGIN),
    [FETCH_SITE] = LINE("Sec-Fetch-Site"),
    [TYPE] = LINE(MHD_HTTP_HEADER_CONTENT_TYPE),
    [LENGTH] = LINE(MHD_HTTP_HEADER_CONTENT_LENGTH),
    [ENCODING] = LINE(MHD_HTTP_HEADER_TRANSFER_ENCODING),
    [QUIET] = LINE("X-Dynamo-Quiet"),
    [PART] = LINE("X-Dynamo-Part"),
};

struct seen {
    const char *first[LINES]; /* values; "" where a line has none */
    int n[LINES];
    bool bad;
};

static enum MHD_Result see_header(void *arg, enum MHD_ValueKind kind, const char *name,
                                  size_t n_name, const char *value, size_t n_value)
{
    struct seen *s = arg;

    (void)kind;
    for (size_t i = 0; i < LINES; i++)
        if (lines[i].n == n_name && strcasecmp(lines[i].name, name) == 0 && s->n[i]++ == 0)
            s->first[i] = value ? value : "";
    for (size_t i = 0; i < n_name; i++)
        s->bad = s->bad || (unsigned char)name[i] <= ' ' || name[i] == 0x7F;
    for (size_t i = 0; value && i < n_value; i++) /* NUL: see nginx */
        s->bad = s->bad || ((unsigned char)value[i] < ' ' && value[i] != '\t') || value[i] == 0x7F;
    return MHD_YES;
}

static int check(struct desk *d, struct incoming *in, const char *method, const char *path)
{
    struct seen seen = { 0 };
    struct request *r = &in->r;

    MHD_get_connection_values_n(r->connection, MHD_HEADER_KIND, see_header, &seen);
    r->quiet = seen.n[QUIET] > 0 || r->page == &page_events;
    r->part = seen.n[PART] > 0;
    size_t max = r->page && r->page->body_max ? r->page->body_max : BODY_MAX_USUAL;
    in->body = buf_make(max);
    return guard_check(&d->guard,
                       &(struct guard_facts){
                           .method = method,
                           .path = path,
                           .host = seen.first[HOST],
                           .origin = seen.first[ORIGIN],
                           .fetch_site = seen.first[FETCH_SITE],
                           .content_type = seen.first[TYPE],
                           .content_length = seen.first[LENGTH],
                           .transfer_encoding = seen.first[ENCODING],
                           .n_hosts = seen.n[HOST],
                           .n_lengths = seen.n[LENGTH],
                           .body_max = max,
                           .bad_header = seen.bad });
}

static void read_lang(struct desk *d, struct request *r)
{
    const char *lang = MHD_lookup_connection_value(r->connection, MHD_COOKIE_KIND, "dynamo_lang");
    const char *asked = request_arg(r, "lang");

    lang = asked ? asked : lang ? lang : d->setup->config->display.lang;
    memcpy(r->lang, strcmp(lang, "en") == 0 ? "en" : "nl", sizeof("nl"));
    i18n_use(r->lang);
}

/* The device's certificate as nginx saw it; the whole program trusts only its own socket. */
static bool read_device(struct desk *d, struct request *r)
{
    const char *print = request_header(r, DEVICE_HEADER);

    if (!d->setup->config->desk.certificates || (r->page && r->page->any_device))
        return true;
    if (!print || strlen(print) < 40 || strlen(print) >= SESSION_DEVICE_SIZE ||
        strspn(print, "0123456789abcdefABCDEF:") != strlen(print))
        return false;
    snprintf(r->device, sizeof(r->device), "%s", print);
    return true;
}

static void read_session(struct desk *d, struct request *r)
{
    const char *name = d->guard.tls ? "__Host-dynamo" : "dynamo";
    const char *token = MHD_lookup_connection_value(r->connection, MHD_COOKIE_KIND, name);

    r->session = session_find(&d->sessions, token, r->device, desk_mono(d));
    if (r->session && !r->quiet)
        session_touch(r->session, desk_mono(d));
}

/* ---- answering ---- */

static struct MHD_Response *response_of(struct desk *d, struct reply *out)
{
    size_t n = out->body.n;
    char *text = n > 0 ? buf_take(&out->body) : NULL;
    struct MHD_Response *m =
        text ? MHD_create_response_from_buffer(n, text, MHD_RESPMEM_MUST_FREE)
             : MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);

    if (!m)
        return NULL;
    http_secure(d, m, false);
    if (n > 0)
        MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_TYPE,
                                out->type ? out->type : "text/html; charset=utf-8");
    if (out->location)
        MHD_add_response_header(m, MHD_HTTP_HEADER_LOCATION, out->location);
    if (out->cookie[0])
        MHD_add_response_header(m, MHD_HTTP_HEADER_SET_COOKIE, out->cookie);
    if (out->lang_cookie[0])
        MHD_add_response_header(m, MHD_HTTP_HEADER_SET_COOKIE, out->lang_cookie);
    if (out->disposition[0])
        MHD_add_response_header(m, MHD_HTTP_HEADER_CONTENT_DISPOSITION, out->disposition);
    if (out->retry_s > 0) {
        char s[16];
        snprintf(s, sizeof(s), "%d", out->retry_s);
        MHD_add_response_header(m, MHD_HTTP_HEADER_RETRY_AFTER, s);
    }
    return m;
}

static enum MHD_Result send_reply(struct desk *d, struct incoming *in, struct reply *out)
{
    int status = out->status ? out->status : out->location ? 303 : 200;

    in->answered = true;
    d->answered++;
    d->refused += status >= 400;
    if (out->streams)
        return MHD_YES;
    if (out->shared)
        return MHD_queue_response(in->r.connection, (unsigned)status, out->shared);
    if (buf_err(&out->body) != ERR_OK) {
        buf_clear(&out->body);
        status = 503;
    }
    struct MHD_Response *m = response_of(d, out);
    if (!m)
        return MHD_NO;
    if (status == 405)
        MHD_add_response_header(m, MHD_HTTP_HEADER_ALLOW, "GET, HEAD, POST");
    enum MHD_Result sent = MHD_queue_response(in->r.connection, (unsigned)status, m);
    MHD_destroy_response(m);
    return sent;
}

/* What went wrong, without a word of what was sent. */
static void refuse(struct desk *d, struct incoming *in, int status, struct reply *out)
{
    const char *text = status == 404   ? _("There is no such page.")
                       : status == 401 ? _("Log in first.")
                       : status == 403 ? _("That is not yours to do.")
                                       : _("The browser asked something that this desk refuses.");

    if (in->r.post || in->r.quiet || in->r.part || status == 421)
        reply_refuse(out, status, status == 401 ? "login" : "refused", text);
    else
        layout_fault(d, &in->r, status, text, out);
}

static bool read_json(struct incoming *in)
{
    json_error_t why;

    if (in->r.json) /* called again */
        return true;
    if (in->body.failed)
        return false;
    in->r.json = json_loadb(buf_str(&in->body), in->body.n, JSON_REJECT_DUPLICATES, &why);
    return json_is_object(in->r.json);
}

static void handle(struct desk *d, struct incoming *in, struct reply *out)
{
    struct request *r = &in->r;
    const struct page *p = r->page;

    if (!p) {
        refuse(d, in, 404, out);
    } else if (p->roles && !r->session && !r->post && !r->quiet && !r->part) {
        out->location = "/login";
    } else if (p->roles && !r->session) {
        refuse(d, in, 401, out);
    } else if (p->roles && !(p->roles & 1u << r->session->staff.role)) {
        refuse(d, in, 403, out);
    } else if (r->post ? !p->post : !p->get) {
        refuse(d, in, 405, out);
    } else if (r->post && !p->no_csrf &&
               !(r->session &&
                 session_csrf_right(r->session, request_header(r, "X-Dynamo-Token")))) {
        refuse(d, in, 403, out);
    } else if (r->post && !read_json(in)) {
        refuse(d, in, 400, out);
    } else {
        if (r->session)
            desk_act_as(d, r->session);
        (r->post ? p->post : p->get)(d, r, out);
    }
}

static enum MHD_Result answer(struct desk *d, struct incoming *in)
{
    CLEANUP(buf_done) struct buf body = buf_make(REPLY_MAX);
    struct reply out = { .body = TAKE(body) };

    if (in->refused)
        refuse(d, in, in->refused, &out);
    else if (d->failed)
        reply_err(&out, ERR_IO);
    else
        handle(d, in, &out);
    d->failed = d->failed || flow_storage_failed(d->flow);
    if (in->r.post)
        d->looked = false; /* it may have changed something */
    enum MHD_Result sent = out.waits ? MHD_YES : send_reply(d, in, &out);
    buf_wipe(&out.body);
    return sent;
}

static enum MHD_Result begin(struct desk *d, struct MHD_Connection *c, const char *path,
                             const char *method, void **state)
{
    struct incoming *in = mem_calloc(1, sizeof(*in));

    if (!in)
        return MHD_NO;
    MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, CONNECTION_IDLE_S);
    *state = in;
    in->r = (struct request){ .connection = c, .tail = "", .post = strcmp(method, "POST") == 0 };
    in->r.page = page_find(d->setup->face, path, &in->r.tail);
    read_lang(d, &in->r);
    in->refused = check(d, in, method, path);
    if (!in->refused && !read_device(d, &in->r))
        in->refused = 403;
    if (in->refused)
        return answer(d, in); /* before a body is taken */
    if (in->r.page && in->r.page->roles) {
        board_look_once(d);
        board_end_disabled(d);
        sessions_end_at(&d->sessions, flow_now(d->flow));
    }
    read_session(d, &in->r);
    return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *c, const char *path,
                                  const char *method, const char *version, const char *data,
                                  size_t *n_data, void **state)
{
    struct desk *d = arg;
    struct incoming *in = *state;

    (void)version;
    if (!in)
        return begin(d, c, path, method, state);
    if (*n_data > 0) {
        if (!in->answered)
            buf_add(&in->body, data, *n_data);
        *n_data = 0;
        return MHD_YES;
    }
    if (in->answered)
        return MHD_YES;
    i18n_use(in->r.lang);
    if (in->r.knock) /* time has passed: who this is must be looked up anew */
        read_session(d, &in->r);
    return answer(d, in);
}

static void on_connection(void *arg, struct MHD_Connection *c, void **state,
                          enum MHD_ConnectionNotificationCode what)
{
    (void)arg;
    (void)state;
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        MHD_set_connection_option(c, MHD_CONNECTION_OPTION_TIMEOUT, FIRST_REQUEST_S);
}

static void on_end(void *arg, struct MHD_Connection *c, void **state,
                   enum MHD_RequestTerminationCode how)
{
    struct incoming *in = *state;

    (void)arg;
    (void)c;
    (void)how;
    if (!in)
        return;
    knock_destroy(in->r.knock);
    json_decref(in->r.json);
    buf_wipe(&in->body);
    mem_free(in);
    *state = NULL;
}

/* Paths are taken as sent: what is not plain is refused, never decoded. Query values are
 * taken as sent too, and then only plain ones. */
static size_t keep_as_sent(void *arg, struct MHD_Connection *c, char *s)
{
    (void)arg;
    (void)c;
    return strlen(s);
}

static void no_log(void *arg, const char *fmt, va_list args)
{
    (void)arg;
    (void)fmt;
    (void)args; /* may hold what strangers sent */
}

enum err http_start(struct desk *d)
{
    d->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request, d,
        MHD_OPTION_EXTERNAL_LOGGER, no_log, NULL, /* first, for what the others may say */
        MHD_OPTION_LISTEN_SOCKET, d->listen_fd,
        MHD_OPTION_CONNECTION_LIMIT, CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, CONNECTION_IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_as_sent, NULL,
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, NULL,
        MHD_OPTION_NOTIFY_COMPLETED, on_end, NULL, MHD_OPTION_END);
    return d->daemon ? ERR_OK : ERR_IO;
}

void http_stop(struct desk *d)
{
    if (!d->daemon)
        return;
    streams_end(d);
    knocks_stop(&d->knocks);
    knocks_bring_back(&d->knocks);
    MHD_run(d->daemon); /* the last words of the streams go out */
    MHD_run(d->daemon);
    MHD_stop_daemon(d->daemon);
    d->daemon = NULL;
    d->listen_fd = -1; /* closed with it */
}
