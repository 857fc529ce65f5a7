#include "desk/guard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PATH_BYTES_MAX 120
#define PATH_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-"
#define HOST_CHARS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.:[]-"

static enum err add_host(struct guard *g, const char *name, size_t n)
{
    if (g->n_hosts == GUARD_HOSTS_MAX || n >= GUARD_HOST_SIZE)
        return ERR_LIMIT;
    if (strspn(name, HOST_CHARS) < n)
        return ERR_FORMAT;
    memcpy(g->hosts[g->n_hosts], name, n);
    g->hosts[g->n_hosts++][n] = '\0';
    return ERR_OK;
}

enum err guard_add_hosts(struct guard *g, const char *names)
{
    enum err e = ERR_OK;

    for (names += strspn(names, " "); e == ERR_OK && *names; names += strspn(names, " ")) {
        size_t n = strcspn(names, " ");
        e = add_host(g, names, n);
        names += n;
    }
    return e;
}

enum err guard_add_loopback(struct guard *g, unsigned port)
{
    char names[96];

    snprintf(names, sizeof(names), "127.0.0.1:%u localhost:%u [::1]:%u", port, port, port);
    return guard_add_hosts(g, names);
}

bool guard_path_fits(const char *path)
{
    size_t all = strlen(path);

    if (path[0] != '/' || all > PATH_BYTES_MAX)
        return false;
    if (all == 1)
        return true;
    for (const char *s = path; *s;) {
        s++; /* the slash */
        size_t n = strspn(s, PATH_CHARS);
        if (n == 0 || (n <= 2 && strspn(s, ".") >= n))
            return false;
        s += n;
        if (*s && *s != '/')
            return false;
    }
    return true;
}

static bool host_ours(const struct guard *g, const char *host)
{
    for (size_t i = 0; i < g->n_hosts; i++)
        if (strcasecmp(g->hosts[i], host) == 0)
            return true;
    return false;
}

static bool origin_ours(const struct guard *g, const struct guard_facts *f)
{
    char own[GUARD_HOST_SIZE + 10];

    if (!f->origin || (f->fetch_site && strcmp(f->fetch_site, "same-origin") != 0))
        return false;
    snprintf(own, sizeof(own), "%s://%s", g->tls ? "https" : "http", f->host);
    return strcasecmp(own, f->origin) == 0;
}

static bool is_json(const char *type)
{
    static const char json[] = "application/json";

    if (!type || strncasecmp(type, json, sizeof(json) - 1) != 0)
        return false;
    const char *rest = type + sizeof(json) - 1;
    return *rest == '\0' || strcasecmp(rest, "; charset=utf-8") == 0 ||
           strcasecmp(rest, ";charset=utf-8") == 0;
}

static int check_body(const struct guard_facts *f)
{
    char *end;

    if (!f->content_length)
        return 411;
    if (strspn(f->content_length, "0123456789") != strlen(f->content_length) ||
        f->content_length[0] == '\0')
        return 400;
    unsigned long long n = strtoull(f->content_length, &end, 10);
    if (strlen(f->content_length) > 12 || n > f->body_max)
        return 413;
    return is_json(f->content_type) ? 0 : 415;
}

int guard_check(const struct guard *g, const struct guard_facts *f)
{
    bool reads = strcmp(f->method, "GET") == 0 || strcmp(f->method, "HEAD") == 0;

    if (!reads && strcmp(f->method, "POST") != 0)
        return 501;
    if (f->bad_header || f->n_hosts != 1 || f->n_lengths > 1 || f->transfer_encoding)
        return 400;
    if (!host_ours(g, f->host))
        return 421;
    if (!guard_path_fits(f->path))
        return 400;
    if (reads)
        return f->content_length && strcmp(f->content_length, "0") != 0 ? 400 : 0;
    if (!origin_ours(g, f))
        return 403;
    return check_body(f);
}
