/*
 * tools/bench/commit/side.h - what one side needed: the time of each act, and the bytes and
 * fdatasync calls of all.
 */
#ifndef BENCH_COMMIT_SIDE_H
#define BENCH_COMMIT_SIDE_H

#include <stdint.h>

#include "base/err.h"

#define ACTS_MAX 200

/* An act may be several starts and stops, as a hold and its booking are one. */
struct side {
    double us[ACTS_MAX];
    int acts;
    int64_t began;
    long bytes, syncs, bytes_before, syncs_before;
};

void side_start(struct side *s);
void side_stop(struct side *s); /* the act goes on until side_acted() */
void side_acted(struct side *s);

_Noreturn void die(const char *what);
void must(enum err e, const char *what);
#endif
