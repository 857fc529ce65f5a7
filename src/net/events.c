#include "net/events.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"

#define AT_ONCE 64
#define NEVER INT64_C(-1)

/* curl tells what it wants to know of a socket; `known` is set for one that the poller has. */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
    struct events *w = arg;
    struct epoll_event e = { .data.fd = fd };
    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        (void)epoll_ctl(w->poller, EPOLL_CTL_DEL, fd, &e);
        return 0;
    }
    e.events = (what & CURL_POLL_IN ? (uint32_t)EPOLLIN : 0) |
               (what & CURL_POLL_OUT ? (uint32_t)EPOLLOUT : 0);
    if (known)
        return epoll_ctl(w->poller, EPOLL_CTL_MOD, fd, &e);
    if (epoll_ctl(w->poller, EPOLL_CTL_ADD, fd, &e) != 0)
        return -1;
    return curl_multi_assign(w->multi, fd, w) == CURLM_OK ? 0 : -1;
}

static int on_timer(CURLM *multi, long ms, void *arg)
{
    struct events *w = arg;
    (void)multi;
    w->timer_at = ms < 0 ? NEVER : clock_real_mono_ms() + ms;
    return 0;
}

bool events_init(struct events *w, CURLM *multi)
{
    *w = (struct events){ .multi = multi, .timer_at = NEVER,
                          .poller = epoll_create1(EPOLL_CLOEXEC) };
    return w->poller >= 0 &&
           curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket) == CURLM_OK &&
           curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, w) == CURLM_OK &&
           curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer) == CURLM_OK &&
           curl_multi_setopt(multi, CURLMOPT_TIMERDATA, w) == CURLM_OK;
}

void events_done(struct events *w)
{
    if (w->poller >= 0)
        close(w->poller);
    w->poller = -1;
}

static enum err act(struct events *w, curl_socket_t fd, int what)
{
    int running;
    return curl_multi_socket_action(w->multi, fd, what, &running) == CURLM_OK ? ERR_OK : ERR_NOMEM;
}

static bool due(const struct events *w)
{
    return w->timer_at != NEVER && clock_real_mono_ms() >= w->timer_at;
}

static enum err run_timer(struct events *w)
{
    if (!due(w))
        return ERR_OK;
    w->timer_at = NEVER;
    return act(w, CURL_SOCKET_TIMEOUT, 0);
}

/* How long nothing can be due. */
static int patience(const struct events *w, int64_t max_ms)
{
    int64_t left = w->timer_at == NEVER ? max_ms : w->timer_at - clock_real_mono_ms();
    left = left < max_ms ? left : max_ms;
    return left > 0 ? (int)left : 0;
}

enum err events_turn(struct events *w, int64_t max_ms)
{
    struct epoll_event ready[AT_ONCE];
    bool begun = due(w); /* a near host's answer may come with the very start of its exchange */
    enum err e = run_timer(w);
    if (e)
        return e;
    int n = epoll_wait(w->poller, ready, AT_ONCE, begun ? 0 : patience(w, max_ms));
    for (int i = 0; !e && i < n; i++) {
        uint32_t said = ready[i].events;
        e = act(w, ready[i].data.fd,
                (said & EPOLLIN ? CURL_CSELECT_IN : 0) | (said & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                    (said & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0));
    }
    if (!e)
        e = run_timer(w);
    return !e && n <= 0 && max_ms <= 0 ? ERR_TIMEOUT : e;
}
