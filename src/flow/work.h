/*
 * src/flow/work.h - inside flow: the transaction that every use case is, and the four things
 * that every change is made of: row, event, audit line, count; and the register's record.
 *
 *   CLEANUP(store_tx_done) struct store_tx tx = { 0 };
 *   enum err e = work_begin(f, &tx);          the lock, the roster, the time, the tick
 *   if (e == ERR_OK)
 *       e = ...;                               f->now and f->today hold until the end
 *   return work_end(f, &tx, e);                commits on ERR_OK, else undoes the whole
 */
#ifndef FLOW_WORK_H
#define FLOW_WORK_H

#include "core/record.h"
#include "core/wall.h"
#include "flow/flow.h"
#include "store/appointment.h"
#include "store/region.h"
#include "store/store.h"
#include "store/visit.h"

#define ACTOR_HOUSE "house" /* what time brought */
#define REASON_LETTERS 200
#define REGION_GRACE_MS (15 * SECOND_MS) /* a seat stays claimed while an undo may come */

struct flow {
    struct store *store;
    struct clock *clock; /* borrowed */
    struct rng *rng;     /* borrowed */
    struct ulid_maker ids;
    char device[STORE_ACTOR_SIZE];
    char actor[STORE_ACTOR_SIZE];
    bool read_only;
    bool patient; /* see struct flow_options */
    struct roster roster; /* in force */
    struct zone zone;
    struct region_row region; /* as stored; not joined: all zero */
    struct roster agenda;     /* in a region: the roster on the days that are this house's */
    bool (*pause)(void *arg, int ms); /* while the region is waited for; NULL: sleep */
    void *pause_arg;
    int64_t mirror;           /* region.mirror of which agenda was made; 0: none was */
    int64_t roster_version; /* 0: none yet */
    int64_t roster_bad;     /* a version that could not be read: not tried again */
    int64_t seen;           /* store_changes() at the last flow_changed() */
    struct wall_known known; /* as stored */
    int kiosk;              /* its number in the region, 1 unless set */
    uint64_t epoch;         /* store_epoch() when roster, known and kiosk were read; 0: never */
    utc_ms tick_again;      /* a row could not be moved: not before then once more */
    /* of the use case that runs, or ran last: */
    utc_ms now;
    bool unsure;     /* the clock: see time.c */
    civil_day date;  /* of the calendar, as far as it is known */
    civil_day today; /* the business day: whose visits and tickets are taken */
};

NODISCARD enum err work_begin(struct flow *f, struct store_tx *tx);
NODISCARD enum err work_end(struct flow *f, struct store_tx *tx, enum err e);
/* For listings: applies what is overdue in a transaction of its own, then reads of one moment.
 * End it with store_tx_done(). */
NODISCARD enum err work_read(struct flow *f, struct store_tx *tx);

/* Monotonic time for lock-outs and audit: a simulated clock has only its wall time in common
 * with the other programs. */
int64_t work_mono(const struct flow *f);

/* Now, unsure, date and today from the clock and what is known of the time. */
void time_look(struct flow *f);
/* What is stored of the time, then now, unsure, date and today from the clock. */
NODISCARD enum err time_read(struct flow *f);
/* Keeps the business day while the clock is unsure; writes the last known time, once a minute. */
NODISCARD enum err time_write(struct flow *f);
/* When the visits of a day are closed by time. */
utc_ms time_closes(const struct flow *f, civil_day day);
NODISCARD enum err time_unpin(struct flow *f);
/* Loads the roster in force when it is another one than f holds, and what the region says. */
NODISCARD enum err roster_refresh(struct flow *f);
/* By which appointments are made: roster, or in a region agenda. */
const struct roster *agenda_of(const struct flow *f);
/* A zone by its name. ERR_NOT_FOUND, ERR_FORMAT. */
NODISCARD enum err zone_load(const char *name, struct zone *ret_zone);

