/*
 * src/flow/queue.h - the day's visits: the list and every move of a visit.
 *
 * Each move takes the visit's id and the version that the caller saw (0: any);
 * ERR_STALE when somebody changed it since, ERR_STATE when the move is not allowed
 * now, ERR_TAKEN when the coach has somebody already, ERR_NOT_FOUND (visit, coach or
 * service), ERR_INVAL (a text or number that does not fit). On success *ret_line (may
 * be NULL) is the visit as it is now.
 */
#ifndef FLOW_QUEUE_H
#define FLOW_QUEUE_H

#include "core/person.h"
#include "core/queue.h"
#include "core/ticket.h"
#include "core/visit.h"
#include "flow/flow.h"

/* Why a visit stands in its band, for the words beside it. */
enum queue_why {
    QUEUE_WHY_WALK_IN,     /* band 3: a walk-in */
    QUEUE_WHY_URGENT,      /* band 1 */
    QUEUE_WHY_APPOINTMENT, /* band 2: an appointment that is due */
    QUEUE_WHY_REDIRECTED,  /* band 2 */
    QUEUE_WHY_LONG_WAIT,   /* band 2: waits longer than the rule */
    QUEUE_WHY_EARLY,       /* band 3: an appointment that is not due yet */
    QUEUE_WHY_LATE         /* band 3: an appointment whose person came too late */
};

struct queue_line {
    struct ulid visit;
    int64_t version;
    char ticket[TICKET_SIZE];   /* "A01" */
    enum visit_state state;
    int band;                  /* 1..3 */
    enum queue_why why;
    bool appointment;          /* kind: else a walk-in */
    char service[ROSTER_ID_SIZE];
    char coach[ROSTER_ID_SIZE]; /* who has the visit, else whom it waits for; "" first free */
    utc_ms arrived;
    utc_ms due;                /* appointment's start; 0: none */
    utc_ms called;             /* last call; 0: none */
    utc_ms until;              /* end of a pause or parking; 0: none */
    int calls;
    struct queue_wait wait;    /* the formula's minutes; not known when nobody who may take it is
                                  at work, or when it does not wait. Called and in service: 0 */
    int ahead;                 /* wait.ahead */
    enum topic topic;
    char lang[PERSON_LANG_SIZE];
    char municipality[MUNICIPALITY_SIZE];
    int64_t person_no;
    bool urgent, redirected, inaccurate, clock_unsure;
};

struct queue_list {
    struct queue_line *v; /* owns */
    size_t n;
};
void queue_list_done(struct queue_list *l);

/* The day's open visits: called, in service, then the waiting in calling order, then
 * paused, missed, parked. `coach` NULL: all; else those that may be this coach's. */
NODISCARD enum err flow_queue(struct flow *f, const char *coach, struct queue_list *ret_list);
/* All of it at once, as every coach sees it. */
struct queue_house { /* owns; all-zero is empty */
    struct queue_list open;
    uint64_t *may;                /* of open.v[i]: the coaches whose it may be, a bit each */
    long next[ROSTER_COACHES_MAX]; /* whom "next" calls for a coach: index in open; -1: nobody */
};
void queue_house_done(struct queue_house *h);
NODISCARD enum err flow_queue_house(struct flow *f, struct queue_house *ret_house);
/* The day's finished visits (done, left, unserved, voided), last first. */
NODISCARD enum err flow_queue_finished(struct flow *f, struct queue_list *ret_list);
NODISCARD enum err flow_visit(struct flow *f, const struct ulid *visit,
                              struct queue_line *ret_line);
/* By id or by today's ticket text, "A01". */
NODISCARD enum err flow_visit_find(struct flow *f, const char *id_or_ticket,
                                   struct queue_line *ret_line);
/* Opens the personal fields of one visit; an audit line says who looked. */
NODISCARD enum err flow_visit_person(struct flow *f, const struct ulid *visit,
                                     struct person *ret_person);
/* The note of who parked it, up to 200 letters; an audit line says who read it. "" none. */
#define VISIT_NOTE_SIZE 801 /* 200 letters */
NODISCARD enum err flow_visit_note(struct flow *f, const struct ulid *visit,
                                   char ret_note[VISIT_NOTE_SIZE]);
