/*
 * tests/core/zones.h - zones of this machine for tests.
 */
#ifndef TESTS_CORE_ZONES_H
#define TESTS_CORE_ZONES_H

#include <stdio.h>

#include "base/buf.h"
#include "core/zone.h"
#include "tests/lib/check.h"

#define ZONE_BYTES_MAX (64 * 1024)

static inline struct zone zone_of(const char *name)
{
    char path[128];
    struct zone z = { 0 };
    CLEANUP(buf_done) struct buf b = buf_make(ZONE_BYTES_MAX);
    snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", name);
    CHECK_OK(buf_read_file(&b, path));
    CHECK_OK(zone_parse(b.v, b.n, &z));
    return z;
}

#endif
