/*
 * src/screens/session.h - all that is known of the person in front of the screen.
 *
 * One struct, no pointers into the heap: session_wipe() is one memory write and
 * nothing of a visitor is left. What a view shows stands in here; only a
 * screen's on_action, on_scan, enter and load change it.
 */
#ifndef SCREENS_SESSION_H
#define SCREENS_SESSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "config/options.h"
#include "core/person.h"
#include "core/zone.h"
#include "flow/arrive.h"
#include "flow/booking.h"
#include "flow/house.h"
#include "flow/queue.h"
#include "ui/look.h"

#define SCREEN_MUNICIPALITIES 8 /* on the page, "another" not counted */
#define SCREEN_DAYS 6
#define SCREEN_TIMES 96         /* starts of one day: a step of 15 minutes, all day */
#define SCREEN_TIMES_PAGE 12
#define SCREEN_COACHES 12
#define SCREEN_STAFF 24
#define SCREEN_ROWS 48          /* open visits of a day that the staff page can page through */
#define SCREEN_QR_TEXT 640
#define SCREEN_QR_SIDE 125      /* modules on a side: version 27 */

/* The house around the visitors: lives as long as the program. The calls are
 * what only the kiosk can do. */
struct qr_picture {
    int side; /* 0: none */
    uint8_t modules[SCREEN_QR_SIDE * SCREEN_QR_SIDE]; /* bit 0: dark */
};

/* The appliance's image, as it calls itself: "" where there is none. */
struct box_name {
    char version[48], slot[8];
};

enum paper { PAPER_NONE, PAPER_ASKED, PAPER_PRINTED, PAPER_FAILED };

struct host {
    struct flow *flow;
    const struct config *config;
    const char *device;   /* "kiosk:1": the actor when nobody of the staff is logged in */
    bool printer;         /* there is one */
    bool numb;            /* no touch panel answers: nobody can be served */
    void (*box)(struct box_name *ret_name); /* NULL: no appliance */
    bool (*qr)(const char *text, struct qr_picture *ret_picture); /* false: does not fit */
};

/* Of sounds: as the house has set it, or 12 dB and more under or 4 dB and more over it. */
enum loudness { LOUDNESS_NORMAL, LOUDNESS_SOFT, LOUDNESS_LOUD };

/* How this visitor wants the screen. */
struct prefs {
    char lang[PERSON_LANG_SIZE];
    enum ui_theme theme;
    bool large, lower, still, more_time;
    bool steady; /* hands that shake: touching twice within half a second is once */
    bool speak; /* pages are read aloud */
    enum loudness loudness;
    bool slow;  /* ... at a slower pace */
};

/* What the visitor came to do at the screen. */
enum errand {
    ERRAND_NONE,
    ERRAND_WALK_IN,
    ERRAND_BOOK,
    ERRAND_CALL_ME,  /* found no free time and wants to be called */
    ERRAND_CHECK_IN, /* has an appointment and is here */
    ERRAND_MANAGE    /* wants to move or cancel one */
};

enum birth_part { BIRTH_DAY, BIRTH_MONTH, BIRTH_YEAR };
enum contact_way { CONTACT_UNSET, CONTACT_PHONE, CONTACT_EMAIL, CONTACT_NONE };

#define TYPED_PHONE_SIZE 24
struct answers {
    int day, month, year; /* of birth; 0: not said yet */
    char given[PERSON_NAME_SIZE];
    char surname[PERSON_NAME_SIZE]; /* as typed, infix and all */
    bool one_name;    /* has one name only: it is the surname */
    bool whole;       /* "van den Berg" is one word to this person: no infix */
    bool named;       /* the name passed its check */
    char municipality[MUNICIPALITY_SIZE]; /* "" not said yet */
    bool topic_said;
    enum topic topic;
    char coach[ROSTER_ID_SIZE]; /* "" the first who is free */
    enum contact_way way;
    char phone[TYPED_PHONE_SIZE]; /* as typed */
    char email[PERSON_EMAIL_SIZE];
    bool remind; /* asked for a reminder of the appointment: only ever by a touch */
};

