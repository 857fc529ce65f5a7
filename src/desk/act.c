/* The page /act/NAME: one step of a visit, as a table; each is one call of flow. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "desk/inside.h"
#include "desk/pages.h"
#include "desk/words.h"

struct act {
    const char *name;
    const char *keys; /* that its body may have, beside visit and version */
    bool coach;       /* only who is a coach themselves */
    enum err (*run)(struct desk *d, const struct request *r, struct visit_ref v,
                    struct queue_line *ret_line);
};

static enum err next(struct desk *d, const struct request *r, struct visit_ref v,
                     struct queue_line *ret)
{
    (void)v;
    return flow_call_next(d->flow, r->session->staff.coach, ret);
}

static enum err call(struct desk *d, const struct request *r, struct visit_ref v,
                     struct queue_line *ret)
{
    return flow_call(d->flow, r->session->staff.coach, v, ret);
}

#define PLAIN(name, function)                                                          \
    static enum err name(struct desk *d, const struct request *r, struct visit_ref v,  \
                         struct queue_line *ret)                                       \
    {                                                                                  \
        (void)r;                                                                       \
        return function(d->flow, v, ret);                                              \
    }
PLAIN(recall, flow_recall)
PLAIN(start, flow_start)
PLAIN(missed, flow_missed)
PLAIN(requeue, flow_requeue)
PLAIN(unpark, flow_unpark)
PLAIN(resume, flow_resume)
PLAIN(leave, flow_leave)
PLAIN(undo, flow_undo)

/* "HH:MM" of today; "" or nothing is 0, "until somebody takes it out". */
static enum err time_today(struct desk *d, const char *text, utc_ms *ret_at)
{
    int minute;
    utc_ms at[2];

    if (!text || !text[0]) {
        *ret_at = 0;
        return ERR_OK;
    }
    if (hhmm_parse(text, &minute) != ERR_OK)
        return ERR_INVAL;
    int n = zone_instants(flow_zone(d->flow), flow_today(d->flow), minute, at);
    if (n == 0)
        return ERR_RANGE;
    *ret_at = at[n - 1]; /* of an hour that comes twice, the later */
    return ERR_OK;
}

static enum err park(struct desk *d, const struct request *r, struct visit_ref v,
                     struct queue_line *ret)
{
    const char *note = request_text(r, "note");
    utc_ms until = 0;
    enum err e = time_today(d, request_text(r, "until"), &until);

    return e == ERR_OK ? flow_park(d->flow, v, until, note && note[0] ? note : NULL, ret) : e;
}

/* to: "coach:ID" or "service:ID", as the form's one list gives it. */
static enum err redirect(struct desk *d, const struct request *r, struct visit_ref v,
                         struct queue_line *ret)
{
    const char *to = request_text(r, "to");

    if (to && strncmp(to, "coach:", 6) == 0)
        return flow_redirect(d->flow, v, to + 6, NULL, ret);
    if (to && strncmp(to, "service:", 8) == 0)
        return flow_redirect(d->flow, v, NULL, to + 8, ret);
    return ERR_INVAL;
}

/* While waiting: another coach, or "" for the first free. */
static enum err switch_coach(struct desk *d, const struct request *r, struct visit_ref v,
                             struct queue_line *ret)
{
    const char *coach = request_text(r, "coach");

    return coach ? flow_switch_coach(d->flow, v, coach[0] ? coach : NULL, ret) : ERR_INVAL;
}

static enum err urgent(struct desk *d, const struct request *r, struct visit_ref v,
                       struct queue_line *ret)
{
    const char *reason = request_text(r, "reason");

    return reason ? flow_urgent(d->flow, v, reason, ret) : ERR_INVAL;
}

static enum err void_visit(struct desk *d, const struct request *r, struct visit_ref v,
                           struct queue_line *ret)
{
    const char *reason = request_text(r, "reason");

    return reason ? flow_void(d->flow, v, reason, ret) : ERR_INVAL;
}

/* The follow-up first: when its time is gone, the visit is not finished either, and the coach
 * chooses another. */
static enum err follow_up(struct desk *d, const struct request *r, struct visit_ref v)
{
    const char *start = request_text(r, "follow_up");
    const char *service = request_text(r, "service");
    struct person p = { 0 };
    struct hold hold;
    struct hold_request h = { .service = service, .coach = r->session->staff.coach };

    if (!start || !start[0])
        return ERR_OK;
    if (!service || rfc3339_parse(start, &h.start) != ERR_OK)
        return ERR_INVAL;
    enum err e = flow_visit_person(d->flow, &v.visit, &p);
    if (e == ERR_OK)
        e = flow_hold(d->flow, &h, &hold);
    if (e == ERR_OK) {
        struct book_request b = { .hold = hold.id, .person = &p, .notice_shown = true };
        struct appointment_view made;
        e = flow_book(d->flow, &b, &made);
        if (e != ERR_OK && flow_release(d->flow, &hold.id) != ERR_OK)
            d->failed = d->failed || flow_storage_failed(d->flow);
    }
    mem_wipe(&p, sizeof(p));
    return e;
}

