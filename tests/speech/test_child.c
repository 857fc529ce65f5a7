#include "speech/child.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

static bool gone_soon(struct child *c)
{
    for (int i = 0; i < 500; i++) {
        if (child_gone(c))
            return true;
        poll(NULL, 0, 10);
    }
    return false;
}

TEST(a_child_ends_and_is_waited_for)
{
    struct child c = { 0 };
    CHECK_OK(child_start(&c, (const char *const[]){ "/bin/true", NULL }, -1));
    CHECK(c.pid > 0);
    CHECK(gone_soon(&c));
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
}

TEST(a_program_that_is_not_there_is_an_error_and_no_child)
{
    struct child c = { 0 };
    CHECK_ERR(child_start(&c, (const char *const[]){ "/no/such/program", NULL }, -1), ERR_IO);
    CHECK_INT(c.pid, 0);
    CHECK(child_gone(&c));
}

TEST(its_own_children_are_ended_with_it)
{
    struct child c = { 0 };
    CHECK_OK(child_start(&c, (const char *const[]){ "/bin/sh", "-c", "sleep 30 & wait", NULL },
                         -1));
    pid_t group = c.pid;
    poll(NULL, 0, 100);
    child_done(&c);
    CHECK_INT(c.pid, 0);
    for (int i = 0; i < 200 && kill(-group, 0) == 0; i++)
        poll(NULL, 0, 10); /* the grandchild is init's to wait for */
    CHECK(kill(-group, 0) < 0);
}

TEST(a_program_is_found_on_the_path)
{
    char path[256];
    CHECK(setenv("PATH", "/nowhere::/bin", 1) == 0);
    CHECK(child_find("sh", path, sizeof(path)));
    CHECK_STR(path, "/bin/sh");
    CHECK(!child_find("no-such-program", path, sizeof(path)));
    CHECK(!child_find("sh", path, 5));
}

TEST(what_goes_to_stdin_starts_at_its_first_byte)
{
    char got[8] = "";
    int fd = -1;
    CHECK_OK(child_stdin("hello", 5, &fd));
    CHECK_INT(read(fd, got, sizeof(got)), 5);
    CHECK_STR(got, "hello");
    close(fd);
}
