#include "core/visit.h"

#include <string.h>

static const char *const state_names[VISIT_STATE_COUNT] = {
    [VISIT_WAITING] = "waiting", [VISIT_CALLED] = "called",     [VISIT_IN_SERVICE] = "in_service",
    [VISIT_PAUSED] = "paused",   [VISIT_MISSED] = "missed",     [VISIT_PARKED] = "parked",
    [VISIT_DONE] = "done",       [VISIT_LEFT] = "left",         [VISIT_UNSERVED] = "unserved",
    [VISIT_VOIDED] = "voided",
};

static const char *const act_names[VISIT_ACT_COUNT] = {
    [VISIT_ARRIVE] = "arrive",
    [VISIT_CALL] = "call",
    [VISIT_RECALL] = "recall",
    [VISIT_START] = "start",
    [VISIT_FINISH] = "finish",
    [VISIT_MISS] = "miss",
    [VISIT_REQUEUE] = "requeue",
    [VISIT_PARK] = "park",
    [VISIT_UNPARK] = "unpark",
    [VISIT_REDIRECT] = "redirect",
    [VISIT_URGENT] = "urgent",
    [VISIT_PAUSE] = "pause",
    [VISIT_RESUME] = "resume",
    [VISIT_LEAVE] = "leave",
    [VISIT_VOID] = "void",
    [VISIT_UNDO] = "undo",
    [VISIT_AUTO_MISSED] = "auto_missed",
    [VISIT_AUTO_RESUME] = "auto_resume",
    [VISIT_AUTO_UNPARK] = "auto_unpark",
    [VISIT_CLOSE_UNSERVED] = "close_unserved",
    [VISIT_CLOSE_DONE] = "close_done",
    [VISIT_SWITCH] = "switch",
};

/* A move: from any state of the set to one state, or staying where it is. */
struct move {
    unsigned from; /* bit per state */
    int to;        /* STAYS, or the state */
};

#define STAYS (-1)
#define IN(s) (1u << VISIT_##s)

static const struct move moves[VISIT_ACT_COUNT] = {
    [VISIT_CALL] = { IN(WAITING), VISIT_CALLED },
    [VISIT_RECALL] = { IN(CALLED), STAYS },
    [VISIT_START] = { IN(CALLED), VISIT_IN_SERVICE },
    [VISIT_FINISH] = { IN(IN_SERVICE), VISIT_DONE },
    [VISIT_MISS] = { IN(CALLED), VISIT_MISSED },
    [VISIT_REQUEUE] = { IN(MISSED), VISIT_WAITING },
    [VISIT_PARK] = { IN(CALLED) | IN(IN_SERVICE), VISIT_PARKED },
    [VISIT_UNPARK] = { IN(PARKED), VISIT_WAITING },
    [VISIT_REDIRECT] = { IN(IN_SERVICE), VISIT_WAITING },
    [VISIT_URGENT] = { IN(WAITING) | IN(PAUSED) | IN(MISSED) | IN(PARKED), STAYS },
    [VISIT_PAUSE] = { IN(WAITING), VISIT_PAUSED },
    [VISIT_RESUME] = { IN(PAUSED), VISIT_WAITING },
    [VISIT_LEAVE] = { IN(WAITING) | IN(PAUSED) | IN(MISSED) | IN(PARKED), VISIT_LEFT },
    [VISIT_VOID] = { IN(WAITING) | IN(CALLED) | IN(IN_SERVICE) | IN(PAUSED) | IN(MISSED) |
                         IN(PARKED),
                     VISIT_VOIDED },
    [VISIT_AUTO_MISSED] = { IN(CALLED), VISIT_MISSED },
    [VISIT_AUTO_RESUME] = { IN(PAUSED), VISIT_WAITING },
    [VISIT_AUTO_UNPARK] = { IN(PARKED), VISIT_WAITING },
    [VISIT_CLOSE_UNSERVED] = { IN(WAITING) | IN(PAUSED) | IN(CALLED) | IN(MISSED) | IN(PARKED),
                               VISIT_UNSERVED },
    [VISIT_CLOSE_DONE] = { IN(IN_SERVICE), VISIT_DONE },
    [VISIT_SWITCH] = { IN(WAITING), STAYS },
};

static bool state_known(enum visit_state s)
{
    return (unsigned)s < VISIT_STATE_COUNT;
}

static bool act_known(enum visit_act a)
{
    return (unsigned)a < VISIT_ACT_COUNT;
}

const char *visit_state_name(enum visit_state s)
{
    return state_known(s) ? state_names[s] : NULL;
}

enum err visit_state_of(const char *name, enum visit_state *ret_state)
{
    for (unsigned i = 0; i < VISIT_STATE_COUNT; i++)
        if (strcmp(state_names[i], name) == 0) {
            *ret_state = (enum visit_state)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

const char *visit_act_name(enum visit_act a)
{
    return act_known(a) ? act_names[a] : NULL;
}

enum err visit_act_of(const char *name, enum visit_act *ret_act)
{
    for (unsigned i = 0; i < VISIT_ACT_COUNT; i++)
        if (strcmp(act_names[i], name) == 0) {
            *ret_act = (enum visit_act)i;
            return ERR_OK;
        }
    return ERR_NOT_FOUND;
}

bool visit_open(enum visit_state s)
{
    return state_known(s) && (1u << s & moves[VISIT_VOID].from) != 0;
}

enum err visit_next(enum visit_state s, enum visit_act a, enum visit_state *ret_next)
{
    if (!state_known(s) || !act_known(a))
        return ERR_INVAL;
    const struct move *m = &moves[a];
    if ((1u << s & m->from) == 0)
        return ERR_STATE;
    *ret_next = m->to == STAYS ? s : (enum visit_state)m->to;
    return ERR_OK;
}

bool visit_act_undoable(enum visit_act a)
{
    switch (a) {
    case VISIT_CALL:
    case VISIT_RECALL:
    case VISIT_START:
    case VISIT_FINISH:
    case VISIT_MISS:
    case VISIT_AUTO_MISSED: /* a coach's recall set it off */
    case VISIT_REQUEUE:
    case VISIT_PARK:
    case VISIT_UNPARK:
    case VISIT_REDIRECT:
    case VISIT_URGENT:
    case VISIT_PAUSE:
    case VISIT_RESUME:
    case VISIT_LEAVE:
    case VISIT_VOID:
    case VISIT_SWITCH:
        return true;
    case VISIT_ARRIVE:
    case VISIT_UNDO:
    case VISIT_AUTO_RESUME:
    case VISIT_AUTO_UNPARK:
    case VISIT_CLOSE_UNSERVED:
    case VISIT_CLOSE_DONE:
    case VISIT_ACT_COUNT:
        break;
    }
    return false;
}

bool visit_may_undo(enum visit_act act, utc_ms at, utc_ms now)
{
    return visit_act_undoable(act) && now >= at && now - at <= VISIT_UNDO_MS;
}

enum visit_act visit_recall_act(int calls, int calls_before_missed)
{
    return calls >= calls_before_missed ? VISIT_AUTO_MISSED : VISIT_RECALL;
}