static enum err finish(struct desk *d, const struct request *r, struct visit_ref v,
                       struct queue_line *ret)
{
    const char *outcome = request_text(r, "outcome");
    struct queue_line now;
    enum err e = flow_visit(d->flow, &v.visit, &now);

    if (e == ERR_OK && v.version != now.version)
        e = ERR_STALE; /* before anything is booked */
    if (e == ERR_OK && now.state != VISIT_IN_SERVICE)
        e = ERR_STATE;
    if (e == ERR_OK)
        e = follow_up(d, r, v);
    return e == ERR_OK ? flow_finish(d->flow, v, outcome ? outcome : "", ret) : e;
}

static const struct act acts[] = {
    { "next", "", true, next },
    { "call", "", true, call },
    { "recall", "", false, recall },
    { "start", "", false, start },
    { "finish", "outcome follow_up service", false, finish },
    { "missed", "", false, missed },
    { "requeue", "", false, requeue },
    { "park", "until note", false, park },
    { "unpark", "", false, unpark },
    { "resume", "", false, resume },
    { "redirect", "to", false, redirect },
    { "switch", "coach", false, switch_coach },
    { "urgent", "reason", false, urgent },
    { "leave", "", false, leave },
    { "void", "reason", false, void_visit },
    { "undo", "", false, undo },
};

static const struct act *act_find(const char *name)
{
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        if (strcmp(acts[i].name, name) == 0)
            return &acts[i];
    return NULL;
}

/* A visit that another coach has is theirs; who leads may step in. */
static enum err may_touch(struct desk *d, const struct request *r, struct visit_ref v)
{
    struct queue_line l;
    const struct staff *s = &r->session->staff;
    enum err e = flow_visit(d->flow, &v.visit, &l);

    if (e == ERR_OK && l.version != v.version)
        return ERR_STALE; /* whoever was first, this is what to tell */
    if (e != ERR_OK || s->role != STAFF_COACH)
        return e;
    bool busy = l.state == VISIT_CALLED || l.state == VISIT_IN_SERVICE;
    return busy && strcmp(l.coach, s->coach) != 0 ? ERR_DENIED : ERR_OK;
}

static bool keys_fit(const struct request *r, const struct act *a)
{
    char keys[80];

    snprintf(keys, sizeof(keys), "visit version %s", a->keys);
    return request_only(r, keys);
}

static void say_line(const struct act *a, const struct queue_line *l, struct reply *out)
{
    enum visit_act done;
    bool takes_back = visit_act_of(strcmp(a->name, "missed") == 0 ? "miss" : a->name, &done) ==
                          ERR_OK && visit_act_undoable(done);
    CLEANUP(buf_done) struct buf text = buf_make(200);

    if (strcmp(a->name, "next") == 0)
        takes_back = true;
    const char *state = strcmp(a->name, "undo") == 0 ? _("taken back") : words_state(l->state);
    i18n_format(&text, _("{ticket}: {state}"), { "ticket", .value = l->ticket },
                { "state", .value = state });
    reply_json(out, json_pack("{s:b,s:s,s:I,s:s,s:s,s:s,s:b}", "ok", 1, "visit", l->visit.s,
                              "version", (json_int_t)l->version, "ticket", l->ticket, "state",
                              visit_state_name(l->state), "text", buf_str(&text), "undo",
                              takes_back));
}

static enum err run(struct desk *d, const struct request *r, const struct act *a,
                    struct queue_line *ret_line)
{
    struct visit_ref v = { .visit = ulid_of(request_text(r, "visit")),
                           .version = request_int(r, "version", 0) };
    bool next_one = a->run == next;

    if (!keys_fit(r, a))
        return ERR_INVAL;
    if (a->coach && !r->session->staff.coach[0])
        return ERR_DENIED;
    if (!next_one && (!v.visit.s[0] || v.version <= 0))
        return ERR_INVAL; /* every change names the version that was seen */
    enum err e = next_one ? ERR_OK : may_touch(d, r, v);
    return e == ERR_OK ? a->run(d, r, v, ret_line) : e;
}

static void post(struct desk *d, struct request *r, struct reply *out)
{
    const struct act *a = act_find(r->tail);
    struct queue_line line;

    if (!a) {
        reply_err(out, ERR_NOT_FOUND);
        return;
    }
    enum err e = run(d, r, a, &line);
    if (e == ERR_OK)
        say_line(a, &line, out);
    else
        reply_err(out, e);
    if (board_look(d))
        streams_say(d);
}

const struct page page_act = { .path = "/act/", .roles = ROLE_ALL, .post = post };
