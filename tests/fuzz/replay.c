/*
 * Plays the seeds of one fuzz target, then mutations of them, without libFuzzer. The target is
 * the program's own name; SOAK makes a run longer and draws a new seed, SEED repeats one.
 */
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define INPUT_MAX (256 * 1024)
#define ROUNDS 40 /* mutations of each seed */
#define SEED_OF_CHECK 20261122 /* what `make check` says of a commit is the same each time */

int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

static uint64_t state;

static uint32_t draw(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static size_t read_whole(const char *path, uint8_t *data)
{
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(data, 1, INPUT_MAX, f) : 0;
    if (f)
        fclose(f);
    return n;
}

static size_t cut(uint8_t *v, size_t n)
{
    size_t at = draw((uint32_t)n), len = 1 + draw(16);
    if (len > n - at)
        len = n - at;
    memmove(v + at, v + at + len, n - at - len);
    return n - len;
}

static size_t repeat(uint8_t *v, size_t n)
{
    size_t at = draw((uint32_t)n), len = 1 + draw(64);
    if (len > n - at)
        len = n - at;
    if (n + len > INPUT_MAX)
        return n;
    memmove(v + at + len, v + at, n - at);
    return n + len;
}

static size_t mutate(uint8_t *v, size_t n)
{
    static const uint8_t telling[] = { 0, 0xff, 0x7f, 0x80, '"', '\\', '{', '[', '\n', '%', 'e', '-' };
    for (uint32_t times = 1 + draw(4); times > 0 && n > 0; times--) {
        uint32_t how = draw(6);
        if (how == 0)
            n = cut(v, n);
        else if (how == 1)
            n = repeat(v, n);
        else if (how == 2)
            v[draw((uint32_t)n)] = telling[draw(sizeof(telling))];
        else if (how == 3)
            v[draw((uint32_t)n)] ^= (uint8_t)(1u << draw(8));
        else if (how == 4)
            v[draw((uint32_t)n)] = (uint8_t)draw(256);
        else
            n = 1 + draw((uint32_t)n);
    }
    return n;
}

/* The target sees the bytes where they end: a read behind them is a find. */
static void feed(const uint8_t *data, size_t n)
{
    uint8_t *exact = malloc(n ? n : 1);
    if (!exact)
        abort();
    memcpy(exact, data, n);
    (void)LLVMFuzzerTestOneInput(exact, n);
    free(exact);
}

static int not_hidden(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

static long play(const char *folder, long rounds)
{
    static uint8_t data[INPUT_MAX], changed[INPUT_MAX];
    struct dirent **list = NULL;
    int n = scandir(folder, &list, not_hidden, alphasort);
    long inputs = 0;
    for (int i = 0; i < n; i++) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", folder, list[i]->d_name);
        size_t len = read_whole(path, data);
        feed(data, len);
        inputs++;
        for (long r = 0; r < rounds && len > 0; r++, inputs++) {
            memcpy(changed, data, len);
            feed(changed, mutate(changed, len));
        }
        free(list[i]);
    }
    free(list);
    return inputs;
}

int main(int argc, char **argv)
{
    const char *slash = strrchr(argv[0], '/'), *name = slash ? slash + 1 : argv[0];
    const char *seed = getenv("SEED"), *soak = getenv("SOAK");
    char folder[256];
    state = SEED_OF_CHECK;
    if (soak)
        state = (uint64_t)time(NULL) << 16 ^ (uint64_t)getpid();
    if (seed)
        state = strtoull(seed, NULL, 0);
    printf("SEED=%llu\n", (unsigned long long)state);
    fflush(stdout);
    state = state * 0x9E3779B97F4A7C15u | 1;
    if (LLVMFuzzerInitialize)
        LLVMFuzzerInitialize(&argc, &argv);
    snprintf(folder, sizeof(folder), "tests/fuzz/seeds/%s", name);
    feed((const uint8_t *)"", 0);
    long inputs = play(folder, ROUNDS * (soak ? atol(soak) : 1));
    printf("%s fuzz %s: %ld inputs of its seeds\n", inputs > 0 ? "ok" : "not ok", name, inputs);
    return inputs > 0 ? 0 : 1;
}
