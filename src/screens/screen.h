/*
 * src/screens/screen.h - what a screen is, and the list of them.
 *
 * A screen is one const struct in its own file. `view` reads the session and
 * describes a page; it changes nothing. The others change the session and say
 * where to go. None sees SDL, SQL or a file.
 */
#ifndef SCREENS_SCREEN_H
#define SCREENS_SCREEN_H

#include "screens/session.h"
#include "ui/ui.h"

struct screen;

enum nav_kind {
    NAV_PASS,    /* not this screen's: the common answer */
    NAV_STAY,
    NAV_TO,      /* forward to `to`; Back returns here */
    NAV_SWAP,    /* `to` in place of this one */
    NAV_ONLY,    /* `to`, and no way back */
    NAV_BACK,
    NAV_BACK_TO, /* back to `to`, which is behind us; else as NAV_SWAP */
    NAV_END,     /* the visit is over: wipe, first page */
    NAV_FAULT,   /* storage failed: out of order */
    NAV_RESTART  /* staff: end the program, so that it is started anew */
};

struct nav {
    enum nav_kind kind;
    const struct screen *to;
    bool show; /* first let the choice be seen for 200 ms */
};

/* What happens when nobody touches the screen. Times are tripled with "more time". */
enum rest {
    REST_NONE,     /* nothing */
    REST_HOME,     /* after 30 s the first page; with data, as REST_ASK */
    REST_ASK,      /* after [idle] ask_s the question, then the wipe */
    REST_TYPE,     /* the same, half as long again: there is a keyboard */
    REST_REFERRAL, /* after 45 s the first page */
    REST_TICKET,   /* after [idle] ticket_s the first page, counted down on the screen */
    REST_KEEP,     /* after 60 s the first page, counted down: a code to write down, or to hear */
    REST_HELP,     /* after 120 s the question */
    REST_PIN,      /* after 20 s the first page */
    REST_LOCK,     /* after 60 s the first page: staff are logged out */
    REST_RETRY,    /* after 30 s load is tried again */
    REST_ASKED     /* the question itself: after [idle] wipe_s the wipe */
};

struct screen {
    const char *name; /* as in the tree and in scripts */
    enum rest rest;
    enum rest (*rest_of)(const struct session *s); /* where it depends; NULL */
    bool sheet;       /* drawn over the screen below */
    const char *any_touch; /* id that a touch anywhere means; NULL */
    void (*enter)(struct session *s);          /* arriving forward; NULL */
    enum err (*load)(struct session *s);       /* reads the house: on arriving, coming back, and
                                                  after any commit; NULL */
    void (*view)(struct ui *ui, const struct session *s);
    struct nav (*on_action)(struct session *s, const struct ui_action *a);
    struct nav (*on_scan)(struct session *s, const char *text); /* NULL: see screen_scan() */
    int64_t (*due)(const struct session *s); /* monotonic ms at which it wants on_time; NULL */
    struct nav (*on_time)(struct session *s);
};

static inline struct nav nav_stay(void)
{
    return (struct nav){ .kind = NAV_STAY };
}
static inline struct nav nav_pass(void)
{
    return (struct nav){ .kind = NAV_PASS };
}
static inline struct nav nav_back(void)
{
    return (struct nav){ .kind = NAV_BACK };
}
static inline struct nav nav_to(const struct screen *to)
{
    return (struct nav){ .kind = NAV_TO, .to = to };
}
static inline struct nav nav_swap(const struct screen *to)
{
    return (struct nav){ .kind = NAV_SWAP, .to = to };
}
static inline struct nav nav_only(const struct screen *to)
{
    return (struct nav){ .kind = NAV_ONLY, .to = to };
}
static inline struct nav nav_back_to(const struct screen *to)
{
    return (struct nav){ .kind = NAV_BACK_TO, .to = to };
}
static inline struct nav nav_end(void)
{
    return (struct nav){ .kind = NAV_END };
}
static inline struct nav nav_fault(void)
{
    return (struct nav){ .kind = NAV_FAULT };
}
/* The same, after the choice was seen. */
static inline struct nav nav_shown(struct nav n)
{
    n.show = true;
    return n;
}

extern const struct screen scr_attract, scr_welcome, scr_language, scr_privacy, scr_birth,
    scr_name, scr_municipality, scr_too_young, scr_too_old, scr_other_municipality, scr_topic,
    scr_day, scr_nothing_free, scr_contact, scr_check, scr_ticket, scr_settings, scr_help,
    scr_check_in, scr_not_found, scr_arrive, scr_manage, scr_change, scr_closed,
    scr_out_of_order, scr_idle, scr_stop, scr_no_voice, scr_staff, scr_queue, scr_visitor,
    scr_device;

const struct screen *screen_find(const char *name); /* NULL: no such screen */
const struct screen *screen_at(size_t i);           /* every screen once; NULL past the last */
/* The page that the house shows when nobody is there. */
const struct screen *screen_home(struct session *s);

/* Gives an action to a screen, and to the common answers (language, letters, stop, help,
 * back) when it passes. */
struct nav screen_act(const struct screen *scr, struct session *s, const struct ui_action *a);
/* Gives a scanned text to a screen: an appointment or a ticket, wherever that makes sense. */
struct nav screen_scan(const struct screen *scr, struct session *s, const char *text);
#endif
