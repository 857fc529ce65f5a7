/*
 * src/core/visit.h - the states of a visit and the moves between them.
 *
 * A visit is a person in the house. Which move is allowed from which state is
 * one table; who may do it, and the guards over several visits, are flow's and
 * the database's.
 */
#ifndef CORE_VISIT_H
#define CORE_VISIT_H

#include <stdbool.h>

#include "base/attr.h"
#include "base/clock.h"
#include "base/err.h"

enum visit_state {
    VISIT_WAITING,
    VISIT_CALLED,
    VISIT_IN_SERVICE,
    VISIT_PAUSED,
    VISIT_MISSED,
    VISIT_PARKED,
    VISIT_DONE,
    VISIT_LEFT,
    VISIT_UNSERVED,
    VISIT_VOIDED,
    VISIT_STATE_COUNT
};

enum visit_act {
    VISIT_ARRIVE, /* makes the visit; allowed from no state */
    VISIT_CALL,
    VISIT_RECALL, /* stays called; one too many is VISIT_AUTO_MISSED: visit_recall_act() */
    VISIT_START,
    VISIT_FINISH,
    VISIT_MISS,
    VISIT_REQUEUE, /* back from missed: scanned again, or by the coach */
    VISIT_PARK,
    VISIT_UNPARK,
    VISIT_REDIRECT,
    VISIT_URGENT, /* stays in its state */
    VISIT_PAUSE,
    VISIT_RESUME,
    VISIT_LEAVE,
    VISIT_VOID,
    VISIT_UNDO,       /* back to the state before: see visit_may_undo() */
    VISIT_AUTO_MISSED, /* the last call was not answered: a recall too many */
    VISIT_AUTO_RESUME,
    VISIT_AUTO_UNPARK,
    VISIT_CLOSE_UNSERVED, /* close of day */
    VISIT_CLOSE_DONE,     /* close of day while in service: marked inaccurate */
    VISIT_SWITCH,         /* own coach or first free, while waiting: stays waiting */
    VISIT_ACT_COUNT
};

#define VISIT_UNDO_MS (10 * SECOND_MS)
#define VISIT_PAUSE_MINUTES_MAX 30

const char *visit_state_name(enum visit_state s); /* "in_service"; NULL outside */
/* ERR_NOT_FOUND. */
NODISCARD enum err visit_state_of(const char *name, enum visit_state *ret_state);
const char *visit_act_name(enum visit_act a); /* "requeue"; NULL outside */
NODISCARD enum err visit_act_of(const char *name, enum visit_act *ret_act); /* ERR_NOT_FOUND */

bool visit_open(enum visit_state s); /* not done, left, unserved or voided */

/* ERR_STATE: not allowed from there (also VISIT_ARRIVE and VISIT_UNDO, which
 * have no fixed next state). ERR_INVAL: no such state or act. */
NODISCARD enum err visit_next(enum visit_state s, enum visit_act a, enum visit_state *ret_next);

/* Acts of people and what a recall too many set off, but for arrive and undo. */
bool visit_act_undoable(enum visit_act a);
/* Whether `act`, done at `at`, can still be undone: 10 s, the end included.
 * That nobody changed the visit since is the caller's guard. */
bool visit_may_undo(enum visit_act act, utc_ms at, utc_ms now);

/* What one more recall does: VISIT_RECALL, or VISIT_AUTO_MISSED when `calls` (the
 * call and its recalls so far) has reached the rule's number. */
enum visit_act visit_recall_act(int calls, int calls_before_missed);

#endif
