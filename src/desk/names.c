/* The pages /names and /help: first names on demand, each look an audit line; and answers to
 * who asks for help at the kiosk. */
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/pages.h"

#define NAMES_MAX 64

/* "visit:ID", "appointment:ID" or "call:ID". */
static enum err read_name(struct desk *d, const char *what, char *out, size_t n)
{
    struct person p = { 0 };
    const char *colon = strchr(what, ':');
    struct ulid id = ulid_of(colon ? colon + 1 : NULL);
    enum err e = ERR_INVAL;

    if (id.s[0] && strncmp(what, "visit:", 6) == 0)
        e = flow_visit_person(d->flow, &id, &p);
    else if (id.s[0] && strncmp(what, "appointment:", 12) == 0)
        e = flow_appointment_person(d->flow, &id, &p);
    else if (id.s[0] && strncmp(what, "call:", 5) == 0)
        e = flow_call_person(d->flow, &id, &p);
    if (e == ERR_OK)
        person_short_name(&p, out, n);
    mem_wipe(&p, sizeof(p));
    return e;
}

/* Names whose key is gone are left out: nobody can read them any more. */
static void post_names(struct desk *d, struct request *r, struct reply *out)
{
    const json_t *list = json_object_get(r->json, "of");
    json_t *names = json_object();
    char name[PERSON_FULL_SIZE];
    enum err e = request_only(r, "of") && json_is_array(list) && names ? ERR_OK : ERR_INVAL;

    for (size_t i = 0; e == ERR_OK && i < json_array_size(list) && i < NAMES_MAX; i++) {
        const char *what = json_string_value(json_array_get(list, i));
        enum err one = what ? read_name(d, what, name, sizeof(name)) : ERR_INVAL;
        if (one == ERR_OK && json_object_set_new(names, what, json_string(name)) != 0)
            e = ERR_NOMEM;
        else if (one != ERR_OK && one != ERR_NOT_FOUND && one != ERR_DENIED)
            e = one;
    }
    mem_wipe(name, sizeof(name));
    if (e == ERR_OK) {
        reply_json(out, json_pack("{s:b,s:o}", "ok", 1, "names", names));
        return;
    }
    json_decref(names);
    reply_err(out, e);
}

static void post_help(struct desk *d, struct request *r, struct reply *out)
{
    struct ulid call = ulid_of(request_text(r, "call"));
    const char *to = request_text(r, "to");
    enum err e = ERR_INVAL;

    if (request_only(r, "call to") && call.s[0] && to) {
        if (strcmp(to, "coming") == 0)
            e = flow_help_answer(d->flow, &call, HELP_COMING);
        else if (strcmp(to, "done") == 0)
            e = flow_help_answer(d->flow, &call, HELP_DONE);
    }
    if (e == ERR_OK)
        reply_ok(out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_names = { .path = "/names", .roles = ROLE_ALL, .post = post_names };
const struct page page_help = { .path = "/help", .roles = ROLE_ALL, .post = post_help };
