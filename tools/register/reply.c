#include <stdlib.h>
#include <string.h>

#include "serve.h"

struct reply reply_ok(int status, json_t *body)
{
    return (struct reply){ status, body };
}

struct reply reply_problem(struct server *s, int status, const char *code, const char *title)
{
    char uuid[UUID_SIZE];
    uuid_make(s, uuid);
    json_t *o = json_pack("{s:s+, s:s, s:s, s:i, s:s}", "type", "/ref/fouten/", code, "code", code,
                          "title", title, "status", status, "detail", title);
    json_object_set_new(o, "instance", json_sprintf("urn:uuid:%s", uuid));
    return (struct reply){ status, o };
}

struct reply reply_not_found(struct server *s)
{
    return reply_problem(s, 404, "not_found", "Niet gevonden.");
}

struct reply faults_reply(struct server *s, struct faults *f)
{
    if (!f->params)
        return (struct reply){ 0, NULL };
    struct reply r = reply_problem(s, 400, "invalid", "Invalid input.");
    json_object_set_new(r.body, "invalidParams", f->params);
    f->params = NULL;
    return r;
}

static size_t number_arg(const struct call *c, const char *name, size_t usual, size_t most)
{
    const char *text = call_arg(c, name);
    unsigned long n = text ? strtoul(text, NULL, 10) : usual;
    return n < 1 ? 1 : n > most ? most : n;
}

struct reply reply_page(const struct call *c, json_t *all)
{
    size_t size = number_arg(c, "pageSize", 100, 500);
    size_t page = number_arg(c, "page", 1, 1000000);
    size_t count = json_array_size(all);
    json_t *results = json_array();
    for (size_t i = (page - 1) * size; i < count && i < page * size; i++)
        json_array_append(results, json_array_get(all, i));
    json_decref(all);
    json_t *o = json_pack("{s:I, s:n, s:n, s:o}", "count", (json_int_t)count, "next", "previous",
                          "results", results);
    if (page * size < count)
        json_object_set_new(o, "next",
                            json_sprintf("%s?page=%d&pageSize=%d", c->path, (int)page + 1, (int)size));
    if (page > 1)
        json_object_set_new(o, "previous",
                            json_sprintf("%s?page=%d&pageSize=%d", c->path, (int)page - 1, (int)size));
    return (struct reply){ 200, o };
}
