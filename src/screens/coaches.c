#include "screens/coaches.h"

#include <stdio.h>
#include <string.h>

#include "screens/words.h"

static void add(struct session *s, const struct roster_coach *c)
{
    if (s->n_coaches == SCREEN_COACHES)
        return;
    struct coach_choice *choice = &s->coaches[s->n_coaches++];
    *choice = (struct coach_choice){ 0 };
    memcpy(choice->id, c->id, sizeof(choice->id));
    memcpy(choice->name, c->name, sizeof(choice->name));
}

enum err coaches_free(struct session *s)
{
    CLEANUP(free_list_done) struct free_list list = { 0 };
    const struct roster *r = flow_roster(s->host->flow);
    uint64_t seen = 0;

    s->n_coaches = 0;
    if (!r || !s->hold.id.s[0])
        return ERR_OK;
    civil_day day = session_local(s, s->hold.start).day;
    enum err e = flow_free(s->host->flow, s->hold.service, NULL, day, day, &list);
    if (e != ERR_OK)
        return e;
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].start == s->hold.start)
            seen |= UINT64_C(1) << list.v[i].coach;
    for (size_t i = 0; i < r->n_coaches; i++)
        if ((seen >> i & 1) || strcmp(r->coaches[i].id, s->hold.coach) == 0)
            add(s, &r->coaches[i]);
    return ERR_OK;
}

enum err coaches_waiting(struct session *s, const char *service)
{
    const struct roster *r = flow_roster(s->host->flow);
    int index = r ? roster_service_find(r, service) : -1;
    int ahead;

    s->n_coaches = 0;
    if (index < 0)
        return ERR_OK;
    enum err e = flow_wait_now(s->host->flow, service, NULL, &s->wait, &ahead);
    s->wait_known = e == ERR_OK;
    for (size_t i = 0; i < r->n_coaches && (e == ERR_OK || e == ERR_NOT_FOUND); i++) {
        struct queue_wait wait;
        if (!(r->coaches[i].services >> index & 1))
            continue;
        e = flow_wait_now(s->host->flow, service, r->coaches[i].id, &wait, &ahead);
        if (e != ERR_OK || !wait.known)
            continue; /* not in the house: nobody to wait for */
        add(s, &r->coaches[i]);
        s->coaches[s->n_coaches - 1].wait = wait;
        s->coaches[s->n_coaches - 1].wait_known = true;
    }
    return e == ERR_NOT_FOUND ? ERR_OK : e;
}

void coaches_view(struct ui *ui, const struct session *s, const char *prefix, const char *chosen,
                  bool waits)
{
    UI_GRID(ui, .cols = ui_portrait(ui_look(ui)) ? 2 : 3, .gap = 20)
    {
        UI_OPTION(ui, .id = ui_fmt(ui, "%s.any", prefix), .text = _("It does not matter"),
                  .hint = waits ? words_wait(ui, s->wait_known, s->wait)
                                : _("Whoever is free first"),
                  .selected = !chosen[0]);
        for (size_t i = 0; i < s->n_coaches; i++) {
            const struct coach_choice *c = &s->coaches[i];
            UI_OPTION(ui, .id = ui_fmt(ui, "%s.%s", prefix, c->id), .text = c->name,
                      .hint = waits ? words_wait(ui, c->wait_known, c->wait) : NULL,
                      .selected = strcmp(chosen, c->id) == 0);
        }
    }
}
