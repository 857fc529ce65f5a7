/*
 * src/register/expand.h - what the profiles share when they make steps.
 *
 * Inside the module only. A step_list gathers steps; a failure (no memory, too
 * many) sticks and is told once, by register_expand().
 */
#ifndef REGISTER_EXPAND_H
#define REGISTER_EXPAND_H

#include "base/buf.h"
#include "register/step.h"

struct step_list {
    struct register_steps steps;
    const char *after; /* name of the step that the next one depends on */
    bool failed;
};

/* Appends a step; takes the text of the body over. It depends on the one before it. */
void step_add(struct step_list *l, enum register_step_kind kind, const char *name, const char *key,
              struct buf *body);

void zgw_expand(const struct register_settings *s, const struct outbox_record *r,
                struct step_list *l);
void klant_expand(const struct register_settings *s, const struct outbox_record *r,
                  const struct register_refs *refs, struct step_list *l);

/* ---- texts of a record, in the register's Dutch ---- */

const char *topic_text(enum topic topic); /* "school en opleiding" */

#define RECORD_TEXT_SIZE 1001
/* What happened: "Afspraak op 25-11-2026 om 14:00 uur, 30 minuten, Dynamo Roosendaal". */
void event_text(const struct outbox_record *r, char out[RECORD_TEXT_SIZE]);

#define LOCAL_TEXT_SIZE 24
void local_date(struct record_time t, char out[LOCAL_TEXT_SIZE]);    /* "2026-11-21" */
void local_day_text(struct record_time t, char out[LOCAL_TEXT_SIZE]); /* "21-11-2026" */
void local_clock_text(struct record_time t, char out[LOCAL_TEXT_SIZE]); /* "14:00" */

/* ---- writing a body ---- */

#define BODY_MAX (32 * 1024)

/* "{", then members, then "}"; no spaces, members in the order in which they come. A key of NULL
 * stands in an array, or for the body itself. */
void put_open(struct buf *b, const char *key, char bracket);
void put_close(struct buf *b, char bracket);
/* A text, cut to `max` code points; an empty one is left out. */
void put_text(struct buf *b, const char *key, const char *text, size_t max);
/* A text as it is, empty or not. */
void put_word(struct buf *b, const char *key, const char *text);
/* true, false, null. */
void put_plain(struct buf *b, const char *key, const char *value);

/* "Berg" and "van der Berg": the infix in front where there is one. */
void full_name(const struct person *p, char *out, size_t n);

#endif
