#include "fault.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[FAULT_COUNT] = {
    [FAULT_NONE] = "",
    [FAULT_DROP_BEFORE] = "drop-before",
    [FAULT_DROP_AFTER] = "drop-after",
    [FAULT_429] = "429",
    [FAULT_408] = "408",
    [FAULT_409] = "409",
    [FAULT_425] = "425",
    [FAULT_500] = "500",
    [FAULT_502] = "502",
    [FAULT_503] = "503",
    [FAULT_504] = "504",
    [FAULT_STALL] = "stall",
    [FAULT_TRICKLE] = "trickle",
    [FAULT_GARBAGE] = "garbage",
    [FAULT_WRONG_LENGTH] = "wrong-length",
    [FAULT_REDIRECT] = "redirect",
    [FAULT_CLOSE] = "close",
};

const char *fault_name(enum fault f)
{
    return names[f];
}

static enum fault fault_of(const char *word, size_t n)
{
    for (int f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
        if (strlen(names[f]) == n && memcmp(names[f], word, n) == 0)
            return (enum fault)f;
    return FAULT_NONE;
}

/* One "name=value" of a rule. */
static enum err read_part(struct fault_rule *r, const char *part)
{
    char *end = NULL;
    const char *value = strchr(part, '=');
    if (!value++)
        return ERR_FORMAT;
    if (strncmp(part, "every=", 6) == 0)
        r->every = strtol(value, &end, 10);
    else if (strncmp(part, "nth=", 4) == 0)
        r->nth = strtol(value, &end, 10);
    else if (strncmp(part, "p=", 2) == 0)
        r->p = strtod(value, &end);
    else if (strncmp(part, "seed=", 5) == 0)
        r->rng = rng_seeded(strtoull(value, &end, 10));
    else if (strncmp(part, "path=", 5) == 0)
        return (size_t)snprintf(r->path, sizeof r->path, "%s", value) < sizeof r->path ? ERR_OK
                                                                                        : ERR_FORMAT;
    else if (strncmp(part, "method=", 7) == 0)
        return (size_t)snprintf(r->method, sizeof r->method, "%s", value) < sizeof r->method
                   ? ERR_OK
                   : ERR_FORMAT;
    return end && end > value && *end == '\0' && r->every >= 0 && r->nth >= 0 && r->p <= 1
               ? ERR_OK
               : ERR_FORMAT;
}

enum err fault_add(struct fault_plan *plan, const char *text)
{
    if (plan->n == FAULT_RULES_MAX)
        return ERR_LIMIT;
    struct fault_rule r = { .p = -1, .rng = rng_seeded(1) };
    size_t n = strcspn(text, "@");
    r.fault = fault_of(text, n);
    if (!r.fault)
        return ERR_FORMAT;
    for (text += n; *text; text += n) {
        char part[80];
        n = strcspn(++text, ",");
        if (n >= sizeof part)
            return ERR_FORMAT;
        memcpy(part, text, n);
        part[n] = '\0';
        if (read_part(&r, part) != ERR_OK)
            return ERR_FORMAT;
    }
    plan->v[plan->n++] = r;
    return ERR_OK;
}

static int hits(struct fault_rule *r, const char *method, const char *path)
{
    bool drops = r->fault == FAULT_DROP_BEFORE || r->fault == FAULT_DROP_AFTER;
    if (drops && !r->method[0] && strcmp(method, "GET") == 0)
        return 0;
    if ((r->path[0] && !strstr(path, r->path)) || (r->method[0] && strcmp(r->method, method) != 0))
        return 0;
    r->seen++;
    if (r->nth && r->seen != r->nth)
        return 0;
    if (r->every && r->seen % r->every != 0)
        return 0;
    return r->p < 0 || (double)(rng_u64(&r->rng) >> 11) * 0x1.0p-53 < r->p;
}

enum fault fault_next(struct fault_plan *plan, const char *method, const char *path)
{
    enum fault hit = FAULT_NONE;
    for (int i = 0; i < plan->n; i++)
        if (hits(&plan->v[i], method, path) && !hit)
            hit = plan->v[i].fault;
    return hit;
}