/* Pages whose answer came from an earlier errand of this visitor: not asked again. */
#define CARRIED_BIRTH 1u
#define CARRIED_NAME 2u
#define CARRIED_MUNICIPALITY 4u
#define CARRIED_TOPIC 8u
#define CARRIED_PHONE 16u

/* What went wrong last, said at the top of the page until the next action. */
enum trouble {
    TROUBLE_NONE,
    TROUBLE_BUSY,         /* the database was busy: try again */
    TROUBLE_TAKEN,        /* that time is just gone */
    TROUBLE_COACH_TAKEN,  /* this coach is not free then */
    TROUBLE_MANY,         /* so much was booked here that it must wait */
    TROUBLE_CLOCK,        /* the clock is unsure: no bookings */
    TROUBLE_OVERLAP,      /* has an appointment at that time */
    TROUBLE_TOO_LATE,     /* the appointment has begun: no change any more */
    TROUBLE_STANDS_AGAIN, /* the cancelling is taken back */
    TROUBLE_SEAT_GONE,    /* ... cannot be taken back: the time is taken */
    TROUBLE_FAILED,       /* anything else */
    TROUBLE_STALE,        /* staff: somebody was first */
    TROUBLE_STATE,        /* staff: cannot be done now */
    TROUBLE_COACH_BUSY,   /* staff: this coach has somebody */
    TROUBLE_UNDO_LATE,    /* staff: more than ten seconds ago */
    TROUBLE_BADGE         /* staff: nobody's badge */
};

enum result {
    RESULT_QUEUED,
    RESULT_CHECKED_IN,
    RESULT_BOOKED,
    RESULT_MOVED,
    RESULT_CANCELLED,
    RESULT_CALL_ME
};

struct coach_choice {
    char id[ROSTER_ID_SIZE];
    char name[ROSTER_NAME_SIZE];
    bool wait_known;
    struct queue_wait wait; /* of a walk-in */
};

struct staff_row {
    struct queue_line line;
    char name[PERSON_FULL_SIZE]; /* "" until somebody looked */
};

struct staff_state {
    struct staff_row rows[SCREEN_ROWS];
    size_t n_rows, n_more; /* n_more: beyond SCREEN_ROWS */
    int page;
    bool all;              /* everybody's visits, not only this coach's */
    bool logged_in;
    struct staff who[SCREEN_STAFF];
    size_t n_who;
    struct staff chosen;   /* id "" : nobody yet */
    char pin[PIN_SIZE];
    bool wrong;
    int locked_s;          /* seconds until another try; 0: none */
    struct ulid done;      /* the visit of the last act, for undo */
    char done_ticket[TICKET_SIZE];
    int64_t done_version;
    int64_t undo_until;    /* monotonic ms */
    struct ulid visitor;   /* whom the detail page shows */
    struct queue_line line;
    struct person person;
    enum { STAFF_ASK_NONE, STAFF_ASK_REDIRECT, STAFF_ASK_URGENT, STAFF_ASK_PARK,
           STAFF_ASK_VOID } asking;
    bool help_open;        /* somebody asked for help */
    struct ulid help;
    enum help_state help_state;
    struct health health;
    struct box_name box;
    bool stick;            /* this box lets a stick in when an admin says so */
    bool stick_in;         /* ... and was told to */
    enum paper paper;
};

struct session {
    struct host *host;
    struct prefs prefs;

    /* Now, as session_now() read it. */
    utc_ms now;
    int64_t mono;   /* ms */
    civil_day today;
    int minute;     /* of the local day */
    int left_s, total_s; /* of the countdown that runs, or 0 */

