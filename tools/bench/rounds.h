/*
 * tools/bench/rounds.h - pairs of timings, in turn, and their medians.
 *
 * ours() and peer() run in turn, `rounds` times each after one round that does
 * not count, so that a machine that drifts drifts under both. Prints one JSON
 * object a line for tools/bench/run.
 */
#ifndef BENCH_ROUNDS_H
#define BENCH_ROUNDS_H

#include <stdint.h>

int64_t bench_now_ns(void);
int bench_rounds(void); /* $ROUNDS, default 9 */
/* A new folder in $TMPDIR, or in /tmp; whoever set TMPDIR removes it. */
const char *bench_folder(void);
double bench_median(double *v, int n);
/* {"name":..,"unit":..,"ours":..,"peer":..,"ratio":..}: ratio is the median of the pairs' ratios. */
void bench_report(const char *name, const char *unit, double *ours, double *peer, int n);

#endif
