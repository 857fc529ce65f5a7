/*
 * src/desk/knock.h - PINs are checked one at a time on a thread of their own.
 *
 * A check takes 64 MiB and about 70 ms; meanwhile everybody else is served. Whoever logs in
 * waits with their connection put aside. No more than KNOCKS_MAX wait.
 */
#ifndef DESK_KNOCK_H
#define DESK_KNOCK_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

#define KNOCKS_MAX 4

struct login_try;
struct MHD_Connection;

struct knock { /* one try to log in */
    struct login_try *login;           /* owned */
    struct MHD_Connection *connection; /* put aside until it is done */
    bool done;
};

struct knocks {
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t more;
    struct knock *waiting[KNOCKS_MAX], *finished[KNOCKS_MAX + 1];
    size_t n_waiting, n_finished;
    bool runs, quit;
    void (*wake)(void *arg); /* called on the thread */
    void *arg;
};

/* ERR_NOMEM: the thread cannot be had. */
NODISCARD enum err knocks_start(struct knocks *k, void (*wake)(void *arg), void *arg);
/* Ends the thread; what was not checked counts as done, and as wrong. */
void knocks_stop(struct knocks *k);
/* Takes the login over and puts the connection aside. ERR_LIMIT: too many wait; ERR_NOMEM. The
 * login is the caller's still then. */
NODISCARD enum err knocks_put(struct knocks *k, struct login_try *login,
                              struct MHD_Connection *connection, struct knock **ret_knock);
/* Brings back the connections whose check is done: their handlers are called again. True when
 * there was one. */
bool knocks_bring_back(struct knocks *k);
void knock_destroy(struct knock *k); /* NULL is fine */

#endif
