/* Somebody who waits goes out, comes back, or chooses another coach. */
#include <stdlib.h>
#include <string.h>

#include "screens/journey.h"
#include "screens/ticket.h"

bool ticket_may_wait(const struct session *s)
{
    enum visit_state state = s->arrival.line.state;

    return (s->result == RESULT_QUEUED || s->result == RESULT_CHECKED_IN) &&
           (state == VISIT_WAITING || state == VISIT_PAUSED);
}

static struct visit_ref this_visit(const struct session *s)
{
    return (struct visit_ref){ .visit = s->arrival.line.visit };
}

static struct nav after(struct session *s, enum err e)
{
    s->pausing = s->choosing_coach = false;
    return e == ERR_OK ? nav_stay() : journey_refused(s, e);
}

static struct nav switch_coach(struct session *s, const char *coach)
{
    return after(s, flow_switch_coach(s->host->flow, this_visit(s),
                                      strcmp(coach, "any") == 0 ? NULL : coach,
                                      &s->arrival.line));
}

struct nav ticket_wait_action(struct session *s, const char *id)
{
    static const char pause[] = "ticket.pause.", coach[] = "ticket.coach.";
    struct flow *f = s->host->flow;

    if (!ticket_may_wait(s))
        return nav_pass();
    if (strcmp(id, "ticket.pause") == 0)
        s->pausing = true;
    else if (strcmp(id, "ticket.coach") == 0)
        s->choosing_coach = true;
    else if (strcmp(id, "ticket.stay") == 0)
        s->pausing = s->choosing_coach = false;
    else if (strcmp(id, "ticket.resume") == 0)
        return after(s, flow_resume(f, this_visit(s), &s->arrival.line));
    else if (strncmp(id, pause, sizeof(pause) - 1) == 0)
        return after(s, flow_pause(f, this_visit(s), atoi(id + sizeof(pause) - 1),
                                   &s->arrival.line));
    else if (strncmp(id, coach, sizeof(coach) - 1) == 0)
        return switch_coach(s, id + sizeof(coach) - 1);
    else
        return nav_pass();
    return nav_stay();
}
