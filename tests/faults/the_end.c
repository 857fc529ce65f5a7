/* Is everything there, once? */
#include "tests/faults/world.h"

#include <string.h>

struct seen {
    int acts[VISIT_ACT_COUNT];
};

/* A disk that keeps what it called stored never leaves an older database behind. */
static void check_never_older(struct world *w)
{
    struct health h = { 0 };
    enum err e = flow_health(program(w, BOX_DESK), &h);
    if (e != ERR_OK || h.older)
        FAILS(w, "the database is called older than what was seen, %s", err_text(e));
}

static void see_event(void *arg, const struct visit_event *ev)
{
    struct seen *seen = arg;
    enum visit_act act;
    if (visit_act_of(ev->act, &act) == ERR_OK)
        seen->acts[act]++;
}

static void check_visit(struct world *w, const struct told_visit *v)
{
    struct flow *f = program(w, BOX_DESK);
    struct queue_line l = { 0 };
    struct seen seen = { 0 };
    enum err e = flow_visit(f, &v->id, &l);
    if (e == ERR_NOT_FOUND && !v->acked)
        return;
    if (e != ERR_OK)
        FAILS(w, "visit %s, who was told %s: %s", v->id.s, v->ticket, err_text(e));
    if (v->acked && (strcmp(l.ticket, v->ticket) != 0 || l.version < v->version))
        FAILS(w, "visit %s was told %s and version %lld, and is %s, %lld", v->id.s, v->ticket,
              (long long)v->version, l.ticket, (long long)l.version);
    e = flow_visit_events(f, &v->id, see_event, &seen);
    if (e != ERR_OK)
        FAILS(w, "events of %s: %s", v->id.s, err_text(e));
    for (int act = VISIT_ARRIVE; act <= VISIT_SWITCH; act++) {
        bool by_time = act >= VISIT_AUTO_RESUME && act <= VISIT_CLOSE_DONE;
        /* Who scans or walks in again is put back in line without a word of ours. */
        bool by_others = act == VISIT_REQUEUE || act == VISIT_RESUME || act == VISIT_UNPARK;
        if (by_time)
            continue;
        if (seen.acts[act] < v->acked_acts[act])
            FAILS(w, "visit %s: %s was acknowledged %d times, stored %d times", v->id.s,
                  visit_act_name((enum visit_act)act), v->acked_acts[act], seen.acts[act]);
        if (!by_others && seen.acts[act] > v->acked_acts[act] + v->doubted_acts[act])
            FAILS(w,
                  "visit %s: %s was stored %d times, but acknowledged %d times and %d times "
                  "in doubt",
                  v->id.s, visit_act_name((enum visit_act)act), seen.acts[act], v->acked_acts[act],
                  v->doubted_acts[act]);
    }
}

static void check_appointment(struct world *w, const struct told_appointment *a)
{
    struct appointment_view v = { 0 };
    if (!a->booked)
        return;
    enum err e = flow_appointment(program(w, BOX_DESK), &a->id, &v);
    if (e != ERR_OK)
        FAILS(w, "appointment %s, who was told %s: %s", a->id.s, a->code, err_text(e));
    if (v.start != a->start || (v.code[0] && strcmp(v.code, a->code) != 0))
        FAILS(w, "appointment %s is not what was told", a->id.s);
    bool stands = v.state == APPT_BOOKED || v.state == APPT_NO_SHOW;
    bool gone = v.state == APPT_CANCELLED || v.state == APPT_MOVED;
    if (!a->in_doubt && (a->gone ? !gone : !stands))
        FAILS(w, "appointment %s is in state %d", a->id.s, (int)v.state);
}

static bool told_by_status(const char *kind)
{
    return strcmp(kind, "privacy_notice_shown") != 0 && strcmp(kind, "consent_reminder") != 0;
}

static void check_zaken(struct world *w, const json_t *dump, const struct outbox_list *l)
{
    const json_t *zaken = json_object_get(dump, "zaken");
    size_t i, chains = 0;
    json_t *zaak;
    json_array_foreach((json_t *)zaken, i, zaak)
    {
        const char *chain = json_string_value(json_object_get(zaak, "identificatie")) + 7;
        size_t told = 0, statuses = json_array_size(json_object_get(zaak, "statussen"));
        for (size_t k = 0; k < l->n; k++)
            told += strcmp(l->v[k].chain.s, chain) == 0 && told_by_status(l->v[k].kind);
        if (told != statuses)
            FAILS(w, "zaak %s has %zu statuses for %zu records", chain, statuses, told);
        if (json_array_size(json_object_get(zaak, "rollen")) != 2)
            FAILS(w, "zaak %s has not its two roles", chain);
    }
    for (size_t k = 0; k < l->n; k++) {
        size_t before = 0;
        while (strcmp(l->v[before].chain.s, l->v[k].chain.s) != 0)
            before++;
        chains += before == k;
    }
    if (chains != json_array_size(zaken))
        FAILS(w, "%zu zaken for %zu chains", json_array_size(zaken), chains);
}

static void check_contacts(struct world *w, const json_t *dump, const struct outbox_list *l)
{
    const json_t *all = json_object_get(dump, "klantcontacten");
    if (json_array_size(all) != l->n)
        FAILS(w, "%zu contacts for %zu records", json_array_size(all), l->n);
    for (size_t k = 0; k < l->n; k++) {
        size_t i, found = 0;
        json_t *one;
        json_array_foreach((json_t *)all, i, one)
        {
            const json_t *data = json_object_get(one, "metadata");
            const char *id = json_string_value(json_object_get(data, "kioskRecord"));
            found += id && strcmp(id, l->v[k].id.s) == 0;
        }
        if (found != 1)
            FAILS(w, "record %s is in the register %zu times", l->v[k].id.s, found);
    }
}

static void check_case_register(struct world *w)
{
    struct outbox_list l = { 0 };
    enum err e = flow_outbox(program(w, BOX_DESK), false, &l);
    if (e != ERR_OK)
        FAILS(w, "outbox: %s", err_text(e));
    for (int i = 0; i < w->n_v; i++) {
        size_t n = 0;
        for (size_t k = 0; k < l.n; k++)
            n += strcmp(l.v[k].chain.s, w->v[i].id.s) == 0 &&
                 strcmp(l.v[k].kind, "walkin_registered") == 0;
        if (n > 1)
            FAILS(w, "visit %s is told %zu times", w->v[i].id.s, n);
    }
    json_t *d = near_dump(&w->b.near);
    if (w->b.settings.profile == REGISTER_ZGW)
        check_zaken(w, d, &l);
    else
        check_contacts(w, d, &l);
    json_decref(d);
    outbox_list_done(&l);
}

void check_all(struct world *w)
{
    enum err e = ERR_OK;
    w->what = "the end";
    for (int i = 0; i < w->n_v; i++)
        check_visit(w, &w->v[i]);
    for (int i = 0; i < w->n_a; i++)
        check_appointment(w, &w->a[i]);
    for (int i = 0; i < w->n_v; i++)
        for (int k = 0; k < i; k++)
            if (w->v[i].acked && w->v[k].acked && strcmp(w->v[i].id.s, w->v[k].id.s) == 0)
                FAILS(w, "a visit twice in the book of the test");
    check_case_register(w);
    check_never_older(w);
    if (!box_is_sound(&w->b, &e))
        FAILS(w, "dynamoctl check: %s (its lines are shown with HISTORIES=1)", err_text(e));
}
