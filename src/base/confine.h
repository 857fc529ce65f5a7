/*
 * src/base/confine.h - a program gives up, for good, what it does not need.
 *
 * Two walls beside those of its systemd unit, which hold wherever it is started, without
 * root: Landlock for files and TCP, seccomp for system calls. Both are inherited by threads
 * and children made afterwards, and nobody can take them down. What is open already stays
 * open. Call it once, before threads are made.
 */
#ifndef BASE_CONFINE_H
#define BASE_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/err.h"

enum confine_right {
    CONFINE_READ = 1,    /* files, and the lists of folders */
    CONFINE_WRITE = 2,   /* change, make and remove files */
    CONFINE_RUN = 4,     /* start programs */
    CONFINE_DEVICE = 8,  /* ioctl() on devices */
    CONFINE_SOCKET = 16, /* make and remove sockets in a folder */
};

/* A file, or a folder with all that is in it. One that is not there is passed over. */
struct confine_place {
    const char *path;
    unsigned rights; /* of enum confine_right */
};

struct confine_files {
    const struct confine_place *places;
    size_t n;
    bool any_tcp;           /* TCP is left alone (the call filter decides) */
    const uint16_t *ports;  /* to which it may connect; it can listen on none */
    size_t n_ports;
    bool abstract_sockets;  /* may reach those of programs outside: X11 has one */
};

/*
 * Only these places can be reached from now on; anything else is EACCES, also for root.
 * Processes outside cannot be signalled or traced where the kernel knows how (ABI 6).
 * ERR_NONE  this kernel has no Landlock, or it is switched off: nothing was done
 * ERR_IO    the kernel refused; ERR_NOMEM
 */
NODISCARD enum err confine_files(const struct confine_files *c);

struct confine_calls {
    const int *families; /* of sockets that may be made: AF_UNIX ... */
    size_t n_families;
    bool run;       /* may start programs */
    bool serve;     /* may listen and accept */
    bool connect;   /* may connect a socket */
    bool make_code; /* memory may be written and run: compilers of shaders do that */
};

/*
 * System calls that no program of ours makes are refused with EPERM: tracing and reading other
 * processes, mounts, namespaces, modules, keys, clocks, bpf, io_uring, other users ... and
 * what `c` does not grant. A call of another processor's numbering ends the program. A crash
 * leaves no core file.
 * ERR_NONE  no seccomp in this kernel, or a processor that is not known here
 * ERR_IO    the kernel refused
 */
NODISCARD enum err confine_calls(const struct confine_calls *c);

#endif
