#include "upload/work.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/outbox_fix.h"
#include "upload/pace.h"
#include "upload/record.h"

void work_done(struct work *w)
{
    outbox_steps_done(&w->steps);
    register_steps_done(&w->made);
    record_step_done(&w->step);
    http_answer_done(&w->answer);
    *w = (struct work){ 0 };
}

/* ---- taking a record up ---- */

/* The steps of a record at its first try; they are written, and so frozen, by the first mark. */
static enum err expand(struct work *w, const struct work_context *c, const struct outbox_record *r)
{
    enum err e = register_expand(c->settings, r, &w->refs, &w->made);
    if (e)
        return e;
    w->steps.v = mem_calloc(w->made.n, sizeof *w->steps.v);
    if (!w->steps.v)
        return ERR_NOMEM;
    w->steps.cap = w->made.n;
    for (; w->steps.n < w->made.n; w->steps.n++) {
        const struct register_step *from = &w->made.v[w->steps.n];
        struct outbox_step *s = &w->steps.v[w->steps.n];
        s->outbox = w->row.seq;
        s->n = (int)w->steps.n + 1;
        snprintf(s->name, sizeof s->name, "%s", from->name);
        snprintf(s->key, sizeof s->key, "%s", from->key);
        snprintf(s->depends_on, sizeof s->depends_on, "%s", from->depends_on);
    }
    w->fresh = true;
    return ERR_OK;
}

static enum err freeze(struct work *w, const struct work_context *c)
{
    const char *bodies[REGISTER_STEPS_MAX];
    for (size_t i = 0; i < w->made.n; i++)
        bodies[i] = w->made.v[i].body;
    enum err e = store_steps_insert(c->store, &w->steps, bodies);
    w->fresh = e != ERR_OK;
    return e;
}

/* After a correction: what was not done yet is told as it is right, under the same keys. */
static enum err freeze_again(const struct work *w, const struct work_context *c,
                             const struct outbox_record *r)
{
    struct register_steps made;
    enum err e = register_expand(c->settings, r, &w->refs, &made);
    if (e)
        return e;
    for (size_t i = 0; !e && i < made.n; i++)
        for (size_t k = 0; !e && k < w->steps.n; k++)
            if (strcmp(made.v[i].name, w->steps.v[k].name) == 0 &&
                w->steps.v[k].state != OUTBOX_STEP_DONE)
                e = store_step_freeze_again(c->store, w->row.seq, w->steps.v[k].n, made.v[i].body,
                                            strlen(made.v[i].body));
    register_steps_done(&made);
    return e;
}

static enum err load_steps(struct work *w, const struct work_context *c)
{
    CLEANUP(record_wipe) struct outbox_record r = { 0 };
    bool fixed = false;
    enum err e = record_read(c->store, &w->row, &r);
    if (!e)
        e = record_fix(c->store, &w->row, &r, &fixed);
    if (e)
        return e;
    register_zaak_key(&r, w->zaak_key);
    e = store_steps(c->store, w->row.seq, &w->steps);
    if (!e && w->steps.n == 0)
        return expand(w, c, &r);
    if (e || !fixed)
        return e;
    e = freeze_again(w, c, &r);
    outbox_steps_done(&w->steps);
    return e ? e : store_steps(c->store, w->row.seq, &w->steps);
}

/* Results of the steps of this record that are done already. */
static void note_done_steps(struct work *w)
{
    for (w->at = 0; w->at < w->steps.n; w->at++) {
        const struct outbox_step *s = &w->steps.v[w->at];
        if (s->state != OUTBOX_STEP_DONE)
            return;
        register_refs_note(&w->refs, register_step_kind_of(s->name), s->result_url);
    }
}

/* Writes that the step is in flight. */
static enum err mark(struct work *w, const struct work_context *c)
{
    struct outbox_step *s = &w->steps.v[w->at];
    enum outbox_step_state was = s->state;
    utc_ms now = clock_wall_ms(c->clock);
    s->state = OUTBOX_STEP_IN_FLIGHT;
    s->unsure = w->t.unsure;
    s->attempts++;
    s->first_try = s->first_try ? s->first_try : now;
    s->last_try = now;
    w->state = WORK_READY;
    return w->fresh ? freeze(w, c) : store_step_update(c->store, s, was);
}

/* Opens a new conversation about the step. */
static void open_try(struct work *w, const struct work_context *c)
{
    const struct outbox_step *s = &w->steps.v[w->at];
    w->t = (struct register_try){ .settings = c->settings,
                                  .types = &c->versions->now,
                                  .step = &w->step,
                                  .refs = &w->refs,
                                  .chain = w->row.chain.s,
                                  .record = w->row.id.s,
                                  .zaak_key = w->zaak_key,
                                  .unsure = s->unsure || s->state == OUTBOX_STEP_IN_FLIGHT,
                                  .always_look = *c->always_look };
    w->move = register_first_move(&w->t);
}

