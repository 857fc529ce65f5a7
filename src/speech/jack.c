#include "speech/jack.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/input.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define DEVICES_MAX 32
#define LONG_BITS (CHAR_BIT * sizeof(unsigned long))

static bool has_bit(const unsigned long *bits, unsigned bit)
{
    return bits[bit / LONG_BITS] >> bit % LONG_BITS & 1;
}

static bool is_jack(int fd)
{
    unsigned long bits[SW_MAX / LONG_BITS + 1] = { 0 };
    return ioctl(fd, EVIOCGBIT(EV_SW, sizeof(bits)), bits) >= 0 &&
           has_bit(bits, SW_HEADPHONE_INSERT);
}

static bool is_in(int fd)
{
    unsigned long bits[SW_MAX / LONG_BITS + 1] = { 0 };
    return ioctl(fd, EVIOCGSW(sizeof(bits)), bits) >= 0 && has_bit(bits, SW_HEADPHONE_INSERT);
}

static bool any_in(const struct jack *j)
{
    bool in = false;

    for (size_t i = 0; i < j->n; i++)
        in |= j->fds[i] >= 0 && j->probe.in(j->fds[i]);
    return in;
}

/* Empties a device; one that was pulled out is closed. */
static void drain(int *fd)
{
    char bytes[sizeof(struct input_event) * 16];
    ssize_t n;

    while ((n = read(*fd, bytes, sizeof(bytes))) > 0)
        ;
    if (n == 0 || (errno != EAGAIN && errno != EINTR)) {
        close(*fd);
        *fd = -1; /* poll() passes over it */
    }
}

static void *run(void *arg)
{
    struct jack *j = arg;
    struct pollfd fds[JACKS_MAX + 1];

    for (;;) {
        for (size_t i = 0; i < j->n; i++)
            fds[i] = (struct pollfd){ .fd = j->fds[i], .events = POLLIN };
        fds[j->n] = (struct pollfd){ .fd = j->stop[0], .events = POLLIN };
        if (poll(fds, (nfds_t)j->n + 1, -1) < 0 && errno != EINTR)
            return NULL;
        if (fds[j->n].revents)
            return NULL;
        for (size_t i = 0; i < j->n; i++)
            if (fds[i].revents)
                drain(&j->fds[i]);
        bool in = any_in(j);
        if (atomic_exchange(&j->plugged, in) != in)
            j->woke(j->arg);
    }
}

static void find_jacks(struct jack *j)
{
    char path[512];

    for (int i = 0; i < DEVICES_MAX && j->n < JACKS_MAX; i++) {
        int len = snprintf(path, sizeof(path), "%s/event%d", j->probe.folder, i);
        if (len < 0 || (size_t)len >= sizeof(path))
            return;
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0)
            continue;
        if (j->probe.is_jack(fd))
            j->fds[j->n++] = fd;
        else
            close(fd);
    }
}

/* Signals are the loop's. */
static bool start_thread(struct jack *j)
{
    sigset_t all, old;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    bool started = pthread_create(&j->thread, NULL, run, j) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return started;
}

enum err jack_start(struct jack *j, const struct jack_probe *probe, void (*woke)(void *arg),
                    void *arg)
{
    static const struct jack_probe real = { "/dev/input", is_jack, is_in };

    memset(j, 0, sizeof(*j));
    j->stop[0] = j->stop[1] = -1;
    j->probe = probe ? *probe : real;
    j->woke = woke;
    j->arg = arg;
    find_jacks(j);
    if (j->n == 0) {
        jack_stop(j);
        return ERR_NONE;
    }
    atomic_store(&j->plugged, any_in(j));
    j->running = pipe2(j->stop, O_CLOEXEC) == 0 && start_thread(j);
    if (j->running)
        return ERR_OK;
    jack_stop(j);
    return ERR_IO;
}

void jack_stop(struct jack *j)
{
    if (!j->woke)
        return;
    if (j->stop[1] >= 0)
        close(j->stop[1]);
    if (j->running)
        pthread_join(j->thread, NULL);
    if (j->stop[0] >= 0)
        close(j->stop[0]);
    for (size_t i = 0; i < j->n; i++)
        if (j->fds[i] >= 0)
            close(j->fds[i]);
    memset(j, 0, sizeof(*j));
}

bool jack_plugged(struct jack *j)
{
    return atomic_load(&j->plugged);
}
