/* From a request to its reply: who may ask, which handler, all or nothing. */
#include <string.h>

#include "serve.h"

/* Matches a path with a route; each "*" takes a uuid. */
static bool route_matches(const char *route, const char *path, struct call *c)
{
    int n = 0;
    for (; *route; route++) {
        if (*route != '*') {
            if (*path++ != *route)
                return false;
            continue;
        }
        size_t len = strcspn(path, "/");
        if (len != UUID_SIZE - 1 || n == SEGMENTS_MAX)
            return false;
        memcpy(c->uuid[n], path, len);
        c->uuid[n++][len] = '\0';
        path += len;
    }
    return *path == '\0';
}

static struct reply run_route(struct server *s, struct call *c)
{
    const struct route *const all[] = { catalogi_routes, zaken_routes, klant_routes };
    bool other_method = false;
    for (size_t i = 0; i < ARRAY_LEN(all); i++)
        for (const struct route *r = all[i]; r->method; r++) {
            if (!route_matches(r->path, c->path, c))
                continue;
            if (strcmp(r->method, c->method) == 0) {
                struct reply refused = auth_check(s, c);
                if (refused.status)
                    return refused;
                if (strcmp(c->method, "GET") != 0 && !c->body)
                    return reply_problem(s, 400, "parse_error", "Ongeldige JSON.");
                return r->run(s, c);
            }
            other_method = true;
        }
    return other_method ? reply_problem(s, 405, "method_not_allowed", "Methode niet toegestaan.")
                        : (struct reply){ 404, NULL };
}

struct reply route_answer(struct server *s, struct call *c)
{
    if (!db_begin(&s->db))
        return reply_problem(s, 503, "error", "Database bezet.");
    struct reply r = run_route(s, c);
    if (!db_end(&s->db, r.status < 300) && r.status < 300) {
        json_decref(r.body);
        r = reply_problem(s, 500, "error", "Opslag mislukt.");
    }
    return r;
}

static bool is_path(const char *text)
{
    return strncmp(text, ZAKEN "/", strlen(ZAKEN "/")) == 0 ||
           strncmp(text, CATALOGI "/", strlen(CATALOGI "/")) == 0 ||
           strncmp(text, KLANT "/", strlen(KLANT "/")) == 0;
}

void route_with_host(json_t *v, const char *base)
{
    const char *key;
    json_t *one;
    size_t i;
    if (json_is_string(v) && is_path(json_string_value(v))) {
        json_t *whole = json_sprintf("%s%s", base, json_string_value(v));
        json_string_set(v, json_string_value(whole));
        json_decref(whole);
    }
    json_object_foreach(v, key, one) route_with_host(one, base);
    json_array_foreach(v, i, one) route_with_host(one, base);
}
