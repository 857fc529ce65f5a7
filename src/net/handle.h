/*
 * src/net/handle.h - the settings of every curl handle, and what its codes mean.
 *
 * Inside the module only.
 */
#ifndef NET_HANDLE_H
#define NET_HANDLE_H

#include <curl/curl.h>

#include "net/http.h"

/* False: no memory, or this curl lacks an option. */
bool handle_set_up(CURL *h, const struct http_options *o, size_t max_body);

enum http_fault handle_fault(CURLcode code);

#endif
