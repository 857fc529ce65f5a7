/*
 * The desk's peers in `make bench`: what is left when everything that is ours is taken away.
 *
 *   desk-bare constant FILE    libmicrohttpd, epoll, one thread: always the bytes of FILE
 *   desk-bare rows DB DAY      the same, but each page is read from the day's rows and escaped
 *   desk-bare events DB        inotify on DB-wal, data_version, a line to all who are connected
 *
 * Says "listening on PORT" and serves until it is ended. Headers are those of a desk's page.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <limits.h>
#include <microhttpd.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAGE_MAX (256 * 1024)
#define STREAMS_MAX 128
#define QUICK_LOOKS 20

static void die(const char *what)
{
    fprintf(stderr, "desk-bare: %s: %s\n", what, strerror(errno));
    _exit(1);
}

static int listen_here(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&a, n) != 0 || listen(fd, 256) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &n) != 0)
        die("listen");
    printf("listening on %d\n", ntohs(a.sin_port));
    fflush(stdout);
    return fd;
}

/* ---- pages ---- */

static void headers(struct MHD_Response *m)
{
    MHD_add_response_header(m, "Content-Security-Policy",
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src "
                            "'self'; img-src 'self'; media-src 'self'; form-action 'self'; "
                            "base-uri 'none'; frame-ancestors 'none'");
    MHD_add_response_header(m, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(m, "X-Frame-Options", "DENY");
    MHD_add_response_header(m, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(m, "Cross-Origin-Opener-Policy", "same-origin");
    MHD_add_response_header(m, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(m, "Permissions-Policy", "camera=(), microphone=(), geolocation=(), "
                                                     "usb=(), payment=()");
    MHD_add_response_header(m, "Cache-Control", "no-store");
    MHD_add_response_header(m, "Content-Type", "text/html; charset=utf-8");
}

/* The first call of a request is before its end: who answers then loses the connection. */
static bool first_call(void **state)
{
    static int seen;
    bool first = *state == NULL;

    *state = &seen;
    return first;
}

static enum MHD_Result constant(void *arg, struct MHD_Connection *c, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *n, void **state)
{
    (void)url, (void)method, (void)version, (void)data, (void)n;
    return first_call(state) ? MHD_YES : MHD_queue_response(c, 200, arg);
}

struct page {
    char text[PAGE_MAX];
    size_t n;
};

static void put(struct page *p, const char *s)
{
    size_t n = strlen(s);

    if (p->n + n < PAGE_MAX) {
        memcpy(p->text + p->n, s, n);
        p->n += n;
    }
}

static void put_escaped(struct page *p, const char *s)
{
    for (; s && *s; s++) {
        const char one[2] = { *s, '\0' };
        put(p, *s == '<' ? "&lt;" : *s == '>' ? "&gt;" : *s == '&' ? "&amp;"
               : *s == '"' ? "&#34;" : *s == '\'' ? "&#39;" : one);
    }
}

/* What a day view shows: open visits, those that are over, appointments, and three counts. */
static const char *const selects[] = {
    "SELECT id, version, series || number, state, topic, lang, service, coach, with_coach,"
    " arrived_ms, due_ms, until_ms FROM visit WHERE day = ?1 AND state IN ('waiting', 'called',"
    " 'in_service', 'paused', 'missed', 'parked') ORDER BY arrived_ms",
    "SELECT id, version, series || number, state, topic, lang, service, coach, ended_ms, outcome"
    " FROM visit WHERE day = ?1 AND state IN ('done', 'left', 'unserved') ORDER BY ended_ms DESC",
    "SELECT id, version, start_ms, end_ms, state, coach, service, topic, lang FROM appointment"
    " WHERE day = ?1 AND state IN ('booked', 'no_show') ORDER BY start_ms",
    "SELECT state, count(*) FROM outbox GROUP BY state",
    "SELECT coach, since_ms, paused FROM at_work",
    "SELECT id, at_ms, state FROM help_call WHERE state IN ('sent', 'seen', 'coming')",
};
#define SELECTS (sizeof(selects) / sizeof(selects[0]))

struct reader {
    sqlite3 *db;
    sqlite3_stmt *q[SELECTS];
    struct page page;
};

static void write_rows(struct reader *r, sqlite3_stmt *q)
{
    while (sqlite3_step(q) == SQLITE_ROW) {
        put(&r->page, "<tr tabindex=\"-1\" data-row><th scope=\"row\" class=\"ticket\">");
        for (int i = 0; i < sqlite3_column_count(q); i++) {
            put(&r->page, "</td><td class=\"what\"><span class=\"tag topic-other\">");
            put_escaped(&r->page, (const char *)sqlite3_column_text(q, i));
        }
        put(&r->page, "</span></td></tr>");
    }
    sqlite3_reset(q);
}

static enum MHD_Result rows(void *arg, struct MHD_Connection *c, const char *url,
                            const char *method, const char *version, const char *data, size_t *n,
                            void **state)
{
    struct reader *r = arg;

    (void)url, (void)method, (void)version, (void)data, (void)n;
    if (first_call(state))
        return MHD_YES;
    r->page.n = 0;
    put(&r->page, "<!doctype html><html><head><title>Day</title></head><body><table>");
    sqlite3_exec(r->db, "BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; i < SELECTS; i++)
        write_rows(r, r->q[i]);
    sqlite3_exec(r->db, "COMMIT", NULL, NULL, NULL);
    put(&r->page, "</table></body></html>");
    struct MHD_Response *m =
        MHD_create_response_from_buffer(r->page.n, r->page.text, MHD_RESPMEM_MUST_COPY);
    headers(m);
    enum MHD_Result sent = MHD_queue_response(c, 200, m);
    MHD_destroy_response(m);
    return sent;
}

static void serve(MHD_AccessHandlerCallback handler, void *arg)
{
    struct MHD_Daemon *d = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD, 0, NULL, NULL, handler, arg,
                                            MHD_OPTION_LISTEN_SOCKET, listen_here(), MHD_OPTION_END);
    if (!d)
        die("libmicrohttpd");
    for (;;)
        pause();
}

static void serve_constant(const char *path)
{
    static char text[PAGE_MAX];
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(text, 1, sizeof(text), f) : 0;

    if (n == 0)
        die(path);
    fclose(f);
    struct MHD_Response *m = MHD_create_response_from_buffer(n, text, MHD_RESPMEM_PERSISTENT);
    headers(m);
    serve(constant, m);
}

static void serve_rows(const char *path, int day)
{
    static struct reader r;

    if (sqlite3_open_v2(path, &r.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, NULL))
        die(path);
    for (size_t i = 0; i < SELECTS; i++) {
        if (sqlite3_prepare_v2(r.db, selects[i], -1, &r.q[i], NULL))
            die(sqlite3_errmsg(r.db));
        sqlite3_bind_int(r.q[i], 1, day);
    }
    serve(rows, &r);
}

/* ---- events ---- */

static int64_t version_of(sqlite3_stmt *q)
{
    int64_t v = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : -1;

    sqlite3_reset(q);
    return v;
}

static void tell(int streams[], size_t n, int64_t version)
{
    char line[80];
    int len = snprintf(line, sizeof(line), "event: board\ndata: %lld\n\n", (long long)version);

    for (size_t i = 0; i < n; i++)
        if (send(streams[i], line, (size_t)len, MSG_NOSIGNAL) < 0)
            continue; /* gone: the bench counts what arrives */
}

static void serve_events(const char *path)
{
    struct pollfd fds[2] = { { .fd = listen_here(), .events = POLLIN },
                             { .fd = inotify_init1(IN_NONBLOCK), .events = POLLIN } };
    int streams[STREAMS_MAX], tries = 0;
    char wal[PATH_MAX], sink[4096];
    size_t n = 0;
    sqlite3 *db;
    sqlite3_stmt *q = NULL;

    snprintf(wal, sizeof(wal), "%s-wal", path);
    if (sqlite3_open(path, &db) || sqlite3_prepare_v2(db, "PRAGMA data_version", -1, &q, NULL) ||
        inotify_add_watch(fds[1].fd, wal, IN_MODIFY) < 0)
        die(wal);
    int64_t seen = version_of(q);
    for (;;) {
        poll(fds, 2, tries > 0 ? 1 : -1);
        if (fds[0].revents && n < STREAMS_MAX)
            streams[n++] = accept(fds[0].fd, NULL, NULL);
        while (read(fds[1].fd, sink, sizeof(sink)) > 0)
            tries = QUICK_LOOKS;
        int64_t is = version_of(q);
        tries = is != seen ? 0 : tries > 0 ? tries - 1 : 0;
        if (is != seen)
            tell(streams, n, is);
        seen = is;
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "constant") == 0)
        serve_constant(argv[2]);
    else if (argc == 4 && strcmp(argv[1], "rows") == 0)
        serve_rows(argv[2], atoi(argv[3]));
    else if (argc == 3 && strcmp(argv[1], "events") == 0)
        serve_events(argv[2]);
    fprintf(stderr, "usage: desk-bare constant FILE | rows DB DAY | events DB\n");
    return 2;
}
