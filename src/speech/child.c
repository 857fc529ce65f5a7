#include "speech/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* Where to find the programs, the sound server and the card: a child gets no more. */
static const char *const passed_on[] = { "PATH", "HOME", "XDG_RUNTIME_DIR", "PULSE_SERVER",
                                         "PIPEWIRE_REMOTE", "ALSA_CARD", "ALSA_CONFIG_PATH" };
#define ENV_BYTES 2048

struct env {
    char text[ENV_BYTES];
    size_t n;
    char *v[ARRAY_LEN(passed_on) + 2];
    size_t n_v;
};

static void env_add(struct env *e, const char *name, const char *value)
{
    int n = snprintf(e->text + e->n, sizeof(e->text) - e->n, "%s=%s", name, value);

    if (n < 0 || (size_t)n >= sizeof(e->text) - e->n)
        return;
    e->v[e->n_v++] = e->text + e->n;
    e->n += (size_t)n + 1;
}

static void env_fill(struct env *e)
{
    *e = (struct env){ .n = 0 };
    env_add(e, "LC_ALL", "C.UTF-8");
    for (size_t i = 0; i < ARRAY_LEN(passed_on); i++) {
        const char *value = getenv(passed_on[i]);
        if (value)
            env_add(e, passed_on[i], value);
    }
}

enum err child_stdin(const void *bytes, size_t n, int *ret_fd)
{
    int fd = memfd_create("dynamo-sound", MFD_CLOEXEC);

    if (fd < 0)
        return ERR_IO;
    for (size_t at = 0; at < n;) {
        ssize_t put = write(fd, (const char *)bytes + at, n - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            close(fd);
            return ERR_IO;
        }
        at += (size_t)put;
    }
    if (lseek(fd, 0, SEEK_SET) != 0) {
        close(fd);
        return ERR_IO;
    }
    *ret_fd = fd;
    return ERR_OK;
}

/* 0 when all went in. */
static int set_files(posix_spawn_file_actions_t *files, int in)
{
    int bad = in >= 0 ? posix_spawn_file_actions_adddup2(files, in, STDIN_FILENO)
                      : posix_spawn_file_actions_addopen(files, STDIN_FILENO, "/dev/null",
                                                         O_RDONLY, 0);
    bad |= posix_spawn_file_actions_addopen(files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bad |= posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    bad |= posix_spawn_file_actions_addclosefrom_np(files, STDERR_FILENO + 1);
    return bad;
}

static int set_signals(posix_spawnattr_t *attr)
{
    sigset_t none, all;

    sigemptyset(&none);
    sigfillset(&all);
    int bad = posix_spawnattr_setflags(attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                 POSIX_SPAWN_SETSIGDEF);
    bad |= posix_spawnattr_setpgroup(attr, 0);
    bad |= posix_spawnattr_setsigmask(attr, &none);
    bad |= posix_spawnattr_setsigdefault(attr, &all);
    return bad;
}

enum err child_start(struct child *c, const char *const *argv, int in)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attr;
    struct env env;
    pid_t pid = 0;

    if (posix_spawn_file_actions_init(&files) != 0)
        return ERR_IO;
    if (posix_spawnattr_init(&attr) != 0) {
        posix_spawn_file_actions_destroy(&files);
        return ERR_IO;
    }
    env_fill(&env);
    int bad = set_files(&files, in) | set_signals(&attr);
    if (!bad)
        bad = posix_spawn(&pid, argv[0], &files, &attr, (char *const *)argv, env.v);
    posix_spawnattr_destroy(&attr);
    posix_spawn_file_actions_destroy(&files);
    if (bad)
        return ERR_IO;
    c->pid = pid;
    return ERR_OK;
}

bool child_gone(struct child *c)
{
    if (c->pid == 0)
        return true;
    pid_t got = waitpid(c->pid, NULL, WNOHANG);
    if (got == 0 || (got < 0 && errno == EINTR))
        return false;
    c->pid = 0; /* ended, or taken by somebody who waits for all children */
    return true;
}

void child_kill(struct child *c)
{
    if (c->pid > 0)
        kill(-c->pid, SIGKILL);
}

void child_done(struct child *c)
{
    child_kill(c);
    while (c->pid > 0 && waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    *c = (struct child){ 0 };
}

bool child_find(const char *name, char *out, size_t n)
{
    const char *path = getenv("PATH");

    for (const char *at = path ? path : "/usr/local/bin:/usr/bin:/bin"; *at;) {
        size_t len = strcspn(at, ":");
        int put = snprintf(out, n, "%.*s/%s", (int)len, at, name);
        if (len > 0 && put > 0 && (size_t)put < n && access(out, X_OK) == 0)
            return true;
        at += len + (at[len] == ':');
    }
    return false;
}
