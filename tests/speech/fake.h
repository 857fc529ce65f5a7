/*
 * tests/speech/fake.h - a folder on $PATH with programs that pretend to make sound.
 *
 * Each appends a line with its name and arguments to `out/log`, what came on stdin
 * to `out/said`, and writes its environment to `out/given`; "slow" in what it is to
 * say makes it last until it is killed. $PATH is that folder alone, so that nothing real is found: the
 * scripts name their tools in full.
 */
#ifndef TESTS_SPEECH_FAKE_H
#define TESTS_SPEECH_FAKE_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "tests/lib/check.h"

static char fake_dir[512];

static inline void fake_path(char *out, size_t n, const char *name)
{
    snprintf(out, n, "%s/%s", fake_dir, name);
}

static inline void fake_write(const char *name, const char *text, mode_t mode)
{
    char path[640];
    fake_path(path, sizeof(path), name);
    FILE *f = fopen(path, "w");
    CHECK(f != NULL);
    fputs(text, f);
    fclose(f);
    CHECK(chmod(path, mode) == 0);
}

static inline void fake_program(const char *name)
{
    char script[2048];
    snprintf(script, sizeof(script),
             "#!/bin/sh\n"
             "cd '%s/out' || exit\n"
             "echo \"${0##*/} $*\" >>log\n"
             "/usr/bin/env | /usr/bin/sort >given\n"
             "/bin/ls /proc/self/fd | /usr/bin/wc -l >files\n"
             "/bin/cat >now; /bin/cat now >>said\n"
             "if /bin/grep -q slow now; then /bin/sleep 1000; fi\n",
             fake_dir);
    fake_write(name, script, 0755);
}

/* A fresh folder with these programs, which becomes $PATH. */
static inline void fake_begin(const char *label, bool espeak, const char *player)
{
    char out[640];
    snprintf(fake_dir, sizeof(fake_dir), "%s/%s", check_tmpdir(), label);
    CHECK(mkdir(fake_dir, 0700) == 0);
    fake_path(out, sizeof(out), "out");
    CHECK(mkdir(out, 0700) == 0);
    if (espeak)
        fake_program("espeak-ng");
    if (player)
        fake_program(player);
    CHECK(setenv("PATH", fake_dir, 1) == 0);
    unsetenv("XDG_RUNTIME_DIR");
}

/* A file that a fake wrote; "" when there is none. The caller frees. */
static inline char *fake_read(const char *name)
{
    char path[640];
    snprintf(path, sizeof(path), "%s/out/%s", fake_dir, name);
    char *text = access(path, R_OK) == 0 ? check_read_file(path) : NULL;
    return text ? text : strdup("");
}

#endif
