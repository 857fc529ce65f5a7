#include "kiosk/watchdog.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/lib/check.h"

static int listener(char path[108])
{
    struct sockaddr_un at = { .sun_family = AF_UNIX };
    static int n;
    snprintf(path, 108, "%s/n%d", check_tmpdir(), ++n);
    memcpy(at.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    CHECK(fd >= 0);
    CHECK_INT(bind(fd, (const struct sockaddr *)&at, sizeof(at)), 0);
    return fd;
}

static void heard(int fd, const char *want)
{
    char got[64] = "";
    ssize_t n = recv(fd, got, sizeof(got) - 1, 0);
    CHECK(n > 0);
    CHECK_STR(got, want);
}

TEST(systemd_hears_that_we_are_ready_and_then_that_we_live)
{
    char path[108];
    struct watchdog w;
    int fd = listener(path);
    setenv("NOTIFY_SOCKET", path, 1);
    setenv("WATCHDOG_USEC", "20000000", 1);
    watchdog_init(&w);
    CHECK_INT(w.every_ms, 10000);
    watchdog_ready(&w);
    heard(fd, "READY=1");
    int64_t due = watchdog_due(&w);
    CHECK(!watchdog_ping(&w, due - 1));
    CHECK(watchdog_ping(&w, due));
    heard(fd, "WATCHDOG=1");
    CHECK_INT(watchdog_due(&w), due + 10000);
    close(fd);
}

TEST(without_systemd_nothing_is_due)
{
    struct watchdog w;
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    watchdog_init(&w);
    watchdog_ready(&w);
    CHECK_INT(watchdog_due(&w), INT64_MAX);
    CHECK(!watchdog_ping(&w, INT64_MAX - 1));
}
