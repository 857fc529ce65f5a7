#include "register/json.h"

#include <string.h>

json_t *json_of_answer(const struct http_answer *a)
{
    return json_loadb(buf_str(&a->body), a->body.n, JSON_REJECT_DUPLICATES, NULL);
}

const char *json_text(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

bool json_text_is(const json_t *o, const char *key, const char *want)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text && strcmp(text, want) == 0;
}

bool url_tail(const char *url, char out[URL_TAIL_SIZE])
{
    static const char set[] =
        "0123456789-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    if (strncmp(url, "http://", 7) != 0 && strncmp(url, "https://", 8) != 0)
        return false;
    size_t n = strcspn(url, "#"), start = n;
    while (start > 0 && url[start - 1] != '/')
        start--;
    size_t len = n - start;
    if (len == 0 || len >= URL_TAIL_SIZE || strspn(url + start, set) < len ||
        strcspn(url, " \"<>\\\t\r\n") < n || start <= strlen("https://"))
        return false;
    memcpy(out, url + start, len);
    out[len] = '\0';
    return true;
}

bool url_same_tail(const char *a, const char *b)
{
    char ta[URL_TAIL_SIZE], tb[URL_TAIL_SIZE];
    return url_tail(a, ta) && url_tail(b, tb) && strcmp(ta, tb) == 0;
}
