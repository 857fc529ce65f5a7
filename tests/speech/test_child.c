#include "speech/child.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

TEST(a_child_ends_and_is_waited_for)
{
    struct child c = { 0 };
    CHECK_OK(child_start(&c, (const char *const[]){ "/bin/true", NULL }, -1));
    CHECK(c.pid > 0);
    CHECK_SOON(child_gone(&c));
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
    char there[512], script[600];
    int status = 0;
    snprintf(there, sizeof(there), "%s/there", check_tmpdir());
    snprintf(script, sizeof(script), "sleep 1000 & >'%s'; wait", there);
    CHECK_INT(prctl(PR_SET_CHILD_SUBREAPER, 1), 0); /* the grandchild becomes ours to wait for */
    CHECK_OK(child_start(&c, (const char *const[]){ "/bin/sh", "-c", script, NULL }, -1));
    pid_t group = c.pid;
    CHECK_SOON(access(there, F_OK) == 0);
    child_done(&c);
    CHECK_INT(c.pid, 0);
    CHECK(waitpid(-group, &status, 0) > 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    CHECK(kill(-group, 0) < 0);
    CHECK_INT(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
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
