#include "upload/reconcile.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "register/link.h"
#include "upload/pace.h"
#include "upload/record.h"
#include "upload/versions.h"

#define PAGE 200
#define RUN_MAX_MIN 120
/* What was made longer before the last comparison and was sent since is not looked for. */
#define AGE_MAX_MS (60 * DAY_MS)

struct comparing {
    const struct upload_options *o;
    utc_ms since;
    struct register_link link;
    struct versions versions;
    bool has_types;
    struct pace pace;
    int64_t deadline;
    bool over; /* the register cannot be asked any more */
    struct upload_compared result;
};

static void break_off(struct comparing *c, const struct register_problem *why)
{
    if (!c->over)
        c->result.why = *why;
    c->over = true;
}

static bool closing(struct comparing *c)
{
    struct register_problem why = { 0 };
    if (c->o->end && *c->o->end)
        snprintf(why.code, sizeof why.code, "interrupted");
    else if (clock_mono_ms(c->o->clock) >= c->deadline)
        snprintf(why.code, sizeof why.code, "run_too_long");
    else
        return c->over;
    break_off(c, &why);
    return true;
}

/* Rests until the next call may start; false: it may not any more. */
static bool await_turn(struct comparing *c)
{
    for (;;) {
        int64_t left = pace_next(&c->pace) - clock_mono_ms(c->o->clock);
        if (closing(c))
            return false;
        if (left <= 0)
            break;
        pace_sleep(c->o->clock, left < SECOND_MS ? left : SECOND_MS);
    }
    pace_called(&c->pace, clock_mono_ms(c->o->clock));
    c->result.calls++;
    return true;
}

/* After the n-th failure of one question. */
static void on_failure(struct comparing *c, int n, const struct register_verdict *v)
{
    if (v->kind != VERDICT_TRANSIENT || n >= PACE_TRIES || v->retry_after_s > PACE_PATIENCE_S) {
        break_off(c, &v->problem);
        return;
    }
    int64_t wait =
        v->retry_after_s >= 0 ? v->retry_after_s * SECOND_MS : pace_backoff_ms(n, c->o->rng);
    if (pace_fails(&c->pace, clock_mono_ms(c->o->clock), wait))
        break_off(c, &v->problem);
}

static bool load_types(struct comparing *c)
{
    if (c->o->settings->profile != REGISTER_ZGW)
        return true;
    for (int n = 1; !c->has_types && await_turn(c); n++) {
        struct register_verdict v = { 0 };
        c->has_types = register_types_load(&c->link, &v, &c->versions.now) == ERR_OK;
        if (c->has_types)
            pace_works(&c->pace);
        else
            on_failure(c, n, &v);
    }
    return c->has_types;
}

/* Those of the version under which a zaak was opened; false: c->over. */
static bool load_version(struct comparing *c, const char *zaaktype)
{
    for (int n = 1; !versions_of(&c->versions, zaaktype); n++) {
        struct register_verdict v = { 0 };
        if (!await_turn(c))
            return false;
        if (versions_load(&c->versions, &c->link, zaaktype, &v) == ERR_OK)
            pace_works(&c->pace);
        else
            on_failure(c, n, &v);
    }
    return true;
}

/* One question with its answer; c->over says that there was none to judge. */
static enum err ask(struct comparing *c, struct register_try *t, const struct register_call *call,
                    enum register_move move, struct http_answer *ret_answer,
                    struct register_verdict *ret_verdict)
{
    for (int n = 1; await_turn(c); n++) {
        struct http_answer a = { 0 };
        t->moves = 0;
        enum err e = register_link_exchange(&c->link, call, &a);
        if (e)
            return e;
        *ret_verdict = register_judge(t, move, &a);
        if (ret_verdict->kind != VERDICT_TRANSIENT && ret_verdict->kind != VERDICT_STOP) {
            *ret_answer = TAKE(a);
            pace_works(&c->pace);
            return ERR_OK;
        }
        http_answer_done(&a);
        on_failure(c, n, ret_verdict);
    }
    return ERR_OK;
}

/* Looks for a step's thing, also in the lists of a server that does not expand a zaak. */
static enum err look(struct comparing *c, struct register_try *t,
                     struct register_verdict *ret_verdict)
{
    enum register_move move = MOVE_LOOK;
    for (;;) {
        CLEANUP(http_answer_done) struct http_answer a = { 0 };
        CLEANUP(register_call_done) struct register_call call = { 0 };
        enum err e = register_call_make(t, move, &call);
        if (!e)
            e = ask(c, t, &call, move, &a, ret_verdict);
        bool lists = ret_verdict->kind == VERDICT_GO_ON && ret_verdict->move == MOVE_LIST;
        if (e || c->over || !lists)
            return e;
        move = MOVE_LIST;
    }
}

enum outcome { SAME, MISSING, DIFFERING };

/* ---- one chain ---- */

struct chain {
    const struct outbox_rows *rows;
    struct register_refs refs;
    char zaak_key[REGISTER_KEY_SIZE];
    struct http_answer zaak; /* with its roles and last status: asked for once */
};

