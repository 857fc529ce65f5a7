/*
 * src/report/report.h - the yearly evaluation: figures that may be shown to anyone, as HTML for
 * the alderman, CSV for a spreadsheet, JSON for a program.
 *
 * All comes from the anonymous daily counts, so a year reads the same after the names are gone.
 * Figures are about the five municipalities that pay; visits of others are one line of their own.
 *
 * A struct report holds only what may be published (guard.h): percentages, sentences, charts
 * and the comparison with the year before are made from it and can tell no more than it does.
 * A year is guarded by itself alone, so that it looks the same in its own report and as the
 * year before in the next one. While a year runs, two editions of it can be compared: such a
 * report says that it is not for handing out.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/buf.h"
#include "core/civil.h"
#include "core/roster.h"
#include "report/guard.h"

#define REPORT_YEAR_MIN 2000
#define REPORT_SLOTS 12 /* rows that a table can have */
#define REPORT_BYTES_MAX (1024 * 1024)

/* Each splits a total into rows. What they count: visits; appointments whose time came; people
 * who were turned away at the screen. */
enum report_table {
    VISITS_BY_MUNICIPALITY, /* rows as municipality_at() */
    VISITS_BY_TOPIC,        /* rows as enum topic */
    VISITS_BY_MONTH,        /* January first */
    VISITS_BY_HOUR,         /* of arrival: rows of enum report_hour */
    VISITS_BY_KIND,         /* enum report_kind */
    VISITS_BY_END,          /* enum report_end */
    APPOINTMENTS_BY_MUNICIPALITY,
    APPOINTMENTS_BY_TOPIC,
    APPOINTMENTS_BY_MONTH,
    APPOINTMENTS_BY_HOUR,
    APPOINTMENTS_BY_END, /* enum report_kept */
    TURNED_AWAY,         /* enum report_away */
    REPORT_TABLES
};
enum report_hour { HOUR_EARLIER, HOUR_FIRST, HOUR_LATER = 9, REPORT_HOURS };
#define REPORT_HOUR_FROM 9 /* HOUR_FIRST; HOUR_LATER is from 17 */
enum report_kind { KIND_WALK_IN, KIND_APPOINTMENT, REPORT_KINDS };
enum report_end {
    END_HELPED,
    END_FOLLOW_UP,
    END_REFERRED,
    END_INFORMATION,
    END_NOT_OURS,
    END_UNRECORDED, /* still with a coach when the day closed */
    END_LEFT,
    END_UNSERVED,
    END_OPEN, /* not over yet: only today */
    REPORT_ENDS
};
enum report_kept { KEPT_CAME, KEPT_NO_SHOW, REPORT_KEPTS };
enum report_away { AWAY_YOUNG, AWAY_OLD, AWAY_CLOSED, REPORT_AWAYS };

enum report_single { /* figures that stand alone */
    SINGLE_OTHER_MUNICIPALITY, /* visits of people from elsewhere */
    SINGLE_CANCELLED,          /* appointments, by the date of cancelling */
    SINGLE_GAVE_UP,            /* walked away from the screen */
    REPORT_SINGLES
};

enum report_time { TIME_WAIT_WALK_IN, TIME_WAIT_APPOINTMENT, TIME_SERVICE, REPORT_TIMES };
#define REPORT_MINUTES_NONE (-1) /* too few to tell */
struct report_minutes {
    int median, p90; /* whole minutes, nearest rank */
};

struct report_split {
    bool used[REPORT_SLOTS]; /* rows that the year has */
    struct figure row[REPORT_SLOTS];
    struct figure total;
};

struct report_year {
    bool any; /* something was counted; else all is empty */
    struct report_split split[REPORT_TABLES];
    struct figure single[REPORT_SINGLES];
    struct report_minutes time[REPORT_TIMES];
};

struct report {
    int year;
    char site[ROSTER_NAME_SIZE];
    civil_day until; /* last day that is counted */
    bool complete;   /* the year is over */
    struct report_year now, before;
};

struct report_request {
    const char *db_path;
    const char *site; /* its name */
    int year;
    civil_day today;
};

/* Counts from elsewhere than one database: of both days and between, in any order. */
struct count_rows;
struct report_source {
    enum err (*counts)(void *arg, civil_day first, civil_day last, struct count_rows *ret_rows);
    void *arg;
};
/* As report_read(), of these counts; db_path is not looked at. */
NODISCARD enum err report_read_from(const struct report_request *r,
                                    const struct report_source *source,
                                    struct report *ret_report);
/*
 * Opens the database for reading, without its keys: names stay sealed.
 * ERR_RANGE  the year has not begun, or is before REPORT_YEAR_MIN
 * and the errors of store_open() and store_counts().
 */
NODISCARD enum err report_read(const struct report_request *r, struct report *ret_report);

/* ---- as a document, in the current language (i18n_use) ---- */

void report_html(const struct report *r, struct buf *out); /* whole page; prints on A4 */
void report_csv(const struct report *r, struct buf *out);  /* RFC 4180; safe in a spreadsheet */
NODISCARD enum err report_json(const struct report *r, struct buf *out);
/* The parts of the page, for a page of somebody else: its style rules and what is in <main>. */
void report_style(struct buf *out);
void report_body(const struct report *r, struct buf *out);

#define REPORT_HTML 1u
#define REPORT_CSV 2u
#define REPORT_JSON 4u
/*
 * Writes report-YEAR.html, .csv, .json into a folder, which is made when it is not there. Each
 * appears whole or not at all. ERR_IO, ERR_DENIED, ERR_NOT_FOUND (its parent), ERR_LIMIT.
 */
NODISCARD enum err report_save(const struct report *r, unsigned formats, const char *dir);

#endif
