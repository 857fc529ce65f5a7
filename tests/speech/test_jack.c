/* The jack, with FIFOs that stand for input devices. */
#include "speech/jack.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/lib/check.h"

static atomic_bool inside;
static atomic_int woken;

static bool a_fifo(int fd)
{
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISFIFO(st.st_mode);
}

static bool in(int fd)
{
    (void)fd;
    return atomic_load(&inside);
}

static void woke(void *arg)
{
    atomic_fetch_add((atomic_int *)arg, 1);
}

static const char *folder(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", check_tmpdir(), name);
    CHECK(mkdir(path, 0700) == 0);
    return path;
}

/* The device's other end. */
static int device(const char *in_folder, int number)
{
    char path[600];
    snprintf(path, sizeof(path), "%s/event%d", in_folder, number);
    CHECK(mkfifo(path, 0600) == 0);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

TEST(plugging_in_and_pulling_out_wake_the_loop)
{
    struct jack j;
    const struct jack_probe probe = { folder("plug"), a_fifo, in };
    int fd = device(probe.folder, 3);
    atomic_store(&inside, false);
    atomic_store(&woken, 0);
    CHECK_OK(jack_start(&j, &probe, woke, &woken));
    CHECK(!jack_plugged(&j));
    atomic_store(&inside, true);
    CHECK_INT(write(fd, "x", 1), 1);
    CHECK_SOON(atomic_load(&woken) == 1);
    CHECK(jack_plugged(&j));
    CHECK_INT(write(fd, "x", 1), 1); /* another switch of the same card */
    atomic_store(&inside, false);
    CHECK_INT(write(fd, "x", 1), 1);
    CHECK_SOON(atomic_load(&woken) == 2);
    CHECK(!jack_plugged(&j));
    jack_stop(&j);
    close(fd);
}

TEST(headphones_that_were_in_before_the_start_are_seen)
{
    struct jack j;
    const struct jack_probe probe = { folder("before"), a_fifo, in };
    int fd = device(probe.folder, 0);
    atomic_store(&inside, true);
    CHECK_OK(jack_start(&j, &probe, woke, &woken));
    CHECK(jack_plugged(&j));
    jack_stop(&j);
    CHECK(!jack_plugged(&j));
    close(fd);
}

TEST(without_a_jack_nothing_is_plugged_in)
{
    struct jack j;
    const struct jack_probe probe = { folder("none"), a_fifo, in };
    atomic_store(&inside, true);
    CHECK_ERR(jack_start(&j, &probe, woke, &woken), ERR_NONE);
    CHECK(!jack_plugged(&j));
    jack_stop(&j);
}

TEST(what_is_no_input_device_is_no_jack)
{
    struct jack j;
    enum err e = jack_start(&j, NULL, woke, &woken);
    CHECK(e == ERR_OK || e == ERR_NONE); /* as this machine has one */
    jack_stop(&j);
}
