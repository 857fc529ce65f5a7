/*
 * src/core/roster.h - when the house is open, what it offers and who works when.
 *
 * The roster file (JSON, contracts.md) as a struct: parse, check, print. Rules
 * are wall-clock times; dates are inclusive; every time and length is a
 * multiple of five minutes. Ids are [a-z0-9_-]{1,32}; names up to 64 letters.
 */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/buf.h"
#include "core/civil.h"
#include "core/person.h" /* enum topic */

#define ROSTER_VERSION 1
#define ROSTER_JSON_MAX (1024 * 1024) /* bytes of a roster file */
#define ROSTER_ID_SIZE 33
#define ROSTER_NAME_LETTERS 64
#define ROSTER_NAME_SIZE (ROSTER_NAME_LETTERS * 4 + 1)
#define ROSTER_LANGS_MAX 16
#define ROSTER_SERVICES_MAX 64 /* a set of services is a uint64_t, bit i = services[i] */
#define ROSTER_COACHES_MAX 64  /* a set of coaches likewise */
#define ROSTER_LIST_MAX 400    /* hours, breaks, exceptions or closures in one list */
#define ROSTER_WINDOWS_MAX 144 /* windows that five-minute pieces of one day can make */

/* Bits of `open_for`. */
#define OPEN_WALK_IN 1u
#define OPEN_APPOINTMENT 2u

/* Opening hours of the site, or availability of a coach. */
struct roster_hours {
    unsigned weekdays;             /* bit 0 = Monday */
    struct minute_span span;
    unsigned open_for;             /* OPEN_*; of opening hours only */
    int every_weeks;               /* 1..52, counted from the Monday of valid_from's week */
    civil_day valid_from, valid_to; /* inclusive; valid_to may be CIVIL_DAY_FOREVER */
};

struct roster_closure {
    civil_day from, to; /* inclusive */
    char reason[ROSTER_NAME_SIZE];
};

struct roster_break {
    unsigned weekdays;
    struct minute_span span;
};

enum exception_kind { EXCEPTION_CLOSED, EXCEPTION_EXTRA, EXCEPTION_REPLACE, EXCEPTION_KIND_COUNT };
struct roster_exception {
    civil_day date;
    enum exception_kind kind;
    struct minute_span span; /* not of EXCEPTION_CLOSED, which is the whole day */
    bool override;           /* EXCEPTION_EXTRA: also on a day that a closure closes */
};

struct roster_text {
    char lang[4];
    char text[ROSTER_NAME_SIZE];
};

struct roster_service {
    char id[ROSTER_ID_SIZE];
    struct roster_text names[ROSTER_LANGS_MAX]; /* in the file's order; "nl" is there */
    size_t n_names;
    char series;        /* of TICKET_SERIES */
    int minutes;        /* 5..480 */
    int buffer_minutes; /* 0..120, kept free behind an appointment */
    bool book, walk_in;
    unsigned topics;    /* bit per enum topic */
    bool is_default;    /* exactly one service */
};