    /* Of the voice, kept true by the kiosk. */
    bool sound;     /* something can be spoken here, in some language */
    bool voice;     /* ... in this one */
    bool speaking;
    bool say_again; /* the page is to be read once more */
    uint32_t voices; /* bit i: the i-th of i18n_langs() can be spoken here */
    char hear[PERSON_LANG_SIZE]; /* the name of this language is to be heard in it; "" none */

    enum errand errand;
    struct answers a;
    unsigned carried;
    bool fixing;        /* came from the check page for one answer: goes back to it */
    bool finished;      /* the errand was done: a result was shown */
    bool notice_shown;  /* the privacy line was on the screen */
    enum trouble trouble;

    /* Attract, welcome and closed. */
    int64_t since;      /* monotonic ms at which the first page came up */
    bool open_walk_in, open_appointment;
    bool wait_known;
    struct queue_wait wait;
    bool free_known;
    utc_ms first_free;
    bool next_known;    /* when the doors open next */
    struct roster_opening_at next;
    struct minute_span hours[ROSTER_WINDOWS_MAX]; /* of today */
    int n_hours;
    bool more_langs;

    /* Birth. */
    int top_year;       /* highest year on the page */
    enum birth_part birth_open;
    bool no_such_day;

    /* Name. */
    bool typing_surname, hide_typed;
    enum person_why given_why, surname_why;

    /* Day, time, hold. */
    civil_day days[SCREEN_DAYS];
    int day_free[SCREEN_DAYS];
    size_t n_days;
    bool days_before, days_after; /* there are days with space outside the page */
    int day_page;
    civil_day day;               /* whose times are shown */
    utc_ms times[SCREEN_TIMES];
    size_t n_times;
    int time_page;
    struct hold hold;            /* id all-zero: none */
    bool hold_extended, hold_gone;

    /* Contact, or whom to wait for. */
    struct coach_choice coaches[SCREEN_COACHES];
    size_t n_coaches;
    enum { CONTACT_ASK, CONTACT_TYPE } contact_step;
    bool contact_wrong;

    /* Check-in, manage. */
    char code[CODE_DIGITS + 1];
    bool locked;                 /* too many wrong codes */
    struct appointment_view found;
    struct reminder reminder;    /* of the appointment found */
    bool sure;                   /* asks once more before cancelling */
    bool moving;                 /* the day page chooses a new time */

    /* Ticket. */
    struct ulid visit;           /* or call: made before the first try, kept over retries */
    enum result result;
    struct arrival arrival;
    struct appointment_view booked;
    int64_t cancelled_at;        /* monotonic ms */
    bool pausing;                /* asks for how long */
    bool choosing_coach;
    enum paper paper;
    struct qr_picture qr;
    char qr_text[SCREEN_QR_TEXT]; /* what it says, for the paper */

    /* Help. */
    struct ulid help;
    enum help_state help_state;
    bool help_failed;

    struct staff_state staff;
};

/* All-zero, with the house and the prefs that every visitor starts with. */
void session_init(struct session *s, struct host *host);
/* Lets go of a hold, logs staff out, zeroes everything: the only way a visit ends. */
void session_wipe(struct session *s);
/* Reads the clock into the session. `mono` is the simulated or real monotonic time. */
void session_now(struct session *s, int64_t mono);
/* Whether anything was said or chosen that a stranger must not find. */
bool session_has_data(const struct session *s);

/* The person that the answers make, for a flow call. ERR_INVAL: not complete. */
NODISCARD enum err session_person(const struct session *s, struct person *ret_person);
/* The date of birth; false: not complete or no such day. */
bool session_birth(const struct session *s, civil_day *ret_day);
/* Local time of an instant in the house. */
struct local_time session_local(const struct session *s, utc_ms at);
/* Index in the roster of the service for the topic; -1: no roster. */
int session_service(const struct session *s, unsigned open_for);
/* Lets go of the held time, if any. */
void session_release(struct session *s);
/* Makes the session's QR picture of a text; "" takes it away. */
void session_qr(struct session *s, const char *text);

#endif
