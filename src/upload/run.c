/* The loop of one run: what is due, a few chains at a time, one commit for what comes together. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "upload/pace.h"
#include "upload/upload.h"
#include "upload/work.h"

#define RESTING_MAX 16 /* chains that may rest beside those that fly */
#define WAIT_MS 1000   /* how often a waiting run looks at its end flag */
#define RUN_MAX_MIN 120
#define CHECKPOINT_TURNS 200 /* of which each may bring 40 KiB into the journal */

struct run {
    const struct upload_options *o;
    struct work_context context;
    struct register_link link;
    struct versions versions;
    bool always_look;
    bool want_types, fresh_types; /* a refusal named a type: look them up again, once */
    char want_version[REGISTER_URL_SIZE]; /* of a zaaktype whose types a call waits for; "" none */
    struct work *works;
    size_t n_works;
    struct ulid after; /* last chain taken */
    bool all_taken;    /* no further chain is due */
    struct pace pace;
    int64_t deadline;
    int turns;
    struct upload_totals totals;
};

static int64_t mono(const struct run *r)
{
    return clock_mono_ms(r->o->clock);
}

static void stop(struct run *r, const struct register_problem *why)
{
    if (!r->totals.stopped)
        r->totals.why = *why;
    r->totals.stopped = true;
}

static void stop_code(struct run *r, const char *code)
{
    struct register_problem why = { 0 };
    snprintf(why.code, sizeof why.code, "%s", code);
    stop(r, &why);
}

/* No call starts any more: stopped, told to end, or too late. */
static bool closing(struct run *r)
{
    if (!r->totals.stopped && r->o->end && *r->o->end)
        stop_code(r, "interrupted");
    if (!r->totals.stopped && mono(r) >= r->deadline)
        stop_code(r, "run_too_long");
    return r->totals.stopped;
}

/* ---- waiting ---- */

/* Sleeps until then, or until the run is to close. */
static void sleep_until(struct run *r, int64_t then)
{
    while (!closing(r) && mono(r) < then) {
        int64_t left = then - mono(r);
        pace_sleep(r->o->clock, left < WAIT_MS ? left : WAIT_MS);
    }
}

/* ---- the types ---- */

static enum err ask_for_types(struct run *r, struct register_verdict *ret_verdict)
{
    return r->want_version[0]
               ? versions_load(&r->versions, &r->link, r->want_version, ret_verdict)
               : register_types_load(&r->link, ret_verdict, &r->versions.now);
}

/* A look-up that is tried as a call of a record is; false: the run is stopped. */
static bool load_types(struct run *r)
{
    if (r->o->settings->profile != REGISTER_ZGW)
        return true;
    for (int n = 1; !closing(r); n++) {
        struct register_verdict v = { 0 };
        sleep_until(r, pace_next(&r->pace));
        if (closing(r))
            return false;
        pace_called(&r->pace, mono(r));
        enum err e = ask_for_types(r, &v);
        if (e == ERR_OK) {
            pace_works(&r->pace);
            return true;
        }
        if (v.kind != VERDICT_TRANSIENT || n >= PACE_TRIES || v.retry_after_s > PACE_PATIENCE_S) {
            stop(r, &v.problem);
            return false;
        }
        int64_t wait = v.retry_after_s >= 0 ? v.retry_after_s * SECOND_MS
                                            : pace_backoff_ms(n, r->o->rng);
        (void)pace_fails(&r->pace, mono(r), wait);
    }
    return false;
}

/* ---- what a verdict means for the run ---- */

