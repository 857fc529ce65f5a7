#include "base/watchdog.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"

#define EVERY_MOST_MS 10000

void watchdog_init(struct watchdog *w)
{
    const char *path = getenv("NOTIFY_SOCKET"), *usec = getenv("WATCHDOG_USEC");

    *w = (struct watchdog){ 0 };
    if (!path || (path[0] != '/' && path[0] != '@') || strlen(path) >= sizeof(w->socket))
        return;
    memcpy(w->socket, path, strlen(path) + 1);
    long long limit_ms = usec ? strtoll(usec, NULL, 10) / 1000 : 0;
    if (limit_ms > 1)
        w->every_ms = limit_ms / 2 < EVERY_MOST_MS ? limit_ms / 2 : EVERY_MOST_MS;
}

static void say(const struct watchdog *w, const char *text)
{
    struct sockaddr_un to = { .sun_family = AF_UNIX };
    size_t n = strlen(w->socket);

    if (n == 0)
        return;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return;
    memcpy(to.sun_path, w->socket, n);
    if (to.sun_path[0] == '@')
        to.sun_path[0] = '\0';
    /* A lost ping is made good by the next one. */
    ssize_t sent = sendto(fd, text, strlen(text), MSG_NOSIGNAL, (const struct sockaddr *)&to,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n));
    (void)sent;
    close(fd);
}

void watchdog_ready(struct watchdog *w)
{
    say(w, "READY=1");
    w->next = clock_real_mono_ms() + w->every_ms;
}

int64_t watchdog_due(const struct watchdog *w)
{
    return w->every_ms ? w->next : INT64_MAX;
}

bool watchdog_ping(struct watchdog *w, int64_t real_ms)
{
    if (real_ms < watchdog_due(w))
        return false;
    say(w, "WATCHDOG=1");
    w->next = real_ms + w->every_ms;
    return true;
}
