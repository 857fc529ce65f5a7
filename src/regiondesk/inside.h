/*
 * src/regiondesk/inside.h - what the region's pages share; only of use in regiondesk.
 */
#ifndef REGIONDESK_INSIDE_H
#define REGIONDESK_INSIDE_H

#include "base/buf.h"
#include "desk/page.h"
#include "region/coordinator.h"
#include "regiondesk/regiondesk.h"

#define LEFT_DAYS 7     /* shared times are counted of that many days, today with them */
#define LEFT_UNKNOWN -1 /* a house that has not told its roster yet */
#define SILENT_S 120    /* a house says how it goes twice a minute */

struct region_person { /* a coach, as the rosters name them */
    char coach[ROSTER_ID_SIZE], name[ROSTER_NAME_SIZE], site[ROSTER_ID_SIZE];
};
struct overview { /* all-zero is empty */
    struct region_houses houses;
    struct region_moves moves;
    int *left; /* by house: shared starts that are free */
    struct region_person *people;
    size_t n_people, cap_people;
};
void overview_done(struct overview *o);

struct regiondesk {
    const struct desk_setup *setup;
    struct region_options options;
    struct region *r;      /* NULL: no line */
    int64_t retry_at;      /* real monotonic ms, as all three */
    int64_t look_at;       /* the overview is read again */
    int64_t left_at;       /* and its shared times, which take a while */
    enum err fault;        /* of the last look */
    struct overview now;
    struct buf face;       /* of it as text, to see whether it changed */
    struct shared_rule rule;
};

/* The line to the region; opened when it is time to. */
NODISCARD enum err regiondesk_line(struct regiondesk *g);
/* Behind every call: what broke the line lets it go. Gives `e`. */
NODISCARD enum err regiondesk_said(struct regiondesk *g, enum err e);
/* Whether what / shows changed. (look.c) */
bool regiondesk_look(void *regiondesk);
/* The next look reads all anew. */
void regiondesk_hurry(struct regiondesk *g);

const char *regiondesk_house(const struct regiondesk *g, const char *site);  /* its name */
const char *regiondesk_coach(const struct regiondesk *g, const char *coach);
/* The region does not answer, in words. */
void regiondesk_problem(struct buf *out, enum err e);

extern const struct page page_houses;       /* /        every house, now */
extern const struct page page_houses_board; /* /board   its changing part */
extern const struct page page_days;         /* /days    a coach's day goes to another house */
extern const struct page page_closures;     /* /closures */

#endif
