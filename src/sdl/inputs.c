#include "sdl/inputs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"

enum { WOKEN, FOLDER, DEVICES }; /* what the descriptors are; devices from there on */

#define FDS_MAX 34
#define NAME_SIZE 32
#define PATH_SIZE 256

struct inputs {
    char folder[PATH_SIZE];
    struct pollfd fds[FDS_MAX];
    char names[FDS_MAX][NAME_SIZE];
    nfds_t n;
};

/* What it says is read only to be gone. False: the device is. */
static bool drain(int fd)
{
    char bytes[4096];
    ssize_t n;
    while ((n = read(fd, bytes, sizeof(bytes))) > 0)
        mem_wipe(bytes, (size_t)n);
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static void forget(struct inputs *in, nfds_t i)
{
    close(in->fds[i].fd);
    in->n--;
    in->fds[i] = in->fds[in->n];
    memcpy(in->names[i], in->names[in->n], NAME_SIZE);
}

static bool known(const struct inputs *in, const char *name)
{
    for (nfds_t i = DEVICES; i < in->n; i++)
        if (strcmp(in->names[i], name) == 0)
            return true;
    return false;
}

/* One that may not be read yet is met again when its rights change. */
static void meet(struct inputs *in, const char *name)
{
    char path[PATH_SIZE + NAME_SIZE + 1];
    if (in->n >= FDS_MAX || strlen(name) >= NAME_SIZE || known(in, name))
        return;
    snprintf(path, sizeof(path), "%s/%s", in->folder, name);
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return;
    in->fds[in->n] = (struct pollfd){ .fd = fd, .events = POLLIN };
    snprintf(in->names[in->n], NAME_SIZE, "%s", name);
    in->n++;
}

static void look_around(struct inputs *in)
{
    DIR *d = opendir(in->folder);
    if (!d)
        return;
    for (const struct dirent *e; (e = readdir(d)) != NULL;)
        if (strncmp(e->d_name, "event", 5) == 0)
            meet(in, e->d_name);
    closedir(d);
}

enum err inputs_create(const char *folder, struct inputs **ret_inputs)
{
    if (strlen(folder) >= PATH_SIZE)
        return ERR_INVAL;
    CLEANUP(inputs_destroyp) struct inputs *in = mem_calloc(1, sizeof(*in));
    if (!in)
        return ERR_NOMEM;
    memcpy(in->folder, folder, strlen(folder) + 1);
    in->fds[WOKEN] = (struct pollfd){ .fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), .events = POLLIN };
    in->fds[FOLDER] = (struct pollfd){ .fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC), .events = POLLIN };
    in->n = DEVICES;
    if (in->fds[WOKEN].fd < 0 || in->fds[FOLDER].fd < 0)
        return ERR_IO;
    if (inotify_add_watch(in->fds[FOLDER].fd, folder, IN_CREATE | IN_ATTRIB | IN_DELETE) < 0)
        return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
    look_around(in);
    *ret_inputs = TAKE(in);
    return ERR_OK;
}

void inputs_destroy(struct inputs *in)
{
    if (!in)
        return;
    for (nfds_t i = 0; i < in->n; i++)
        if (in->fds[i].fd >= 0)
            close(in->fds[i].fd);
    mem_free(in);
}

void inputs_destroyp(struct inputs **in)
{
    inputs_destroy(*in);
    *in = NULL;
}

bool inputs_wait(struct inputs *in, int timeout_ms)
{
    int n = poll(in->fds, in->n, timeout_ms);
    if (n <= 0)
        return n < 0;
    bool changed = in->fds[FOLDER].revents != 0;
    for (nfds_t i = in->n; i-- > 0;)
        if (in->fds[i].revents && !drain(in->fds[i].fd) && i >= DEVICES)
            forget(in, i);
    if (changed)
        look_around(in);
    return true;
}

void inputs_wake(struct inputs *in)
{
    const uint64_t once = 1;
    /* Full is as good as once more: whoever waits is awake then. */
    ssize_t n = write(in->fds[WOKEN].fd, &once, sizeof(once));
    (void)n;
}
