/*
 * src/flow/region.h - booking in other houses of the region, and how this one stands in it.
 *
 * No use case waits for the region but two: a hold on a shared time (flow_hold) and what is
 * here. Both wait REGION_WAIT_MS at most (a program before which nobody stands:
 * REGION_PATIENT_MS), and only while dynamo-sync says that the line is up.
 */
#ifndef FLOW_REGION_H
#define FLOW_REGION_H

#include "core/shared.h"
#include "flow/booking.h"

#define REGION_WAIT_MS 2500
#define REGION_PATIENT_MS 25000 /* within the time that a seat is asked for */

/* What to do while the region is waited for, at most `ms`: draw, or nothing (the default is to
 * sleep). False: it is of no use to wait longer. */
typedef bool (*flow_region_idle)(void *arg, int ms);
void flow_set_region_idle(struct flow *f, flow_region_idle idle, void *arg);

struct region_look { /* all-zero: this house stands alone */
    bool joined, line;
    char site[ROSTER_ID_SIZE];
    utc_ms line_at; /* its last answer; 0: never */
    char why[33];   /* a word: what is wrong, or "" */
};
NODISCARD enum err flow_region(struct flow *f, struct region_look *ret_look);

struct region_offer { /* all-zero is empty */
    struct roster roster;  /* of the other house */
    struct free_list free; /* its shared times; coach: index in that roster */
};
void region_offer_done(struct region_offer *o);
/* What can be booked in another house now. coach NULL: any. ERR_NET the line is down, or it
 * took too long; ERR_NOT_FOUND no such house, service or coach; ERR_INVAL, ERR_CLOCK. */
NODISCARD enum err flow_region_free(struct flow *f, const char *site, const char *service,
                                    const char *coach, civil_day first, civil_day last,
                                    struct region_offer *ret_offer);

/* For who looks over all houses, without a house of its own: how many shared starts of one are
 * free, whatever the service. `roster` and `offer` are as the region holds them. ERR_CORRUPT. */
#define REGION_OFFER_MAX (1024 * 1024)
struct region_left_query {
    const char *site, *roster, *offer;
    const struct shared_rule *rule;
    utc_ms now;
    civil_day first, last;
};
NODISCARD enum err flow_region_left(const struct region_left_query *q, struct roster *ret_roster,
                                    int *ret_left);
/* An audit line of what was done in the region from here: "region.move_day" of "sanne". */
NODISCARD enum err flow_region_note(struct flow *f, const char *action, const char *object);

struct region_request {
    const char *site, *service;
    const char *coach; /* NULL: any who is free then */
    utc_ms start;
    const struct person *person;
    bool notice_shown, consent_reminder;
};
struct region_booked {
    struct ulid appointment; /* there; the visitor checks in by name and birth date */
    char coach[ROSTER_ID_SIZE];
    utc_ms start, end;
};
/* Claims the time, then seals the person to that house and commits: from then on it arrives
 * there, whatever happens to the line. ERR_TAKEN; ERR_RANGE no such shared time; ERR_AGE_*;
 * and as flow_region_free(). */
NODISCARD enum err flow_region_book(struct flow *f, const struct region_request *r,
                                    struct region_booked *ret_booked);

#endif
