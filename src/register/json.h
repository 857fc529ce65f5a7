/*
 * src/register/json.h - reading a register's JSON, which may be anything.
 *
 * Inside the module only. Every call takes NULL and wrong types for "absent".
 */
#ifndef REGISTER_JSON_H
#define REGISTER_JSON_H

#include <jansson.h>
#include <stdbool.h>

#include "net/http.h"
#include "register/settings.h"

/* The object or array of an answer; NULL when its body is neither. A new reference. */
json_t *json_of_answer(const struct http_answer *a);

/* The text under a key, or "". */
const char *json_text(const json_t *o, const char *key);
bool json_text_is(const json_t *o, const char *key, const char *want);

/*
 * The last segment of an address, before any '#': the uuid by which we call it
 * again. Our own base url goes before it, never the host that an answer named.
 * False when it is no http(s) address or the segment is not [0-9A-Za-z-]{1,64}.
 */
#define URL_TAIL_SIZE 65
bool url_tail(const char *url, char out[URL_TAIL_SIZE]);
/* Both have a tail and it is the same. */
bool url_same_tail(const char *a, const char *b);

#endif
