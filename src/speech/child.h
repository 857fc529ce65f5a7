/*
 * src/speech/child.h - one child program that makes sound, and its end.
 *
 * What it is to say or play lies in a file in memory and is its stdin: nothing
 * is ever in its arguments, nothing has to be written while it runs, and no pipe
 * can fill up. Its output goes nowhere, its environment holds only what sound
 * needs, it has none of our files and a process group of its own.
 */
#ifndef SPEECH_CHILD_H
#define SPEECH_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/attr.h"
#include "base/err.h"

#define CHILD_ARGS_MAX 12

struct child {
    pid_t pid; /* 0: none */
};

/* The file in memory: starts at its first byte. Closed by the caller. ERR_IO. */
NODISCARD enum err child_stdin(const void *bytes, size_t n, int *ret_fd);
/* `argv` ends in NULL; argv[0] is a full path. `in` is a file, or -1 for none.
 * ERR_IO: it cannot be started. */
NODISCARD enum err child_start(struct child *c, const char *const *argv, int in);
/* True once there is none: it has ended and was waited for. Never waits itself. */
bool child_gone(struct child *c);
void child_kill(struct child *c); /* at once; child_gone() tells when it is over */
void child_done(struct child *c); /* kills and waits for its end */

/* The full path of a program on $PATH: false when there is none that may be run. */
bool child_find(const char *name, char *out, size_t n);

#endif
