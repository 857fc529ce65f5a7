/*
 * src/desk/board.h - the house of today as every desk sees it, read once per change.
 *
 * The board is read again when data_version moved or a minute went by; what changes nothing
 * that is shown (an audit line, the clock's own row) does not count as a change. Pages made
 * from it are kept, per person and language, until its serial rises.
 */
#ifndef DESK_BOARD_H
#define DESK_BOARD_H

#include "flow/house.h"

#define BOARD_PAGES_MAX 48

struct desk;
struct request;
struct reply;
struct MHD_Response;

struct board {
    bool known;
    bool staff_looked;          /* nobody was disabled since sessions were looked through */
    uint64_t serial;            /* rises with every change of what is shown */
    int64_t minute;             /* of the wall clock, at the last read */
    utc_ms due;                 /* when time changes it next */
    enum err fault;             /* of the last read */
    struct queue_house queue;
    struct queue_list over;
    struct appointment_list to_come;
    struct outbox_status outbox;
    uint64_t at_work;           /* bit per coach of the roster */
    struct ulid help;           /* the oldest open call; none: all-zero */
    utc_ms help_at;
    enum help_state help_state;
    int helps;
    bool clock_unsure;
    size_t conflicts;           /* appointments that no longer fit the roster */
    struct buf face;            /* all of that as text, to see whether it changed */
    struct {
        char who[ROSTER_ID_SIZE];
        char lang[4];
        uint64_t serial;
        struct MHD_Response *page, *part;
    } pages[BOARD_PAGES_MAX];
    size_t next_page;
};

void board_init(struct board *b);
void board_done(struct board *b);
/* Looks whether anything changed, and reads it again if so. True: the serial rose. */
bool board_look(struct desk *d);
/* The same once a turn of the loop, for all requests that came with it; who listens is told. */
void board_look_once(struct desk *d);
/* Who was disabled since is out at once. Between requests only: it ends sessions. */
void board_end_disabled(struct desk *d);
/* The kept page of this person, or its changing part; made when there is none. */
NODISCARD enum err board_page(struct desk *d, const struct request *r, bool part,
                              struct MHD_Response **ret_response);

/* src/desk/day.c: writes the changing part, or the whole page. */
NODISCARD enum err day_write(struct desk *d, const struct request *r, bool part, struct buf *out);

#endif
