/*
 * tests/faults/disk.h - a disk in memory that loses power, as Linux shows it to programs.
 *
 * A disk has two faces: what programs see (the page cache) and what would still be there after
 * a power cut. A write, a new size and a change of a folder are pending until the file, or the
 * folder, is synced. A power cut keeps any part of what is pending: all, nothing, or a random
 * choice of it in any order, torn at a sector or in the middle of one, on wish with one 4 KiB
 * flash page under a write destroyed. A failed sync drops a random part of what was pending and
 * calls the rest clean, as Linux does: programs go on seeing it, and the next sync succeeds.
 * Changes of folders survive in their order, up to some point.
 *
 * This file is the disk; calls.h puts it under the system calls of the product and of SQLite.
 * Memory that runs out ends the test. Not for threads.
 */
#ifndef TESTS_FAULTS_DISK_H
#define TESTS_FAULTS_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/rng.h"

#define DISK_PATH 64
#define DISK_PAGE 4096
#define DISK_NO_NODE (-1)

struct disk;

enum disk_cut {
    DISK_CUT_ALL,  /* everything pending had just been written */
    DISK_CUT_NONE, /* nothing of it */
    DISK_CUT_SOME, /* some of it, reordered and torn */
    DISK_CUT_PAGE, /* the same, and the flash page that was being written is gone */
    DISK_CUT_KINDS
};

struct disk *disk_create(void);    /* with the folder DISK_ROOT */
void disk_destroy(struct disk *d); /* NULL is fine */
/* Cheap: pages are shared until they are written. */
struct disk *disk_copy(const struct disk *d);

/* What is seen after a power cut and a restart. */
void disk_cut(struct disk *d, enum disk_cut kind, struct rng *r);
/* The same while the flash page that holds byte `at` of a file is being written: it comes out as
 * noise. False, and the power stays on, when no write to that page is pending. */
bool disk_cut_in_page(struct disk *d, int node, off_t at, enum disk_cut kind, struct rng *r);

/* ---- names ---- */

int disk_find(const struct disk *d, const char *path); /* a node, or DISK_NO_NODE */
int disk_make(struct disk *d, const char *path, bool folder, mode_t mode);
void disk_unlink(struct disk *d, const char *path);
void disk_rename(struct disk *d, const char *from, const char *to);
void disk_sync_folder(struct disk *d, const char *path);
int disk_links(const struct disk *d, int node);

/* ---- files ---- */

struct disk_stat {
    bool folder;
    mode_t mode;
    off_t size;
    int64_t changed; /* rises with each change */
    int64_t failed;  /* syncs of it that failed */
};
struct disk_stat disk_stat(const struct disk *d, int node);
void disk_set_mode(struct disk *d, int node, mode_t mode);
size_t disk_read(const struct disk *d, int node, void *bytes, size_t n, off_t at);
void disk_write(struct disk *d, int node, const void *bytes, size_t n, off_t at);
void disk_resize(struct disk *d, int node, off_t size);
void disk_sync(struct disk *d, int node);
void disk_sync_fails(struct disk *d, int node, struct rng *r);
/* Programs see what the disk holds, unless something of the file is pending. */
void disk_forget(struct disk *d, int node);
/* Memory that programs map; the bytes are no part of the disk. */
void *disk_map(struct disk *d, int node, off_t at, size_t n);
/* Some node of the disk is out of use when it has neither name nor user. */
void disk_in_use(struct disk *d, int node, int by);
/* Bytes of all files as programs see them. */
int64_t disk_bytes(const struct disk *d);
/* Turns one bit of what is stored; the programs see it too. */
void disk_flip(struct disk *d, int node, off_t at, int bit);

/* ---- the log of all that reached the disk, for cutting the power at every point of it ---- */

struct disk_log;
/* Writes down each change of d from now on, until disk_log_end(). Not copied by disk_copy(). */
struct disk_log *disk_log_begin(struct disk *d);
void disk_log_end(struct disk *d);
void disk_log_destroy(struct disk_log *l);
void disk_log_mark(struct disk_log *l, int64_t mark); /* the program's own */
size_t disk_log_count(const struct disk_log *l);
/* Does the i-th change again on a disk that stands as it did then. True for a mark. */
bool disk_log_apply(const struct disk_log *l, size_t i, struct disk *d, int64_t *ret_mark);

#endif