static void on_failure(struct run *r, struct work *w, const struct register_verdict *v)
{
    r->totals.why = r->totals.stopped ? r->totals.why : v->problem;
    r->want_types = r->want_types || (v->refresh_types && !r->fresh_types);
    int64_t now = mono(r);
    int64_t wait = v->retry_after_s >= 0 ? v->retry_after_s * SECOND_MS
                                         : pace_backoff_ms(w->tries, r->o->rng);
    w->rest_until = now + wait;
    w->state = WORK_RESTING;
    if (v->retry_after_s > PACE_PATIENCE_S) { /* it asked everybody to stay away */
        stop(r, &v->problem);
        return;
    }
    bool own_fault = v->problem.status == 400; /* of this record, the way is open */
    if (own_fault)
        pace_works(&r->pace);
    else if (pace_fails(&r->pace, now, wait))
        stop(r, &v->problem);
}

/* A chain's next record, when it is due; else the slot is free. */
static enum err take_next_of_chain(struct run *r, struct work *w)
{
    struct outbox_row next;
    struct ulid chain = w->row.chain;
    work_done(w);
    enum err e = store_outbox_head(r->o->store, &chain, &next);
    if (e == ERR_NONE)
        return ERR_OK;
    bool due = !e && (next.state == OUTBOX_QUEUED ||
                      (next.state == OUTBOX_WAITING && next.next_try <= clock_wall_ms(r->o->clock)));
    if (e || !due)
        return e;
    e = work_take(w, &r->context, &next);
    if (e != ERR_CORRUPT)
        return e;
    r->totals.dead++;
    work_done(w);
    return ERR_OK;
}

static enum err judge(struct run *r, struct work *w)
{
    struct register_verdict v;
    enum work_end end;
    enum err e = work_judge(w, &r->context, &v, &end);
    if (e)
        return e;
    switch (end) {
    case WORK_GOES_ON:
        pace_works(&r->pace);
        break;
    case WORK_SENT:
        pace_works(&r->pace);
        r->totals.sent++;
        e = take_next_of_chain(r, w);
        break;
    case WORK_DEAD:
        pace_works(&r->pace);
        r->totals.dead++;
        r->totals.why = r->totals.stopped ? r->totals.why : v.problem;
        work_done(w);
        break;
    case WORK_FAILED:
        on_failure(r, w, &v);
        break;
    case WORK_STOPPED:
        stop(r, &v.problem);
        r->totals.left++;
        work_done(w);
        break;
    }
    return e;
}

/* ---- one turn ---- */

/* Lets a record go that has had its tries, or whose run ends. */
static void let_go(struct run *r, struct work *w)
{
    r->totals.left++;
    work_done(w);
}

static enum err turn_resting(struct run *r, struct work *w)
{
    if (w->tries >= PACE_TRIES || closing(r)) {
        let_go(r, w);
        return ERR_OK;
    }
    return mono(r) >= w->rest_until ? work_again(w, &r->context) : ERR_OK;
}

static unsigned count_state(const struct run *r, enum work_state state)
{
    unsigned n = 0;
    for (size_t i = 0; i < r->n_works; i++)
        n += r->works[i].state == state;
    return n;
}

static unsigned flying(const struct run *r)
{
    return count_state(r, WORK_FLYING);
}

/*
 * A wide run has as many marked as fly: when an answer comes, the next call starts at once, and
 * the commit of its receipt passes while that one is under way.
 */
static unsigned ahead(const struct run *r)
{
    return r->o->port->width > 1 ? r->o->port->width : 0;
}

static bool room_for_more(struct run *r)
{
    return !r->all_taken &&
           count_state(r, WORK_READY) + flying(r) < r->o->port->width + ahead(r) &&
           count_state(r, WORK_FREE) > 0 && !closing(r);
}

static struct work *free_work(struct run *r)
{
    for (size_t i = 0; i < r->n_works; i++)
        if (r->works[i].state == WORK_FREE)
            return &r->works[i];
    return NULL;
}

static enum err take_more(struct run *r)
{
    while (room_for_more(r)) {
        struct outbox_row row;
        enum err e = store_outbox_next(r->o->store, &r->after, clock_wall_ms(r->o->clock), &row);
        if (e == ERR_NONE) {
            r->all_taken = true;
            return ERR_OK;
        }
        if (e)
            return e;
        r->after = row.chain;
        struct work *w = free_work(r);
        e = work_take(w, &r->context, &row);
        if (e == ERR_CORRUPT) {
            r->totals.dead++;
            work_done(w);
        } else if (e) {
            return e;
        }
    }
    return ERR_OK;
}