/* What time brought, inside the transaction that is open. */
NODISCARD enum err tick_apply(struct flow *f);
NODISCARD enum err tick_due(struct flow *f, utc_ms *ret_at);
/* Closes one visit: unserved, or done and inaccurate. */
NODISCARD enum err close_visit(struct flow *f, const struct visit_row *v, utc_ms at,
                               const char *actor);

/* ---- changes ---- */

struct step {
    utc_ms at;           /* of the event: now, or when it was due */
    const char *actor;   /* NULL: f->actor */
    const char *reason;  /* or NULL */
    const char *measure; /* of an appointment's anonymous count, or NULL */
};

/* A new visit, or one step of it: `after` gets its new state (left as it is for an undo) and
 * version. Errors of visit_next() and of store/visit.h. */
NODISCARD enum err visit_arrive(struct flow *f, struct visit_row *v, const struct person *p,
                                const struct step *s);
NODISCARD enum err visit_step(struct flow *f, enum visit_act act, const struct visit_row *before,
                              struct visit_row *after, const struct step *s);

/* Who waits as a walk-in turns out to have an appointment: the same visit, its state kept. */
NODISCARD enum err visit_link(struct flow *f, const struct visit_row *before,
                              struct visit_row *after);
/* A new appointment (APPT_HOLD without a person, APPT_BOOK for a move's successor), or one
 * step of it; p NULL keeps the names. APPT_ACT_COUNT takes a cancellation back. */
NODISCARD enum err appointment_make(struct flow *f, enum appointment_act act,
                                    struct appointment_row *a, const struct person *p,
                                    const struct step *s);
NODISCARD enum err appointment_step(struct flow *f, enum appointment_act act,
                                    const struct appointment_row *before,
                                    struct appointment_row *after, const struct person *p,
                                    const struct step *s);
/* What was said of an appointment and changes no state: an event of the chain's first one. */
NODISCARD enum err appointment_note(struct flow *f, const struct appointment_row *a,
                                    const char *act, const struct step *s);
/* Takes all its quanta on its seat. ERR_TAKEN. */
NODISCARD enum err appointment_claim(struct flow *f, const struct appointment_row *a);

/* Once a flow is open: says and writes down that its database is older than what was seen. */
void older_tell(struct flow *f);

/* An audit line, "login" of "staff:sanne": "ok". */
NODISCARD enum err audit(struct flow *f, const char *action, const char *object,
                         const char *result);

/* Adds to an anonymous count of the local date and hour of `at`. */
struct counted {
    const char *measure;
    utc_ms at;
    const char *municipality, *coach; /* or NULL */
    enum topic topic;                 /* TOPIC_COUNT: none */
    int n;                            /* 1, or -1 when undone */
};
NODISCARD enum err count_add(struct flow *f, const struct counted *c);

/* ---- the register's record ---- */

struct told {
    enum record_kind kind;
    struct ulid chain;
    utc_ms at;
    const struct person *person;
    const char *service, *coach;
    utc_ms start, end; /* of the appointment; 0: none */
    bool by_house;
    bool taken_back; /* of a reminder */
};
NODISCARD enum err tell(struct flow *f, const struct told *t);
/* The notice that was shown, behind the first record. */
NODISCARD enum err tell_notice(struct flow *f, const struct told *t);

/* ---- small helps ---- */

/* Text of people: 1..letters code points (0 or only blanks too when `empty`), no control
 * characters and no marks that turn the writing direction of what stands around it. */
bool text_fits(const char *s, int letters, bool empty);
void text_put(char *out, size_t n, const char *s); /* s that is known to fit; NULL is "" */
NODISCARD enum err coach_of(const struct flow *f, const char *id, int *ret_coach);
NODISCARD enum err service_of(const struct flow *f, const char *id, int *ret_service);
bool actor_is_staff(const struct flow *f); /* else the visitor at a kiosk */
bool device_is_kiosk(const struct flow *f); /* one visitor at a time stands at it */

#endif
