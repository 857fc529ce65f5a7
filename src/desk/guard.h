/*
 * src/desk/guard.h - which requests are looked at at all.
 *
 * Pure: over what the HTTP library read. Host must be one of ours (a foreign page that points
 * its name at us gets nothing), a change must come from our own page (Origin) as JSON of a
 * told length, and a path is plain characters without tricks.
 */
#ifndef DESK_GUARD_H
#define DESK_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/attr.h"
#include "base/err.h"

#define GUARD_HOSTS_MAX 12
#define GUARD_HOST_SIZE 128

struct guard {
    char hosts[GUARD_HOSTS_MAX][GUARD_HOST_SIZE];
    size_t n_hosts;
    bool tls; /* nginx in front: browsers speak https */
};

/* Names with spaces between, each "name" or "name:port". ERR_LIMIT, ERR_FORMAT. */
NODISCARD enum err guard_add_hosts(struct guard *g, const char *names);
/* The names of this machine on loopback, with the port. */
NODISCARD enum err guard_add_loopback(struct guard *g, unsigned port);

struct guard_facts { /* a text that is not there is NULL */
    const char *method;
    const char *path; /* as sent, nothing decoded */
    const char *host, *origin, *fetch_site, *content_type, *content_length, *transfer_encoding;
    int n_hosts, n_lengths; /* how many lines of that name */
    size_t body_max;        /* of the page */
    bool bad_header;        /* a name or value with a control character in it */
};

/* 0: go on; else the status of the refusal: 400, 403, 405, 411, 413, 415, 421, 501. */
int guard_check(const struct guard *g, const struct guard_facts *f);

/* "/", then segments of [A-Za-z0-9._~-], none empty, "." or "..". */
bool guard_path_fits(const char *path);

#endif
