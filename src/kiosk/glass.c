#include "kiosk/glass.h"

void glass_start(struct glass *g, int panels, int64_t real_ms)
{
    *g = (struct glass){ .due = panels > 0 ? 0 : real_ms + GLASS_MS };
}

bool glass_pass(struct glass *g, int64_t real_ms)
{
    if (g->due == 0 || real_ms < g->due)
        return false;
    g->due = 0;
    g->dead = true;
    return true;
}

bool glass_felt(struct glass *g)
{
    bool was_dead = g->dead;

    *g = (struct glass){ 0 };
    return was_dead;
}

int64_t glass_due(const struct glass *g)
{
    return g->due ? g->due : INT64_MAX;
}
