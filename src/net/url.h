/*
 * src/net/url.h - whether an address is one that we may call at all.
 */
#ifndef NET_URL_H
#define NET_URL_H

#include <stdbool.h>

struct url_rule {
    bool plain_loopback; /* http:// is fine to loopback */
    bool only_loopback;
};

/* https:// to a host, or http:// to loopback where that is allowed; no name or
 * password in it. */
bool url_allowed(const char *url, const struct url_rule *rule);

#endif