static void chain_done(struct chain *ch)
{
    http_answer_done(&ch->zaak);
}

static struct register_try try_of(const struct comparing *c, struct chain *ch,
                                  const struct outbox_row *row, const struct register_step *step)
{
    return (struct register_try){ .settings = c->o->settings,
                                  .types = versions_of(&c->versions, ch->refs.zaaktype),
                                  .step = step,
                                  .refs = &ch->refs,
                                  .chain = row->chain.s,
                                  .record = row->id.s,
                                  .zaak_key = ch->zaak_key,
                                  .unsure = true };
}

static bool to_compare(const struct comparing *c, const struct outbox_row *row)
{
    return row->state == OUTBOX_SENT && row->sent >= c->since && row->code[0] == '\0';
}

/* A later record of the chain has given this property its present value. */
static enum err is_superseded(const struct comparing *c, const struct chain *ch, size_t i,
                              const char *name, bool *ret_is)
{
    *ret_is = false;
    for (size_t k = i + 1; k < ch->rows->n && !*ret_is; k++) {
        CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
        enum err e = store_steps(c->o->store, ch->rows->v[k].seq, &steps);
        if (e)
            return e;
        for (size_t n = 0; n < steps.n; n++)
            *ret_is = *ret_is || strcmp(steps.v[n].name, name) == 0;
    }
    return ERR_OK;
}

/* In what was read of the zaak already, where it shows such things. */
static bool is_in_zaak(const struct chain *ch, struct register_try *t, struct register_verdict *ret)
{
    enum register_step_kind k = t->step->kind;
    if (ch->zaak.status == 0 ||
        (k != STEP_ROL_INITIATOR && k != STEP_ROL_BEHANDELAAR && k != STEP_STATUS))
        return false;
    *ret = register_judge(t, MOVE_LOOK, &ch->zaak);
    return ret->kind != VERDICT_GO_ON || ret->move != MOVE_LIST;
}

/* What follows the last slash: the host may have been renamed meanwhile. */
static bool same_thing(const char *a, const char *b)
{
    const char *x = strrchr(a, '/'), *y = strrchr(b, '/');
    return x && y && strcmp(x, y) == 0;
}

/* A status that was known to be there, but not where, has the address of its zaak. */
static bool is_address(const struct chain *ch, const struct outbox_step *s, const char *found)
{
    return same_thing(found, s->result_url) || same_thing(ch->refs.zaak, s->result_url);
}

static enum err compare_step(struct comparing *c, struct chain *ch, size_t i,
                             const struct outbox_step *s, enum outcome *ret)
{
    struct register_step step = { 0 };
    const struct outbox_row *row = &ch->rows->v[i];
    *ret = SAME;
    if (register_step_kind_of(s->name) == STEP_TASK_DONE)
        return ERR_OK; /* a state that the register's people go on changing */
    register_refs_note(&ch->refs, register_step_kind_of(s->name), s->result_url);
    enum err e = record_step(c->o->store, s, &step);
    if (e)
        return e;
    struct register_try t = try_of(c, ch, row, &step);
    struct register_verdict v = { 0 };
    bool superseded = false;
    if (!is_in_zaak(ch, &t, &v))
        e = look(c, &t, &v);
    if (!e && !c->over && v.kind == VERDICT_GO_ON && v.move == MOVE_CHANGE)
        e = is_superseded(c, ch, i, s->name, &superseded);
    if (v.kind == VERDICT_GO_ON && v.move == MOVE_SEND)
        *ret = v.covered ? SAME : MISSING; /* hidden by a later status */
    else if (v.kind == VERDICT_DONE ? !is_address(ch, s, v.result) : !superseded)
        *ret = DIFFERING;
    record_step_done(&step);
    return e;
}

static enum err compare_record(struct comparing *c, struct chain *ch, size_t i, enum outcome *ret)
{
    CLEANUP(outbox_steps_done) struct outbox_steps steps = { 0 };
    enum err e = store_steps(c->o->store, ch->rows->v[i].seq, &steps);
    *ret = SAME;
    for (size_t n = 0; !e && !c->over && *ret == SAME && n < steps.n; n++)
        e = compare_step(c, ch, i, &steps.v[n], ret);
    return e;
}

/* The zaak of the chain, by its number; a register that has it not has lost all of it. */
static enum err find_zaak(struct comparing *c, struct chain *ch, const struct outbox_row *row,
                          enum outcome *ret)
{
    const struct register_step any = { .kind = STEP_STATUS, .body = (char[]){ "{}" } };
    CLEANUP(register_call_done) struct register_call call = { 0 };
    struct register_verdict v = { 0 };
    *ret = SAME;
    if (c->o->settings->profile != REGISTER_ZGW)
        return ERR_OK;
    ch->refs.zaak[0] = ch->refs.zaaktype[0] = '\0'; /* as the register has it */
    struct register_try t = try_of(c, ch, row, &any);
    enum err e = register_call_make(&t, MOVE_LOOK, &call);
    if (!e)
        e = ask(c, &t, &call, MOVE_FIND, &ch->zaak, &v);
    if (!e && !c->over && v.kind == VERDICT_PERMANENT)
        *ret = strcmp(v.problem.code, "zaak_missing") == 0 ? MISSING : DIFFERING;
    if (!e && !c->over)
        (void)load_version(c, ch->refs.zaaktype);
    return e;
}

