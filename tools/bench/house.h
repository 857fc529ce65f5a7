/*
 * tools/bench/house.h - a house to measure in: open every day from 8 to 18 hours, coaches "c0",
 * "c1", ... from 9 to 17 with an hour's break, one service "school" of half an hour.
 * What goes wrong ends the program with a line of why.
 */
#ifndef BENCH_HOUSE_H
#define BENCH_HOUSE_H

#include "base/clock.h"
#include "base/err.h"
#include "base/rng.h"
#include "flow/flow.h"

_Noreturn void bench_die(const char *what, enum err e);
/* A new one, of which the caller closes the flow; clock and rng must outlive it. */
struct flow *bench_house(const char *path, int coaches, struct clock *clock, struct rng *rng);
struct flow *bench_open(const char *path, struct clock *clock, struct rng *rng);
#endif
