/*
 * Asks two servers for pages in turn, as `make bench` compares them.
 *
 *   desk-load rate N CONNECTIONS HOST:PORT:PATH:COOKIE HOST:PORT:PATH:COOKIE
 *   desk-load first N DB HOST:PORT:PATH:COOKIE HOST:PORT:PATH:COOKIE
 *
 * "rate" sends N requests over so many kept connections, one outstanding on each, to the first and
 * then to the second; nine times ($ROUNDS), after a round that does not count. "first" commits a
 * change and asks each once, N times. Prints {"ours":..,"peer":..,"ratio":..} on one line, medians;
 * requests a second, or microseconds from asking to the last byte; also the bytes of a page.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tools/bench/rounds.h"

#define CONNECTIONS_MAX 64
#define TRIES_MAX 100000

struct target {
    struct sockaddr_in to;
    char request[1024];
    size_t page; /* bytes of the last answer's body */
};

static void die(const char *what)
{
    fprintf(stderr, "desk-load: %s: %s\n", what, strerror(errno));
    _exit(1);
}

static struct target target_of(char *text)
{
    struct target t = { .to = { .sin_family = AF_INET } };
    char *rest = text, *host = strsep(&rest, ":"), *port = strsep(&rest, ":");
    char *path = strsep(&rest, ":");

    if (!rest || inet_pton(AF_INET, host, &t.to.sin_addr) != 1)
        die(text);
    t.to.sin_port = htons((uint16_t)atoi(port));
    snprintf(t.request, sizeof(t.request),
             "GET %s HTTP/1.1\r\nHost: %s:%s\r\nCookie: %s\r\nX-Dynamo-Quiet: 1\r\n\r\n", path, host, port,
             rest);
    return t;
}

struct connection {
    int fd;
    char head[4096];
    size_t n_head;
    size_t left; /* of the body; 0 before its length is known */
};

static void ask(struct connection *c, const struct target *t)
{
    size_t n = strlen(t->request);

    c->n_head = c->left = 0;
    if (send(c->fd, t->request, n, MSG_NOSIGNAL) != (ssize_t)n)
        die("send");
}

static struct connection connect_to(const struct target *t)
{
    struct connection c = { .fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) };
    int yes = 1;

    if (c.fd < 0 || connect(c.fd, (const struct sockaddr *)&t->to, sizeof(t->to)) != 0)
        die("connect");
    setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return c;
}

/* The head is in: how much body is to come, less what came with it. */
static void read_head(struct connection *c, struct target *t)
{
    char *end = strstr(c->head, "\r\n\r\n");
    const char *length = strcasestr(c->head, "\r\ncontent-length: ");

    if (!end)
        return;
    if (strncmp(c->head, "HTTP/1.1 200", 12) != 0 || !length) {
        errno = EPROTO;
        die(strtok_r(c->head, "\r", &end));
    }
    t->page = strtoul(length + 18, NULL, 10);
    c->left = t->page - (c->n_head - (size_t)(end + 4 - c->head));
    c->n_head = sizeof(c->head); /* read */
}

/* True once the whole answer is in. */
static int take(struct connection *c, struct target *t)
{
    static char sink[1 << 18];

    if (c->n_head == sizeof(c->head)) {
        ssize_t n = recv(c->fd, sink, c->left < sizeof(sink) ? c->left : sizeof(sink), 0);
        if (n <= 0)
            die("recv");
        c->left -= (size_t)n;
        return c->left == 0;
    }
    ssize_t n = recv(c->fd, c->head + c->n_head, sizeof(c->head) - 1 - c->n_head, 0);
    if (n <= 0)
        die("recv");
    c->n_head += (size_t)n;
    c->head[c->n_head] = '\0';
    read_head(c, t);
    return c->n_head == sizeof(c->head) && c->left == 0;
}