/* The step under way: as it was just made, or as it was frozen before. */
static enum err get_step(struct work *w, const struct work_context *c)
{
    if (w->at >= w->made.n)
        return record_step(c->store, &w->steps.v[w->at], &w->step);
    record_step_done(&w->step);
    w->step = w->made.v[w->at];
    w->step.body = mem_dup_str(w->step.body);
    return w->step.body ? ERR_OK : ERR_NOMEM;
}

static enum err open_step(struct work *w, const struct work_context *c)
{
    enum err e = get_step(w, c);
    if (e)
        return e;
    open_try(w, c);
    return mark(w, c);
}

/* A fault of the record, not of the machine: the rest of the queue goes on. */
static bool unreadable(enum err e)
{
    return e == ERR_CORRUPT || e == ERR_DENIED || e == ERR_FORMAT || e == ERR_INVAL ||
           e == ERR_LIMIT;
}

enum err work_take(struct work *w, const struct work_context *c, const struct outbox_row *row)
{
    work_done(w);
    w->row = *row;
    /* the first of a chain has none at its first try */
    enum err e = row->place > 1 ? record_refs(c->store, &w->row.chain, &w->refs) : ERR_OK;
    if (!e)
        e = load_steps(w, c);
    if (!e && row->place == 1 && !w->fresh)
        e = record_refs(c->store, &w->row.chain, &w->refs);
    if (!e)
        note_done_steps(w);
    if (!e && w->at >= w->steps.n)
        e = ERR_CORRUPT; /* all steps done, yet the record is open: never written so */
    if (!e)
        e = open_step(w, c);
    if (!unreadable(e))
        return e;
    e = work_bury(w, c, "unreadable");
    return e ? e : ERR_CORRUPT;
}

enum err work_again(struct work *w, const struct work_context *c)
{
    if (w->restart)
        open_try(w, c);
    return mark(w, c);
}

const char *work_lacks_version(const struct work *w, const struct work_context *c)
{
    return versions_of(c->versions, w->refs.zaaktype) ? NULL : w->refs.zaaktype;
}

enum err work_call(struct work *w, const struct work_context *c, struct register_call *ret_call)
{
    w->t.types = versions_of(c->versions, w->refs.zaaktype);
    w->t.fresh_types = *c->fresh_types;
    enum err e = register_call_make(&w->t, w->move, ret_call);
    if (e)
        return e;
    struct outbox_step *s = &w->steps.v[w->at];
    snprintf(s->method, sizeof s->method, "%s", ret_call->method);
    snprintf(s->path, sizeof s->path, "%.*s", (int)sizeof s->path - 1, ret_call->url);
    if (ret_call->body)
        memcpy(w->digest, ret_call->digest, sizeof w->digest);
    return ERR_OK;
}

/* ---- judging ---- */

static void put_problem(struct outbox_step *s, const struct register_problem *p)
{
    s->last_status = p->status;
    snprintf(s->code, sizeof s->code, "%s", p->code);
    snprintf(s->params, sizeof s->params, "%s", p->params);
    snprintf(s->instance, sizeof s->instance, "%s", p->instance);
    snprintf(s->api_version, sizeof s->api_version, "%s", p->api_version);
}

static enum err put_zaak(const struct work *w, const struct work_context *c)
{
    enum err e = store_url_put(c->store, &w->row.chain, URL_ZAAK, w->refs.zaak);
    return e || w->refs.zaaktype[0] == '\0'
               ? e
               : store_url_put(c->store, &w->row.chain, URL_ZAAKTYPE, w->refs.zaaktype);
}

static enum err put_urls(const struct work *w, const struct work_context *c, const char *result)
{
    if (w->step.kind == STEP_ZAAK)
        return put_zaak(w, c);
    return w->step.kind == STEP_TASK ? store_url_put(c->store, &w->row.chain, URL_TASK, result)
                                     : ERR_OK;
}

static enum err finish_record(struct work *w, const struct work_context *c)
{
    enum outbox_state was = w->row.state;
    w->row.state = OUTBOX_SENT;
    w->row.attempts++;
    w->row.next_try = 0;
    w->row.code[0] = '\0';
    w->row.sent = clock_wall_ms(c->clock);
    return store_outbox_update(c->store, &w->row, was);
}

