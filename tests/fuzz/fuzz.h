/*
 * tests/fuzz/fuzz.h - what a fuzz target is.
 *
 * One file per input that comes from outside. `make fuzz` runs each for FUZZ_SECONDS under
 * libFuzzer with the sanitizers; `make check` plays every file of seeds/TARGET and mutations of
 * them (replay.c) with no need of clang. A find becomes seeds/TARGET/find-WHAT.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

/* Returns 0. What must never be so ends in MUST, which is a find. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerInitialize(int *argc, char ***argv); /* a target may have one */

#define MUST(cond)                                                                       \
    do {                                                                                 \
        if (!(cond)) {                                                                   \
            static const char what[] = __FILE__ ": must hold: " #cond "\n";              \
            if (write(2, what, sizeof(what) - 1) < 0)                                    \
                abort();                                                                 \
            abort();                                                                     \
        }                                                                                \
    } while (0)

#endif
