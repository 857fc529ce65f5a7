/* Each program's confinement: every forbidden thing is tried, and what it needs still works. */
#include "config/confinement.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/lib/check.h"

#define KIOSK (1 << CONFINED_KIOSK)
#define DISPLAY (1 << CONFINED_DISPLAY)
#define NOTICE (1 << CONFINED_NOTICE)
#define DESK (1 << CONFINED_DESK)
#define UPLOAD (1 << CONFINED_UPLOAD)
#define SYNC (1 << CONFINED_SYNC)
#define REGION (1 << CONFINED_REGION_DESK)
#define CTL (1 << CONFINED_CTL)
#define LOOSE (SYNC | REGION | CTL) /* any file and address: their units say more */
#define ALL (KIOSK | DISPLAY | NOTICE | DESK | UPLOAD | LOOSE)
#define NOBODY 0
#define MAYBE (1 << 30) /* nobody whose files are walled; of the others the owner of the file decides */

static char house[400], elsewhere[400], in_tmp[64];
static struct config config;

static const char *in(const char *folder, const char *name)
{
    static char path[4][512];
    static unsigned next;
    char *p = path[next++ % 4];
    snprintf(p, sizeof(path[0]), "%s/%s", folder, name);
    return p;
}

static bool opens(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* ---- things to try; true: it was let through ---- */

static bool write_beside_the_database(void)
{
    return opens(in(house, "dynamo.db-wal"), O_RDWR | O_CREAT);
}
static bool read_a_library(void)
{
    return opens("/usr/lib/os-release", O_RDONLY);
}
static bool read_what_lies_elsewhere(void)
{
    return opens(in(elsewhere, "private"), O_RDONLY);
}
static bool write_elsewhere(void)
{
    return opens(in(elsewhere, "new"), O_WRONLY | O_CREAT);
}
static bool write_in_tmp(void)
{
    return opens(in_tmp, O_WRONLY | O_CREAT);
}
static bool change_a_program(void)
{
    return opens("/usr/lib/os-release", O_WRONLY);
}
static bool read_the_users(void)
{
    return opens("/etc/passwd", O_RDONLY);
}
static bool read_the_registers_secret(void)
{
    return opens(config.reg.secret_file, O_RDONLY);
}
static bool read_another_process(void)
{
    char path[64];
    snprintf(path, sizeof(path), "/proc/%d/environ", getppid());
    return opens(path, O_RDONLY);
}
static bool start_a_program(void)
{
    pid_t pid = vfork();
    if (pid == 0) {
        execl("/bin/true", "true", (char *)NULL);
        _exit(9);
    }
    int status = 0;
    return pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) &&
           WEXITSTATUS(status) == 0;
}
static bool signal_the_parent(void)
{
    return kill(getppid(), 0) == 0;
}
static bool makes_socket(int family)
{
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}
static bool make_an_internet_socket(void)
{
    return makes_socket(AF_INET);
}
static bool make_a_packet_socket(void)
{
    return makes_socket(AF_PACKET);
}
static bool connects(uint16_t port)
{
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
                             .sin_port = htons(port) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool through = fd >= 0 && (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0 ||
                               errno == ECONNREFUSED);
    close(fd);
    return through;
}
static bool connect_to_the_register(void)
{
    return connects(9); /* the port of its address below */
}
static bool connect_to_another_port(void)
{
    return connects(10);
}
static bool listen_on_its_socket(void)
{
    struct sockaddr_un a = { .sun_family = AF_UNIX };
    snprintf(a.sun_path, sizeof(a.sun_path), "%s", in(house, "run/s"));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool through = fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 1) == 0;
    close(fd);
    return through;
}
static bool use_a_kernel_door(void)
{
    return syscall(SYS_io_uring_setup, 1, NULL) != -1 || errno != EPERM;
}
static bool set_the_clock(void)
{
    return syscall(SYS_clock_settime, 0, NULL) != -1 || errno != EPERM;
}
static bool let(long got)
{
    return got != -1 || errno != EPERM;
}
static bool read_anothers_memory(void)
{
    return let(syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0));
}
static bool mount_something(void)
{
    return let(syscall(SYS_mount, "", "", "", 0, NULL));
}
static bool leave_its_root(void)
{
    return let(syscall(SYS_chroot, ""));
}
static bool make_a_namespace(void)
{
    return let(syscall(SYS_unshare, CLONE_NEWUSER));
}
static bool be_another_user(void)
{
    return let(syscall(SYS_setuid, 65534));
}
static bool load_a_module(void)
{
    return let(syscall(SYS_finit_module, -1, "", 0));
}
static bool load_a_bpf_program(void)
{
    return let(syscall(SYS_bpf, 0, NULL, 0));
}
static bool read_kernel_keys(void)
{
    return let(syscall(SYS_keyctl, 0, 0, 0, 0, 0));
}
static bool read_the_kernels_log(void)
{
    return let(syscall(SYS_syslog, 10, NULL, 0));
}
static bool restart_the_machine(void)
{
    return let(syscall(SYS_reboot, 0, 0, 0, NULL)); /* wrong magic: EINVAL where it is let */
}
static bool run_what_it_wrote(void)
{
    void *code = mmap(NULL, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code != MAP_FAILED;
}
static bool listen_on_a_port(void)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    bool through = fd >= 0 && bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 1) == 0;
    if (fd >= 0)
        close(fd);
    return through;
}
static bool leave_a_core_file(void)
{
    struct rlimit l = { 0 };
    return getrlimit(RLIMIT_CORE, &l) != 0 || l.rlim_max != 0;
}

