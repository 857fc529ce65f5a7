#include "desk/desk.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "desk/inside.h"

#define PROGRAM "dynamo-desk"
#define DEVICE "desk:1"
#define QUICK_LOOKS 20 /* one a ms: the word of a commit comes before its sync ends */
#define BACKLOG 128

int64_t desk_mono(const struct desk *d)
{
    return d->setup->clock->simulated ? clock_real_mono_ms() : clock_mono_ms(d->setup->clock);
}

void desk_act_as(struct desk *d, const struct session *s)
{
    char actor[41];

    snprintf(actor, sizeof(actor), "staff:%s", s->staff.id);
    flow_set_actor(d->flow, actor);
}

void *desk_arg(const struct desk *d)
{
    return d->setup->face->arg;
}

struct flow *desk_flow(struct desk *d)
{
    return d->flow;
}

void desk_changed(struct desk *d)
{
    if (board_look(d))
        streams_say(d);
}

/* ---- starting ---- */

static enum err say(const char *what, enum err e)
{
    fprintf(stderr, "%s: %s: %s\n", PROGRAM, what, err_text(e));
    return e;
}

static enum err listen_unix(struct desk *d, const char *path)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };

    if (strlen(path) >= sizeof(a.sun_path))
        return ERR_LIMIT;
    memcpy(a.sun_path, path, strlen(path) + 1);
    d->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(path); /* of a run before */
    if (d->listen_fd < 0 || bind(d->listen_fd, (struct sockaddr *)&a, sizeof(a)) != 0)
        return ERR_IO;
    return chmod(path, 0660) == 0 ? ERR_OK : ERR_IO; /* nginx comes in by its group */
}

/* Loopback only: whoever may come from elsewhere comes through nginx. */
static enum err listen_tcp(struct desk *d, const char *where)
{
    const char *colon = strrchr(where, ':');
    bool six = where[0] == '[';
    int port = colon ? atoi(colon + 1) : -1;
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                              .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port),
                               .sin6_addr = IN6ADDR_LOOPBACK_INIT };
    const struct sockaddr *a = six ? (struct sockaddr *)&v6 : (struct sockaddr *)&v4;
    socklen_t n = six ? sizeof(v6) : sizeof(v4);
    int one = 1;

    if (port < 0 || port > 65535)
        return ERR_INVAL;
    d->listen_fd = socket(a->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (d->listen_fd < 0)
        return ERR_IO;
    setsockopt(d->listen_fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
    if (bind(d->listen_fd, a, n) != 0)
        return ERR_IO;
    struct sockaddr_in6 got;
    n = sizeof(got);
    if (getsockname(d->listen_fd, (struct sockaddr *)&got, &n) != 0)
        return ERR_IO;
    port = ntohs(got.sin6_port); /* lies where that of IPv4 lies */
    printf("listening on http://%s:%d\n", six ? "[::1]" : "127.0.0.1", port);
    return guard_add_loopback(&d->guard, (unsigned)port);
}

static enum err start_listening(struct desk *d)
{
    const char *where = d->setup->listen;
    enum err e;

    d->guard.tls = strncmp(where, "unix:", 5) == 0;
    e = d->guard.tls ? listen_unix(d, where + 5) : listen_tcp(d, where);
    if (e == ERR_OK)
        e = guard_add_hosts(&d->guard, d->setup->config->desk.hosts);
    if (e == ERR_OK && listen(d->listen_fd, BACKLOG) != 0)
        e = ERR_IO;
    if (e == ERR_OK && d->guard.tls)
        printf("listening on %s\n", where);
    return e;
}

static enum err open_house(struct desk *d)
{
    return flow_open(&(struct flow_options){ .db_path = d->setup->db_path,
                                             .keys_dir = d->setup->config->paths.keys,
                                             .device = DEVICE, .clock = d->setup->clock, .rng = d->setup->rng },
                     &d->flow);
}

static enum err read_token(struct desk *d)
{
    const char *path = d->setup->config->desk.metrics_token_file;
    CLEANUP(buf_wipe) struct buf b = buf_make(METRICS_TOKEN_SIZE - 1);

    if (!path[0])
        return ERR_OK;
    enum err e = buf_read_file(&b, path);
    if (e == ERR_OK)
        snprintf(d->metrics_token, sizeof(d->metrics_token), "%.*s",
                 (int)strcspn(buf_str(&b), "\r\n"), buf_str(&b));
    return e;
}

/* Called on the watching thread: it only wakes the loop. */
static void woke(void *arg)
{
    struct desk *d = arg;
    uint64_t one = 1;
    ssize_t n = write(d->wake_fd, &one, sizeof(one));

    (void)n; /* full means that it is awake */
}

static enum err start_waiting(struct desk *d)
{
    sigset_t ends;

    signal(SIGPIPE, SIG_IGN);
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    d->signal_fd = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    d->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (d->signal_fd < 0 || d->wake_fd < 0)
        return ERR_IO;
    enum err e = watch_start(&d->watch, d->setup->db_path, woke, d);
    if (e != ERR_OK)
        log_error("desk.watch", e, NULL); /* the look every 10 s remains */
    watchdog_init(&d->watchdog);
    return knocks_start(&d->knocks, woke, d);
}

static const struct {
    const char *what;
    enum err (*step)(struct desk *d);
} steps[] = {
    { "database", open_house }, { "metrics token", read_token },   { "files", assets_load },
    { "waiting", start_waiting }, { "socket", start_listening }, { "server", http_start },
};

static enum err start(struct desk *d)
{
    for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
        enum err e = steps[i].step(d);
        if (e != ERR_OK)
            return say(steps[i].what, e);
    }
    d->sessions.idle_ms = d->setup->config->desk.idle_min * MINUTE_MS;
    d->sessions.life_ms = d->setup->config->desk.session_h * HOUR_MS;
    d->streams.boot = rng_u64(d->setup->rng);
    return ERR_OK;
}

