/*
 * tools/bench/upload/server.h - a register that takes everything and keeps nothing.
 *
 * A process of its own on loopback, one thread, HTTP/1.1 with kept connections. Each write is
 * answered with about 600 bytes that prove it to the uploader, at once or `delay_ms` later,
 * however many wait at the same time.
 */
#ifndef BENCH_UPLOAD_SERVER_H
#define BENCH_UPLOAD_SERVER_H

#include <sys/types.h>

struct server {
    pid_t pid;
    int port;
    long *accepted; /* connections so far; shared with the process */
};

/* Ends this program with a word when it cannot start. */
void server_start(struct server *s, int delay_ms);
void server_stop(struct server *s);

#endif
