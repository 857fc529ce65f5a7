#include "base/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/lib/check.h"

#define NO_LANDLOCK 77

/* A child that ends with what `body` returns: 0, or the number of the step that went wrong. */
static int in_child(int (*body)(void))
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(body());
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
}

static bool skipped(int status, const char *test)
{
    if (status == NO_LANDLOCK)
        print_message("skip %s: this kernel has no Landlock\n", test);
    return status == NO_LANDLOCK;
}

static const char *at(const char *name)
{
    static char path[4][512];
    static unsigned next;
    char *p = path[next++ % 4];
    snprintf(p, sizeof(path[0]), "%s/%s", check_tmpdir(), name);
    return p;
}

static int try_open(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return 0;
}

/* ---- files ---- */

static int files_body(void)
{
    const struct confine_place places[] = { { at("kept"), CONFINE_READ | CONFINE_WRITE },
                                            { at("seen"), CONFINE_READ },
                                            { at("file"), CONFINE_READ },
                                            { at("nowhere"), CONFINE_READ } };
    enum err e = confine_files(&(struct confine_files){ .places = places, .n = 4 });
    if (e == ERR_NONE)
        return NO_LANDLOCK;
    if (e != ERR_OK)
        return 1;
    if (try_open(at("kept/new"), O_CREAT | O_RDWR) != 0)
        return 2;
    if (unlink(at("kept/new")) != 0)
        return 3;
    if (try_open(at("seen/old"), O_RDONLY) != 0)
        return 4;
    if (try_open(at("seen/old"), O_WRONLY) != EACCES)
        return 5;
    if (try_open(at("seen/new"), O_CREAT | O_RDWR) != EACCES)
        return 6;
    if (try_open(at("file"), O_RDONLY) != 0)
        return 7;
    if (try_open(at("other"), O_RDONLY) != EACCES || try_open(check_tmpdir(), O_RDONLY) != EACCES)
        return 8;
    if (symlink("x", at("kept/link")) == 0 || mkdir(at("kept/folder"), 0700) == 0)
        return 9;
    return 0;
}

TEST(only_the_places_of_the_list_can_be_reached)
{
    CHECK_INT(mkdir(at("kept"), 0700), 0);
    CHECK_INT(mkdir(at("seen"), 0700), 0);
    CHECK_INT(try_open(at("seen/old"), O_CREAT | O_RDWR), 0);
    CHECK_INT(try_open(at("file"), O_CREAT | O_RDWR), 0);
    CHECK_INT(try_open(at("other"), O_CREAT | O_RDWR), 0);
    int status = in_child(files_body);
    if (!skipped(status, "only_the_places_of_the_list_can_be_reached"))
        CHECK_INT(status, 0);
}

static int bind_tcp(void)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int bad = fd < 0 ? errno : bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 ? 0 : errno;
    close(fd);
    return bad;
}

static int connect_tcp(uint16_t port)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons(port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int bad = fd < 0 ? errno : connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0 ? 0 : errno;
    close(fd);
    return bad;
}

static int tcp_body(void)
{
    static const uint16_t ports[] = { 1 }; /* nobody listens there */
    enum err e = confine_files(&(struct confine_files){ .ports = ports, .n_ports = 1 });
    if (e == ERR_NONE || syscall(SYS_landlock_create_ruleset, NULL, 0, 1u) < 4)
        return NO_LANDLOCK;
    if (bind_tcp() != EACCES)
        return 1;
    if (connect_tcp(1) != ECONNREFUSED)
        return 2;
    return connect_tcp(2) == EACCES ? 0 : 3;
}

TEST(tcp_goes_to_the_named_ports_only)
{
    int status = in_child(tcp_body);
    if (!skipped(status, "tcp_goes_to_the_named_ports_only"))
        CHECK_INT(status, 0);
}

/* ---- calls ---- */

static const int unix_only[] = { AF_UNIX };
static const struct confine_calls least = { .families = unix_only, .n_families = 1 };

static bool refused(long got)
{
    return got == -1 && errno == EPERM;
}

static int calls_body(void)
{
    if (confine_calls(&least) != ERR_OK)
        return 1;
    if (!refused(syscall(SYS_bpf, 0, NULL, 0)) || !refused(syscall(SYS_mount, "", "", "", 0, NULL)))
        return 2;
    if (!refused(syscall(SYS_process_vm_readv, getpid(), NULL, 0, NULL, 0, 0)))
        return 3;
    if (!refused(syscall(SYS_setuid, 65534)) || !refused(syscall(SYS_unshare, CLONE_NEWUSER)))
        return 4;
    if (!refused(syscall(SYS_clone, (unsigned long)CLONE_NEWUSER, 0, 0, 0, 0)))
        return 5;
    if (!refused(syscall(SYS_keyctl, 0, 0, 0, 0, 0)) || !refused(syscall(SYS_io_uring_setup, 1, 0)))
        return 6;
    if (!refused(execl("/bin/true", "true", (char *)NULL)))
        return 7;
    if (socket(AF_INET, SOCK_STREAM, 0) != -1 || errno != EAFNOSUPPORT)
        return 8;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return 9;
    struct sockaddr a = { .sa_family = AF_UNIX };
    if (!refused(listen(fd, 1)) || !refused(accept4(fd, NULL, NULL, 0)) ||
        !refused(connect(fd, &a, sizeof(a))))
        return 10;
    close(fd);
    return 0;
}

TEST(calls_that_no_program_makes_are_refused)
{
    CHECK_INT(in_child(calls_body), 0);
}

static int memory_body(void)
{
    if (confine_calls(&least) != ERR_OK)
        return 1;
    void *data = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED)
        return 2;
    if (!refused(mprotect(data, 4096, PROT_READ | PROT_EXEC)))
        return 3;
    void *both = mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return both == MAP_FAILED && errno == EPERM ? 0 : 4;
}

TEST(memory_that_was_written_cannot_be_run)
{
    CHECK_INT(in_child(memory_body), 0);
}

static int granted_body(void)
{
    static const int both[] = { AF_UNIX, AF_INET };
    if (confine_calls(&(struct confine_calls){ .families = both, .n_families = 2, .run = true,
                                               .serve = true, .connect = true,
                                               .make_code = true }) != ERR_OK)
        return 1;
    if (bind_tcp() != 0 || connect_tcp(1) != ECONNREFUSED)
        return 2;
    void *code = mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (code == MAP_FAILED || mprotect(code, 4096, PROT_READ | PROT_EXEC) != 0)
        return 3;
    execl("/bin/true", "true", (char *)NULL);
    return 4;
}

TEST(what_is_granted_works)
{
    CHECK_INT(in_child(granted_body), 0);
}

static void *run_thread(void *arg)
{
    *(int *)arg = (int)(syscall(SYS_bpf, 0, NULL, 0) == -1 ? errno : 0);
    return NULL;
}

static int thread_body(void)
{
    pthread_t t;
    int got = 0;
    if (confine_calls(&least) != ERR_OK || confine_files(&(struct confine_files){ 0 }) == ERR_IO)
        return 1;
    if (pthread_create(&t, NULL, run_thread, &got) != 0 || pthread_join(t, NULL) != 0)
        return 2;
    return got == EPERM && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 3;
}

TEST(a_thread_made_afterwards_is_confined_too)
{
    CHECK_INT(in_child(thread_body), 0);
}
