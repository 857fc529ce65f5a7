/*
 * src/desk/day.h - the parts of the day view; only of use in desk.
 */
#ifndef DESK_DAY_H
#define DESK_DAY_H

#include "desk/inside.h"

#define SAID_LANGS 16
#define SAID_MINUTES 100

/* Where in the page it was said first; n 0: not yet. */
struct said {
    size_t from, n;
};

struct day {
    struct desk *d;
    const struct request *r;
    const struct roster *roster;
    struct buf *o;
    int coach;                    /* who looks: index in the roster, -1: no coach */
    const struct queue_line *own; /* who is with them, or NULL */
    const struct queue_line *next; /* whom "next" calls, or NULL */
    struct {                       /* what many rows say, made once: by topic, language, minutes */
        struct said topics[TOPIC_COUNT], langs[SAID_LANGS], minutes[SAID_MINUTES];
        const char *codes[SAID_LANGS];
    } said;
};

/* Whether a line of the board may be theirs. */
bool day_may_take(const struct day *v, const struct queue_line *l);
/* A coach by name; "" gives "first free". */
const char *day_coach_name(const struct day *v, const char *id);
/* A button for one step: posts /act/NAME with id and version. */
void day_step(struct buf *o, const char *act, const struct queue_line *l, const char *label,
              const char *more);
/* Opens /visit/ID in a window at one of its forms. */
void day_window(struct buf *o, const struct queue_line *l, const char *form, const char *label,
                const char *class, const char *more);
/* The place where a first name comes when it is asked for. */
void day_name(struct buf *o, const char *kind, const struct ulid *id);
void day_topic(struct buf *o, enum topic t);
void day_lang(struct buf *o, const char *lang);
/* The same where many rows say it. `lang` stays as it is while the page is made. */
void day_row_topic(struct day *v, enum topic t);
void day_row_lang(struct day *v, const char *lang);
void day_why(struct buf *o, const struct queue_line *l);
void day_since(struct day *v, utc_ms from);

/* src/desk/day_side.c */
void day_mine(struct day *v);
void day_colleagues(struct day *v);
void day_register(struct day *v);
/* src/desk/day_lists.c */
void day_waiting(struct day *v);
void day_aside(struct day *v);
void day_to_come(struct day *v);
void day_over(struct day *v);

#endif