/* Requests a second. */
static double rate(struct target *t, long n, int width)
{
    struct connection all[CONNECTIONS_MAX];
    struct pollfd fds[CONNECTIONS_MAX];
    long asked = 0, done = 0;

    for (int i = 0; i < width; i++) {
        all[i] = connect_to(t);
        fds[i] = (struct pollfd){ .fd = all[i].fd, .events = POLLIN };
    }
    int64_t begun = bench_now_ns();
    for (; asked < width; asked++)
        ask(&all[asked], t);
    while (done < n) {
        poll(fds, (nfds_t)width, -1);
        for (int i = 0; i < width; i++)
            if (fds[i].revents && take(&all[i], t)) {
                done++;
                ask(&all[i], t);
            }
    }
    double took = (double)(bench_now_ns() - begun) / 1e9;
    for (int i = 0; i < width; i++)
        close(all[i].fd);
    return (double)n / took;
}

/* Microseconds from asking to the last byte. */
static double once(struct connection *c, struct target *t)
{
    int64_t begun = bench_now_ns();

    ask(c, t);
    while (!take(c, t))
        continue;
    return (double)(bench_now_ns() - begun) / 1e3;
}

static void change(sqlite3 *db)
{
    if (sqlite3_exec(db, "UPDATE visit SET version = version + 1 WHERE id = (SELECT min(id) FROM "
                         "visit WHERE state = 'waiting')", NULL, NULL, NULL) != SQLITE_OK)
        die(sqlite3_errmsg(db));
}

static void say(const char *unit, const struct target t[2], double *ours, double *peer, int n)
{
    double *ratio = calloc((size_t)n, sizeof(*ratio));

    for (int i = 0; ratio && i < n; i++)
        ratio[i] = ours[i] / peer[i];
    printf("{\"unit\":\"%s\",\"ratio\":%.4f,\"ours\":%.1f,\"peer\":%.1f,\"bytes\":%zu,"
           "\"peer_bytes\":%zu}\n", unit, bench_median(ratio, n), bench_median(ours, n),
           bench_median(peer, n), t[0].page, t[1].page);
    free(ratio);
}

static void compare_rates(long n, int width, struct target t[2])
{
    int rounds = bench_rounds();
    double *ours = calloc((size_t)rounds + 1, sizeof(double));
    double *peer = calloc((size_t)rounds + 1, sizeof(double));

    for (int i = 0; ours && peer && i <= rounds; i++) {
        int at = i > 0 ? i - 1 : rounds; /* the first does not count */
        ours[at] = rate(&t[0], n, width);
        peer[at] = rate(&t[1], n, width);
    }
    say("/s", t, ours, peer, rounds);
    free(ours);
    free(peer);
}

static void compare_first(int n, const char *path, struct target t[2])
{
    struct connection c[2] = { connect_to(&t[0]), connect_to(&t[1]) };
    double *ours = calloc((size_t)n, sizeof(double)), *peer = calloc((size_t)n, sizeof(double));
    sqlite3 *db;

    if (sqlite3_open(path, &db) != SQLITE_OK)
        die(path);
    sqlite3_busy_timeout(db, 10000);
    for (int i = 0; ours && peer && i < n; i++) {
        change(db);
        ours[i] = once(&c[0], &t[0]);
        change(db);
        peer[i] = once(&c[1], &t[1]);
    }
    say("us", t, ours, peer, n);
    sqlite3_close(db);
    free(ours);
    free(peer);
}

int main(int argc, char **argv)
{
    if (argc != 6) {
        fprintf(stderr, "usage: desk-load rate N CONNECTIONS OURS PEER | first N DB OURS PEER\n");
        return 2;
    }
    struct target t[2] = { target_of(argv[4]), target_of(argv[5]) };
    long n = atol(argv[2]);
    if (n < 1 || n > TRIES_MAX)
        die("N");
    if (strcmp(argv[1], "rate") == 0 && atoi(argv[3]) > 0 && atoi(argv[3]) <= CONNECTIONS_MAX)
        compare_rates(n, atoi(argv[3]), t);
    else
        compare_first((int)n, argv[3], t);
    return 0;
}
