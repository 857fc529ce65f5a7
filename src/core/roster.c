#include "core/roster.h"

#include <string.h>

#include "base/mem.h"

struct roster_rules roster_default_rules(void)
{
    return (struct roster_rules){ .step_minutes = 15,
                                  .lead_minutes = 60,
                                  .horizon_days = 60,
                                  .hold_seconds = 180,
                                  .late_minutes = 10,
                                  .no_show_minutes = 15,
                                  .starve_minutes = 45,
                                  .calls_before_missed = 3,
                                  .recall_block_minutes = 5 };
}

void roster_done(struct roster *r)
{
    for (size_t i = 0; i < r->n_coaches; i++) {
        mem_free(r->coaches[i].availability);
        mem_free(r->coaches[i].breaks);
        mem_free(r->coaches[i].exceptions);
    }
    mem_free(r->opening);
    mem_free(r->closures);
    mem_free(r->services);
    mem_free(r->coaches);
    mem_free(r->exceptions);
    *r = (struct roster){ 0 };
}

int roster_service_find(const struct roster *r, const char *id)
{
    for (size_t i = 0; i < r->n_services; i++)
        if (strcmp(r->services[i].id, id) == 0)
            return (int)i;
    return -1;
}

int roster_coach_find(const struct roster *r, const char *id)
{
    for (size_t i = 0; i < r->n_coaches; i++)
        if (strcmp(r->coaches[i].id, id) == 0)
            return (int)i;
    return -1;
}

bool roster_coach_offers(const struct roster *r, int coach, int service)
{
    return coach >= 0 && (size_t)coach < r->n_coaches && service >= 0 &&
           (size_t)service < r->n_services && (r->coaches[coach].services >> service & 1) != 0;
}

const char *roster_service_label(const struct roster *r, int service, const char *lang)
{
    const struct roster_service *s = &r->services[service];
    const char *dutch = s->id;
    for (size_t i = 0; i < s->n_names; i++) {
        if (strcmp(s->names[i].lang, lang) == 0)
            return s->names[i].text;
        if (strcmp(s->names[i].lang, "nl") == 0)
            dutch = s->names[i].text;
    }
    return dutch;
}

int roster_route(const struct roster *r, enum topic topic, unsigned open_for)
{
    int fallback = 0;
    for (size_t i = 0; i < r->n_services; i++) {
        const struct roster_service *s = &r->services[i];
        bool open = ((open_for & OPEN_WALK_IN) != 0 && s->walk_in) ||
                    ((open_for & OPEN_APPOINTMENT) != 0 && s->book);
        if (open && (s->topics >> topic & 1) != 0)
            return (int)i;
        if (s->is_default)
            fallback = (int)i;
    }
    return fallback;
}