/* Something to write? Then it is worth a transaction. */
static bool has_writes(struct run *r)
{
    for (size_t i = 0; i < r->n_works; i++) {
        const struct work *w = &r->works[i];
        if (w->state == WORK_ANSWERED)
            return true;
        if (w->state == WORK_RESTING &&
            (mono(r) >= w->rest_until || w->tries >= PACE_TRIES || closing(r)))
            return true;
    }
    return room_for_more(r);
}

/* All that came together, in one commit. */
static enum err write_turn(struct run *r)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(r->o->store, &tx);
    for (size_t i = 0; !e && i < r->n_works; i++)
        if (r->works[i].state == WORK_ANSWERED)
            e = judge(r, &r->works[i]);
    for (size_t i = 0; !e && i < r->n_works; i++)
        if (r->works[i].state == WORK_RESTING)
            e = turn_resting(r, &r->works[i]);
    if (!e)
        e = take_more(r);
    return e ? e : store_commit(&tx);
}

/* Keeps the write-ahead log short in a long run; a reader may make it wait. */
static enum err checkpoint_now_and_then(struct run *r)
{
    if (++r->turns % CHECKPOINT_TURNS != 0)
        return ERR_OK;
    enum err e = store_checkpoint(r->o->store);
    return e == ERR_BUSY || e == ERR_LIMIT ? ERR_OK : e;
}

static void on_answer(void *ctx, struct http_answer *answer)
{
    struct work *w = ctx;
    w->answer = TAKE(*answer);
    w->state = WORK_ANSWERED;
}

/* A call that cannot be made at all is the record's own fault, and dead. */
static enum err bury(struct run *r, struct work *w)
{
    CLEANUP(store_tx_done) struct store_tx tx = { 0 };
    enum err e = store_begin(r->o->store, &tx);
    if (!e)
        e = work_bury(w, &r->context, "unsendable");
    if (!e)
        e = store_commit(&tx);
    if (e)
        return e;
    r->totals.dead++;
    work_done(w);
    return ERR_OK;
}

static enum err start_call(struct run *r, struct work *w)
{
    struct register_call call = { 0 };
    enum err e = work_call(w, &r->context, &call);
    if (e == ERR_NOMEM)
        return e;
    if (e)
        return bury(r, w);
    w->state = WORK_FLYING;
    pace_called(&r->pace, mono(r));
    r->totals.calls++;
    e = register_link_start(&r->link, &call, on_answer, w);
    register_call_done(&call);
    return e;
}

/* Looks up the types that are wanted when nothing is under way. False: not yet, or not at all. */
static bool types_current(struct run *r)
{
    if (!r->want_types && r->want_version[0] == '\0')
        return true;
    if (flying(r) > 0)
        return false;
    if (r->want_types) {
        r->want_types = false;
        r->fresh_types = true;
        r->want_version[0] = '\0'; /* whoever waits for it will say so again */
        r->versions = (struct versions){ 0 };
    }
    bool there = load_types(r);
    r->want_version[0] = '\0';
    return there;
}

/* A call on a zaak of another version waits until its types are there. */
static bool lacks_types(struct run *r, const struct work *w)
{
    const char *version = work_lacks_version(w, &r->context);
    if (version)
        snprintf(r->want_version, sizeof r->want_version, "%s", version);
    return version != NULL;
}

/* Starts what is ready, as far as politeness allows. A ready work of a run that
 * is closing goes as it stands: in flight, so that the next run looks first. */
