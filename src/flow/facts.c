#include "flow/facts.h"

#include <stdio.h>
#include <string.h>

#include "store/daily_count.h"

#define FACTS_MAX 6
#define NO_HOUR (-1)

struct fact {
    char measure[COUNT_MEASURE_SIZE];
    const char *coach; /* "" none */
    int hour;
};
struct facts {
    struct fact v[FACTS_MAX];
    size_t n;
};

static void add(struct facts *l, const char *measure, int hour, const char *coach)
{
    struct fact *fact = &l->v[l->n++];
    text_put(fact->measure, sizeof(fact->measure), measure);
    fact->coach = coach;
    fact->hour = hour;
}

static void add_minutes(struct facts *l, const char *what, utc_ms from, utc_ms to)
{
    char measure[COUNT_MEASURE_SIZE];
    int64_t minutes = to > from ? (to - from) / MINUTE_MS : 0;
    snprintf(measure, sizeof(measure), "%s_%03d", what,
             (int)(minutes < FACT_MINUTES_MAX ? minutes : FACT_MINUTES_MAX));
    add(l, measure, NO_HOUR, "");
}

static void add_done(struct facts *l, const struct visit_row *v, int hour)
{
    char measure[COUNT_MEASURE_SIZE];
    snprintf(measure, sizeof(measure), "outcome_%s", v->outcome[0] ? v->outcome : "unrecorded");
    add(l, "done", hour, v->with_coach);
    add(l, measure, NO_HOUR, "");
    if (!v->inaccurate)
        add_minutes(l, "service", v->started, v->ended);
}

static struct facts facts_of(const struct flow *f, const struct visit_row *v)
{
    struct facts l = { 0 };
    int came = zone_local(&f->zone, v->arrived).minute / 60;
    int ended = zone_local(&f->zone, v->ended).minute / 60;
    bool planned = v->appointment.s[0] != '\0';
    if (v->state == VISIT_VOIDED) {
        add(&l, "voided", ended, "");
        return l;
    }
    add(&l, planned ? "check_in" : "walk_in", came, "");
    if (v->redirected)
        add(&l, "redirected", came, "");
    if (v->first_call != 0 && !v->clock_unsure)
        add_minutes(&l, planned ? "wait_check_in" : "wait_walk_in", v->arrived, v->first_call);
    if (v->state == VISIT_DONE)
        add_done(&l, v, ended);
    else if (v->state == VISIT_LEFT)
        add(&l, "left", ended, v->coach);
    else if (v->state == VISIT_UNSERVED)
        add(&l, "unserved", ended, v->coach);
    return l;
}

static bool has(const struct facts *l, const struct fact *x)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].hour == x->hour && strcmp(l->v[i].measure, x->measure) == 0 &&
            strcmp(l->v[i].coach, x->coach) == 0)
            return true;
    return false;
}

/* Adds n to what `these` has and `others` has not. */
static enum err count(struct flow *f, const struct visit_row *v, const struct facts *these,
                      const struct facts *others, int n)
{
    enum err e = ERR_OK;
    for (size_t i = 0; e == ERR_OK && i < these->n; i++) {
        const struct fact *x = &these->v[i];
        if (has(others, x))
            continue;
        struct count_row r = { .day = v->day, .hour = x->hour, .n = n };
        text_put(r.site, sizeof(r.site), v->site);
        text_put(r.measure, sizeof(r.measure), x->measure);
        text_put(r.municipality, sizeof(r.municipality), v->municipality);
        text_put(r.topic, sizeof(r.topic), topic_name(v->topic));
        text_put(r.coach, sizeof(r.coach), x->coach);
        e = store_count_add(f->store, &r);
    }
    return e;
}

enum err facts_recount(struct flow *f, const struct visit_row *before,
                       const struct visit_row *after)
{
    struct facts was = { 0 };
    if (before)
        was = facts_of(f, before);
    struct facts is = facts_of(f, after);
    enum err e = count(f, after, &was, &is, -1);
    return e == ERR_OK ? count(f, after, &is, &was, 1) : e;
}
