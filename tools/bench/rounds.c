#include "tools/bench/rounds.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t bench_now_ns(void)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int bench_rounds(void)
{
    const char *set = getenv("ROUNDS");
    int n = set ? atoi(set) : 9;
    return n < 1 ? 1 : n > 99 ? 99 : n;
}

const char *bench_folder(void)
{
    static char path[256];
    const char *base = getenv("TMPDIR");
    snprintf(path, sizeof(path), "%s/dynamo-bench-XXXXXX", base ? base : "/tmp");
    if (!mkdtemp(path)) {
        perror("bench: mkdtemp");
        exit(1);
    }
    return path;
}

static int rising(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *v, int n)
{
    qsort(v, (size_t)n, sizeof(*v), rising);
    return n % 2 ? v[n / 2] : (v[n / 2 - 1] + v[n / 2]) / 2;
}

void bench_report(const char *name, const char *unit, double *ours, double *peer, int n)
{
    double ratio[99];
    for (int i = 0; i < n; i++)
        ratio[i] = peer[i] > 0 ? ours[i] / peer[i] : 0;
    double middle = bench_median(ratio, n);
    printf("{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f,\"peer\":%.3f,\"ratio\":%.3f}\n", name,
           unit, bench_median(ours, n), bench_median(peer, n), middle);
    fflush(stdout);
}
