#include "tools/bench/commit/side.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "tools/bench/rounds.h"

int fdatasync(int fd); /* SQLite's calls land here and are counted */
static long syncs;
int fdatasync(int fd)
{
    syncs++;
    return (int)syscall(SYS_fdatasync, fd);
}

_Noreturn void die(const char *what)
{
    fprintf(stderr, "bench commit: %s\n", what);
    exit(1);
}

void must(enum err e, const char *what)
{
    if (e == ERR_OK)
        return;
    fprintf(stderr, "bench commit: %s: %s\n", what, err_text(e));
    exit(1);
}

static long written(void)
{
    FILE *f = fopen("/proc/self/io", "r");
    char line[80];
    long n = 0;
    while (f && fgets(line, sizeof(line), f))
        if (strncmp(line, "wchar:", 6) == 0)
            n = atol(line + 6);
    if (f)
        fclose(f);
    return n;
}

void side_start(struct side *s)
{
    s->bytes_before = written();
    s->syncs_before = syncs;
    s->began = bench_now_ns();
}

void side_stop(struct side *s)
{
    s->us[s->acts] += (double)(bench_now_ns() - s->began) / 1000;
    s->bytes += written() - s->bytes_before;
    s->syncs += syncs - s->syncs_before;
}

void side_acted(struct side *s)
{
    s->acts++;
}