static void close_fd(int fd)
{
    if (fd >= 0)
        close(fd);
}

static void stop(struct desk *d)
{
    watch_stop(&d->watch);
    http_stop(d);
    knocks_stop(&d->knocks);
    board_done(&d->board);
    assets_done(&d->assets);
    sessions_end_of(&d->sessions, NULL);
    close_fd(d->listen_fd);
    close_fd(d->wake_fd);
    close_fd(d->signal_fd);
    if (d->guard.tls)
        unlink(d->setup->listen + 5);
    flow_close(d->flow);
    mem_wipe(d->metrics_token, sizeof(d->metrics_token));
}

/* ---- the loop ---- */

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* How long until there is something to do, in ms. */
static int wait_ms(struct desk *d)
{
    MHD_UNSIGNED_LONG_LONG http = 0;
    int64_t left = d->next_look - clock_real_mono_ms();

    if (d->tries > 0)
        left = least(left, 1);
    if (!d->setup->clock->simulated)
        left = least(left, d->board.due - flow_now(d->flow));
    if (MHD_get_timeout(d->daemon, &http) == MHD_YES)
        left = least(left, http > DESK_LOOK_MS ? DESK_LOOK_MS : (int64_t)http);
    return left < 0 ? 0 : (int)left;
}

static void drain(int fd)
{
    char bytes[256];

    while (read(fd, bytes, sizeof(bytes)) > 0)
        continue;
}

static void look(struct desk *d, bool heard)
{
    int64_t real = clock_real_mono_ms();
    bool due = real >= d->next_look;

    if (heard)
        d->tries = QUICK_LOOKS;
    else if (d->tries > 0)
        d->tries--;
    if (board_look(d)) {
        d->tries = 0;
        d->rest = true;
    }
    streams_say(d);
    if (!due)
        return;
    d->next_look = real + DESK_LOOK_MS;
    watchdog_ping(&d->watchdog, real);
    streams_beat(d);
    enum err e = d->rest ? flow_rest(d->flow) : ERR_OK;
    d->rest = false;
    if (e != ERR_OK)
        log_error("desk.rest", e, NULL);
}

static bool time_to_look(const struct desk *d)
{
    return clock_real_mono_ms() >= d->next_look ||
           (!d->setup->clock->simulated && flow_now(d->flow) >= d->board.due);
}

/* A server that is out of descriptors listens again in the first run after one left. */
static unsigned connected(const struct desk *d)
{
    return MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_CURRENT_CONNECTIONS)->num_connections;
}

static void turn(struct desk *d)
{
    const union MHD_DaemonInfo *http = MHD_get_daemon_info(d->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd fds[] = { { .fd = http->epoll_fd, .events = POLLIN },
                            { .fd = d->wake_fd, .events = POLLIN },
                            { .fd = d->signal_fd, .events = POLLIN } };

    if (poll(fds, ARRAY_LEN(fds), wait_ms(d)) < 0 && errno != EINTR) {
        d->failed = true;
        return;
    }
    if (fds[2].revents) {
        d->quit = true;
        return;
    }
    bool heard = fds[1].revents != 0;
    if (heard)
        drain(d->wake_fd);
    if (heard)
        knocks_bring_back(&d->knocks);
    if (heard || d->tries > 0 || time_to_look(d))
        look(d, heard);
    unsigned were;
    do { /* what a handler woke is heard at once; who waits at the door, when somebody leaves */
        d->streams.woken = d->looked = false;
        were = connected(d);
        MHD_run(d->daemon);
    } while (d->streams.woken || connected(d) < were);
}

enum err desk_run(const struct desk_setup *setup)
{
    CLEANUP(mem_freep) struct desk *d = mem_calloc(1, sizeof(*d));

    if (!d)
        return ERR_NOMEM;
    d->setup = setup;
    d->listen_fd = d->wake_fd = d->signal_fd = -1;
    board_init(&d->board);
    enum err e = start(d);
    if (e == ERR_OK) {
        fflush(stdout);
        board_look(d);
        watchdog_ready(&d->watchdog);
        while (!d->quit && !d->failed)
            turn(d);
        MHD_run(d->daemon); /* the answer that says so */
        e = d->failed ? say("storage", ERR_IO) : ERR_OK;
    }
    stop(d);
    return e;
}
