#include "net/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

#include "net/http.h"

static bool host_is_loopback(const char *host)
{
    struct in_addr v4;
    if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
        return true;
    return inet_pton(AF_INET, host, &v4) == 1 && (ntohl(v4.s_addr) >> 24) == 127;
}

struct parts {
    bool plain, loopback, login;
};

static bool has_part(CURLU *u, CURLUPart part)
{
    char *text = NULL;
    bool there = curl_url_get(u, part, &text, 0) == CURLUE_OK;
    curl_free(text);
    return there;
}

/* False when it is no http or https url. */
static bool take_apart(const char *url, struct parts *ret)
{
    CURLU *u = curl_url();
    char *scheme = NULL, *host = NULL;
    bool ok = u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK &&
              curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK &&
              curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
              (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0);
    if (ok)
        *ret = (struct parts){ strcmp(scheme, "http") == 0, host_is_loopback(host),
                               has_part(u, CURLUPART_USER) || has_part(u, CURLUPART_PASSWORD) };
    curl_free(scheme);
    curl_free(host);
    curl_url_cleanup(u);
    return ok;
}

bool url_allowed(const char *url, const struct url_rule *rule)
{
    struct parts p;
    if (!take_apart(url, &p) || p.login)
        return false;
    if (p.plain && !(rule->plain_loopback && p.loopback))
        return false;
    return p.loopback || !rule->only_loopback;
}

bool http_url_is_loopback(const char *url)
{
    struct parts p;
    return take_apart(url, &p) && p.loopback;
}
