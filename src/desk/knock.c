#include "desk/knock.h"

#include <microhttpd.h>
#include <signal.h>
#include <string.h>

#include "base/mem.h"
#include "flow/house.h"

/* Hands the first that waits over to be checked; NULL: the end. */
static struct knock *take(struct knocks *k)
{
    struct knock *first = NULL;

    pthread_mutex_lock(&k->lock);
    while (k->n_waiting == 0 && !k->quit)
        pthread_cond_wait(&k->more, &k->lock);
    if (!k->quit) {
        first = k->waiting[0];
        k->n_waiting--;
        memmove(k->waiting, k->waiting + 1, k->n_waiting * sizeof(*k->waiting));
    }
    pthread_mutex_unlock(&k->lock);
    return first;
}

static void *work(void *arg)
{
    struct knocks *k = arg;

    for (struct knock *one = take(k); one; one = take(k)) {
        flow_login_run(one->login);
        pthread_mutex_lock(&k->lock);
        k->finished[k->n_finished++] = one;
        pthread_mutex_unlock(&k->lock);
        k->wake(k->arg);
    }
    return NULL;
}

enum err knocks_start(struct knocks *k, void (*wake)(void *arg), void *arg)
{
    sigset_t all, old;

    *k = (struct knocks){ .wake = wake, .arg = arg };
    pthread_mutex_init(&k->lock, NULL);
    pthread_cond_init(&k->more, NULL);
    sigfillset(&all); /* signals are for the loop */
    pthread_sigmask(SIG_BLOCK, &all, &old);
    k->runs = pthread_create(&k->thread, NULL, work, k) == 0;
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    return k->runs ? ERR_OK : ERR_NOMEM;
}

void knocks_stop(struct knocks *k)
{
    if (!k->runs)
        return;
    pthread_mutex_lock(&k->lock);
    k->quit = true;
    pthread_cond_signal(&k->more);
    pthread_mutex_unlock(&k->lock);
    pthread_join(k->thread, NULL);
    k->runs = false;
    for (size_t i = 0; i < k->n_waiting; i++)
        k->finished[k->n_finished++] = k->waiting[i];
    k->n_waiting = 0;
    pthread_mutex_destroy(&k->lock);
    pthread_cond_destroy(&k->more);
}

enum err knocks_put(struct knocks *k, struct login_try *login, struct MHD_Connection *connection,
                    struct knock **ret_knock)
{
    struct knock *one = k->runs ? mem_calloc(1, sizeof(*one)) : NULL;

    if (!one)
        return ERR_NOMEM;
    *one = (struct knock){ .login = login, .connection = connection };
    pthread_mutex_lock(&k->lock);
    bool room = k->n_waiting + k->n_finished < KNOCKS_MAX;
    if (room) {
        MHD_suspend_connection(connection);
        k->waiting[k->n_waiting++] = one;
        pthread_cond_signal(&k->more);
    }
    pthread_mutex_unlock(&k->lock);
    if (!room) {
        mem_free(one);
        return ERR_LIMIT;
    }
    *ret_knock = one;
    return ERR_OK;
}

bool knocks_bring_back(struct knocks *k)
{
    struct knock *done[KNOCKS_MAX + 1];
    size_t n;

    if (k->runs)
        pthread_mutex_lock(&k->lock);
    n = k->n_finished;
    memcpy(done, k->finished, n * sizeof(*done));
    k->n_finished = 0;
    if (k->runs)
        pthread_mutex_unlock(&k->lock);
    for (size_t i = 0; i < n; i++) {
        done[i]->done = true;
        MHD_resume_connection(done[i]->connection);
    }
    return n > 0;
}

void knock_destroy(struct knock *k)
{
    if (k)
        flow_login_done(k->login);
    mem_free(k);
}
