#include "tests/faults/many.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "tests/faults/calls.h"
#include "tests/lib/check.h"

#define WORKERS_MAX 16
#define SHARE 50 /* one in so many rounds is made in a build that is not for the mass of them */

#ifdef ALL_ROUNDS
#define ALL true
#else
#define ALL false
#endif

FILE *many_said;

extern int __lsan_do_recoverable_leak_check(void) __attribute__((weak));

int64_t many_real_ms(void)
{
    struct timespec t = { 0 };
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool many_is_one(void)
{
    return getenv("HISTORIES") != NULL;
}

void many_be_quiet(void)
{
    many_said = fdopen(dup(2), "w");
    log_init("faults", many_is_one() ? LOG_LEVEL_DEBUG : LOG_LEVEL_ERR);
    if (!many_is_one() && !freopen("/dev/null", "w", stderr))
        _exit(2);
}

static pid_t start(many_work work, const struct many_share *s, int out)
{
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    many_be_quiet();
    struct many_totals t = work(s);
    calls_mount(NULL, 0);
    if (__lsan_do_recoverable_leak_check && __lsan_do_recoverable_leak_check())
        _exit(3);
    _exit(write(out, &t, sizeof(t)) == (ssize_t)sizeof(t) ? 0 : 2);
}

/* The first that fails ends the others too. */
static bool all_ended_well(const pid_t *pids, long workers)
{
    bool good = true;
    for (long i = 0; i < workers; i++) {
        int status = 1;
        pid_t ended = wait(&status);
        CHECK(ended > 0);
        if (status == 0 || !good)
            continue;
        print_error("a worker ended with status %d\n", status);
        good = false;
        for (long k = 0; k < workers; k++)
            if (pids[k] != ended)
                kill(pids[k], SIGKILL);
    }
    return good;
}

long many_rounds(long usual, long at_length)
{
    long n = check_rounds(ALL ? usual : usual / SHARE);
    return n < at_length ? n : at_length;
}

bool many_run(many_work work, long most, int budget_s, struct many_totals *ret_totals)
{
    const char *set = getenv("HISTORIES");
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    struct many_share s = { .seed = check_seed(), .most = set ? atol(set) : most };
    s.until = set || budget_s == 0 ? INT64_MAX
                                   : many_real_ms() + (int64_t)budget_s * 1000 * check_rounds(1);
    s.step = cores < 1 ? 1 : cores > WORKERS_MAX ? WORKERS_MAX : cores;
    s.step = s.step < s.most ? s.step : s.most;
    int ends[2];
    pid_t pids[WORKERS_MAX];
    CHECK_INT(pipe(ends), 0);
    fflush(stdout);
    for (s.from = 0; s.from < s.step; s.from++)
        CHECK((pids[s.from] = start(work, &s, ends[1])) > 0);
    close(ends[1]);
    bool good = all_ended_well(pids, s.step); /* their totals fit in the pipe */
    struct many_totals all = { 0 }, t;
    while (read(ends[0], &t, sizeof(t)) == (ssize_t)sizeof(t)) {
        all.done += t.done;
        all.a += t.a;
        all.b += t.b;
    }
    close(ends[0]);
    *ret_totals = all;
    return good;
}