/* What happened to a visit, in order. */
struct visit_event {
    utc_ms at;
    char act[25];     /* visit_act_name() */
    char actor[41];   /* "kiosk:1", "staff:ID", "house" (time), "ctl" */
    char coach[ROSTER_ID_SIZE];
    char service[ROSTER_ID_SIZE];
};
typedef void (*flow_event_said)(void *arg, const struct visit_event *event);
NODISCARD enum err flow_visit_events(struct flow *f, const struct ulid *visit,
                                     flow_event_said say, void *arg);
/* Whom flow_call_next() would call, also while the coach has somebody. ERR_NONE. */
NODISCARD enum err flow_next(struct flow *f, const char *coach, struct queue_line *ret_line);
/* The wait that a walk-in of this service would have now; coach NULL: first free. */
NODISCARD enum err flow_wait_now(struct flow *f, const char *service, const char *coach,
                                 struct queue_wait *ret_wait, int *ret_ahead);

/* The wait that this visit would have in its own place if it waited for that coach, or for the
 * first free (NULL): for the visitor who may choose. ERR_STATE: it does not wait. */
NODISCARD enum err flow_wait_if(struct flow *f, const struct ulid *visit, const char *coach,
                                struct queue_wait *ret_wait);

/* ERR_NONE: nobody to call. */
NODISCARD enum err flow_call_next(struct flow *f, const char *coach, struct queue_line *ret_line);

struct visit_ref {
    struct ulid visit;
    int64_t version; /* 0: any */
};
/* ERR_DENIED: the visit waits for another coach, or for a service that this one does not give.
 * Also a visit that was called less than the rule's minutes ago: the coach chose it. */
NODISCARD enum err flow_call(struct flow *f, const char *coach, struct visit_ref v,
                             struct queue_line *ret_line);
/* After the N-th call (roster rule) the visit becomes missed. */
NODISCARD enum err flow_recall(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
NODISCARD enum err flow_start(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
/* outcome: [a-z_]{1,32}; "" is "done". */
NODISCARD enum err flow_finish(struct flow *f, struct visit_ref v, const char *outcome,
                               struct queue_line *ret_line);
NODISCARD enum err flow_missed(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
NODISCARD enum err flow_requeue(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
/* until 0: until somebody takes it out, else later than now and on this business day
 * (ERR_RANGE); note up to 200 letters, or NULL. */
NODISCARD enum err flow_park(struct flow *f, struct visit_ref v, utc_ms until, const char *note,
                             struct queue_line *ret_line);
NODISCARD enum err flow_unpark(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
/* Exactly one of coach and service is set, and it is another one. Number and arrival stay. */
NODISCARD enum err flow_redirect(struct flow *f, struct visit_ref v, const char *to_coach,
                                 const char *to_service, struct queue_line *ret_line);
/* Before it is called: waiting, paused, missed or parked; reason up to 200 letters. */
NODISCARD enum err flow_urgent(struct flow *f, struct visit_ref v, const char *reason,
                               struct queue_line *ret_line);
/* By the visitor: 1..30 minutes. */
NODISCARD enum err flow_pause(struct flow *f, struct visit_ref v, int minutes,
                              struct queue_line *ret_line);
NODISCARD enum err flow_resume(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
NODISCARD enum err flow_leave(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
NODISCARD enum err flow_void(struct flow *f, struct visit_ref v, const char *reason,
                             struct queue_line *ret_line);
/* Takes back the last act within 10 s: ERR_RANGE later, ERR_STALE when somebody changed the
 * visit since, ERR_STATE when it cannot be undone (an arrival, what time did, an undo),
 * ERR_TAKEN the coach has somebody else by now, ERR_EXISTS this person waits again by now. */
NODISCARD enum err flow_undo(struct flow *f, struct visit_ref v, struct queue_line *ret_line);
/* The visitor's choice while waiting: this coach, or NULL for the first free. */
NODISCARD enum err flow_switch_coach(struct flow *f, struct visit_ref v, const char *coach,
                                     struct queue_line *ret_line);

/* What the waiting-room display shows: visits in state called, last call first. */
struct called_line {
    char ticket[TICKET_SIZE];
    char room[ROSTER_NAME_SIZE];
    char coach_name[ROSTER_NAME_SIZE];
    int64_t chime; /* rises with every call and recall of the day */
    utc_ms called;
};
NODISCARD enum err flow_called(struct flow *f, struct called_line *ret_lines, size_t max,
                               size_t *ret_n);

#endif
