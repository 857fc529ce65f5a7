/* Waiting for devices: pipes stand for them, which speak and end as those do. */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sdl/inputs.h"
#include "tests/lib/check.h"

#define LONG_MS 60000

static struct inputs *open_inputs(void)
{
    struct inputs *in = NULL;
    CHECK_OK(inputs_create(check_tmpdir(), &in));
    return in;
}

/* A device that was plugged in: what is written to it, it says. */
static int plug(const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", check_tmpdir(), name);
    CHECK_INT(mkfifo(path, 0600), 0);
    int fd = open(path, O_RDWR | O_CLOEXEC);
    CHECK(fd >= 0);
    return fd;
}

/* It goes when who writes to it does. */
static void pull(int fd, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", check_tmpdir(), name);
    CHECK_INT(unlink(path), 0);
    close(fd);
}

TEST(a_device_that_speaks_ends_the_wait_and_is_quiet_again)
{
    int panel = plug("event0");
    CLEANUP(inputs_destroyp) struct inputs *in = open_inputs();
    CHECK(!inputs_wait(in, 0));
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK(inputs_wait(in, LONG_MS));
    CHECK(!inputs_wait(in, 0));
    pull(panel, "event0");
}

TEST(a_device_that_comes_later_is_heard)
{
    CLEANUP(inputs_destroyp) struct inputs *in = open_inputs();
    int panel = plug("event3"), mouse = plug("mouse0");
    CHECK(inputs_wait(in, LONG_MS)); /* it came */
    while (inputs_wait(in, 0))
        ; /* and was opened */
    CHECK_INT(write(mouse, "moved", 5), 5);
    CHECK(!inputs_wait(in, 0)); /* only what SDL reads counts */
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK(inputs_wait(in, LONG_MS));
    pull(panel, "event3");
    pull(mouse, "mouse0");
}

TEST(a_device_that_went_is_told_once_and_another_takes_its_name)
{
    int panel = plug("event0");
    CLEANUP(inputs_destroyp) struct inputs *in = open_inputs();
    pull(panel, "event0");
    CHECK(inputs_wait(in, LONG_MS));
    while (inputs_wait(in, 0))
        ;
    panel = plug("event0");
    CHECK(inputs_wait(in, LONG_MS));
    while (inputs_wait(in, 0))
        ;
    CHECK_INT(write(panel, "touch", 5), 5);
    CHECK(inputs_wait(in, LONG_MS));
    pull(panel, "event0");
}

static void *wake(void *in)
{
    inputs_wake(in);
    return NULL;
}

TEST(a_wake_from_another_thread_ends_the_wait_even_when_it_came_first)
{
    CLEANUP(inputs_destroyp) struct inputs *in = open_inputs();
    pthread_t thread;
    CHECK_INT(pthread_create(&thread, NULL, wake, in), 0);
    CHECK(inputs_wait(in, LONG_MS));
    CHECK_INT(pthread_join(thread, NULL), 0);
    inputs_wake(in);
    inputs_wake(in);
    CHECK(inputs_wait(in, LONG_MS));
    CHECK(!inputs_wait(in, 0));
}

TEST(no_folder_no_waiting)
{
    struct inputs *in = NULL;
    CHECK_ERR(inputs_create("/nonexistent/input", &in), ERR_NOT_FOUND);
    CHECK(in == NULL);
}
