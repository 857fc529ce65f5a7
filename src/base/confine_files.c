/* The wall around files and TCP: Landlock, https://docs.kernel.org/userspace-api/landlock.html */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/confine.h"

/* Debian 12's headers know ABI 2; the kernel may know more. Values of linux/landlock.h. */
#define FS_REFER (1ULL << 13)     /* ABI 2 */
#define FS_TRUNCATE (1ULL << 14)  /* ABI 3 */
#define FS_IOCTL_DEV (1ULL << 15) /* ABI 5 */
#define NET_BIND_TCP (1ULL << 0)  /* ABI 4 */
#define NET_CONNECT_TCP (1ULL << 1)
#define SCOPE_ABSTRACT_UNIX (1ULL << 0) /* ABI 6 */
#define SCOPE_SIGNAL (1ULL << 1)
#define RULE_NET_PORT 2

#define FS_FILE                                                                      \
    (LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |                    \
     LANDLOCK_ACCESS_FS_READ_FILE | FS_TRUNCATE | FS_IOCTL_DEV)
#define FS_ABI_1 ((1ULL << 13) - 1)

struct ruleset { /* struct landlock_ruleset_attr of ABI 6 */
    uint64_t fs, net, scoped;
};
struct port_rule { /* struct landlock_net_port_attr */
    uint64_t access, port;
};

static void fd_closep(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static uint64_t fs_of_abi(long abi)
{
    return FS_ABI_1 | (abi >= 2 ? FS_REFER : 0) | (abi >= 3 ? FS_TRUNCATE : 0) |
           (abi >= 5 ? FS_IOCTL_DEV : 0);
}

static uint64_t fs_of_rights(unsigned rights)
{
    uint64_t fs = 0;
    if (rights & CONFINE_READ)
        fs |= LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
    if (rights & CONFINE_WRITE)
        fs |= LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG |
              LANDLOCK_ACCESS_FS_REMOVE_FILE | FS_TRUNCATE;
    if (rights & CONFINE_RUN)
        fs |= LANDLOCK_ACCESS_FS_EXECUTE;
    if (rights & CONFINE_DEVICE)
        fs |= FS_IOCTL_DEV;
    if (rights & CONFINE_SOCKET)
        fs |= LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_REMOVE_FILE;
    return fs;
}

static enum err add_place(int ruleset, const struct confine_place *p, uint64_t handled)
{
    CLEANUP(fd_closep) int fd = open(p->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? ERR_OK : ERR_IO;
    struct stat st;
    if (fstat(fd, &st) != 0)
        return ERR_IO;
    uint64_t allowed = fs_of_rights(p->rights) & handled;
    if (!S_ISDIR(st.st_mode))
        allowed &= FS_FILE;
    struct landlock_path_beneath_attr rule = { .allowed_access = allowed, .parent_fd = fd };
    if (allowed == 0)
        return ERR_OK;
    return syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0
               ? ERR_OK
               : ERR_IO;
}

static enum err add_port(int ruleset, uint16_t port)
{
    struct port_rule rule = { .access = NET_CONNECT_TCP, .port = port };
    return syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &rule, 0) == 0 ? ERR_OK : ERR_IO;
}

static int make_ruleset(const struct confine_files *c, long abi, struct ruleset *r)
{
    *r = (struct ruleset){ .fs = fs_of_abi(abi) };
    if (abi >= 4 && !c->any_tcp)
        r->net = NET_BIND_TCP | NET_CONNECT_TCP;
    if (abi >= 6)
        r->scoped = SCOPE_SIGNAL | (c->abstract_sockets ? 0 : SCOPE_ABSTRACT_UNIX);
    size_t size = abi >= 6 ? sizeof(*r) : abi >= 4 ? 2 * sizeof(uint64_t) : sizeof(uint64_t);
    return (int)syscall(SYS_landlock_create_ruleset, r, size, 0);
}

enum err confine_files(const struct confine_files *c)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return ERR_NONE;
    struct ruleset r;
    CLEANUP(fd_closep) int ruleset = make_ruleset(c, abi, &r);
    enum err e = ruleset < 0 ? ERR_IO : ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < c->n; i++)
        e = add_place(ruleset, &c->places[i], r.fs);
    for (size_t i = 0; e == ERR_OK && r.net && i < c->n_ports; i++)
        e = add_port(ruleset, c->ports[i]);
    if (e != ERR_OK)
        return e;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return ERR_IO;
    return syscall(SYS_landlock_restrict_self, ruleset, 0) == 0 ? ERR_OK : ERR_IO;
}
