/*
 * tools/bench/upload/bare.h - libcurl and nothing else: the same requests, answers thrown away.
 */
#ifndef BENCH_UPLOAD_BARE_H
#define BENCH_UPLOAD_BARE_H

#include <stddef.h>
#include <stdint.h>

struct bare_request {
    const char *path, *body;
};

/* Makes them one after the other on one kept connection; the time it took. */
int64_t bare_easy_ns(int port, const struct bare_request *r, size_t n);
/* The same, `width` at a time. */
int64_t bare_multi_ns(int port, const struct bare_request *r, size_t n, unsigned width);

#endif
