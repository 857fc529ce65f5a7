#include "tools/bench/upload/bare.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tools/bench/rounds.h"

#define WIDTH_MAX 64

static size_t drop(char *bytes, size_t size, size_t n, void *arg)
{
    (void)bytes;
    (void)arg;
    return size * n;
}

static void must(CURLcode code)
{
    if (code == CURLE_OK)
        return;
    fprintf(stderr, "bench upload: bare: %s\n", curl_easy_strerror(code));
    exit(1);
}

static CURL *handle(struct curl_slist *headers)
{
    CURL *h = curl_easy_init();
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop);
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    return h;
}

static struct curl_slist *usual_headers(void)
{
    struct curl_slist *l = curl_slist_append(NULL, "Content-Type: application/json");
    l = curl_slist_append(l, "Authorization: Token example-secret");
    return curl_slist_append(l, "Expect:");
}

static void aim(CURL *h, int port, const struct bare_request *r)
{
    char url[300];
    snprintf(url, sizeof url, "http://127.0.0.1:%d%s", port, r->path);
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, r->body);
}

int64_t bare_easy_ns(int port, const struct bare_request *r, size_t n)
{
    struct curl_slist *headers = usual_headers();
    CURL *h = handle(headers);
    int64_t start = bench_now_ns();
    for (size_t i = 0; i < n; i++) {
        aim(h, port, &r[i]);
        must(curl_easy_perform(h));
    }
    int64_t took = bench_now_ns() - start;
    curl_easy_cleanup(h);
    curl_slist_free_all(headers);
    return took;
}

static size_t reap(CURLM *multi, int port, const struct bare_request *r, size_t n, size_t *next)
{
    int left;
    size_t done = 0;
    for (CURLMsg *m = curl_multi_info_read(multi, &left); m; m = curl_multi_info_read(multi, &left)) {
        CURL *h = m->easy_handle;
        must(m->data.result);
        curl_multi_remove_handle(multi, h);
        done++;
        if (*next < n) {
            aim(h, port, &r[(*next)++]);
            curl_multi_add_handle(multi, h);
        }
    }
    return done;
}

int64_t bare_multi_ns(int port, const struct bare_request *r, size_t n, unsigned width)
{
    struct curl_slist *headers = usual_headers();
    CURL *handles[WIDTH_MAX];
    CURLM *multi = curl_multi_init();
    size_t next = 0, done = 0;
    int64_t start = bench_now_ns();
    for (unsigned i = 0; i < width; i++) {
        handles[i] = handle(headers);
        aim(handles[i], port, &r[next++]);
        curl_multi_add_handle(multi, handles[i]);
    }
    for (int running; done < n;) {
        curl_multi_perform(multi, &running);
        done += reap(multi, port, r, n, &next);
        if (done < n && running > 0)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    int64_t took = bench_now_ns() - start;
    for (unsigned i = 0; i < width; i++)
        curl_easy_cleanup(handles[i]);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    return took;
}
