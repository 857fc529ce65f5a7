/*
 * tests/flow/any_act.h - one act of a coach or a visitor on a visit, whichever it is: for tests
 * that draw their acts.
 */
#ifndef TESTS_FLOW_ANY_ACT_H
#define TESTS_FLOW_ANY_ACT_H

#include "flow/queue.h"

/* What the act needs besides its visit; the rest is not read. */
struct any_act {
    const char *coach;   /* who calls; to whom it is redirected or switched, NULL: nobody's own */
    const char *service; /* to which it is redirected when there is no coach */
    utc_ms until;        /* set aside so long; 0: until somebody takes it up */
    int minutes;         /* of a pause */
};

/* ERR_INVAL for what only time does. */
static enum err any_act(struct flow *f, enum visit_act act, struct visit_ref r,
                        const struct any_act *with, struct queue_line *ret_line)
{
    switch (act) {
    case VISIT_CALL:
        return flow_call(f, with->coach, r, ret_line);
    case VISIT_RECALL:
        return flow_recall(f, r, ret_line);
    case VISIT_START:
        return flow_start(f, r, ret_line);
    case VISIT_FINISH:
        return flow_finish(f, r, "", ret_line);
    case VISIT_MISS:
        return flow_missed(f, r, ret_line);
    case VISIT_REQUEUE:
        return flow_requeue(f, r, ret_line);
    case VISIT_PARK:
        return flow_park(f, r, with->until, "papers", ret_line);
    case VISIT_UNPARK:
        return flow_unpark(f, r, ret_line);
    case VISIT_REDIRECT:
        return flow_redirect(f, r, with->coach, with->coach ? NULL : with->service, ret_line);
    case VISIT_URGENT:
        return flow_urgent(f, r, "ill", ret_line);
    case VISIT_PAUSE:
        return flow_pause(f, r, with->minutes, ret_line);
    case VISIT_RESUME:
        return flow_resume(f, r, ret_line);
    case VISIT_LEAVE:
        return flow_leave(f, r, ret_line);
    case VISIT_VOID:
        return flow_void(f, r, "mistake", ret_line);
    case VISIT_SWITCH:
        return flow_switch_coach(f, r, with->coach, ret_line);
    case VISIT_UNDO:
        return flow_undo(f, r, ret_line);
    case VISIT_ARRIVE:
    case VISIT_AUTO_MISSED:
    case VISIT_AUTO_RESUME:
    case VISIT_AUTO_UNPARK:
    case VISIT_CLOSE_UNSERVED:
    case VISIT_CLOSE_DONE:
    case VISIT_ACT_COUNT:
        break;
    }
    return ERR_INVAL;
}

#endif
