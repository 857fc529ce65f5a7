/*
 * src/desk/pages.h - every page of the desk.
 */
#ifndef DESK_PAGES_H
#define DESK_PAGES_H

#include "desk/page.h"

extern const struct page page_day;      /* /            the day: who is here, who comes */
extern const struct page page_board;    /* /board       its changing part alone */
extern const struct page page_events;   /* /events      says when it changed */
extern const struct page page_act;      /* /act/NAME    one step of a visit */
extern const struct page page_names;    /* /names       first names, on demand */
extern const struct page page_help;     /* /help        answers a call from the kiosk */
extern const struct page page_visit;    /* /visit/ID    one visit: what is known, every step */
extern const struct page page_walk_in;  /* /walk-in     somebody at the desk */
extern const struct page page_appointments;
extern const struct page page_appointment; /* /appointment/ID */
extern const struct page page_book;     /* /book        an appointment for somebody */
extern const struct page page_roster;
extern const struct page page_overview;
extern const struct page page_upload;
extern const struct page page_health;
extern const struct page page_metrics;
extern const struct page page_login;
extern const struct page page_logout;
extern const struct page page_session;  /* /session     token for changes, and "I am here" */
extern const struct page page_at_work;
extern const struct page page_clock;    /* /clock       staff say that the time is right */
extern const struct page page_static;   /* /static/NAME */

extern const struct page page_report;     /* /report      the yearly evaluation */
extern const struct page page_call_back;  /* /call-back   whom to call, ticked off */
extern const struct page page_call;       /* /call/ID     one who asked to be called */
extern const struct page page_move_work;  /* /move-work   from one coach to another */
extern const struct page page_audit;      /* /audit       who did what */
extern const struct page page_setup;      /* /setup       a new house, step by step */
extern const struct page page_staff;      /* /staff       people who may log in */
extern const struct page page_absence;    /* /absence     when a coach is not there */
extern const struct page page_hours;      /* /hours       of a coach or the house, in a form */
extern const struct page page_feed;       /* /feed        the address of a coach's calendar */
extern const struct page page_calendar;   /* /calendar/TOKEN.ics */

#endif
