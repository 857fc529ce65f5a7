/*
 * tests/lib/check.h - tests as sentences, on cmocka.
 *
 * TEST(a_walk_in_gets_the_next_number) { ... } registers itself; a program of
 * tests is one file with any number of them, linked with check.c. Run it with
 * a word to run only the tests whose name holds that word.
 */
#ifndef TESTS_LIB_CHECK_H
#define TESTS_LIB_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"

void check_register(const char *name, CMUnitTestFunction fn);

#define TEST(name)                                                       \
    static void name(void **state_);                                     \
    __attribute__((constructor)) static void register_##name(void)       \
    {                                                                    \
        check_register(#name, name);                                     \
    }                                                                    \
    static void name(UNUSED void **state_)

#define CHECK(cond) _assert_true((uintmax_t)(!!(cond)), #cond, __FILE__, __LINE__)
#define CHECK_INT(got, want) check_int((intmax_t)(got), (intmax_t)(want), #got, __FILE__, __LINE__)
#define CHECK_STR(got, want) check_str((got), (want), #got, __FILE__, __LINE__)
#define CHECK_OK(call) check_ok((call), #call, __FILE__, __LINE__)
#define CHECK_ERR(call, want) check_err((call), (want), #call, __FILE__, __LINE__)
/* Waits until it holds, for something that another thread, process or the kernel does. What fails
 * it is a fault, not a machine that is slow: so long nothing takes. */
#define CHECK_SOON(cond)                                          \
    for (int64_t until_ = clock_real_mono_ms() + CHECK_PATIENCE_MS; !(cond);) { \
        if (clock_real_mono_ms() > until_)                        \
            check_fail(__FILE__, __LINE__, "not in time: %s", #cond); \
        check_pause();                                            \
    }
#define CHECK_PATIENCE_MS 300000
/* Fails the test and says where and what, printf-like. */
#define CHECK_FAIL(...) check_fail(__FILE__, __LINE__, __VA_ARGS__)

void check_int(intmax_t got, intmax_t want, const char *what, const char *file, int line);
void check_str(const char *got, const char *want, const char *what, const char *file, int line);
void check_ok(enum err got, const char *what, const char *file, int line);
void check_err(enum err got, enum err want, const char *what, const char *file, int line);
void check_fail(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);
void check_pause(void); /* between two looks */

/* The seed of this run's random tests: $SEED; else drawn where $SOAK is set, and one and the same
 * in `make check`; printed once. */
uint64_t check_seed(void);
/* How many rounds a random test makes: `usual`, times $SOAK when that is set. */
long check_rounds(long usual);
/* A folder of this test program's own, made at first use, removed at exit. */
const char *check_tmpdir(void);
/* Before that: the folder lies in memory, where so many MiB are free (a container may have next to
 * nothing) and $TMPDIR says nothing else. For databases: the product syncs each commit, and a test
 * program makes thousands. */
void check_in_memory(unsigned mib);
/* The whole file, or NULL; the caller frees. */
char *check_read_file(const char *path);
/* Compares with tests/golden/NAME; a missing reference fails and writes the
 * text that would be one to the build folder. UPDATE_GOLDEN=1 rewrites it. */
void check_golden(const char *name, const char *text);

#endif
