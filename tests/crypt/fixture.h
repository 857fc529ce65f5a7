/*
 * tests/crypt/fixture.h - a keyring in a folder of its own for each test.
 */
#ifndef TESTS_CRYPT_FIXTURE_H
#define TESTS_CRYPT_FIXTURE_H

#include <stdio.h>
#include <string.h>

#include "crypt/keyring.h"
#include "tests/lib/check.h"

#define DAY1 20778 /* 2026-11-21 */

__attribute__((constructor)) static void fixture_in_memory(void)
{
    check_in_memory(1);
}

struct ring {
    struct rng rng;
    char dir[256];
    struct keyring_options options;
    struct keyring *k;
};

UNUSED static struct ring *ring_open(void)
{
    static struct ring r;
    static int n;
    r = (struct ring){ .rng = rng_system() };
    snprintf(r.dir, sizeof(r.dir), "%s/keys%d", check_tmpdir(), n++);
    r.options = (struct keyring_options){ .dir = r.dir, .rng = &r.rng, .house = true,
                                          .upload = true };
    CHECK_OK(keyring_create(r.dir, &r.rng));
    CHECK_OK(keyring_open(&r.options, &r.k));
    return &r;
}

UNUSED static void ring_close(struct ring *r)
{
    keyring_close(r->k);
    r->k = NULL;
}

UNUSED static void ring_reopen(struct ring *r)
{
    ring_close(r);
    CHECK_OK(keyring_open(&r->options, &r->k));
}

#endif
