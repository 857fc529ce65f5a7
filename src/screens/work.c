#include "screens/work.h"

#include <string.h>

#include "screens/journey.h"
#include "screens/words.h"

static const struct {
    const char *id, *label, *icon;
} works[WORK_COUNT] = {
    [WORK_CALL] = { "call", N_("Call"), "bell" },
    [WORK_RECALL] = { "recall", N_("Call again"), "bell" },
    [WORK_START] = { "start", N_("Start"), "play" },
    [WORK_FINISH] = { "finish", N_("Finished"), "check" },
    [WORK_MISSED] = { "missed", N_("Did not come"), "person" },
    [WORK_REQUEUE] = { "requeue", N_("Back in line"), "undo" },
    [WORK_PARK_15] = { "park15", N_("Wait 15 minutes"), "pause" },
    [WORK_PARK_30] = { "park30", N_("Wait 30 minutes"), "pause" },
    [WORK_UNPARK] = { "unpark", N_("Back in line"), "undo" },
    [WORK_URGENT_LEAVES] = { "urgent.leaves", N_("Has to leave soon"), "timer" },
    [WORK_URGENT_UPSET] = { "urgent.upset", N_("Is not well"), "warning" },
    [WORK_URGENT_OTHER] = { "urgent.other", N_("Another reason"), "other" },
    [WORK_VOID] = { "void", N_("Yes, it was a mistake"), "delete" },
    [WORK_UNDO] = { "undo", N_("Undo"), "undo" },
};

const char *work_id(enum work w)
{
    return works[w].id;
}

enum work work_of_id(const char *id)
{
    int w = 0;

    while (w < WORK_COUNT && strcmp(works[w].id, id) != 0)
        w++;
    return (enum work)w;
}

const char *work_label(enum work w)
{
    return _(works[w].label);
}

const char *work_icon(enum work w)
{
    return works[w].icon;
}

const enum work *work_offered(enum visit_state state)
{
    static const enum work none[] = { WORK_COUNT };
    static const enum work offered[VISIT_STATE_COUNT][4] = {
        [VISIT_WAITING] = { WORK_CALL, WORK_COUNT },
        [VISIT_CALLED] = { WORK_START, WORK_RECALL, WORK_MISSED, WORK_COUNT },
        [VISIT_IN_SERVICE] = { WORK_FINISH, WORK_COUNT },
        [VISIT_PAUSED] = { WORK_COUNT },
        [VISIT_MISSED] = { WORK_REQUEUE, WORK_COUNT },
        [VISIT_PARKED] = { WORK_UNPARK, WORK_COUNT },
    };

    return state <= VISIT_PARKED ? offered[state] : none;
}

/* The coach in whose name staff act: their own, or the one whom the visit waits for. */
static const char *acting_coach(const struct session *s, const struct queue_line *line)
{
    return s->staff.chosen.coach[0] ? s->staff.chosen.coach : line->coach;
}

static enum err apply(struct session *s, enum work w, const struct queue_line *line,
                      struct queue_line *ret_line)
{
    struct flow *f = s->host->flow;
    struct visit_ref v = { line->visit, line->version };

    switch (w) {
    case WORK_CALL:
        return flow_call(f, acting_coach(s, line), v, ret_line);
    case WORK_RECALL:
        return flow_recall(f, v, ret_line);
    case WORK_START:
        return flow_start(f, v, ret_line);
    case WORK_FINISH:
        return flow_finish(f, v, "", ret_line);
    case WORK_MISSED:
        return flow_missed(f, v, ret_line);
    case WORK_REQUEUE:
        return flow_requeue(f, v, ret_line);
    case WORK_PARK_15:
    case WORK_PARK_30:
        return flow_park(f, v, s->now + (w == WORK_PARK_15 ? 15 : 30) * MINUTE_MS, NULL, ret_line);
    case WORK_UNPARK:
        return flow_unpark(f, v, ret_line);
    case WORK_URGENT_LEAVES:
    case WORK_URGENT_UPSET:
    case WORK_URGENT_OTHER:
        return flow_urgent(f, v, works[w].id + sizeof("urgent.") - 1, ret_line);
    case WORK_VOID:
        return flow_void(f, v, "mistake", ret_line);
    case WORK_UNDO:
        return flow_undo(f, v, ret_line);
    case WORK_COUNT:
        break;
    }
    return ERR_INVAL;
}

static struct nav refused(struct session *s, enum err e)
{
    struct nav n = journey_refused(s, e);

    if (e == ERR_TAKEN)
        s->trouble = TROUBLE_COACH_BUSY;
    else if (e == ERR_DENIED)
        s->trouble = TROUBLE_STATE;
    else if (e == ERR_RANGE)
        s->trouble = TROUBLE_UNDO_LATE;
    return n;
}

static struct nav done(struct session *s, const struct queue_line *now)
{
    struct staff_state *st = &s->staff;

    st->asking = STAFF_ASK_NONE;
    st->done = now->visit;
    st->done_version = now->version;
    memcpy(st->done_ticket, now->ticket, sizeof(st->done_ticket));
    st->undo_until = s->mono + VISIT_UNDO_MS;
    return nav_stay();
}

struct nav work_do(struct session *s, enum work w, const struct queue_line *line)
{
    struct queue_line now;
    enum err e = apply(s, w, line, &now);

    return e == ERR_OK ? done(s, &now) : refused(s, e);
}

struct nav work_redirect(struct session *s, const struct queue_line *line, const char *coach,
                         const char *service)
{
    struct visit_ref v = { line->visit, line->version };
    struct queue_line now;
    enum err e = line->state == VISIT_WAITING
                     ? flow_switch_coach(s->host->flow, v, coach, &now)
                     : flow_redirect(s->host->flow, v, coach, service, &now);

    return e == ERR_OK ? done(s, &now) : refused(s, e);
}

bool work_may_undo(const struct session *s)
{
    return s->staff.done.s[0] && s->mono < s->staff.undo_until;
}

int64_t work_undo_due(const struct session *s)
{
    return work_may_undo(s) ? s->staff.undo_until : INT64_MAX;
}

struct nav work_undo(struct session *s)
{
    struct queue_line line = { .visit = s->staff.done, .version = s->staff.done_version }, now;
    enum err e = apply(s, WORK_UNDO, &line, &now);

    s->staff.done = (struct ulid){ 0 };
    return e == ERR_OK ? nav_stay() : refused(s, e);
}