static enum err start_turn(struct run *r)
{
    if (!types_current(r) && !closing(r))
        return ERR_OK;
    for (size_t i = 0; i < r->n_works; i++) {
        struct work *w = &r->works[i];
        if (w->state != WORK_READY)
            continue;
        if (closing(r)) {
            let_go(r, w);
            continue;
        }
        if (!pace_may_call(&r->pace, mono(r)) ||
            flying(r) >= r->o->port->width)
            return ERR_OK; /* one that rested can be ready beside one that was taken */
        if (lacks_types(r, w))
            continue;
        enum err e = start_call(r, w);
        if (e)
            return e;
    }
    return ERR_OK;
}

/* Until when nothing happens by itself; -1: nothing is left to do. */
static int64_t next_event(const struct run *r)
{
    int64_t next = -1;
    for (size_t i = 0; i < r->n_works; i++) {
        const struct work *w = &r->works[i];
        int64_t at = w->state == WORK_RESTING ? w->rest_until
                     : w->state == WORK_READY ? pace_next(&r->pace)
                                              : -1;
        if (at >= 0 && (next < 0 || at < next))
            next = at;
    }
    return next;
}

static enum err wait_turn(struct run *r, bool *ret_over)
{
    int64_t next = next_event(r);
    if (flying(r) == 0) {
        *ret_over = next < 0 && (r->all_taken || closing(r));
        if (!*ret_over && next >= 0)
            sleep_until(r, next);
        return ERR_OK;
    }
    int64_t left = next < 0 ? WAIT_MS : next - mono(r);
    left = left < 1 ? 1 : left > WAIT_MS ? WAIT_MS : left;
    enum err e = r->o->port->wait(r->o->port->self, (int)left);
    return e == ERR_TIMEOUT || e == ERR_NONE ? ERR_OK : e;
}

/* What is marked already leaves before the commit of what came. */
static enum err start_ahead(struct run *r)
{
    unsigned before = flying(r);
    if (ahead(r) == 0)
        return ERR_OK;
    enum err e = start_turn(r);
    if (e || flying(r) <= before)
        return e;
    e = r->o->port->wait(r->o->port->self, 0);
    return e == ERR_TIMEOUT || e == ERR_NONE ? ERR_OK : e;
}

static enum err loop(struct run *r)
{
    for (bool over = false; !over;) {
        enum err e = start_ahead(r);
        if (!e && has_writes(r)) {
            e = write_turn(r);
            if (!e)
                e = checkpoint_now_and_then(r);
        }
        if (!e)
            e = start_turn(r);
        if (!e && count_state(r, WORK_ANSWERED) == 0)
            e = wait_turn(r, &over);
        if (e)
            return e;
    }
    return ERR_OK;
}

static void run_done(struct run *r)
{
    for (size_t i = 0; r->works && i < r->n_works; i++)
        work_done(&r->works[i]);
    mem_free(r->works);
    register_link_done(&r->link);
}

enum err upload_run(const struct upload_options *o, struct upload_totals *ret_totals)
{
    struct outbox_row first;
    enum err e =
        store_outbox_next(o->store, &(struct ulid){ 0 }, clock_wall_ms(o->clock), &first);
    if (e)
        return e;
    CLEANUP(run_done) struct run r = { .o = o, .n_works = 2 * o->port->width + RESTING_MAX };
    r.pace.rate_per_s = o->rate_per_s;
    r.deadline = mono(&r) + (o->run_max_min ? o->run_max_min : RUN_MAX_MIN) * MINUTE_MS;
    r.context = (struct work_context){ .store = o->store,
                                       .clock = o->clock,
                                       .settings = o->settings,
                                       .versions = &r.versions,
                                       .fresh_types = &r.fresh_types,
                                       .always_look = &r.always_look };
    register_link_init(&r.link, o->settings, o->port, o->clock);
    r.works = mem_calloc(r.n_works, sizeof *r.works);
    if (!r.works)
        return ERR_NOMEM;
    if (load_types(&r))
        e = loop(&r);
    if (!e)
        *ret_totals = r.totals;
    return e;
}
