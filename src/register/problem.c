#include <stdio.h>
#include <string.h>

#include "register/call.h"
#include "register/json.h"

/* Codes and names come from outside and go to logs and pages: a plain alphabet only. */
static void copy_word(const char *word, char *out, size_t n)
{
    static const char plain[] =
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._:/[]";
    size_t i = 0;
    for (; word[i] && i + 1 < n; i++)
        out[i] = strchr(plain, word[i]) ? word[i] : '?';
    out[i] = '\0';
}

/* "name:code name:code"; whole pairs only, as many as fit. */
static void read_params(const json_t *list, char *out, size_t n)
{
    size_t i, used = 0;
    json_t *p;
    out[0] = '\0';
    json_array_foreach(list, i, p)
    {
        char name[100], code[64];
        copy_word(json_text(p, "name"), name, sizeof name);
        copy_word(json_text(p, "code"), code, sizeof code);
        size_t need = strlen(name) + strlen(code) + 1 + (used > 0);
        if (used + need >= n)
            break;
        used += (size_t)snprintf(out + used, n - used, "%s%s:%s", used ? " " : "", name, code);
    }
}

bool register_problem_read(const struct http_answer *a, struct register_problem *ret)
{
    struct register_problem p = { .status = a->status };
    copy_word(a->api_version, p.api_version, sizeof p.api_version);
    json_t *o = a->fault ? NULL : json_of_answer(a);
    bool ok = json_is_object(o);
    if (ok) {
        copy_word(json_text(o, "code"), p.code, sizeof p.code);
        copy_word(json_text(o, "instance"), p.instance, sizeof p.instance);
        read_params(json_object_get(o, "invalidParams"), p.params, sizeof p.params);
    }
    json_decref(o);
    *ret = p;
    return ok;
}
