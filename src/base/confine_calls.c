/* The wall around system calls: a seccomp filter, see seccomp(2). */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/confine.h"

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#define X32_BIT 0x40000000u
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* The search for leaks of the sanitizers stops the threads by tracing them. */
#if defined(__SANITIZE_ADDRESS__)
#define TRACES_ITSELF 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TRACES_ITSELF 1
#endif
#endif

#define NAMESPACES                                                                          \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |          \
     CLONE_NEWPID | CLONE_NEWNET)

#ifdef ARCH

/* What none of our programs does, nor any library that they use. */
static const int never[] = {
#ifndef TRACES_ITSELF
    SYS_ptrace,
#endif
    SYS_process_vm_readv, SYS_process_vm_writev, SYS_pidfd_getfd, SYS_process_madvise,
    SYS_kexec_load, SYS_kexec_file_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
    SYS_bpf, SYS_perf_event_open, SYS_userfaultfd, SYS_io_uring_setup, SYS_io_uring_enter,
    SYS_io_uring_register, SYS_keyctl, SYS_add_key, SYS_request_key, SYS_mount, SYS_umount2,
    SYS_pivot_root, SYS_chroot, SYS_fsopen, SYS_fsconfig, SYS_fsmount, SYS_fspick, SYS_move_mount,
    SYS_open_tree, SYS_mount_setattr, SYS_setns, SYS_unshare, SYS_swapon, SYS_swapoff, SYS_reboot,
    SYS_settimeofday, SYS_clock_settime, SYS_adjtimex, SYS_clock_adjtime, SYS_acct, SYS_quotactl,
    SYS_open_by_handle_at, SYS_name_to_handle_at, SYS_lookup_dcookie, SYS_syslog, SYS_vhangup,
    SYS_personality, SYS_sethostname, SYS_setdomainname, SYS_setuid, SYS_setgid, SYS_setreuid,
    SYS_setregid, SYS_setresuid, SYS_setresgid, SYS_setgroups, SYS_setfsuid, SYS_setfsgid,
    SYS_capset, SYS_fanotify_init,
#ifdef __x86_64__
    SYS_iopl, SYS_ioperm, SYS_modify_ldt, SYS_uselib,
#endif
};
static const int running[] = { SYS_execve, SYS_execveat };
static const int serving[] = { SYS_listen, SYS_accept, SYS_accept4 };

#define FILTER_MAX 400
struct filter {
    struct sock_filter v[FILTER_MAX];
    unsigned short n;
};

/* Room is certain: the lists above are shorter than FILTER_MAX by far. */
static void put(struct filter *f, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
    if (f->n < FILTER_MAX)
        f->v[f->n++] = (struct sock_filter){ .code = code, .jt = yes, .jf = no, .k = k };
}

static void load(struct filter *f, size_t offset)
{
    put(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void end(struct filter *f, uint32_t what)
{
    put(f, BPF_RET | BPF_K, what, 0, 0);
}

static void refuse(struct filter *f, const int *calls, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1);
        end(f, SECCOMP_RET_ERRNO | EPERM);
    }
}

/* The low half of an argument: those that are looked at here are ints. */
static size_t argument(int i)
{
    return offsetof(struct seccomp_data, args) + (size_t)i * sizeof(uint64_t);
}

/* Of one call, where its argument has one of the bits: EPERM. */
static void refuse_bits(struct filter *f, int call, int arg, uint32_t bits)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(f, argument(arg));
    put(f, BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1);
    end(f, SECCOMP_RET_ERRNO | EPERM);
    end(f, SECCOMP_RET_ALLOW);
}

/* Where it has all of the bits. */
static void refuse_all_bits(struct filter *f, int call, int arg, uint32_t bits)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 5);
    load(f, argument(arg));
    put(f, BPF_ALU | BPF_AND | BPF_K, bits, 0, 0);
    put(f, BPF_JMP | BPF_JEQ | BPF_K, bits, 0, 1);
    end(f, SECCOMP_RET_ERRNO | EPERM);
    end(f, SECCOMP_RET_ALLOW);
}

static void refuse_value(struct filter *f, int call, int arg, uint32_t value)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(f, argument(arg));
    put(f, BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
    end(f, SECCOMP_RET_ERRNO | EPERM);
    end(f, SECCOMP_RET_ALLOW);
}

static void only_families(struct filter *f, const struct confine_calls *c)
{
    size_t n = c->n_families < 8 ? c->n_families : 8;
    put(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, (uint8_t)(2 * n + 2));
    load(f, argument(0));
    for (size_t i = 0; i < n; i++) {
        put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)c->families[i], 0, 1);
        end(f, SECCOMP_RET_ALLOW);
    }
    end(f, SECCOMP_RET_ERRNO | EAFNOSUPPORT);
}

static void begin(struct filter *f)
{
    load(f, offsetof(struct seccomp_data, arch));
    put(f, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    end(f, SECCOMP_RET_KILL_PROCESS);
    load(f, offsetof(struct seccomp_data, nr));
#ifdef X32_BIT
    put(f, BPF_JMP | BPF_JGE | BPF_K, X32_BIT, 0, 1);
    end(f, SECCOMP_RET_ERRNO | ENOSYS);
#endif
}

static void build(struct filter *f, const struct confine_calls *c)
{
    static const int connecting = SYS_connect;
    begin(f);
    refuse(f, never, ARRAY_LEN(never));
    if (!c->run)
        refuse(f, running, ARRAY_LEN(running));
    if (!c->serve)
        refuse(f, serving, ARRAY_LEN(serving));
    if (!c->connect)
        refuse(f, &connecting, 1);
    only_families(f, c);
    /* clone3() hands its flags over in memory, where a filter cannot look; without it the C
     * library takes clone(). */
    put(f, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1);
    end(f, SECCOMP_RET_ERRNO | ENOSYS);
    refuse_bits(f, SYS_clone, 0, NAMESPACES);
    refuse_value(f, SYS_ioctl, 1, TIOCSTI); /* types into the terminal that started us */
    if (!c->make_code) {
        refuse_all_bits(f, SYS_mmap, 2, PROT_WRITE | PROT_EXEC);
        refuse_bits(f, SYS_mprotect, 2, PROT_EXEC);
        refuse_bits(f, SYS_pkey_mprotect, 2, PROT_EXEC);
    }
    end(f, SECCOMP_RET_ALLOW);
}

enum err confine_calls(const struct confine_calls *c)
{
    struct filter f = { .n = 0 };
    build(&f, c);
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 }); /* what a visitor typed must not stay */
    struct sock_fprog program = { .len = f.n, .filter = f.v };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return ERR_IO;
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0)
        return ERR_OK;
    return errno == ENOSYS || errno == EINVAL ? ERR_NONE : ERR_IO;
}

#else

enum err confine_calls(const struct confine_calls *c)
{
    (void)c;
    return ERR_NONE;
}

#endif
