/*
 * tests/faults/calls.h - the simulated disk under the system calls, and a clock to go with it.
 *
 * Whatever the product and SQLite do to a file below DISK_ROOT happens on the disk of disk.h;
 * all else goes to the real system. The product's own calls come here by the linker (--wrap),
 * SQLite's by its table of system calls, and fsync() and fdatasync() by their names: so what
 * runs is the product as it is, with SQLite's own Unix files, locks and shared memory.
 *
 * Both clocks are the simulation's too: they stand still but for calls_advance() and for who
 * sleeps.
 *
 * Any call can cut the power or fail. Once the power is off, or a program is being killed, no
 * call has an effect any more and each fails with EIO, until calls_power_on() or
 * calls_revive(); closing a file always works.
 */
#ifndef TESTS_FAULTS_CALLS_H
#define TESTS_FAULTS_CALLS_H

#include "base/clock.h"
#include "tests/faults/disk.h"

#define DISK_ROOT "/sim"

enum call_kind {
    CALL_OPEN,
    CALL_READ,
    CALL_WRITE,
    CALL_SYNC,
    CALL_LOCK, /* fcntl() and flock() */
    CALL_SIZE, /* ftruncate() */
    CALL_NAME, /* rename, unlink, mkdir, chmod */
    CALL_KINDS
};
extern const char *const call_names[CALL_KINDS];

/* Chances are of a million calls of the kind; the rest is exact and for exhaustive tests. */
struct call_faults {
    uint32_t cut;              /* the power, at any call */
    uint32_t kill;             /* the program, at any call */
    uint32_t fail[CALL_KINDS]; /* EIO; of CALL_LOCK: somebody else holds it */
    int64_t sync_ms;           /* what each sync takes, on the clock */
    uint32_t lie;              /* syncs that do nothing and say that they did */
    uint32_t partly;           /* reads and writes that do less than they were asked */
    unsigned long cut_at;      /* the n-th call from now; 0 never */
    enum call_kind at_kind;
    unsigned long fail_at; /* the n-th call of that kind from now; 0 never */
    bool for_ever;         /* and all of that kind after it */
    int64_t room;          /* bytes on the disk; 0 no limit: a write beyond is ENOSPC */
    bool read_only;        /* writes fail with EROFS, as after a remount */
    bool pages;            /* a cut may destroy a flash page */
};

/* Takes over a disk; what was there before is destroyed. All faults off, power on. */
void calls_mount(struct disk *d, uint64_t seed);
struct disk *calls_disk(void);
/* The disk is the caller's again, and calls below DISK_ROOT fail. No file may be open. */
struct disk *calls_unmount(void);

struct call_faults *calls_faults(void); /* to be changed */
void calls_no_faults(void);
unsigned long calls_count(enum call_kind k); /* so far */
unsigned long calls_all(void);
unsigned long calls_failed(void); /* were made to fail so far */

bool calls_power_is_off(void);
void calls_power_off(void);
/* Everything is closed: what the cut left is there now. */
void calls_power_on(void);
/* A program is being killed: closing its files reaches nothing. */
void calls_kill(void);
bool calls_is_killed(void);
void calls_revive(void);
int calls_open_files(void);

/* ---- time ---- */
void calls_set_wall(utc_ms wall); /* a step: only the wall clock */
utc_ms calls_wall(void);
void calls_advance(int64_t ms);

#endif
