/*
 * src/desk/week.h - a week of appointments, as /appointments shows it; only of use in desk.
 *
 * Of one coach it is a calendar: what is booked, and every start that is free for a subject. Of
 * all coaches it is a table: a row for each, a column for each day. While an appointment is
 * being moved, a free start is a button that moves it there.
 */
#ifndef DESK_WEEK_H
#define DESK_WEEK_H

#include "desk/inside.h"

#define QUARTER 15 /* minutes: the height of a line of the calendar */

struct week {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct buf *o;
    civil_day monday;
    int coach;                       /* index in the roster, -1: all */
    int service;                     /* whose free starts are shown; -1: none can be booked */
    bool moves;                      /* `moved` is to get another time */
    struct appointment_view moved;
    struct appointment_list booked;  /* of these days; owns */
    struct free_list free;           /* up to the horizon; owns */
};
void week_done(struct week *w);

/* The days that are shown: Monday to Friday, and any other that is open or has appointments. */
bool week_shows(const struct week *w, civil_day day);
/* The heading of a day, and why it is closed. */
void week_day_name(struct week *w, civil_day day);
/* An appointment as a link that opens it. */
void week_entry(struct week *w, const struct appointment_view *a);
/* A free start: books there, or moves there what is being moved. `label` may hold the time. */
void week_free(struct week *w, const struct slot *s, const char *label, const char *class);
/* Minute of the day that clocks in the house show. */
int week_minute(const struct week *w, utc_ms at);

void week_of_coach(struct week *w); /* src/desk/week_coach.c */
void week_of_team(struct week *w);  /* src/desk/week_team.c */

#endif
