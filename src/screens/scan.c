#include "screens/scan.h"

#include <string.h>

#include "screens/journey.h"

static struct nav not_found(struct session *s, bool locked)
{
    s->code[0] = '\0';
    s->locked = locked;
    return nav_to(&scr_not_found);
}

struct nav scan_find(struct session *s, const char *typed)
{
    enum err e = flow_find_by_code(s->host->flow, typed, &s->found);

    if (e == ERR_NOT_FOUND || e == ERR_FORMAT || e == ERR_LOCKED || e == ERR_INVAL)
        return not_found(s, e == ERR_LOCKED);
    s->code[0] = '\0';
    if (e != ERR_OK)
        return journey_refused(s, e);
    if (s->errand == ERRAND_MANAGE)
        return nav_to(&scr_change);
    return nav_to(&scr_arrive);
}

struct nav scan_check_in(struct session *s)
{
    enum err e = flow_check_in(s->host->flow, &s->found.id, &s->arrival);

    if (e == ERR_STATE || e == ERR_STALE || e == ERR_RANGE || e == ERR_NOT_FOUND)
        return not_found(s, false);
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->result = RESULT_CHECKED_IN;
    return nav_only(&scr_ticket);
}

/* A ticket comes back: after a missed call, or to see how long it still takes. */
static struct nav scan_ticket(struct session *s, const char *text)
{
    enum err e = flow_scan_ticket(s->host->flow, text, &s->arrival);

    if (e == ERR_NOT_FOUND || e == ERR_STATE)
        return scan_find(s, text);
    if (e != ERR_OK)
        return journey_refused(s, e);
    s->result = s->arrival.line.appointment ? RESULT_CHECKED_IN : RESULT_QUEUED;
    return nav_only(&scr_ticket);
}

/* Where a scan is an answer: nobody is there yet, or the page asks for a code. */
static bool listens(const struct screen *scr)
{
    return scr == &scr_attract || scr == &scr_welcome || scr == &scr_check_in ||
           scr == &scr_not_found || scr == &scr_manage || scr == &scr_closed;
}

struct nav screen_scan(const struct screen *scr, struct session *s, const char *text)
{
    struct scan scan;

    s->trouble = TROUBLE_NONE;
    if (scr->on_scan)
        return scr->on_scan(s, text);
    /* A badge is for the staff's page; elsewhere it is no wrong code either. */
    if (!listens(scr) || strncmp(text, STAFF_BADGE_MARK, sizeof(STAFF_BADGE_MARK) - 1) == 0)
        return nav_stay();
    if (s->errand == ERRAND_NONE)
        s->errand = scr == &scr_manage ? ERRAND_MANAGE : ERRAND_CHECK_IN;
    if (scan_parse(text, strlen(text), &scan) == ERR_OK && scan.kind == SCAN_TOKEN &&
        s->errand != ERRAND_MANAGE)
        return scan_ticket(s, text);
    return scan_find(s, text);
}