/* `newest`: the least Landlock ABI that has this wall; 0: seccomp. */
static const struct attempt {
    const char *what;
    bool (*go)(void);
    int allowed; /* to whom */
    int abi;
} attempts[] = {
    { "write beside the database", write_beside_the_database, ALL & ~NOTICE, 1 },
    { "read a library", read_a_library, ALL, 1 },
    { "read what lies elsewhere", read_what_lies_elsewhere, LOOSE, 1 },
    { "write elsewhere", write_elsewhere, LOOSE, 1 },
    { "write in /tmp", write_in_tmp, LOOSE, 1 },
    { "change a program", change_a_program, MAYBE, 1 },
    { "read the users", read_the_users, KIOSK | DISPLAY | LOOSE, 1 },
    { "read the register's secret", read_the_registers_secret, UPLOAD | LOOSE, 1 },
    { "read another process", read_another_process, MAYBE, 1 },
    { "start a program", start_a_program, KIOSK | DISPLAY | CTL, 0 },
    { "signal the parent", signal_the_parent, LOOSE, 6 },
    { "make an internet socket", make_an_internet_socket, UPLOAD | LOOSE, 0 },
    { "make a packet socket", make_a_packet_socket, NOBODY, 0 },
    { "connect to the register", connect_to_the_register, UPLOAD | LOOSE, 0 },
    { "connect to another port", connect_to_another_port, LOOSE, 4 },
    { "listen on its socket", listen_on_its_socket, DESK | REGION, 0 },
    { "listen on a port", listen_on_a_port, REGION, 0 },
    { "use io_uring", use_a_kernel_door, NOBODY, 0 },
    { "set the clock", set_the_clock, NOBODY, 0 },
    { "read another's memory", read_anothers_memory, NOBODY, 0 },
    { "mount something", mount_something, NOBODY, 0 },
    { "leave its root", leave_its_root, NOBODY, 0 },
    { "make a namespace", make_a_namespace, NOBODY, 0 },
    { "be another user", be_another_user, NOBODY, 0 },
    { "load a module", load_a_module, NOBODY, 0 },
    { "load a BPF program", load_a_bpf_program, NOBODY, 0 },
    { "read keys of the kernel", read_kernel_keys, NOBODY, 0 },
    { "read the kernel's log", read_the_kernels_log, NOBODY, 0 },
    { "restart the machine", restart_the_machine, NOBODY, 0 },
    { "run what it wrote", run_what_it_wrote, KIOSK | DISPLAY, 0 },
    { "leave a core file", leave_a_core_file, NOBODY, 0 },
};

static bool let_through(const struct attempt *a, enum confined program)
{
    char db[512], where[512];
    snprintf(db, sizeof(db), "%s", in(house, "dynamo.db"));
    snprintf(where, sizeof(where), "unix:%s", in(house, "run/s"));
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        program_confine(&(struct confinement){ .program = program, .config = &config, .db = db,
                                               .where = where,
                                               .loose = LOOSE & 1 << program });
        _exit(a->go() ? 1 : 0);
    }
    int status = 0;
    CHECK(waitpid(pid, &status, 0) == pid);
    unlink(in(house, "run/s"));
    unlink(in_tmp);
    if (!WIFEXITED(status))
        CHECK_FAIL("%s: program %d: ended by signal %d", a->what, program, WTERMSIG(status));
    return WEXITSTATUS(status) == 1;
}

static void write_file(const char *path)
{
    CHECK(opens(path, O_WRONLY | O_CREAT));
}

static void make_house(void)
{
    snprintf(house, sizeof(house), "%s/house", check_tmpdir());
    snprintf(elsewhere, sizeof(elsewhere), "%s/elsewhere", check_tmpdir());
    snprintf(in_tmp, sizeof(in_tmp), "/tmp/dynamo-test-confinement-%d", getpid());
    CHECK_INT(mkdir(house, 0700), 0);
    CHECK_INT(mkdir(in(house, "run"), 0700), 0);
    CHECK_INT(mkdir(elsewhere, 0700), 0);
    write_file(in(elsewhere, "private"));
    write_file(in(elsewhere, "secret"));
    config_defaults(&config);
    snprintf(config.reg.secret_file, sizeof(config.reg.secret_file), "%s",
             in(elsewhere, "secret"));
    snprintf(config.reg.zaken_url, sizeof(config.reg.zaken_url), "http://127.0.0.1:9/zaken/");
}

TEST(each_program_reaches_what_it_needs_and_nothing_else)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, 1u);
    log_init("test", LOG_LEVEL_ERR);
    make_house();
    for (size_t i = 0; i < ARRAY_LEN(attempts); i++) {
        const struct attempt *a = &attempts[i];
        if (a->abi > 0 && a->abi > abi) {
            print_message("skip %s: this kernel's Landlock (ABI %ld) has no wall there\n", a->what,
                          abi);
            continue;
        }
        for (int program = CONFINED_KIOSK; program <= CONFINED_CTL; program++) {
            if (a->allowed == MAYBE && LOOSE & 1 << program)
                continue;
            bool through = let_through(a, (enum confined)program);
            if (through != !!(a->allowed & 1 << program))
                CHECK_FAIL("%s: program %d was %s", a->what, program, through ? "let" : "refused");
        }
    }
}
