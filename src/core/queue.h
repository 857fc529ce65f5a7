/*
 * src/core/queue.h - who is next, and how long it will take.
 *
 * Band 1 urgent; band 2 checked-in appointments from two minutes before their
 * start, redirected visits, and who waits too long; band 3 the rest. Inside a
 * band by effective time, then ticket sequence: a total order. An appointment
 * whose person came more than late_minutes after its start counts as a walk-in.
 */
#ifndef CORE_QUEUE_H
#define CORE_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "core/roster.h"
#include "core/visit.h"

#define QUEUE_DUE_EARLY_MS (2 * MINUTE_MS)
#define QUEUE_FIRST_FREE (-1)
#define QUEUE_NO_SERVICE (-1)

struct queue_entry {
    size_t tag;        /* the caller's: which visit this is */
    enum visit_state state;
    utc_ms arrived;
    utc_ms due;        /* the appointment's start; 0: a walk-in */
    utc_ms last_call;  /* last call that counts (not an undone one); 0: none */
    bool urgent, redirected;
    int service;       /* index in the roster, or QUEUE_NO_SERVICE */
    int coach;         /* who must take it, or QUEUE_FIRST_FREE */
    int64_t seq;       /* ticket sequence of the day */
};

struct queue_rules {
    int late_minutes, starve_minutes, recall_block_minutes;
};
struct queue_rules queue_rules_of(const struct roster_rules *rules);

bool queue_is_late(const struct queue_entry *e, const struct queue_rules *rules);
int queue_band(const struct queue_entry *e, const struct queue_rules *rules, utc_ms now); /* 1..3 */
utc_ms queue_effective(const struct queue_entry *e, const struct queue_rules *rules);

/* Orders in place as visitors are called, whatever their states: by band,
 * effective time, sequence, tag. ERR_NOMEM leaves the order as it was. */
NODISCARD enum err queue_order(struct queue_entry *v, size_t n, const struct queue_rules *rules,
                               utc_ms now);

/* One coach as the queue sees them. */
struct queue_coach {
    uint64_t services; /* bit per service of the roster */
    bool at_work;      /* logged in or at-work, and not paused */
};

/* coach: index in the roster, with the services they offer. A named coach
 * alone may take it; else every coach who offers the service. */
bool queue_may_serve(int coach, uint64_t services, const struct queue_entry *e);

/* Index in v (in calling order) of the next for this coach: waiting, theirs to
 * take, not called within recall_block_minutes. -1: none. */
long queue_next_for(int coach, uint64_t services, const struct queue_entry *v, size_t n,
                    const struct queue_rules *rules, utc_ms now);

/* Length of service: the median in seconds of the last (up to) 20 durations,
 * each clipped to 1 minute .. 3 times the service's own minutes; the service's
 * own figure while there are fewer than 5. Never below 60. */
#define QUEUE_MEDIAN_OF 20
#define QUEUE_MEDIAN_LEAST 5
int64_t queue_service_seconds(const int64_t *durations_s, size_t n, int service_minutes);

struct queue_wait {
    bool known;           /* false: no coach at work may take it, or it does not wait */
    int min_min, max_min; /* whole minutes by the formula, unrounded */
    int ahead;            /* waiting before it that one of its coaches may take */
};

struct queue_floor { /* the house at this moment */
    const struct queue_coach *coaches; /* index as in the roster */
    size_t n_coaches;                  /* at most ROSTER_COACHES_MAX */
    const int64_t *service_s;          /* seconds per service: queue_service_seconds() */
    size_t n_services;
};

/* Fills ret[i] for v[i], v in calling order. ERR_INVAL over ROSTER_COACHES_MAX
 * coaches; ERR_NOMEM. */
NODISCARD enum err queue_waits(const struct queue_entry *v, size_t n,
                               const struct queue_floor *floor, struct queue_wait *ret);
/* The wait of one entry v[i] alone, or as it would be with `coach` wanted. */
struct queue_wait queue_wait_of(const struct queue_entry *v, size_t n, size_t i, int coach,
                                const struct queue_floor *floor);

/* For screens: each end rounded up to 5 minutes. */
struct queue_wait queue_wait_rounded(struct queue_wait w);

#endif