static enum err mark_lost(struct comparing *c, const struct chain *ch, int place)
{
    int64_t n = 0;
    enum err e = store_outbox_lose(c->o->store, &ch->rows->v[0].chain, place, &n);
    c->result.lost += e == ERR_OK ? n : 0;
    return e;
}

static void count(struct comparing *c, const struct outbox_row *row, enum outcome o)
{
    if (o == SAME) {
        c->result.same++;
        return;
    }
    c->result.missing += o == MISSING;
    c->result.differing += o == DIFFERING;
    log_event(LOG_LEVEL_ERR, o == MISSING ? "register.missing" : "register.differs", row->id.s,
              row->seq);
}

/* The whole chain at once, from the first of its records that counts. */
static enum err compare_all(struct comparing *c, struct chain *ch, size_t first)
{
    enum outcome o;
    bool differs = false;
    int lost_from = 0;
    enum err e = find_zaak(c, ch, &ch->rows->v[first], &o);
    if (e || c->over)
        return e;
    if (o != SAME)
        count(c, &ch->rows->v[first], o);
    if (o == DIFFERING)
        return ERR_OK;
    lost_from = o == MISSING ? 1 : 0;
    for (size_t i = first; !e && !c->over && !lost_from && i < ch->rows->n; i++) {
        if (!to_compare(c, &ch->rows->v[i]))
            continue;
        e = compare_record(c, ch, i, &o);
        if (e || c->over)
            break;
        count(c, &ch->rows->v[i], o);
        differs = differs || o == DIFFERING;
        lost_from = o == MISSING ? ch->rows->v[i].place : 0;
    }
    return e || c->over || !lost_from || differs ? e : mark_lost(c, ch, lost_from);
}

static bool key_is_gone(enum err e)
{
    return e == ERR_DENIED || e == ERR_CORRUPT || e == ERR_FORMAT;
}

static enum err compare_chain(struct comparing *c, const struct outbox_rows *rows)
{
    CLEANUP(record_wipe) struct outbox_record r = { 0 };
    CLEANUP(chain_done) struct chain ch = { .rows = rows };
    size_t first = 0;
    while (!to_compare(c, &rows->v[first])) /* one of them counts: see is_last() */
        first++;
    enum err e = record_read(c->o->store, &rows->v[first], &r);
    if (!e)
        e = record_refs(c->o->store, &rows->v[first].chain, &ch.refs);
    if (!e) {
        register_zaak_key(&r, ch.zaak_key);
        e = load_types(c) ? compare_all(c, &ch, first) : ERR_OK;
    }
    if (!key_is_gone(e))
        return e;
    c->result.unread++;
    return ERR_OK;
}

/* ---- all of them ---- */

/* Records come newest first; a chain is compared at its newest record that counts. */
static bool is_last(const struct comparing *c, const struct outbox_rows *chain,
                    const struct outbox_row *row)
{
    for (size_t i = chain->n; i-- > 0;)
        if (to_compare(c, &chain->v[i]))
            return chain->v[i].seq == row->seq;
    return false;
}

static enum err compare_row(struct comparing *c, const struct outbox_row *row)
{
    if (!to_compare(c, row))
        return ERR_OK;
    CLEANUP(outbox_rows_done) struct outbox_rows chain = { 0 };
    enum err e = store_outbox_chain(c->o->store, &row->chain, &chain);
    return e || !is_last(c, &chain, row) ? e : compare_chain(c, &chain);
}

static enum err compare_outbox(struct comparing *c)
{
    for (int64_t before = 0;;) {
        CLEANUP(outbox_rows_done) struct outbox_rows rows = { 0 };
        enum err e = store_outbox_before(c->o->store, before, PAGE, &rows);
        for (size_t i = 0; !e && i < rows.n && !c->over; i++) {
            if (rows.v[i].created < c->since - AGE_MAX_MS)
                return ERR_OK;
            e = compare_row(c, &rows.v[i]);
        }
        if (e || rows.n == 0 || c->over)
            return e;
        before = rows.v[rows.n - 1].seq;
    }
}

enum err upload_reconcile(const struct upload_options *o, utc_ms since,
                          struct upload_compared *ret_compared)
{
    struct comparing c = { .o = o, .since = since, .pace = { .rate_per_s = o->rate_per_s } };
    c.deadline =
        clock_mono_ms(o->clock) + (o->run_max_min ? o->run_max_min : RUN_MAX_MIN) * MINUTE_MS;
    register_link_init(&c.link, o->settings, o->port, o->clock);
    enum err e = compare_outbox(&c);
    register_link_done(&c.link);
    c.result.complete = !c.over;
    if (!e)
        *ret_compared = c.result;
    return e;
}
