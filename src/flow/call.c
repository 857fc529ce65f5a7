/* Calling a visit, calling again, helping it, and being done; or nobody came. */
#include <string.h>

#include "flow/act.h"
#include "flow/plan.h"
#include "store/counter.h"

/* A call or recall: it counts, sounds, and keeps "next" away for a while. */
static enum err ring(struct flow *f, struct visit_row *v)
{
    v->calls++;
    v->called = f->now;
    v->block_until = f->now + f->roster.rules.recall_block_minutes * MINUTE_MS;
    if (v->first_call == 0) /* the end of the waiting time, which is never below nothing */
        v->first_call = f->now > v->arrived ? f->now : v->arrived;
    return store_counter_next(f->store, f->today, COUNTER_CHIME, &v->chime);
}

static enum err call(struct flow *f, int coach, const struct visit_row *was, struct visit_row *v)
{
    enum err e = ring(f, v);
    text_put(v->with_coach, sizeof(v->with_coach), f->roster.coaches[coach].id);
    if (e == ERR_OK)
        e = visit_step(f, VISIT_CALL, was, v, &(struct step){ .at = f->now });
    return e;
}

enum err flow_call(struct flow *f, const char *coach, struct visit_ref ref,
                   struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    int who = 0;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK)
        e = coach_of(f, coach, &who);
    if (e == ERR_OK && v.state == VISIT_WAITING) { /* else the table of moves refuses */
        struct queue_entry q = plan_entry(f, &v);
        if (!queue_may_serve(who, f->roster.coaches[who].services, &q))
            e = ERR_DENIED;
    }
    if (e == ERR_OK)
        e = call(f, who, &was, &v);
    return act_end(f, &tx, e, &v, ret_line);
}

static bool has_visit(const struct plan *p, const char *coach)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct visit_row *v = &p->rows.v[i];
        if ((v->state == VISIT_CALLED || v->state == VISIT_IN_SERVICE) &&
            strcmp(v->with_coach, coach) == 0)
            return true;
    }
    return false;
}

static enum err next_for(struct flow *f, int coach, bool also_busy, struct visit_row *ret_v)
{
    CLEANUP(plan_done) struct plan p = { 0 };
    const struct roster_coach *c = &f->roster.coaches[coach];
    enum err e = plan_order(f, &p);
    if (e != ERR_OK)
        return e;
    if (!also_busy && has_visit(&p, c->id))
        return ERR_TAKEN;
    long i = queue_next_for(coach, c->services, p.v, p.n, &p.rules, f->now);
    if (i < 0)
        return ERR_NONE;
    return store_visit_get(f->store, &p.rows.v[p.v[i].tag].id, ret_v);
}

enum err flow_next(struct flow *f, const char *coach, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row v = { 0 };
    int who = 0;
    enum err e = work_read(f, &tx);
    if (e == ERR_OK)
        e = coach_of(f, coach, &who);
    if (e == ERR_OK)
        e = next_for(f, who, true, &v);
    return e == ERR_OK ? line_of(f, &v, ret_line) : e;
}

enum err flow_call_next(struct flow *f, const char *coach, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    int who = 0;
    enum err e = work_begin(f, &tx);
    if (e == ERR_OK)
        e = coach_of(f, coach, &who);
    if (e == ERR_OK)
        e = next_for(f, who, false, &was);
    struct visit_row v = was;
    if (e == ERR_OK)
        e = call(f, who, &was, &v);
    return act_end(f, &tx, e, &v, ret_line);
}

/* `act`: by the coach, or by one recall too many. */
static enum err miss(struct flow *f, enum visit_act act, const struct visit_row *was,
                     struct visit_row *v)
{
    v->with_coach[0] = '\0';
    return visit_step(f, act, was, v, &(struct step){ .at = f->now });
}

static enum err recall(struct flow *f, const struct visit_row *was, struct visit_row *v)
{
    enum err e = ring(f, v);
    return e == ERR_OK ? visit_step(f, VISIT_RECALL, was, v, &(struct step){ .at = f->now }) : e;
}

enum err flow_recall(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    enum visit_act act = visit_recall_act(v.calls, f->roster.rules.calls_before_missed);
    if (e == ERR_OK)
        e = act == VISIT_RECALL ? recall(f, &was, &v) : miss(f, act, &was, &v);
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_missed(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    if (e == ERR_OK)
        e = miss(f, VISIT_MISS, &was, &v);
    return act_end(f, &tx, e, &v, ret_line);
}

enum err flow_start(struct flow *f, struct visit_ref ref, struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.started = f->now;
    if (e == ERR_OK)
        e = visit_step(f, VISIT_START, &was, &v, &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}

static bool outcome_fits(const char *s)
{
    size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz_");
    return s[n] == '\0' && n < STORE_OUTCOME_SIZE;
}

enum err flow_finish(struct flow *f, struct visit_ref ref, const char *outcome,
                     struct queue_line *ret_line)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    struct visit_row was = { 0 };
    struct visit_row v = { 0 };
    if (!outcome_fits(outcome))
        return ERR_INVAL;
    enum err e = act_begin(f, &tx, ref, &was, &v);
    v.ended = f->now > v.started ? f->now : v.started;
    v.inaccurate = f->now < v.started || v.clock_unsure; /* the clock stepped in between */
    text_put(v.outcome, sizeof(v.outcome), outcome[0] ? outcome : "done");
    if (e == ERR_OK)
        e = visit_step(f, VISIT_FINISH, &was, &v,
                       &(struct step){ .at = f->now });
    return act_end(f, &tx, e, &v, ret_line);
}
