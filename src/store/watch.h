/*
 * src/store/watch.h - hears that another program committed.
 *
 * A thread sleeps on inotify of the database's folder and of its -wal file and
 * wakes the loop; it touches nothing else. Where inotify is not to be had, the
 * watchdog's look has to do.
 */
#ifndef STORE_WATCH_H
#define STORE_WATCH_H

#include <pthread.h>
#include <stdbool.h>

#include "base/attr.h"
#include "base/err.h"

struct watch {
    int fd;            /* inotify */
    int stop[2];       /* pipe: closing the write end ends the thread */
    pthread_t thread;
    bool running;
    char wal[4096];    /* path of the -wal file */
    int wal_watch;     /* its watch, or -1 */
    void (*woke)(void *arg);
    void *arg;
};

/* Calls woke(arg) from its thread at every commit. ERR_IO, ERR_LIMIT: not watching. */
NODISCARD enum err watch_start(struct watch *w, const char *db_path, void (*woke)(void *arg),
                               void *arg);
void watch_stop(struct watch *w); /* all-zero is fine */

#endif
