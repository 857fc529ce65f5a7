#include "tests/lib/check.h"

#include <dirent.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static struct CMUnitTest tests[512];
static size_t n_tests;
static char tmp_folder[256];

void check_register(const char *name, CMUnitTestFunction fn)
{
    if (n_tests == ARRAY_LEN(tests)) {
        fprintf(stderr, "check: too many tests in one program\n");
        exit(2);
    }
    tests[n_tests++] = (struct CMUnitTest){ .name = name, .test_func = fn };
}

void check_fail(const char *file, int line, const char *fmt, ...)
{
    char text[4096];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    print_error("%s\n", text);
    _fail(file, line);
}

void check_int(intmax_t got, intmax_t want, const char *what, const char *file, int line)
{
    if (got != want)
        check_fail(file, line, "%s is %jd, should be %jd", what, got, want);
}

void check_str(const char *got, const char *want, const char *what, const char *file, int line)
{
    if (!got || !want || strcmp(got, want) != 0)
        check_fail(file, line, "%s is \"%s\", should be \"%s\"", what, got ? got : "(null)",
                   want ? want : "(null)");
}

void check_ok(enum err got, const char *what, const char *file, int line)
{
    if (got != ERR_OK)
        check_fail(file, line, "%s: %s", what, err_text(got));
}

void check_err(enum err got, enum err want, const char *what, const char *file, int line)
{
    if (got != want)
        check_fail(file, line, "%s: got \"%s\", should be \"%s\"", what, err_text(got),
                   err_text(want));
}

void check_pause(void)
{
    poll(NULL, 0, 5);
}

/* Any number: what `make check` says of a commit is then the same on every machine. */
#define SEED_OF_CHECK 20261122

uint64_t check_seed(void)
{
    static uint64_t seed;
    if (seed)
        return seed;
    const char *set = getenv("SEED");
    if (set)
        seed = strtoull(set, NULL, 0);
    else if (!getenv("SOAK"))
        seed = SEED_OF_CHECK;
    else if (getrandom(&seed, sizeof(seed), 0) == (ssize_t)sizeof(seed))
        seed >>= 16; /* and not of the clock, which stands at one time in tests of faults */
    if (seed == 0)
        seed = 1;
    printf("SEED=%llu\n", (unsigned long long)seed);
    fflush(stdout);
    return seed;
}

long check_rounds(long usual)
{
    const char *soak = getenv("SOAK");
    long times = soak ? strtol(soak, NULL, 10) : 1;
    return usual * (times > 0 ? times : 1);
}

#define MEMORY "/dev/shm"

void check_in_memory(unsigned mib)
{
    struct statvfs v;
    if (!getenv("TMPDIR") && access(MEMORY, W_OK) == 0 && statvfs(MEMORY, &v) == 0 &&
        v.f_bavail * v.f_frsize >= ((uint64_t)mib << 20))
        setenv("TMPDIR", MEMORY, 1);
}

static void remove_tree(const char *path)
{
    DIR *d = opendir(path);
    if (d) {
        for (struct dirent *e = readdir(d); e; e = readdir(d)) {
            char child[1024];
            if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
                continue;
            snprintf(child, sizeof(child), "%s/%s", path, e->d_name);
            if (e->d_type == DT_DIR)
                remove_tree(child);
            else
                unlink(child);
        }
        closedir(d);
    }
    rmdir(path);
}

static void remove_tmpdir(void)
{
    if (tmp_folder[0])
        remove_tree(tmp_folder);
}

const char *check_tmpdir(void)
{
    if (!tmp_folder[0]) {
        const char *base = getenv("TMPDIR");
        snprintf(tmp_folder, sizeof(tmp_folder), "%s/dynamo-test-XXXXXX", base ? base : "/tmp");
        if (!mkdtemp(tmp_folder)) {
            perror("check: mkdtemp");
            exit(2);
        }
        atexit(remove_tmpdir);
    }
    return tmp_folder;
}

char *check_read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *text = NULL;
    size_t n = 0;
    size_t cap = 0;
    for (;;) {
        if (n + 65536 > cap)
            text = realloc(text, cap = cap * 2 + 65537);
        size_t got = text ? fread(text + n, 1, 65536, f) : 0;
        if (got == 0)
            break;
        n += got;
    }
    fclose(f);
    if (text)
        text[n] = '\0';
    return text;
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0) {
        fprintf(stderr, "check: cannot write %s\n", path);
        exit(2);
    }
}

void check_golden(const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof(path), "tests/golden/%s", name);
    if (getenv("UPDATE_GOLDEN")) {
        write_file(path, text);
        return;
    }
    char *want = check_read_file(path);
    if (want && strcmp(want, text) == 0) {
        free(want);
        return;
    }
    char got[600];
    snprintf(got, sizeof(got), "%s/%s", "build/golden-got", name);
    mkdir("build", 0777);
    mkdir("build/golden-got", 0777);
    for (char *p = got + strlen("build/golden-got/"); *p; p++)
        if (*p == '/')
            *p = '-';
    write_file(got, text);
    bool missing = want == NULL;
    free(want);
    CHECK_FAIL("%s %s; what came out is in %s", path, missing ? "is missing" : "differs", got);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        size_t kept = 0;
        for (size_t i = 0; i < n_tests; i++)
            if (strstr(tests[i].name, argv[1]))
                tests[kept++] = tests[i];
        n_tests = kept;
    }
    return _cmocka_run_group_tests(argv[0], tests, n_tests, NULL, NULL) == 0 ? 0 : 1;
}
