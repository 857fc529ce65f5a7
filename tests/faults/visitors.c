/* Who comes in, waits, is called and helped. */
#include "tests/faults/world.h"

#include <string.h>

#include "tests/faults/people.h"
#include "tests/flow/any_act.h"

static struct told_visit *some_visit(struct world *w)
{
    return w->n_v ? &w->v[below(w, w->n_v)] : NULL;
}

void note_arrival(struct world *w, struct told_visit *v, enum outcome o,
                         const struct arrival *a)
{
    v->pending = o == UNKNOWN;
    v->doubted_acts[VISIT_ARRIVE] += o == UNKNOWN;
    if (o != DONE)
        return;
    if (strcmp(a->line.visit.s, v->id.s) != 0) { /* of this person, who waits already */
        if (!a->existing)
            FAILS(w, "visit %s came out as another one", v->id.s);
        return;
    }
    if (v->acked && strcmp(v->ticket, a->line.ticket) != 0)
        FAILS(w, "visit %s has two numbers: %s, %s", v->id.s, v->ticket, a->line.ticket);
    v->acked = true;
    v->acked_acts[VISIT_ARRIVE] = 1;
    snprintf(v->ticket, sizeof(v->ticket), "%s", a->line.ticket);
    v->version = a->line.version;
}

static void try_walk_in(struct world *w, struct told_visit *v)
{
    struct flow *f = some_program(w);
    struct person p = people_person(v->person);
    struct arrival a = { 0 };
    w->what = "walk-in";
    enum err e = flow_walk_in(f,
                              &(struct walk_in_request){ .visit = v->id,
                                                         .person = &p,
                                                         .notice_shown = v->person % 2 },
                              &a);
    if (e == ERR_INVAL)
        FAILS(w, "somebody with a fine name is refused");
    note_arrival(w, v, ended(w, f, e), &a);
}

void do_walk_in(struct world *w)
{
    struct told_visit *v = some_visit(w);
    if (v && v->pending) {
        try_walk_in(w, v);
        return;
    }
    if (w->n_v == VISITS)
        return;
    v = &w->v[w->n_v++];
    *v = (struct told_visit){ .id = flow_new_id(program(w, BOX_KIOSK)),
                              .person =
                                  w->people && one_in(w, 6) ? below(w, w->people) : w->people++ };
    try_walk_in(w, v);
}

/* One act of a coach or a visitor on a visit, whatever it is. */
static enum err act_on(struct world *w, struct flow *f, struct visit_ref r, enum visit_act act,
                       struct queue_line *l)
{
    struct any_act with = { .coach = people_coaches[below(w, PEOPLE_COACHES)], .minutes = 5 };
    if (act == VISIT_REDIRECT || (act == VISIT_SWITCH && !one_in(w, 2)))
        with.coach = NULL;
    if (act == VISIT_REDIRECT)
        with.service = people_services[below(w, PEOPLE_SERVICES)];
    return any_act(f, act, r, &with, l);
}

static void note_act(struct world *w, struct told_visit *v, enum visit_act act, enum outcome o,
                     const struct queue_line *l)
{
    bool last_call = act == VISIT_RECALL && (o == UNKNOWN || l->state == VISIT_MISSED);
    if (o == UNKNOWN) {
        v->doubted_acts[act]++;
        v->doubted_acts[VISIT_AUTO_MISSED] += last_call;
        return;
    }
    if (o != DONE)
        return;
    v->acked_acts[last_call ? VISIT_AUTO_MISSED : act]++;
    if (l->version <= v->version)
        FAILS(w, "visit %s was at version %lld and is at %lld", v->id.s, (long long)v->version,
              (long long)l->version);
    v->version = l->version;
}

void do_act(struct world *w, enum visit_act act)
{
    struct told_visit *v = some_visit(w);
    struct queue_line l = { 0 };
    if (!v || !v->acked)
        return;
    struct flow *f = some_program(w);
    w->what = visit_act_name(act);
    enum err e = act_on(w, f, (struct visit_ref){ v->id, 0 }, act, &l);
    if (e == ERR_NOT_FOUND && !calls_power_is_off() && !calls_is_killed())
        FAILS(w, "visit %s, %s, is gone", v->id.s, v->ticket);
    note_act(w, v, act, ended(w, f, e), &l);
}

void do_next(struct world *w)
{
    struct flow *f = program(w, BOX_DESK);
    struct queue_line l = { 0 };
    w->what = "next";
    enum err e = flow_call_next(f, people_coaches[below(w, PEOPLE_COACHES)], &l);
    enum outcome o = ended(w, f, e);
    for (int i = 0; i < w->n_v; i++)
        if (o == UNKNOWN)
            w->v[i].doubted_acts[VISIT_CALL]++; /* it could have been anybody */
        else if (o == DONE && strcmp(w->v[i].id.s, l.visit.s) == 0)
            note_act(w, &w->v[i], VISIT_CALL, o, &l);
}