struct roster_coach {
    char id[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    char role[ROSTER_NAME_SIZE];
    char room[ROSTER_NAME_SIZE];
    uint64_t services; /* bit per service of the roster */
    struct roster_hours *availability;
    size_t n_availability;
    struct roster_break *breaks;
    size_t n_breaks;
    struct roster_exception *exceptions;
    size_t n_exceptions;
};

struct roster_site {
    char id[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    char timezone[65]; /* a name as in the zone database; whether it exists is the caller's check */
    char municipality[MUNICIPALITY_SIZE];
};

struct roster_rules {
    int step_minutes;         /* 5..240 */
    int lead_minutes;         /* 0.., not beyond the horizon */
    int horizon_days;         /* 0..730 */
    int hold_seconds;         /* 30..900 */
    int late_minutes;         /* 0..240 */
    int no_show_minutes;      /* 0..240 */
    int starve_minutes;       /* 0..480 */
    int calls_before_missed;  /* 1..10 */
    int recall_block_minutes; /* 0..60 */
};
struct roster_rules roster_default_rules(void);

struct roster { /* owns its lists; all-zero is valid to roster_done() */
    struct roster_site site;
    struct roster_hours *opening;
    size_t n_opening;
    struct roster_closure *closures;
    size_t n_closures;
    struct roster_service *services;
    size_t n_services;
    struct roster_coach *coaches;
    size_t n_coaches;
    struct roster_exception *exceptions; /* of the site */
    size_t n_exceptions;
    struct roster_rules rules;
};
void roster_done(struct roster *r);

/*
 * What exceptions mean. Of the site: closed works as a closure; replace stands
 * for that day's opening hours, for every purpose; extra adds to them. Of a
 * coach: closed takes the availability away, replace stands for it (inside the
 * opening hours), extra adds time wherever the opening hours lie, also to a
 * coach's closed day. On a day closed by the site only an extra with override
 * counts. Breaks are cut out of everything.
 */

/* What is wrong (fault) or doubtful (warning), with its place in the file. */
struct roster_note {
    bool fault;
    char pointer[96]; /* JSON Pointer (RFC 6901), "/coaches/0/breaks/1/from" */
    char text[160];   /* English sentence, "must be a multiple of 5 minutes" */
};
struct roster_notes { /* owns v; all-zero is empty; at most ROSTER_NOTES_MAX, then cut */
    struct roster_note *v;
    size_t n, cap;
    size_t n_faults;
    bool no_memory;
};
#define ROSTER_NOTES_MAX 200
void roster_notes_done(struct roster_notes *notes);

/*
 * Reads a roster file. Every fault is told, not only the first; nothing half
 * read comes out. Warnings come with a good roster too. Pass *ret_roster empty.
 * ERR_FORMAT  notes->n_faults of faults are in *notes
 * ERR_LIMIT   longer than ROSTER_JSON_MAX
 * ERR_NOMEM
 */
NODISCARD enum err roster_parse(const char *json, size_t n, struct roster_notes *notes,
                                struct roster *ret_roster);

/* The rules between parts of a roster (overlap, ids, ranges), added to *notes:
 * ERR_FORMAT when there is a fault. roster_parse() has done this already. */
NODISCARD enum err roster_check(const struct roster *r, struct roster_notes *notes);

/* Adds the canonical JSON: every key, fixed order, two spaces; the same roster
 * gives the same bytes, and roster_parse() of them the same roster. ERR_NOMEM;
 * ERR_LIMIT when *out has no room. */
NODISCARD enum err roster_print(const struct roster *r, struct buf *out);

int roster_service_find(const struct roster *r, const char *id); /* index, or -1 */
int roster_coach_find(const struct roster *r, const char *id);   /* index, or -1 */
bool roster_coach_offers(const struct roster *r, int coach, int service);
/* The service's name in a language, else in Dutch. */
const char *roster_service_label(const struct roster *r, int service, const char *lang);

/* The service for a topic: the first in file order that lists it and is open
 * for `open_for` (OPEN_WALK_IN or OPEN_APPOINTMENT), else the default service
 * (which may itself not be open for that: look). Never outside the list. */
int roster_route(const struct roster *r, enum topic topic, unsigned open_for);

/* Whether a rule of hours applies on that day. */
bool roster_hours_apply(const struct roster_hours *h, civil_day day);
/* Whether the site is closed on a day, by a closure (then its reason, lent by the
 * roster) or by an exception (reason NULL). Not closed: *ret_reason as it was. */
bool roster_closed_on(const struct roster *r, civil_day day, const char **ret_reason);

/* The site's opening windows of a day, merged and rising; gives how many. */
int roster_open_windows(const struct roster *r, civil_day day, unsigned open_for,
                        struct minute_span ret[ROSTER_WINDOWS_MAX]);
bool roster_open_at(const struct roster *r, civil_day day, int minute, unsigned open_for);

struct roster_opening_at {
    civil_day day;
    struct minute_span span;
};
/* The window that is open at (day, minute), else the next one to open.
 * ERR_NONE: nothing within two years. */
NODISCARD enum err roster_next_opening(const struct roster *r, civil_day day, int minute,
                                       unsigned open_for, struct roster_opening_at *ret_opening);

#endif
