#include "tools/bench/upload/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <signal.h>
#include <unistd.h>

#include "tools/bench/rounds.h"

#define CONNECTIONS 256
#define REQUEST_MAX 16384
#define WAITING 4096

struct connection {
    int fd;
    size_t n;
    char in[REQUEST_MAX];
};

/* Answers leave in the order in which they came due: the delay is the same for all. */
struct waiting {
    int64_t due_ns;
    struct connection *to;
    size_t n;
    char text[1400];
};

static struct connection connections[CONNECTIONS];
static struct waiting queue[WAITING];
static size_t first, last;
static int poller, timer, port;
static int64_t delay_ns;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

/* The text after "key":" in a body, or "". */
static void value_of(const char *body, const char *key, char *out, size_t room)
{
    char mark[60];
    snprintf(mark, sizeof mark, "\"%s\":\"", key);
    const char *at = strstr(body, mark);
    size_t n = at ? strcspn(at + strlen(mark), "\"") : 0;
    snprintf(out, room, "%.*s", (int)n, at ? at + strlen(mark) : "");
}

/* What a real register would say of it, shortened to what counts, and filled up to 600 bytes. */
static int body_of(const char *path, const char *body, char *out, size_t room)
{
    static long made;
    char number[40], record[40], reference[80], uuid[60];
    value_of(body, "referentienummer", number, sizeof number);
    value_of(body, "kioskRecord", record, sizeof record);
    value_of(body, "referentie", reference, sizeof reference);
    snprintf(uuid, sizeof uuid, "00000000-0000-4000-8000-%012ld", ++made % 1000000000);
    if (strstr(path, "/maak-klantcontact"))
        return snprintf(out, room,
                        "{\"klantcontact\":{\"url\":\"http://127.0.0.1:%d/klantinteracties/api/v1/"
                        "klantcontacten/%s\",\"referentienummer\":\"%s\",\"metadata\":{\"kioskRecord\":\"%s\"},"
                        "\"inhoud\":\"%0300d\"},\"betrokkene\":{\"uuid\":\"%s\"}}",
                        port, uuid, number, record, 0, uuid);
    return snprintf(out, room,
                    "{\"url\":\"http://127.0.0.1:%d/klantinteracties/api/v1/things/%s\","
                    "\"referentienummer\":\"%s\",\"referentie\":\"%s\",\"toelichting\":\"%0400d\"}",
                    port, uuid, number, reference, 0);
}

static void queue_answer(struct connection *c, const char *path, const char *body)
{
    char text[1200];
    struct waiting *w = &queue[last++ % WAITING];
    int n = body_of(path, body, text, sizeof text);
    w->due_ns = bench_now_ns() + delay_ns;
    w->to = c;
    w->n = (size_t)snprintf(w->text, sizeof w->text,
                            "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
                            "Content-Length: %d\r\n\r\n%s", n, text);
}

static void send_due(void)
{
    while (first != last && queue[first % WAITING].due_ns <= bench_now_ns()) {
        struct waiting *w = &queue[first++ % WAITING];
        if (w->to->fd >= 0 && send(w->to->fd, w->text, w->n, MSG_NOSIGNAL) < 0 && errno != EPIPE)
            die("send");
    }
    struct itimerspec t = { 0 };
    if (first != last) {
        int64_t left = queue[first % WAITING].due_ns - bench_now_ns();
        left = left < 1 ? 1 : left;
        t.it_value = (struct timespec){ left / 1000000000, left % 1000000000 };
    }
    timerfd_settime(timer, 0, &t, NULL);
}

/* Takes one whole request from the front; false: it is not all there yet. */
static bool take_request(struct connection *c)
{
    c->in[c->n] = '\0';
    char *end = strstr(c->in, "\r\n\r\n");
    const char *length = end ? strcasestr(c->in, "content-length:") : NULL;
    size_t body = length && length < end ? (size_t)atol(length + 15) : 0;
    size_t whole = end ? (size_t)(end + 4 - c->in) + body : 0;
    if (!end || c->n < whole)
        return false;
    char *path = strchr(c->in, ' '), keep = c->in[whole];
    c->in[whole] = '\0';
    path[1 + strcspn(path + 1, " ")] = '\0';
    queue_answer(c, path, end + 4);
    c->in[whole] = keep;
    c->n -= whole;
    memmove(c->in, c->in + whole, c->n);
    return true;
}

static void read_from(struct connection *c)
{
    ssize_t got = recv(c->fd, c->in + c->n, sizeof c->in - 1 - c->n, 0);
    if (got <= 0) {
        close(c->fd);
        c->fd = -1;
        return;
    }
    c->n += (size_t)got;
    while (take_request(c))
        ;
}

static void accept_one(int listener, long *accepted)
{
    static const int on = 1;
    int fd = accept(listener, NULL, NULL);
    for (size_t i = 0; i < CONNECTIONS; i++)
        if (connections[i].fd < 0) {
            connections[i] = (struct connection){ .fd = fd };
            struct epoll_event e = { .events = EPOLLIN, .data.ptr = &connections[i] };
            setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            if (epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e) != 0)
                die("epoll_ctl");
            ++*accepted;
            return;
        }
    close(fd);
}

static void serve(int listener, long *accepted)
{
    struct epoll_event events[64];
    for (size_t i = 0; i < CONNECTIONS; i++)
        connections[i].fd = -1;
    for (;;) {
        int n = epoll_wait(poller, events, 64, -1);
        for (int i = 0; i < n; i++) {
            uint64_t ticks;
            if (events[i].data.ptr == &timer)
                (void)!read(timer, &ticks, sizeof ticks);
            else if (events[i].data.ptr == &poller)
                accept_one(listener, accepted);
            else
                read_from(events[i].data.ptr);
        }
        send_due();
    }
}

void server_start(struct server *s, int delay_ms)
{
    struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t n = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 64) != 0 ||
        getsockname(listener, (struct sockaddr *)&at, &n) != 0)
        die("server");
    s->port = port = ntohs(at.sin_port);
    s->accepted = mmap(NULL, sizeof *s->accepted, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (s->accepted == MAP_FAILED)
        die("mmap");
    s->pid = fork();
    if (s->pid != 0) {
        close(listener);
        return;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    delay_ns = delay_ms * INT64_C(1000000);
    poller = epoll_create1(0);
    timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event in = { .events = EPOLLIN, .data.ptr = &poller };
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &in);
    in.data.ptr = &timer;
    epoll_ctl(poller, EPOLL_CTL_ADD, timer, &in);
    serve(listener, s->accepted);
}

void server_stop(struct server *s)
{
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
}