static enum err on_done(struct work *w, const struct work_context *c,
                        const struct register_verdict *v, enum work_end *ret_end)
{
    struct outbox_step *s = &w->steps.v[w->at];
    struct register_problem p = { .status = w->answer.status };
    snprintf(p.api_version, sizeof p.api_version, "%s", w->answer.api_version);
    put_problem(s, &p);
    s->state = OUTBOX_STEP_DONE;
    s->unsure = false;
    s->done = clock_wall_ms(c->clock);
    snprintf(s->result_url, sizeof s->result_url, "%s", v->result);
    memcpy(s->digest, w->digest, sizeof s->digest);
    memset(w->digest, 0, sizeof w->digest);
    *c->always_look = *c->always_look || v->ignores_reference;
    register_refs_note(&w->refs, w->step.kind, v->result);
    enum err e = store_step_update(c->store, s, OUTBOX_STEP_IN_FLIGHT);
    if (!e)
        e = put_urls(w, c, v->result);
    if (e)
        return e;
    w->tries = 0;
    *ret_end = ++w->at < w->steps.n ? WORK_GOES_ON : WORK_SENT;
    return *ret_end == WORK_SENT ? finish_record(w, c) : open_step(w, c);
}

/* The step is open again; what the answer said is kept with it. */
static enum err reopen(struct work *w, const struct work_context *c,
                       const struct register_verdict *v, enum outbox_step_state state)
{
    struct outbox_step *s = &w->steps.v[w->at];
    put_problem(s, &v->problem);
    s->state = state;
    s->unsure = w->t.unsure;
    return store_step_update(c->store, s, OUTBOX_STEP_IN_FLIGHT);
}

static enum err on_failed(struct work *w, const struct work_context *c,
                          const struct register_verdict *v)
{
    enum outbox_state was = w->row.state;
    bool told = v->retry_after_s > PACE_PATIENCE_S;
    w->restart = v->unsure && (w->move == MOVE_SEND || w->move == MOVE_CHANGE);
    w->tries++;
    w->row.state = OUTBOX_WAITING;
    w->row.attempts++;
    /* a short rest is this run's own business: the next run may try at once */
    w->row.next_try = told ? clock_wall_ms(c->clock) + v->retry_after_s * SECOND_MS : 0;
    snprintf(w->row.code, sizeof w->row.code, "%s", v->problem.code);
    enum err e = reopen(w, c, v, OUTBOX_STEP_READY);
    return e ? e : store_outbox_update(c->store, &w->row, was);
}

static enum err write_dead(struct work *w, const struct work_context *c, const char *code)
{
    enum outbox_state was = w->row.state;
    w->row.state = OUTBOX_DEAD;
    w->row.attempts++;
    w->row.next_try = 0;
    snprintf(w->row.code, sizeof w->row.code, "%s", code);
    log_event(LOG_LEVEL_WARN, "upload.dead", w->row.id.s, w->answer.status);
    return store_outbox_update(c->store, &w->row, was);
}

enum err work_bury(struct work *w, const struct work_context *c, const char *code)
{
    if (w->at < w->steps.n && !w->fresh && w->steps.v[w->at].state == OUTBOX_STEP_IN_FLIGHT) {
        struct register_verdict v = { .retry_after_s = -1 };
        snprintf(v.problem.code, sizeof v.problem.code, "%s", code);
        enum err e = reopen(w, c, &v, OUTBOX_STEP_REFUSED);
        if (e)
            return e;
    }
    return write_dead(w, c, code);
}

static enum err on_refused(struct work *w, const struct work_context *c,
                           const struct register_verdict *v)
{
    enum err e = reopen(w, c, v, OUTBOX_STEP_REFUSED);
    return e ? e : write_dead(w, c, v->problem.code);
}

static enum err on_go_on(struct work *w, const struct work_context *c,
                         const struct register_verdict *v)
{
    bool found = w->move == MOVE_FIND;
    w->move = v->move;
    w->state = WORK_READY;
    return found ? put_zaak(w, c) : ERR_OK;
}

enum err work_judge(struct work *w, const struct work_context *c,
                    struct register_verdict *ret_verdict, enum work_end *ret_end)
{
    struct register_verdict v = register_judge(&w->t, w->move, &w->answer);
    enum err e = ERR_OK;
    switch (v.kind) {
    case VERDICT_DONE:
        e = on_done(w, c, &v, ret_end);
        break;
    case VERDICT_GO_ON:
        *ret_end = WORK_GOES_ON;
        e = on_go_on(w, c, &v);
        break;
    case VERDICT_TRANSIENT:
        *ret_end = WORK_FAILED;
        e = on_failed(w, c, &v);
        break;
    case VERDICT_PERMANENT:
        *ret_end = WORK_DEAD;
        e = on_refused(w, c, &v);
        break;
    case VERDICT_STOP:
        *ret_end = WORK_STOPPED;
        e = reopen(w, c, &v, OUTBOX_STEP_READY);
        break;
    }
    http_answer_done(&w->answer);
    *ret_verdict = v;
    return e;
}
