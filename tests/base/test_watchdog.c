#include "base/watchdog.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "tests/lib/check.h"

static int listen_at(const char *path)
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    CHECK(strlen(path) < sizeof(at.sun_path));
    memcpy(at.sun_path, path, strlen(path));
    CHECK(fd >= 0 && bind(fd, (const struct sockaddr *)&at, sizeof(at)) == 0);
    return fd;
}

static void heard(int fd, const char *want)
{
    char got[64] = "";
    ssize_t n = recv(fd, got, sizeof(got) - 1, 0);
    CHECK_STR(n > 0 ? got : "", want);
}

TEST(it_says_ready_and_pings_at_half_the_limit)
{
    char path[256];
    struct watchdog w;
    snprintf(path, sizeof(path), "%s/notify", check_tmpdir());
    int fd = listen_at(path);
    setenv("NOTIFY_SOCKET", path, 1);
    setenv("WATCHDOG_USEC", "4000000", 1);
    watchdog_init(&w);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    watchdog_ready(&w);
    heard(fd, "READY=1");
    int64_t due = watchdog_due(&w), now = clock_real_mono_ms();
    CHECK(due > now && due <= now + 2000);
    CHECK(!watchdog_ping(&w, due - 1));
    heard(fd, "");
    CHECK(watchdog_ping(&w, due));
    heard(fd, "WATCHDOG=1");
    CHECK_INT(watchdog_due(&w), due + 2000);
    close(fd);
}

TEST(a_long_limit_is_pinged_every_ten_seconds)
{
    struct watchdog w;
    setenv("NOTIFY_SOCKET", "/nowhere/notify", 1);
    setenv("WATCHDOG_USEC", "60000000", 1);
    watchdog_init(&w);
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    CHECK_INT(w.every_ms, 10000);
    CHECK(watchdog_ping(&w, INT64_MAX - 20000)); /* nobody listens: no harm */
}

TEST(without_systemd_it_never_has_to_ping)
{
    struct watchdog w;
    unsetenv("NOTIFY_SOCKET");
    watchdog_init(&w);
    watchdog_ready(&w);
    CHECK(watchdog_due(&w) == INT64_MAX);
}
