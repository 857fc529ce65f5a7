/*
 * src/speech/jack.h - whether headphones are plugged in.
 *
 * The kernel tells it of most sound cards as a switch of an input device ("...
 * Headphone Jack"). A thread sleeps on those devices and wakes the loop when one
 * is plugged in or pulled out. Without such a device nothing is plugged in, ever:
 * then personal parts stay unspoken.
 */
#ifndef SPEECH_JACK_H
#define SPEECH_JACK_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

#define JACKS_MAX 4

/* How to ask a device; tests have their own. */
struct jack_probe {
    const char *folder;       /* "/dev/input" */
    bool (*is_jack)(int fd);
    bool (*in)(int fd);       /* something is plugged in */
};

struct jack { /* stays in its place between start and stop */
    int fds[JACKS_MAX];
    size_t n;
    int stop[2]; /* pipe: closing the write end ends the thread */
    pthread_t thread;
    bool running;
    atomic_bool plugged;
    struct jack_probe probe;
    void (*woke)(void *arg);
    void *arg;
};

/* Calls woke(arg) from its thread at each change. With probe NULL: the real devices.
 * ERR_NONE: no jack that tells; ERR_IO. Nothing runs then, and jack_plugged() is false. */
NODISCARD enum err jack_start(struct jack *j, const struct jack_probe *probe,
                              void (*woke)(void *arg), void *arg);
void jack_stop(struct jack *j); /* all-zero is fine */
bool jack_plugged(struct jack *j);

#endif
