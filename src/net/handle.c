#include "net/handle.h"

static bool set_limits(CURL *h, const struct http_options *o, size_t max_body)
{
    bool ok = curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS,
                               (long)(o->connect_ms ? o->connect_ms : 10000)) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_TIMEOUT_MS,
                                (long)(o->total_ms ? o->total_ms : 60000)) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)max_body) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_TCP_KEEPALIVE, 1L) == CURLE_OK;
    return ok;
}

static bool set_protocol(CURL *h, const struct http_options *o)
{
    bool ok = curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR,
                               o->allow_plain_loopback ? "https,http" : "https") == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_HTTP09_ALLOWED, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_HTTP_CONTENT_DECODING, 0L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED) == CURLE_OK;
    /* "" for both: not even what the environment says */
    ok = ok && curl_easy_setopt(h, CURLOPT_PROXY, o->proxy ? o->proxy : "") == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_NOPROXY, "") == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_USERAGENT, "dynamo-kiosk/" DYNAMO_VERSION) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_HTTP_VERSION,
                                (long)(o->http2 ? CURL_HTTP_VERSION_2TLS
                                                : CURL_HTTP_VERSION_1_1)) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_PIPEWAIT, o->http2 ? 1L : 0L) == CURLE_OK;
    return ok;
}

static bool set_tls(CURL *h, const struct http_options *o)
{
    bool ok = curl_easy_setopt(h, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK;
    ok = ok && curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
    if (o->ca_file) { /* this file and nothing else */
        ok = ok && curl_easy_setopt(h, CURLOPT_CAINFO, o->ca_file) == CURLE_OK;
        ok = ok && curl_easy_setopt(h, CURLOPT_CAPATH, NULL) == CURLE_OK;
    }
    if (o->cert_file) {
        ok = ok && curl_easy_setopt(h, CURLOPT_SSLCERT, o->cert_file) == CURLE_OK;
        ok = ok && curl_easy_setopt(h, CURLOPT_SSLKEY,
                                    o->key_file ? o->key_file : o->cert_file) == CURLE_OK;
    }
    if (o->pinned_key)
        ok = ok && curl_easy_setopt(h, CURLOPT_PINNEDPUBLICKEY, o->pinned_key) == CURLE_OK;
    return ok;
}

bool handle_set_up(CURL *h, const struct http_options *o, size_t max_body)
{
    return set_limits(h, o, max_body) && set_protocol(h, o) && set_tls(h, o);
}

enum http_fault handle_fault(CURLcode code)
{
    static const struct {
        CURLcode code;
        enum http_fault fault;
    } table[] = {
        { CURLE_OK, HTTP_FAULT_NONE },
        { CURLE_COULDNT_RESOLVE_PROXY, HTTP_FAULT_DNS },
        { CURLE_COULDNT_RESOLVE_HOST, HTTP_FAULT_DNS },
        { CURLE_COULDNT_CONNECT, HTTP_FAULT_CONNECT },
        { CURLE_PROXY, HTTP_FAULT_CONNECT },
        { CURLE_OPERATION_TIMEDOUT, HTTP_FAULT_TIMEOUT },
        { CURLE_SSL_CONNECT_ERROR, HTTP_FAULT_TLS },
        { CURLE_PEER_FAILED_VERIFICATION, HTTP_FAULT_CERT },
        { CURLE_SSL_CERTPROBLEM, HTTP_FAULT_CERT },
        { CURLE_SSL_CIPHER, HTTP_FAULT_TLS },
        { CURLE_SSL_CACERT_BADFILE, HTTP_FAULT_CERT },
        { CURLE_SSL_ISSUER_ERROR, HTTP_FAULT_CERT },
        { CURLE_SSL_PINNEDPUBKEYNOTMATCH, HTTP_FAULT_CERT },
        { CURLE_SSL_INVALIDCERTSTATUS, HTTP_FAULT_CERT },
        { CURLE_SSL_CLIENTCERT, HTTP_FAULT_CERT },
        { CURLE_SEND_ERROR, HTTP_FAULT_RESET },
        { CURLE_ABORTED_BY_CALLBACK, HTTP_FAULT_RESET }, /* see on_begin() in client.c */
        { CURLE_RECV_ERROR, HTTP_FAULT_RESET },
        { CURLE_GOT_NOTHING, HTTP_FAULT_RESET },
        { CURLE_PARTIAL_FILE, HTTP_FAULT_RESET },
        { CURLE_HTTP2_STREAM, HTTP_FAULT_RESET },
        { CURLE_HTTP2, HTTP_FAULT_PROTOCOL },
        { CURLE_WEIRD_SERVER_REPLY, HTTP_FAULT_PROTOCOL },
        { CURLE_UNSUPPORTED_PROTOCOL, HTTP_FAULT_PROTOCOL }, /* HTTP/0.9 */
        { CURLE_BAD_CONTENT_ENCODING, HTTP_FAULT_PROTOCOL },
        { CURLE_FILESIZE_EXCEEDED, HTTP_FAULT_TOO_BIG },
        { CURLE_URL_MALFORMAT, HTTP_FAULT_REFUSED },
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++)
        if (table[i].code == code)
            return table[i].fault;
    return HTTP_FAULT_LOCAL;
}
