#include "store/watch.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/* The -wal file comes and goes with the last connection: watched anew when it is there. */
static void watch_wal(struct watch *w)
{
    if (w->wal_watch < 0)
        w->wal_watch = inotify_add_watch(w->fd, w->wal, IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF);
}

static void read_events(struct watch *w)
{
    char bytes[4096] __attribute__((aligned(__alignof__(struct inotify_event))));
    ssize_t n = read(w->fd, bytes, sizeof(bytes));

    for (ssize_t at = 0; at < n;) {
        const struct inotify_event *ev = (const void *)(bytes + at);
        if (ev->wd == w->wal_watch && (ev->mask & (IN_IGNORED | IN_DELETE_SELF | IN_MOVE_SELF)))
            w->wal_watch = -1;
        at += (ssize_t)(sizeof(*ev) + ev->len);
    }
    watch_wal(w);
}

static void *run(void *arg)
{
    struct watch *w = arg;
    struct pollfd fds[] = { { .fd = w->fd, .events = POLLIN },
                            { .fd = w->stop[0], .events = POLLIN } };

    for (;;) {
        if (poll(fds, 2, -1) < 0 && errno != EINTR)
            return NULL;
        if (fds[1].revents)
            return NULL;
        if (fds[0].revents) {
            read_events(w);
            w->woke(w->arg);
        }
    }
}

/* Signals are the loop's, which SDL listens for. */
static bool start_thread(struct watch *w)
{
    sigset_t all, old;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    bool started = pthread_create(&w->thread, NULL, run, w) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return started;
}

static enum err open_watch(struct watch *w, const char *db_path)
{
    char folder[4096];
    int n = snprintf(w->wal, sizeof(w->wal), "%s-wal", db_path);

    if (n < 0 || (size_t)n >= sizeof(w->wal))
        return ERR_LIMIT;
    memcpy(folder, w->wal, (size_t)n + 1);
    w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (w->fd < 0)
        return ERR_IO;
    if (inotify_add_watch(w->fd, dirname(folder), IN_CREATE | IN_MOVED_TO) < 0)
        return ERR_IO;
    watch_wal(w);
    return pipe2(w->stop, O_CLOEXEC) == 0 ? ERR_OK : ERR_IO;
}

enum err watch_start(struct watch *w, const char *db_path, void (*woke)(void *arg), void *arg)
{
    *w = (struct watch){ .fd = -1, .stop = { -1, -1 }, .wal_watch = -1, .woke = woke, .arg = arg };
    enum err e = open_watch(w, db_path);
    w->running = e == ERR_OK && start_thread(w);
    if (w->running)
        return ERR_OK;
    watch_stop(w);
    return e == ERR_OK ? ERR_IO : e;
}

void watch_stop(struct watch *w)
{
    if (!w->woke)
        return;
    if (w->stop[1] >= 0)
        close(w->stop[1]);
    if (w->running)
        pthread_join(w->thread, NULL);
    if (w->stop[0] >= 0)
        close(w->stop[0]);
    if (w->fd >= 0)
        close(w->fd);
    *w = (struct watch){ 0 };
}
